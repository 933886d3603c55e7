"""Ready means that it can be written: tried in earnest, seldom, and without a trace."""

import asyncio
from collections.abc import AsyncIterator
from pathlib import Path

import pytest
import sqlalchemy as sa
from sqlalchemy.engine import Engine

from storage import files
from storage.database import READY_SECONDS, Office
from storage.engine import make_engine
from storage.migrate import metadata
from tests.conftest import StillClock
from tests.storage.conftest import Gate
from tests.storage.test_database_faults import locked
from tests.storage.test_read_only import only_reads


@pytest.fixture
async def office(engine: Engine, clock: StillClock) -> AsyncIterator[Office]:
    """An office at work on each database."""
    opened = Office(engine, clock)
    opened.writer.start()
    yield opened
    await opened.close()


def rows(engine: Engine) -> dict[str, list[str]]:
    with engine.connect() as connection:
        return {
            table.name: [str(row) for row in connection.execute(sa.select(table))]
            for table in metadata().sorted_tables
        }


async def later(office: Office, clock: StillClock) -> bool:
    """What is said once the last answer does not hold any more."""
    clock.at += READY_SECONDS
    return await office.ready()


async def test_a_try_is_committed_and_leaves_no_row(office: Office, engine: Engine):
    before, commits = rows(engine), []
    office.on_commit.append(lambda: commits.append(1))
    assert await office.ready()
    await office.close()
    assert commits == [1]
    assert rows(engine) == before


async def test_who_asks_at_once_or_soon_gets_the_same_answer(office: Office, clock: StillClock):
    commits: list[int] = []
    office.on_commit.append(lambda: commits.append(1))
    assert await asyncio.gather(*(office.ready() for _ in range(50))) == [True] * 50
    assert await office.ready()
    assert await later(office, clock)
    await office.close()
    assert commits == [1, 1]


async def test_a_disk_without_room_is_not_ready_until_there_is(
    sqlite_engine: Engine, clock: StillClock, monkeypatch: pytest.MonkeyPatch
):
    """More room is asked for than any disk has; a write into the log would still succeed."""
    office = Office(sqlite_engine, clock)
    office.writer.start()
    room = files.ROOM
    monkeypatch.setattr(files, "ROOM", 2**62)
    assert not await office.ready()
    monkeypatch.setattr(files, "ROOM", room)
    assert not await office.ready(), "the answer holds for a second"
    assert await later(office, clock)
    folder = Path(str(sqlite_engine.url.database)).parent
    assert {path.name.partition("-")[0] for path in folder.iterdir()} == {"office.db"}
    await office.close()


async def test_while_another_process_writes_for_long_it_is_not_ready(
    office: Office, engine: Engine, clock: StillClock
):
    with locked(engine):
        assert not await office.ready()
    assert await later(office, clock)


async def test_a_writer_that_is_stuck_is_not_ready_and_keeps_nobody_waiting(
    office: Office, clock: StillClock, gate: Gate
):
    stuck = asyncio.ensure_future(office.writer.write(gate.work, deadline=20.0))
    await asyncio.to_thread(gate.begun.wait, 10)
    async with asyncio.timeout(10):
        assert not await office.ready()
    gate.open()
    await stuck
    assert await later(office, clock)


@pytest.mark.postgres
@pytest.mark.parametrize("engine", ["postgres"], indirect=True)
async def test_a_standby_is_not_ready(
    office: Office, engine: Engine, clock: StillClock, postgres_url: str
):
    admin = make_engine(postgres_url)
    with only_reads(admin):
        assert not await office.ready()
    assert await later(office, clock)
    admin.dispose()


async def test_a_folder_that_nobody_may_write_into_is_not_ready(tmp_path: Path):
    gone = tmp_path / "gone"
    with pytest.raises(OSError, match="gone"):
        files.take_room(gone)
