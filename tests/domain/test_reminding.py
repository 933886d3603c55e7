"""Reminders of one date: when each leaves, for whom and never twice."""

from datetime import date, timedelta
from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.clock import public_holidays
from bot.domain.calendar import Calendar
from bot.domain.reminding import AHEAD, SNOOZES, Reminding, Stage, days_of, stage_of, to_tell

HOLIDAYS = public_holidays()
KOREA = Calendar(HOLIDAYS)
DAY = timedelta(days=1)
LATE = (Stage.LATE_1, Stage.LATE_2, Stage.LATE_3, Stage.LEAD)
DUES = st.dates(date(2026, 1, 15), date(2031, 12, 31))
CHOICES = st.sampled_from(Reminding)
OFFSETS = st.integers(-10, 70)


class Off:
    """Public holidays, and the office's own days off, counted from one date."""

    def __init__(self, start, offsets):
        self._own = {start + n * DAY for n in offsets}

    def __contains__(self, day):
        return day in self._own or day in HOLIDAYS


CALENDARS = st.sets(OFFSETS, max_size=25)


def mornings(due, calendar, *, choice=Reminding.DAILY, down=(), snoozes=None, since=None):
    """What is told on each morning around `due`, as (day, stage), by a bot that is down at times.

    `snoozes` says for how long the person puts off what was told on a day.
    """
    told, snoozed, found = None, None, []
    for n in range(-12, 90):
        day = due + n * DAY
        if n in down:
            continue
        stage = to_tell(due, day, calendar, choice=choice, told=told, snoozed=snoozed, since=since)
        if stage is None:
            continue
        told, snoozed = stage, None
        found.append((day, stage))
        if snoozes and n in snoozes and stage is not Stage.LEAD:
            snoozed = day + snoozes[n] * DAY
    return found


def test_an_owner_hears_twice_before_and_every_second_monday_after_then_the_lead_does():
    due = date(2026, 7, 15)  # a Wednesday
    assert mornings(due, KOREA) == [
        (date(2026, 7, 8), Stage.WEEK),
        (date(2026, 7, 14), Stage.DAY),
        (date(2026, 7, 20), Stage.LATE_1),
        (date(2026, 8, 3), Stage.LATE_2),
        (date(2026, 8, 18), Stage.LATE_3),  # Monday is a substitute holiday
        (date(2026, 8, 31), Stage.LEAD),
    ]


def test_what_is_due_on_a_monday_is_first_late_a_week_later():
    assert days_of(date(2026, 7, 13), KOREA)[Stage.LATE_1] == date(2026, 7, 20)


def test_the_day_before_a_monday_is_that_monday():
    assert days_of(date(2026, 7, 13), KOREA)[Stage.DAY] == date(2026, 7, 13)


def test_a_day_before_carried_past_the_date_is_the_first_overdue_reminder():
    sunday = date(2026, 7, 12)
    assert mornings(sunday, KOREA)[:2] == [
        (date(2026, 7, 6), Stage.WEEK),
        (date(2026, 7, 13), Stage.LATE_1),
    ]
    chuseok = date(2028, 10, 3)
    assert mornings(chuseok, KOREA)[:3] == [
        (date(2028, 9, 26), Stage.WEEK),
        (date(2028, 10, 6), Stage.LATE_1),
        (date(2028, 10, 23), Stage.LATE_2),
    ]


def test_reminders_that_days_off_carry_to_one_day_are_one():
    due = date(2026, 7, 15)
    closed = Calendar(Off(due, range(-7, -1)))
    assert mornings(due, closed)[0] == (date(2026, 7, 14), Stage.DAY)


@pytest.mark.parametrize(
    ("today", "stage"),
    [
        (date(2026, 7, 7), None),
        (date(2026, 7, 8), Stage.WEEK),
        (date(2026, 7, 13), Stage.WEEK),
        (date(2026, 7, 15), Stage.DAY),
        (date(2026, 8, 2), Stage.LATE_1),
        (date(2027, 8, 2), Stage.LEAD),
    ],
)
def test_the_newest_stage_counts_whatever_was_missed(today, stage):
    assert stage_of(date(2026, 7, 15), today, KOREA) is stage


def test_whoever_sets_a_date_is_not_reminded_of_it_the_same_day():
    due = date(2026, 7, 15)
    assert stage_of(due, date(2026, 7, 10), KOREA, since=date(2026, 7, 10)) is None
    assert mornings(due, KOREA, since=date(2026, 7, 8))[0] == (date(2026, 7, 14), Stage.DAY)
    assert mornings(due, KOREA, since=date(2026, 7, 7))[0] == (date(2026, 7, 8), Stage.WEEK)


def test_weekly_is_told_with_the_first_working_day_of_the_week():
    assert mornings(date(2026, 8, 20), KOREA, choice=Reminding.WEEKLY) == [
        (date(2026, 8, 18), Stage.WEEK),  # reached on Thursday; Monday is a substitute holiday
        (date(2026, 8, 24), Stage.LATE_1),
        (date(2026, 9, 7), Stage.LATE_2),
        (date(2026, 9, 21), Stage.LATE_3),
        (date(2026, 10, 6), Stage.LEAD),  # Monday replaces the Saturday of the Foundation
    ]


