"""The sample is a whole, sound province that is the same on every machine."""

import re
from collections import Counter

import pytest

from bot import sample
from bot.clock import Clock
from bot.domain.org import Role, UnitKind
from bot.domain.proposing import checked
from bot.domain.rights import Act
from bot.domain.roster import read
from bot.i18n.texts import Catalogue
from bot.playground.workspace import SeedChannel, SeedPerson, Workspace
from handlers.roster_files import vocabulary
from tests.playground.stage import APP_TOKEN, BOT_TOKEN, SECRET, manifest

STAFFED = {"문화체육관광국", "건설교통국"}
NAMED = {
    "전북자치도청 전시실 운영 개선",
    "전주권 광역도시계획 수립 개선",
    "지방건설기술심의 대상 사업 축소",
}


@pytest.fixture(scope="module")
def wanted():
    return read(sample.rows(), vocabulary(Catalogue.load()).words)


@pytest.fixture(scope="module")
def roles(wanted):
    """Every role by the Slack ids of who holds it."""
    return {
        role: {p.slack_id for p in wanted.people if any(post.role is role for post in p.posts)}
        for role in Role
    }


def test_the_sample_is_a_file_without_mistakes_or_warnings(wanted):
    assert wanted.warnings == ()


def test_it_has_nineteen_bureaus_with_their_departments_and_teams(wanted):
    assert Counter(unit.kind for unit in wanted.units) == {
        UnitKind.BUREAU: 19,
        UnitKind.DEPARTMENT: 75,
        UnitKind.TEAM: 290,
    }


def test_every_bureau_has_one_coordinating_team(wanted):
    coordinating = [unit.path[0] for unit in wanted.units if unit.coordinating]
    assert len(coordinating) == len(set(coordinating)) == 19


def test_two_bureaus_are_staffed_with_two_to_four_members_a_team():
    staffed = [row for row in sample.rows() if row.bureau in STAFFED]
    assert len({row.department for row in staffed if row.department}) == 12
    teams = Counter((row.department, row.team) for row in staffed if row.team)
    assert set(teams.values()) <= {3, 4, 5}
    others = [row for row in sample.rows() if row.bureau not in STAFFED and row.title == "주무관"]
    assert {row.role for row in others} == {"총괄"}


def test_headquarters_are_in_the_innovation_team(roles):
    hq = [row for row in sample.rows() if row.slack_id in roles[Role.HQ]]
    assert {row.names for row in hq} == {("기획조정실", "혁신담당관", "혁신기획팀")}
    assert len(hq) == 2


def test_names_and_addresses_are_all_different_and_lead_to_nobody():
    rows = sample.rows()
    for field in ("name", "email", "slack_id"):
        assert len({getattr(row, field) for row in rows}) == len(rows)
    assert all(row.email.endswith("@example.go.kr") for row in rows)
    assert all(re.fullmatch(r"U[A-Z0-9]{6,}", row.slack_id) for row in rows)


def test_the_first_person_is_a_member_of_the_department_of_culture_and_in_its_channel():
    people, channels = sample.workspace()
    first = people[0]
    row = next(row for row in sample.rows() if row.slack_id == first.id)
    assert (row.bureau, row.department, row.title) == ("문화체육관광국", "문화정책과", "주무관")
    assert first.id in next(c for c in channels if c.id == row.department_channel).members
    guests = len(sample.guests())
    assert len(people) - guests == len({p.id for p in people}) - guests == len(sample.rows())


def test_a_departments_channel_has_its_staff_and_its_director():
    _, channels = sample.workspace()
    assert len({channel.id for channel in channels}) == len(channels)
    assert len({channel.name for channel in channels}) == len(channels)
    culture = next(channel for channel in channels if channel.name == "문화정책과")
    staff = {row.slack_id for row in sample.rows() if row.department == "문화정책과"}
    director = next(row.slack_id for row in sample.rows() if row.bureau == "문화체육관광국")
    assert set(culture.members) == staff | {director}
    assert len(channels[0].members) == len(sample.rows())


def test_a_channel_is_private_and_two_are_shared_with_people_of_other_workspaces():
    people, channels = sample.workspace()
    seeded = [SeedPerson(**vars(person)) for person in people]
    ws = Workspace(
        manifest(), seeded, [SeedChannel(**vars(channel)) for channel in channels], None, Clock(),
        BOT_TOKEN, APP_TOKEN, SECRET,
    )  # fmt: skip
    guests = {person.id: person for person in ws.people.values() if person.is_guest}
    assert sorted(guest.is_stranger for guest in guests.values()) == [False, True]
    assert ws.enterprise
    shared = {c.name for c in ws.channels.values() if guests.keys() & set(c.members)}
    assert shared == set(sample.guests())
    assert [c.name for c in ws.channels.values() if c.private] == ["특별사법경찰과"]
    for field in ("slack_id", "name", "email"):
        officials = {getattr(row, field) for row in sample.rows()}
        assert not officials & {
            getattr(guest, field.replace("slack_", "")) for guest in guests.values()
        }
    ws.store.close()


def test_every_channel_of_the_file_is_in_the_workspace(wanted):
    _, channels = sample.workspace()
    known = {channel.id: channel.name for channel in channels}
    for unit in wanted.units:
        assert unit.channel is None or known[unit.channel] == unit.name


def test_the_tasks_are_as_many_as_asked_for_sound_and_all_different():
    tasks = sample.tasks(291)
    assert len({task.content.title for task in tasks}) == 291
    assert {task.content.title for task in tasks} >= NAMED
    assert all(checked(task.content) == task.content for task in tasks)
    assert all(task.content.effect.hours for task in tasks)


@pytest.mark.parametrize("n", [0, 1, 3, 100, 1000])
def test_any_number_of_tasks_can_be_asked_for(n):
    assert len(sample.tasks(n)) == n


def test_more_tasks_than_there_are_is_said_so():
    with pytest.raises(ValueError, match="the sample has"):
        sample.tasks(100_000)


def test_about_one_task_in_five_was_decided_on_by_the_head(roles):
    tasks = sample.tasks(291)
    ways = Counter(tuple(step.act for step in task.steps) for task in tasks)
    decided = sum(count for way, count in ways.items() if Act.CONFIRM in way)
    assert 0.17 < decided / 291 < 0.25
    assert {
        (Act.CONFIRM,),
        (Act.CONFIRM, Act.NOTE),
        (Act.CONFIRM, Act.NOTE, Act.COMPLETE),
    } <= ways.keys()
    heads = {step.by for task in tasks for step in task.steps if step.act is Act.CONFIRM}
    assert heads <= roles[Role.HEAD]


def test_the_newcomer_has_proposed_nothing_yet():
    people, _ = sample.workspace()
    assert people[0].id not in {task.proposer for task in sample.tasks(1000)}


def test_the_sample_is_the_same_every_time():
    assert sample.tasks(50) == sample.tasks(50)
    assert sample.rows()[100] == sample.rows.__wrapped__()[100]
