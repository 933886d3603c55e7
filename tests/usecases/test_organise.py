"""Importing an organisation: a dry run, one transaction, movers and leavers, and nothing twice."""

from datetime import UTC, datetime, timedelta

import pytest
import sqlalchemy as sa
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from bot.clock import FrozenClock
from bot.domain.calendar import today
from bot.domain.errors import Several
from bot.domain.org import Role
from bot.domain.roster_rows import RosterRow
from bot.domain.task import Status
from bot.i18n.texts import Catalogue
from bot.usecases.organise import plan_import
from storage.tables.delivery import outbox
from storage.unit import UnitOfWork
from tests.usecases.small_office import (
    DIRECTOR,
    HEAD,
    HQ,
    LEAD,
    MEMBER,
    NEXT_DAY,
    NOW,
    OFFICE,
    OTHER_LEAD,
    WORDS,
    apply,
    facts,
    found,
    own_task,
    row,
    without,
)


def test_a_dry_run_prints_what_would_change_and_stores_nothing(unit):
    with unit() as uow:
        plan = plan_import(uow, OFFICE, NOW, words=WORDS)
        assert plan.counts()["people_added"] == len(OFFICE)
        assert uow.units.all() == ()
        assert uow.people.all(today(NOW)) == ()


def test_every_line_of_a_plan_can_be_printed_in_both_languages(unit):
    catalogue = Catalogue.load()
    with unit() as uow:
        plans = [apply(uow), apply(uow, without(MEMBER, OTHER_LEAD, HQ)), apply(uow)]
    for language in ("ko", "en"):
        texts = catalogue.of(language)
        for key, params in (line for plan in plans for line in plan.printed):
            assert texts(key, **params)


def test_the_first_import_makes_units_people_posts_and_the_first_round(unit):
    with unit() as uow:
        apply(uow)
        bureau = uow.units.by_path("교통국")
        team = uow.units.by_path("교통국", "도로과", "계획팀")
        assert bureau
        assert team
        assert team.coordinating
        head = found(uow, HEAD)
        assert (head.name, head.email) == ("이과장", "3@a.kr")
        assert [(post.role, post.place.bureau) for post in head.posts] == [(Role.HEAD, bureau.id)]
        lead = uow.people.lead_of(team.id, today(NOW))
        assert lead
        assert lead.name == "박팀장"
        assert [person.name for person in uow.people.hq(today(NOW))] == ["한총괄"]
        current = uow.rounds.current(today(NOW))
        assert current
        assert current.name == "2026년 제1회"


def test_importing_the_same_file_again_changes_nothing(unit):
    with unit() as uow:
        apply(uow)
        before = uow.units.all(), uow.people.all(today(NOW)), uow.rounds.latest()
        assert apply(uow, now=NEXT_DAY).is_empty
        assert (uow.units.all(), uow.people.all(today(NEXT_DAY)), uow.rounds.latest()) == before


def test_one_bad_row_means_that_nothing_is_applied(unit):
    with unit() as uow:
        with pytest.raises(Several):
            apply(uow, (*OFFICE, row(8, "", "주무관", "도로과/보상팀")))
        assert uow.units.all() == ()
        assert uow.rounds.latest() is None


def test_a_movers_open_tasks_go_to_the_old_teams_lead_in_one_list(unit):
    with unit() as uow:
        apply(uow)
        first, second = own_task(uow, MEMBER), own_task(uow, MEMBER)
        done = own_task(uow, MEMBER, status=Status.DONE)
        elsewhere = own_task(uow, MEMBER, place_of=OTHER_LEAD)
        moved = row(5, "최주무", "주무관", "도로과/보상팀")
        apply(uow, (*without(MEMBER), moved), NEXT_DAY)
        lead, mover = found(uow, LEAD), found(uow, MEMBER)
        owners = {n: uow.tasks.get(n).owner for n in (first, second, done, elsewhere)}
        assert owners == {
            first: lead.id,
            second: lead.id,
            done: mover.id,
            elsewhere: mover.id,
        }
        assert facts(uow, "handed_over") == [
            (f"person:{lead.id}", {"tasks": [first, second], "from": [mover.id]})
        ]
        (line,), more = uow.audit.of_task(first, None, 5)
        assert (line.entry.act, line.entry.surface, more) == ("handed_over", "cli", False)
        assert (line.entry.before, line.entry.after) == ({"owner": mover.id}, {"owner": lead.id})


def test_several_who_leave_one_team_make_one_list_for_its_lead(unit):
    with unit() as uow:
        second_member = row(8, "오주무", "주무관", "도로과/계획팀")
        apply(uow, (*OFFICE, second_member))
        tasks = [own_task(uow, second_member), own_task(uow, MEMBER)]
        apply(uow, without(MEMBER), NEXT_DAY)
        ((recipient, payload),) = facts(uow, "handed_over")
        assert recipient == f"person:{found(uow, LEAD).id}"
        assert payload["tasks"] == tasks
        assert len(payload["from"]) == 2


