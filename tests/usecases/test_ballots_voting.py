"""While a ballot is open: whose sign counts, where a vote stands, and what each is told."""

import pytest

from bot.domain.ballot import State, micros
from bot.domain.ballot_screens import Panel
from bot.usecases import ballots
from bot.usecases.home_round import home_round
from tests.usecases.ballot_box import (
    CLOSES,
    COLLEAGUE,
    EVENING,
    EVERYBODY,
    HOUR,
    MORNING,
    OTHER_MEMBER,
    SECOND,
    STRANGER,
)
from tests.usecases.small_office import HEAD, LEAD, MEMBER, NOW, apply, row

NEWCOMER = row(20, "신주무", "주무관", "도로과/계획팀")


def after(seconds):
    return NOW + seconds * SECOND


# Whose vote, and where


def test_the_newest_standing_sign_counts_and_taking_it_away_falls_back(box):
    box.open(3)
    box.react(MEMBER, 1, after(1))
    box.react(MEMBER, 3, after(2))
    box.react(MEMBER, 2, after(3))
    assert (box.vote_of(MEMBER), box.tally) == (2, [0, 1, 0])
    box.unreact(MEMBER, 2, after(4))
    assert box.vote_of(MEMBER) == 3
    box.unreact(MEMBER, 3, after(5))
    box.unreact(MEMBER, 1, after(6))
    assert (box.vote_of(MEMBER), box.tally) == (None, [0, 0, 0])


@pytest.mark.parametrize("name", ["thumbsup", "+1", "+1::skin-tone-5"])
def test_the_sign_counts_by_both_its_names_and_in_every_skin_tone(box, name):
    box.open()
    box.react(MEMBER, 2, name=name)
    assert box.vote_of(MEMBER) == 2


def test_two_skin_tones_are_one_vote_until_both_are_gone(box):
    box.open()
    box.react(MEMBER, 1, after(1))
    box.react(MEMBER, 1, after(2), "+1::skin-tone-3")
    assert box.tally == [1, 0]
    box.unreact(MEMBER, 1, after(3))
    assert box.tally == [1, 0]
    box.unreact(MEMBER, 1, after(4), name="+1::skin-tone-3")
    assert box.tally == [0, 0]


def test_events_told_again_and_in_any_order_change_nothing(box):
    box.open()
    first, second = (candidate.ts for candidate in box.candidates)
    told = [
        (second, True, after(2)), (first, True, after(4)), (second, False, after(3)),
        (first, True, after(1)), (first, False, after(2)), (first, True, after(4)),
    ]  # fmt: skip
    for ts, added, at in told:
        box.hear(MEMBER.slack_id, ts, "+1", added=added, at=micros(at), now=after(5))
    assert (box.vote_of(MEMBER), box.tally) == (1, [1, 0])


def test_a_sign_before_the_last_candidate_is_posted_counts_once_voting_began(box):
    box.open(posted=False)
    box.post()
    assert box.ballot.state is State.OPEN
    box.react(MEMBER, 1)
    assert box.vote_of(MEMBER) == 1


@pytest.mark.parametrize(
    ("who", "reason"),
    [
        (HEAD.slack_id, "head"),
        (OTHER_MEMBER.slack_id, "outsider"),
        (STRANGER, "outsider"),
    ],
)
def test_others_signs_do_not_count_and_they_are_told_once(box, who, reason):
    box.open()
    for position in (1, 2, 1):
        box.react(who, position)
    box.unreact(row(0, "", "", slack_id=who), 1)
    ((to, _),) = box.told("ballot_outsider")
    assert to == f"ephemeral:C0000001:{who}"
    assert box.tally == [0, 0]
    assert box.told("ballot_receipt") == []
    if who == HEAD.slack_id:
        assert box.hears(HEAD, "ballot_outsider", NOW).reason == reason


