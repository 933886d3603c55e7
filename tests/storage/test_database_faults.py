"""What the writer says and stores when the database fails under it."""

import asyncio
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

import pytest
import sqlalchemy as sa
from sqlalchemy.engine import Connection, Engine
from sqlalchemy.exc import DBAPIError

from bot.domain.errors import NotStored, Unknown
from storage.batch import WRITER_LOCK
from storage.engine import make_engine
from storage.reader import Readers
from storage.unit import UnitOfWork
from storage.writer import Writer
from tests.storage.conftest import begin, count

ENOUGH = 20.0
"""Seconds of deadline where a test is not about deadlines."""


def fill(uow: UnitOfWork) -> None:
    uow.idempotency.remember("large", "x" * 1_000_000)


def stored(unit, name: str = "made") -> int:
    with unit() as uow:
        value: int = uow.counters.value(name)
        return value


class Disk:
    """A disk that may be full for one database: no page more than there are."""

    def __init__(self, engine: Engine) -> None:
        self.full = False
        sa.event.listen(engine, "checkout", self._connected)

    def _connected(self, driver: Any, *_: Any) -> None:
        pages = driver.execute("PRAGMA page_count").fetchone()[0]
        driver.execute(f"PRAGMA max_page_count = {pages if self.full else 1_000_000}")


@pytest.fixture
def disk(sqlite_engine: Engine) -> Disk:
    return Disk(sqlite_engine)


@pytest.mark.parametrize("engine", ["sqlite"], indirect=True)
async def test_a_full_disk_in_mid_batch_fails_the_whole_batch(disk: Disk, make_writer, unit):
    writer = make_writer()
    disk.full = True
    results = await begin(writer, writer.write(count), writer.write(fill), writer.write(count))
    assert [type(result) for result in results[:2]] == [NotStored, NotStored]
    assert "full" in str(results[0].__cause__)
    # What had not begun is run in a batch of its own and needs no new page.
    assert results[2] == 1
    disk.full = False
    assert stored(unit) == 1
    await writer.write(fill)
    assert await writer.write(count) == 2


@pytest.mark.parametrize("engine", ["sqlite"], indirect=True)
async def test_a_full_disk_cannot_be_overlooked_by_a_work_that_goes_on(
    disk: Disk, make_writer, unit
):
    """Past the lost transaction each statement would be committed by itself."""
    writer = make_writer()
    disk.full = True

    def careless(uow: UnitOfWork) -> int:
        for work in (fill, count):
            try:
                work(uow)
            except DBAPIError:
                continue
        return uow.counters.add("made")

    results = await begin(writer, writer.write(count), writer.write(careless))
    assert [type(result) for result in results] == [NotStored, NotStored]
    assert stored(unit) == 0


@contextmanager
def locked(engine: Engine) -> Iterator[None]:
    """Another process is writing."""
    with engine.begin() as connection:
        if engine.dialect.name == "postgresql":
            connection.exec_driver_sql(f"SELECT pg_advisory_xact_lock({WRITER_LOCK})")
        yield


async def test_while_another_process_writes_a_write_waits_for_its_deadline(
    engine: Engine, writer: Writer, unit
):
    with locked(engine), pytest.raises(NotStored):
        await writer.write(count, deadline=0.05)
    assert await writer.write(count, deadline=ENOUGH) == 1
    assert stored(unit) == 1


async def test_a_write_outlasts_another_process_that_writes_for_long(
    engine: Engine, writer: Writer
):
    """Longer than the database's own patience of a second."""
    with locked(engine):
        waiting = asyncio.create_task(writer.write(count, deadline=ENOUGH))
        with pytest.raises(NotStored):
            await writer.write(count, deadline=1.3)
    assert await waiting == 1


def forbid_orphans(unit) -> None:
    """Two tables whose tie is looked at when a transaction commits."""
    with unit() as uow:
        uow.connection.exec_driver_sql("DROP TABLE IF EXISTS child")
        uow.connection.exec_driver_sql("DROP TABLE IF EXISTS parent")
        uow.connection.exec_driver_sql("CREATE TABLE parent (id INTEGER PRIMARY KEY)")
        uow.connection.exec_driver_sql(
            "CREATE TABLE child "
            "(parent INTEGER REFERENCES parent (id) DEFERRABLE INITIALLY DEFERRED)"
        )


def orphan(uow: UnitOfWork) -> None:
    uow.connection.exec_driver_sql("INSERT INTO child VALUES (12)")


@pytest.mark.parametrize("key", ["event:E1", None])
async def test_a_commit_that_fails_stores_nothing_and_says_so(make_writer, unit, key):
    forbid_orphans(unit)
    writer = make_writer()
    results = await begin(writer, writer.write(count, key=key, kind=int), writer.write(orphan))
    assert [type(result) for result in results] == [NotStored, NotStored]
    assert stored(unit) == 0
    assert await writer.write(count, key=key, kind=int) == 1


class LostAnswer:
    """Lets one commit take place and loses its answer with the connection."""

    def __init__(self, engine: Engine) -> None:
        self.armed = True
        sa.event.listen(engine, "commit", self._commit)

    def _commit(self, connection: Connection) -> None:
        if self.armed:
            self.armed = False
            driver: Any = connection.connection.dbapi_connection
            driver.commit()
            driver.close()


