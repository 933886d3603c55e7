"""What a check of the doctor's finds, and how errors are said in it."""

import re
from dataclasses import dataclass
from typing import Any

from aiohttp import ClientError
from slack_sdk.errors import SlackApiError

from handlers.slack import error_of

_SECRETS = re.compile(r"(?<=://)[^/@\s]+(?=@)")
NO_ANSWER = (
    ClientError, TimeoutError, OSError, ValueError, AttributeError, LookupError, TypeError,
)  # fmt: skip
"""What a call raises, or reading what came: a proxy's "ok" has none of the fields of Slack's."""


@dataclass(frozen=True, kw_only=True)
class Finding:
    """What was looked at and how it is; `mend` says what to do when it is wrong."""

    ok: bool
    what: str
    mend: str = ""


def refusal(error: SlackApiError) -> str:
    """Slack's name for why it refused, or the HTTP status of an answer that is not Slack's."""
    response: Any = error.response
    return error_of(error) or f"HTTP {getattr(response, 'status_code', '?')}"


def first_line(error: BaseException) -> str:
    """What an error says first, without passwords; the statement and the parameters that follow
    help nobody here.
    """
    lines = str(error).strip().splitlines()
    return _SECRETS.sub("***", lines[0]) if lines else type(error).__name__
