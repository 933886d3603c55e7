"""Completed tasks whose owner is gone: who is asked then, and whose they are once reopened."""

from dataclasses import replace
from datetime import date

import pytest

from bot.domain.checks import Check
from bot.domain.task import Status
from bot.usecases import asking, decide, people, saved
from tests.usecases.small_office import (
    DIRECTOR,
    HEAD,
    LEAD,
    MEMBER,
    OFFICE,
    OTHER_LEAD,
    apply,
    facts,
    found,
    own_task,
    row,
    without,
)
from tests.usecases.test_saved import HALF, QUARTER, YEAR, ask, asked, at, done, waits

DONE, NEXT = date(2026, 7, 1), date(2026, 10, 2)
MOVED_WITHIN = row(5, "최주무", "주무관", "도로과/보상팀")
MOVED_AWAY = row(5, "최주무", "주무관", "교량과/교량팀")
COLLEAGUE = row(8, "강주무", "주무관", "도로과/계획팀")
NEW_LEAD = row(6, "정팀장", "팀장", "도로과/계획팀")
ELSEWHERE = row(9, "오과장", "과장", "교량과")


def leaves(uow, who, day):
    people.follow_user_change(
        uow, who.slack_id, deleted=True, email=None, locale=None, now=at(day, 12)
    )


def owner(uow, number):
    """Who owns the task now, by name."""
    person = uow.tasks.get(number).owner
    return person and uow.people.get(person, DONE).name


def test_a_question_goes_to_the_head_when_its_owner_leaves_a_team_without_lead(unit):
    with unit() as uow:
        apply(uow)
        number = done(uow)
        asking.ask_due(uow, at(QUARTER))
        uow.posts.set(found(uow, LEAD).id, (), QUARTER)
        leaves(uow, MEMBER, QUARTER)
        asking.ask_due(uow, at(NEXT))
        assert asked(uow) == [MEMBER.name, HEAD.name]
        assert waits(uow, HEAD, NEXT) == [(number, Check.SAVED)]
        saved.as_planned(uow, ask(HEAD, number), at(NEXT))
        assert waits(uow, HEAD, NEXT) == []


def test_it_follows_from_one_to_the_next_as_each_of_them_leaves(unit):
    with unit() as uow:
        apply(uow)
        number = done(uow)
        asking.ask_due(uow, at(QUARTER))
        for day, who, then in (
            (date(2026, 10, 2), MEMBER, LEAD),
            (date(2026, 10, 6), LEAD, HEAD),
            (date(2026, 10, 7), HEAD, DIRECTOR),
        ):
            leaves(uow, who, day)
            asking.ask_due(uow, at(day, 13))
            assert waits(uow, then, day) == [(number, Check.SAVED)]
        assert len(facts(uow, saved.MESSAGE)) == 4


def test_whether_work_came_back_is_asked_of_the_head_when_the_lead_who_was_asked_left(unit):
    with unit() as uow:
        apply(uow)
        number = done(uow)
        for day in (QUARTER, HALF):
            asking.ask_due(uow, at(day))
        leaves(uow, LEAD, HALF)
        asking.ask_due(uow, at(HALF, 13))
        assert asked(uow) == [MEMBER.name, LEAD.name, HEAD.name]
        assert waits(uow, HEAD, HALF) == [(number, Check.STAYS_6)]


def test_an_owner_who_moves_within_the_department_is_not_asked_again(unit):
    with unit() as uow:
        apply(uow)
        number = done(uow)
        asking.ask_due(uow, at(QUARTER))
        apply(uow, (*without(MEMBER), MOVED_WITHIN), now=at(QUARTER, 12))
        assert asking.ask_due(uow, at(NEXT)) == 0
        assert waits(uow, MEMBER, NEXT) == [(number, Check.SAVED)]


def test_whoever_may_not_answer_any_more_is_not_shown_the_question(unit):
    with unit() as uow:
        apply(uow)
        number = done(uow)
        asking.ask_due(uow, at(QUARTER))
        apply(uow, (*without(MEMBER), MOVED_AWAY), now=at(QUARTER, 12))
        assert waits(uow, MEMBER, QUARTER) == []
        asking.ask_due(uow, at(QUARTER, 13))
        assert waits(uow, LEAD, QUARTER) == [(number, Check.SAVED)]


