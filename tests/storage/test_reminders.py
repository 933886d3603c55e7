"""Dates to be reminded of: found person by person, with what was told of each."""

from dataclasses import replace
from datetime import date, timedelta

import pytest
import sqlalchemy as sa

from bot.domain.org import Place
from bot.domain.reminders import Dated
from bot.domain.reminding import Stage
from bot.domain.results import Surface
from bot.domain.task import Milestone, Need, Status, Step
from bot.usecases.acting import Ask
from bot.usecases.update import assign, milestone
from storage.reminders import AT_ONCE, BACK
from storage.tables.reminders import reminded
from tests.storage.making import DAY, NOW, office, task

ONE = timedelta(days=1)
DUE = DAY + timedelta(days=7)


def due_task(uow, made, **fields):
    given = {"status": Status.CONFIRMED, "owner": made.member.id, "due": DUE} | fields
    return task(uow, made.member, made.halls_place, **given)


def step(owner, due=DUE, **fields):
    return Step(text="조사", owner=owner.id, due=due, **fields)


def keys(items):
    return [(item.task, item.kind, item.position) for item in items]


def test_a_walk_meets_every_date_of_everyone_in_the_order_of_people(unit):
    with unit() as uow:
        made = office(uow)
        stages = tuple(
            Milestone(track=Need.BUDGET, code=code, due=DUE, done_on=done)
            for code, done in (("request", DAY), ("review", None))
        )
        plan = (step(made.lead), step(made.member, done_on=DAY))
        first = due_task(uow, made, milestones=stages, plan=plan)
        due_task(uow, made, status=Status.DONE, milestones=stages, plan=plan)
        due_task(uow, made, owner=None)
        second = due_task(uow, made, owner=made.director.id, due=DAY - BACK)
        due_task(uow, made, due=DAY - BACK - ONE)
        due_task(uow, made, due=DUE + ONE)
        items, upto = uow.reminders.walk(0, DAY)
        assert upto is None
        assert keys(items) == [
            (second.id, Dated.TASK, 0),
            (first.id, Dated.STEP, 0),
            (first.id, Dated.MILESTONE, 1),
            (first.id, Dated.TASK, 0),
        ]
        assert [item.owner for item in items] == sorted(item.owner for item in items)
        assert (items[2].text, items[2].title) == ("budget-review", first.content.title)
        assert items[1].place == made.halls_place
        assert uow.reminders.walk(made.member.id, DAY) == ((), None)
        assert keys(uow.reminders.of_person(made.member.id, DAY)) == keys(items[2:])


def test_a_long_walk_has_parts_that_cut_nobodys_dates_in_two(unit):
    with unit() as uow:
        made = office(uow)
        half = AT_ONCE // 2 + 1
        people = sorted((made.lead, made.member, made.director), key=lambda person: person.id)
        for number, person in enumerate(people):
            count = AT_ONCE + 1 if number == 2 else half
            due_task(uow, made, owner=None, plan=(step(person),) * count)
        met: list[set[int | None]] = []
        after: int | None = 0
        while after is not None:
            items, after = uow.reminders.walk(after, DAY)
            met.append({item.owner for item in items})
        assert [owners for owners in met if owners] == [{person.id} for person in people]


def test_what_was_told_counts_for_the_same_date_and_owner_only(unit):
    with unit() as uow:
        made = office(uow)
        saved = due_task(uow, made)
        item = uow.reminders.one(saved.id, Dated.TASK, 0, DAY)
        uow.reminders.tell(item, Stage.WEEK, DAY)
        uow.reminders.snooze(item, DAY + ONE)
        again = replace(item, told=Stage.WEEK, snoozed=DAY + ONE)
        assert uow.reminders.walk(0, DAY)[0] == (again,)
        assert uow.reminders.of_unit(made.halls_place, DAY) == (again,)
        uow.reminders.tell(item, Stage.DAY, DAY)
        assert uow.reminders.one(saved.id, Dated.TASK, 0, DAY) == replace(item, told=Stage.DAY)
        moved = uow.tasks.save(saved, replace(saved, due=DUE - ONE))
        assert uow.reminders.one(saved.id, Dated.TASK, 0, DAY).told is None
        back = uow.tasks.save(moved, replace(moved, due=DUE, owner=made.lead.id))
        (given,) = uow.reminders.of_person(made.lead.id, DAY)
        assert given.told is None
        uow.reminders.tell(given, Stage.LEAD, DAY)
        assert uow.reminders.of_person(made.lead.id, DAY) == ()
        assert uow.reminders.of_unit(made.arts_place, DAY) == ()
        uow.tasks.save(back, replace(back, status=Status.DONE))
        assert uow.reminders.one(saved.id, Dated.TASK, 0, DAY) is None
        rows = uow.connection.execute(sa.select(sa.func.count()).select_from(reminded))
        assert rows.scalar_one() == 1


@pytest.mark.parametrize("level", ["team", "department", "bureau"])
def test_a_units_dates_are_those_of_its_tasks(unit, level):
    with unit() as uow:
        made = office(uow)
        number = due_task(uow, made, plan=(step(made.lead),), due=None).id
        task(uow, made.member, made.roads_place, status=Status.CONFIRMED, due=DUE,
             owner=made.member.id)  # fmt: skip
        place = {
            "team": made.halls_place, "department": made.arts_place,
            "bureau": Place(bureau=made.bureau.id),
        }[level]  # fmt: skip
        at_bureau = task(uow, made.member, made.bureau_place, status=Status.CONFIRMED, due=DUE,
                         owner=made.member.id).id  # fmt: skip
        found = keys(uow.reminders.of_unit(place, DAY))
        expected = (at_bureau, Dated.TASK, 0) if level == "bureau" else (number, Dated.STEP, 0)
        assert found == [expected]


def test_the_history_knows_since_when_a_date_holds_and_is_somebodys(unit):
    with unit() as uow:
        made = office(uow)
        stages = (Milestone(track=Need.BUDGET, code="request", due=DUE),)
        saved = due_task(uow, made, milestones=stages)
        task_item, stage_item = (
            uow.reminders.one(saved.id, kind, 0, DAY) for kind in (Dated.TASK, Dated.MILESTONE)
        )
        assert uow.reminders.since(task_item) is None
        assert made.head.slack_id is not None
        ask = Ask(who=made.head.slack_id, surface=Surface.MODAL, task=saved.id)
        moved = DUE - 2 * ONE
        milestone(uow, ask, NOW, index=0, due=moved, done=False, text="")
        milestone(uow, ask, NOW + 3 * ONE, index=0, due=moved, done=False, text="메모")
        assert uow.reminders.since(replace(stage_item, due=moved)) == DAY
        assert uow.reminders.since(task_item) is None
        assign(uow, ask, NOW + ONE, owner=made.lead.id)
        for item in (task_item, stage_item):
            assert uow.reminders.since(replace(item, due=moved, owner=made.lead.id)) == DAY + ONE


def test_how_far_a_mornings_walk_came_is_kept(unit):
    with unit() as uow:
        assert uow.reminders.walked(DAY) == 0
        uow.reminders.walk_on(DAY, 200)
        assert uow.reminders.walked(DAY) == 200
        uow.reminders.walk_on(DAY, None)
        assert uow.reminders.walked(DAY) is None
        assert uow.reminders.walked(date(2026, 7, 2)) == 0
