"""A new quarter in two clicks: the director answers from the message and signs the review off."""

import pytest
from playwright.async_api import expect

from bot import sample
from tests.browser.office import BUREAU, CLICKS, address

pytestmark = [pytest.mark.browser, pytest.mark.asyncio(loop_scope="session")]

LATE, BLOCKED = "전시실 운영 일지 수기 작성 폐지", "영상물 촬영지원 신청서류 축소"
UNDECIDED = "전북자치도청 전시실 운영 개선"
LEFT = 6


@pytest.fixture
def tasks() -> int:
    """As many as a newcomer's playground has."""
    return 60


async def test_two_clicks_bring_the_review_that_a_director_answers_and_signs(trial, window):
    director = next(row for row in sample.rows() if row.bureau == BUREAU)
    page = await window(address(director))
    await page.visit_bot("메시지")
    await page.page.evaluate(CLICKS)
    await page.move("다음 분기 첫 근무일 9시로", "2026. 10. 1.(목) 09:00")
    assert await page.page.evaluate("window.clicks") == 2
    review = page.card(f"{BUREAU} 2026년 3분기 점검")
    await expect(review).to_contain_text(f"확인이 필요한 항목 {LEFT + 3}건")

    await review.get_by_role("button", name=f"{LATE}: 2주 연장").click()
    await expect(review).not_to_contain_text(LATE)

    await review.get_by_role("button", name=f"{UNDECIDED}: 확정").click()
    form = page.dialog("과제 확정")
    await form.get_by_role("checkbox", name="즉시 시행").check()
    await form.get_by_role("button", name="저장").click()
    await expect(form).to_have_count(0)
    await expect(review).not_to_contain_text(UNDECIDED)
    await page.press("Escape")

    await review.get_by_role("button", name=f"{BLOCKED}: 사유 적기").click()
    form = page.dialog("사유 적기")
    await form.get_by_label("사유").fill("추경 편성 뒤로 미루었습니다.")
    await form.get_by_role("button", name="저장").click()
    await expect(form).to_have_count(0)
    await expect(review).to_contain_text(f"확인이 필요한 항목 {LEFT}건")

    await review.get_by_role("button", name="점검 완료").click()
    form = page.dialog("점검 완료")
    await expect(form).to_contain_text(f"항목이 {LEFT}건 있습니다.")
    await form.get_by_role("button", name="미조치로 두고 점검 완료").click()
    await expect(review).to_contain_text(f"‹{director.name} 국장›님이 2026. 10. 1.(목) 09:0")
    await expect(review).to_contain_text(f"미조치로 남은 항목 {LEFT}건")
    await expect(review.get_by_role("button", name="점검 완료")).to_have_count(0)
    assert await page.runs_off() == []
