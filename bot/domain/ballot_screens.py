"""What use-cases say of ballots, rounds and exemptions: plain values with names looked up."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date, datetime

from bot.domain.ballot import Ballot, Candidate, Representative, Standing
from bot.domain.coverage import BureauCoverage, DepartmentCoverage
from bot.domain.exemption import Exemption
from bot.domain.org import Official, Unit
from bot.domain.rights import Act
from bot.domain.round import Round
from bot.domain.task import Listed


@dataclass(frozen=True, kw_only=True)
class Difference:
    """Where the count in Slack differed from what was told: a name, a task, and which way."""

    name: str
    task: int
    title: str
    added: bool


@dataclass(frozen=True, kw_only=True)
class BallotShown:
    """A ballot as one viewer sees it, or as its channel does (no viewer: `may` is empty).

    `standings` are in the order of the result once there is one, otherwise by position; their
    votes are 0 while a secret ballot is open. Candidates that are out come last, in `out`.
    """

    ballot: Ballot
    round: str
    department: str
    standings: tuple[Standing, ...]
    out: tuple[Candidate, ...] = ()
    today: date
    now: datetime
    tallied: bool = True
    """Whether votes may be seen: not in a secret ballot before its end."""
    may: frozenset[Act] = frozenset()
    elector: bool = False
    voted: bool = False
    """Whether the viewer has a live vote."""
    mine: Candidate | None = None
    """The viewer's live vote; never known in a secret ballot."""
    decider: Official | None = None
    """Who settles a tie: the head, or the director where there is none."""
    tied: tuple[Candidate, ...] = ()
    differences: tuple[Difference, ...] = ()
    recounted_at: datetime | None = None


@dataclass(frozen=True, kw_only=True)
class CandidateShown:
    """One candidate's message in the channel."""

    shown: BallotShown
    candidate: Candidate


@dataclass(frozen=True, kw_only=True)
class Chosen:
    """A department's representative task as it is read, with why it is this one."""

    representative: Representative
    task: Listed
    by: str | None = None
    """Who decided, name with post, where it was a person."""


@dataclass(frozen=True, kw_only=True)
class Panel:
    """A department in the current round: its ballot, its coverage, what may be done."""

    department: Unit
    bureau: str
    round: Round | None
    planned: Round | None = None
    ballot: BallotShown | None = None
    """The live one, else the last that ended."""
    chosen: Chosen | None = None
    coverage: DepartmentCoverage | None = None
    candidates: tuple[Listed, ...] = ()
    """What would stand if a ballot opened now; the oldest of many."""
    capped: bool = False
    """Whether there are more than these."""
    may: frozenset[Act] = frozenset()
    today: date


@dataclass(frozen=True, kw_only=True)
class Opening:
    """What the opener of a ballot sees first."""

    department: Unit
    round: str
    candidates: tuple[Listed, ...]
    electors: int
    closes_at: datetime
    """What is proposed."""
    secret_possible: bool
    needs_reason: bool
    """Headquarters says why."""
    outside: tuple[str, ...] | None = None
    """Electors who are not in the channel, by name; None when Slack did not say in time."""
    today: date


@dataclass(frozen=True, kw_only=True)
class OpeningAll:
    """What headquarters sees before it opens every department's ballot."""

    round: str
    channels: int
    """To how many channels it would post."""
    without_candidates: tuple[str, ...]
    without_channel: tuple[str, ...]
    too_many: tuple[str, ...] = ()
    """Departments with more candidates than a ballot holds."""
    closes_at: datetime
    today: date


@dataclass(frozen=True, kw_only=True)
class VoteNow:
    """A voter's receipt: where their vote stands at this moment."""

    shown: BallotShown


@dataclass(frozen=True, kw_only=True)
class Outsider:
    """Why somebody's sign does not count: `reason` is head, newcomer or outsider."""

    department: str
    reason: str


@dataclass(frozen=True, kw_only=True)
class Which:
    """Somebody stands on several candidates and is asked which one they mean, until then."""

    shown: BallotShown
    between: tuple[Candidate, ...]
    until: datetime


@dataclass(frozen=True, kw_only=True)
class ExemptionShown:
    """An exemption as one viewer sees it."""

    exemption: Exemption
    team: str
    department: str
    bureau: str
    round: str
    filed_by: str
    decided_by: str | None = None
    may: frozenset[Act] = frozenset()
    decider: Official | None = None
    today: date


@dataclass(frozen=True, kw_only=True)
class ExemptionPanel:
    """The exemptions of the viewer's teams in this round, and those they decide on."""

    round: Round | None
    teams: tuple[Unit, ...]
    """For which the viewer may file one now."""
    own: tuple[ExemptionShown, ...] = ()
    to_decide: tuple[ExemptionShown, ...] = ()
    more: bool = False
    today: date


@dataclass(frozen=True, kw_only=True)
class Filing:
    """What somebody who files an exemption chooses from."""

    round: Round
    teams: Mapping[int, str]
    """Department and team by the team's id, for which they may file one now."""
    team: int
    """The one they asked for."""
    today: date


@dataclass(frozen=True, kw_only=True)
class RoundPanel:
    """Headquarters' view of the programme: the round and everyone's coverage."""

    round: Round | None
    """The one that is not closed: current or planned."""
    coverage: tuple[BureauCoverage, ...] = ()
    votes_by: Mapping[int, date] = field(default_factory=dict)
    """The day each bureau's ballots close."""
    live_ballots: int = 0
    carried: int = 0
    """Unfinished tasks of earlier rounds."""
    last: Round | None = None
    """The round closed last."""
    today: date


@dataclass(frozen=True, kw_only=True)
class HomeRound:
    """What Home shows of the round: the viewer's department, bureau or province."""

    panel: Panel | None = None
    to_decide: tuple[ExemptionShown, ...] = ()
    bureau: BureauCoverage | None = None
    """For its director."""
    bureaus: tuple[BureauCoverage, ...] = ()
    """For headquarters."""
    to_settle: tuple[Ballot, ...] = ()
    """Ballots that wait for the viewer: tied, or with a lone candidate."""
