"""Quarters, half-years and the boundaries at which a bureau is reviewed."""

from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from itertools import pairwise

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from bot.clock import public_holidays
from bot.domain.calendar import Calendar, at
from bot.domain.periods import (
    Cadence,
    Period,
    Rhythm,
    ask_of,
    hq_hears_of,
    latest_boundary,
    next_boundary,
    opens_at,
    period_ending_before,
    period_of,
    previewed_at,
)  # fmt: skip

KOREA = Calendar(public_holidays())
Q, H = Cadence.QUARTERLY, Cadence.HALF_YEARLY
IMPORTED = date(2026, 8, 10)
DAY = timedelta(days=1)
DAYS = st.dates(date(2026, 1, 1), date(2032, 12, 31))
CADENCES = st.sampled_from(Cadence)


def nine(text):
    return datetime.fromisoformat(f"{text} 09:00+09:00")


def rhythm(**fields):
    return Rhythm(**{"imported_on": IMPORTED} | fields)


@pytest.mark.parametrize(
    ("day", "cadence", "latest", "following"),
    [
        (date(2026, 8, 10), Q, date(2026, 7, 1), date(2026, 10, 1)),
        (date(2026, 10, 1), Q, date(2026, 10, 1), date(2027, 1, 1)),
        (date(2026, 12, 31), Q, date(2026, 10, 1), date(2027, 1, 1)),
        (date(2026, 12, 31), H, date(2026, 7, 1), date(2027, 1, 1)),
        (date(2027, 6, 30), H, date(2027, 1, 1), date(2027, 7, 1)),
    ],
)
def test_boundaries_are_the_first_days_of_quarters_and_half_years(day, cadence, latest, following):
    assert latest_boundary(day, cadence) == latest
    assert next_boundary(day, cadence) == following


@given(DAYS, CADENCES)
def test_every_day_lies_in_one_period_between_two_boundaries(day, cadence):
    period = period_of(day, cadence)
    assert period.starts_on <= day <= period.ends_on
    assert (period.cadence, period.boundary) == (cadence, next_boundary(day, cadence))
    before = period_ending_before(day, cadence)
    assert (before.boundary, before.cadence) == (period.starts_on, cadence)


@pytest.mark.parametrize(
    ("period", "cadence", "year", "number"),
    [
        (Period(date(2026, 1, 1), date(2026, 3, 31)), Q, 2026, 1),
        (Period(date(2026, 10, 1), date(2026, 12, 31)), Q, 2026, 4),
        (Period(date(2026, 1, 1), date(2026, 6, 30)), H, 2026, 1),
        (Period(date(2026, 7, 1), date(2026, 12, 31)), H, 2026, 2),
        (Period(date(2026, 4, 1), date(2026, 9, 30)), None, 2026, None),  # six months, no half
        (Period(date(2026, 1, 1), date(2027, 12, 31)), None, 2027, None),
    ],
)
def test_quarters_and_halves_have_numbers_and_other_spans_have_none(period, cadence, year, number):
    assert (period.cadence, period.year, period.number) == (cadence, year, number)


@pytest.mark.parametrize(
    ("boundary", "preview", "opening"),
    [
        (date(2026, 10, 1), "2026-09-29", "2026-10-01"),
        (date(2027, 1, 1), "2026-12-30", "2027-01-04"),
        (date(2028, 10, 1), "2028-09-28", "2028-10-06"),
    ],
)
def test_a_review_opens_on_the_first_working_morning_and_is_seen_two_before(
    boundary, preview, opening
):
    assert opens_at(boundary, KOREA) == nine(opening)
    assert previewed_at(boundary, KOREA) == nine(preview)


def test_the_director_is_asked_again_after_three_and_seven_working_days_and_then_hq_hears():
    opened = date(2026, 9, 21)  # three days of Chuseok follow
    asks = {"2026-09-21": 1, "2026-09-23": 1, "2026-09-28": 2, "2026-10-01": 2, "2026-10-02": 3}
    for day, ask in asks.items():
        assert ask_of(opened, nine(day), KOREA) == ask
    assert ask_of(opened, nine("2026-09-28") - timedelta(seconds=1), KOREA) == 1
    assert hq_hears_of(nine("2026-10-08") - timedelta(seconds=1), KOREA) < opened
    assert hq_hears_of(nine("2026-10-08"), KOREA) == opened
    assert hq_hears_of(nine("2026-10-10"), KOREA) == opened, "a Saturday, and the 9th is a holiday"


def test_a_review_is_due_from_nine_of_its_first_working_day_until_it_was_opened():
    opening = nine("2027-01-04")
    bureau = rhythm(last=date(2026, 10, 1))
    assert bureau.due(opening - timedelta(seconds=1), KOREA) is None
    assert bureau.due(opening, KOREA) == date(2027, 1, 1)
    assert bureau.due(opening.astimezone(UTC), KOREA) == date(2027, 1, 1)
    assert replace(bureau, last=date(2027, 1, 1)).due(opening, KOREA) is None


