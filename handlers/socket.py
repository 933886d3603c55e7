"""The Socket Mode edge: one connection to Slack that comes back whenever it is lost.

The SDK's client asks for its address once and then tries that one for ever, although Slack's
addresses expire after half a minute; so connecting, first and again, is done here.
"""

import asyncio
import json
from contextlib import suppress
from functools import partial
from typing import Any
from urllib.parse import urlsplit

import structlog
from aiohttp import ClientWSTimeout
from slack_bolt.adapter.socket_mode.async_internals import run_async_bolt_app, send_async_response
from slack_bolt.app.async_app import AsyncApp
from slack_sdk.socket_mode.aiohttp import SocketModeClient
from slack_sdk.socket_mode.async_client import AsyncBaseSocketModeClient
from slack_sdk.socket_mode.request import SocketModeRequest
from slack_sdk.web.async_client import AsyncWebClient

from bot.clock import Clock
from handlers.router import ANSWER_SECONDS, AT_ONCE
from handlers.slack import LIBRARY, nameless, proxy_for, why_not
from handlers.waiting import Waits, pause, until

WAITED_FOR = "socket"
"""The name of the connection among what is waited for."""
PING_SECONDS = 10.0
CONNECT_SECONDS = 8.0
"""How long an address is tried, until Slack's hello."""
CLOSE_SECONDS = 2.0
"""How long the other side may take to answer a goodbye."""
LASTING_SECONDS = 30.0
"""A connection that was lost sooner is made again after pauses that grow."""
LOOK_SECONDS = 0.5
"""How often a connection that was cut is looked for."""
STOP_SECONDS = 10.0
"""How long running requests are waited for at the end."""

log = structlog.stdlib.get_logger(__name__)


class Socket:
    """Envelopes into Bolt, acks out, over one connection."""

    def __init__(
        self, app: AsyncApp, app_token: str, client: AsyncWebClient, waits: Waits | None = None
    ) -> None:
        """`client` asks for addresses; its timeout bounds that call."""
        self._app = app
        self._token = app_token
        self._web = client
        self._waits = Waits() if waits is None else waits
        self._running = 0
        self._idle = asyncio.Event()
        self._idle.set()
        self._stopping = False
        self._client: _Client | None = None
        self._keeper: asyncio.Task[None] | None = None

    @property
    def connected(self) -> bool:
        """Whether Slack can reach us now."""
        return self._client is not None and self._client.greeted

    async def start(self) -> None:
        """Connect, however long it takes, and stay connected until `stop`."""
        client = self._client = _Client(
            app_token=self._token,
            logger=LIBRARY,
            web_client=self._web,
            auto_reconnect_enabled=False,
            ping_interval=PING_SECONDS,
        )
        client.socket_mode_request_listeners.append(self._handle)
        try:
            await self._connect(client)
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
        """Make the connection again whenever it is lost; nothing ends this but being cancelled."""
        now = asyncio.get_running_loop().time
        short = 0
        while True:
            began = now()
            try:
                await self._until_lost(client)
                # Nobody is asked for an address after the other by a Slack that hangs up at once.
                short = 0 if now() - began >= LASTING_SECONDS else short + 1
                if short > 1:
                    await asyncio.sleep(pause(short - 2))
                log.info("connecting again")
                await self._connect(client)
            except Exception:  # whatever it was, without this loop the bot would be deaf for good
                log.exception("the connection could not be kept")
                await asyncio.sleep(pause(0))

    async def _until_lost(self, client: "_Client") -> None:
        while client.greeted:
            with suppress(TimeoutError):
                await asyncio.wait_for(client.lost.wait(), LOOK_SECONDS)

    async def _connect(self, client: "_Client") -> None:
        await until(
            partial(self._try, client),
            self._waits,
            WAITED_FOR,
            partial(why_not, setting="SLACK_APP_TOKEN"),
        )
        log.info("connected")

    async def _try(self, client: "_Client") -> None:
        found = await self._web.apps_connections_open(app_token=self._token)
        url = found.get("url")
        if not isinstance(url, str) or urlsplit(url).scheme not in ("ws", "wss"):
            raise nameless("apps.connections.open", found)
        client.wss_uri = url
        async with asyncio.timeout(CONNECT_SECONDS):
            await client.connect()

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
        self.heard = asyncio.Event()
        """Slack has greeted us on the newest connection, or hung up."""
        self.hello = False
        self.lost = asyncio.Event()
        """The newest connection is gone or about to go."""
        self._clock = Clock()
        self._room = asyncio.Semaphore(AT_ONCE)
        self.message_listeners.append(self._heard)
        self.on_close_listeners.append(self._closed)
        self.on_error_listeners.append(self._closed)

    @property
    def greeted(self) -> bool:
        """Whether the newest connection stands, Slack has greeted us and not said goodbye."""
        session = self.current_session
        standing = session is not None and not session.closed
        return standing and self.hello and not self.lost.is_set()

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
        """Leave the former connection and connect to `wss_uri`, once, until Slack has greeted us.

        Raises what aiohttp raises, and ConnectionError when the other side hangs up before.
        """
        if self.message_receiver is not None:
            self.message_receiver.cancel()
        if self.current_session is not None:
            await self.current_session.close()
        self.hello = False
        self.heard.clear()
        self.lost.clear()
        # The heartbeat closes a connection on which nobody answers. The SDK's own monitor goes by
        # the system's clock, which may be set anew, and is not started.
        self.current_session = await self.aiohttp_client_session.ws_connect(
            str(self.wss_uri),
            autoping=False,
            heartbeat=self.ping_interval,
            proxy=proxy_for(str(self.wss_uri)),
            timeout=ClientWSTimeout(ws_close=CLOSE_SECONDS),
        )
        self.message_receiver = asyncio.ensure_future(self.receive_messages())
        while not self.greeted:
            if self.lost.is_set() or self.current_session.closed:
                raise ConnectionError("hung up before the greeting")
            with suppress(TimeoutError):
                await asyncio.wait_for(self.heard.wait(), LOOK_SECONDS)

    async def close(self) -> None:
        """Close for good; who does not answer the goodbye in time is left without one."""
        self.closed = True
        for task in (self.message_processor, self.message_receiver):
            if task is not None:
                task.cancel()
        try:
            async with asyncio.timeout(CLOSE_SECONDS):
                if self.current_session is not None:
                    await self.current_session.close()
        except TimeoutError:
            log.warning("the other side did not answer the goodbye")
        finally:
            await self.aiohttp_client_session.close()

    async def connect_to_new_endpoint(self, force: bool = False) -> None:
        """Slack asked for a new connection, or said goodbye."""
        self._is_lost()

    async def _heard(
        self, _: AsyncBaseSocketModeClient, message: dict[str, Any], raw: str | None = None
    ) -> None:
        if message.get("type") == "hello":
            self.hello = True
            self.heard.set()

    async def _closed(self, _: Any) -> None:
        self._is_lost()

    def _is_lost(self) -> None:
        self.lost.set()
        self.heard.set()
