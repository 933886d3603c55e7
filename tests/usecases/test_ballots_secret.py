"""Secret ballots: who may vote, and that nothing anywhere tells who chose what."""

from datetime import UTC, datetime

import pytest
import sqlalchemy as sa

from bot.domain.ballot import Mode, Rule, State
from bot.domain.errors import BotError
from bot.domain.results import Surface
from bot.usecases import ballots, closing, concluding, voting
from storage.migrate import metadata
from tests.usecases.ballot_box import (
    CLOSES,
    COLLEAGUE,
    EVERYBODY,
    HOUR,
    OTHER_MEMBER,
    SECOND,
)
from tests.usecases.small_office import HEAD, HQ, LEAD, MEMBER, NOW, OTHER_LEAD, apply, row

NEXT_MORNING = datetime(2026, 7, 9, 0, 0, tzinfo=UTC)


@pytest.fixture
def secret(box):
    """An open secret ballot of three."""
    box.open(3, mode=Mode.SECRET)
    return box


def cast(box, who, position, now=NOW):
    candidate = box.candidates[position - 1].id
    return voting.cast(box.uow, who.slack_id, box.ballot_id, candidate, now)


def tables(box):
    """Every row of every table."""
    return {
        table.name: {tuple(map(str, row)) for row in box.uow.connection.execute(sa.select(table))}
        for table in metadata().sorted_tables
    }


def changed(before, after):
    return {name: after[name] ^ before[name] for name in after if after[name] != before[name]}


def test_a_vote_can_be_changed_until_the_end_and_counts_once(secret):
    cast(secret, MEMBER, 1)
    cast(secret, LEAD, 2)
    cast(secret, MEMBER, 2, NOW + HOUR)
    shown = ballots.shown(secret.uow, secret.ballot, secret.person(MEMBER), NOW)
    assert (shown.ballot.turnout, shown.voted, shown.mine) == (2, True, None)
    secret.tick(CLOSES)
    assert secret.result == (State.DECIDED, 2, Rule.VOTES)
    assert [candidate.votes for candidate in secret.candidates] == [0, 2, 0]
    assert secret.ballot.turnout == 2
    assert secret.told("ballot_count") == [], "there is nothing to ask Slack"


def test_turnout_is_seen_and_tallies_are_not_until_the_end(secret):
    cast(secret, MEMBER, 3)
    for viewer in (None, secret.person(MEMBER), secret.person(HEAD), secret.person(HQ)):
        shown = ballots.shown(secret.uow, secret.ballot, viewer, NOW)
        assert not shown.tallied
        assert [standing.votes for standing in shown.standings] == [0, 0, 0]
        assert [s.candidate.position for s in shown.standings] == [1, 2, 3]
        assert shown.ballot.turnout == 1
    for who in (LEAD, OTHER_LEAD, HQ, COLLEAGUE):
        cast(secret, who, 3 if who is LEAD else 2)
    secret.tick(CLOSES)
    shown = ballots.shown(secret.uow, secret.ballot, None, CLOSES)
    assert shown.tallied
    assert [(s.candidate.position, s.votes) for s in shown.standings] == [(2, 3), (3, 2), (1, 0)]


def test_a_tally_of_fewer_than_five_votes_would_tell_who_chose_what_and_is_never_shown(secret):
    cast(secret, MEMBER, 3)
    with pytest.raises(BotError, match="error-ballot-secret-early"):
        closing.close_now(
            secret.uow, HEAD.slack_id, Surface.MODAL, secret.ballot_id, reason="", now=NOW
        )
    secret.tick(CLOSES)
    assert secret.result == (State.DECIDED, 3, Rule.VOTES)
    shown = ballots.shown(secret.uow, secret.ballot, secret.person(HEAD), CLOSES)
    assert not shown.tallied
    assert {standing.votes for standing in shown.standings} == {0}


def test_a_vote_writes_a_seal_and_a_wish_to_redraw_and_nothing_else(secret):
    before = tables(secret)
    cast(secret, MEMBER, 2)
    rows = changed(before, tables(secret))
    assert rows.keys() <= {"secret_votes", "projections"}
    ((ballot, voter, candidate),) = rows["secret_votes"]
    assert (ballot, candidate) == (str(secret.ballot_id), str(secret.candidates[1].id))
    assert len(voter) == 64
    assert {row[1] for row in rows["projections"]} == {"ballot"}
    assert secret.told("ballot_receipt") == []
    between = tables(secret)
    cast(secret, MEMBER, 3)
    assert changed(between, tables(secret)).keys() <= {"secret_votes", "projections"}


def test_voting_again_for_the_same_leaves_no_trace_of_it(secret):
    cast(secret, MEMBER, 2)
    before = tables(secret)
    cast(secret, MEMBER, 2)
    assert changed(before, tables(secret)).keys() <= {"projections"}


def test_the_same_person_has_another_seal_in_every_ballot(secret):
    cast(secret, MEMBER, 1)
    first = secret.uow.votes.sealed(secret.ballot_id)
    concluding.void(secret.uow, secret.ballot, "ballot-void-deleted", NOW)
    secret.open(0, mode=Mode.SECRET)
    cast(secret, MEMBER, 1)
    assert first.isdisjoint(secret.uow.votes.sealed(secret.ballot_id))