def test_the_first_review_comes_with_the_first_boundary_after_the_import():
    assert rhythm().due(nine("2026-09-30"), KOREA) is None
    assert rhythm().due(nine("2026-10-01"), KOREA) == date(2026, 10, 1)
    assert rhythm(imported_on=date(2026, 10, 1)).due(nine("2026-12-31"), KOREA) is None
    late = rhythm(imported_on=date(2026, 12, 31))
    assert late.due(nine("2027-01-04"), KOREA) == date(2027, 1, 1)


def test_after_several_periods_down_only_the_newest_review_opens_and_covers_them_all():
    bureau = rhythm(last=date(2026, 10, 1))
    assert bureau.due(nine("2027-11-08"), KOREA) == date(2027, 10, 1)
    assert bureau.covers(date(2027, 10, 1)) == Period(date(2026, 10, 1), date(2027, 9, 30))
    first = rhythm().covers(date(2027, 4, 1))
    assert first == Period(date(2026, 7, 1), date(2027, 3, 31))


def test_until_the_holidays_at_a_boundary_are_over_the_one_before_is_not_due_either():
    bureau = rhythm(last=date(2028, 4, 1))
    assert bureau.due(nine("2028-10-04"), KOREA) is None
    assert bureau.due(nine("2028-10-06"), KOREA) == date(2028, 10, 1)


def test_a_bureau_that_changes_to_quarters_is_next_reviewed_for_what_was_not_covered():
    bureau = rhythm(last=date(2027, 7, 1), changed_on=date(2027, 8, 20))
    assert bureau.due(nine("2027-10-01"), KOREA) == date(2027, 10, 1)
    assert bureau.covers(date(2027, 10, 1)) == Period(date(2027, 7, 1), date(2027, 9, 30))


def test_a_change_to_quarters_opens_no_review_of_a_boundary_gone_by():
    bureau = rhythm(last=date(2027, 7, 1), changed_on=date(2027, 10, 20))
    assert bureau.due(nine("2027-10-20"), KOREA) is None
    assert bureau.due(nine("2028-01-03"), KOREA) == date(2028, 1, 1)
    assert bureau.covers(date(2028, 1, 1)) == Period(date(2027, 7, 1), date(2027, 12, 31))


def test_a_change_to_quarters_does_not_lose_the_half_year_that_is_due():
    bureau = rhythm(last=date(2027, 1, 1), changed_on=date(2027, 7, 5))
    assert bureau.due(nine("2027-07-05"), KOREA) == date(2027, 7, 1)


def test_a_bureau_that_changes_to_half_years_is_next_reviewed_for_what_was_not_covered():
    bureau = rhythm(cadence=H, last=date(2027, 10, 1), changed_on=date(2027, 11, 2))
    assert bureau.due(nine("2027-12-31"), KOREA) is None
    assert bureau.due(nine("2028-01-03"), KOREA) == date(2028, 1, 1)
    assert bureau.covers(date(2028, 1, 1)) == Period(date(2027, 10, 1), date(2027, 12, 31))


def test_a_preview_is_due_from_its_morning_until_the_review_opens():
    bureau = rhythm(last=date(2026, 10, 1))
    begins, opens = nine("2026-12-30"), nine("2027-01-04")
    assert bureau.preview_due(begins - timedelta(seconds=1), KOREA) is None
    for now in (begins, nine("2027-01-01"), opens - timedelta(seconds=1)):
        assert bureau.preview_due(now, KOREA) == date(2027, 1, 1)
    assert bureau.preview_due(opens, KOREA) is None
    new = rhythm(imported_on=date(2027, 1, 1))
    assert new.preview_due(nine("2027-01-02"), KOREA) is None


def test_a_change_there_and_back_before_the_review_opens_loses_none():
    """The boundary of 2028-10-01 opens on the 6th: the days between are holidays."""
    bureau = rhythm(last=date(2028, 7, 1))
    there = bureau.changed(H, date(2028, 10, 2))
    for changed in (there, there.changed(Q, date(2028, 10, 4))):
        assert changed.due(nine("2028-10-06"), KOREA) == date(2028, 10, 1)
        assert changed.preview_due(nine("2028-10-04"), KOREA) == date(2028, 10, 1)
    half_yearly = rhythm(cadence=H, last=date(2028, 7, 1))
    back = half_yearly.changed(Q, date(2028, 10, 2)).changed(H, date(2028, 10, 4))
    assert back.due(nine("2028-10-06"), KOREA) is None
    assert back.due(nine("2029-01-02"), KOREA) == date(2029, 1, 1)


CHANGES = st.dictionaries(st.integers(0, 1100), CADENCES, max_size=8)
DOWNTIMES = st.lists(st.tuples(st.integers(0, 1100), st.integers(1, 300)), max_size=4)


