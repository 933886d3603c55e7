"""A task: one piece of work to cut or change, and everything kept about it."""

from dataclasses import dataclass
from datetime import date, datetime
from enum import StrEnum

from bot.domain.org import Place

HOURS_OF_A_WORKING_DAY = 8


class Type(StrEnum):
    """What is to happen to the work."""

    ABOLISH = "abolish"
    REDUCE = "reduce"
    CONSOLIDATE = "consolidate"
    IMPROVE = "improve"
    TRANSFER = "transfer"
    DIGITISE = "digitise"


class Reason(StrEnum):
    """Why the work may go."""

    GOAL_REACHED = "goal_reached"
    NO_RESPONSE = "no_response"
    LAW_CHANGED = "law_changed"
    CUSTOM = "custom"
    WASTE = "waste"
    DUPLICATION = "duplication"
    OTHER = "other"


class Need(StrEnum):
    """What has to be done first; no need at all is *undecided*."""

    IMMEDIATE = "immediate"
    BUDGET = "budget"
    ORDINANCE = "ordinance"
    GUIDELINE = "guideline"
    MINISTRY = "ministry"


class Status(StrEnum):
    """Where a task stands; overdue is derived from the due date and never stored."""

    SUBMITTED = "submitted"
    REVISION_REQUESTED = "revision_requested"
    CONFIRMED = "confirmed"
    IN_PROGRESS = "in_progress"
    ON_HOLD = "on_hold"
    DONE = "done"
    DECLINED = "declined"
    WITHDRAWN = "withdrawn"
    MERGED = "merged"


UNDECIDED = frozenset({Status.SUBMITTED, Status.REVISION_REQUESTED})
UNDER_WAY = frozenset({Status.CONFIRMED, Status.IN_PROGRESS})
ENDED = frozenset({Status.DONE, Status.DECLINED, Status.WITHDRAWN, Status.MERGED})
OPEN = frozenset(Status) - ENDED


@dataclass(frozen=True, kw_only=True)
class Milestone:
    """One stage of a track (`budget`, `ordinance` …); `code` names it in the catalogues."""

    track: Need
    code: str
    due: date
    done_on: date | None = None
    note: str = ""


@dataclass(frozen=True, kw_only=True)
class Step:
    """One line of the action plan."""

    text: str
    owner: int
    due: date
    done_on: date | None = None


@dataclass(frozen=True, kw_only=True)
class Effect:
    """How much work it is: times a year × minutes × people, and thousand won a year."""

    per_year: int | None = None
    minutes: int | None = None
    people: int | None = None
    budget: int | None = None

    @property
    def hours(self) -> float | None:
        """Hours a year, or None while a factor is missing."""
        if self.per_year is None or self.minutes is None or self.people is None:
            return None
        return self.per_year * self.minutes * self.people / 60


@dataclass(frozen=True, kw_only=True)
class Saving:
    """What was saved a year, in hours and thousand won; None while nobody has said."""

    hours: float | None = None
    budget: int | None = None


@dataclass(frozen=True, kw_only=True)
class Content:
    """What a person writes about a task."""

    title: str
    type: Type
    problem: str
    proposal: str = ""
    reason: Reason | None = None
    needs: frozenset[Need] = frozenset()
    effect: Effect = Effect()
    cooperating: tuple[int, ...] = ()


@dataclass(frozen=True, kw_only=True)
class Task:
    """The state of a task; every change makes a new value with the next version."""

    id: int
    version: int = 1
    round: int | None = None
    place: Place
    content: Content
    status: Status = Status.SUBMITTED
    proposer: int
    origin: int | None = None
    """The proposer's unit when it was proposed: who moves away loses the proposer's rights."""
    co_proposers: tuple[int, ...] = ()
    owner: int | None = None
    due: date | None = None
    hold_until: date | None = None
    held_from: Status | None = None
    remark: str = ""
    """The latest comment of who decided: what to revise, why declined, held or merged."""
    note: str = ""
    """The latest progress note; earlier ones are in the history."""
    opinion: str = ""
    """The team lead's opinion, which never blocks."""
    evidence: str = ""
    stopped_at_once: bool = False
    """Completed in one tap: that the work stopped at once is the evidence."""
    merge_into: int | None = None
    """The task this one was merged into, or waits to be (status tells which)."""
    replacement: int | None = None
    """What stands for the department instead of this one once the merge it waits for is done."""
    merge_asked_at: datetime | None = None
    """When another department was last asked to take it in; counts while that is undecided."""
    source: str = ""
    """A permalink to the message it was proposed from."""
    milestones: tuple[Milestone, ...] = ()
    plan: tuple[Step, ...] = ()
    created_at: datetime
    waiting_since: datetime | None = None
    """Since when a decision is awaited; None when nobody has to decide."""
    confirmed_at: datetime | None = None
    done_at: datetime | None = None
    reported: Saving = Saving()
    """What the completion report said was saved; never mixed with expected or verified."""
    verified: Saving = Saving()
    """What was really saved, as its owner said a quarter later or after; only this is free."""

    def is_overdue(self, today: date) -> bool:
        """Whether work is under way past its due date."""
        return self.status in UNDER_WAY and self.due is not None and self.due < today

    @property
    def is_undecided_merge(self) -> bool:
        """Whether it waits for another department's head to take it in."""
        return self.merge_into is not None and self.status is not Status.MERGED

    @property
    def proposers(self) -> tuple[int, ...]:
        """The proposer and those who joined."""
        return (self.proposer, *self.co_proposers)


@dataclass(frozen=True, kw_only=True)
class Listed:
    """A task as one line of a list."""

    id: int
    title: str
    type: Type
    status: Status
    department: str
    owner: str | None
    due: date | None
    hours: float | None
    """Hours a year as expected; beside them, never added, those reported and those verified."""
    reported: float | None = None
    verified: float | None = None
    representative: bool = False
    """Whether it stands for its department in its round."""
    carried: str | None = None
    """The earlier round that it is carried over from, unfinished."""
