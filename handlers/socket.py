"""The Socket Mode edge: one connection to Slack that comes back whenever it is lost.

The SDK's client asks for its address once and then tries that one for ever, although Slack's
addresses expire after half a minute; so connecting, first and again, is done here.
"""

import asyncio
import json
import random
from itertools import count
from typing import Any

import structlog
from slack_bolt.adapter.socket_mode.async_internals import run_async_bolt_app, send_async_response
from slack_bolt.app.async_app import AsyncApp
from slack_sdk.socket_mode.aiohttp import SocketModeClient
from slack_sdk.socket_mode.async_client import AsyncBaseSocketModeClient
from slack_sdk.socket_mode.request import SocketModeRequest
from slack_sdk.web.async_client import AsyncWebClient

from bot.clock import Clock
from handlers.router import ANSWER_SECONDS, AT_ONCE
from handlers.slack import LIBRARY, error_of, is_local, told_to_wait

PING_SECONDS = 10.0
CONNECT_SECONDS = 8.0
"""How long one attempt may take; shorter than the SDK's pause before its own next one."""
LOOK_SECONDS = 0.5
"""How often a connection that was cut is looked for."""
STOP_SECONDS = 10.0
"""How long running requests are waited for at the end."""
_BACKOFF = (0.5, 1.0, 2.0, 5.0, 10.0, 30.0)
_FATAL = frozenset({
    "account_inactive", "invalid_auth", "missing_scope", "no_permission", "not_allowed_token_type",
    "not_authed", "token_expired", "token_revoked",
})  # fmt: skip
"""What Slack says when trying again is of no use."""

log = structlog.stdlib.get_logger(__name__)


class SocketRefusedError(Exception):
    """Slack does not take the app-level token; `error` is Slack's name for why."""

    def __init__(self, error: str) -> None:
        super().__init__(error)
        self.error = error


class Socket:
    """Envelopes into Bolt, acks out, over one connection."""

    def __init__(self, app: AsyncApp, app_token: str, client: AsyncWebClient) -> None:
        """`client` asks for addresses; its timeout bounds that call."""
        self._app = app
        self._token = app_token
        self._web = client
        self._running = 0
        self._idle = asyncio.Event()
        self._idle.set()
        self._stopping = False
        self._client: _Client | None = None
        self._keeper: asyncio.Task[None] | None = None

    @property
    def connected(self) -> bool:
        """Whether Slack can reach us now."""
        session = None if self._client is None else self._client.current_session
        return session is not None and not session.closed

    async def start(self) -> None:
        """Connect, however long it takes, and stay connected until `stop`.

        Raises SocketRefusedError when Slack refuses the token at the first attempt.
        """
        client = self._client = _Client(
            app_token=self._token,
            logger=LIBRARY,
            web_client=self._web,
            auto_reconnect_enabled=False,
            ping_interval=PING_SECONDS,
        )
        if is_local(self._web.base_url):
            client.proxy = None
        client.socket_mode_request_listeners.append(self._handle)
        try:
            await self._connect(client, first=True)
        except BaseException:
            await self._close()
            raise
        self._keeper = asyncio.ensure_future(self._keep(client))

    async def stop(self) -> None:
        """Take no new envelopes, ack the running ones, and close; Slack sends the rest again."""
        self._stopping = True
        try:
            await asyncio.wait_for(self._idle.wait(), STOP_SECONDS)
        except TimeoutError:
            log.warning("requests are still running", count=self._running)
        if self._keeper is not None:
            self._keeper.cancel()
            await asyncio.gather(self._keeper, return_exceptions=True)
        await self._close()

    async def _handle(self, client: AsyncBaseSocketModeClient, req: SocketModeRequest) -> None:
        if self._stopping:
            return
        self._running += 1
        self._idle.clear()
        try:
            answer = await run_async_bolt_app(self._app, req)
            await send_async_response(client, req, answer, start_time=0.0)
        except ConnectionError:
            log.warning("an ack was lost with its connection")
        finally:
            self._running -= 1
            if not self._running:
                self._idle.set()

    async def _keep(self, client: "_Client") -> None:
        while True:
            try:
                await asyncio.wait_for(client.lost.wait(), LOOK_SECONDS)
            except TimeoutError:
                if await client.is_connected():
                    continue
            log.info("connecting again")
            await self._connect(client, first=False)

    async def _connect(self, client: "_Client", *, first: bool) -> None:
        for attempt in count():
            try:
                client.lost.clear()
                async with asyncio.timeout(CONNECT_SECONDS):
                    found = await self._web.apps_connections_open(app_token=self._token)
                    client.wss_uri = found["url"]
                    await client.connect()
            except Exception as error:
                if first and not attempt and error_of(error) in _FATAL:
                    raise SocketRefusedError(error_of(error)) from error
                log.warning("Slack cannot be reached", attempt=attempt + 1, exc_info=True)
                pause = max(_BACKOFF[min(attempt, len(_BACKOFF) - 1)], told_to_wait(error))
            else:
                log.info("connected")
                return
            # Processes that lost Slack together do not come back together.
            await asyncio.sleep(pause * random.uniform(1.0, 1.3))  # noqa: S311 - no secret

    async def _close(self) -> None:
        client, self._client = self._client, None
        if client is None:
            return
        try:
            await client.close()
        except Exception:
            # After a forced reconnect the SDK may close what is closed already.
            log.warning("the connection was not closed cleanly", exc_info=True)


class _Client(SocketModeClient):
    """The SDK's client, which says when it lost Slack instead of reconnecting by itself."""

    def __init__(self, **options: Any) -> None:
        super().__init__(**options)
        self.lost = asyncio.Event()
        self._clock = Clock()
        self._room = asyncio.Semaphore(AT_ONCE)
        self.on_close_listeners.append(self._closed)
        self.on_error_listeners.append(self._closed)

    async def enqueue_message(self, message: str) -> None:
        """Keep what came, with when it came, until there is room for it."""
        await self.message_queue.put((self._clock.monotonic(), message))

    async def process_message(self) -> None:
        """Take up one message; those that wait are not read yet, which takes ten times the room.

        What has waited counts as waited for.
        """
        await self._room.acquire()
        try:
            came, raw = await self.message_queue.get()
            message = json.loads(raw) if raw.startswith("{") else {}
            waited = self._clock.monotonic() - came
            with self._clock.within(ANSWER_SECONDS - waited):
                running = asyncio.ensure_future(self.run_message_listeners(message, raw))
        except BaseException:
            self._room.release()
            raise
        running.add_done_callback(lambda _: self._room.release())

    async def connect(self) -> None:
        """Connect to `wss_uri`; tries that address until it is cancelled."""
        await super().connect()  # type: ignore[no-untyped-call]

    async def close(self) -> None:
        """Close for good."""
        await super().close()  # type: ignore[no-untyped-call]

    async def connect_to_new_endpoint(self, force: bool = False) -> None:
        """Slack asked for a new connection, or said goodbye."""
        self.lost.set()

    async def _closed(self, _: Any) -> None:
        self.lost.set()
