"""Reminders from morning to morning: who hears of what, and that nobody hears of it twice."""

from dataclasses import replace
from datetime import date, timedelta

import pytest

from bot.domain.org import Hearing
from bot.domain.reminders import ROWS, Dated
from bot.domain.reminding import Reminding
from bot.domain.task import Milestone, Need, Status, Step
from bot.i18n.texts import Catalogue
from bot.usecases import remind, settle
from bot.usecases.acting import calendar_of, heard_at
from bot.usecases.tell import after_telling, telling
from bot.usecases.telling import NotYet
from bot.views.reminders import reminders
from tests.usecases.mornings import (
    COLLEAGUE,
    COURSE,
    DAY,
    DUE,
    TO_LEAD,
    at,
    due_task,
    morning,
    mornings,
    open_facts,
    task_item,
    told,
    walk,
)
from tests.usecases.small_office import (
    DIRECTOR,
    HEAD,
    LEAD,
    MEMBER,
    OFFICE,
    OTHER_LEAD,
    apply,
    found,
)


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
        morning_told = telling(uow, fact, at(COURSE[0]))
        assert morning_told is not None
        korean, english = (
            str(reminders(Catalogue.load().of(language), morning_told.data))
            for language in ("ko", "en")
        )
        assert "챙기실 기한이 4건 있습니다" in korean
        assert korean.count("7일 남음") == english.count("7 days left") == 3
        assert "최주무 주무관" in korean
        assert "49일 지남" in korean
        assert "49 days late" in english


def test_what_a_message_does_not_show_is_told_the_next_morning(unit):
    with unit() as uow:
        apply(uow)
        early = [due_task(uow, due=DUE - DAY) for _ in range(4)]
        numbers = [due_task(uow) for _ in range(ROWS)]
        walk(uow, at(TO_LEAD))
        (fact,) = open_facts(uow, at(TO_LEAD))
        first_told = telling(uow, fact, at(TO_LEAD))
        assert first_told is not None
        assert first_told.data.more == 4
        heard = mornings(uow, 8, first=TO_LEAD)
        first, rest = ([task_item(n) for n in part] for part in (numbers[:6], numbers[6:]))
        assert heard == {
            TO_LEAD: {LEAD.slack_id: ([], [task_item(n) for n in early] + first)},
            TO_LEAD + DAY: {LEAD.slack_id: ([], rest)},
        }


def test_of_ones_own_dates_the_rest_is_told_the_next_morning_too(unit):
    with unit() as uow:
        apply(uow)
        stages = (Milestone(track=Need.BUDGET, code="request", due=DUE),)
        whole = due_task(uow, milestones=stages)
        numbers = [due_task(uow) for _ in range(ROWS)]
        heard = mornings(uow, 5, first=COURSE[0])
        first = [(whole, Dated.MILESTONE, 0), *map(task_item, numbers[:-1])]
        assert heard == {
            COURSE[0]: {MEMBER.slack_id: (first, [])},
            COURSE[0] + DAY: {MEMBER.slack_id: ([task_item(numbers[-1])], [])},
        }


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
        assert first is not None
        assert second is not None
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
        found_sent = telling(uow, fact, at(COURSE[0]))
        assert found_sent is not None
        next_morning = at(COURSE[1])
        after_telling(uow, fact, found_sent.mark, next_morning, "D1", "1.0")
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
        assert told_now is not None
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
        assert heard_at(calendar, Hearing.WEEKLY, at(date(2026, 8, 18), 8)) == at(date(2026, 8, 18))
        assert heard_at(calendar, Hearing.WEEKLY, at(date(2026, 8, 18), 10)) == at(
            date(2026, 8, 24)
        )
