"""What people are told by message: plain values with names already looked up."""

from dataclasses import dataclass
from datetime import date, datetime

from bot.domain.task import Listed


@dataclass(frozen=True, kw_only=True)
class News:
    """One thing that somebody did to a person's task; `actor` is a name with post."""

    id: int
    task: int
    title: str
    act: str
    actor: str | None
    text: str
    at: datetime


@dataclass(frozen=True, kw_only=True)
class HandedOver:
    """Tasks that came to somebody because their owners left; `givers` are names with posts."""

    tasks: tuple[Listed, ...]
    givers: tuple[str, ...]
    today: date


@dataclass(frozen=True, kw_only=True)
class MergeAsked:
    """Another department wants `task` merged into `into`, one of the hearer's tasks."""

    task: Listed
    into: Listed
    reason: str
    today: date


@dataclass(frozen=True, kw_only=True)
class Waiting:
    """What has waited three working days for the hearer's decision, the oldest first."""

    to_decide: tuple[Listed, ...]
    to_take_in: tuple[Listed, ...]
    today: date


@dataclass(frozen=True, kw_only=True)
class Undelivered:
    """Something could not be told; `channel` is the Slack id of where, None for a person."""

    channel: str | None
    reason: str
