"""The rules of a ballot: when it closes, who may open it, what ranks its candidates."""

from datetime import UTC, date, datetime, timedelta
from typing import Any

import pytest

from bot.domain.ballot import (
    CANDIDATES_MAX,
    SECRET_FROM,
    Candidate,
    Mode,
    Rule,
    answer_by,
    by_rule,
    check_closing,
    check_opening,
    is_sign,
    leaders,
    micros,
    ranked,
    usual_closing,
)
from bot.domain.calendar import SEOUL, Calendar
from bot.domain.errors import BotError

WEDNESDAY = datetime(2026, 7, 1, 1, 0, tzinfo=UTC)
"""10:00 at the office; the Friday of that week is a day off here."""
CALENDAR = Calendar({date(2026, 7, 3)})


def at(day: int, hour: int, minute: int = 0, second: int = 0) -> datetime:
    return datetime(2026, 7, day, hour, minute, second, tzinfo=SEOUL)


def candidate(id: int, *, hours: float | None = None, sent: int = 1, **more) -> Candidate:
    given: dict[str, Any] = {
        "ballot": 1,
        "position": id,
        "task": 100 + id,
        "title": f"과제 {id}",
    } | more
    return Candidate(id=id, hours=hours, submitted_at=at(sent, 9), **given | more)


@pytest.mark.parametrize("closes", [at(2, 10), at(2, 18), at(6, 10, 30)])
def test_a_ballot_closes_within_a_later_working_day(closes):
    check_closing(closes, WEDNESDAY, CALENDAR)


@pytest.mark.parametrize(
    ("closes", "why", "field"),
    [
        (at(1, 18), "error-ballot-soon", "day"),
        (at(3, 12), "error-ballot-day-off", "day"),
        (at(4, 12), "error-ballot-day-off", "day"),
        (at(2, 9, 59), "error-ballot-hour", "hour"),
        (at(2, 18, 0, 1), "error-ballot-hour", "hour"),
    ],
)
def test_every_other_closing_time_is_refused_beside_its_field(closes, why, field):
    with pytest.raises(BotError) as refused:
        check_closing(closes, WEDNESDAY, CALENDAR)
    assert (refused.value.key, refused.value.field) == (why, field)


def test_on_a_day_off_the_next_working_day_is_one_day_away():
    check_closing(at(6, 10), at(3, 12), CALENDAR)


@pytest.mark.parametrize(
    ("votes_by", "closes"),
    [
        (None, at(9, 18)),
        (date(2026, 7, 7), at(7, 18)),
        (date(2026, 7, 4), at(6, 18)),
        (date(2026, 7, 1), at(9, 18)),
    ],
)
def test_the_day_headquarters_set_is_proposed_where_it_still_leaves_time(votes_by, closes):
    assert usual_closing(votes_by, WEDNESDAY, CALENDAR) == closes


@pytest.mark.parametrize(
    ("candidates", "electors", "mode", "why"),
    [
        (0, 9, Mode.OPEN, "error-ballot-no-candidates"),
        (CANDIDATES_MAX + 1, 9, Mode.OPEN, "error-ballot-many"),
        (2, SECRET_FROM - 1, Mode.SECRET, "error-ballot-few"),
    ],
)
def test_a_ballot_nobody_could_decide_or_keep_secret_is_refused(candidates, electors, mode, why):
    with pytest.raises(BotError) as refused:
        check_opening(candidates, electors, mode)
    assert refused.value.key == why


def test_the_largest_ballot_and_the_smallest_secret_one_open():
    check_opening(CANDIDATES_MAX, 300, Mode.OPEN)
    check_opening(1, SECRET_FROM, Mode.SECRET)


def test_candidates_rank_by_votes_then_by_position_and_without_those_that_are_out():
    field = [candidate(1), candidate(2), candidate(3), candidate(4, out=True)]
    standings = ranked(field, {2: 5, 3: 5, 4: 9})
    assert [(s.candidate.id, s.votes) for s in standings] == [(2, 5), (3, 5), (1, 0)]
    assert [c.id for c in leaders(standings)] == [2, 3]
    assert leaders(ranked(field[3:], {})) == ()


def test_without_any_vote_all_lead():
    assert len(leaders(ranked([candidate(1), candidate(2)], {}))) == 2


def test_of_tied_candidates_more_hours_a_year_win():
    tied = [candidate(1, hours=3), candidate(2, hours=12.5), candidate(3)]
    assert by_rule(tied) == (tied[1], Rule.TIE_HOURS)


@pytest.mark.parametrize("hours", [None, 4.0])
def test_with_equal_hours_the_earlier_submission_wins(hours):
    tied = [candidate(1, hours=hours, sent=2), candidate(2, hours=hours), candidate(3, sent=3)]
    assert by_rule(tied) == (tied[1], Rule.TIE_EARLIER)


def test_of_the_same_moment_the_lower_number_wins():
    tied = [candidate(2), candidate(1)]
    assert by_rule(tied) == (tied[1], Rule.TIE_EARLIER)


def test_an_answer_is_waited_for_until_the_next_working_evening():
    assert answer_by(at(2, 18), CALENDAR) == at(6, 18)
    assert answer_by(at(1, 10), CALENDAR) == at(2, 18)


@pytest.mark.parametrize("name", ["thumbsup", "+1", *(f"+1::skin-tone-{n}" for n in range(2, 7))])
def test_both_names_of_the_sign_count_in_every_skin_tone(name):
    assert is_sign(name)


@pytest.mark.parametrize("name", ["thumbsdown", "-1", "tada", "", "thumbsup_all", "skin-tone-2"])
def test_no_other_sign_counts(name):
    assert not is_sign(name)


def test_a_moment_keeps_its_microseconds():
    assert micros(WEDNESDAY + timedelta(microseconds=1)) == 1782867600000001
