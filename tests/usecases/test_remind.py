"""Reminders from morning to morning: who hears of what, and that nobody hears of it twice."""

from dataclasses import replace
from datetime import UTC, date, datetime, timedelta

import pytest

from bot.domain.errors import BotError
from bot.domain.facts import Fact
from bot.domain.org import Hearing
from bot.domain.reminders import Dated
from bot.domain.reminding import SNOOZES, Reminding
from bot.domain.results import Surface
from bot.domain.task import Milestone, Need, Status, Step
from bot.i18n.texts import Catalogue
from bot.usecases import decide, people, remind, settle, update
from bot.usecases.acting import Ask, calendar_of, heard_at
from bot.usecases.remind import Later
from bot.usecases.tell import after_telling, telling
from bot.usecases.telling import NotYet
from bot.views.reminders import reminders
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
from tests.usecases.test_tell import due as leased

DUE = date(2026, 7, 15)
DAY = timedelta(days=1)
COURSE = [date(2026, 7, 8), date(2026, 7, 14), date(2026, 7, 20), date(2026, 8, 3),
          date(2026, 8, 18)]  # fmt: skip
"""When the owner hears of `DUE`; the Monday before the last day replaces a holiday."""
TO_LEAD = date(2026, 8, 31)
COLLEAGUE = row(8, "정주무", "주무관", "도로과/계획팀")


def at(day, hour=9, minute=0):
    """That hour of a day at the office."""
    return datetime(day.year, day.month, day.day, hour, minute, tzinfo=UTC) - timedelta(hours=9)


def due_task(uow, owner=MEMBER, **fields):
    return own_task(uow, owner, **{"status": Status.IN_PROGRESS, "due": DUE, **fields})


def walk(uow, now):
    """Put what there is to tell; how many messages that is."""
    put = 0
    while (part := remind.next_part(uow, now)) is not None:
        put += remind.put(uow, part)
    return put


def open_facts(uow, now):
    """The facts of that morning as they are claimed."""
    day = now.astimezone(UTC) + timedelta(hours=9)
    return [
        leased(Fact(kind="reminders", recipient=recipient, dedupe_key="k", payload=payload))
        for recipient, payload in facts(uow, "reminders")
        if payload["day"] == day.date().isoformat()
    ]


def told(uow, now):
    """What is told at that moment, and kept: to whom, of what, and of what as a lead."""
    heard = {}
    for fact in open_facts(uow, now):
        told = telling(uow, fact, now)
        if told is None:
            continue
        after_telling(uow, fact, told.mark, now, "D1", "1.0")
        own, as_lead = ([(i.task, i.kind, i.position) for i in items]
                        for items in (told.data.own, told.data.as_lead))  # fmt: skip
        assert told.to not in heard
        heard[told.to] = (own, as_lead)
    return heard


def morning(uow, day, hour=9):
    walk(uow, at(day, hour))
    return told(uow, at(day, hour))


def mornings(uow, days=75, first=date(2026, 7, 1), skip=()):
    """Every morning on which anything is told, and what."""
    every = (first + n * DAY for n in range(days))
    return {day: heard for day in every if day not in skip and (heard := morning(uow, day))}


def task_item(number):
    return (number, Dated.TASK, 0)


def test_an_owner_hears_on_five_mornings_and_then_the_lead_once(unit):
    with unit() as uow:
        apply(uow)
        item = task_item(due_task(uow))
        heard = mornings(uow)
        assert heard == {day: {MEMBER.slack_id: ([item], [])} for day in COURSE} | {
            TO_LEAD: {LEAD.slack_id: ([], [item])}
        }


def test_weekly_and_only_overdue_are_as_people_choose(unit):
    with unit() as uow:
        apply(uow, (*OFFICE, COLLEAGUE))
        due_task(uow, MEMBER)
        due_task(uow, COLLEAGUE)
        settle.be_reminded(uow, MEMBER.slack_id, Reminding.WEEKLY, at(DUE))
        settle.be_reminded(uow, COLLEAGUE.slack_id, Reminding.OVERDUE, at(DUE))
        heard = mornings(uow, 40)
        weekly = [day for day, who in heard.items() if MEMBER.slack_id in who]
        overdue = [day for day, who in heard.items() if COLLEAGUE.slack_id in who]
        assert weekly == [date(2026, 7, 13), date(2026, 7, 20), date(2026, 8, 3)]
        assert overdue == COURSE[2:4]


