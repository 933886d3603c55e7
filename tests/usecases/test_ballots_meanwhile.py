"""What happens to a ballot meanwhile: candidates that go, and what the look at the hour finds."""

import pytest

from bot.domain.ballot import State, micros
from bot.domain.errors import BotError
from bot.domain.results import Surface
from bot.usecases import decide, voting
from bot.usecases.acting import Ask
from tests.usecases.ballot_box import (
    HOUR,
    OTHER_HEAD,
    OTHER_MEMBER,
    SECOND,
    STRANGER,
)
from tests.usecases.small_office import HEAD, LEAD, MEMBER, NOW, OTHER_LEAD


def after(seconds):
    return NOW + seconds * SECOND


def test_votes_for_a_withdrawn_candidate_fall_back(box):
    box.open(3)
    box.react(MEMBER, 1, after(1))
    box.react(MEMBER, 2, after(2))
    box.react(LEAD, 2, after(2))
    box.withdraw(box.candidates[1].task)
    assert (box.vote_of(MEMBER), box.vote_of(LEAD)) == (1, None)
    assert box.candidates[1].out
    box.react(OTHER_LEAD, 2, after(3))
    assert box.tally == [1, 0, 0]


@pytest.mark.parametrize("how", ["declined", "merged", "taken in"])
def test_a_declined_or_merged_candidate_is_out_too(box, how):
    box.open(3)
    task, other = (candidate.task for candidate in box.candidates[:2])
    ask = Ask(who=HEAD.slack_id, surface=Surface.MODAL, task=task)
    if how == "declined":
        decide.decline(box.uow, ask, NOW, reason="법정 사무입니다.")
    elif how == "merged":
        decide.merge(box.uow, ask, NOW, target=other, reason="같은 일입니다.")
    else:
        foreign = box.task(place_of=OTHER_MEMBER, owner=OTHER_MEMBER)
        decide.merge(box.uow, ask, NOW, target=foreign, reason="같은 일입니다.")
        assert not box.candidates[0].out, "until the other head has taken it in it stands"
        there = Ask(who=OTHER_HEAD.slack_id, surface=Surface.MESSAGE, task=task)
        decide.take_in(box.uow, there, NOW, into=foreign)
    assert [candidate.out for candidate in box.candidates] == [True, False, False]


def test_the_last_candidate_left_is_put_to_the_head(box):
    box.open()
    assert box.told("ballot_lone") == []
    box.withdraw(box.candidates[0].task)
    ((to, _),) = box.told("ballot_lone")
    assert to == f"person:{box.person(HEAD).id}"
    assert box.hears(HEAD, "ballot_lone", NOW)
    waiting = box.uow.ballots.waiting_for(box.person(HEAD))
    assert [ballot.id for ballot in waiting] == [box.ballot_id]


def test_without_any_candidate_left_the_ballot_ends_and_the_head_is_asked_for_some(box):
    box.open()
    for candidate in box.candidates:
        box.withdraw(candidate.task)
    assert box.result == (State.EMPTY, None, None)
    assert [to for to, _ in box.told("ballot_result")] == ["channel:C0000001"]
    assert box.hears(HEAD, "ballot_none", NOW).candidates == ()
    assert box.open(1).state is State.OPEN, "a new one can be opened"


# The look at the hour


def test_the_look_at_the_hour_mends_what_events_did_not_tell(box):
    box.open()
    box.react(MEMBER, 1, after(1), told=False)
    box.react(LEAD, 2, after(1))
    box.unreact(LEAD, 2, after(2), told=False)
    box.react(STRANGER, 2, told=False)
    box.tick(NOW + HOUR - SECOND)
    assert box.tally == [0, 1]
    box.tick(NOW + HOUR)
    assert box.tally == [1, 0]
    assert len(box.told("ballot_count")) == 2
    box.tick(NOW + HOUR + SECOND)
    assert len(box.told("ballot_count")) == 2, "once an hour"


def test_what_is_on_its_way_during_the_look_is_not_taken_for_lost(box):
    box.open()
    late = NOW + HOUR
    box.react(MEMBER, 1, late - SECOND)
    box.unreact(MEMBER, 1, late, told=False)
    box.tick(late, slack=False)
    ts = box.candidates[0].ts
    box.answer(late)
    box.hear(MEMBER.slack_id, ts, "+1", added=False, at=micros(late), now=late + SECOND)
    box.react(MEMBER, 2, late + 2 * SECOND)
    assert box.tally == [0, 1]


def test_somebody_found_on_two_candidates_is_asked_and_their_answer_is_their_vote(box):
    box.open(3)
    box.react(MEMBER, 1, after(1), told=False)
    box.react(MEMBER, 2, after(2), told=False)
    box.tick(NOW + HOUR)
    assert box.vote_of(MEMBER) is None
    asked = box.hears(MEMBER, "ballot_which", NOW + HOUR)
    assert [one.position for one in asked.between] == [1, 2]
    assert asked.until == box.ballot.closes_at
    answered(box, MEMBER, 1)
    assert box.vote_of(MEMBER) == 1
    assert box.hears(MEMBER, "ballot_which", NOW + HOUR) is None
    box.tick(NOW + 2 * HOUR)
    assert len(box.told("ballot_which")) == 1
    box.react(MEMBER, 3, NOW + 2 * HOUR)
    assert box.vote_of(MEMBER) == 3, "what they do later counts for more than their answer"
    box.unreact(MEMBER, 3, NOW + 3 * HOUR)
    assert box.vote_of(MEMBER) == 1


def test_a_vote_that_follows_the_found_ones_needs_no_question(box):
    box.open(3)
    box.react(MEMBER, 1, told=False)
    box.tick(NOW + HOUR)
    box.react(MEMBER, 2, NOW + 2 * HOUR)
    assert box.vote_of(MEMBER) == 2
    assert box.told("ballot_which") == []


def answered(box, who, position, now=NOW):
    candidate = box.candidates[position - 1]
    return voting.answer(box.uow, who.slack_id, box.ballot_id, candidate.id, now)


def test_only_who_was_asked_may_answer_and_only_with_what_they_chose(box):
    box.open(3)
    for position in (1, 2):
        box.react(MEMBER, position, told=False)
    box.tick(NOW + HOUR)
    with pytest.raises(BotError, match="error-ballot-not-elector"):
        answered(box, LEAD, 1)
    with pytest.raises(BotError, match="error-ballot-not-candidate"):
        answered(box, MEMBER, 3)
    with pytest.raises(BotError, match="error-stale-button"):
        voting.answer(box.uow, MEMBER.slack_id, 999, 1, NOW)
    assert box.uow.votes.answers(box.ballot_id) == {}


@pytest.mark.parametrize("code", ["message_not_found", "is_archived"])
def test_a_message_found_gone_ends_the_ballot(box, code):
    box.open()
    box.gone[box.candidates[1].ts] = code
    box.tick(NOW + HOUR)
    assert box.ballot.state is State.VOID


def test_the_message_of_a_withdrawn_candidate_may_go(box):
    box.open(3)
    gone = box.candidates[2]
    box.tick(NOW + HOUR, slack=False)
    box.withdraw(gone.task)
    box.gone[gone.ts] = "message_not_found"
    box.answer(NOW + HOUR)
    assert box.ballot.state is State.OPEN