def test_who_is_absent_from_the_file_loses_posts_and_keeps_history(unit):
    with unit() as uow:
        apply(uow)
        task = own_task(uow, MEMBER)
        apply(uow, without(MEMBER), NEXT_DAY)
        gone = found(uow, MEMBER, NEXT_DAY)
        assert gone.posts == ()
        assert gone.active
        assert uow.tasks.get(task).proposer == gone.id
        assert found(uow, MEMBER, NOW).posts != ()


def test_without_a_lead_the_head_takes_over_and_without_anyone_nobody_owns_it(unit):
    with unit() as uow:
        apply(uow)
        task = own_task(uow, LEAD)
        apply(uow, without(LEAD), NEXT_DAY)
        assert uow.tasks.get(task).owner == found(uow, HEAD).id
        apply(uow, without(LEAD, HEAD, DIRECTOR), NEXT_DAY + timedelta(days=1))
        assert uow.tasks.get(task).owner is None


def test_the_list_waits_for_office_hours(unit):
    night = NOW.replace(hour=14)
    with unit() as uow:
        apply(uow)
        own_task(uow, MEMBER)
        apply(uow, without(MEMBER), night)
        asked = sa.select(outbox.c.not_before).where(outbox.c.kind == "handed_over")
        assert uow.connection.execute(asked).scalar_one() == datetime(2026, 7, 2, tzinfo=UTC)


def test_a_unit_that_comes_back_is_the_same_one(unit):
    with unit() as uow:
        apply(uow)
        apply(uow, without(OTHER_LEAD, HQ), NEXT_DAY)
        retired = uow.units.by_path("교통국", "도로과", "보상팀")
        assert retired
        assert retired.retired
        apply(uow, now=NEXT_DAY)
        back = uow.units.by_path("교통국", "도로과", "보상팀")
        assert back
        assert (back.id, back.retired) == (retired.id, False)


def test_people_without_slack_id_are_asked_for_once_a_day(unit):
    unknown = row(8, "오주무", "주무관", "도로과/계획팀", slack_id="")
    with unit() as uow:
        apply(uow, (*OFFICE, unknown))
        apply(uow, (*OFFICE, unknown))
        person = uow.people.by_email("8@a.kr", today(NOW))
        assert person is not None
        question = ("slack", {"person": person.id, "email": "8@a.kr"})
        assert facts(uow, "find_by_email") == [question]
        apply(uow, (*OFFICE, unknown), NEXT_DAY)
        assert facts(uow, "find_by_email") == [question] * 2


def test_addresses_can_be_swapped_in_one_import(unit):
    with unit() as uow:
        apply(uow)
        swapped = (
            row(4, "박팀장", "팀장", "도로과/계획팀", role="주무팀", email="5@a.kr"),
            row(5, "최주무", "주무관", "도로과/계획팀", email="4@a.kr"),
        )
        rows = (DIRECTOR, HEAD, *swapped, OTHER_LEAD, HQ)
        apply(uow, rows)
        assert found(uow, LEAD).email == "5@a.kr"
        assert apply(uow, rows).is_empty


PLACES = ("", "도로과", "도로과/계획팀", "도로과/보상팀", "주택과/건축팀")
TITLES = {"": "국장", "도로과": "과장"}


@st.composite
def offices(draw) -> tuple[RosterRow, ...]:
    """A sound file: some of nine people in some places, with one or two posts."""
    rows: list[RosterRow] = []
    for number in draw(st.lists(st.integers(1, 9), unique=True, min_size=1)):
        places = draw(st.lists(st.sampled_from(PLACES), unique=True, min_size=1, max_size=2))
        slack_id = draw(st.sampled_from(["", f"U00000{number:02}"]))
        for place in places:
            title = TITLES.get(place) or draw(st.sampled_from(["팀장", "주무관"]))
            role = draw(st.sampled_from(["", "총괄"]))
            fields = {"slack_id": slack_id, "email": f"{number}@a.kr", "role": role}
            rows.append(row(len(rows) + 2, f"사람{number}", title, place, **fields))
    return tuple(rows)


@settings(
    max_examples=25, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture]
)
@given(first=offices(), second=offices())
def test_any_file_imported_twice_changes_nothing_the_second_time(engine, first, second):
    with engine.connect() as connection:
        uow = UnitOfWork(connection, FrozenClock(NOW))
        apply(uow, first)
        apply(uow, second, NEXT_DAY)
        assert apply(uow, second, NEXT_DAY).is_empty
        assert {person.name for person in uow.people.all(today(NEXT_DAY)) if person.posts} == {
            row.name for row in second
        }
        connection.rollback()