def test_milestones_remind_the_tasks_owner_and_steps_their_own(unit):
    with unit() as uow:
        apply(uow, (*OFFICE, COLLEAGUE))
        colleague = found(uow, COLLEAGUE).id
        stages = (
            Milestone(track=Need.BUDGET, code="request", due=DUE, done_on=DUE),
            Milestone(track=Need.BUDGET, code="review", due=DUE),
        )
        plan = (
            Step(text="조사", owner=colleague, due=DUE),
            Step(text="공람", owner=colleague, due=DUE, done_on=DUE),
        )
        far = date(2027, 1, 1)
        number = due_task(uow, due=far, milestones=stages, plan=plan)
        due_task(uow, status=Status.ON_HOLD, plan=plan, milestones=stages)
        due_task(uow, due=None, status=Status.DONE, plan=plan, milestones=stages)
        assert morning(uow, COURSE[0]) == {
            MEMBER.slack_id: ([(number, Dated.MILESTONE, 1)], []),
            COLLEAGUE.slack_id: ([(number, Dated.STEP, 0)], []),
        }


def test_all_of_a_morning_is_one_message_worded_in_both_languages(unit):
    with unit() as uow:
        apply(uow)
        for _ in range(3):
            due_task(uow, LEAD)
        due_task(uow, MEMBER, due=date(2026, 5, 20))
        assert walk(uow, at(COURSE[0])) == 1
        (fact,) = open_facts(uow, at(COURSE[0]))
        data = telling(uow, fact, at(COURSE[0])).data
        korean, english = (
            str(reminders(Catalogue.load().of(language), data)) for language in ("ko", "en")
        )
        assert "챙기실 기한이 4건 있습니다" in korean
        assert korean.count("7일 남음") == english.count("7 days left") == 3
        assert "최주무 주무관" in korean
        assert "49일 지남" in korean
        assert "49 days late" in english


def test_what_is_done_meanwhile_is_not_told(unit):
    with unit() as uow:
        apply(uow)
        task = uow.tasks.get(due_task(uow))
        assert walk(uow, at(COURSE[0])) == 1
        uow.tasks.save(task, replace(task, status=Status.DONE))
        assert told(uow, at(COURSE[0])) == {}


def test_a_bot_that_was_down_tells_the_newest_only_and_once(unit):
    with unit() as uow:
        apply(uow)
        item = task_item(due_task(uow))
        down = {DUE + n * DAY for n in range(-20, 8)}
        heard = mornings(uow, 40, skip=down)
        assert heard == {
            day: {MEMBER.slack_id: ([item], [])} for day in (date(2026, 7, 23), date(2026, 8, 3))
        }


def test_a_changed_date_starts_anew_but_not_for_what_was_reached_when_it_was_set(unit):
    with unit() as uow:
        apply(uow)
        number = due_task(uow)
        assert morning(uow, COURSE[0])
        later = date(2026, 7, 16)
        ask = Ask(who=HEAD.slack_id, surface=Surface.MODAL, task=number)
        update.set_due(uow, ask, at(date(2026, 7, 10), 11), due=later, reason="출장")
        heard = mornings(uow, 10, first=date(2026, 7, 10))
        assert list(heard) == [date(2026, 7, 15)], "its week began before it was set"
        further = date(2026, 7, 31)
        update.set_due(uow, ask, at(date(2026, 7, 19), 11), due=further, reason="출장")
        heard = mornings(uow, 15, first=date(2026, 7, 20))
        assert list(heard) == [date(2026, 7, 24), date(2026, 7, 30), date(2026, 8, 3)]


def test_a_step_moved_up_by_another_that_was_removed_is_not_told_twice(unit):
    with unit() as uow:
        apply(uow)
        member = found(uow, MEMBER).id
        plan = tuple(Step(text="조사", owner=member, due=day)
                     for day in (DUE + 30 * DAY, DUE))  # fmt: skip
        number = due_task(uow, due=None, plan=plan)
        assert morning(uow, COURSE[0])
        ask = Ask(who=MEMBER.slack_id, surface=Surface.MODAL, task=number)
        update.drop_step(uow, ask, at(COURSE[0], 10), index=0)
        assert list(mornings(uow, 10, first=COURSE[0] + DAY)) == COURSE[1:2]