def test_newcomers_vote_from_the_next_round_on(box):
    box.open()
    apply(box.uow, (*EVERYBODY, NEWCOMER))
    box.react(NEWCOMER, 1)
    assert box.tally == [0, 0]
    assert box.hears(NEWCOMER, "ballot_outsider", NOW).reason == "newcomer"


def test_movers_and_those_who_leave_stay_electors_and_keep_their_votes(box):
    box.open()
    box.react(MEMBER, 1)
    box.react(COLLEAGUE, 1)
    stay = tuple(one for one in EVERYBODY if one not in (MEMBER, COLLEAGUE))
    moved = row(5, "최주무", "주무관", "교량과/교량팀")
    apply(box.uow, (*stay, moved), MORNING)
    assert box.tally == [2, 0]
    box.react(MEMBER, 2, MORNING)
    assert box.tally == [1, 1]
    assert box.told("ballot_outsider") == []


def test_a_late_sign_and_a_late_removal_move_nothing(box):
    box.open()
    closes = box.ballot.closes_at
    box.react(MEMBER, 1, closes - SECOND)
    box.react(MEMBER, 2, closes)
    box.unreact(MEMBER, 1, closes)
    assert box.vote_of(MEMBER) == 1


# Receipts


def test_a_voter_hears_of_each_change_once_two_seconds_have_passed(box):
    box.open()
    box.react(MEMBER, 1, after(0))
    box.react(MEMBER, 2, after(1))
    ((to, leaves),) = box.told("ballot_receipt")
    assert to == f"ephemeral:C0000001:{MEMBER.slack_id}"
    assert NOW + SECOND < leaves <= NOW + 2 * SECOND
    assert box.hears(MEMBER, "ballot_receipt", leaves).shown.mine.position == 2
    box.react(MEMBER, 2, after(5), "+1::skin-tone-2")
    assert len(box.told("ballot_receipt")) == 1, "the vote has not moved"
    box.unreact(MEMBER, 2, after(6))
    box.unreact(MEMBER, 2, after(6), name="+1::skin-tone-2")
    box.unreact(MEMBER, 1, after(6))
    assert len(box.told("ballot_receipt")) == 2
    assert box.hears(MEMBER, "ballot_receipt", after(8)).shown.mine is None


def test_a_receipt_that_was_held_up_until_voting_was_over_is_not_sent(box):
    box.open()
    box.react(MEMBER, 1)
    assert box.hears(MEMBER, "ballot_receipt", CLOSES - SECOND)
    assert box.hears(MEMBER, "ballot_receipt", CLOSES) is None
    box.tick(CLOSES)
    assert box.ballot.state is State.DECIDED
    assert box.hears(MEMBER, "ballot_receipt", CLOSES + 3 * 24 * HOUR) is None


def test_home_and_the_panel_show_ones_own_vote_only(box):
    box.open()
    box.react(MEMBER, 2)
    assert seen(ballots.panel(box.uow, MEMBER.slack_id, None, NOW)) == (2, True, 1)
    assert seen(ballots.panel(box.uow, LEAD.slack_id, None, NOW)) == (None, False, 1)
    home = home_round(box.uow, box.person(MEMBER), box.uow.rounds.current(NOW.date()), NOW)
    assert home
    assert seen(home.panel) == (2, True, 1)


def seen(panel: Panel | None):
    """Where one's own vote is, whether there is one, and how many voted."""
    assert panel
    shown = panel.ballot
    assert shown
    return shown.mine and shown.mine.position, shown.voted, shown.ballot.turnout


def test_a_reaction_in_the_evening_gets_its_receipt_then_and_what_others_cause_in_the_morning(box):
    box.open(3)
    box.react(MEMBER, 1, EVENING)
    box.react(MEMBER, 2, EVENING + SECOND)
    ((_, leaves),) = box.told("ballot_receipt")
    assert leaves <= EVENING + 2 * SECOND
    box.withdraw(box.candidates[1].task, now=EVENING + 60 * SECOND)
    assert box.vote_of(MEMBER) == 1
    assert [at >= MORNING for _, at in box.told("ballot_receipt")] == [False, True]
