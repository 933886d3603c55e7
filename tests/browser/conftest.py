"""The sample organisation at work, seen through Chromium."""

from collections.abc import AsyncIterator, Awaitable, Callable
from pathlib import Path
from shutil import copyfile

import pytest
from playwright.async_api import Browser

from tests.browser import office
from tests.browser.office import Trial, Window

Open = Callable[..., Awaitable[Window]]


@pytest.fixture(scope="session")
def settled(tmp_path_factory: pytest.TempPathFactory) -> list[Path]:
    """Where the database of the sample organisation is kept once it was made."""
    return [tmp_path_factory.mktemp("browser") / "sample.db"]


@pytest.fixture
async def trial(settled: list[Path], tmp_path: Path) -> AsyncIterator[Trial]:
    """The sample organisation before its first task."""
    [made] = settled
    if not made.exists():
        await office.settle(made)
    copyfile(made, tmp_path / "office.db")
    async with office.at_work(tmp_path / "office.db") as trial:
        yield trial


@pytest.fixture
async def browser() -> AsyncIterator[Browser]:
    """A browser of its own."""
    async with office.chromium() as browser:
        yield browser


@pytest.fixture
def window(browser: Browser, trial: Trial) -> Open:
    """Open a window at a place: `await window("/#/U1/C1", width=360)`."""

    async def opened(place: str = "/", **size: int) -> Window:
        return await office.window(browser, trial, place, **size)

    return opened
