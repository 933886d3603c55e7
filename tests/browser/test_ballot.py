"""A department chooses its representative task, with one click a person."""

import pytest
from playwright.async_api import expect

from bot import sample
from tests.browser.office import CLICKS, DEPARTMENT, Window, address, somebody

pytestmark = [pytest.mark.browser, pytest.mark.asyncio(loop_scope="session")]

FIRST, SECOND, THIRD = "후보 1번", "후보 2번", "후보 3번"
CHOSEN = "문화의 달 행사 결과보고서 인쇄 축소"
BALLOT = f"2026년 제1회 {DEPARTMENT} 대표 과제 투표"
MORNING = "다음 근무일 9시로"


@pytest.fixture
def tasks() -> int:
    """Enough tasks for a department to choose among three."""
    return 60


async def opened(head: Window, mode: str = "공개 투표") -> None:
    """The head opens the ballot until the next evening; its last candidate is there."""
    await head.ask("/cut 투표")
    panel = head.dialog("대표 과제 투표")
    await panel.get_by_role("button", name="투표 열기").click()
    form = head.dialog("투표 열기")
    await form.get_by_label("마감일").fill("2026-07-02")
    await form.get_by_role("radio", name=mode).check()
    await form.get_by_role("button", name="투표 열기").click()
    await expect(panel).to_contain_text("투표를 열었습니다.")
    await head.press("Escape")
    await expect(head.card(THIRD)).to_be_visible()


async def test_five_vote_with_a_click_each_one_changes_and_the_result_stands(trial, window):
    page = await window(address(somebody("과장")))
    await opened(page)
    staff = [row for row in sample.rows() if row.department == DEPARTMENT][1:6]
    for row, title in zip(staff, (FIRST, SECOND, FIRST, SECOND, THIRD), strict=True):
        await page.become(row)
        await page.pill(title).click()
        await expect(page.pill(title)).to_have_attribute("aria-pressed", "true")
    await page.pill(SECOND).click()
    await expect(page.card("내 투표: 2번")).to_contain_text("2026. 7. 2.(목) 18:00까지 바꾸실 수")
    ballot = page.card(BALLOT).first
    await expect(ballot).to_contain_text("투표 5/15명")
    await expect(ballot).to_contain_text(f"{CHOSEN} — 3표 ▇▇▇")

    await page.move(MORNING, "2026. 7. 2.(목) 09:00")
    await page.move(MORNING, "2026. 7. 3.(금) 09:00")
    result = page.card(f"{BALLOT} 결과")
    await expect(result).to_contain_text(f"대표 과제는 #12 『{CHOSEN}』입니다.")
    await expect(result).to_contain_text("가장 많은 표를 얻어 정해졌습니다.")
    await expect(result).to_contain_text("재집계했으며, 차이가 없었습니다.")
    await expect(page.card(f"#12 {CHOSEN}").first).to_contain_text("대표 과제 · 축소 · 제출")
    assert trial.stored("SELECT task, rule FROM representatives") == [(12, "votes")]


async def test_on_a_telephone_a_ballot_is_opened_and_voted_in_and_nothing_runs_off(trial, window):
    page = await window(address(somebody("과장")), width=360, height=740)
    await opened(page)
    assert await page.runs_off() == []
    await page.become(somebody("팀장"))
    await page.pill(FIRST).click()
    await expect(page.card("내 투표: 1번")).to_be_visible()
    await page.card(BALLOT).get_by_role("button", name="투표 현황").click()
    await expect(page.dialog("대표 과제 투표")).to_contain_text("내 투표: 1번")
    assert await page.runs_off() == []


async def test_a_vote_is_given_and_taken_back_without_a_mouse(trial, window):
    page = await window(address(somebody("과장")))
    await opened(page)
    member = await window(address(somebody("팀장")))
    await expect(member.composer).to_be_focused()
    await member.reach(member.pill(THIRD), "Shift+Tab")
    await member.press("Enter")
    await expect(member.pill(THIRD)).to_have_attribute("aria-pressed", "true")
    await expect(member.pill(THIRD)).to_be_focused()
    await expect(member.card("내 투표: 3번")).to_be_visible()
    await member.press("Space")
    await expect(member.pill(THIRD)).to_have_attribute("aria-pressed", "false")
    await expect(member.card("현재 투표가 없습니다.")).to_be_visible()


async def test_a_secret_vote_is_given_where_the_candidate_stands(trial, window):
    head = await window(address(somebody("과장")))
    await opened(head, "비밀 투표")
    member = await window(address(somebody("팀장")))
    await member.page.evaluate(CLICKS)
    await member.card(THIRD).get_by_role("button", name="투표하기").click()
    form = member.dialog("투표하기")
    await form.get_by_role("radio", name=CHOSEN).click()
    await form.get_by_role("button", name="투표하기").click()
    await expect(member.dialog("투표하기")).to_contain_text("투표했습니다.")
    assert await member.page.evaluate("window.clicks") == 3
    await member.press("Escape")
    await expect(head.card(BALLOT)).to_contain_text("투표 1/15명")
    await expect(head.card(BALLOT)).not_to_contain_text("표 ▇")
    await expect(head.pill(SECOND)).to_have_count(0)
    assert trial.stored("SELECT count(*) FROM votes") == [(0,)]
