"""The calls to Slack that belong to an answer: each made once, and given up soon."""

import asyncio
import logging
from collections.abc import Awaitable, Callable
from typing import Any
from urllib.parse import urlsplit

import aiohttp
import structlog
from slack_bolt.authorization import AuthorizeResult
from slack_sdk.errors import SlackApiError
from slack_sdk.web.async_client import AsyncWebClient

from bot.settings import is_loopback
from handlers.answers import Call

QUICK_SECONDS = 1.5
"""What a call before an ack may take: triggers and acks last three seconds."""

_MEMBERS_PAGE = 999

LIBRARY = logging.getLogger("slack")
"""Slack's libraries log whole payloads below this level."""
LIBRARY.setLevel(logging.WARNING)

log = structlog.stdlib.get_logger(__name__)

Tell = Callable[[str, str], Awaitable[None]]
"""Sends a text that is ready for Slack to a person, by their Slack id."""


def client_for(token: str, api_url: str, *, seconds: float) -> AsyncWebClient:
    """A client that never repeats a call; `seconds` is the timeout of a whole call."""
    client = AsyncWebClient(
        token=token,
        base_url=api_url,
        timeout=seconds,  # type: ignore[arg-type] # aiohttp takes fractions
        retry_handlers=[],
        logger=LIBRARY,
    )
    if is_local(api_url):
        client.proxy = None
    return client


def is_local(url: str) -> bool:
    """Whether an address is on this machine, where the environment's proxies don't help."""
    return is_loopback(urlsplit(url).hostname or "")


class Slack:
    """Carries out the calls of answers over one pool of connections."""

    def __init__(self, token: str, api_url: str, tell: Tell) -> None:
        self.client = client_for(token, api_url, seconds=QUICK_SECONDS)
        self._tell = tell
        self._session: aiohttp.ClientSession | None = None

    async def start(self) -> None:
        """Open the pool."""
        self._session = aiohttp.ClientSession(
            timeout=aiohttp.ClientTimeout(total=QUICK_SECONDS),
            trust_env=not is_local(self.client.base_url),
        )
        self.client.session = self._session

    async def stop(self) -> None:
        """Close the pool."""
        if self._session is not None:
            await self._session.close()

    async def who_am_i(self) -> AuthorizeResult:
        """Ask Slack once whose token this is (auth.test); SlackApiError when it is refused."""
        found = await self.client.auth_test()
        return AuthorizeResult.from_auth_test_response(
            bot_token=self.client.token, auth_test_response=found
        )

    async def members(self, channel: str) -> frozenset[str] | None:
        """Who is in a channel; None when all pages did not come within `QUICK_SECONDS`."""
        found: set[str] = set()
        cursor: str | None = None
        try:
            async with asyncio.timeout(QUICK_SECONDS):
                while cursor != "":
                    page = await self.client.conversations_members(
                        channel=channel, cursor=cursor, limit=_MEMBERS_PAGE
                    )
                    found |= set(page["members"])
                    cursor = (page.get("response_metadata") or {}).get("next_cursor") or ""
        except Exception:  # what it is asked for goes on without, whatever went wrong
            log.warning("a channel's members are not known", exc_info=True)
            return None
        return frozenset(found)

    async def make(self, call: Call) -> None:
        """Make one call; SlackApiError, ClientError or TimeoutError when it fails.

        A view that is gone or was changed by somebody faster is no failure.
        """
        if call.method == "tell":
            await self._tell(call.arguments["user"], call.arguments["text"])
        elif call.method == "respond":
            await self._respond(call.arguments["url"], call.arguments["body"])
        else:
            await self.client.api_call(call.method, json=dict(call.arguments))

    async def _respond(self, url: str, body: Any) -> None:
        if self._session is None:
            raise RuntimeError("not started")
        async with self._session.post(url, json=body) as response:
            response.raise_for_status()


def told_to_wait(error: BaseException) -> float:
    """Seconds that Slack asked to wait before the next call; 0.0 when it did not."""
    if error_of(error) != "ratelimited" or not isinstance(error, SlackApiError):
        return 0.0
    seconds = str(error.response.headers.get("Retry-After", ""))
    return float(seconds) if seconds.isdecimal() else 30.0


def error_of(error: BaseException) -> str:
    """Slack's own name for what went wrong; "" when the error is not Slack's answer."""
    if not isinstance(error, SlackApiError):
        return ""
    return str(error.response.get("error", "")) if error.response else ""
