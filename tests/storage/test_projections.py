"""Cards and Homes: many changes are one update, the first showing is posted once."""

import pytest

from bot.domain.facts import DueProjection, Projection
from storage.rates import Rate, Rates
from storage.unit import UnitOfWork
from storage.watch import LOOK_AFTER, Watch
from tests.conftest import StillClock

LEASE = 10.0
CARD = Projection(kind="card", subject=12, recipient="channel:C1")
HOME = Projection(kind="home", subject=3, recipient="person:3")
FAST = Rates(post=Rate(1000), channel=Rate(1000), update=Rate(1000), publish=Rate(1000))


class Sender:
    """One process: what it claims, and when it may next."""

    def __init__(self, clock: StillClock) -> None:
        self.watch = Watch(clock, LEASE)

    def __call__(self, uow: UnitOfWork, rates: Rates = FAST) -> list[DueProjection]:
        return uow.projections.claim(10, self.watch, rates=rates)

    def due_in(self, uow: UnitOfWork) -> float | None:
        return uow.projections.due_in(self.watch)


@pytest.fixture
def claim(clock: StillClock) -> Sender:
    return Sender(clock)


def test_ten_changes_before_a_claim_are_one_showing(unit, claim):
    with unit() as uow:
        for _ in range(10):
            uow.projections.want(CARD)
        [due] = claim(uow)
        assert due.projection == CARD
        assert due.version == 10
        uow.projections.shown(due.id, due.version, "C1", "1.0")
        assert claim(uow) == []
        assert claim.due_in(uow) is None
        assert uow.projections.place(CARD) == ("C1", "1.0")


def test_a_change_during_the_call_is_shown_afterwards_at_the_same_place(unit, claim):
    with unit() as uow:
        uow.projections.want(CARD)
        [first] = claim(uow)
        uow.projections.want(CARD)
        assert claim(uow) == []
        uow.projections.shown(first.id, first.version, "C1", "1.0")
        [second] = claim(uow)
    assert (second.version, second.channel, second.ts) == (2, "C1", "1.0")
    assert second.attempt == 1


def test_a_post_whose_sender_died_is_looked_for(unit, claim, clock):
    with unit() as uow:
        uow.projections.want(CARD)
        [first] = claim(uow)
        assert claim(uow) == []
        clock.at = first.lease_until + LOOK_AFTER - 0.1
        assert claim(uow) == []
        clock.at += 0.2
        [second] = claim(uow)
    assert second.unsure
    assert second.token == first.token


def test_an_update_whose_sender_died_is_repeated(unit, claim, clock):
    with unit() as uow:
        uow.projections.want(CARD)
        [post] = claim(uow)
        uow.projections.shown(post.id, post.version, "C1", "1.0")
        uow.projections.want(CARD)
        [update] = claim(uow)
        assert claim(uow) == []
        clock.at = update.lease_until + LOOK_AFTER
        [again] = claim(uow)
    assert not again.unsure


def test_a_home_is_repeated_without_a_look(unit, claim, clock):
    with unit() as uow:
        uow.projections.want(HOME)
        [first] = claim(uow)
        assert claim(uow) == []
        clock.at = first.lease_until + LOOK_AFTER
        [again] = claim(uow)
        assert not again.unsure
        uow.projections.shown(again.id, again.version, None, None)
        assert claim(uow) == []
        assert uow.projections.place(HOME) is None


def test_a_pause_after_a_failure_is_kept_when_more_is_wanted(unit, claim, clock):
    with unit() as uow:
        uow.projections.want(CARD)
        [due] = claim(uow)
        uow.projections.retry(due.id, 30, error="ratelimited")
        uow.projections.want(CARD)
        assert claim(uow) == []
        assert claim.due_in(uow) == 30
        clock.at += 30
        assert [due.version for due in claim(uow)] == [2]


def test_an_overtaken_sender_cannot_hand_it_out_again(unit, claim, clock):
    with unit() as uow:
        uow.projections.want(CARD)
        [slow] = claim(uow)
        assert claim(uow) == []
        clock.at = slow.lease_until + LOOK_AFTER
        claim(uow)
        uow.projections.retry(slow.id, 0, attempt=slow.attempt)
        assert claim(uow) == []


