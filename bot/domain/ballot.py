"""A ballot: a department's vote on its one representative task of a round."""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from enum import StrEnum

from bot.domain.calendar import CLOSES, Calendar, at, local, today
from bot.domain.errors import BotError
from bot.domain.task import Status

SIGN = "thumbsup"
"""The name of 👍 in Slack; its other name is `+1`."""
SIGNS = frozenset({SIGN, "+1"})
CANDIDATES_MAX = 25
CHOICES_MAX = 100
"""Tasks that are offered where one of a department's is to be chosen: as many as a menu has."""
RECOUNTED_EVERY = timedelta(hours=1)
"""How long what events failed to tell may stay unknown while votes are given."""
RECOUNTED_AGAIN = timedelta(minutes=15)
"""The same while Slack drops events: it is asked at once, and so often until it no longer does."""
LONGEST = timedelta(days=92)
"""How long a ballot of a round without a last day may run."""
SECRET_FROM = 5
"""Electors a secret ballot needs at least, and votes before its tally is shown or it may be closed
early: with fewer, the tally tells who chose what."""
EARLIEST = time(10)
LATEST = CLOSES
MAY_STAND = frozenset({Status.SUBMITTED, Status.CONFIRMED, Status.IN_PROGRESS, Status.DONE})
"""A task of this round in one of these is a candidate."""


class Mode(StrEnum):
    """How votes are given."""

    OPEN = "open"
    SECRET = "secret"  # noqa: S105 -- a way of voting, not a password


class State(StrEnum):
    """Where a ballot stands."""

    POSTING = "posting"
    """Its messages are on their way."""
    OPEN = "open"
    COUNTING = "counting"
    """Closed; Slack is asked what stands."""
    ASKING = "asking"
    """Somebody stands on several candidates and was asked which one."""
    TIED = "tied"
    """The head is asked to choose."""
    DECIDED = "decided"
    EMPTY = "empty"
    """It ended without any candidate."""
    VOID = "void"


LIVE = frozenset({State.POSTING, State.OPEN, State.COUNTING, State.ASKING, State.TIED})
VOTING = frozenset({State.POSTING, State.OPEN})


class Rule(StrEnum):
    """What made a task the representative one."""

    VOTES = "votes"
    TIE_HEAD = "tie_head"
    TIE_HOURS = "tie_hours"
    TIE_EARLIER = "tie_earlier"
    LONE = "lone"
    LONE_HEAD = "lone_head"
    OVERRIDE = "override"
    REPLACED = "replaced"
    """Its predecessor was withdrawn, declined or merged."""


@dataclass(frozen=True, kw_only=True)
class Candidate:
    """A task as it stood when the ballot opened; `id` is its own, unlike `task`, the number."""

    id: int
    ballot: int
    position: int
    task: int
    title: str
    hours: float | None
    submitted_at: datetime
    type: str = ""
    problem: str = ""
    proposal: str = ""
    ts: str | None = None
    """Its message in the ballot's channel, once posted."""
    seeded: bool = False
    """Whether the bot's own sign stands under it."""
    out: bool = False
    """Withdrawn, declined or merged since: its votes fall back."""
    recounted_at: datetime | None = None
    """When Slack was asked what stands, after closing."""
    votes: int | None = None
    """The final count; None until then."""


@dataclass(frozen=True, kw_only=True)
class Ballot:
    """The state of a ballot; `version` grows with every change of it."""

    id: int
    version: int = 1
    round: int
    bureau: int
    department: int
    channel: str
    mode: Mode
    state: State = State.POSTING
    opened_by: int
    opened_at: datetime
    closes_at: datetime
    until: datetime | None = None
    """While asking or tied: when the rule decides without an answer."""
    ts: str | None = None
    electors: int
    """How many, frozen at opening."""
    turnout: int = 0
    """How many of them have a vote; stored once it has ended."""
    reminded_at: datetime | None = None
    """When those who had not voted were reminded."""
    recount_at: datetime | None = None
    """When Slack is next asked what stands, while votes are still given."""
    winner: int | None = None
    """The task that was chosen."""
    rule: Rule | None = None
    ended_at: datetime | None = None
    remark: str = ""
    """Why it is void; a key of the catalogues."""


