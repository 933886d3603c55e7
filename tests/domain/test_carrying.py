"""Notes, the action plan, milestones and completion."""

from datetime import date
from typing import Any

import pytest

from bot.domain import carrying
from bot.domain.errors import BotError
from bot.domain.org import Place, Role
from bot.domain.task import Need, Saving, Status
from tests.domain import make

CONFIRMED = {"status": Status.CONFIRMED}


def refused(act, *args, **kwargs):
    with pytest.raises(BotError) as error:
        act(*args, **kwargs)
    return error.value.key


def test_the_first_note_or_step_starts_a_confirmed_task():
    assert carrying.note(make.task(**CONFIRMED), "공지함").status is Status.IN_PROGRESS
    started = carrying.keep_step(make.task(**CONFIRMED), None, make.step())
    assert started.status is Status.IN_PROGRESS


def test_a_plan_has_five_steps_at_most():
    task = make.task(**CONFIRMED)
    for _ in range(carrying.PLAN_MAX):
        task = carrying.keep_step(task, None, make.step())
    assert refused(carrying.keep_step, task, None, make.step()) == "error-plan-too-long"


def test_a_step_is_changed_ticked_and_taken_out_in_its_place():
    task = make.task(plan=(make.step(text="하나"), make.step(text="둘"), make.step(text="셋")))
    task = carrying.tick_step(task, 1, True, make.NOW)
    task = carrying.keep_step(task, 1, make.step(text="둘째"))
    assert [(s.text, s.done_on) for s in task.plan] == [
        ("하나", None), ("둘째", make.DAY), ("셋", None)
    ]  # fmt: skip
    assert carrying.tick_step(task, 1, False, make.NOW).plan[1].done_on is None
    assert [s.text for s in carrying.drop_step(task, 0).plan] == ["둘째", "셋"]


@pytest.mark.parametrize("index", [-1, 1, 99])
def test_a_step_or_milestone_that_is_gone_is_refused(index):
    task = make.task(plan=(make.step(),), milestones=(make.milestone(),))
    assert refused(carrying.keep_step, task, index, make.step()) == "error-no-such-step"
    assert refused(carrying.drop_step, task, index) == "error-no-such-step"
    assert refused(carrying.tick_step, task, index, True, make.NOW) == "error-no-such-step"
    stage = {"due": make.DAY, "done": True, "text": "", "now": make.NOW}
    assert refused(carrying.milestone, task, index, **stage) == "error-no-such-step"


def test_a_task_is_due_with_its_last_milestone_whichever_is_moved():
    first, last = make.milestone(due=date(2026, 8, 1)), make.milestone("issue", date(2026, 9, 1))
    task = make.task(milestones=(first, last), due=date(2026, 9, 1), **CONFIRMED)
    moved = carrying.milestone(
        task, 0, due=date(2026, 10, 1), done=False, text="미뤄짐", now=make.NOW
    )
    assert (moved.due, moved.status) == (date(2026, 10, 1), Status.CONFIRMED)
    assert moved.milestones[0].note == "미뤄짐"


def test_a_milestone_keeps_the_day_it_was_done_until_it_is_undone():
    done = make.milestone(done_on=date(2026, 6, 1))
    task = make.task(milestones=(done,))
    stage: dict[str, Any] = {"due": make.DAY, "text": "", "now": make.NOW}
    kept = carrying.milestone(task, 0, done=True, **stage)
    assert kept.milestones[0].done_on == date(2026, 6, 1)
    assert carrying.milestone(task, 0, done=False, **stage).milestones[0].done_on is None


def test_completion_asks_for_one_line_of_evidence_and_hours_may_follow():
    task = make.task(status=Status.IN_PROGRESS)
    done: dict[str, Any] = {"reported": Saving(), "now": make.NOW}
    assert refused(carrying.complete, task, evidence=" ", **done) == "error-required-evidence"
    ended = carrying.complete(task, evidence="공지", **done)
    assert (ended.status, ended.done_at, ended.reported.hours) == (Status.DONE, make.NOW, None)


def test_stopping_at_once_is_its_own_evidence():
    task = carrying.stopped(make.task(content={"needs": frozenset({Need.IMMEDIATE})}), make.NOW)
    assert (task.status, task.stopped_at_once) == (Status.DONE, True)


@pytest.mark.parametrize(
    ("owners", "team", "one"),
    [
        ((1, 2), 3, True),
        ((1,), 3, False),
        ((2,), 3, False),
        ((2, 4), 3, False),
        ((1, 2), None, False),
        ((1, 5), 3, False),
    ],
)
def test_one_team_is_the_lead_and_a_member_of_that_team_each_with_a_step(owners, team, one):
    people = {
        1: make.person(1, Role.LEAD),
        2: make.person(2),
        4: make.person(4, Role.HEAD, make.DEPARTMENT),
        5: make.person(5, Role.MEMBER, Place(bureau=1, department=2, team=8)),
    }
    plan = tuple(make.step(owner) for owner in owners)
    assert carrying.is_one_team(plan, people, team) is one
