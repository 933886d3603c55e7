"""What one person does is on the other's screen at once."""

import pytest
from playwright.async_api import expect

from tests.browser.office import address, somebody

pytestmark = [pytest.mark.browser, pytest.mark.asyncio(loop_scope="session")]

TITLE = "문화 통계 수기 집계 전산화"


async def test_a_member_proposes_and_sees_the_head_confirm_it(trial, window):
    head = await window(address(somebody("과장")))
    member = await window()
    await member.propose(TITLE, "전산화", "엑셀에 옮겨 적고 다시 더합니다.")

    await head.card(TITLE).get_by_role("button", name=f"『{TITLE}』 과제 열기").click()
    task = head.dialog("과제 1번")
    await task.get_by_role("button", name="확정").click()
    form = head.dialog("과제 확정")
    await form.get_by_role("checkbox", name="예산 반영 필요").check()
    await form.get_by_role("button", name="저장").click()
    await expect(task).to_contain_text("‹확정› 처리를 마쳤습니다.")
    await expect(task).to_contain_text("예산 심의")

    await expect(member.card(TITLE)).to_contain_text("전산화 · 확정 · 기한 2026. 9. 30.(수)")
    assert trial.stored("SELECT status FROM tasks") == [("confirmed",)]
