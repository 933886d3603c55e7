"""Calls that send: each made once, its end known, or known to be unknown.

A post that may have arrived is looked for by the key in its metadata before it is made again. An
ephemeral cannot be looked for, so it is never made again.
"""

import asyncio
from collections.abc import AsyncGenerator, Awaitable, Mapping
from contextlib import aclosing
from dataclasses import dataclass
from typing import Any

import aiohttp
from slack_sdk.errors import SlackApiError
from slack_sdk.web.async_client import AsyncWebClient

CALL_SECONDS = 10.0
"""The whole timeout of one call."""
EVENT = "gopbaegi"
"""The event type of our messages' metadata."""
NOBODY = frozenset({
    "account_inactive", "cannot_dm_bot", "user_disabled", "user_not_found", "user_not_in_channel",
})  # fmt: skip
"""The person is gone, or was never there: there is nothing to mend."""
NOWHERE = frozenset({
    "channel_not_found", "is_archived", "is_inactive", "messages_tab_disabled", "not_in_channel",
    "restricted_action", "thread_not_found",
})  # fmt: skip
"""The place does not take messages until somebody mends it."""
DELETED = frozenset({"message_not_found"})
"""What somebody removed stays removed."""
FINAL = frozenset({"cant_update_message", "edit_window_closed"})
"""The message is there and stays as it is."""
TOKEN = frozenset({
    "access_denied", "ekm_access_denied", "invalid_auth", "missing_scope", "no_permission",
    "not_allowed_token_type", "not_authed", "token_expired", "token_revoked",
})  # fmt: skip
"""The bot itself may not until somebody mends it: nothing is lost, everything waits."""

_PAGE = 200
_PAGES_MAX = 10
_WAIT = 30.0
"""Seconds to wait when Slack does not say how long."""
_PERHAPS_DONE = frozenset({
    "fatal_error", "internal_error", "request_timeout", "service_unavailable",
    "team_added_to_org",
})  # fmt: skip
"""Errors that Slack gives when it does not know itself how far it came."""


class Limited(Exception):
    """Slack took nothing and asks to wait so many seconds."""

    def __init__(self, seconds: float) -> None:
        super().__init__(seconds)
        self.seconds = seconds


class Unreached(Exception):
    """No connection was made, so nothing arrived."""


class Unclear(Exception):
    """The call may have arrived or not."""


class Rejected(Exception):
    """Slack took nothing and says why."""

    def __init__(self, code: str) -> None:
        super().__init__(code)
        self.code = code


@dataclass(frozen=True)
class Sent:
    """A message in Slack and the mark it carries."""

    channel: str
    ts: str
    mark: str = ""


@dataclass(frozen=True, kw_only=True)
class Letter:
    """A message to post: `to` is a person's or channel's Slack id.

    With `only_for` it is an ephemeral in that channel, which one person sees.
    """

    to: str
    content: Mapping[str, Any]
    token: str
    mark: str = ""
    thread: str | None = None
    only_for: str | None = None


async def made(call: Awaitable[Any], seconds: float = CALL_SECONDS) -> Any:
    """The answer of a call; Limited, Unreached, Unclear or Rejected otherwise."""
    try:
        async with asyncio.timeout(seconds):
            return await call
    except SlackApiError as error:
        raise _meaning(error) from error
    except aiohttp.ClientConnectorError as error:
        raise Unreached from error
    except (aiohttp.ClientError, OSError, ValueError) as error:
        # ValueError: what came was no JSON.
        raise Unclear(type(error).__name__) from error


async def post(client: AsyncWebClient, letter: Letter) -> Sent:
    """Post a message once, with its key; an ephemeral has none."""
    if letter.only_for is not None:
        answer = await made(
            client.chat_postEphemeral(
                channel=letter.to,
                user=letter.only_for,
                thread_ts=letter.thread,
                **letter.content,
            )
        )
        return Sent(letter.to, str(answer["message_ts"]))
    about: dict[str, Any] = {"key": letter.token}
    if letter.mark:
        about["mark"] = letter.mark
    answer = await made(
        client.chat_postMessage(
            channel=letter.to,
            thread_ts=letter.thread,
            metadata={"event_type": EVENT, "event_payload": about},
            **letter.content,
        )
    )
    return Sent(str(answer["channel"]), str(answer["ts"]), letter.mark)


async def update(client: AsyncWebClient, channel: str, ts: str, content: Mapping[str, Any]) -> None:
    """Show this in a message that is there; may be repeated."""
    await made(client.chat_update(channel=channel, ts=ts, **content))


async def publish(client: AsyncWebClient, user: str, view: Mapping[str, Any]) -> None:
    """Show this in a person's Home; may be repeated."""
    await made(client.views_publish(user_id=user, view=dict(view)))


async def look(client: AsyncWebClient, letter: Letter, since: float) -> Sent | None:
    """The letter where it stands, if an earlier call brought it there after `since`."""
    channel = letter.to
    if letter.to.startswith(("U", "W")):
        opened = await made(client.conversations_open(users=letter.to))
        channel = str(opened["channel"]["id"])
    async with aclosing(_messages(client, channel, letter.thread, since)) as messages:
        async for message in messages:
            metadata = message.get("metadata") or {}
            about = metadata.get("event_payload") or {}
            if metadata.get("event_type") == EVENT and about.get("key") == letter.token:
                return Sent(channel, str(message["ts"]), str(about.get("mark", "")))
    return None


async def _messages(
    client: AsyncWebClient, channel: str, thread: str | None, since: float
) -> AsyncGenerator[Mapping[str, Any], None]:
    asked: dict[str, Any] = {
        "channel": channel,
        "oldest": f"{max(since, 0.0):.6f}",
        "limit": _PAGE,
        "include_all_metadata": True,
    }
    for _ in range(_PAGES_MAX):
        if thread is None:
            answer = await made(client.conversations_history(**asked))
        else:
            answer = await made(client.conversations_replies(ts=thread, **asked))
        for message in answer["messages"]:
            yield message
        cursor = (answer.get("response_metadata") or {}).get("next_cursor")
        if not cursor:
            return
        asked["cursor"] = cursor


def _meaning(error: SlackApiError) -> Exception:
    response = error.response
    status = int(getattr(response, "status_code", 0) or getattr(response, "status", 0) or 0)
    data = getattr(response, "data", None)
    code = str(data.get("error", "")) if isinstance(data, Mapping) else ""
    if status == 429 or code == "ratelimited":
        seconds = str(response.headers.get("Retry-After", ""))
        return Limited(float(seconds) if seconds.isdecimal() else _WAIT)
    if not code or status >= 500 or code in _PERHAPS_DONE:
        return Unclear(code or f"status {status}")
    return Rejected(code)
