"""From opening the page to the first stored task."""

import pytest
from playwright.async_api import expect

pytestmark = [pytest.mark.browser, pytest.mark.asyncio(loop_scope="session")]

TITLE = "전시실 운영 일지 폐지"
COUNTING = """
window.actions = [];
const count = (event, what) => event.isTrusted && window.actions.push(what);
addEventListener("pointerdown", (event) => count(event, "click"), true);
addEventListener("keydown", (event) => {
  if (event.key.length > 1 && event.key !== "Tab") count(event, event.key);
}, true);
"""
"""Writes down every click and every key that is neither typing nor Tab."""


async def test_a_newcomer_stores_a_first_task_with_four_actions_or_fewer(trial, window):
    newcomer = await window()
    await newcomer.page.evaluate(COUNTING)
    await newcomer.type(f"/cut {TITLE}")
    await newcomer.press("Enter")
    form = newcomer.dialog("과제 제안")
    await expect(form.get_by_label("제목")).to_have_value(TITLE)
    await form.get_by_role("radio", name="폐지").click()
    await newcomer.press("Tab")
    await newcomer.type("매일 손으로 쓰지만 찾아보는 사람이 없습니다.")
    await form.get_by_role("button", name="제출").click()
    await expect(newcomer.dialog("과제 1번")).to_contain_text(TITLE)

    actions = await newcomer.page.evaluate("window.actions")
    assert actions == ["Enter", "click", "click"]
    assert trial.stored("SELECT id, title, type, status FROM tasks") == [
        (1, TITLE, "abolish", "submitted")
    ]
    await expect(newcomer.card(f"#1 {TITLE}")).to_contain_text("폐지 · 제출")
