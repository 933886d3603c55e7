"""Confirming, revising, holding, declining, merging and taking up again."""

from dataclasses import replace
from datetime import date, timedelta

import pytest

from bot.clock import public_holidays
from bot.domain import deciding
from bot.domain.calendar import Calendar
from bot.domain.errors import BotError
from bot.domain.org import Place
from bot.domain.task import Need, Saving, Status
from bot.domain.tracks import LeadTimes
from tests.domain import make

LEAD = LeadTimes()
KOREA = Calendar(public_holidays())
ELSEWHERE = Place(bureau=1, department=9)


def confirm(task, *needs, owner=None, due=None):
    return deciding.confirm(
        task,
        needs=frozenset(needs),
        owner=owner,
        due=due,
        lead=LEAD,
        calendar=KOREA,
        now=make.NOW,
    )


def reopen(task, reason, now=make.NOW):
    return deciding.reopen(task, reason, lead=LEAD, calendar=KOREA, now=now)


def refused(act, *args, **kwargs):
    with pytest.raises(BotError) as error:
        act(*args, **kwargs)
    return error.value.key, error.value.field


def test_an_immediate_task_is_in_progress_and_due_in_fourteen_days_without_milestones():
    task = confirm(make.task(), Need.IMMEDIATE)
    assert (task.status, task.due) == (Status.IN_PROGRESS, make.DAY + timedelta(days=14))
    assert task.milestones == ()
    assert task.waiting_since is None


def test_a_task_of_several_needs_is_due_with_the_last_of_them():
    task = confirm(make.task(), Need.GUIDELINE, Need.MINISTRY)
    assert task.status is Status.CONFIRMED
    assert task.due == make.DAY + timedelta(days=180)
    assert task.due == max(stage.due for stage in task.milestones)
    assert {stage.track for stage in task.milestones} == {Need.GUIDELINE, Need.MINISTRY}


def test_whoever_confirms_has_to_pick_a_track_and_an_owner_and_no_day_of_the_past():
    assert refused(confirm, make.task()) == ("error-pick-needs", "needs")
    nobody = make.task(owner=None)
    assert refused(confirm, nobody, Need.BUDGET) == ("error-pick-owner", "owner")
    assert confirm(nobody, Need.BUDGET, owner=5).owner == 5
    both = (Need.IMMEDIATE, Need.BUDGET)
    assert refused(confirm, make.task(), *both) == ("error-immediate-alone", "needs")
    past = make.DAY - timedelta(days=1)
    assert refused(confirm, make.task(), Need.BUDGET, due=past) == ("error-date-past", "due")
    assert confirm(make.task(), Need.BUDGET, due=make.DAY).due == make.DAY


def test_a_revision_request_needs_a_comment_and_the_task_waits_for_nobodys_decision():
    assert refused(deciding.revise, make.task(), "  ") == ("error-required-comment", "comment")
    task = deciding.revise(make.task(), "근거를 적어 주세요.")
    assert (task.status, task.waiting_since) == (Status.REVISION_REQUESTED, None)


@pytest.mark.parametrize("status", [Status.SUBMITTED, Status.CONFIRMED, Status.IN_PROGRESS])
def test_a_held_task_comes_back_where_it_stood(status):
    held = deciding.hold(make.task(status=status), until=date(2026, 7, 2), reason="", now=make.NOW)
    assert held.status is Status.ON_HOLD
    back = deciding.resume(held, make.NOW)
    assert back.status is status
    assert (back.hold_until, back.held_from) == (None, None)
    assert (back.waiting_since == make.NOW) is (status is Status.SUBMITTED)


def test_a_hold_ends_on_a_day_to_come():
    hold = {"reason": "", "now": make.NOW}
    assert refused(deciding.hold, make.task(), until=make.DAY, **hold)[0] == "error-date-past"
    assert refused(deciding.hold, make.task(), until=None, **hold)[0] == "error-required-until"


def test_declining_needs_a_reason():
    assert refused(deciding.decline, make.task(), "") == ("error-required-reason", "reason")
    assert deciding.decline(make.task(), "법정 사무").status is Status.DECLINED


def test_a_merge_within_a_department_is_done_at_once_and_every_proposer_joins_once():
    task = make.task(co_proposers=(4, 5))
    after, target = deciding.merge(task, make.task(id=2, proposer=4), "")
    assert (after.status, after.merge_into) == (Status.MERGED, 2)
    assert target.proposers == (4, 1, 5)


def test_a_merge_into_another_department_waits_and_changes_the_other_task_in_nothing():
    other = make.task(id=2, place=ELSEWHERE, proposer=8)
    after, target = deciding.merge(make.task(), other, "같은 자료")
    assert after.is_undecided_merge
    assert (after.status, target) == (Status.SUBMITTED, other)
    done, joined = deciding.take_in(after, target)
    assert (done.status, joined.proposers) == (Status.MERGED, (8, 1))
    assert not done.is_undecided_merge
    later = make.NOW + timedelta(days=3)
    kept = deciding.keep_out(after, later)
    assert (kept.is_undecided_merge, kept.waiting_since) == (False, later)
    decided = replace(after, status=Status.IN_PROGRESS, waiting_since=None)
    assert deciding.keep_out(decided, later).waiting_since is None


def test_nothing_merges_into_itself_or_into_what_has_ended():
    task = make.task()
    assert refused(deciding.merge, task, task, "") == ("error-merge-self", "target")
    for status in (Status.DONE, Status.DECLINED, Status.WITHDRAWN, Status.MERGED):
        ended = make.task(id=2, status=status)
        assert refused(deciding.merge, task, ended, "")[0] == "error-merge-ended"
        assert refused(deciding.take_in, task, ended)[0] == "error-merge-ended"


def test_a_done_task_taken_up_again_reports_nothing_and_is_due_in_the_future():
    done = make.task(
        status=Status.DONE, done_at=make.NOW, evidence="공지", due=date(2026, 6, 1),
        reported=Saving(hours=10.0, budget=5), stopped_at_once=True,
    )  # fmt: skip
    again = reopen(done, "아직 씁니다.")
    assert (again.status, again.due) == (Status.IN_PROGRESS, make.DAY + timedelta(days=14))
    assert (again.reported, again.evidence, again.stopped_at_once) == (Saving(), "", False)
    assert again.done_at is None
    later = date(2026, 12, 1)
    kept = reopen(make.task(status=Status.DONE, due=later), "아직")
    assert kept.due == later


def test_the_date_of_a_task_taken_up_again_moves_past_days_off():
    saturday = make.NOW + timedelta(days=10)
    again = reopen(make.task(status=Status.DONE), "아직", saturday)
    assert again.due == date(2026, 7, 27)  # a Monday, sixteen days on


def test_a_declined_task_taken_up_again_waits_for_its_decision():
    again = reopen(make.task(status=Status.DECLINED), "법이 바뀜")
    assert (again.status, again.waiting_since) == (Status.SUBMITTED, make.NOW)
