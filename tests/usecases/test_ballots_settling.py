"""Who decides where votes do not: ties, a lone candidate, closing early; and reminders."""

from datetime import UTC, datetime, timedelta

import pytest

from bot.domain.ballot import Rule, State
from bot.domain.errors import BotError, Refused
from bot.domain.results import Surface
from bot.usecases import closing, concluding
from tests.usecases import filed
from tests.usecases.ballot_box import (
    CLOSES,
    COLLEAGUE,
    EVERYBODY,
    HOUR,
    MORNING,
    OTHER_HEAD,
    SECOND,
)
from tests.usecases.small_office import (
    DIRECTOR,
    HEAD,
    HQ,
    LEAD,
    MEMBER,
    NOW,
    OTHER_LEAD,
    apply,
)

NEXT_EVENING = datetime(2026, 7, 9, 9, 0, tzinfo=UTC)
"""18:00 of the working day after the closing."""
NEXT_MORNING = datetime(2026, 7, 9, 0, 0, tzinfo=UTC)


def settle(box, who, position, now=CLOSES):
    candidate = box.candidates[position - 1].id
    return concluding.settle(box.uow, who.slack_id, Surface.MESSAGE, box.ballot_id, candidate, now)


@pytest.fixture
def tied(box):
    """Two of three with a vote each."""
    for hours in (10, 40, 90):
        box.task(hours=hours)
    box.open(0)
    box.react(MEMBER, 1)
    box.react(LEAD, 2)
    box.tick(CLOSES)
    assert (box.ballot.state, box.ballot.until) == (State.TIED, NEXT_EVENING)
    return box


def test_the_head_settles_a_tie_among_those_that_are_tied(tied):
    assert [one.position for one in tied.hears(HEAD, "ballot_tie", NEXT_MORNING).tied] == [1, 2]
    with pytest.raises(BotError, match="error-ballot-not-candidate"):
        settle(tied, HEAD, 3)
    settle(tied, HEAD, 1, NEXT_MORNING)
    assert tied.result == (State.DECIDED, 1, Rule.TIE_HEAD)
    with pytest.raises(BotError, match="error-ballot-not-tied"):
        settle(tied, HEAD, 2, NEXT_MORNING)


def test_the_director_may_settle_it_and_others_hear_who_may(tied):
    for who in (MEMBER, LEAD, HQ, OTHER_HEAD):
        with pytest.raises(Refused) as refused:
            settle(tied, who, 1)
        assert "이과장" in refused.value.params["who"]
        tied.uow.audit_refusal(refused.value)
    assert tied.acts()[-4:] == ["refused"] * 4
    settle(tied, DIRECTOR, 2)
    assert tied.result == (State.DECIDED, 2, Rule.TIE_HEAD)


def test_without_an_answer_more_hours_decide(tied):
    tied.tick(NEXT_EVENING - SECOND)
    assert tied.ballot.state is State.TIED
    tied.tick(NEXT_EVENING)
    assert tied.result == (State.DECIDED, 2, Rule.TIE_HOURS)


def test_with_equal_hours_the_earlier_submission_decides(box):
    later = box.task(hours=8, created_at=NOW - HOUR)
    earlier = box.task(hours=8, created_at=NOW - 2 * HOUR)
    box.open(0)
    box.tick(CLOSES)
    box.tick(NEXT_EVENING)
    assert box.result[2] is Rule.TIE_EARLIER
    assert box.ballot.winner == earlier != later


def test_a_vacant_heads_tie_is_the_directors_and_with_nobody_to_ask_the_rule_decides(box):
    box.open()
    apply(box.uow, tuple(one for one in EVERYBODY if one != HEAD), MORNING)
    box.tick(CLOSES)
    assert box.ballot.state is State.TIED
    assert [to for to, _ in box.told("ballot_tie")] == [f"person:{box.person(DIRECTOR).id}"]
    settle(box, DIRECTOR, 2)
    assert box.result == (State.DECIDED, 2, Rule.TIE_HEAD)


def test_with_neither_head_nor_director_the_rule_decides_at_once(box):
    box.open()
    staff = tuple(one for one in EVERYBODY if one not in (HEAD, DIRECTOR))
    apply(box.uow, staff, MORNING)
    box.tick(CLOSES)
    assert box.result == (State.DECIDED, 1, Rule.TIE_EARLIER)


def test_a_tied_candidate_that_goes_lets_its_votes_fall_back_and_decides_anew(box):
    box.open(3)
    box.react(MEMBER, 3, NOW)
    box.react(MEMBER, 1, NOW + SECOND)
    box.react(LEAD, 2)
    box.react(COLLEAGUE, 3)
    box.react(OTHER_LEAD, 1)
    box.react(HQ, 2)
    box.tick(CLOSES)
    assert box.ballot.state is State.TIED
    box.withdraw(box.candidates[0].task, now=NEXT_MORNING)
    assert [candidate.votes for candidate in box.candidates[1:]] == [2, 2]
    assert box.ballot.state is State.TIED
    assert [one.position for one in box.hears(HEAD, "ballot_tie", NEXT_MORNING).tied] == [2, 3]
    box.withdraw(box.candidates[1].task, now=NEXT_MORNING)
    assert box.result == (State.DECIDED, 3, Rule.LONE)


