"""What becomes of reminders when a date, its owner or the person changes, or it is put off."""

from dataclasses import replace
from datetime import date

import pytest

from bot.domain.errors import BotError
from bot.domain.reminders import Dated
from bot.domain.reminding import SNOOZES
from bot.domain.results import Surface
from bot.domain.task import Need, Status, Step
from bot.usecases import decide, people, remind, update
from bot.usecases.acting import Ask
from bot.usecases.remind import Later
from tests.usecases.mornings import (
    COLLEAGUE,
    COURSE,
    DAY,
    DUE,
    TO_LEAD,
    at,
    due_task,
    morning,
    mornings,
)
from tests.usecases.small_office import HEAD, LEAD, MEMBER, OFFICE, apply, found, own_task, without


def test_a_changed_date_starts_anew_but_not_for_what_was_reached_when_it_was_set(unit):
    with unit() as uow:
        apply(uow)
        number = due_task(uow)
        assert morning(uow, COURSE[0])
        later = date(2026, 7, 16)
        ask = Ask(who=HEAD.slack_id, surface=Surface.MODAL, task=number)
        update.set_due(uow, ask, at(date(2026, 7, 10), 11), due=later, reason="출장")
        heard = mornings(uow, 10, first=date(2026, 7, 10))
        assert list(heard) == [date(2026, 7, 15)], "its week began before it was set"
        further = date(2026, 7, 31)
        update.set_due(uow, ask, at(date(2026, 7, 19), 11), due=further, reason="출장")
        heard = mornings(uow, 15, first=date(2026, 7, 20))
        assert list(heard) == [date(2026, 7, 24), date(2026, 7, 30), date(2026, 8, 3)]


def test_a_step_moved_up_by_another_that_was_removed_is_not_told_twice(unit):
    with unit() as uow:
        apply(uow)
        member = found(uow, MEMBER).id
        plan = tuple(Step(text="조사", owner=member, due=day)
                     for day in (DUE + 30 * DAY, DUE))  # fmt: skip
        number = due_task(uow, due=None, plan=plan)
        assert morning(uow, COURSE[0])
        ask = Ask(who=MEMBER.slack_id, surface=Surface.MODAL, task=number)
        update.drop_step(uow, ask, at(COURSE[0], 10), index=0)
        assert list(mornings(uow, 10, first=COURSE[0] + DAY)) == COURSE[1:2]


@pytest.mark.parametrize("days", SNOOZES)
def test_what_is_put_off_comes_again_on_the_next_working_day_from_then(unit, days):
    with unit() as uow:
        apply(uow)
        number = due_task(uow, due=date(2026, 7, 23))
        told_on = date(2026, 7, 16)
        assert morning(uow, told_on)
        later = Later(who=MEMBER.slack_id, task=number, kind=Dated.TASK, position=0,
                      due=date(2026, 7, 23), days=days)  # fmt: skip
        again = {1: date(2026, 7, 20), 3: date(2026, 7, 20), 7: date(2026, 7, 23)}[days]
        assert remind.snooze(uow, later, at(told_on, 10)) == again
        heard = mornings(uow, 11, first=told_on + DAY)
        on_its_day = [date(2026, 7, 22)] if days < 7 else []
        assert list(heard) == [again, *on_its_day, date(2026, 7, 27)]


def test_only_ones_own_reminder_that_still_holds_can_be_put_off(unit):
    with unit() as uow:
        apply(uow)
        number = due_task(uow)
        later = Later(who=MEMBER.slack_id, task=number, kind=Dated.TASK, position=0, due=DUE,
                      days=1)  # fmt: skip
        moment = at(COURSE[0], 10)
        with pytest.raises(BotError, match="over"):
            remind.snooze(uow, later, moment)
        morning(uow, COURSE[0])
        for wrong in (
            replace(later, who=LEAD.slack_id),
            replace(later, days=90),
            replace(later, due=DUE + DAY),
            replace(later, kind=Dated.STEP),
            replace(later, task=number + 1),
        ):
            with pytest.raises(BotError, match="over"):
                remind.snooze(uow, wrong, moment)
        task = uow.tasks.get(number)
        uow.tasks.save(task, replace(task, status=Status.DONE))
        with pytest.raises(BotError, match="over"):
            remind.snooze(uow, later, moment)


def test_the_lead_hears_once_of_who_left_and_a_new_owner_anew(unit):
    with unit() as uow:
        apply(uow, (*OFFICE, COLLEAGUE))
        colleague, member = found(uow, COLLEAGUE).id, found(uow, MEMBER).id
        plan = (Step(text="조사", owner=colleague, due=DUE),)
        number = due_task(uow, due=None, plan=plan)
        people.follow_user_change(
            uow, COLLEAGUE.slack_id, deleted=True, email=None, locale=None, now=at(DUE - 10 * DAY)
        )
        item = (number, Dated.STEP, 0)
        assert mornings(uow, 40) == {COURSE[0]: {LEAD.slack_id: ([], [item])}}
        ask = Ask(who=MEMBER.slack_id, surface=Surface.MODAL, task=number)
        step = replace(plan[0], owner=member)
        update.keep_step(uow, ask, at(date(2026, 8, 10), 11), index=0, step=step)
        heard = mornings(uow, 30, first=date(2026, 8, 11))
        assert heard == {
            COURSE[-1]: {MEMBER.slack_id: ([item], [])},
            TO_LEAD: {LEAD.slack_id: ([], [item])},
        }


def test_a_confirmed_task_reminds_from_the_first_stage_after_its_confirmation(unit):
    with unit() as uow:
        apply(uow)
        number = own_task(uow, MEMBER)
        uow.search.index(uow.tasks.get(number))
        ask = Ask(who=HEAD.slack_id, surface=Surface.MODAL, task=number)
        decide.confirm(uow, ask, at(date(2026, 7, 9), 11), needs=frozenset({Need.IMMEDIATE}),
                       due=DUE)  # fmt: skip
        assert list(mornings(uow, 12, first=date(2026, 7, 9))) == COURSE[1:3]


def test_everybody_without_a_post_is_left_in_peace(unit):
    with unit() as uow:
        apply(uow)
        due_task(uow)
        apply(uow, without(MEMBER), at(date(2026, 7, 2)))
        assert MEMBER.slack_id not in {who for day in mornings(uow, 80).values() for who in day}
