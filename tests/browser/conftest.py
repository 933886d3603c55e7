"""The sample organisation at work, seen through Chromium."""

from collections.abc import AsyncIterator, Awaitable, Callable
from pathlib import Path
from shutil import copyfile

import pytest
import pytest_asyncio
from playwright.async_api import Browser

from tests.browser import office
from tests.browser.office import Trial, Window

Open = Callable[..., Awaitable[Window]]


@pytest.fixture(scope="session")
def settled(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Where the databases of the sample organisation are kept once they were made."""
    return tmp_path_factory.mktemp("browser")


@pytest.fixture
def tasks() -> int:
    """How many tasks the sample organisation has: none, before its first."""
    return 0


@pytest_asyncio.fixture(loop_scope="session")
async def trial(settled: Path, tmp_path: Path, tasks: int) -> AsyncIterator[Trial]:
    """The sample organisation at work."""
    made = settled / f"{tasks}.db"
    if not made.exists():
        await office.settle(made, tasks)
    copyfile(made, tmp_path / "office.db")
    async with office.at_work(tmp_path / "office.db") as trial:
        yield trial


@pytest_asyncio.fixture(scope="session", loop_scope="session")
async def browser() -> AsyncIterator[Browser]:
    """One browser for all: its windows share nothing, and it takes a second to start."""
    async with office.chromium() as browser:
        yield browser


@pytest_asyncio.fixture(loop_scope="session")
async def window(browser: Browser, trial: Trial) -> AsyncIterator[Open]:
    """Open a window at a place: `await window("/#/U1/C1", width=360)`."""
    windows: list[Window] = []

    async def opened(place: str = "/", **size: int) -> Window:
        windows.append(await office.window(browser, trial, place, **size))
        return windows[-1]

    yield opened
    for one in windows:
        await one.page.context.close()
