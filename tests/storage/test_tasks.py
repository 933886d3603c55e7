"""Tasks: they come back as they were stored, and only the newest version can be changed."""

from dataclasses import replace
from datetime import UTC, date, datetime, timedelta

import pytest
import sqlalchemy as sa
from sqlalchemy.exc import IntegrityError

from bot.domain.errors import Stale
from bot.domain.task import (
    Content,
    Effect,
    Milestone,
    Need,
    Reason,
    Saving,
    Status,
    Step,
    Task,
    Type,
)
from storage.tables.tasks import tasks
from tests.storage.making import DAY, NOW, office, task


def full(made, number: int) -> Task:
    """A task in which every field says something."""
    return Task(
        id=number,
        place=made.halls_place,
        content=Content(
            title="전시실 운영 일지 폐지",
            type=Type.REDUCE,
            problem="매일\n손으로 씁니다 'x' \"y\" \\ %",
            proposal="그만둡니다",
            reason=Reason.WASTE,
            needs=frozenset({Need.BUDGET, Need.ORDINANCE}),
            effect=Effect(per_year=250, minutes=30, people=2, budget=1_000_000_000),
            cooperating=(made.roads.id, made.arts.id),
        ),
        status=Status.ON_HOLD,
        proposer=made.member.id,
        origin=made.halls.id,
        co_proposers=(made.lead.id, made.head.id),
        owner=made.lead.id,
        due=DAY,
        hold_until=DAY + timedelta(9),
        held_from=Status.IN_PROGRESS,
        remark="잠시",
        note="시작",
        opinion="찬성",
        evidence="증빙",
        stopped_at_once=True,
        merge_into=number,
        source="https://example.slack.com/archives/C1/p1",
        milestones=(
            Milestone(track=Need.ORDINANCE, code="notice", due=DAY, done_on=DAY, note="예고함"),
            Milestone(track=Need.BUDGET, code="request", due=DAY),
        ),
        plan=(
            Step(text="하나", owner=made.lead.id, due=DAY, done_on=DAY),
            Step(text="둘", owner=made.member.id, due=DAY),
        ),
        created_at=NOW,
        waiting_since=NOW,
        confirmed_at=NOW + timedelta(hours=1),
        done_at=datetime(2026, 7, 2, 1, 2, 3, 4, tzinfo=UTC),
        reported=Saving(hours=12.5, budget=3),
    )


def test_a_task_comes_back_as_it_was_stored(unit):
    with unit() as uow:
        made = office(uow)
        stored = full(made, uow.tasks.next_number())
        uow.tasks.add(stored)
    with unit() as uow:
        assert uow.tasks.get(stored.id) == stored
        assert uow.tasks.get(99) is None


def test_a_bare_task_comes_back_too(unit):
    with unit() as uow:
        made = office(uow)
        stored = task(uow, made.member, made.bureau_place, waiting_since=None)
        assert uow.tasks.get(stored.id) == stored


def test_numbers_follow_one_another_without_gaps_among_what_was_kept(unit):
    with unit() as uow:
        assert [uow.tasks.next_number() for _ in range(2)] == [1, 2]
    with pytest.raises(ZeroDivisionError), unit() as uow:
        assert uow.tasks.next_number() / 0
    with unit() as uow:
        assert uow.tasks.next_number() == 3


def test_a_number_is_given_once(unit):
    with unit() as uow:
        made = office(uow)
        stored = task(uow, made.member, made.halls_place)
    with pytest.raises(IntegrityError), unit() as uow:
        uow.tasks.add(stored)


def test_every_change_is_saved_as_the_next_version(unit):
    with unit() as uow:
        made = office(uow)
        before = task(uow, made.member, made.halls_place)
        after = replace(full(made, before.id), created_at=before.created_at)
        saved = uow.tasks.save(before, after)
        assert saved == replace(after, version=2)
        assert uow.tasks.get(before.id) == saved
        back = uow.tasks.save(saved, replace(before, version=2))
        assert uow.tasks.get(before.id) == back == replace(before, version=3)


def test_a_change_to_an_older_version_is_refused_and_writes_nothing(unit):
    with unit() as uow:
        made = office(uow)
        before = task(uow, made.member, made.halls_place)
        newest = uow.tasks.save(before, replace(before, note="첫째"))
        with pytest.raises(Stale) as stale:
            uow.tasks.save(before, replace(before, note="둘째", co_proposers=(made.head.id,)))
        assert stale.value.key == "error-stale"
        assert stale.value.params == {"number": before.id}
        assert uow.tasks.get(before.id) == newest


def test_only_what_belongs_to_it_and_changed_is_written_again(unit):
    with unit() as uow:
        made = office(uow)
        stored = full(made, uow.tasks.next_number())
        uow.tasks.add(stored)
        written: list[str] = []
        sa.event.listen(
            uow.connection, "before_cursor_execute", lambda *told: written.append(told[2])
        )
        uow.tasks.save(stored, replace(stored, plan=stored.plan[:1]))
        assert [statement.split()[:3] for statement in written] == [
            ["UPDATE", "tasks", "SET"],
            ["DELETE", "FROM", "steps"],
            ["INSERT", "INTO", "steps"],
        ]


def test_hours_are_kept_for_lists(unit):
    with unit() as uow:
        made = office(uow)
        stored = full(made, uow.tasks.next_number())
        uow.tasks.add(stored)
        assert uow.connection.scalar(sa.select(tasks.c.hours)) == 250
        emptied = replace(stored, content=replace(stored.content, effect=Effect()))
        uow.tasks.save(stored, emptied)
        assert uow.connection.scalar(sa.select(tasks.c.hours)) is None


def test_a_status_that_does_not_exist_is_refused_by_the_database(unit):
    with unit() as uow:
        made = office(uow)
        task(uow, made.member, made.halls_place)
    with pytest.raises(IntegrityError), unit() as uow:
        uow.connection.execute(sa.update(tasks).values(status="lost"))


def test_a_task_of_nobody_is_refused_by_the_database(unit):
    with unit() as uow:
        made = office(uow)
    with pytest.raises(IntegrityError), unit() as uow:
        task(uow, replace(made.member, id=999), made.halls_place)


def test_a_mover_leaves_the_open_tasks_they_own_in_the_old_unit(unit):
    with unit() as uow:
        made = office(uow)
        mine = {"owner": made.member.id}
        in_team = task(uow, made.head, made.halls_place, **mine)
        in_department = task(uow, made.head, made.arts_place, **mine)
        task(uow, made.head, made.halls_place, status=Status.DONE, **mine)
        task(uow, made.member, made.halls_place, owner=made.lead.id)
        elsewhere = task(uow, made.head, made.roads_place, **mine)
        held = task(
            uow,
            made.head,
            made.halls_place,
            status=Status.ON_HOLD,
            hold_until=date(2026, 8, 1),
            **mine,
        )
        owned_in = uow.tasks.owned_in
        assert owned_in(made.member.id, made.halls_place) == (in_team.id, held.id)
        assert owned_in(made.member.id, made.arts_place) == (in_team.id, in_department.id, held.id)
        assert owned_in(made.member.id, made.roads_place) == (elsewhere.id,)
        assert len(owned_in(made.member.id, made.bureau_place)) == 4
