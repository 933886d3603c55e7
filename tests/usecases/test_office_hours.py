"""Nothing that nobody has asked for leaves while the office is closed, however late it is."""

from datetime import UTC, datetime

import pytest

from bot.domain.facts import Fact
from bot.usecases.tell import LOADS, telling
from bot.usecases.telling import AT_ONCE, NotYet
from tests.usecases import small_ballot
from tests.usecases.small_office import MEMBER, apply, found
from tests.usecases.test_tell import CHANNEL, at, due

EVENING = datetime(2026, 7, 3, 9, 0, tzinfo=UTC)
"""Friday at 18:00: the office has just closed."""
MONDAY = datetime(2026, 7, 6, 0, 0, tzinfo=UTC)


def test_what_is_held_up_until_the_office_closes_waits_until_it_opens(unit):
    with unit() as uow:
        apply(uow)
        for recipient in (CHANNEL, f"person:{found(uow, MEMBER).id}"):
            for kind, version in LOADS:
                if kind not in AT_ONCE:
                    fact = Fact(kind=kind, version=version, recipient=recipient, dedupe_key="one")
                    with pytest.raises(NotYet) as waits:
                        telling(uow, due(fact), EVENING)
                    assert waits.value.until == MONDAY


def test_a_ballot_that_was_opened_is_posted_whole_and_a_sign_is_answered_at_any_hour(unit):
    with unit() as uow:
        apply(uow)
        ballot = small_ballot.opened(uow)
        payload = {"ballot": ballot.id, "reason": "head", "person": found(uow, MEMBER).id}
        payload["candidate"] = uow.ballots.candidates(ballot.id)[0].id
        alone = f"ephemeral:C0000001:{MEMBER.slack_id}"
        for kind in AT_ONCE:
            recipient = CHANNEL if kind in ("ballot_message", "ballot_candidate") else alone
            assert telling(uow, at(recipient, kind, **payload), EVENING) is not None
