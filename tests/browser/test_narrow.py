"""On a telephone: 360 pixels wide."""

import pytest
from playwright.async_api import expect

from tests.browser.office import BUREAU, DEPARTMENT

pytestmark = [pytest.mark.browser, pytest.mark.asyncio(loop_scope="session")]

TITLE = "전시실 대관 신청 서류 여섯 장을 한 장으로 줄이기"


async def test_a_task_is_proposed_on_a_telephone_and_nothing_runs_off_its_side(trial, window):
    member = await window(width=360, height=740)
    drawer = member.page.get_by_role("navigation", name="대화 목록")
    for channel in (BUREAU, DEPARTMENT):
        await expect(drawer).to_be_hidden()
        await member.page.get_by_role("button", name="대화 목록 열기").click()
        await drawer.get_by_role("link", name=channel, exact=True).click()
        await expect(member.page.get_by_role("heading", level=1)).to_contain_text(channel)
        assert await member.runs_off() == []
    await expect(drawer).to_be_hidden()

    await member.composer.click()
    await member.propose(TITLE, "축소", "같은 내용을 여섯 번 적습니다.")
    await expect(member.card(TITLE)).to_contain_text("축소 · 제출")
    assert await member.runs_off() == []
    await member.card(TITLE).get_by_role("button", name="과제 열기").click()
    await expect(member.dialog("과제 1번")).to_contain_text("이력")
    assert await member.runs_off() == []
    assert trial.stored("SELECT title FROM tasks") == [(TITLE,)]
