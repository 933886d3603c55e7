"""What a message showed is what is kept of it: the rest is told on the mornings after."""

from dataclasses import replace
from datetime import date

import pytest

from bot.domain.reminders import ROWS
from bot.domain.reminding import Reminding
from bot.domain.task import Milestone, Need, Status
from bot.usecases import settle
from bot.usecases.tell import after_telling, telling
from tests.usecases.mornings import (
    COURSE,
    DAY,
    DUE,
    TO_LEAD,
    at,
    due_task,
    morning,
    mornings,
    open_facts,
    task_item,
    walk,
)
from tests.usecases.small_office import LEAD, MEMBER, apply, found


@pytest.mark.parametrize(("day", "who"), [(COURSE[0], MEMBER), (TO_LEAD, LEAD)])
def test_what_moves_up_while_a_message_is_on_its_way_is_told_the_next_morning(unit, day, who):
    with unit() as uow:
        apply(uow)
        numbers = [due_task(uow) for _ in range(ROWS + 2)]
        walk(uow, at(day))
        (fact,) = open_facts(uow, at(day))
        first_told = telling(uow, fact, at(day))
        assert first_told is not None
        ended, moved = (uow.tasks.get(number) for number in numbers[:2])
        uow.tasks.save(ended, replace(ended, status=Status.DONE))
        uow.tasks.save(moved, replace(moved, due=DUE + DAY))
        after_telling(uow, fact, first_told.mark, at(day), "D1", "1.0")
        left = [task_item(number) for number in (*numbers[ROWS:], numbers[1])]
        ((heard, (own, as_lead)),) = morning(uow, day + DAY).items()
        assert (heard, [*own, *as_lead]) == (who.slack_id, left)


def test_the_fullest_message_carries_what_it_told(unit):
    with unit() as uow:
        apply(uow)
        stages = (Milestone(track=Need.BUDGET, code="request", due=DUE),)
        for owner in (LEAD, MEMBER):
            for _ in range(ROWS):
                due_task(uow, owner, milestones=stages)
        uow.people.save(replace(found(uow, MEMBER), active=False))
        walk(uow, at(COURSE[0]))
        (fact,) = open_facts(uow, at(COURSE[0]))
        told_first = telling(uow, fact, at(COURSE[0]))
        assert told_first is not None
        assert len(told_first.mark) < 4000, "Slack takes 8000 characters beside a message"
        after_telling(uow, fact, told_first.mark, at(COURSE[0]), "D1", "1.0")
        assert morning(uow, COURSE[0] + DAY) == {}


def test_of_many_dates_a_weekly_choice_hears_the_rest_on_the_mornings_after(unit):
    with unit() as uow:
        apply(uow)
        settle.be_reminded(uow, MEMBER.slack_id, Reminding.WEEKLY, at(date(2026, 7, 1)))
        for _ in range(2 * ROWS + 1):
            due_task(uow)
        heard = mornings(uow, 15, first=date(2026, 7, 2))
        counts = {day: len(who[MEMBER.slack_id][0]) for day, who in heard.items()}
        assert counts == {date(2026, 7, 13): 10, date(2026, 7, 14): 10, date(2026, 7, 15): 1}
