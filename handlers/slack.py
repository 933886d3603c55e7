"""Clients of Slack, which bear any answer, and the calls that belong to an answer: each made once,
and given up soon.
"""

import asyncio
import logging
from collections.abc import Awaitable, Callable, Mapping
from typing import Any
from urllib.parse import urlsplit
from urllib.request import getproxies, proxy_bypass

import aiohttp
import structlog
from slack_bolt.authorization import AuthorizeResult
from slack_sdk.errors import SlackApiError
from slack_sdk.web.async_client import AsyncWebClient
from slack_sdk.web.async_slack_response import AsyncSlackResponse

from bot.settings import WHERE, is_loopback
from handlers.answers import Call
from handlers.waiting import Why

QUICK_SECONDS = 1.5
"""What a call before an ack may take: triggers and acks last three seconds."""
START_SECONDS = 10.0
"""What the call at the start may take, for which nobody waits."""
WAIT_MOST = 300.0
"""Longer than that Slack is not left alone, whatever it asks for."""

_MEMBERS_PAGE = 999

LIBRARY = logging.getLogger("slack")
"""Slack's libraries log whole payloads below this level."""
LIBRARY.setLevel(logging.WARNING)

_PASSING = frozenset({
    "fatal_error", "internal_error", "ratelimited", "request_timeout", "service_unavailable",
    "team_added_to_org",
})  # fmt: skip
"""What passes by itself; every other "no" is the operator's to mend."""
_NEEDS = {
    "SLACK_BOT_TOKEN": "the app is installed in the workspace and allowed there",
    "SLACK_APP_TOKEN": "Socket Mode is switched on in the app's settings",
}
_CODE_MAX = 64
"""Characters of a code that are shown; Slack's own are shorter."""

log = structlog.stdlib.get_logger(__name__)

Tell = Callable[[str, str], Awaitable[None]]
"""Sends a text that is ready for Slack to a person, by their Slack id."""


class Client(AsyncWebClient):
    """The SDK's client, to which every answer is an object.

    A proxy in between answers with a page, a list or nothing at all; the SDK would hand out a str
    where a dict is expected. Such an answer has no fields here, and fails like any refusal.
    """

    async def _request(self, **asked: Any) -> dict[str, Any]:
        try:
            found = await super()._request(**asked)
        except SlackApiError as error:  # no JSON; with aiohttp's answer instead of Slack's
            answer: Any = error.response
            return {"data": {}, "headers": answer.headers, "status_code": answer.status}
        except (UnicodeDecodeError, LookupError, RecursionError):
            # No text, text in no known encoding, or nested without an end: it was no answer.
            return {"data": {}, "headers": {}, "status_code": 502}
        if not isinstance(found["data"], dict):
            found["data"] = {}
        return found


def client_for(token: str, api_url: str, *, seconds: float) -> AsyncWebClient:
    """A client that never repeats a call; `seconds` is the timeout of a whole call."""
    client = Client(
        token=token,
        base_url=api_url,
        timeout=seconds,  # type: ignore[arg-type] # aiohttp takes fractions
        retry_handlers=[],
        logger=LIBRARY,
    )
    client.proxy = proxy_for(api_url)  # the SDK's own choice knows no NO_PROXY
    return client


def pooled(client: AsyncWebClient) -> aiohttp.ClientSession:
    """Have the client keep its connections; whoever asks for it closes the session."""
    # Proxies are told at each call, so nothing of the environment is left for the session to read.
    client.session = aiohttp.ClientSession(timeout=aiohttp.ClientTimeout(total=client.timeout))
    return client.session


def proxy_for(url: str) -> str | None:
    """The proxy through which an address is reached, None when it is reached directly.

    HTTPS_PROXY or else HTTP_PROXY, unless NO_PROXY names the host, a domain above it or `*`; all
    of them in capitals or not. An address on this machine has none.
    """
    parts = urlsplit(url)
    if is_local(url) or proxy_bypass(parts.netloc.rpartition("@")[2]):
        return None
    found = getproxies()
    secure = parts.scheme in ("https", "wss")
    proxy = ((found.get("https") if secure else "") or found.get("http") or "").strip()
    if not proxy:
        return None
    return proxy if "://" in proxy else f"http://{proxy}"


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
        self._session = pooled(self.client)

    async def stop(self) -> None:
        """Close the pool."""
        if self._session is not None:
            await self._session.close()

    async def who_am_i(self) -> AuthorizeResult:
        """Ask Slack once whose token this is (auth.test), with more time than a call has otherwise.

        SlackApiError when it is refused, or when what answered was not Slack.
        """
        client = client_for(str(self.client.token), self.client.base_url, seconds=START_SECONDS)
        found = await client.auth_test()
        if not isinstance(found.get("user_id"), str):
            raise nameless("auth.test", found)
        return AuthorizeResult.from_auth_test_response(
            bot_token=client.token, auth_test_response=found
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
        async with self._session.post(url, json=body, proxy=proxy_for(url)) as response:
            response.raise_for_status()


def nameless(method: str, answer: AsyncSlackResponse) -> SlackApiError:
    """The error for an answer that says ok, but not what was asked for."""
    return SlackApiError(f"{method} is answered without a value", answer)  # type: ignore[no-untyped-call]


def told_to_wait(error: BaseException) -> float:
    """Seconds that Slack, or what stands before it, asked to wait before the next call; 0.0 when it
    did not. At most `WAIT_MOST`.
    """
    response: Any = getattr(error, "response", None)
    if not isinstance(error, SlackApiError) or response is None:
        return 0.0
    seconds = str(response.headers.get("Retry-After", ""))
    if seconds.isdecimal():
        return min(float(seconds), WAIT_MOST)
    return 30.0 if error_of(error) == "ratelimited" or _status(response) == 429 else 0.0


def error_of(error: BaseException) -> str:
    """Slack's own name for what went wrong; "" when the error is not Slack's answer."""
    if not isinstance(error, SlackApiError):
        return ""
    data = getattr(error.response, "data", None)
    return str(data.get("error") or "") if isinstance(data, Mapping) else ""


def why_not(error: Exception, setting: str) -> Why:
    """Why a call with the token in that setting has to be waited for."""
    code, seconds = error_of(error), told_to_wait(error)
    if code in _PASSING:
        return Why(code, seconds=seconds)
    if code:
        return Why(code[:_CODE_MAX], mend_of(setting), seconds)
    if isinstance(error, SlackApiError):
        return Why(f"not Slack's answer (HTTP {_status(error.response)})", seconds=seconds)
    return Why(type(error).__name__)


def mend_of(setting: str) -> str:
    """What an operator can do when Slack refuses the token in that setting."""
    return (
        f"Slack refuses {setting}: see that {_NEEDS[setting]}, or {WHERE[setting]} and start the "
        "bot again."
    )


def _status(response: Any) -> int:
    """The HTTP status of an answer, whether the SDK read it or not."""
    return int(getattr(response, "status_code", 0) or getattr(response, "status", 0) or 0)
