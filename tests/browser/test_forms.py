"""A form that cannot be accepted says so where it is wrong."""

import re

import pytest
from playwright.async_api import expect

pytestmark = [pytest.mark.browser, pytest.mark.asyncio(loop_scope="session")]

PROBLEM = "신청인 900101-1234567 님의 서류를 매번 다시 받습니다."


async def test_a_wrong_form_shows_each_error_under_its_field_and_keeps_what_was_typed(
    trial, window
):
    member = await window()
    await member.type("/cut 신청 서류 통합")
    await member.press("Enter")
    form = member.dialog("과제 제안")
    kinds, problem = form.get_by_role("radiogroup", name="유형"), form.get_by_label("현황·문제점")
    await problem.fill(PROBLEM)
    await form.get_by_role("button", name="제출").click()
    await expect(kinds).to_have_accessible_description(re.compile("선택해 주세요"))
    await expect(problem).to_have_value(PROBLEM)

    await form.get_by_role("radio", name="통합").check()
    await form.get_by_role("button", name="제출").click()
    await expect(problem).to_have_accessible_description(re.compile("주민등록번호로 보이는 숫자"))
    await expect(problem).to_be_focused()
    await expect(problem).to_have_value(PROBLEM)
    await expect(form.get_by_role("radio", name="통합")).to_be_checked()
    assert trial.stored("SELECT id FROM tasks") == []

    await problem.fill("서류를 매번 다시 받습니다.")
    await form.get_by_role("button", name="제출").click()
    await expect(member.dialog("과제 1번")).to_be_visible()
    assert trial.stored("SELECT problem FROM tasks") == [("서류를 매번 다시 받습니다.",)]