def test_what_is_left_of_a_tie_stands(box):
    box.open()
    box.tick(CLOSES)
    assert box.ballot.state is State.TIED
    box.withdraw(box.candidates[0].task, now=NEXT_MORNING)
    assert box.result == (State.DECIDED, 2, Rule.LONE)
    box.tick(NEXT_EVENING)
    assert box.result == (State.DECIDED, 2, Rule.LONE)


# One candidate


def test_a_lone_candidate_waits_for_the_heads_tap_or_stands_at_closing(box):
    box.open(1)
    assert [to for to, _ in box.told("ballot_lone")] == [f"person:{box.person(HEAD).id}"]
    with pytest.raises(Refused):
        settle(box, LEAD, 1, MORNING)
    box.tick(CLOSES)
    assert box.result == (State.DECIDED, 1, Rule.LONE)


def test_the_heads_tap_takes_a_lone_candidate_at_once(box):
    box.open(1)
    box.react(MEMBER, 1)
    settle(box, HEAD, 1, MORNING)
    assert box.result == (State.DECIDED, 1, Rule.LONE_HEAD)
    assert (box.ballot.turnout, box.candidates[0].votes) == (1, 1)
    assert box.hears(HEAD, "ballot_lone", MORNING) is None
    box.tick(CLOSES)
    assert box.result == (State.DECIDED, 1, Rule.LONE_HEAD)


def test_while_there_are_two_no_tap_decides(box):
    box.open()
    with pytest.raises(BotError, match="error-ballot-not-tied"):
        settle(box, HEAD, 1, MORNING)


# Closing early


def test_the_head_closes_early_and_headquarters_with_a_reason(box):
    box.open()
    box.react(MEMBER, 1)

    def close(who, reason=""):
        return closing.close_now(
            box.uow, who.slack_id, Surface.MODAL, box.ballot_id, reason=reason, now=MORNING
        )

    with pytest.raises(Refused) as refused:
        close(LEAD)
    assert "이과장" in refused.value.params["who"]
    with pytest.raises(BotError, match="error-ballot-reason"):
        close(HQ)
    close(HQ, "보고회가 당겨졌습니다.")
    box.react(LEAD, 2, MORNING)
    box.answer(MORNING + SECOND)
    assert box.result == (State.DECIDED, 1, Rule.VOTES)
    assert box.ballot.closes_at == MORNING
    assert "ballot_close" in box.acts()
    with pytest.raises(BotError, match="error-ballot-over"):
        close(HEAD)


# Reminders

EVE = datetime(2026, 7, 7, 0, 0, tzinfo=UTC)
"""09:00 of the working day before the closing."""


def reminded(box):
    return {to for to, _ in box.told("ballot_reminder")}


def test_those_who_have_not_voted_are_reminded_once_on_the_working_day_before(box):
    box.open()
    box.react(MEMBER, 1)
    box.tick(EVE - SECOND)
    assert reminded(box) == set()
    box.tick(EVE)
    box.tick(EVE + HOUR)
    assert len(box.told("ballot_reminder")) == len(reminded(box)) == 5
    assert box.hears(MEMBER, "ballot_reminder", EVE) is None
    assert box.hears(LEAD, "ballot_reminder", EVE)
    box.react(LEAD, 1, EVE + SECOND)
    assert box.hears(LEAD, "ballot_reminder", EVE + 2 * SECOND) is None, "they voted meanwhile"
    assert box.hears(HEAD, "ballot_reminder", EVE) is None
    assert box.hears(COLLEAGUE, "ballot_reminder", CLOSES) is None, "it is over"


def test_those_whose_team_is_exempt_are_not_reminded(box):
    box.open()
    filed.decide(box.uow, filed.file(box.uow, of="보상팀", who=OTHER_LEAD))
    filed.file(box.uow, of="계획팀")
    box.tick(EVE)
    waiting = {f"person:{box.person(who).id}" for who in (LEAD, MEMBER, COLLEAGUE)}
    assert reminded(box) == waiting, "what is only filed exempts nobody yet"


def test_a_ballot_that_opened_on_the_day_before_reminds_nobody(box):
    soon = datetime(2026, 7, 2, 9, 0, tzinfo=UTC)
    box.open(closes_at=soon)
    box.tick(NOW + HOUR)
    box.tick(soon - HOUR)
    assert reminded(box) == set()


@pytest.mark.parametrize("hour", [timedelta(hours=-1), timedelta(hours=9)])
def test_no_reminder_outside_office_hours(box, hour):
    box.open()
    box.tick(EVE + hour)
    assert reminded(box) == set()
