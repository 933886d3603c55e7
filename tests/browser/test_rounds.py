"""Headquarters closes a round, opens the next and sees what every bureau has brought."""

import pytest
from playwright.async_api import expect

from bot import sample
from tests.browser.office import BUREAU, DEPARTMENT, address

pytestmark = [pytest.mark.browser, pytest.mark.asyncio(loop_scope="session")]


async def test_headquarters_opens_a_round_and_sees_coverage(trial, window):
    leader = next(r for r in sample.rows() if (r.role, r.title) == ("총괄", "팀장"))
    page = await window(address(leader))
    await page.ask("/cut 관리")
    panel = page.card("회차 관리")
    await expect(panel).to_contain_text("2026년 제1회")
    await panel.get_by_role("button", name="회차 마감").click()
    await page.page.get_by_role("alertdialog").get_by_role("button", name="회차 마감").click()
    await panel.get_by_role("button", name="회차 열기").click()
    form = page.dialog("회차 열기")
    await form.get_by_label("회차 이름").fill("2026년 제2회")
    await form.get_by_label("투표 마감일").fill("2026-08-31")
    await form.get_by_role("button", name="회차 열기").click()
    opened = page.dialog("회차 관리")
    await expect(opened).to_contain_text("2026년 제2회를 열었습니다.")
    await opened.get_by_role("button", name=f"{BUREAU} 과별 보기").click()
    bureau = page.dialog("과별 제출 현황")
    await expect(bureau).to_contain_text("제출률 0%(과 6개 중 0개)")
    await expect(bureau).to_contain_text("투표 마감일 2026. 8. 31.(월)")
    await expect(bureau).to_contain_text(f"{DEPARTMENT}")
    assert trial.stored("SELECT name, closed_at IS NULL FROM rounds ORDER BY id") == [
        ("2026년 제1회", 0),
        ("2026년 제2회", 1),
    ]
