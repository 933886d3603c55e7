"""A round: what headquarters may open, and its end. Coverage: who has brought what it asks for."""

from datetime import UTC, date, datetime
from typing import Any

import pytest

from bot.domain.calendar import Calendar
from bot.domain.coverage import RoundFacts, Share, coverage
from bot.domain.errors import BotError, Several
from bot.domain.exemption import Ground
from bot.domain.org import Unit, UnitKind
from bot.domain.round import NAME_MAX, Round, check, check_votes_by, close

NOW = datetime(2026, 7, 1, 1, 0, tzinfo=UTC)
CALENDAR = Calendar(frozenset({date(2026, 7, 17)}))


def checked(**fields: Any) -> str:
    given: dict[str, Any] = {
        "name": "2026년 제2회", "starts_on": date(2026, 7, 1), "ends_on": date(2026, 9, 30),
        "votes_by": date(2026, 8, 31), "grounds": frozenset(Ground), "calendar": CALENDAR,
    }  # fmt: skip
    return check(**given | fields)


def mistakes(**fields: Any) -> dict[str | None, str]:
    with pytest.raises(BotError) as raised:
        checked(**fields)
    found = raised.value.errors if isinstance(raised.value, Several) else [raised.value]
    return {error.field: error.key for error in found}


def a_round(**fields: Any) -> Round:
    given: dict[str, Any] = {"id": 1, "name": "제1회", "starts_on": date(2026, 7, 1)}
    return Round(**given | fields)


def test_a_round_needs_only_a_name_a_first_day_and_a_ground():
    assert checked(ends_on=None, votes_by=None, name="  2026년  제2회 ") == "2026년 제2회"
    assert checked(grounds=frozenset({Ground.OTHER})) == "2026년 제2회"


def test_every_mistake_is_named_at_once():
    assert mistakes(name=" ", starts_on=None, votes_by=None, grounds=frozenset()) == {
        "name": "error-required-name",
        "starts_on": "error-required-starts",
        "grounds": "error-round-grounds",
    }
    assert mistakes(ends_on=date(2026, 6, 30), votes_by=None) == {"ends_on": "error-round-ends"}
    assert mistakes(name="가" * (NAME_MAX + 1)) == {"name": "error-too-long"}
    assert checked(name="가" * NAME_MAX)


@pytest.mark.parametrize(
    ("votes_by", "key"),
    [
        (date(2026, 7, 1), "error-round-votes"),
        (date(2026, 10, 1), "error-round-votes"),
        (date(2026, 8, 1), "error-ballot-day-off"),
        (date(2026, 7, 17), "error-ballot-day-off"),
    ],
    ids=["on its first day", "after its end", "on a Saturday", "on a holiday"],
)
def test_ballots_close_on_a_working_day_within_the_round(votes_by, key):
    assert mistakes(votes_by=votes_by) == {"votes_by": key}


def test_a_round_without_an_end_takes_any_later_working_day():
    assert check_votes_by(date(2027, 3, 2), date(2026, 7, 1), None, CALENDAR) == []


def test_a_round_is_current_from_its_first_to_its_last_day_unless_closed():
    found = a_round(ends_on=date(2026, 7, 31))
    days = [date(2026, 6, 30), date(2026, 7, 1), date(2026, 7, 31), date(2026, 8, 1)]
    assert [found.is_current(day) for day in days] == [False, True, True, False]
    assert a_round().is_current(date(2030, 1, 1)), "without an end it lasts until it is closed"
    assert not close(a_round(), NOW).is_current(date(2026, 7, 1))


@pytest.mark.parametrize(
    ("ends_on", "after"),
    [
        (None, date(2026, 7, 1)),
        (date(2026, 9, 30), date(2026, 7, 1)),
        (date(2026, 6, 20), date(2026, 6, 20)),
    ],
    ids=["open end", "before its end", "over already"],
)
def test_closing_ends_it_today_at_the_latest(ends_on, after):
    closed = close(a_round(starts_on=date(2026, 6, 1), ends_on=ends_on), NOW)
    assert (closed.ends_on, closed.closed_at) == (after, NOW)
    with pytest.raises(BotError, match="error-round-closed"):
        close(closed, NOW)


def test_a_planned_round_that_is_closed_never_ends_before_it_began():
    planned = a_round(starts_on=date(2026, 8, 1))
    assert close(planned, NOW).ends_on == date(2026, 8, 1)


def unit(id: int, kind: UnitKind, parent: int | None = None, **fields: Any) -> Unit:
    return Unit(id=id, kind=kind, name=f"{kind}{id}", parent=parent, position=id, **fields)


BUREAU, DEPARTMENT, TEAM = UnitKind.BUREAU, UnitKind.DEPARTMENT, UnitKind.TEAM
UNITS = (
    unit(1, BUREAU),
    unit(2, DEPARTMENT, 1), unit(3, TEAM, 2), unit(4, TEAM, 2),
    unit(5, DEPARTMENT, 1), unit(6, TEAM, 5),
    unit(7, DEPARTMENT, 1, retired=True),
    unit(8, BUREAU), unit(9, DEPARTMENT, 8),
)  # fmt: skip


def test_a_department_is_covered_by_a_representative_task_or_when_wholly_exempt():
    facts = RoundFacts(representatives={2: 11}, exempt=frozenset({6}), votes_over=frozenset({1}))
    first, second = coverage(UNITS, facts)
    assert (first.share, first.share.percent, first.missing) == (Share(part=2, whole=2), 100, ())
    assert second.share == Share(part=0, whole=1)
    assert [d.covered for d in first.departments] == [True, True]


def test_teams_count_with_a_task_or_exempt_and_the_others_are_named():
    facts = RoundFacts(with_task=frozenset({3}), exempt=frozenset({6}))
    (first, _) = coverage(UNITS, facts)
    roads, cities = first.departments
    assert (roads.teams, [t.id for t in roads.missing]) == (Share(part=1, whole=2), [4])
    assert (cities.teams.full, cities.exempt) == (True, True)
    assert not roads.exempt, "one team of two is not the whole department"


def test_nobody_is_called_missing_before_ballots_are_over():
    assert [b.missing for b in coverage(UNITS, RoundFacts())] == [(), ()]
    over = coverage(UNITS, RoundFacts(votes_over=frozenset({1})))
    assert [[u.id for u in b.missing] for b in over] == [[2, 5], []]


@pytest.mark.parametrize(
    ("part", "whole", "percent"), [(0, 0, 100), (0, 3, 0), (2, 3, 66), (199, 200, 99), (3, 3, 100)]
)
def test_a_share_is_rounded_down_so_that_a_hundred_means_all(part, whole, percent):
    assert Share(part=part, whole=whole).percent == percent
