"""What people are told by message: plain values with names already looked up."""

from dataclasses import dataclass
from datetime import date

from bot.domain.task import Listed


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
class ChannelLost:
    """The bot cannot post in a unit's channel (Slack id)."""

    unit: str
    channel: str


@dataclass(frozen=True, kw_only=True)
class Undelivered:
    """Something of a kind could not be told, for a reason that the log knows."""

    kind: str
    reason: str
