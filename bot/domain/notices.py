"""What people are told by message: plain values with names already looked up."""

from dataclasses import dataclass
from datetime import date

from bot.domain.rights import ON_A_TASK, Act
from bot.domain.task import UNDECIDED, Listed, Task

_OWNERS = frozenset({Act.ASSIGN, Act.DUE})
"""Of these only whose work it is has to know."""
_HEARD = frozenset(ON_A_TASK) | {Act.TAKE_IN, Act.KEEP_OUT}
_HEARD -= {Act.JOIN, Act.NOTE, Act.PLAN, Act.MILESTONE, Act.VERIFY}
"""The acts whose proposers and owner are told when somebody else did them."""


def heard_by(act: Act, before: Task, after: Task) -> set[int | None]:
    """Whom an act concerns. An undecided task that is no longer put off is news to nobody: the
    decision that follows is."""
    if act not in _HEARD or (act is Act.RESUME and after.status in UNDECIDED):
        return set()
    owners = {after.owner, before.owner}
    return owners if act in _OWNERS else {*after.proposers, *owners}


def heard_as(act: Act, after: Task) -> str:
    """What an act is called: a merge that waits for the other department is asked for only."""
    return "merge_asked" if act is Act.MERGE and after.is_undecided_merge else act.value


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
    """So many messages of a kind could not be told, for a reason that the log knows."""

    kind: str
    reason: str
    many: int = 1