@dataclass(frozen=True, kw_only=True)
class Representative:
    """The one task that stands for a department in a round, and why this one."""

    round: int
    department: int
    task: int
    rule: Rule
    ballot: int | None = None
    reason: str = ""
    """Why it was overridden or replaced."""
    by: int | None = None
    at: datetime


@dataclass(frozen=True, kw_only=True)
class Standing:
    """A candidate's place in the result."""

    candidate: Candidate
    votes: int


def check_closing(
    closes_at: datetime, now: datetime, calendar: Calendar, *, last: date | None = None
) -> None:
    """Refuse a closing time that gives too little time, falls outside the day's work, or lies
    after the round's `last` day."""
    there = local(closes_at)
    if not calendar.is_working(there.date()):
        raise BotError("error-ballot-day-off", field="day")
    if not EARLIEST <= there.time() <= LATEST:
        raise BotError("error-ballot-hour", field="hour")
    if there.date() < calendar.after(today(now), 1):
        raise BotError("error-ballot-soon", field="day")
    if there.date() > (last or today(now) + LONGEST):
        raise BotError("error-ballot-late", field="day")


def usual_closing(votes_by: date | None, now: datetime, calendar: Calendar) -> datetime:
    """18:00 of the day headquarters set, else five working days from now."""
    first = calendar.after(today(now), 1)
    if votes_by is not None and votes_by >= first:
        return at(calendar.working_from(votes_by), LATEST)
    return at(calendar.after(today(now), 5), LATEST)


def check_opening(candidates: int, electors: int, mode: Mode, *, sealed: bool = True) -> None:
    """Refuse a ballot that nobody could decide, or that would not be secret.

    `sealed` tells whether there is a secret to seal voters with.
    """
    if not candidates:
        raise BotError("error-ballot-no-candidates")
    if candidates > CANDIDATES_MAX:
        raise BotError("error-ballot-many", count=candidates, limit=CANDIDATES_MAX)
    if mode is Mode.SECRET and not sealed:
        raise BotError("error-ballot-no-secret", field="mode")
    if mode is Mode.SECRET and electors < SECRET_FROM:
        raise BotError("error-ballot-few", field="mode", least=SECRET_FROM, electors=electors)


def ranked(candidates: Sequence[Candidate], votes: Mapping[int, int]) -> tuple[Standing, ...]:
    """The candidates still standing by votes (`votes`: candidate id → how many), then position."""
    found = [Standing(candidate=c, votes=votes.get(c.id, 0)) for c in candidates if not c.out]
    return tuple(sorted(found, key=lambda s: (-s.votes, s.candidate.position)))


def leaders(standings: Sequence[Standing]) -> tuple[Candidate, ...]:
    """Who has most votes: several when tied."""
    return tuple(s.candidate for s in standings if s.votes == standings[0].votes)


def by_rule(tied: Collection[Candidate]) -> tuple[Candidate, Rule]:
    """Of tied candidates the one with more annual hours, then the one submitted earlier."""
    most = max(c.hours or 0 for c in tied)
    busiest = [c for c in tied if (c.hours or 0) == most]
    if len(busiest) == 1:
        return busiest[0], Rule.TIE_HOURS
    return min(busiest, key=lambda c: (c.submitted_at, c.task)), Rule.TIE_EARLIER


def answer_by(now: datetime, calendar: Calendar) -> datetime:
    """Until when an answer is waited for: 18:00 of the next working day."""
    return at(calendar.after(today(now), 1), LATEST)


def reminded_at(ballot: Ballot, calendar: Calendar) -> datetime:
    """When those who have not voted hear of it: 09:00 of the working day before closing."""
    return at(calendar.before(local(ballot.closes_at).date(), 1))


def micros(moment: datetime) -> int:
    """A moment as Slack's microseconds, in which marks are counted."""
    return round(moment.timestamp() * 1_000_000)


def is_sign(name: str) -> bool:
    """Whether a reaction's name is 👍, of whatever skin tone."""
    return name.split("::")[0] in SIGNS
