"""Everything is within reach of the keys."""

import pytest
from playwright.async_api import expect

pytestmark = [pytest.mark.browser, pytest.mark.asyncio(loop_scope="session")]

TITLE = "부서 알림판 종이 게시 폐지"


async def test_a_task_is_proposed_opened_and_closed_without_a_mouse(trial, window):
    member = await window()
    await expect(member.composer).to_be_focused()
    await member.type(f"/cut {TITLE}")
    await member.press("Enter")
    form = member.dialog("과제 제안")
    await expect(form.get_by_label("제목")).to_be_focused()
    await member.press("Tab", "Space", "Tab")
    await expect(form.get_by_role("radio", name="폐지")).to_be_checked()
    await expect(form.get_by_label("현황·문제점")).to_be_focused()
    await member.type("붙이고 떼는 데 한나절이 걸립니다.")
    await member.reach(form.get_by_role("button", name="제출"))
    await member.press("Enter")
    await expect(member.dialog("과제 1번")).to_be_visible()
    await member.press("Escape")
    await expect(member.composer).to_be_focused()

    opens = member.card(TITLE).get_by_role("button", name=f"『{TITLE}』 과제 열기")
    await expect(opens).to_be_visible()
    await member.reach(opens, "Shift+Tab")
    await member.press("Enter")
    await expect(member.dialog("과제 1번")).to_be_visible()
    await member.press("Escape")
    await expect(opens).to_be_focused()
    await member.reach(member.composer)
    assert trial.stored("SELECT title FROM tasks") == [(TITLE,)]
