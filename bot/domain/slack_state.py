"""What Slack has said of a channel, which may come late, twice and in any order.

Moments are Slack's own, in microseconds of system time; 0 stands for one that it did not give.
"""

from dataclasses import dataclass
from enum import StrEnum


class ChannelState(StrEnum):
    """Whether anything can be posted in a channel."""

    OPEN = "open"
    ARCHIVED = "archived"
    DELETED = "deleted"


@dataclass(frozen=True, kw_only=True)
class Channel:
    """The newest that was heard of a channel: its state, whether the bot is in it, its new id.

    The three are told by different events, so each has a moment of its own: that the bot was
    removed after an archiving does not make a late word of that archiving untrue.
    """

    slack_id: str
    state: ChannelState = ChannelState.OPEN
    state_at: int = 0
    member: bool = True
    member_at: int = 0
    became: str | None = None
    became_at: int = 0


def is_current(at: int, heard: int) -> bool:
    """Whether a word of that moment still counts after one of the moment `heard`.

    One of the same moment does: it is the same word again, which changes nothing, or another one
    that only the order of arrival can tell apart. So does one without a moment.
    """
    return at == 0 or at >= heard
