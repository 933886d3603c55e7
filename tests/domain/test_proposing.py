"""What a proposal must say, who owns it, and how it changes in its proposer's hands."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.domain.errors import BotError, Several
from bot.domain.org import Place, Role
from bot.domain.proposing import TEXT_MAX, TITLE_MAX, checked, edit, join, propose, withdraw
from bot.domain.task import Need, Status
from tests.domain import make


def keys(refused):
    return {(error.key, error.field) for error in refused.value.errors}


def test_every_mistake_is_named_at_once_in_its_field():
    with pytest.raises(Several) as refused:
        checked(make.content(title=" ", problem="\n", minutes=-1, budget=10**12))
    assert keys(refused) == {
        ("error-required-title", "title"),
        ("error-required-problem", "problem"),
        ("error-number-range", "minutes"),
        ("error-number-range", "budget"),
    }


def test_a_title_is_one_tidy_line():
    assert checked(make.content(title="  기록ㆍ관리\n대장  폐지 ")).title == "기록·관리 대장 폐지"


@pytest.mark.parametrize(("field", "limit"), [("title", TITLE_MAX), ("problem", TEXT_MAX)])
def test_a_text_may_be_as_long_as_its_field_and_no_longer(field, limit):
    checked(make.content(**{field: "가" * limit}))
    with pytest.raises(Several) as refused:
        checked(make.content(**{field: "가" * (limit + 1)}))
    assert refused.value.params == {"limit": limit, "length": limit + 1}


def test_immediate_goes_with_no_other_need():
    with pytest.raises(Several) as refused:
        checked(make.content(needs=frozenset({Need.IMMEDIATE, Need.BUDGET})))
    assert keys(refused) == {("error-immediate-alone", "needs")}


@given(st.text(max_size=150))
def test_checking_twice_changes_nothing_more(title):
    try:
        once = checked(make.content(title=title))
    except Several:
        return
    assert checked(once) == once


def proposed(who, place):
    return propose(who, make.content(), place, number=7, round=None, now=make.NOW)


def test_a_proposal_waits_for_a_decision_from_the_moment_it_was_made():
    task = proposed(make.person(1), make.TEAM)
    assert (task.status, task.waiting_since, task.version) == (Status.SUBMITTED, make.NOW, 1)


def test_work_of_ones_own_department_is_ones_own_and_others_work_is_nobodys_yet():
    assert proposed(make.person(1), make.TEAM).owner == 1
    assert proposed(make.person(1), Place(bureau=1, department=9)).owner is None
    assert proposed(make.person(1, Role.DIRECTOR, make.BUREAU), make.BUREAU).owner is None


def test_an_answer_to_a_revision_request_submits_again_and_other_edits_do_not():
    asked = make.task(status=Status.REVISION_REQUESTED, waiting_since=None)
    answered = edit(asked, make.content(title="새 제목"), make.NOW)
    assert (answered.status, answered.waiting_since) == (Status.SUBMITTED, make.NOW)
    confirmed = make.task(status=Status.CONFIRMED, waiting_since=None)
    assert edit(confirmed, make.content(), make.NOW).status is Status.CONFIRMED


def test_who_joins_is_a_proposer_too():
    assert join(make.task(), make.person(5)).proposers == (1, 5)


def test_a_withdrawn_task_waits_for_nothing_and_keeps_its_reason():
    task = withdraw(make.task(merge_into=3), " 이미 없음 ")
    assert (task.status, task.remark) == (Status.WITHDRAWN, "이미 없음")
    assert (task.waiting_since, task.merge_into) == (None, None)


def test_a_reason_with_a_phone_number_is_refused():
    with pytest.raises(BotError) as refused:
        withdraw(make.task(), "010-1234-5678로 문의")
    assert (refused.value.key, refused.value.field) == ("error-mobile-number", "reason")
