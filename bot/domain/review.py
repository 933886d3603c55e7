"""A review: a director's check of a bureau at a quarter or half-year, and what it is made of."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field, replace
from datetime import date, datetime, timedelta
from enum import StrEnum
from hashlib import blake2b

from bot.domain.calendar import Calendar, today
from bot.domain.errors import BotError
from bot.domain.periods import Cadence, Period, Rhythm, latest_boundary, next_boundary, opens_at
from bot.domain.task import UNDER_WAY, Status, Task

EXTENSION = timedelta(days=14)
"""How far one tap moves a date that has passed, at least: it ends on a working day."""


class Kind(StrEnum):
    """Why something needs the director's eye, the most urgent first; the values are kept."""

    OVERDUE = "overdue"
    BLOCKED = "blocked"
    """A stage of its track is overdue, or the date that it was put off to has come."""
    UNDECIDED = "undecided"
    OWNERLESS = "ownerless"
    MISSING = "missing"
    """A department without a representative task, once that is due."""


REASONED = (Kind.OVERDUE, Kind.BLOCKED)
"""What a reason answers for this review; the others want a deed."""


@dataclass(frozen=True, kw_only=True)
class Figures:
    """How a bureau looks on a day. Hours are a year's; the three kinds are never in one sum."""

    by_status: Mapping[str, int] = field(default_factory=dict)
    done: int = 0
    """Tasks completed within the period."""
    overdue: int = 0
    expected: float = 0.0
    reported: float = 0.0
    verified: float = 0.0

    @property
    def tasks(self) -> int:
        """All tasks that still stand: those taken back, declined or merged are no bureau's work."""
        return sum(self.by_status.get(status, 0) for status in Status if status not in FALLEN)


FALLEN = (Status.DECLINED, Status.WITHDRAWN, Status.MERGED)
"""How tasks end that are no bureau's work."""


@dataclass(frozen=True, kw_only=True)
class Left:
    """Something that was open when the review was signed off: a task's or department's number."""

    kinds: tuple[Kind, ...]
    title: str
    task: int | None = None
    department: int | None = None


@dataclass(frozen=True, kw_only=True)
class Seen:
    """The record of what was still open, in the director's sight, at signing off."""

    left: tuple[Left, ...] = ()


@dataclass(frozen=True, kw_only=True)
class Answer:
    """What the director answered to a late task, which is settled for this review: a reason, or
    without a text that it has another owner."""

    review: int
    task: int
    kind: Kind
    text: str
    by: int
    at: datetime


@dataclass(frozen=True, kw_only=True)
class Review:
    """One bureau's review at one boundary. `version` changes when it ends, `changes` whenever
    what its message shows may have changed."""

    id: int
    version: int = 1
    changes: int = 0
    bureau: int
    boundary: date
    starts_on: date
    ends_on: date
    opened_at: datetime
    opened_on: date
    """The day it counts from: that of its opening, or of its first message if that left later."""
    asked: int = 1
    """How often the director was asked to sign off."""
    hq_told: date | None = None
    """The day on which headquarters heard that it is not signed off."""
    looked_on: date
    """The last working day on which it was looked at."""
    signed_by: int | None = None
    signed_at: datetime | None = None
    superseded_at: datetime | None = None
    """When the next one opened before this one was signed off."""
    figures: Figures
    seen: Seen | None = None

    @property
    def is_open(self) -> bool:
        """Whether it waits to be signed off."""
        return self.signed_at is None and self.superseded_at is None

    @property
    def period(self) -> Period:
        """The time it is about."""
        return Period(self.starts_on, self.ends_on)

    def signed(self, person: int, seen: Seen, now: datetime) -> "Review":
        """Signed off by that person; BotError when it has ended already."""
        if self.signed_at is not None:
            raise BotError("error-review-signed", at=self.signed_at)
        if self.superseded_at is not None:
            raise BotError("error-review-superseded")
        return replace(self, signed_by=person, signed_at=now, seen=seen)


def next_opening(rhythm: Rhythm, now: datetime, calendar: Calendar) -> tuple[date, datetime]:
    """The boundary that is reviewed next and when: a moment gone by when it is due already."""
    due = rhythm.due(now, calendar)
    if due is not None:
        return due, opens_at(due, calendar)
    boundary = latest_boundary(today(now), Cadence.QUARTERLY)
    while rhythm.due(opens_at(boundary, calendar), calendar) != boundary:
        boundary = next_boundary(boundary, Cadence.QUARTERLY)
    return boundary, opens_at(boundary, calendar)


def digest(kinds: Mapping[int, Iterable[Kind]], departments: Iterable[int]) -> str:
    """A short name of what is open, by task and by department: another one when any of it is."""
    named = [f"{task}:{','.join(sorted(of))}" for task, of in kinds.items()]
    named += [f"{Kind.MISSING}:{department}" for department in departments]
    return blake2b("\n".join(sorted(named)).encode(), digest_size=8).hexdigest()


def late_kinds(task: Task, day: date) -> tuple[Kind, ...]:
    """Whether the task is overdue or blocked on that day."""
    held = task.status is Status.ON_HOLD and task.hold_until is not None
    blocked = held and task.hold_until is not None and task.hold_until <= day
    if task.status in UNDER_WAY:
        blocked = any(stage.done_on is None and stage.due < day for stage in task.milestones)
    found = ((Kind.OVERDUE, task.is_overdue(day)), (Kind.BLOCKED, blocked))
    return tuple(kind for kind, is_so in found if is_so)


def extended(task: Task, now: datetime, calendar: Calendar) -> Task:
    """The task with its dates that have passed moved `EXTENSION` ahead of today.

    With an overdue stage those that follow are not to come before it. BotError when no date has
    passed, as when somebody else has moved it meanwhile.
    """
    day = today(now)
    until = calendar.working_from(day + EXTENSION)
    kinds = late_kinds(task, day)
    if not kinds:
        raise BotError("error-review-not-late", number=task.id)
    if task.status is Status.ON_HOLD:
        return replace(task, hold_until=until)
    stages = task.milestones
    if Kind.BLOCKED in kinds:
        stages = tuple(s if s.done_on else replace(s, due=max(s.due, until)) for s in stages)
    due = until if task.due is None or Kind.OVERDUE in kinds else task.due
    return replace(task, milestones=stages, due=max([due, *(s.due for s in stages)]))
