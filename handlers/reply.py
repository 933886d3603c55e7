"""What a handler answers, as plain values; the router turns them into an ack and calls."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from bot.views.kit import Block, View


@dataclass(frozen=True)
class Nothing:
    """Only the ack. After a submission it closes that view."""


@dataclass(frozen=True)
class Say:
    """A message where the person is: ephemeral, or for the channel.

    After a press in a message `replace` puts it in the message's place. Where there is no place
    (after a submission, in Home, from a global shortcut) the text goes to the person directly.
    """

    blocks: Sequence[Block] = ()
    text: str = ""
    ephemeral: bool = True
    replace: bool = False


@dataclass(frozen=True)
class OpenView:
    """A modal, opened with the trigger before the ack."""

    view: View


@dataclass(frozen=True)
class PushView:
    """A modal above the one the person is in; opened where there is none yet."""

    view: View


@dataclass(frozen=True)
class UpdateView:
    """The modal the person is in, or the one `beneath` it, shows this instead.

    No other can be named: which views belong together is what Slack says of the payload's own.
    With `hash` only if nothing changed it since; without, the last one wins.
    """

    view: View
    beneath: bool = False
    hash: str | None = None


@dataclass(frozen=True)
class Errors:
    """A submission is refused: texts by the action id of the input they belong to."""

    fields: Mapping[str, str]


@dataclass(frozen=True)
class ClearViews:
    """A submission closes every modal."""


@dataclass(frozen=True)
class Options:
    """The choices of an external menu, as option objects, or as groups of them."""

    options: Sequence[Mapping[str, Any]]
    grouped: bool = False


@dataclass(frozen=True)
class Publish:
    """The Home tab of the person."""

    view: View


@dataclass(frozen=True)
class Many:
    """Several replies at once; only one of them can be the ack's own content."""

    replies: Sequence["Reply"]


Reply = (
    Nothing
    | Say
    | OpenView
    | PushView
    | UpdateView
    | Errors
    | ClearViews
    | Options
    | Publish
    | Many
)
