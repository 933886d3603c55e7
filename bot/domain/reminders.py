"""What a person is reminded of: dates of tasks, of their milestones and of steps of their plans."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from enum import StrEnum

from bot.domain.org import Place
from bot.domain.reminding import Stage

ROWS = 10
"""Dates that one message shows, of a person's own and as many of others'."""


class Dated(StrEnum):
    """What has a date of its own; the values are kept and never change."""

    TASK = "task"
    MILESTONE = "milestone"
    STEP = "step"


@dataclass(frozen=True, kw_only=True)
class Item:
    """One date that somebody has to keep while the task is under way, and what was told of it.

    `text` is what the plan says of a step, and the track and stage of a milestone as the
    catalogues name them. `told` and `snoozed` are of this very date and owner: another one of
    either starts anew.
    """

    task: int
    kind: Dated
    position: int = 0
    owner: int
    due: date
    title: str
    text: str = ""
    place: Place
    told: Stage | None = None
    snoozed: date | None = None


@dataclass(frozen=True, kw_only=True)
class Reminders:
    """A person's reminders of one morning: of their own dates, and as a lead of others'.

    At most `ROWS` of each; so many `more` are left to the next morning. `names` has the owners of
    the latter by id.
    """

    today: date
    own: tuple[Item, ...] = ()
    as_lead: tuple[Item, ...] = ()
    more: int = 0
    names: Mapping[int, str] = field(default_factory=dict)

    @property
    def mark(self) -> int:
        """The day they were worded on, as the message carries it."""
        return self.today.toordinal()