def three_years(bureau, changes, downtimes):
    """The reviews that open when the bot is asked each morning, with the day each opened."""
    down = {start + n for start, length in downtimes for n in range(length)}
    opened = []
    for n in range(1100):
        day = bureau.imported_on + n * DAY
        if n in changes and changes[n] is not bureau.cadence:
            bureau = bureau.changed(changes[n], day)
        if n in down or not KOREA.is_working(day):
            continue
        for now in (at(day) - timedelta(seconds=1), at(day)):
            boundary = bureau.due(now, KOREA)
            if boundary is not None:
                opened.append((now, boundary, bureau.covers(boundary)))
                bureau = replace(bureau, last=boundary)
                assert bureau.due(now, KOREA) is None
    return bureau, opened


@given(DAYS, CADENCES, CHANGES, DOWNTIMES)
def test_whatever_changes_no_day_is_covered_twice_and_none_is_left_out(
    imported, cadence, changes, downtimes
):
    bureau, opened = three_years(Rhythm(imported_on=imported, cadence=cadence), changes, downtimes)
    boundaries = [boundary for _, boundary, _ in opened]
    assert boundaries == sorted(set(boundaries))
    assert all(boundary > imported for boundary in boundaries)
    covered = [period for *_, period in opened]
    if covered:
        assert covered[0].starts_on <= imported
    for earlier, later in pairwise(covered):
        assert later.starts_on == earlier.boundary
    for _, boundary, period in opened:
        assert period.starts_on < period.boundary == boundary
    # What lies open at the end is what the next review covers.
    then = KOREA.office_moment(at(imported + 1500 * DAY))
    following = bureau.due(then, KOREA)
    assert following is not None
    assert bureau.covers(following).starts_on == (
        boundaries[-1] if boundaries else latest_boundary(imported, bureau.cadence)
    )


@given(DAYS, CADENCES, CHANGES)
@example(
    date(2026, 8, 10),
    Cadence.HALF_YEARLY,
    {234: Cadence.QUARTERLY, 325: Cadence.HALF_YEARLY},
)
def test_without_downtime_every_review_opens_at_nine_of_its_own_first_working_day(
    imported, cadence, changes
):
    _, opened = three_years(Rhythm(imported_on=imported, cadence=cadence), changes, [])
    for now, boundary, period in opened:
        assert now == opens_at(boundary, KOREA)
        assert period.ends_on - period.starts_on < timedelta(days=366)


NEAR = st.builds(
    lambda quarter, days: quarter * 91 + days, st.integers(0, 11), st.integers(-12, 12)
)
"""Days of three years, most of them near a boundary when counted from the beginning of a year."""


@given(CADENCES, st.lists(st.tuples(NEAR, CADENCES), max_size=24), DOWNTIMES)
def test_the_cadence_in_force_at_a_boundary_decides_whatever_is_changed_around_it(
    cadence, changes, downtimes
):
    imported = date(2026, 12, 31)
    bureau = Rhythm(imported_on=imported, cadence=cadence)
    down = {start + n for start, length in downtimes for n in range(length)}
    counted: list[date] = []
    for n in range(1100):
        day = imported + n * DAY
        if n and day == latest_boundary(day, bureau.cadence):
            counted.append(day)
        for _, wanted in sorted(c for c in changes if c[0] == n):
            bureau = bureau.changed(wanted, day)
        if n in down or not KOREA.is_working(day):
            continue
        passed = [boundary for boundary in counted if opens_at(boundary, KOREA) <= at(day)]
        assert bureau.due(at(day), KOREA) == (passed[-1] if passed else None)
        if passed:
            assert bureau.covers(passed[-1]).boundary == passed[-1]
            bureau = replace(bureau, last=passed[-1])
            counted = [boundary for boundary in counted if boundary > passed[-1]]


@given(DAYS, CADENCES)
def test_a_steady_bureau_is_reviewed_once_a_period_for_that_period(imported, cadence):
    _, opened = three_years(Rhythm(imported_on=imported, cadence=cadence), {}, [])
    assert len(opened) >= 1100 // (31 * cadence.months) - 1
    assert all(period.cadence is cadence for *_, period in opened)


@given(DAYS, CADENCES, st.data())
def test_each_review_is_previewed_on_two_working_days_and_never_while_it_is_due(
    imported, cadence, data
):
    bureau = Rhythm(imported_on=imported, cadence=cadence)
    boundary = next_boundary(imported, cadence)
    start = previewed_at(boundary, KOREA)
    hours = data.draw(st.integers(0, 24 * 400))
    now = start - timedelta(hours=24) + timedelta(hours=hours)
    found, due = bureau.preview_due(now, KOREA), bureau.due(now, KOREA)
    assert found is None or found != due
    if start <= now < opens_at(boundary, KOREA):
        assert found == boundary
