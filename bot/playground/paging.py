"""Pages with cursors, as Slack's lists have them."""

import base64
from collections.abc import Callable, Sequence
from typing import TypeVar

from bot.playground.api import Args
from bot.playground.records import SlackError

T = TypeVar("T")


def page(
    rows: Sequence[T], key: Callable[[T], str], args: Args, default: int, most: int
) -> tuple[list[T], str]:
    """The rows of the asked page and the cursor of the next, "" at the end.

    A cursor holds the key of its page's first row; a row gone meanwhile makes it invalid, as it
    may with Slack.
    """
    limit = args.number("limit", default, most)
    start = 0
    if cursor := args.text("cursor"):
        try:
            wanted = base64.urlsafe_b64decode(cursor.encode()).decode().removeprefix("next:")
            start = [key(row) for row in rows].index(wanted)
        except ValueError:
            raise SlackError("invalid_cursor") from None
    end = start + limit
    after = base64.urlsafe_b64encode(f"next:{key(rows[end])}".encode()) if end < len(rows) else b""
    return list(rows[start:end]), after.decode()