@pytest.mark.parametrize("days", SNOOZES)
def test_what_is_put_off_comes_again_on_the_next_working_day_from_then(unit, days):
    with unit() as uow:
        apply(uow)
        number = due_task(uow, due=date(2026, 7, 23))
        told_on = date(2026, 7, 16)
        assert morning(uow, told_on)
        later = Later(who=MEMBER.slack_id, task=number, kind=Dated.TASK, position=0,
                      due=date(2026, 7, 23), days=days)  # fmt: skip
        again = {1: date(2026, 7, 20), 3: date(2026, 7, 20), 7: date(2026, 7, 23)}[days]
        assert remind.snooze(uow, later, at(told_on, 10)) == again
        heard = mornings(uow, 11, first=told_on + DAY)
        on_its_day = [date(2026, 7, 22)] if days < 7 else []
        assert list(heard) == [again, *on_its_day, date(2026, 7, 27)]


def test_only_ones_own_reminder_that_still_holds_can_be_put_off(unit):
    with unit() as uow:
        apply(uow)
        number = due_task(uow)
        later = Later(who=MEMBER.slack_id, task=number, kind=Dated.TASK, position=0, due=DUE,
                      days=1)  # fmt: skip
        moment = at(COURSE[0], 10)
        with pytest.raises(BotError, match="over"):
            remind.snooze(uow, later, moment)
        morning(uow, COURSE[0])
        for wrong in (
            replace(later, who=LEAD.slack_id),
            replace(later, days=90),
            replace(later, due=DUE + DAY),
            replace(later, kind=Dated.STEP),
            replace(later, task=number + 1),
        ):
            with pytest.raises(BotError, match="over"):
                remind.snooze(uow, wrong, moment)
        task = uow.tasks.get(number)
        uow.tasks.save(task, replace(task, status=Status.DONE))
        with pytest.raises(BotError, match="over"):
            remind.snooze(uow, later, moment)


def test_the_lead_hears_once_of_who_left_and_a_new_owner_anew(unit):
    with unit() as uow:
        apply(uow, (*OFFICE, COLLEAGUE))
        colleague, member = found(uow, COLLEAGUE).id, found(uow, MEMBER).id
        plan = (Step(text="조사", owner=colleague, due=DUE),)
        number = due_task(uow, due=None, plan=plan)
        people.follow_user_change(
            uow, COLLEAGUE.slack_id, deleted=True, email=None, locale=None, now=at(DUE - 10 * DAY)
        )
        item = (number, Dated.STEP, 0)
        assert mornings(uow, 40) == {COURSE[0]: {LEAD.slack_id: ([], [item])}}
        ask = Ask(who=MEMBER.slack_id, surface=Surface.MODAL, task=number)
        step = replace(plan[0], owner=member)
        update.keep_step(uow, ask, at(date(2026, 8, 10), 11), index=0, step=step)
        heard = mornings(uow, 30, first=date(2026, 8, 11))
        assert heard == {
            COURSE[-1]: {MEMBER.slack_id: ([item], [])},
            TO_LEAD: {LEAD.slack_id: ([], [item])},
        }


@pytest.mark.parametrize(
    ("gone", "hearer"),
    [((), LEAD), ((LEAD,), HEAD), ((LEAD, HEAD), DIRECTOR), ((LEAD, HEAD, DIRECTOR), None)],
)
def test_where_there_is_no_lead_who_is_next_above_hears(unit, gone, hearer):
    with unit() as uow:
        apply(uow)
        number = due_task(uow)
        for one in gone:
            uow.posts.set(found(uow, one).id, (), date(2026, 7, 1))
        heard = morning(uow, TO_LEAD)
        item = task_item(number)
        assert heard == ({hearer.slack_id: ([], [item])} if hearer else {})


def test_other_teams_leads_hear_nothing(unit):
    with unit() as uow:
        apply(uow)
        due_task(uow)
        due_task(uow, OTHER_LEAD, place_of=OTHER_LEAD, due=date(2026, 9, 7))
        assert set(morning(uow, TO_LEAD)) == {LEAD.slack_id, OTHER_LEAD.slack_id}


