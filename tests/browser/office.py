"""The sample organisation at work, and the windows through which its people look at it."""

import json
import re
import sqlite3
from collections.abc import AsyncIterator, Collection
from contextlib import asynccontextmanager
from dataclasses import dataclass, replace
from datetime import UTC, datetime, timedelta
from functools import partial
from pathlib import Path
from typing import Any

from playwright.async_api import Browser, Locator, Page, async_playwright, expect

from bot import sample, sample_office, wiring
from bot.__main__ import Hand, catch_up
from bot.clock import Clock, FrozenClock
from bot.domain.roster_rows import RosterRow
from bot.i18n.texts import Catalogue
from bot.playground.server import Server, start
from bot.playground.workspace import SeedChannel, SeedPerson, Workspace
from bot.settings import Mode, Settings
from handlers.roster_files import vocabulary
from storage.database import Office
from storage.rates import UNLIMITED
from tests import machine

WEDNESDAY = datetime(2026, 7, 1, 1, 0, tzinfo=UTC)
"""10:00 of a working day at the office."""
DEPARTMENT, BUREAU = "문화정책과", "문화체육관광국"
COMPOSER = f"#{DEPARTMENT}에 메시지 쓰기"
BALLOT_SECRET = "a-secret-of-a-browser-that-is-long-enough"
MANIFEST = Path(__file__).parents[2] / "manifest.json"
FLAGS = [
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--disable-background-networking",
]
CLICKS = """
window.clicks = 0;
addEventListener("pointerdown", (event) => (window.clicks += event.isTrusted ? 1 : 0), true);
"""
"""Counts in `window.clicks` what is pressed with a pointer from then on."""

_ROUND = 100
_RUNS_OFF = """
() => {
  const root = document.documentElement;
  const wide = (node) => node.scrollWidth > node.clientWidth && (
    ["auto", "scroll"].includes(getComputedStyle(node).overflowX) || node === root
  );
  return [...document.querySelectorAll("*")].filter(wide).map((node) => (
    `${node.localName}.${node.className}`
  ));
}
"""


@dataclass(frozen=True)
class Trial:
    """A workspace with the bot at work in it."""

    server: Server
    database: Path

    def stored(self, query: str) -> list[tuple[Any, ...]]:
        """Rows of the database."""
        connection = sqlite3.connect(self.database)
        try:
            return connection.execute(query).fetchall()
        finally:
            connection.close()


@dataclass(frozen=True)
class Window:
    """A page with somebody before it, who finds things by what they are called."""

    page: Page

    @property
    def composer(self) -> Locator:
        """Where messages to the department's channel are typed."""
        return self.page.get_by_role("textbox", name=COMPOSER)

    def card(self, title: str) -> Locator:
        """A task's card in the channel."""
        return self.page.get_by_role("log").get_by_role("article").filter(has_text=title)

    def dialog(self, name: str | re.Pattern[str]) -> Locator:
        """The modal with that title."""
        return self.page.get_by_role("dialog", name=name)

    def pill(self, title: str) -> Locator:
        """The 👍 beneath a message, with everybody who pressed it."""
        return self.card(title).get_by_role("button", name=re.compile(r"^엄지 척 \d+명"))

    async def become(self, row: RosterRow) -> None:
        """Sit down as somebody else before the same place."""
        await self.page.get_by_role("button", name="다른 사람으로 바꾸기").click()
        people = self.dialog("누구로 볼까요?")
        await people.get_by_role("combobox").fill(row.name)
        await people.get_by_role("option", name=row.name).click()
        await expect(self.page.get_by_role("button", name=f"지금은 {row.name} ")).to_be_visible()

    async def move(self, button: str, to: str) -> None:
        """Move the bot's clock with one of its buttons; `to` is what it shows then."""
        clock = self.page.get_by_role("button", name="봇의 날짜")
        await clock.click()
        await self.page.get_by_role("button", name=button).click()
        await expect(clock).to_contain_text(to)

    async def ask(self, text: str) -> None:
        """Type a command where one is."""
        await self.page.get_by_role("textbox", name="에 메시지 쓰기").click()
        await self.type(text)
        await self.press("Enter")

    async def visit_bot(self, tab: str) -> None:
        """Open Home, or the direct messages, by the tab's name."""
        conversations = self.page.get_by_role("navigation", name="대화 목록")
        if not await conversations.is_visible():
            await self.page.get_by_role("button", name="대화 목록 열기").click()
        await conversations.get_by_role("link", name="곱빼기").click()
        await self.page.get_by_role("tab", name=tab).click()

    async def type(self, text: str) -> None:
        """Press the keys of a text, wherever the focus is."""
        await self.page.keyboard.type(text)

    async def press(self, *keys: str) -> None:
        """Press keys, one after the other."""
        for key in keys:
            await self.page.keyboard.press(key)

    async def reach(self, wanted: Locator, key: str = "Tab") -> None:
        """Press Tab (or Shift+Tab) until the focus is there; a round of the page is the most."""
        for _ in range(_ROUND):
            if await wanted.evaluate("(node) => node === document.activeElement"):
                return
            await self.press(key)
        raise AssertionError(f"{key} does not reach {wanted}")

    async def runs_off(self) -> list[str]:
        """The classes of what makes the page scroll sideways; empty as it should be."""
        found: list[str] = await self.page.evaluate(_RUNS_OFF)
        return found

    async def propose(self, title: str, kind: str, problem: str) -> None:
        """Propose a task through the form and close what follows."""
        await expect(self.composer).to_be_focused()
        await self.type(f"/cut {title}")
        await self.press("Enter")
        form = self.dialog("과제 제안")
        await form.get_by_role("radio", name=kind).check()
        await form.get_by_label("현황·문제점").fill(problem)
        await form.get_by_role("button", name="제출").click()
        await expect(self.dialog(re.compile(r"과제 \d+번"))).to_be_visible()
        await self.press("Escape")
        await expect(self.page.get_by_role("dialog")).to_have_count(0)


