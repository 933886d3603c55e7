"""What waits for a channel: due as soon as the bot is back, and wherever the channel is now."""

from dataclasses import replace

from storage.rates import UNLIMITED
from tests.storage.test_outbox import claim, fact, keys
from tests.storage.test_projections import CARD
from tests.storage.test_projections import claim as claim_shown

WAIT = 600.0
CHANNEL, OTHER = "channel:C1", "channel:C2"


def refused(uow, recipient):
    """A fact and a card for a channel that were refused and wait for ten minutes."""
    later = uow.clock.system() + WAIT
    uow.outbox.put(fact(f"fact for {recipient}", recipient=recipient))
    [told] = claim(uow, rates=UNLIMITED)
    uow.outbox.retry(told.id, later, unsure=False, error="not_in_channel")
    uow.projections.want(replace(CARD, recipient=recipient))
    [shown] = claim_shown(uow, UNLIMITED)
    uow.projections.retry(shown.id, later, unsure=False, error="not_in_channel")


def test_what_waits_for_a_channel_is_due_again_and_nothing_else(unit, clock):
    with unit() as uow:
        refused(uow, CHANNEL)
        clock.at += 2
        refused(uow, OTHER)
        assert (claim(uow, rates=UNLIMITED), claim_shown(uow, UNLIMITED)) == ([], [])
        clock.at += 2
        uow.outbox.due_again(CHANNEL)
        uow.projections.due_again(CHANNEL)
        assert keys(claim(uow, rates=UNLIMITED)) == [f"fact for {CHANNEL}"]
        [card] = claim_shown(uow, UNLIMITED)
        assert card.projection.recipient == CHANNEL


def test_a_call_under_way_and_one_whose_end_is_unknown_are_not_taken_up_by_another(unit, clock):
    with unit() as uow:
        uow.outbox.put(fact("a", recipient=CHANNEL))
        uow.projections.want(CARD)
        [told], [shown] = claim(uow, rates=UNLIMITED), claim_shown(uow, UNLIMITED)
        clock.at += 2
        for _ in range(2):
            uow.outbox.due_again(CHANNEL)
            uow.projections.due_again(CHANNEL)
            assert (claim(uow, rates=UNLIMITED), claim_shown(uow, UNLIMITED)) == ([], [])
            uow.outbox.retry(told.id, clock.at, unsure=True)
            uow.projections.retry(shown.id, clock.at, unsure=True)


def test_messages_go_on_under_the_new_id_of_their_channel(unit, clock):
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


def test_a_card_that_stands_in_both_places_stays_in_both(unit):
    with unit() as uow:
        uow.projections.want(CARD)
        uow.projections.want(replace(CARD, recipient=OTHER))
        uow.slack_state.carry_messages("C1", "C2")
        found = {due.projection.recipient for due in claim_shown(uow, UNLIMITED)}
        assert found == {CHANNEL, OTHER}