def test_an_acting_lead_whose_time_is_over_leaves_the_question_to_the_new_lead(unit):
    with unit() as uow:
        apply(uow, (*OFFICE, COLLEAGUE))
        number = done(uow)
        lead, member = found(uow, LEAD), found(uow, MEMBER)
        uow.posts.set(lead.id, (), DONE)
        uow.posts.set(member.id, (), DONE)
        team = uow.units.by_path("교통국", "도로과", "계획팀").id
        acting = found(uow, COLLEAGUE).id
        uow.posts.let_act(acting, team, "lead", "계획팀장 직무대리", DONE, QUARTER)
        asking.ask_due(uow, at(QUARTER))
        assert waits(uow, COLLEAGUE, QUARTER) == [(number, Check.SAVED)]
        uow.posts.set(lead.id, lead.posts, NEXT)
        assert waits(uow, COLLEAGUE, NEXT) == []
        assert waits(uow, LEAD, NEXT) == [(number, Check.SAVED)]


def acting_lead(uow, last=None):
    """A colleague leads the team, whose lead and owner are gone, and was asked; the task."""
    apply(uow, (*OFFICE, COLLEAGUE))
    number = done(uow)
    for who in (LEAD, MEMBER):
        uow.posts.set(found(uow, who).id, (), DONE)
    team, colleague = uow.units.by_path("교통국", "도로과", "계획팀").id, found(uow, COLLEAGUE).id
    uow.posts.let_act(colleague, team, "lead", "계획팀장 직무대리", DONE, last)
    asking.ask_due(uow, at(QUARTER))
    return number


def delegated_director(uow, last):
    """A head of another department acted for the director, who was not in Slack yet; the task."""
    apply(uow, (*OFFICE, ELSEWHERE))
    number, director = done(uow), found(uow, DIRECTOR)
    uow.posts.delegate(director.id, found(uow, ELSEWHERE).id, DONE, last)
    for who in (LEAD, MEMBER, HEAD):
        uow.posts.set(found(uow, who).id, (), DONE)
    uow.people.save(replace(director, slack_id=None))
    asking.ask_due(uow, at(QUARTER))
    uow.people.save(director)
    return number


def passed_on(uow, now, **at_once):
    """One part of the day's walk; how many questions go on to others."""
    part = asking.next_part(uow, now, **at_once)
    if part is None:
        return 0
    asking.pass_on(uow, part)
    return len(part.given_up)


@pytest.mark.parametrize(
    ("stands_in", "by", "then"),
    [(acting_lead, COLLEAGUE, HEAD), (delegated_director, ELSEWHERE, DIRECTOR)],
)
def test_a_question_goes_on_the_morning_after_the_last_day_of_who_stood_in(
    unit, stands_in, by, then
):
    with unit() as uow:
        number = stands_in(uow, QUARTER)
        assert waits(uow, by, QUARTER) == [(number, Check.SAVED)]
        assert passed_on(uow, at(QUARTER)) == 0
        assert passed_on(uow, at(NEXT, 0)) == 1
        assert asking.ask_due(uow, at(NEXT)) == 1
        assert waits(uow, then, NEXT) == [(number, Check.SAVED)]
        assert facts(uow, saved.MESSAGE)[-1][0] == f"person:{found(uow, then).id}"
        assert waits(uow, by, NEXT) == []


def test_it_goes_on_too_when_the_post_that_somebody_acted_in_was_filled(unit):
    with unit() as uow:
        number = acting_lead(uow)
        office = (*without(LEAD, MEMBER, OTHER_LEAD), COLLEAGUE, NEW_LEAD)
        apply(uow, office, now=at(QUARTER, 12))
        assert waits(uow, COLLEAGUE, NEXT) == []
        passed_on(uow, at(NEXT, 0))
        asking.ask_due(uow, at(NEXT))
        assert facts(uow, saved.MESSAGE)[-1][0] == f"person:{found(uow, NEW_LEAD).id}"
        assert waits(uow, NEW_LEAD, NEXT) == [(number, Check.SAVED)]