def test_what_was_dropped_comes_back_when_it_is_wanted_again(unit, claim, clock):
    with unit() as uow:
        uow.projections.want(CARD)
        uow.projections.drop(claim(uow)[0].id, "not wanted")
        assert claim.due_in(uow) is None
        clock.at += 1
        assert claim(uow) == []
        uow.projections.want(CARD)
        assert len(claim(uow)) == 1


def test_what_was_set_aside_is_due_each_hour_and_at_once_when_it_has_changed(unit, claim, clock):
    with unit() as uow:
        uow.projections.want(CARD)
        for again in (3600, 1):
            [due] = claim(uow)
            uow.projections.retry(due.id, 3600, error="invalid_blocks", parked=clock.now())
            assert uow.projections.parked() == {("card", "invalid_blocks"): 1}
            assert claim.due_in(uow) == 3600
            clock.at += again
        uow.projections.want(CARD)
        [due] = claim(uow)
        assert due.parked
        uow.projections.shown(due.id, due.version, "C1", "1.0")
        assert not uow.projections.parked()


def test_only_homes_that_were_wanted_before_are_shown_anew(unit, claim):
    other, never = Projection(kind="home", subject=4, recipient="person:4"), 5
    with unit() as uow:
        for wanted in (HOME, other, CARD):
            uow.projections.want(wanted)
        for due in claim(uow):
            uow.projections.shown(due.id, due.version, None, None)
        uow.projections.touch("home", [HOME.subject, CARD.subject, never])
        assert [(due.projection, due.version) for due in claim(uow)] == [(HOME, 2)]
        uow.projections.touch("home", [])


def test_what_is_being_shown_is_shown_once_more_after_a_touch(unit, claim):
    with unit() as uow:
        uow.projections.want(HOME)
        [first] = claim(uow)
        uow.projections.touch("home", [HOME.subject])
        assert claim(uow) == []
        uow.projections.shown(first.id, first.version, None, None)
        assert [due.version for due in claim(uow)] == [2]


def test_a_home_that_nobody_is_to_see_any_more_is_not_touched(unit, claim):
    with unit() as uow:
        uow.projections.want(HOME)
        uow.projections.drop(claim(uow)[0].id, "account_inactive")
        uow.projections.touch("home", [HOME.subject])
        assert claim(uow) == []


def test_posts_updates_and_homes_have_rates_of_their_own(unit, claim, clock):
    rates = Rates(post=Rate(1), update=Rate(1), publish=Rate(1))
    with unit() as uow:
        uow.projections.want(CARD)
        [post] = claim(uow, rates)
        uow.projections.shown(post.id, post.version, "C1", "1.0")
        clock.at += 1
        for wanted in (CARD, HOME, Projection(kind="card", subject=13, recipient="channel:C2")):
            uow.projections.want(wanted)
        assert [due.send_at for due in claim(uow, rates)] == [clock.at] * 3


def test_the_newest_card_does_not_wait_for_a_backlog(unit, claim):
    with unit() as uow:
        for subject in range(1, 21):
            uow.projections.want(Projection(kind="card", subject=subject, recipient="channel:C1"))
        first = claim(uow)[0]
    assert first.projection.subject == 20


def test_a_message_that_is_there_already_is_only_ever_updated(unit, claim):
    with unit() as uow:
        uow.projections.adopt(CARD, "C1", "1.0")
        assert claim(uow) == []
        assert claim.due_in(uow) is None
        assert uow.projections.place(CARD) == ("C1", "1.0")
        uow.projections.want(CARD)
        [due] = claim(uow)
        assert (due.version, due.channel, due.ts, due.unsure) == (2, "C1", "1.0", False)


def test_a_card_wanted_before_its_message_is_adopted_is_shown_there(unit, claim):
    with unit() as uow:
        uow.projections.want(CARD)
        uow.projections.want(CARD)
        uow.projections.adopt(CARD, "C1", "1.0")
        [due] = claim(uow)
        assert (due.version, due.channel, due.ts) == (2, "C1", "1.0")
        uow.projections.shown(due.id, due.version, None, None)
        uow.projections.adopt(CARD, "C1", "2.0")
        assert claim(uow) == []
        assert uow.projections.place(CARD) == ("C1", "2.0")
