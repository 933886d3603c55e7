"""A database that is read-only, locked or away for a while: what is said, and that it passes."""

import asyncio
import os
import shutil
import sqlite3
import subprocess
import sys
import tempfile
from collections.abc import AsyncIterator, Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest
import sqlalchemy as sa
from sqlalchemy.engine import Engine

from bot.clock import Clock
from bot.domain.errors import NotStored
from storage.database import Office
from storage.engine import make_engine
from storage.reader import Readers
from storage.unit import UnitOfWork
from storage.writer import Writer
from tests.storage.conftest import begin, count

ROOT = os.geteuid() == 0
NOBODY = 65534
"""A user for whom a file's mode counts, as it does not for root."""
SOON = 0.2
HOLDER = """
import sqlite3, sys
db = sqlite3.connect(sys.argv[1])
for order in sys.stdin:
    db.execute("SELECT count(*) FROM counters").fetchall()
    print("held", flush=True)
"""


def made(uow: UnitOfWork) -> int:
    return int(uow.counters.value("made"))


class Folder:
    """A folder with a database that may become read-only for whoever runs the tests."""

    def __init__(self, folder: Path) -> None:
        self._folder = folder

    @property
    def database(self) -> Path:
        """The database in it."""
        return self._folder / "office.db"

    @contextmanager
    def read_only(self) -> Iterator[None]:
        """As if the file system had been mounted anew for reading."""
        modes = {path: path.stat().st_mode for path in (*self._folder.iterdir(), self._folder)}
        for path, mode in modes.items():
            path.chmod(mode & ~0o222)
            if ROOT:
                os.chown(path, NOBODY, NOBODY)
        if ROOT:
            os.seteuid(NOBODY)
        try:
            yield
        finally:
            if ROOT:
                os.seteuid(0)
            for path, mode in modes.items():
                path.chmod(mode)


@pytest.fixture
def folder(sqlite_template: Path) -> Iterator[Folder]:
    """A folder beside pytest's own, which are shut to others."""
    made = Path(tempfile.mkdtemp(prefix="gopbaegi-"))
    shutil.copyfile(sqlite_template, made / "office.db")
    yield Folder(made)
    shutil.rmtree(made)


@pytest.fixture
def holder(folder: Folder) -> Iterator["subprocess.Popen[bytes]"]:
    """Another process that opens the database for reading when it is told to."""
    command = [sys.executable, "-c", HOLDER, str(folder.database)]
    with subprocess.Popen(command, stdin=subprocess.PIPE, stdout=subprocess.PIPE) as process:
        yield process
        assert process.stdin
        process.stdin.close()


@pytest.fixture
async def office(folder: Folder, clock: Clock) -> AsyncIterator[Office]:
    """An office in that folder that has not opened its database yet."""
    opened = Office.at(f"sqlite:///{folder.database}", clock)
    yield opened
    await opened.close()


async def test_a_file_that_was_read_only_for_a_while_is_written_again_without_a_restart(
    office: Office, folder: Folder
):
    """The reader's connection keeps the log there; the writer's is opened meanwhile."""
    assert await office.write(count) == 1
    assert await office.read(made) == 1
    office.engine.dispose()
    with folder.read_only():
        for _ in range(3):
            with pytest.raises(NotStored):
                await office.writer.write(count, deadline=SOON)
            assert await office.read(made) == 1
    assert await office.write(count) == 2
    assert await office.read(made) == 2


async def test_it_passes_as_well_when_every_connection_was_opened_meanwhile(
    office: Office, folder: Folder, holder: "subprocess.Popen[bytes]"
):
    """Then what SQLite shares within a process is read-only, until all of them are closed."""
    assert holder.stdin
    assert holder.stdout
    holder.stdin.write(b"hold\n")
    holder.stdin.flush()
    assert holder.stdout.readline() == b"held\n"
    with folder.read_only():
        for _ in range(2):
            assert await office.read(made) == 0
            with pytest.raises(NotStored):
                await office.writer.write(count, deadline=SOON)
        assert await office.read(made) == 0
    assert await office.write(count) == 1
    assert await office.read(made) == 1


async def test_a_database_that_is_gone_for_a_while_is_found_again(office: Office, folder: Folder):
    away = folder.database.with_suffix(".away")
    folder.database.rename(away)
    folder.database.mkdir()
    with pytest.raises(NotStored):
        await office.read(made)
    folder.database.rmdir()
    away.rename(folder.database)
    assert await office.read(made) == 0
    assert await office.write(count) == 1


