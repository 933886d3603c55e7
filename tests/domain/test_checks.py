"""What is asked about completed work, and when."""

from datetime import UTC, date, datetime

import pytest

from bot.domain.checks import (
    Check,
    as_planned,
    checked,
    may_verify_on,
    months_after,
    planned_checks,
)
from bot.domain.errors import BotError
from bot.domain.task import Saving, Status, Type
from tests.domain import make

EVENING = datetime(2026, 11, 29, 16, 0, tzinfo=UTC)
"""01:00 of 30 November at the office."""


def done(**fields):
    return make.task(status=Status.DONE, done_at=EVENING, **fields)


def test_a_quarter_on_and_after_half_a_year_and_a_year_by_the_offices_date():
    assert planned_checks(done()) == {
        Check.SAVED: date(2027, 2, 28),
        Check.STAYS_6: date(2027, 5, 30),
        Check.STAYS_12: date(2027, 11, 30),
    }
    assert may_verify_on(done()) == date(2027, 2, 28)


@pytest.mark.parametrize("kind", list(Type))
def test_only_what_is_improved_goes_on_and_cannot_come_back(kind):
    wanted = {Check.SAVED} if kind is Type.IMPROVE else set(Check)
    assert set(planned_checks(done(content={"type": kind}))) == wanted


def test_nothing_is_asked_of_what_is_not_done():
    assert planned_checks(make.task(status=Status.IN_PROGRESS)) == {}
    assert may_verify_on(make.task()) is None


def test_the_day_of_a_longer_month_is_the_last_one_of_a_shorter():
    assert months_after(date(2027, 11, 30), 3) == date(2028, 2, 29)
    assert months_after(date(2026, 12, 1), 12) == date(2027, 12, 1)


def test_as_planned_is_the_newest_word_on_each_figure():
    effect = {"per_year": 12, "minutes": 60, "people": 2, "budget": 900}
    assert as_planned(done(content=effect)) == Saving(hours=24, budget=900)
    reported = Saving(hours=20)
    assert as_planned(done(content=effect, reported=reported)) == Saving(hours=20, budget=900)


@pytest.mark.parametrize(
    ("saving", "field"),
    [
        (Saving(), "hours"),
        (Saving(hours=-1), "hours"),
        (Saving(budget=2_000_000_000), "budget"),
        (Saving(hours=1, budget=1.5), "budget"),  # type: ignore[arg-type] # as a form gives it
    ],
)
def test_figures_that_make_no_sense_are_refused_at_their_field(saving, field):
    with pytest.raises(BotError) as error:
        checked(saving)
    assert error.value.field == field


def test_nothing_saved_after_all_is_an_answer():
    assert checked(Saving(hours=0)) == Saving(hours=0)
