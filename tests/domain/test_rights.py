"""Who may do what, held against the programme's own table."""

from itertools import product

import pytest

from bot.domain.org import Place, Role
from bot.domain.rights import ON_A_TASK, Act, allowed, may, may_at, possible, roles_for
from bot.domain.task import Need, Status
from tests.domain import make

OTHER_TEAM = Place(bureau=1, department=2, team=9)
OTHER = Place(bureau=1, department=8, team=7)
OTHER_BUREAU = Place(bureau=6, department=5, team=4)

PEOPLE = {
    "proposer": make.person(1),
    "owner": make.person(2),
    "colleague": make.person(3),
    "lead": make.person(4, Role.LEAD),
    "head": make.person(5, Role.HEAD, make.DEPARTMENT),
    "director": make.person(6, Role.DIRECTOR, make.BUREAU),
    "hq": make.person(7, Role.HQ, Place()),
    "other lead": make.person(8, Role.LEAD, OTHER_TEAM),
    "other head": make.person(9, Role.HEAD, Place(bureau=1, department=8)),
    "other director": make.person(10, Role.DIRECTOR, Place(bureau=6)),
    "outsider": make.person(11, None),
    "gone": make.person(5, Role.HEAD, make.DEPARTMENT, active=False),
    "moved proposer": make.person(1, Role.MEMBER, OTHER),
}
DECIDES = {"head", "director"}
CARRIES = {"proposer", "owner", "lead", *DECIDES}
PROPOSES, LEADS = {"proposer", *DECIDES}, {"lead", *DECIDES}
BEFORE: dict[Act, set[str]] = {
    **dict.fromkeys((Act.EDIT, Act.WITHDRAW), PROPOSES),
    **dict.fromkeys((Act.NOTE, Act.PLAN, Act.MILESTONE, Act.COMPLETE, Act.STOPPED), CARRIES),
    **dict.fromkeys((Act.ASSIGN, Act.DUE), LEADS),
    **dict.fromkeys((Act.CONFIRM, Act.REVISE, Act.HOLD, Act.RESUME, Act.DECLINE), DECIDES),
    **dict.fromkeys((Act.MERGE, Act.REOPEN, Act.TAKE_IN, Act.KEEP_OUT), DECIDES),
    Act.VERIFY: {"owner", *LEADS},
    Act.CAME_BACK: LEADS,
    Act.OPINION: {"lead"},
    Act.JOIN: set(PEOPLE) - {"proposer", "moved proposer", "outsider", "gone"},
}
AFTER = BEFORE | {Act.EDIT: DECIDES, Act.WITHDRAW: DECIDES}
"""Once confirmed a task is no longer its proposer's to change."""


@pytest.mark.parametrize("act", sorted(BEFORE))
def test_the_rights_are_those_of_the_table(act):
    for status, table in ((Status.SUBMITTED, BEFORE), (Status.IN_PROGRESS, AFTER)):
        task = make.task(owner=2, status=status)
        assert {who for who, person in PEOPLE.items() if may(person, act, task)} == table[act]


@pytest.mark.parametrize(("act", "who"), [(Act.ADMIN, {"hq"}), (Act.DELEGATE, DECIDES)])
def test_the_programme_is_headquarters_and_a_post_is_its_holders_to_delegate(act, who):
    place = make.task().place
    assert {name for name, person in PEOPLE.items() if may_at(person, act, place)} == who


def test_nobody_over_another_bureau_has_a_right_there():
    task = make.task(place=OTHER_BUREAU, proposer=99, owner=98)
    for who, act in product(PEOPLE, ON_A_TASK):
        if who != "other director" and act is not Act.JOIN:
            assert not may(PEOPLE[who], act, task), (who, act)


def test_a_task_at_the_bureau_is_the_directors_alone():
    task = make.task(place=make.BUREAU, owner=None)
    assert {w for w, p in PEOPLE.items() if may(p, Act.CONFIRM, task)} == {"director"}


@pytest.mark.parametrize("status", list(Status))
def test_a_button_is_drawn_only_for_what_would_work(status):
    task = make.task(owner=2, status=status, milestones=(make.milestone(),))
    for person in PEOPLE.values():
        for act in ON_A_TASK:
            drawn = act in allowed(person, task)
            assert drawn == (possible(act, task) and may(person, act, task))


def test_what_has_ended_is_only_taken_up_again():
    again = {Act.REOPEN, Act.VERIFY, Act.CAME_BACK}
    assert allowed(PEOPLE["head"], make.task(status=Status.DONE)) == again
    assert allowed(PEOPLE["head"], make.task(status=Status.DECLINED)) == {Act.REOPEN}
    for status in (Status.MERGED, Status.WITHDRAWN):
        assert allowed(PEOPLE["head"], make.task(status=status)) == frozenset()


def test_only_immediate_work_stops_in_one_tap():
    progress = {"status": Status.IN_PROGRESS}
    at_once = make.task(content={"needs": frozenset({Need.IMMEDIATE})}, **progress)
    assert possible(Act.STOPPED, at_once)
    assert not possible(Act.STOPPED, make.task(**progress))
    assert not possible(Act.MILESTONE, make.task(**progress))


def test_a_merge_that_waits_is_not_asked_for_again():
    assert not possible(Act.MERGE, make.task(merge_into=3))


def test_a_refusal_names_posts_and_never_the_proposer():
    for act in BEFORE:
        if act is not Act.JOIN:
            assert roles_for(act)
    assert roles_for(Act.CONFIRM) == (Role.HEAD, Role.DIRECTOR)
