"""Signed HTTP delivery: what Slack posts to a request URL."""

import asyncio
import hashlib
import hmac
import json
from urllib.parse import urlencode

import aiohttp

from bot.clock import Clock
from bot.playground.changes import Changes
from bot.playground.delivery import Outgoing, Reply
from bot.playground.records import VERIFICATION_TOKEN


def sign(secret: str, timestamp: str, body: bytes) -> str:
    """Slack's v0 signature of a raw body."""
    base = b"v0:" + timestamp.encode() + b":" + body
    return "v0=" + hmac.new(secret.encode(), base, hashlib.sha256).hexdigest()


class SignedHttp:
    """Posts to the request URL and reads the answer."""

    def __init__(self, url: str, secret: str, clock: Clock, changes: Changes) -> None:
        self._url, self._secret, self._clock, self._changes = url, secret, clock, changes
        self._session: aiohttp.ClientSession | None = None
        self._online = True

    @property
    def online(self) -> bool:
        """Whether the last request reached the app."""
        return self._online

    async def verify(self) -> bool:
        """Ask the request URL for its challenge, as Slack does before it is accepted."""
        challenge = "playground-challenge"
        payload = {
            "type": "url_verification",
            "token": VERIFICATION_TOKEN,
            "challenge": challenge,
        }
        reply = await self.send(Outgoing("events_api", payload, True), 3.0)
        return reply.body in ({"challenge": challenge}, {"text": challenge})

    async def send(self, item: Outgoing, timeout: float) -> Reply:
        """Post once; never raises."""
        body, kind = _encode(item)
        timestamp = str(int(self._clock.system()))
        headers = {
            "Content-Type": kind,
            "User-Agent": "Slackbot 1.0 (+https://api.slack.com/robots)",
            "X-Slack-Request-Timestamp": timestamp,
            "X-Slack-Signature": sign(self._secret, timestamp, body),
        }
        if item.kind == "events_api" and item.attempt:
            headers["X-Slack-Retry-Num"] = str(item.attempt)
            headers["X-Slack-Retry-Reason"] = item.reason
        try:
            async with (
                asyncio.timeout(timeout),
                self._client().post(self._url, data=body, headers=headers) as response,
            ):
                text = await response.text()
        except TimeoutError:
            self._seen(True)
            return Reply("http_timeout", 0)
        except aiohttp.ClientError:
            self._seen(False)
            return Reply("connection_failed", 0)
        self._seen(True)
        if not 200 <= response.status < 300:
            no_retry = response.headers.get("X-Slack-No-Retry") == "1"
            return Reply("http_error", response.status, no_retry=no_retry)
        if not item.answerable or not text:
            return Reply(status=response.status)
        if response.content_type != "application/json":
            return Reply(status=response.status, body={"text": text})
        try:
            return Reply(status=response.status, body=json.loads(text))
        except ValueError:
            return Reply("invalid_json", response.status)

    async def close(self) -> None:
        """Close the connections."""
        if self._session is not None:
            await self._session.close()

    def _client(self) -> aiohttp.ClientSession:
        if self._session is None:
            self._session = aiohttp.ClientSession(
                connector=aiohttp.TCPConnector(limit=100),
                timeout=aiohttp.ClientTimeout(total=None),
            )
        return self._session

    def _seen(self, online: bool) -> None:
        if online != self._online:
            self._online = online
            self._changes.tell("bot", online=online)


def _encode(item: Outgoing) -> tuple[bytes, str]:
    form = "application/x-www-form-urlencoded"
    if item.kind == "slash_commands":
        return urlencode(item.payload).encode(), form
    text = json.dumps(item.payload, ensure_ascii=False)
    if item.kind == "interactive":
        return urlencode({"payload": text}).encode(), form
    return text.encode(), "application/json"