def test_weekly_hears_on_tuesday_what_a_bot_that_was_down_missed_on_monday():
    due = date(2026, 7, 15)
    assert to_tell(due, date(2026, 7, 14), KOREA, choice=Reminding.WEEKLY) is Stage.WEEK


def test_only_overdue_is_not_told_before():
    found = mornings(date(2026, 7, 15), KOREA, choice=Reminding.OVERDUE)
    assert tuple(stage for _, stage in found) == LATE


@pytest.mark.parametrize("days", SNOOZES)
def test_what_was_put_off_is_told_again_on_the_next_working_day_from_then(days):
    due, told = date(2026, 7, 23), date(2026, 7, 16)  # Constitution Day and a weekend follow
    found = mornings(due, KOREA, snoozes={(told - due).days: days})
    again = {1: date(2026, 7, 20), 3: date(2026, 7, 20), 7: date(2026, 7, 23)}[days]
    assert found[:2] == [(told, Stage.WEEK), (again, stage_of(due, again, KOREA))]


def test_a_stage_reached_while_it_was_put_off_is_told_at_its_end_and_once():
    due = date(2026, 7, 15)
    found = mornings(due, KOREA, snoozes={-7: 7})
    assert found[:3] == [
        (date(2026, 7, 8), Stage.WEEK),
        (date(2026, 7, 15), Stage.DAY),
        (date(2026, 7, 20), Stage.LATE_1),
    ]


def test_what_went_over_to_the_lead_is_not_told_again_after_it_was_put_off():
    late = date(2026, 9, 30)
    told = to_tell(date(2026, 7, 15), late, KOREA, told=Stage.LEAD, snoozed=date(2026, 9, 1))
    assert told is None


def test_an_explicit_later_counts_more_than_the_choice():
    due, wednesday = date(2026, 7, 24), date(2026, 7, 22)
    for choice in Reminding:
        told = to_tell(due, wednesday, KOREA, choice=choice, told=Stage.WEEK, snoozed=wednesday)
        assert told is Stage.WEEK


def test_stages_keep_their_names():
    assert [*Stage] == ["week", "day", "late_1", "late_2", "late_3", "lead"]


@given(DUES, CALENDARS)
def test_stages_are_reached_in_order_on_working_days_within_their_time(due, off):
    calendar = Calendar(Off(due, off))
    days = days_of(due, calendar)
    assert list(days) == list(Stage)
    assert list(days.values()) == sorted(days.values())
    assert all(calendar.is_working(day) for day in days.values())
    assert days[Stage.WEEK] >= due - AHEAD
    assert all(days[stage] > due for stage in LATE)


@given(DUES, CALENDARS, CHOICES, st.sets(st.integers(-12, 89)))
def test_nothing_is_told_twice_out_of_order_or_on_a_day_off_however_long_the_bot_was_down(
    due, off, choice, down
):
    calendar = Calendar(Off(due, off))
    found = mornings(due, calendar, choice=choice, down=down)
    stages = [stage for _, stage in found]
    assert all(later.comes_after(earlier) for earlier, later in pairwise(stages))
    for day, stage in found:
        assert calendar.is_working(day)
        assert day >= days_of(due, calendar)[stage]
        assert stage in LATE or choice is not Reminding.OVERDUE
        assert day > due or stage not in LATE


@given(DUES, CALENDARS, CHOICES)
def test_a_bot_that_is_up_tells_all_overdue_ones_and_no_early_one_too_late(due, off, choice):
    calendar = Calendar(Off(due, off))
    found = mornings(due, calendar, choice=choice)
    days = days_of(due, calendar)
    for day, stage in found:
        if stage not in LATE:
            assert day <= due
        if choice is Reminding.WEEKLY:
            assert day == calendar.week_opens(day)
        else:
            assert day == days[stage]
    assert found[-1][1] is Stage.LEAD
    shared = {stage for stage in LATE if list(days.values()).count(days[stage]) > 1}
    if choice is not Reminding.WEEKLY:
        assert {*LATE} - shared <= {stage for _, stage in found}


SLEEPS = st.dictionaries(st.integers(-12, 89), st.sampled_from(SNOOZES), max_size=12)


@given(DUES, CALENDARS, CHOICES, SLEEPS, st.sets(st.integers(-12, 89), max_size=30))
def test_putting_off_keeps_quiet_until_its_day_and_repeats_nothing_else(
    due, off, choice, snoozes, down
):
    calendar = Calendar(Off(due, off))
    found = mornings(due, calendar, choice=choice, snoozes=snoozes, down=down)
    keys, until = set(), None
    for day, stage in found:
        assert calendar.is_working(day)
        assert until is None or day >= until
        assert (stage, until) not in keys
        keys.add((stage, until))
        put_off = snoozes.get((day - due).days) if stage is not Stage.LEAD else None
        until = day + put_off * DAY if put_off else None
    assert sum(stage is Stage.LEAD for _, stage in found) <= 1
    assert all(not earlier.comes_after(later) for (_, earlier), (_, later) in pairwise(found))