async def test_a_commit_whose_answer_was_lost_is_found_by_its_keys(
    engine: Engine, make_writer, unit
):
    writer = make_writer()
    LostAnswer(engine)
    keyed = writer.write(count, key="event:E1", kind=int)
    assert await begin(writer, keyed, writer.write(count)) == [1, 2]
    assert stored(unit) == 2


async def test_a_lost_commit_without_any_key_stays_unknown(engine: Engine, make_writer, unit):
    writer = make_writer()
    LostAnswer(engine)
    [told] = await begin(writer, writer.write(count))
    assert isinstance(told, Unknown)
    assert told.outcome is not None
    with pytest.raises(Unknown) as followed:
        await told.outcome
    assert followed.value.outcome is None
    assert await writer.write(count) == 2


@contextmanager
def admin(url: str) -> Iterator[Connection]:
    """A connection to another database of the same server."""
    engine = make_engine(sa.make_url(url).set(database="postgres"))
    with engine.execution_options(isolation_level="AUTOCOMMIT").connect() as connection:
        yield connection
    engine.dispose()


def kill_sessions(connection: Connection) -> None:
    """End all sessions of our database, whatever they are doing, and see them gone."""
    connection.exec_driver_sql(
        "SELECT pg_terminate_backend(pid, 5000) FROM pg_stat_activity WHERE datname = 'gopbaegi'"
    )


@pytest.mark.postgres
@pytest.mark.parametrize("engine", ["postgres"], indirect=True)
@pytest.mark.parametrize("key", ["event:E1", None])
async def test_a_session_killed_before_its_commit_has_stored_nothing(
    engine: Engine, make_writer, unit, postgres_url: str, key
):
    writer = make_writer()

    def killed(uow: UnitOfWork) -> int:
        made = count(uow)
        if armed:
            armed.clear()
            sa.event.listen(engine, "commit", kill, once=True)
        return made

    def kill(_: Connection) -> None:
        with admin(postgres_url) as connection:
            kill_sessions(connection)

    armed = [True]
    [told] = await begin(writer, writer.write(killed, key=key, kind=int))
    assert isinstance(told, NotStored if key else Unknown)
    assert stored(unit) == 0
    assert await writer.write(killed, key=key, kind=int, deadline=ENOUGH) == 1


@pytest.mark.postgres
@pytest.mark.parametrize("engine", ["postgres"], indirect=True)
async def test_a_session_killed_in_mid_batch_fails_the_whole_batch(
    make_writer, unit, postgres_url: str
):
    writer = make_writer()

    def killed(uow: UnitOfWork) -> int:
        with admin(postgres_url) as connection:
            kill_sessions(connection)
        return count(uow)

    results = await begin(
        writer,
        writer.write(count),
        writer.write(killed),
        writer.write(count, deadline=ENOUGH),
    )
    assert [type(result) for result in results[:2]] == [NotStored, NotStored]
    assert results[2] == 1
    assert stored(unit) == 1


@pytest.mark.postgres
@pytest.mark.parametrize("engine", ["postgres"], indirect=True)
async def test_a_database_that_was_gone_is_used_again_without_a_restart(
    engine: Engine, clock, make_writer, postgres_url: str
):
    committed = threading.Event()
    writer = make_writer(on_commit=committed.set)
    writer.start()
    readers = Readers(engine, clock)
    assert await writer.write(count) == 1
    assert await readers.read(lambda uow: uow.counters.value("made")) == 1
    with admin(postgres_url) as connection:
        connection.exec_driver_sql("ALTER DATABASE gopbaegi ALLOW_CONNECTIONS false")
        try:
            kill_sessions(connection)
            with pytest.raises(NotStored):
                await writer.write(count, deadline=0.2)
            with pytest.raises(NotStored):
                await readers.read(lambda uow: uow.counters.value("made"))
            patient = asyncio.create_task(writer.write(count, deadline=ENOUGH))
            await asyncio.sleep(0)
        finally:
            connection.exec_driver_sql("ALTER DATABASE gopbaegi ALLOW_CONNECTIONS true")
    assert await patient == 2
    assert await readers.read(lambda uow: uow.counters.value("made")) == 2
    await asyncio.to_thread(readers.close)


@pytest.mark.postgres
@pytest.mark.parametrize("engine", ["postgres"], indirect=True)
async def test_readers_do_not_notice_that_their_sessions_were_killed(
    engine: Engine, clock, postgres_url: str
):
    readers = Readers(engine, clock)
    await readers.read(lambda uow: uow.counters.value("made"))
    with admin(postgres_url) as connection:
        kill_sessions(connection)
    assert await readers.read(lambda uow: uow.counters.value("made")) == 0
    await asyncio.to_thread(readers.close)


async def test_closing_does_not_wait_for_a_database_that_is_away(engine: Engine, make_writer):
    writer = make_writer()
    with locked(engine):
        waiting = asyncio.create_task(writer.write(count, deadline=ENOUGH))
        await asyncio.sleep(0)
        writer.start()
        await asyncio.to_thread(writer.close)
        with pytest.raises(NotStored):
            await waiting
