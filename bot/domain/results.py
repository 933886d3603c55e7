"""What use-cases say and views draw: plain values with names already looked up."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date, datetime
from enum import StrEnum
from typing import Any

from bot.domain.ballot_screens import HomeRound
from bot.domain.burden import Quarter
from bot.domain.notices import Undelivered
from bot.domain.org import Official, Person
from bot.domain.review_screens import HomeReview
from bot.domain.rights import Act
from bot.domain.round import Round
from bot.domain.task import Content, Listed, Status, Task


class Surface(StrEnum):
    """Where an act was done."""

    COMMAND = "command"
    MODAL = "modal"
    HOME = "home"
    MESSAGE = "message"
    SLACK = "slack"
    CLI = "cli"
    TICK = "tick"


@dataclass(frozen=True, kw_only=True)
class Entry:
    """One line of the history: who did what, when, from where, and what it changed.

    `before` and `after` hold only the fields that differ, as plain values.
    """

    id: int | None = None
    """Its place in the whole log; None until it is stored."""
    at: datetime
    act: str
    actor: int | None
    surface: Surface
    task: int | None = None
    before: Mapping[str, Any] = field(default_factory=dict)
    after: Mapping[str, Any] = field(default_factory=dict)
    text: str = ""


@dataclass(frozen=True, kw_only=True)
class Line:
    """A history entry as it is read: `actor` is a name with post, None for the bot itself."""

    entry: Entry
    actor: str | None


@dataclass(frozen=True, kw_only=True)
class Shown:
    """A task as one viewer sees it; `may` holds only acts that would work."""

    task: Task
    may: frozenset[Act]
    today: date
    bureau: str
    department: str
    team: str
    channel: str | None = None
    """Where its card is."""
    cooperating: tuple[str, ...] = ()
    names: Mapping[int, str] = field(default_factory=dict)
    """Names with posts of everyone the task mentions, by person id."""
    one_team: bool = False
    merging_in: tuple[Listed, ...] = ()
    """Tasks of other departments that wait to be merged into this one."""
    decider: Official | None = None
    replacements: tuple[Listed, ...] = ()
    """For the form that ends a representative task: what may stand in its place."""
    history: tuple[Line, ...] = ()
    more_history: bool = False
    round: str = ""
    """The name of the round it counts for; empty between rounds."""
    carried: bool = False
    """Whether that round is closed and the task is not done yet."""
    representative: bool = False
    """Whether it stands for its department in its round."""


@dataclass(frozen=True, kw_only=True)
class Done:
    """An act carried out on a task; what a receipt needs and an idempotent answer keeps."""

    task: int
    version: int
    act: Act
    status: Status


@dataclass(frozen=True, kw_only=True)
class Receipt:
    """A proposal stored: its number, who decides, and whether a card will appear."""

    shown: Shown
    channel: str | None


@dataclass(frozen=True, kw_only=True)
class Draft:
    """What somebody had begun to write, kept as they typed; values as the form had them."""

    values: Mapping[str, Any]
    updated_at: datetime


@dataclass(frozen=True, kw_only=True)
class News:
    """One thing that somebody did to a person's task; `actor` and `owner` are names with posts,
    `owner` and `due` the task's as they are now."""

    id: int
    task: int
    title: str
    act: str
    actor: str | None
    text: str
    at: datetime
    owner: str | None = None
    due: date | None = None


class Scope(StrEnum):
    """Whose tasks a list shows."""

    MINE = "mine"
    TEAM = "team"
    DEPARTMENT = "dept"
    BUREAU = "bureau"
    ALL = "all"


@dataclass(frozen=True, kw_only=True)
class Query:
    """What a list shows: a scope with a status, or a search; pages go by the last number seen."""

    scope: Scope = Scope.ALL
    status: Status | None = None
    overdue: bool = False
    words: str = ""
    before: int | None = None
    """Show tasks with smaller numbers (newest first); None starts at the newest."""
    page: int = 1


@dataclass(frozen=True, kw_only=True)
class Page:
    """At most ten tasks of a query; `more` tells whether a next page exists."""

    query: Query
    rows: tuple[Listed, ...]
    more: bool
    today: date
    fuzzy: bool = False
    """Nothing matched the words exactly; these are the nearest."""


@dataclass(frozen=True, kw_only=True)
class Home:
    """The Home tab of one person: mine, what waits for me, and whom to ask."""

    viewer: Person
    unit: str
    today: date
    first_time: bool
    has_draft: bool
    round: Round | None
    round_part: HomeRound | None = None
    reviews: tuple[HomeReview, ...] = ()
    """Those that wait for the viewer, who directs the bureau."""
    mine: tuple[Listed, ...] = ()
    to_decide: tuple[Listed, ...] = ()
    to_revise: tuple[Listed, ...] = ()
    due: tuple[Listed, ...] = ()
    to_take_in: tuple[Listed, ...] = ()
    more: frozenset[str] = frozenset()
    """Names of the lists above that have more than is shown."""
    hq: tuple[Official, ...] = ()
    checks: int = 0
    """Questions about completed tasks that wait for the viewer."""
    burden: tuple[Quarter, ...] = ()
    """For headquarters: this quarter and the last."""
    undelivered: tuple[Undelivered, ...] = ()
    """For headquarters: what could not be told so far."""


@dataclass(frozen=True, kw_only=True)
class Proposed:
    """A proposal as it was asked for: kept while similar tasks are shown, then stored."""

    content: Content
    department: int | None = None
    source: str = ""
