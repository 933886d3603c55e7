"""Representative tasks; the database refuses a second one of a department."""

from dataclasses import replace

import pytest
import sqlalchemy as sa
from sqlalchemy.exc import IntegrityError

from bot.domain.ballot import Representative, Rule
from bot.domain.errors import BotError
from storage.tables.ballots import representatives
from tests.storage.making import NOW, ballot, office, round_, task


@pytest.fixture
def chosen(unit):
    """A department's representative task, another task of it, and another department."""
    with unit() as uow:
        made = office(uow)
        opened = ballot(uow, made)
        (candidate,) = uow.ballots.candidates(opened.id)
        other = task(uow, made.member, made.arts_place, "대장").id
        representative = Representative(
            round=round_(uow).id,
            department=made.arts.id,
            task=candidate.task,
            rule=Rule.VOTES,
            ballot=opened.id,
            at=NOW,
        )
        uow.representatives.put(representative)
        return representative, other, made


def test_a_representative_is_found_by_its_department_task_and_round(unit, chosen):
    representative, other, made = chosen
    with unit() as uow:
        store, number = uow.representatives, representative.round
        assert store.of(number, made.arts.id) == representative
        assert store.of(number, made.roads.id) is None
        assert store.of_task(representative.task) == representative
        assert store.of_task(other) is None
        assert store.of_round(number) == {made.arts.id: representative.task}
        assert store.of_round(number + 1) == {}


def test_a_department_has_one_and_a_task_stands_for_one(unit, chosen):
    representative, other, made = chosen
    with unit() as uow:
        for second in (
            replace(representative, task=other),
            replace(representative, department=made.roads.id),
        ):
            with pytest.raises(BotError, match="error-representative-exists"):
                uow.representatives.put(second)
        assert uow.representatives.of_round(representative.round) == {
            made.arts.id: representative.task
        }


def test_the_database_itself_refuses_a_second_one(unit, chosen):
    representative, other, made = chosen
    row = {column.name: getattr(representative, column.name) for column in representatives.c}
    row["rule"] = representative.rule.value
    for second in ({"task": other}, {"department": made.roads.id}):
        with pytest.raises(IntegrityError), unit() as uow:
            uow.connection.execute(sa.insert(representatives), row | second)


def test_an_override_takes_the_place_of_what_was_chosen(unit, chosen):
    representative, other, made = chosen
    override = replace(
        representative,
        task=other,
        rule=Rule.OVERRIDE,
        ballot=None,
        reason="이미 시작했습니다",
        by=made.head.id,
    )
    with unit() as uow:
        uow.representatives.change(override)
        assert uow.representatives.of(override.round, made.arts.id) == override
        assert uow.representatives.of_task(representative.task) is None
        uow.representatives.change(replace(override, reason="다시"))
        assert uow.representatives.of_task(other).reason == "다시"


def test_a_task_that_stands_for_another_department_cannot_take_a_place(unit, chosen):
    representative, other, made = chosen
    elsewhere = replace(representative, department=made.roads.id, task=other)
    with unit() as uow:
        uow.representatives.put(elsewhere)
    with pytest.raises(BotError, match="error-representative-exists"), unit() as uow:
        uow.representatives.change(replace(elsewhere, task=representative.task))
    with unit() as uow:
        assert uow.representatives.of(elsewhere.round, made.roads.id) == elsewhere