def test_those_who_were_asked_are_looked_at_once_a_day_in_parts(unit):
    with unit() as uow:
        apply(uow, (*OFFICE, COLLEAGUE))
        for owner in (MEMBER, COLLEAGUE, OTHER_LEAD):
            done(uow, owner)
        asking.ask_due(uow, at(QUARTER))
        for who in (MEMBER, OTHER_LEAD):
            uow.posts.set(found(uow, who).id, (), NEXT)
        parts = [passed_on(uow, at(NEXT, 0, minute), at_once=1) for minute in range(6)]
        assert sorted(parts) == [0, 0, 0, 0, 1, 1]
        assert parts[3:] == [0, 0, 0]
        asking.ask_due(uow, at(NEXT))
        assert [len(waits(uow, who, NEXT)) for who in (COLLEAGUE, LEAD)] == [1, 2]


def test_a_question_that_was_passed_on_meanwhile_is_not_taken_back(unit):
    with unit() as uow:
        acting_lead(uow, QUARTER)
        stale = uow.savings.waiting_of([found(uow, COLLEAGUE).id])
        passed_on(uow, at(NEXT, 0))
        asking.ask_due(uow, at(NEXT))
        uow.savings.ask_anew(stale)
        assert len(waits(uow, HEAD, NEXT)) == 1


def reopened(uow, number, who, day):
    decide.reopen(uow, ask(who, number), at(day, 14), reason="아직 씁니다.")


def came_back(uow, number, who, day):
    saved.came_back(uow, ask(who, number), at(day, 14), reason="다시 생겼습니다.")


@pytest.mark.parametrize("again", [reopened, came_back])
@pytest.mark.parametrize("rows", [without(MEMBER), (*without(MEMBER), MOVED_WITHIN)])
def test_work_taken_up_again_whose_owner_left_the_team_is_its_leads(unit, again, rows):
    with unit() as uow:
        apply(uow)
        number = done(uow)
        apply(uow, rows, now=at(HALF))
        again(uow, number, HEAD, HALF)
        task = uow.tasks.get(number)
        assert (task.status, owner(uow, number)) == (Status.IN_PROGRESS, LEAD.name)
        ((to, given),) = facts(uow, "handed_over")
        assert to == f"person:{found(uow, LEAD).id}"
        assert given == {"tasks": [number], "from": [uow.people.by_slack("U0000005", DONE).id]}


def test_a_lead_who_takes_it_up_again_is_not_told_of_their_own_act(unit):
    with unit() as uow:
        apply(uow)
        number = done(uow)
        leaves(uow, MEMBER, QUARTER)
        came_back(uow, number, LEAD, HALF)
        assert owner(uow, number) == LEAD.name
        assert facts(uow, "handed_over") == []


def test_without_lead_the_head_owns_what_is_taken_up_again(unit):
    with unit() as uow:
        apply(uow)
        number = done(uow)
        for who in (MEMBER, LEAD):
            leaves(uow, who, QUARTER)
        reopened(uow, number, HEAD, YEAR)
        assert owner(uow, number) == HEAD.name


@pytest.mark.parametrize("declined", [True, False])
def test_an_owner_who_had_left_the_team_before_they_were_given_the_task_keeps_it(unit, declined):
    with unit() as uow:
        apply(uow)
        apply(uow, (*without(MEMBER), MOVED_WITHIN), now=at(DONE))
        if declined:
            number = own_task(uow, MEMBER)
            uow.search.index(uow.tasks.get(number))
            decide.decline(uow, ask(HEAD, number), at(NEXT), reason="법정 사무입니다.")
        else:
            number = done(uow, day=NEXT)
        reopened(uow, number, HEAD, HALF)
        assert owner(uow, number) == MEMBER.name
        assert facts(uow, "handed_over") == []


def test_an_owner_who_left_the_team_after_it_was_declined_gives_it_up(unit):
    with unit() as uow:
        apply(uow)
        number = own_task(uow, MEMBER)
        uow.search.index(uow.tasks.get(number))
        decide.decline(uow, ask(HEAD, number), at(QUARTER), reason="법정 사무입니다.")
        apply(uow, (*without(MEMBER), MOVED_WITHIN), now=at(NEXT))
        reopened(uow, number, HEAD, HALF)
        assert owner(uow, number) == LEAD.name


@pytest.mark.parametrize("still", [MEMBER, OTHER_LEAD])
def test_an_owner_who_serves_as_before_goes_on_owning_it(unit, still):
    with unit() as uow:
        apply(uow)
        number = done(uow, owner=still)
        reopened(uow, number, HEAD, QUARTER)
        assert owner(uow, number) == still.name
        assert facts(uow, "handed_over") == []
