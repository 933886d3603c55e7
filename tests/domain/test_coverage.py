"""Coverage: departments by representative task or exemption, teams by task or exemption."""

from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.domain.coverage import RoundFacts, Share, coverage
from bot.domain.org import Unit, UnitKind

BUREAU = Unit(id=1, kind=UnitKind.BUREAU, name="교통국")
ROADS = Unit(id=2, kind=UnitKind.DEPARTMENT, name="도로과", parent=1, position=2)
BRIDGES = Unit(id=3, kind=UnitKind.DEPARTMENT, name="교량과", parent=1, position=1)
TEAMS = tuple(
    Unit(id=number, kind=UnitKind.TEAM, name=f"{number}팀", parent=parent, position=number)
    for number, parent in ((4, 2), (5, 2), (6, 2), (7, 3))
)
UNITS = (BUREAU, ROADS, BRIDGES, *TEAMS)


def only(facts, units=UNITS):
    """The one bureau's coverage, its departments by id."""
    (bureau,) = coverage(units, facts)
    return bureau, {department.unit.id: department for department in bureau.departments}


def test_a_department_is_covered_by_its_representative_task():
    bureau, departments = only(RoundFacts(representatives={2: 12}))
    assert (departments[2].covered, departments[2].representative) == (True, 12)
    assert not departments[3].covered
    assert bureau.share == Share(part=1, whole=2)


def test_a_department_is_covered_when_each_of_its_teams_is_exempt():
    bureau, departments = only(RoundFacts(exempt={4, 5, 6}))
    assert (departments[2].exempt, departments[2].covered) == (True, True)
    assert departments[2].teams == Share(part=3, whole=3)
    assert bureau.share.part == 1
    _, departments = only(RoundFacts(exempt={4, 5}))
    assert not departments[2].covered


def test_tasks_do_not_make_a_department_exempt():
    _, departments = only(RoundFacts(exempt={4, 5}, with_task={6}))
    assert departments[2].teams.full
    assert not departments[2].covered


def test_a_team_counts_once_whether_it_has_a_task_an_exemption_or_both():
    _, departments = only(RoundFacts(exempt={4}, with_task={4, 5}))
    assert departments[2].teams == Share(part=2, whole=3)
    assert [team.id for team in departments[2].missing] == [6]


def test_units_stand_in_the_order_of_the_organisation_file():
    bureau, departments = only(RoundFacts())
    assert [department.unit.id for department in bureau.departments] == [3, 2]
    assert [team.id for team in departments[2].missing] == [4, 5, 6]


def test_retired_units_are_asked_for_nothing():
    gone = tuple(replace(unit, retired=unit.id in (3, 6)) for unit in UNITS)
    bureau, departments = only(RoundFacts(exempt={4, 5}), gone)
    assert list(departments) == [2]
    assert departments[2].exempt
    assert bureau.share.full
    assert coverage([replace(BUREAU, retired=True), ROADS], RoundFacts()) == ()


def test_a_department_without_teams_is_never_wholly_exempt():
    _, departments = only(RoundFacts(), (BUREAU, ROADS))
    assert not departments[2].covered
    assert departments[2].teams.percent == 100


def test_a_representative_task_is_missing_only_once_the_ballots_date_has_passed():
    bureau, _ = only(RoundFacts(representatives={2: 12}))
    assert bureau.missing == ()
    bureau, _ = only(RoundFacts(representatives={2: 12}, votes_over={1}))
    assert [unit.id for unit in bureau.missing] == [3]
    bureau, _ = only(RoundFacts(exempt={7}, votes_over={1}))
    assert [unit.id for unit in bureau.missing] == [2]


@pytest.mark.parametrize(("part", "whole", "percent"), [(0, 0, 100), (1, 3, 33), (199, 200, 99)])
def test_a_hundred_percent_means_all_of_them(part, whole, percent):
    assert Share(part=part, whole=whole).percent == percent


teams = st.sets(st.sampled_from([team.id for team in TEAMS]))


@given(exempt=teams, tasks=teams, chosen=st.sets(st.sampled_from([2, 3])), one=st.integers(4, 7))
def test_one_exemption_more_never_lowers_coverage_nor_asks_for_more(exempt, tasks, chosen, one):
    facts = RoundFacts(representatives=dict.fromkeys(chosen, 1), with_task=tasks, exempt=exempt)
    before, departments = only(facts)
    after, then = only(replace(facts, exempt=exempt | {one}))
    assert after.share.part >= before.share.part
    for number, department in departments.items():
        assert set(then[number].missing) <= set(department.missing)
        assert len(department.missing) + department.teams.part == department.teams.whole