class Daylight(Clock):
    """Time at the office: it goes on from a moment, and can be moved ahead.

    What the workspace stamps on a message or reaction agrees with it.
    """

    def __init__(self, begins: datetime) -> None:
        super().__init__()
        self._begins, self._since = begins, self.monotonic()

    def now(self) -> datetime:
        """The moment it began at, and what has passed or was skipped since."""
        return self._begins + timedelta(seconds=self.monotonic() - self._since) + self.offset

    def system(self) -> float:
        """The same as seconds since the epoch."""
        return self.now().timestamp()


def somebody(title: str, *, team: str = "") -> RosterRow:
    """The first of the department with that title, of that team if one is named."""
    return next(
        row
        for row in sample.rows()
        if (row.department, row.title) == (DEPARTMENT, title) and team in ("", row.team)
    )


def address(row: RosterRow, place: str = "") -> str:
    """Where on the page somebody sees a channel, their department's if none is named."""
    return f"/#/{row.slack_id}/{place or row.department_channel}"


async def settle(database: Path, tasks: int = 0) -> None:
    """Make the database of the sample organisation with its first tasks."""
    office = Office.at(f"sqlite:///{database}", FrozenClock(WEDNESDAY))
    try:
        await sample_office.settle_in(
            office,
            words=vocabulary(Catalogue.load()).words,
            round_name="2026년 제1회",
            tasks_wanted=tasks,
            now=WEDNESDAY,
        )
    finally:
        await office.close()


@asynccontextmanager
async def at_work(
    database: Path, *, clock: Clock | None = None, english: Collection[str] = ()
) -> AsyncIterator[Trial]:
    """The workspace and the bot, until the block is left; then nothing may have gone wrong.

    `english` are the Slack ids of those who read English here, besides the sample's own.
    """
    clock = clock or Daylight(WEDNESDAY)
    people, channels = sample.workspace()
    people = tuple(
        replace(person, locale="en-US") if person.id in english else person for person in people
    )
    ws = Workspace(
        manifest=json.loads(MANIFEST.read_text(encoding="utf-8")),
        people=[SeedPerson(**vars(person)) for person in people],
        channels=[SeedChannel(**vars(channel)) for channel in channels],
        path=None,
        clock=clock,
        bot_token="xoxb-browser",
        app_token="xapp-browser",
        signing_secret="signing-secret-of-a-browser",
    )
    hand = Hand(clock, ws.store)
    server = await start(ws, now=clock.now, move=hand.move)
    settings = Settings(
        bot_token=ws.bot_token,
        app_token=ws.app_token,
        signing_secret=ws.signing_secret,
        ballot_secret=BALLOT_SECRET,
        api_url=server.api_url,
        database_url=f"sqlite:///{database}",
        port=0,
    )
    bot = await wiring.start(settings, Mode.ALL, clock, rates=UNLIMITED)
    hand.moved = partial(catch_up, bot)
    try:
        yield Trial(server, database)
    finally:
        await bot.stop()
        await server.stop()
    assert ws.problems == []


@asynccontextmanager
async def chromium() -> AsyncIterator[Browser]:
    """A browser without a window."""
    async with async_playwright() as playwright:
        browser = await playwright.chromium.launch(executable_path=machine.browser(), args=FLAGS)
        yield browser
        await browser.close()


async def window(
    browser: Browser, office: Trial, place: str = "/", *, width: int = 1280, height: int = 800
) -> Window:
    """A window of its own, with nothing remembered, whose page has found its people."""
    context = await browser.new_context(
        base_url=office.server.url,
        viewport={"width": width, "height": height},
        locale="ko-KR",
        timezone_id="Asia/Seoul",
    )
    page = await context.new_page()
    await page.goto(place)
    await expect(page.locator("#main h1")).to_be_visible()
    return Window(page)
