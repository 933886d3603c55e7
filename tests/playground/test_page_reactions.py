"""Voting with reactions on the page, and moving the bot's date, in a browser."""

import re
from datetime import datetime
from typing import NamedTuple

import pytest
from playwright.async_api import async_playwright, expect

from bot.clock import FrozenClock
from bot.playground.server import Server, start
from bot.playground.workspace import Workspace
from tests import machine
from tests.playground.stage import TinyBot, make_bot, make_workspace

pytestmark = pytest.mark.browser

MORNING = datetime.fromisoformat("2026-07-01T10:00+09:00")


class Morning(FrozenClock):
    """A clock that stands still in both times until the programme's is moved."""

    def system(self):
        """The frozen moment, whatever the programme's time is."""
        return MORNING.timestamp()


class Office(NamedTuple):
    """The workspace, its server, a bot, and the stamps of its two candidates."""

    ws: Workspace
    server: Server
    bot: TinyBot
    stamps: list[str]


@pytest.fixture
async def office():
    """A workspace whose clock the page can move, with a bot that offers two candidates."""
    clock = Morning(MORNING)
    ws = make_workspace(clock)
    ws.invite("C1", "U3")
    ws.crowd.pause = (0.0, 0.0)

    async def move(to):
        clock.advance_to(datetime.fromisoformat("2026-10-01T09:00+09:00"))

    server = await start(ws, now=clock.now, move=move)
    bot = make_bot(server.api_url)
    stamps = [await bot.posts("후보 1 전시실 일지 폐지"), await bot.posts("후보 2 회의 축소")]
    yield Office(ws, server, bot, stamps)
    await server.stop()


@pytest.fixture
async def page(office):
    """The page in a browser, as U1 sees it."""
    async with async_playwright() as playwright:
        browser = await playwright.chromium.launch(
            executable_path=machine.browser(), args=["--no-sandbox", "--disable-quic"]
        )
        page = await browser.new_page(locale="ko-KR")
        await page.goto(f"{office.server.url}/#/U1/C1")
        await expect(page.locator("#main h1")).to_be_visible()
        yield page
        await browser.close()


async def seed(office):
    for ts in office.stamps:
        await office.bot.client.reactions_add(channel="C1", timestamp=ts, name="+1")


async def test_the_button_is_there_with_the_bots_reaction_and_lets_the_colleagues_vote(
    office, page
):
    vote = page.get_by_role("button", name="동료들이 투표")
    await expect(vote).to_have_count(0)
    await seed(office)
    await vote.press("Enter")
    await expect(page.locator("#toasts")).to_contain_text("동료 2명이 차례로 투표합니다.")
    pills = page.get_by_role("button", name=re.compile(r"^엄지 척 \d명: 곱빼기, "))
    await expect(pills).to_have_count(2)
    await expect(vote).to_be_focused()
    await expect(vote).to_be_enabled()
    await vote.click()
    await expect(page.locator("#toasts")).to_contain_text("더 투표할 동료가 없습니다.")
    for ts in office.stamps:
        await office.bot.client.chat_delete(channel="C1", ts=ts)
    await expect(vote).to_have_count(0)
    await expect(page.get_by_role("textbox", name="#문화정책과에 메시지 쓰기")).to_be_focused()


async def test_one_click_on_the_pill_votes_and_one_more_takes_it_back(office, page):
    await seed(office)
    first = page.get_by_role("article").filter(has_text="후보 1")
    await first.get_by_role("button", name="엄지 척 1명: 곱빼기").click()
    mine = first.get_by_role("button", name="엄지 척 2명, 내가 누름: 곱빼기, 김하나")
    await expect(mine).to_have_attribute("aria-pressed", "true")
    await mine.click()
    pill = first.get_by_role("button", name="엄지 척 1명: 곱빼기")
    await expect(pill).to_have_attribute("aria-pressed", "false")
    assert "U1" not in office.ws.talk.find("C1", office.stamps[0]).reactions["+1"]


async def test_a_thumb_of_a_chosen_skin_tone_is_picked(office, page):
    first = page.get_by_role("article").filter(has_text="후보 1")
    await first.hover()
    await first.get_by_role("button", name="이모지로 반응").click()
    picker = page.get_by_role("dialog", name="이모지 고르기")
    await picker.get_by_role("button", name="피부색: 엄지 척, 피부색 3").click()
    await picker.get_by_role("button", name="엄지 척, 피부색 3", exact=True).click()
    pill = first.get_by_role("button", name=re.compile("^엄지 척, 피부색 3 1명"))
    await expect(pill).to_have_attribute("aria-pressed", "true")
    assert list(office.ws.talk.find("C1", office.stamps[0]).reactions) == ["+1::skin-tone-4"]


async def test_two_presses_move_the_bots_date_to_the_next_quarter_and_say_so(office, page):
    clock = page.get_by_role("button", name="봇의 날짜")
    await clock.press("Enter")
    panel = page.get_by_role("dialog", name="봇의 날짜")
    await panel.get_by_role("button", name="다음 분기 첫 근무일 9시로").press("Enter")
    await expect(page.get_by_role("status").filter(has_text="이제 봇의 날짜는")).to_be_visible()
    await expect(clock).to_contain_text("2026. 10. 1.(목) 09:00")
    await expect(clock).to_be_focused()
    await office.bot.posts("분기 점검")
    days = page.get_by_role("log").get_by_role("separator")
    await expect(days.last).to_have_text("2026. 10. 1.(목)")
