"""The end of a ballot: the hour, the count in Slack, ties, answers, and what is told."""

from datetime import UTC, datetime, timedelta

import pytest

from bot.domain.ballot import RECOUNTED_AGAIN, RECOUNTED_EVERY, Mode, Rule, State
from bot.domain.errors import BotError
from bot.usecases import ballots, concluding, voting
from tests.usecases.ballot_box import (
    CLOSES,
    COLLEAGUE,
    HOUR,
    OTHER_HEAD,
    SECOND,
)
from tests.usecases.small_office import (
    HEAD,
    LEAD,
    MEMBER,
    NOW,
    OTHER_LEAD,
)

NEXT_EVENING = datetime(2026, 7, 9, 9, 0, tzinfo=UTC)
"""18:00 of the working day after the closing."""
NEXT_MORNING = datetime(2026, 7, 9, 0, 0, tzinfo=UTC)
MINUTE = timedelta(minutes=1)


def answer(box, who, position, now):
    candidate = box.candidates[position - 1].id
    found = voting.answer(box.uow, who.slack_id, box.ballot_id, candidate, now)
    concluding.answered(box.uow, found, now)


def differences(box):
    shown = ballots.shown(box.uow, box.ballot, None, CLOSES)
    return [(d.name, d.task, d.added) for d in shown.differences], shown.recounted_at


# The hour, and the count


def test_it_closes_at_its_minute_and_not_a_second_before(box):
    box.open()
    box.react(MEMBER, 2, CLOSES - SECOND)
    box.tick(CLOSES - SECOND)
    assert box.ballot.state is State.OPEN
    box.react(LEAD, 1, CLOSES)
    box.react(OTHER_LEAD, 1, CLOSES + SECOND)
    box.tick(CLOSES)
    assert box.result == (State.DECIDED, 2, Rule.VOTES)
    assert [candidate.votes for candidate in box.candidates] == [0, 1]


def test_the_result_is_the_departments_one_representative_task(box):
    box.open()
    for who in (MEMBER, LEAD):
        box.react(who, 2)
    box.react(COLLEAGUE, 1)
    box.tick(CLOSES)
    ballot, task = box.ballot, box.candidates[1].task
    chosen = box.uow.representatives.of(ballot.round, ballot.department)
    assert (chosen.task, chosen.rule, chosen.ballot, chosen.at) == (
        task, Rule.VOTES, ballot.id, CLOSES,
    )  # fmt: skip
    assert (ballot.turnout, ballot.ended_at) == (3, CLOSES)
    ((to, leaves),) = box.told("ballot_result")
    assert (to, leaves) == ("channel:C0000001", NEXT_MORNING), "18:00 is after office hours"
    assert box.acts().count("represent") == 1
    assert box.uow.ballots.live_of(ballot.round, ballot.department) is None


def test_a_bot_that_was_down_for_the_whole_vote_counts_right(box):
    box.open(3)
    for who, position in ((MEMBER, 2), (LEAD, 2), (COLLEAGUE, 1), (HEAD, 3), (OTHER_HEAD, 3)):
        box.react(who, position, told=False)
    box.tick(CLOSES + 3 * HOUR)
    assert box.result == (State.DECIDED, 2, Rule.VOTES)
    assert [candidate.votes for candidate in box.candidates] == [1, 2, 0]
    assert box.ballot.turnout == 3


def test_what_events_told_otherwise_is_listed_with_the_time_of_the_recount(box):
    box.open()
    box.react(MEMBER, 1, told=False)
    box.react(LEAD, 2)
    box.react(COLLEAGUE, 2)
    box.unreact(COLLEAGUE, 2, NOW + HOUR, told=False)
    box.tick(CLOSES + SECOND, slack=False)
    assert box.ballot.state is State.COUNTING
    box.answer(CLOSES + 60 * SECOND)
    first, second = (candidate.task for candidate in box.candidates)
    listed, at = differences(box)
    assert sorted(listed, key=lambda one: one[1]) == [
        ("최주무 주무관", first, True), ("정주무 주무관", second, False),
    ]  # fmt: skip
    assert at == CLOSES + 60 * SECOND


def test_where_events_told_everything_the_receipt_lists_nothing(box):
    box.open()
    box.react(MEMBER, 1)
    box.react(LEAD, 1, CLOSES + SECOND)
    box.tick(CLOSES + 2 * SECOND)
    assert differences(box) == ([], CLOSES + 2 * SECOND)
    assert [candidate.votes for candidate in box.candidates] == [1, 0]


def test_a_late_removal_takes_no_vote_away(box):
    box.open()
    box.react(MEMBER, 2)
    box.unreact(MEMBER, 2, CLOSES + SECOND)
    box.tick(CLOSES + 2 * SECOND)
    assert box.result == (State.DECIDED, 2, Rule.VOTES)


def test_a_candidate_that_goes_during_the_count_leaves_the_others_to_decide(box):
    box.open(3)
    for who in (MEMBER, LEAD):
        box.react(who, 1)
    box.react(COLLEAGUE, 3)
    box.tick(CLOSES, slack=False)
    box.gone[box.candidates[0].ts] = "message_not_found"
    box.withdraw(box.candidates[0].task, now=CLOSES)
    box.answer(CLOSES)
    assert box.result == (State.DECIDED, 3, Rule.VOTES)


