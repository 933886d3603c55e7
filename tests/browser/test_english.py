"""Who reads English in Slack reads English everywhere."""

import pytest
from playwright.async_api import expect

from bot import sample
from tests.browser.office import address

pytestmark = [pytest.mark.browser, pytest.mark.asyncio(loop_scope="session")]


async def test_somebody_with_an_english_locale_proposes_a_task_in_english(trial, window):
    english = next(one.id for one in sample.workspace()[0] if one.locale == "en-US")
    row = next(row for row in sample.rows() if row.slack_id == english)
    reader = await window(address(row))
    page = reader.page
    await expect(page.get_by_role("navigation", name="Conversations")).to_be_visible()
    await expect(page.get_by_role("textbox", name=f"Message #{row.department}")).to_be_focused()
    await reader.type("/cut Paper brochures")
    await reader.press("Enter")
    form = reader.dialog("Propose a task")
    await form.get_by_role("radio", name="Abolish").check()
    await form.get_by_label("What is wrong today").fill("Nobody reads them.")
    await form.get_by_role("button", name="Submit").click()
    await expect(reader.dialog("Task #1")).to_contain_text("Paper brochures")
    assert trial.stored("SELECT title FROM tasks") == [("Paper brochures",)]
