"""Lead times: when what a task needs can be there."""

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.clock import public_holidays
from bot.domain.calendar import Calendar
from bot.domain.task import Need
from bot.domain.tracks import LeadTimes, final_due

KOREA = Calendar(public_holidays())
LEAD = LeadTimes()
DAYS = st.dates(date(2025, 1, 1), date(2040, 12, 31))
NEEDS = st.sets(st.sampled_from([n for n in Need if n is not Need.IMMEDIATE]), min_size=1)


@pytest.mark.parametrize(
    ("asked", "due"),
    [
        (date(2026, 1, 5), date(2026, 5, 31)),
        (date(2026, 4, 1), date(2026, 5, 31)),  # sixty days before to the day
        (date(2026, 4, 2), date(2026, 9, 30)),
        (date(2026, 8, 1), date(2026, 9, 30)),
        (date(2026, 8, 2), date(2027, 1, 1)),  # too late for autumn, in time for next year
        (date(2026, 8, 31), date(2027, 1, 1)),
        (date(2026, 9, 1), date(2027, 5, 31)),  # next year's was asked for already
        (date(2026, 12, 31), date(2027, 5, 31)),
    ],
)
def test_a_budget_comes_with_the_earliest_that_can_still_carry_it(asked, due):
    assert LEAD.due(Need.BUDGET, asked, KOREA) == due


@pytest.mark.parametrize(
    ("need", "days"),
    [
        (Need.IMMEDIATE, 14),
        (Need.ORDINANCE, 152),  # 150 end on a Saturday
        (Need.GUIDELINE, 61),  # 60 end on a Sunday
        (Need.MINISTRY, 180),
    ],
)
def test_the_other_tracks_take_their_days_and_end_on_a_working_day(need, days):
    begun = date(2026, 7, 1)
    assert LEAD.due(need, begun, KOREA) == begun + timedelta(days=days)


def test_lead_times_are_settings():
    slow = LeadTimes(guideline=90, supplementary=((3, 31),), regular_request=(6, 30))
    assert slow.due(Need.GUIDELINE, date(2026, 7, 1), KOREA) == date(2026, 9, 29)
    assert slow.due(Need.BUDGET, date(2026, 7, 1), KOREA) == date(2027, 3, 31)


@given(NEEDS, DAYS)
def test_milestones_stand_in_order_within_the_time_of_their_tracks(needs, day):
    stages = LEAD.milestones(needs, day, KOREA)
    assert {stage.track for stage in stages} == needs
    assert [stage.due for stage in stages] == sorted(stage.due for stage in stages)
    assert all(day <= stage.due <= final_due(needs, LEAD, day, KOREA) for stage in stages)
    assert stages[-1].due == final_due(needs, LEAD, day, KOREA)


@given(NEEDS, DAYS)
def test_no_milestone_is_due_on_a_day_off_but_the_day_a_budget_begins(needs, day):
    for stage in LEAD.milestones(needs, day, KOREA):
        assert KOREA.is_working(stage.due) or stage.code == "approved"


def test_a_budget_begins_on_new_years_day_though_nobody_works_then():
    approved = LEAD.milestones({Need.BUDGET}, date(2026, 8, 3), KOREA)[-1]
    assert approved.due == date(2027, 1, 1)
    assert not KOREA.is_working(approved.due)


@given(DAYS)
def test_a_stage_that_days_off_carry_on_ends_with_its_track_at_the_latest(day):
    hasty = LeadTimes(supplementary_notice=1)
    stages = hasty.milestones({Need.BUDGET}, day, KOREA)
    assert all(stage.due <= hasty.due(Need.BUDGET, day, KOREA) for stage in stages)


@given(DAYS)
def test_a_budget_is_never_sooner_than_its_notice_unless_it_is_next_years(day):
    due = LEAD.due(Need.BUDGET, day, KOREA)
    assert due >= day + timedelta(days=60) or (due.month, due.day) == (1, 1)


def test_what_is_done_at_once_has_no_milestones():
    assert LEAD.milestones({Need.IMMEDIATE}, date(2026, 7, 1), KOREA) == ()
