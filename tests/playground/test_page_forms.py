"""The page keeps what was entered as a visitor's forms do, in a browser."""

import pytest
from playwright.async_api import async_playwright, expect

from tests import machine
from tests.playground.blocks import field_of, modal

pytestmark = pytest.mark.browser


@pytest.fixture
async def page(quiet):
    """The page in a browser, as U1 sees it."""
    async with async_playwright() as playwright:
        browser = await playwright.chromium.launch(
            executable_path=machine.browser(), args=["--no-sandbox", "--disable-quic"]
        )
        page = await browser.new_page()
        await page.goto(quiet.server.url)
        await expect(page.locator("#main h1")).to_be_visible()
        yield page
        await browser.close()


async def test_what_was_entered_stays_over_an_update_of_the_same_fields(quiet, page):
    trigger = quiet.ws.modals.triggers.issue("U1")
    fields = [field_of("title"), field_of("why", optional=True), field_of("due", "datepicker")]
    view = modal(*fields)
    opened = await quiet.bot.client.views_open(trigger_id=trigger, view=view)
    inputs = page.locator("dialog input")
    await inputs.nth(1).fill("매일")
    await inputs.nth(2).fill("2026-07-10")
    await inputs.nth(0).press_sequentially("일지")
    again = modal(
        field_of("title", initial_value="다른 제목"),
        field_of("reason", initial_value="새 칸"),
        field_of("why", optional=True, initial_value="다른 까닭"),
        field_of("due", "datepicker", initial_date="2026-12-31"),
    )
    await quiet.bot.client.views_update(view_id=opened["view"]["id"], view=again)
    await expect(inputs).to_have_count(4)
    values = [await inputs.nth(place).input_value() for place in range(4)]
    assert values == ["일지", "새 칸", "매일", "2026-07-10"]
    await expect(inputs.nth(0)).to_be_focused()
