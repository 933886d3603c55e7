"""A review's own rules: when the next one opens, what one tap moves, and that it ends once."""

from datetime import UTC, date, datetime, timedelta
from typing import Any

import pytest

from bot.clock import public_holidays
from bot.domain.calendar import Calendar, at
from bot.domain.errors import BotError
from bot.domain.periods import Cadence, Rhythm
from bot.domain.review import (
    Figures,
    Kind,
    Review,
    Seen,
    digest,
    extended,
    late_kinds,
    next_opening,
)
from bot.domain.task import Status
from tests.domain import make

CALENDAR = Calendar(public_holidays())
IMPORTED = date(2026, 7, 1)
NOW = datetime(2026, 10, 1, 0, 0, tzinfo=UTC)
DAY = date(2026, 10, 1)
UNTIL = date(2026, 10, 15)
BEFORE = DAY - timedelta(days=1)


def review(**fields) -> Review:
    given: dict[str, Any] = {
        "id": 1, "bureau": 1, "boundary": DAY, "starts_on": IMPORTED, "ends_on": BEFORE,
        "opened_at": NOW, "opened_on": DAY, "looked_on": DAY, "figures": Figures(),
    }  # fmt: skip
    return Review(**given | fields)


def late(**fields):
    """A task of yesterday."""
    return make.task(**{"status": Status.IN_PROGRESS, "due": BEFORE, **fields})


def test_the_next_opening_is_nine_on_the_first_working_day_after_the_import():
    rhythm = Rhythm(imported_on=IMPORTED)
    moment = datetime(2026, 7, 1, 5, 0, tzinfo=UTC)
    assert next_opening(rhythm, moment, CALENDAR) == (DAY, at(DAY))


def test_what_is_due_already_opens_at_a_moment_gone_by():
    rhythm = Rhythm(imported_on=IMPORTED)
    assert next_opening(rhythm, NOW + timedelta(days=3), CALENDAR) == (DAY, at(DAY))


def test_a_boundary_on_a_holiday_opens_on_the_working_day_after_it():
    rhythm = Rhythm(imported_on=IMPORTED, last=DAY)
    new_year = date(2027, 1, 1)
    holiday = at(new_year)
    assert next_opening(rhythm, holiday, CALENDAR) == (new_year, at(date(2027, 1, 4)))


def test_half_years_pass_over_the_quarters_between():
    rhythm = Rhythm(imported_on=IMPORTED, cadence=Cadence.HALF_YEARLY)
    assert next_opening(rhythm, NOW, CALENDAR)[0] == date(2027, 1, 1)


def test_a_boundary_gone_by_still_opens_after_its_cadence_was_changed():
    gone_by = date(2027, 10, 1)
    rhythm = Rhythm(imported_on=IMPORTED, last=date(2027, 7, 1))
    night = at(gone_by) - timedelta(hours=1)
    changed = rhythm.changed(Cadence.HALF_YEARLY, gone_by)
    assert next_opening(changed, night, CALENDAR) == (gone_by, at(gone_by))
    in_time = rhythm.changed(Cadence.HALF_YEARLY, gone_by - timedelta(days=1))
    assert next_opening(in_time, night, CALENDAR)[0] == date(2028, 1, 1)


def test_what_is_open_has_the_same_digest_in_any_order_and_another_when_any_of_it_changes():
    late_, ownerless = (Kind.OVERDUE, Kind.BLOCKED), (Kind.OWNERLESS,)
    named = digest({1: late_, 2: ownerless}, [7, 8])
    assert digest({2: ownerless, 1: (Kind.BLOCKED, Kind.OVERDUE)}, [8, 7]) == named
    others = [
        digest({1: late_}, [7, 8]),
        digest({1: late_, 2: late_}, [7, 8]),
        digest({1: late_, 2: ownerless}, [7]),
        digest({}, []),
    ]
    assert len({named, *others}) == 5


def test_an_overdue_task_is_due_two_weeks_from_today():
    assert extended(late(), NOW, CALENDAR).due == UNTIL


def test_the_new_date_is_a_working_day():
    friday = datetime(2026, 9, 11, 3, 0, tzinfo=UTC)
    moved = extended(late(due=date(2026, 9, 10)), friday, CALENDAR)
    assert moved.due == date(2026, 9, 28), "two weeks on lie in Chuseok"


def test_stages_that_follow_an_overdue_one_do_not_come_before_it():
    stages = (
        make.milestone("draft", BEFORE),
        make.milestone("consultation", DAY + timedelta(days=5)),
        make.milestone("issue", DAY + timedelta(days=40)),
    )
    task = late(due=DAY + timedelta(days=40), milestones=stages)
    assert late_kinds(task, DAY) == (Kind.BLOCKED,)
    moved = extended(task, NOW, CALENDAR)
    assert [stage.due for stage in moved.milestones] == [UNTIL, UNTIL, stages[2].due]
    assert moved.due == stages[2].due


def test_what_was_done_in_time_is_not_moved():
    done = make.milestone("draft", BEFORE, done_on=BEFORE)
    task = late(milestones=(done, make.milestone("issue", BEFORE)))
    moved = extended(task, NOW, CALENDAR)
    assert moved.milestones[0] == done
    assert moved.due == moved.milestones[1].due == UNTIL


def test_a_hold_whose_date_has_come_goes_on():
    task = late(status=Status.ON_HOLD, hold_until=DAY)
    assert late_kinds(task, DAY) == (Kind.BLOCKED,)
    assert extended(task, NOW, CALENDAR).hold_until == UNTIL


@pytest.mark.parametrize(
    "task",
    [
        late(due=DAY),
        late(due=None),
        late(status=Status.DONE),
        late(status=Status.ON_HOLD, hold_until=DAY + timedelta(days=1)),
    ],
    ids=["due today", "without a date", "done", "on hold"],
)
def test_a_date_that_has_not_passed_is_not_moved(task):
    with pytest.raises(BotError, match="error-review-not-late"):
        extended(task, NOW, CALENDAR)


def test_a_review_is_signed_off_once():
    seen = Seen()
    signed = review().signed(7, seen, NOW)
    assert (signed.signed_by, signed.signed_at, signed.seen) == (7, NOW, seen)
    assert not signed.is_open
    with pytest.raises(BotError, match="error-review-signed"):
        signed.signed(8, seen, NOW)


def test_a_superseded_review_is_not_signed_off():
    ended = review(superseded_at=NOW)
    with pytest.raises(BotError, match="error-review-superseded"):
        ended.signed(7, Seen(), NOW)


def test_figures_count_what_still_stands():
    counts = {"done": 2, "declined": 5, "in_progress": 1}
    assert Figures(by_status=counts).tasks == 3
