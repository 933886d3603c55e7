"""Working days and office hours in Korea."""

from datetime import UTC, date, datetime, time

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.clock import public_holidays
from bot.domain.calendar import Calendar, at, local, today

KOREA = Calendar(public_holidays())
MOMENTS = st.datetimes(
    datetime(2026, 1, 1), datetime(2030, 12, 31), timezones=st.just(UTC)  # noqa: DTZ001
)  # fmt: skip


@pytest.mark.parametrize(
    ("day", "works"),
    [
        (date(2027, 1, 1), date(2027, 1, 4)),  # New Year on a Friday
        (date(2028, 10, 1), date(2028, 10, 6)),  # Sunday, Chuseok, and the day of its foundation
        (date(2026, 7, 4), date(2026, 7, 6)),
        (date(2026, 7, 1), date(2026, 7, 1)),
        (date(2026, 3, 1), date(2026, 3, 3)),  # on a Sunday: its substitute is Monday
    ],
)
def test_the_first_working_day_passes_over_weekends_and_holidays(day, works):
    assert KOREA.working_from(day) == works


def test_the_offices_own_days_off_count_too():
    assert Calendar({date(2026, 7, 1)}).working_from(date(2026, 7, 1)) == date(2026, 7, 2)


@given(st.dates(date(2026, 1, 1), date(2030, 1, 1)), st.integers(0, 15))
def test_so_many_working_days_on_and_back_again(day, count):
    day = KOREA.working_from(day)
    assert KOREA.before(KOREA.after(day, count), count) == day


@pytest.mark.parametrize(
    ("day", "opening"),
    [
        (date(2026, 7, 6), date(2026, 7, 6)),  # a Monday
        (date(2026, 7, 7), date(2026, 7, 13)),
        (date(2026, 8, 17), date(2026, 8, 18)),  # Liberation Day's substitute
        (date(2026, 8, 18), date(2026, 8, 18)),
        (date(2026, 8, 19), date(2026, 8, 24)),
        (date(2028, 10, 1), date(2028, 10, 6)),  # the Sunday before a week of Chuseok
    ],
)
def test_a_week_opens_on_monday_or_on_the_first_working_day_after_it(day, opening):
    assert KOREA.week_opens(day) == opening


@given(st.dates(date(2026, 1, 1), date(2030, 1, 1)))
def test_a_week_opens_on_a_working_day_with_no_other_of_its_week_before(day):
    opening = KOREA.week_opens(day)
    assert opening >= day
    assert KOREA.is_working(opening)
    assert KOREA.before(opening, 1).isocalendar()[:2] != opening.isocalendar()[:2]


@pytest.mark.parametrize(
    ("here", "then"),
    [
        ("2026-07-01 09:00", "2026-07-01 09:00"),
        ("2026-07-01 17:59", "2026-07-01 17:59"),
        ("2026-07-01 18:00", "2026-07-02 09:00"),
        ("2026-07-01 08:59", "2026-07-01 09:00"),
        ("2026-07-03 20:00", "2026-07-06 09:00"),
        ("2026-12-31 19:00", "2027-01-04 09:00"),
    ],
)
def test_nothing_leaves_outside_nine_to_six_of_a_working_day(here, then):
    found = KOREA.office_moment(datetime.fromisoformat(f"{here}+09:00"))
    assert found == datetime.fromisoformat(f"{then}+09:00")


@given(MOMENTS)
def test_an_office_moment_is_within_the_hours_and_never_before(now):
    found = KOREA.office_moment(now)
    assert found >= now
    assert KOREA.is_working(local(found).date())
    assert time(9) <= local(found).time() < time(18)
    assert KOREA.office_moment(found) == found


@given(MOMENTS)
def test_the_next_morning_is_nine_and_still_to_come(now):
    found = KOREA.next_morning(now)
    assert found > now
    assert found == at(local(found).date())
    assert KOREA.is_working(local(found).date())


def test_the_offices_day_is_seouls():
    assert today(datetime(2026, 6, 30, 15, 0, tzinfo=UTC)) == date(2026, 7, 1)
