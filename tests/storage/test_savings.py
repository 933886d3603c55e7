"""Checks of completed tasks as they are stored, and what the revision makes of older ones."""

from datetime import UTC, date, datetime

import pytest
import sqlalchemy as sa

from bot.domain.checks import Answer, Check, planned_checks
from bot.domain.task import Status, Type
from storage.engine import make_engine
from storage.migrate import migrate, unmigrate
from storage.unit import UnitOfWork
from tests.storage.making import DAY, NOW, content, office, task

EVENING = datetime(2026, 4, 14, 16, 0, tzinfo=UTC)
"""01:00 of 15 April at the office."""
PLANNED = {Check.SAVED: date(2026, 7, 15), Check.STAYS_6: date(2026, 10, 15),
           Check.STAYS_12: date(2027, 4, 15)}  # fmt: skip


def done(uow, made, **fields):
    given = {"status": Status.DONE, "done_at": EVENING, "owner": made.member.id}
    return task(uow, made.member, made.halls_place, **given | fields)


@pytest.fixture(params=["sqlite", pytest.param("postgres", marks=pytest.mark.postgres)])
def migrated(request, tmp_path):
    """A migrated database of each kind in turn."""
    if request.param == "sqlite":
        url = f"sqlite:///{tmp_path}/office.db"
    else:
        url = request.getfixturevalue("empty_postgres")
    engine = make_engine(url)
    migrate(engine)
    yield engine
    engine.dispose()


def test_what_was_completed_before_the_revision_is_asked_about_as_well(migrated, clock):
    with migrated.begin() as connection:
        uow = UnitOfWork(connection, clock)
        made = office(uow)
        first = done(uow, made)
        improved = done(uow, made, content=content(type=Type.IMPROVE))
        goes_on = task(uow, made.member, made.halls_place, status=Status.IN_PROGRESS)
    unmigrate(migrated, "0006")
    migrate(migrated)
    with migrated.begin() as connection:
        uow = UnitOfWork(connection, clock)
        found = {(due.task, due.check) for due in uow.savings.due(date(2030, 1, 1), 100)}
        assert found == {(first.id, check) for check in Check} | {(improved.id, Check.SAVED)}
        assert uow.savings.due(date(2026, 7, 14), 100) == ()
        due = uow.savings.due(PLANNED[Check.STAYS_6], 100)
        assert {(d.task, d.check) for d in due} == {
            (first.id, Check.SAVED), (first.id, Check.STAYS_6), (improved.id, Check.SAVED),
        }  # fmt: skip
        assert uow.savings.open_of(goes_on.id) == {}


def test_a_check_is_due_then_waits_for_its_person_and_unit_and_is_over_once_answered(unit):
    with unit() as uow:
        made = office(uow)
        saved = done(uow, made)
        uow.savings.plan(saved.id, saved.place, planned_checks(saved))
        assert uow.savings.due(date(2026, 7, 14), 9) == ()
        (due,) = uow.savings.due(PLANNED[Check.SAVED], 9)
        assert (due.check, due.owner, due.place) == (Check.SAVED, made.member.id, made.halls_place)
        uow.savings.ask([due], made.member.id, DAY)
        assert uow.savings.due(PLANNED[Check.SAVED], 9) == ()
        (asked,) = uow.savings.waiting_for(made.member.id, 9)
        assert uow.savings.waiting_in([made.halls.id], 9) == (asked,)
        assert uow.savings.waiting_in([made.arts.id], 9) == uow.savings.waiting_in([], 9) == ()
        assert (asked.task, asked.version, asked.person) == (saved.id, 1, made.member.id)
        uow.savings.answer(saved.id, [Check.SAVED], Answer.MEASURED, made.member.id, NOW)
        assert uow.savings.waiting_for(made.member.id, 9) == ()
        assert set(uow.savings.open_of(saved.id)) == {Check.STAYS_6, Check.STAYS_12}


def test_planning_anew_forgets_what_an_earlier_completion_was_asked(unit):
    with unit() as uow:
        made = office(uow)
        saved = done(uow, made)
        uow.savings.plan(saved.id, saved.place, planned_checks(saved))
        uow.savings.ask(uow.savings.due(PLANNED[Check.STAYS_12], 9), made.lead.id, DAY)
        uow.savings.plan(saved.id, saved.place, planned_checks(saved))
        assert uow.savings.open_of(saved.id) == dict.fromkeys(Check)
        uow.savings.ask(uow.savings.due(PLANNED[Check.SAVED], 9), made.lead.id, DAY)
        assert uow.savings.forget(saved.id) == {made.lead.id}
        assert uow.savings.open_of(saved.id) == {}


def test_the_people_who_were_asked_are_walked_in_order_and_their_questions_read_at_once(unit):
    with unit() as uow:
        made = office(uow)
        people = sorted((made.lead.id, made.member.id))
        for person in (*people, people[0]):
            saved = done(uow, made)
            uow.savings.plan(saved.id, saved.place, {Check.SAVED: DAY})
            uow.savings.ask(uow.savings.due(DAY, 9), person, DAY)
        assert uow.savings.asked_people(0, 9) == tuple(people)
        assert uow.savings.asked_people(0, 1) == (people[0],)
        assert uow.savings.asked_people(people[0], 9) == (people[1],)
        assert uow.savings.waiting_of([]) == ()
        read: list[str] = []
        sa.event.listen(uow.connection, "before_cursor_execute", lambda *told: read.append(told[2]))
        found = uow.savings.waiting_of(people)
        assert (len(read), sorted(one.person for one in found)) == (1, [people[0], *people])
