"""What time does to exemptions: directors are asked again, and what has run out ends."""

from dataclasses import replace
from datetime import UTC, datetime, timedelta

import pytest

from bot.domain.exemption import Standing
from bot.domain.round import close
from bot.usecases import exempt
from tests.usecases.filed import (
    DAY,
    SECOND_DIRECTOR,
    decide,
    entries,
    exempt_teams,
    file,
    told,
)
from tests.usecases.small_office import (
    DIRECTOR,
    LEAD,
    NEXT_DAY,
    NOW,
    OTHER_LEAD,
    apply,
    without,
)

MONDAY = datetime(2026, 7, 6, 0, 30, tzinfo=UTC)
"""The third working day after the Wednesday of filing, at 09:30."""
NEXT_THURSDAY = MONDAY + timedelta(days=3)


def test_a_silent_director_is_asked_again_once_in_three_working_days(unit):
    with unit() as uow:
        apply(uow)
        filed = file(uow)
        assert exempt.ask_again(uow, MONDAY - timedelta(days=3)) == 0
        assert exempt.silent(uow, MONDAY) == ((filed, 1),)
        assert exempt.ask_again(uow, MONDAY) == 1
        for minutes in (5, 60 * 24, 60 * 48):
            assert exempt.ask_again(uow, MONDAY + timedelta(minutes=minutes)) == 0
        assert exempt.ask_again(uow, NEXT_THURSDAY) == 1
        assert told(uow, "exemption_filed") == [DIRECTOR.name] * 3
        assert uow.exemptions.get(filed.id).standing is Standing.FILED
        decide(uow, filed, now=NEXT_THURSDAY)
        assert exempt.ask_again(uow, NEXT_THURSDAY + timedelta(days=7)) == 0


@pytest.mark.parametrize(
    "now",
    [
        datetime(2026, 7, 5, 23, 59, tzinfo=UTC),
        datetime(2026, 7, 6, 9, 0, tzinfo=UTC),
        datetime(2026, 7, 11, 3, 0, tzinfo=UTC),
        datetime(2026, 7, 17, 3, 0, tzinfo=UTC),
    ],
    ids=["before nine", "after six", "on Saturday", "on a public holiday"],
)
def test_nobody_is_asked_again_outside_office_hours(unit, now):
    with unit() as uow:
        apply(uow)
        file(uow)
        assert exempt.silent(uow, now) == ()
        assert exempt.ask_again(uow, now) == 0


def test_silence_is_counted_from_the_day_the_director_was_asked(unit):
    saturday = datetime(2026, 7, 4, 3, 0, tzinfo=UTC)
    with unit() as uow:
        apply(uow)
        file(uow, now=saturday)
        for day in (7, 8):
            assert exempt.silent(uow, datetime(2026, 7, day, 3, 0, tzinfo=UTC)) == ()
        assert exempt.ask_again(uow, datetime(2026, 7, 9, 3, 0, tzinfo=UTC)) == 1


def test_a_director_who_came_meanwhile_is_asked_and_who_left_is_not(unit):
    with unit() as uow:
        apply(uow)
        file(uow)
        apply(uow, (*without(DIRECTOR), SECOND_DIRECTOR), NEXT_DAY)
        assert exempt.ask_again(uow, MONDAY) == 1
        assert told(uow, "exemption_filed")[1:] == [SECOND_DIRECTOR.name]


def test_it_ends_when_its_last_day_has_passed_and_the_team_is_told(unit):
    with unit() as uow:
        apply(uow)
        granted = decide(uow, file(uow, until=DAY))
        waiting = file(uow, OTHER_LEAD, of="보상팀", until=DAY + timedelta(days=1))
        evening = datetime(2026, 7, 1, 14, 59, tzinfo=UTC)
        assert (exempt.expired(uow, evening), exempt.run_out(uow, evening)) == ((), 0)
        midnight = evening + timedelta(minutes=1)
        assert [one.id for one in exempt.expired(uow, midnight)] == [granted.id]
        assert exempt.run_out(uow, midnight) == 1
        assert exempt.run_out(uow, midnight) == 0
        assert uow.exemptions.get(granted.id).standing is Standing.ENDED
        assert told(uow, "exemption_ended") == [LEAD.name]
        assert exempt_teams(uow, midnight) == frozenset()
        assert uow.exemptions.get(waiting.id).standing is Standing.FILED
        assert exempt.run_out(uow, midnight + timedelta(days=1)) == 1
        assert told(uow, "exemption_ended") == [LEAD.name, OTHER_LEAD.name]
        last = entries(uow)[-1]
        assert (last.act, last.actor, last.surface) == ("exempt_end", None, "tick")


@pytest.mark.parametrize("ends", ["closed", "over"])
def test_it_ends_with_its_round(unit, ends):
    with unit() as uow:
        apply(uow)
        granted, round_ = decide(uow, file(uow)), uow.rounds.unclosed()
        if ends == "closed":
            uow.rounds.save(round_, close(round_, NOW))
            assert exempt.run_out(uow, NOW) == 1
        else:
            uow.rounds.save(round_, replace(round_, ends_on=DAY))
            assert exempt.run_out(uow, NOW) == 0
            assert exempt.run_out(uow, NEXT_DAY) == 1
        assert uow.exemptions.get(granted.id).standing is Standing.ENDED
        assert told(uow, "exemption_ended") == [LEAD.name]


def test_facts_leave_in_office_hours(unit):
    night = datetime(2026, 7, 1, 13, 0, tzinfo=UTC)
    with unit() as uow:
        apply(uow)
        file(uow, now=night)
        (due,) = uow.connection.exec_driver_sql(
            "SELECT not_before FROM outbox WHERE kind = 'exemption_filed'"
        )
        assert "2026-07-02" in str(due.not_before)
        assert "00:00" in str(due.not_before)