def test_of_two_processes_one_puts_and_each_morning_is_walked_once(unit):
    with unit() as uow:
        apply(uow)
        due_task(uow)
        now = at(COURSE[0])
        first, second = remind.next_part(uow, now), remind.next_part(uow, now)
        assert (remind.put(uow, first), remind.put(uow, second)) == (1, 0)
        assert remind.next_part(uow, now + timedelta(hours=5)) is None
        assert remind.next_part(uow, now - timedelta(hours=1)) is None
        assert walk(uow, now - DAY) == 0
        assert walk(uow, now) == 0, "put before, under the same key"


@pytest.mark.parametrize(
    "moment",
    [at(COURSE[0], 8, 59), at(COURSE[0], 18), at(date(2026, 7, 11), 10), at(date(2026, 7, 17), 10)],
)
def test_nothing_is_put_or_told_while_the_office_is_closed(unit, moment):
    with unit() as uow:
        apply(uow)
        due_task(uow)
        assert remind.next_part(uow, moment) is None
        walk(uow, at(COURSE[0]))
        (fact,) = open_facts(uow, at(COURSE[0]))
        with pytest.raises(NotYet):
            telling(uow, fact, moment)


def test_what_was_found_sent_the_day_before_is_kept_as_of_that_day(unit):
    with unit() as uow:
        apply(uow)
        item = task_item(due_task(uow))
        walk(uow, at(COURSE[0]))
        (fact,) = open_facts(uow, at(COURSE[0]))
        mark = telling(uow, fact, at(COURSE[0])).mark
        next_morning = at(COURSE[1])
        after_telling(uow, fact, mark, next_morning, "D1", "1.0")
        assert morning(uow, COURSE[1]) == {MEMBER.slack_id: ([item], [])}


def test_a_message_that_waited_until_another_morning_leaves_nothing_to_the_next(unit):
    with unit() as uow:
        apply(uow)
        due_task(uow)
        walk(uow, at(COURSE[0]))
        (waited,) = open_facts(uow, at(COURSE[0]))
        now = at(COURSE[0] + DAY)
        assert walk(uow, now) == 1
        told_now = telling(uow, waited, now)
        after_telling(uow, waited, told_now.mark, now, "D1", "1.0")
        assert told(uow, now) == {}


def test_nobody_without_an_account_is_waited_for(unit):
    with unit() as uow:
        apply(uow)
        due_task(uow)
        person = found(uow, MEMBER)
        uow.people.save(replace(person, slack_id=None))
        assert walk(uow, at(COURSE[0])) == 0
        uow.people.save(person)
        assert list(mornings(uow, 3, first=COURSE[0] + DAY)) == [COURSE[0] + DAY]


def test_a_weekly_digest_comes_on_the_first_working_day_of_the_week(unit):
    with unit() as uow:
        calendar = calendar_of(uow)
        saturday_night = at(date(2026, 8, 15), 20)  # Monday replaces that holiday
        assert heard_at(calendar, Hearing.WEEKLY, saturday_night) == at(date(2026, 8, 18))
        assert heard_at(calendar, Hearing.WEEKLY, at(date(2026, 8, 18), 8)) == at(
            date(2026, 8, 18)
        )
        assert heard_at(calendar, Hearing.WEEKLY, at(date(2026, 8, 18), 10)) == at(
            date(2026, 8, 24)
        )


def test_a_confirmed_task_reminds_from_the_first_stage_after_its_confirmation(unit):
    with unit() as uow:
        apply(uow)
        number = own_task(uow, MEMBER)
        uow.search.index(uow.tasks.get(number))
        ask = Ask(who=HEAD.slack_id, surface=Surface.MODAL, task=number)
        decide.confirm(uow, ask, at(date(2026, 7, 9), 11), needs=frozenset({Need.IMMEDIATE}),
                       due=DUE)  # fmt: skip
        assert list(mornings(uow, 12, first=date(2026, 7, 9))) == COURSE[1:3]


def test_everybody_without_a_post_is_left_in_peace(unit):
    with unit() as uow:
        apply(uow)
        due_task(uow)
        apply(uow, without(MEMBER), at(date(2026, 7, 2)))
        assert MEMBER.slack_id not in {who for day in mornings(uow, 80).values() for who in day}