@contextmanager
def only_reads(engine: Engine) -> Iterator[None]:
    """As a server that became another's standby: sessions that begin meanwhile cannot write."""
    setting = "ALTER DATABASE gopbaegi {} default_transaction_read_only"
    with engine.execution_options(isolation_level="AUTOCOMMIT").connect() as connection:
        connection.exec_driver_sql(setting.format("SET") + " = on")
        try:
            yield
        finally:
            connection.exec_driver_sql(setting.format("RESET"))


@pytest.mark.postgres
@pytest.mark.parametrize("engine", ["postgres"], indirect=True)
async def test_a_server_that_was_a_standby_for_a_while_is_written_again_without_a_restart(
    engine: Engine, postgres_url: str, writer: Writer
):
    assert await writer.write(count) == 1
    admin = make_engine(postgres_url)
    with only_reads(admin):
        engine.dispose()
        for _ in range(2):
            with pytest.raises(NotStored):
                await writer.write(count)
    assert await writer.write(count) == 2
    admin.dispose()


@pytest.mark.postgres
@pytest.mark.parametrize("engine", ["postgres"], indirect=True)
async def test_a_lock_that_does_not_come_fails_its_write_alone_and_as_not_stored(
    engine: Engine, make_writer, postgres_url: str, clock: Clock
):
    writer, readers = make_writer(), Readers(engine, clock)
    other = make_engine(postgres_url)
    with other.begin() as connection:
        connection.exec_driver_sql("LOCK TABLE counters IN ACCESS EXCLUSIVE MODE")
        note = writer.write(lambda uow: uow.idempotency.remember("k", "1"), deadline=20.0)
        results = await begin(writer, writer.write(count, deadline=20.0), note)
        with pytest.raises(NotStored):
            await readers.read(made)
    assert isinstance(results[0], NotStored)
    assert results[1] is None
    assert await writer.write(count) == 1
    assert await readers.read(made) == 1
    await _closed(readers)
    other.dispose()


async def test_a_file_that_somebody_keeps_to_themselves_cannot_be_read_and_says_so(
    sqlite_engine: Engine, clock: Clock
):
    readers = Readers(sqlite_engine, clock)
    file = sqlite_engine.url.database or ""
    alone = sqlite3.connect(file, isolation_level=None)
    alone.execute("PRAGMA locking_mode = EXCLUSIVE")
    alone.execute("BEGIN EXCLUSIVE")
    with pytest.raises(NotStored):
        await readers.read(made)
    alone.close()
    assert await readers.read(made) == 0
    await _closed(readers)


async def test_who_reads_hears_in_time_however_long_others_keep_the_readers(
    engine: Engine, clock: Clock, gate
):
    readers = Readers(engine, clock, threads=1)
    first = readers.read(lambda uow: gate.begun.set() or gate._open.wait(20))
    busy = asyncio.ensure_future(first)
    await asyncio.to_thread(gate.begun.wait, 10)
    with pytest.raises(NotStored):
        await readers.read(made, deadline=0.05)
    gate.open()
    await busy
    assert await readers.read(made, deadline=20.0) == 0
    await _closed(readers)


async def test_an_outage_is_logged_once_and_so_is_its_end(
    sqlite_engine: Engine, clock: Clock, caplog: pytest.LogCaptureFixture
):
    readers = Readers(sqlite_engine, clock)

    def full(uow: UnitOfWork) -> None:
        raise sa.exc.OperationalError("", {}, _full())

    for _ in range(3):
        with pytest.raises(NotStored):
            await readers.read(full)
    for _ in range(2):
        await readers.read(made)
    told = [r.getMessage() for r in caplog.records if r.name == "storage.faults"]
    assert told == [
        "the database cannot be used for reading: database or disk is full",
        "the database can be used for reading again",
    ]
    assert not any(record.exc_info for record in caplog.records)
    await _closed(readers)


def _full() -> sqlite3.Error:
    """The driver's own error of a database that may not grow."""
    db = sqlite3.connect(":memory:")
    db.execute("CREATE TABLE t (x)")
    db.execute("PRAGMA max_page_count = 2")
    try:
        db.execute("INSERT INTO t VALUES (zeroblob(100000))")
    except sqlite3.Error as error:
        return error
    finally:
        db.close()
    raise AssertionError("it is not full")


async def _closed(readers: Readers) -> None:
    await asyncio.to_thread(readers.close)
