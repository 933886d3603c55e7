"""What those who tell and those who know of a feature share: how a fact is loaded, and for whom."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from storage.unit import UnitOfWork

PERSON, CHANNEL, EPHEMERAL = "person:", "channel:", "ephemeral:"
"""How recipients begin: `person:<id>`, `channel:<Slack id>` and `ephemeral:<channel>:<Slack id>`,
a line in a channel that only that person sees and that nobody can find again."""

Load = Callable[[UnitOfWork, Any, Mapping[str, Any], datetime], Any]
"""(unit of work, whom, payload, now) -> what a view words; nothing when it is not wanted any more.

Whom is the person a direct message goes to, None for a channel, and for an ephemeral the person
or None where nobody of the organisation has that Slack id."""

Show = Callable[[UnitOfWork, int, datetime], Any]
"""(unit of work, subject, now) -> what a projection in a channel shows; None: it stays as it is."""

STAYING = frozenset({"ballot_message", "ballot_candidate"})
"""Facts whose messages are changed later, so where they stand is kept."""
AT_ONCE = STAYING | {"ballot_receipt", "ballot_outsider"}
"""Facts that are told at any hour. A ballot is opened by hand and begins only when all of its
messages stand; the other two answer somebody's own sign beside it, where it calls nobody. Whatever
else people are told waits for the office to open."""
ASKED = frozenset({"ballot_seed", "ballot_count"})
"""The questions without whose answers a ballot cannot go on."""


@dataclass(frozen=True, kw_only=True)
class Telling:
    """What to tell, in which language, and the Slack id of the person or channel to tell it to.

    `only_for` is the Slack id of the one person of that channel who sees it. `mark` goes along
    with the message, so that `after_telling` knows later what it was about.
    """

    to: str
    language: str
    data: Any
    only_for: str | None = None
    mark: str = ""


class NotYet(Exception):
    """Nobody is to be told now: the office opens at `until`; without it the person is not known in
    Slack yet, and it is asked again in an hour."""

    def __init__(self, until: datetime | None = None) -> None:
        super().__init__(until)
        self.until = until
