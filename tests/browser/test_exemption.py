"""A team that need not bring a task: filed by its lead, granted in the director's messages."""

import re

import pytest
from playwright.async_api import expect

from bot import sample
from tests.browser.office import BUREAU, DEPARTMENT, address, somebody

pytestmark = [pytest.mark.browser, pytest.mark.asyncio(loop_scope="session")]

TEAM = "문화정책팀"
WHY = "「문화예술진흥법」 제8조에 따른 사무"


async def test_a_lead_files_and_the_director_grants_from_the_message(trial, window):
    lead = somebody("팀장", team=TEAM)
    director = next(row for row in sample.rows() if row.bureau == BUREAU)
    page = await window(address(lead), width=360, height=740)
    await page.ask("/cut 예외")
    panel = page.dialog("제출 예외")
    await panel.get_by_role("button", name="예외 신청").click()
    form = page.dialog("예외 신청")
    await form.get_by_role("radio", name="법정사무").check()
    await form.get_by_role("button", name="신청", exact=True).click()
    text = form.get_by_label("근거 또는 설명")
    await expect(text).to_have_accessible_description(re.compile("법령과 조항을 입력해 주세요."))
    await text.fill(WHY)
    await form.get_by_role("button", name="신청", exact=True).click()
    await expect(panel).to_contain_text(f"결정할 분 {BUREAU} 국장 {director.name}")
    assert await page.runs_off() == []
    await page.press("Escape")

    await page.become(director)
    await page.visit_bot("메시지")
    asked = page.card(f"{TEAM}의 제출 예외 신청이 있습니다.")
    await expect(asked).to_contain_text(WHY)
    await asked.get_by_role("button", name=f"{DEPARTMENT} {TEAM} 예외: 승인", exact=True).click()
    await expect(page.card("‹승인› 처리되었습니다.")).to_contain_text(f"결정 {director.name} 국장")
    await expect(asked).to_have_count(0)

    await page.become(lead)
    await expect(page.card("‹승인› 처리되었습니다.")).to_contain_text(f"{DEPARTMENT} {TEAM}")
    await page.visit_bot("홈")
    home = page.page.get_by_role("tabpanel")
    await expect(home).to_contain_text("과제를 내거나 예외로 승인된 팀 1/4(25%)")
