"""Channels on the page: the bot in and out, archived and back, private, and people of elsewhere."""

import pytest
from playwright.async_api import expect

from bot import sample
from tests.browser.office import DEPARTMENT, address, somebody

pytestmark = [pytest.mark.browser, pytest.mark.asyncio(loop_scope="session")]

PRIVATE = "특별사법경찰과"


async def manage(window, item):
    """Choose from the channel's menu."""
    await window.page.get_by_role("button", name="채널 관리").click()
    await window.page.get_by_role("menuitem", name=item).click()


async def test_the_bot_is_put_out_and_invited_and_the_channel_archived_and_back(trial, window):
    head = await window(address(somebody("과장")))
    heading = head.page.locator("#main .heading")
    await manage(head, "봇 내보내기")
    await expect(heading).to_contain_text("봇 없음")
    await manage(head, "봇 초대하기")
    await expect(heading).not_to_contain_text("봇 없음")
    await manage(head, "채널 보관하기")
    await expect(head.page.get_by_text("보관된 채널입니다.")).to_be_visible()
    await manage(head, "채널 보관 해제하기")
    await expect(
        head.page.get_by_role("textbox", name=f"#{DEPARTMENT}에 메시지 쓰기")
    ).to_be_visible()
    known = trial.stored("SELECT slack_id, state, member FROM channels")
    assert known == [(somebody("과장").department_channel, "open", 1)]


async def test_a_private_channel_is_marked_and_found_by_its_members_only(window):
    row = next(row for row in sample.rows() if row.department == PRIVATE)
    member = await window(address(row))
    await expect(
        member.page.locator("#main h1").get_by_role("img", name="비공개 채널")
    ).to_be_visible()
    await manage(member, "채널 보관하기")
    await expect(member.page.get_by_text("보관된 채널입니다.")).to_be_visible()
    other = await window(address(somebody("과장"), row.department_channel))
    await expect(other.page.locator("#main h1")).to_have_text(DEPARTMENT)


@pytest.mark.parametrize("department", sample.guests())
async def test_one_may_sit_down_as_somebody_of_another_workspace(window, department):
    guest = sample.guests()[department]
    visitor = await window(f"/#/{somebody('과장').slack_id}/")
    await visitor.become(guest)
    page = visitor.page
    await expect(page.locator("#main h1")).to_have_text(department)
    await expect(page.get_by_role("button", name="채널 관리")).to_have_count(0)
    await page.get_by_role("button", name="다른 사람으로 바꾸기").click()
    people = visitor.dialog("누구로 볼까요?")
    await people.get_by_role("combobox").fill(guest.name)
    badge = "다른 워크스페이스" if guest.enterprise else "외부"
    await expect(people.get_by_role("option", name=guest.name)).to_contain_text(badge)


async def test_somebody_of_another_organisation_is_told_that_nothing_of_ours_is_theirs(window):
    partner = next(guest for guest in sample.guests().values() if not guest.enterprise)
    visitor = await window(f"/#/{somebody('과장').slack_id}/")
    await visitor.become(partner)
    await visitor.ask("/cut 목록")
    told = visitor.page.get_by_text("다른 기관의 Slack 워크스페이스에 소속되신 분은")
    await expect(told.first).to_be_visible()
