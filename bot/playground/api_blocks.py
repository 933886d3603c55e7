"""blocks.validate: says of blocks, a message or a view whether it would be taken; posts nothing."""

import re
from typing import Any

from bot.playground.api import Args
from bot.playground.limits import ready_blocks, ready_view
from bot.playground.records import Json, SlackError
from bot.playground.workspace import Workspace

_PARTS = ("blocks", "message", "view")
_POINTER = re.compile(r"(.*) \[json-pointer:(.*)\]", re.DOTALL)


def validate(ws: Workspace, args: Args) -> Json:
    """Exactly one of `blocks`, `message` and `view`, as JSON; raises `invalid_…` with `errors`."""
    given = [part for part in _PARTS if args.has(part)]
    if len(given) != 1:
        said = "must provide exactly one of `blocks`, `view`, or `message`"
        raise SlackError("invalid_arguments", (said,))
    part = given[0]
    value = args.json(part)
    try:
        if part == "view":
            ready_view(value, ws.ids, ("modal", "home"))
        elif part == "blocks":
            ready_blocks(value, ws.ids)
        else:
            ready_blocks(value.get("blocks") if isinstance(value, dict) else None, ws.ids)
    except SlackError as error:
        errors = [_pointed(message) for message in error.messages]
        raise SlackError(f"invalid_{part}", errors=errors) from None
    return {}


def _pointed(message: str) -> dict[str, Any]:
    """One error as Slack lists it here."""
    found = _POINTER.fullmatch(message)
    text, pointer = found.groups() if found else (message, "")
    return {"code": "failed_constraint", "message": text, "pointer": pointer}
