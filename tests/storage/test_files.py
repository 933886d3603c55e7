"""The database and what lies beside it belong to their owner alone, from the first byte on."""

import asyncio
import logging
import os
import stat
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

from bot.clock import Clock
from bot.playground.store import Store
from storage.database import Office
from storage.engine import make_engine
from storage.secret import NAME
from tests.storage.conftest import count


@pytest.fixture(autouse=True)
def open_handed() -> Iterator[None]:
    """Whatever is made without a thought would be for everybody."""
    before = os.umask(0)
    yield
    os.umask(before)


def modes(folder: Path) -> dict[str, str]:
    return {p.name: oct(stat.S_IMODE(p.stat().st_mode)) for p in folder.iterdir()}


async def test_what_the_office_makes_is_its_owners(tmp_path: Path, clock: Clock):
    folder = tmp_path / "office" / "data"
    office = Office.at(f"sqlite:///{folder}/office.db", clock)
    await office.write(count)
    assert modes(folder) == dict.fromkeys(
        ("office.db", "office.db-wal", "office.db-shm", NAME), "0o600"
    )
    for made in (folder, folder.parent):
        assert stat.S_IMODE(made.stat().st_mode) == 0o700
    await office.close()


async def test_what_others_could_read_is_taken_from_them_and_the_log_says_so(
    tmp_path: Path, clock: Clock, caplog: pytest.LogCaptureFixture
):
    file = tmp_path / "office.db"
    first = Office.at(f"sqlite:///{file}", clock)
    await first.write(count)
    for path in (file, tmp_path / "office.db-wal", tmp_path / "office.db-shm", tmp_path / NAME):
        path.chmod(0o644)
    caplog.clear()
    second = Office.at(f"sqlite:///{file}", clock)
    assert await second.read(lambda uow: uow.counters.value("made")) == 1
    assert set(modes(tmp_path).values()) == {"0o600"}
    told = [record.getMessage() for record in caplog.records if record.levelno == logging.WARNING]
    assert [line.partition(" could be read by others")[0] for line in told] == [
        str(path) for path in (file, f"{file}-wal", f"{file}-shm", tmp_path / NAME)
    ]
    await second.close()
    await first.close()


ANOTHER = """
import sqlite3, sys
db = sqlite3.connect(sys.argv[1])
db.execute("INSERT INTO counters (name, value) VALUES ('another', 1)")
db.commit()
db.close()
"""


async def test_what_is_opened_again_keeps_its_locks_and_sees_what_others_write(
    tmp_path: Path, clock: Clock
):
    """Without its locks another process that ends takes the log away beneath this one."""
    file = tmp_path / "office.db"
    office = Office.at(f"sqlite:///{file}", clock)
    await office.write(count)
    again = Office.at(f"sqlite:///{file}", clock)
    await again.read(lambda uow: uow.counters.value("made"))
    await asyncio.to_thread(
        subprocess.run, [sys.executable, "-c", ANOTHER, str(file)], check=True, timeout=60
    )
    assert (tmp_path / "office.db-wal").exists()
    for one in (office, again):
        assert await one.read(lambda uow: uow.counters.value("another")) == 1
        await one.close()


def test_an_error_never_tells_what_was_to_be_stored(tmp_path: Path):
    engine = make_engine(f"sqlite:///{tmp_path}/office.db")
    with engine.connect() as connection, pytest.raises(Exception, match="no such table") as told:
        connection.exec_driver_sql("INSERT INTO nowhere VALUES (?)", ("a seal",))
    assert "a seal" not in str(told.value)
    engine.dispose()


def test_the_playgrounds_own_file_is_its_owners_as_well(tmp_path: Path):
    store = Store(tmp_path / "data" / "playground.db")
    store.put("message", "1", {"text": "x"})
    assert set(modes(tmp_path / "data").values()) == {"0o600"}
    assert stat.S_IMODE((tmp_path / "data").stat().st_mode) == 0o700
    store.close()
