"""What a person is reminded of: dates of tasks, of their milestones and of steps of their plans."""

from collections.abc import Iterator, Mapping
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
class Shown:
    """A date that a message shows, so that just this is kept once it was told."""

    task: int
    kind: Dated
    position: int
    owner: int
    due: date
    stage: Stage

    def is_of(self, item: Item) -> bool:
        """Whether it is still the same date of the same owner."""
        return (self.position, self.owner, self.due) == (item.position, item.owner, item.due)


@dataclass(frozen=True, kw_only=True)
class Reminders:
    """A person's reminders of one morning: of their own dates, and as a lead of others'.

    At most `ROWS` of each; so many `more` are left to the next morning. `names` has the owners of
    the latter by id. `shown` are the dates that the rows tell, more than rows where a task is due
    with a milestone.
    """

    today: date
    own: tuple[Item, ...] = ()
    as_lead: tuple[Item, ...] = ()
    more: int = 0
    names: Mapping[int, str] = field(default_factory=dict)
    shown: tuple[Shown, ...] = ()

    @property
    def mark(self) -> str:
        """What it shows, as the message carries it."""
        return " ".join(
            f"{one.task}:{one.kind}:{one.position}:{one.owner}:{one.due}:{one.stage}"
            for one in self.shown
        )


def shown_by(mark: str) -> Iterator[Shown]:
    """What a message with that mark shows."""
    for one in mark.split():
        task, kind, position, owner, due, stage = one.split(":")
        yield Shown(
            task=int(task),
            kind=Dated(kind),
            position=int(position),
            owner=int(owner),
            due=date.fromisoformat(due),
            stage=Stage(stage),
        )