@pytest.mark.parametrize(
    ("code", "remark"),
    [
        ("message_not_found", "ballot-void-deleted"),
        ("is_archived", "ballot-void-archived"),
    ],
)
def test_what_slack_no_longer_shows_at_closing_makes_it_void_and_it_opens_again(box, code, remark):
    box.open()
    box.react(MEMBER, 1)
    box.gone[box.candidates[1].ts] = code
    box.tick(CLOSES)
    assert (box.ballot.state, box.ballot.remark) == (State.VOID, remark)
    assert [to for to, _ in box.told("ballot_void")] == [f"person:{box.person(HEAD).id}"]
    assert box.uow.representatives.of(box.ballot.round, box.ballot.department) is None
    assert box.open(0, now=CLOSES, closes_at=NEXT_EVENING).state is State.OPEN


def test_a_ballot_that_was_never_posted_whole_is_void(box):
    box.open(posted=False)
    box.tick(CLOSES)
    assert box.ballot.state is State.VOID


# Those of whom nobody knows which came last


@pytest.fixture
def asking(box):
    """The bot was down; the member stands on two of three, the lead on one."""
    box.open(3)
    box.react(MEMBER, 1, told=False)
    box.react(MEMBER, 2, told=False)
    box.react(LEAD, 3, told=False)
    box.tick(CLOSES)
    assert (box.ballot.state, box.ballot.until) == (State.ASKING, NEXT_EVENING)
    return box


def test_they_are_asked_in_office_hours_and_the_result_waits(asking):
    ((to, leaves),) = asking.told("ballot_which")
    assert (to, leaves) == (f"person:{asking.person(MEMBER).id}", NEXT_MORNING)
    asked = asking.hears(MEMBER, "ballot_which", NEXT_MORNING)
    assert [one.position for one in asked.between] == [1, 2]
    assert asked.until == NEXT_EVENING
    asking.tick(NEXT_EVENING - SECOND)
    assert asking.ballot.state is State.ASKING
    assert (asking.ballot.turnout, asking.tally) == (1, [0, 0, 1]), "what is known shows already"


def test_with_the_last_answer_the_result_waits_no_longer(asking):
    asking.uow.ballots.get(asking.ballot_id)
    answer(asking, MEMBER, 2, NEXT_MORNING)
    assert asking.ballot.state is State.TIED
    assert [candidate.votes for candidate in asking.candidates] == [0, 1, 1]
    with pytest.raises(BotError, match="error-ballot-over"):
        answer(asking, MEMBER, 1, NEXT_MORNING)


def test_unanswered_the_vote_does_not_count(asking):
    asking.tick(NEXT_EVENING)
    assert asking.result == (State.DECIDED, 3, Rule.VOTES)
    assert asking.ballot.turnout == 1
    with pytest.raises(BotError, match="error-ballot-over"):
        answer(asking, MEMBER, 1, NEXT_EVENING)


def test_what_they_do_after_closing_takes_the_question_from_nobody(asking):
    asking.unreact(MEMBER, 2, CLOSES + HOUR)
    assert asking.hears(MEMBER, "ballot_which", NEXT_MORNING)
    answer(asking, MEMBER, 2, NEXT_MORNING)
    assert [candidate.votes for candidate in asking.candidates] == [0, 1, 1]


def test_events_that_come_after_all_answer_the_question(asking):
    first, second, _ = asking.candidates
    for at, candidate in ((NOW + SECOND, second), (NOW, first)):
        asking.hear(
            MEMBER.slack_id, candidate.ts, "+1", added=True,
            at=int(at.timestamp()) * 1_000_000, now=CLOSES + HOUR,
        )  # fmt: skip
    assert asking.hears(MEMBER, "ballot_which", NEXT_MORNING) is None
    asking.tick(NEXT_EVENING)
    assert [candidate.votes for candidate in asking.candidates] == [0, 1, 1]


def test_a_candidate_that_goes_meanwhile_answers_it_too(asking):
    asking.withdraw(asking.candidates[0].task, now=NEXT_MORNING)
    asking.tick(NEXT_EVENING)
    assert [candidate.votes for candidate in asking.candidates] == [0, 1, 1]


# What Slack did not tell


def test_where_slack_dropped_events_it_is_asked_at_once_and_again_until_it_no_longer_does(box):
    box.open()
    box.react(MEMBER, 2, told=False)
    box.dropped(NOW)
    assert box.tally == [0, 1], "counted before closing, though its event never came"
    box.react(LEAD, 1, told=False)
    box.dropped(NOW + MINUTE)
    assert box.tally == [0, 1], "a minute later Slack is not asked for all of them again"
    box.tick(NOW + RECOUNTED_AGAIN)
    assert box.tally == [1, 1]
    assert box.ballot.recount_at == NOW + RECOUNTED_AGAIN + RECOUNTED_EVERY


def test_of_a_secret_ballot_slack_has_nothing_to_tell(box):
    box.open(mode=Mode.SECRET)
    box.dropped(NOW)
    assert box.answered == set()


def test_a_ballot_that_is_over_is_not_asked_about_again(box):
    box.open()
    box.react(MEMBER, 2)
    box.tick(CLOSES)
    asked = set(box.answered)
    box.dropped(CLOSES)
    assert box.answered == asked
