"""The ground of fault tests, on each database in turn."""

from collections.abc import AsyncIterator, Iterator
from pathlib import Path
from shutil import copyfile

import pytest

from tests.faults.ground import Ground, opened
from tests.faults.nursery import nursery


@pytest.fixture(autouse=True, scope="session")
def _nursery() -> Iterator[None]:
    """Where this run's bots are born."""
    yield
    if nursery.cache_info().currsize:
        nursery().end()


@pytest.fixture
def sqlite_address(sqlite_template: Path, tmp_path: Path) -> str:
    """A SQLite file with our tables."""
    file = tmp_path / "office.db"
    copyfile(sqlite_template, file)
    return f"sqlite:///{file}"


@pytest.fixture
def postgres_address(postgres_engine: object, postgres_url: str) -> str:
    """The run's PostgreSQL, emptied afterwards."""
    return postgres_url


@pytest.fixture(params=["sqlite", pytest.param("postgres", marks=pytest.mark.postgres)])
async def ground(request: pytest.FixtureRequest) -> AsyncIterator[Ground]:
    """A workspace with an office in each database."""
    async with opened(request.getfixturevalue(f"{request.param}_address")) as one:
        yield one
