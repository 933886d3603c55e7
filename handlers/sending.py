"""Calls that send: each made once, its end known, or known to be unknown.

A post that may have arrived is looked for by the key in its metadata before it is made again. An
ephemeral cannot be looked for, so it is never made again.
"""

import asyncio
from collections.abc import AsyncGenerator, Awaitable, Callable, Mapping
from contextlib import aclosing
from dataclasses import dataclass
from typing import Any, TypeVar

import aiohttp
from slack_sdk.errors import SlackApiError
from slack_sdk.web.async_client import AsyncWebClient

from handlers.causes import Cause, cause_of

T = TypeVar("T")

CALL_SECONDS = 10.0
"""The whole timeout of one call."""
EVENT = "gopbaegi"
"""The event type of our messages' metadata."""
_PAGE = 200
_PAGES_MAX = 10
_WAIT = 30.0
"""Seconds to wait when Slack does not say how long."""


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
    """Slack took nothing and says why; `cause` is whose fault that is."""

    def __init__(self, code: str) -> None:
        super().__init__(code)
        self.code = code
        self.cause = cause_of(code)


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


async def made(call: Awaitable[Any], read: Callable[[Any], T], seconds: float = CALL_SECONDS) -> T:
    """What `read` finds in a call's answer; Limited, Unreached, Unclear or Rejected otherwise."""
    try:
        async with asyncio.timeout(seconds):
            return read(await call)
    except SlackApiError as error:
        raise _meaning(error) from error
    except aiohttp.ClientConnectorError as error:
        raise Unreached from error
    except Exception as error:
        # The connection broke, or what came was no JSON, no object, or lacks what Slack promises:
        # whatever it was, the call may have arrived.
        raise Unclear(type(error).__name__) from error


async def post(client: AsyncWebClient, letter: Letter) -> Sent:
    """Post a message once, with its key; an ephemeral has none."""
    if letter.only_for is not None:
        return await made(
            client.chat_postEphemeral(
                channel=letter.to,
                user=letter.only_for,
                thread_ts=letter.thread,
                **letter.content,
            ),
            lambda answer: Sent(letter.to, str(answer["message_ts"])),
        )
    about: dict[str, Any] = {"key": letter.token}
    if letter.mark:
        about["mark"] = letter.mark
    return await made(
        client.chat_postMessage(
            channel=letter.to,
            thread_ts=letter.thread,
            metadata={"event_type": EVENT, "event_payload": about},
            **letter.content,
        ),
        lambda answer: Sent(str(answer["channel"]), str(answer["ts"]), letter.mark),
    )


async def update(client: AsyncWebClient, channel: str, ts: str, content: Mapping[str, Any]) -> None:
    """Show this in a message that is there; may be repeated."""
    await made(client.chat_update(channel=channel, ts=ts, **content), done)


async def publish(client: AsyncWebClient, user: str, view: Mapping[str, Any]) -> None:
    """Show this in a person's Home; may be repeated."""
    await made(client.views_publish(user_id=user, view=dict(view)), done)


def done(answer: Any) -> None:
    """Nothing but success is of interest in the answer."""
    if not answer["ok"]:
        raise ValueError("an answer that is neither a yes nor a no")


async def look(client: AsyncWebClient, letter: Letter, since: float) -> Sent | None:
    """The letter where it stands, if an earlier call brought it there after `since`."""
    channel = letter.to
    if letter.to.startswith(("U", "W")):
        channel = await made(
            client.conversations_open(users=letter.to), lambda answer: str(answer["channel"]["id"])
        )
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
            page = await made(client.conversations_history(**asked), _page)
        else:
            page = await made(client.conversations_replies(ts=thread, **asked), _page)
        messages, cursor = page
        for message in messages:
            yield message
        if not cursor:
            return
        asked["cursor"] = cursor


def _page(answer: Any) -> tuple[list[Mapping[str, Any]], str]:
    """The messages of a page, and where the next one begins."""
    return list(answer["messages"]), (answer.get("response_metadata") or {}).get("next_cursor", "")


def _meaning(error: SlackApiError) -> Exception:
    response = error.response
    status = int(getattr(response, "status_code", 0) or getattr(response, "status", 0) or 0)
    data = getattr(response, "data", None)
    code = str(data.get("error", "")) if isinstance(data, Mapping) else ""
    cause = cause_of(code)
    if status == 429 or cause is Cause.LIMITED:
        seconds = str(response.headers.get("Retry-After", ""))
        return Limited(float(seconds) if seconds.isdecimal() else _WAIT)
    if not code or status >= 500 or cause is Cause.PERHAPS:
        return Unclear(code or f"status {status}")
    return Rejected(code)
