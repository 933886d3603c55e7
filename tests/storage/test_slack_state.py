"""What waits for a channel: due as soon as the bot is back, and wherever the channel is now."""

from dataclasses import replace

import pytest

from storage.rates import UNLIMITED
from tests.storage import test_outbox, test_projections
from tests.storage.test_outbox import fact, keys
from tests.storage.test_projections import CARD

WAIT = 600.0
CHANNEL, OTHER = "channel:C1", "channel:C2"


@pytest.fixture
def claim(clock):
    return test_outbox.Sender(clock)


@pytest.fixture
def claim_shown(clock):
    return test_projections.Sender(clock)


def refused(uow, claim, claim_shown, recipient):
    """A fact and a card for a channel that were refused and wait for ten minutes."""
    uow.outbox.put(fact(f"fact for {recipient}", recipient=recipient))
    [told] = claim(uow, rates=UNLIMITED)
    uow.outbox.retry(told.id, WAIT, error="not_in_channel")
    uow.projections.want(replace(CARD, recipient=recipient))
    [shown] = claim_shown(uow, UNLIMITED)
    uow.projections.retry(shown.id, WAIT, error="not_in_channel")


def test_what_waits_for_a_channel_is_due_again_and_nothing_else(unit, claim, claim_shown, clock):
    with unit() as uow:
        refused(uow, claim, claim_shown, CHANNEL)
        clock.at += 2
        refused(uow, claim, claim_shown, OTHER)
        assert (claim(uow, rates=UNLIMITED), claim_shown(uow, UNLIMITED)) == ([], [])
        clock.at += 2
        uow.outbox.free(CHANNEL)
        uow.projections.free(CHANNEL)
        assert keys(claim(uow, rates=UNLIMITED)) == [f"fact for {CHANNEL}"]
        [card] = claim_shown(uow, UNLIMITED)
        assert card.projection.recipient == CHANNEL


def test_a_call_under_way_and_one_whose_end_is_unknown_are_not_taken_up_by_another(
    unit, claim, claim_shown, clock
):
    with unit() as uow:
        uow.outbox.put(fact("a", recipient=CHANNEL))
        uow.projections.want(CARD)
        [told], [shown] = claim(uow, rates=UNLIMITED), claim_shown(uow, UNLIMITED)
        clock.at += 2
        for _ in range(2):
            uow.outbox.free(CHANNEL)
            uow.projections.free(CHANNEL)
            assert (claim(uow, rates=UNLIMITED), claim_shown(uow, UNLIMITED)) == ([], [])
            uow.outbox.retry(told.id, 0, unsure=True)
            uow.projections.retry(shown.id, 0, unsure=True)


def test_messages_go_on_under_the_new_id_of_their_channel(unit, claim, claim_shown, clock):
    with unit() as uow:
        uow.projections.want(CARD)
        [shown] = claim_shown(uow, UNLIMITED)
        uow.projections.shown(shown.id, shown.version, "C1", "1.0")
        uow.outbox.put(fact("a", recipient=CHANNEL))
        uow.slack_state.carry_messages("C1", "C2")
        uow.projections.want(replace(CARD, recipient=OTHER))
        clock.at += 2
        [again] = claim_shown(uow, UNLIMITED)
        assert (again.id, again.channel, again.ts) == (shown.id, "C2", "1.0")
        [told] = claim(uow, rates=UNLIMITED)
        assert told.fact.recipient == OTHER


def test_a_card_that_stands_in_both_places_stays_in_both(unit, claim_shown):
    with unit() as uow:
        uow.projections.want(CARD)
        uow.projections.want(replace(CARD, recipient=OTHER))
        uow.slack_state.carry_messages("C1", "C2")
        found = {due.projection.recipient for due in claim_shown(uow, UNLIMITED)}
        assert found == {CHANNEL, OTHER}