@pytest.mark.parametrize(
    ("how", "state"),
    [
        ("closed", State.DECIDED),
        ("lone", State.DECIDED),
        ("tied", State.TIED),
        ("void", State.VOID),
        ("empty", State.EMPTY),
    ],
)
def test_once_it_is_closed_seals_and_nonce_are_gone_whatever_the_end(box, how, state):
    box.open(1 if how == "lone" else 2, mode=Mode.SECRET)
    cast(box, MEMBER, 1)
    if how == "tied":
        cast(box, LEAD, 2)
    if how == "void":
        concluding.void(box.uow, box.ballot, "ballot-void-deleted", NOW)
    elif how == "empty":
        for candidate in box.candidates:
            box.withdraw(candidate.task)
    else:
        box.tick(CLOSES)
    assert box.ballot.state is state
    assert box.uow.ballots.nonce(box.ballot_id) is None
    assert box.uow.votes.sealed(box.ballot_id) == frozenset()
    with pytest.raises(BotError, match="error-ballot-over"):
        cast(box, COLLEAGUE, 1, CLOSES)


def test_a_secret_tie_shows_its_tally_and_is_settled_by_the_head(secret):
    for who, position in ((MEMBER, 1), (LEAD, 3), (HQ, 1), (COLLEAGUE, 3), (OTHER_LEAD, 2)):
        cast(secret, who, position)
    secret.tick(CLOSES)
    tie = secret.hears(HEAD, "ballot_tie", NEXT_MORNING)
    assert [one.position for one in tie.tied] == [1, 3]
    assert (tie.ballot.turnout, [s.votes for s in tie.standings]) == (5, [2, 2, 1])
    secret.withdraw(secret.candidates[0].task, now=NEXT_MORNING)
    assert secret.result == (State.DECIDED, 3, Rule.VOTES), "what was counted stays counted"
    assert secret.ballot.turnout == 5


def test_a_vote_for_a_candidate_that_goes_is_given_anew(secret):
    cast(secret, MEMBER, 1)
    cast(secret, LEAD, 2)
    secret.withdraw(secret.candidates[0].task)
    with pytest.raises(BotError, match="error-ballot-not-candidate"):
        cast(secret, COLLEAGUE, 1)
    cast(secret, MEMBER, 3)
    cast(secret, COLLEAGUE, 3)
    secret.tick(CLOSES)
    assert secret.result == (State.DECIDED, 3, Rule.VOTES)


def test_signs_under_its_candidates_mean_nothing(secret):
    for who in (MEMBER, OTHER_MEMBER, HEAD):
        secret.react(who, 1)
    secret.tick(NOW + HOUR)
    for kind in ("ballot_receipt", "ballot_outsider", "ballot_count"):
        assert secret.told(kind) == []
    assert secret.uow.votes.marks(secret.ballot_id) == []


@pytest.mark.parametrize("who", [HEAD, OTHER_MEMBER, EVERYBODY[0]])
def test_only_electors_vote(secret, who):
    with pytest.raises(BotError, match="error-ballot-not-elector"):
        cast(secret, who, 1)
    with pytest.raises(BotError, match="error-ballot-not-elector"):
        voting.ready(secret.uow, who.slack_id, secret.ballot_id, NOW)
    assert secret.uow.votes.sealed_turnout(secret.ballot_id) == 0


def test_a_forged_candidate_or_ballot_is_no_vote(secret):
    first = secret.ballot_id
    department = "교량과"
    secret.task(OTHER_MEMBER, OTHER_MEMBER)
    secret.open(0, EVERYBODY[-2], department=department)
    foreign = secret.candidates[0].id
    with pytest.raises(BotError, match="error-ballot-not-secret"):
        voting.cast(secret.uow, OTHER_MEMBER.slack_id, secret.ballot_id, foreign, NOW)
    secret.ballot_id = first
    for candidate in (foreign, 0, 999_999):
        with pytest.raises(BotError, match="error-ballot-not-candidate"):
            voting.cast(secret.uow, MEMBER.slack_id, first, candidate, NOW)
    with pytest.raises(BotError, match="error-stale-button"):
        voting.cast(secret.uow, MEMBER.slack_id, 999_999, foreign, NOW)
    assert secret.uow.votes.sealed_turnout(first) == 0


@pytest.mark.parametrize(("now", "counts"), [(CLOSES - SECOND, True), (CLOSES, False)])
def test_at_the_closing_minute_it_is_over_even_before_the_tick(secret, now, counts):
    if counts:
        cast(secret, MEMBER, 1, now)
    else:
        with pytest.raises(BotError, match="error-ballot-over"):
            cast(secret, MEMBER, 1, now)
    assert secret.uow.votes.sealed_turnout(secret.ballot_id) == counts


def test_fewer_than_five_electors_cannot_keep_a_secret(box):
    apply(box.uow, tuple(one for one in EVERYBODY if one != COLLEAGUE))
    with pytest.raises(BotError, match="error-ballot-few") as refused:
        box.open(mode=Mode.SECRET)
    assert refused.value.params["electors"] == 4
    apply(box.uow, (*EVERYBODY[:-2], row(30, "신주무", "주무관", "도로과/보상팀")))
    assert box.open(0, mode=Mode.SECRET).electors == 6


def test_those_who_have_not_voted_are_reminded_by_their_seals_alone(secret):
    cast(secret, MEMBER, 1)
    eve = datetime(2026, 7, 7, 0, 0, tzinfo=UTC)
    secret.tick(eve)
    assert secret.hears(MEMBER, "ballot_reminder", eve) is None
    assert secret.hears(OTHER_LEAD, "ballot_reminder", eve)
