"""Socket Mode: envelopes over websockets, acknowledged by id."""

import asyncio
import itertools
import json
from dataclasses import dataclass, field

from aiohttp import WSMsgType, web

from bot.clock import Clock
from bot.playground.changes import Changes
from bot.playground.delivery import Outgoing, Reply
from bot.playground.ids import Ids
from bot.playground.records import APP_ID, Json

MOST_CONNECTIONS = 10
TICKET_SECONDS = 30
WARNING_SECONDS = 10


@dataclass(eq=False)
class _Connection:
    socket: web.WebSocketResponse
    draining: bool = False


@dataclass(eq=False)
class _Waiting:
    item: Outgoing
    answer: asyncio.Future[Reply]
    on: _Connection | None = field(default=None)


class Sockets:
    """The app's connections. A payload goes over any one of them, in turn."""

    def __init__(self, ids: Ids, clock: Clock, changes: Changes) -> None:
        self._ids, self._clock, self._changes = ids, clock, changes
        self._tickets: dict[str, float] = {}
        self._connections: list[_Connection] = []
        self._waiting: dict[str, _Waiting] = {}
        self._turn = itertools.count()
        self._closing: set[asyncio.Task[None]] = set()

    @property
    def online(self) -> bool:
        """Whether at least one connection is open."""
        return bool(self._connections)

    @property
    def count(self) -> int:
        """The number of open connections."""
        return len(self._connections)

    def ticket(self) -> str:
        """A ticket for one address of a websocket, good for 30 s."""
        now = self._clock.monotonic()
        self._tickets = {t: end for t, end in self._tickets.items() if end > now}
        ticket = self._ids.token()
        self._tickets[ticket] = now + TICKET_SECONDS
        return ticket

    async def serve(self, request: web.Request) -> web.StreamResponse:
        """The websocket's life: hello, envelopes out, acknowledgements in."""
        if self._tickets.get(request.query.get("ticket", ""), 0.0) < self._clock.monotonic():
            raise web.HTTPForbidden(text="invalid ticket")
        socket = web.WebSocketResponse(autoping=True)
        await socket.prepare(request)
        if len(self._connections) >= MOST_CONNECTIONS:
            await socket.send_json(_disconnect("too_many_websockets"))
            await socket.close()
            return socket
        connection = _Connection(socket)
        self._connections.append(connection)
        await socket.send_json(
            {
                "type": "hello",
                "num_connections": len(self._connections),
                "debug_info": {"host": "playground", "approximate_connection_time": 18060},
                "connection_info": {"app_id": APP_ID},
            }
        )
        self._changes.tell("bot", online=True)
        await self._pass_on()
        try:
            async for frame in socket:
                if frame.type is WSMsgType.TEXT:
                    self._answered(frame.data)
        finally:
            self._connections.remove(connection)
            self._changes.tell("bot", online=self.online)
            for waiting in self._waiting.values():
                if waiting.on is connection:
                    waiting.on = None
            await self._pass_on()
        return socket

    async def send(self, item: Outgoing, timeout: float) -> Reply:
        """Send an envelope; one whose connection closes is sent again over another."""
        if not self._connections:
            return Reply("no_connection", 0)
        envelope = self._ids.token()
        waiting = _Waiting(item, asyncio.get_running_loop().create_future())
        self._waiting[envelope] = waiting
        try:
            await self._give(envelope, waiting)
            return await asyncio.wait_for(waiting.answer, timeout)
        except TimeoutError:
            return Reply("timeout", 0)
        finally:
            del self._waiting[envelope]

    async def disconnect(self, reason: str = "refresh_requested") -> None:
        """Ask every connection to go, as Slack does every few hours; they close 10 s later."""
        for connection in list(self._connections):
            connection.draining = True
            await connection.socket.send_json(_disconnect(reason))
            task = asyncio.get_running_loop().create_task(_close_later(connection.socket))
            self._closing.add(task)
            task.add_done_callback(self._closing.discard)

    async def kick(self, rudely: bool = False) -> None:
        """Close every connection, with a goodbye or by cutting the line."""
        for connection in list(self._connections):
            await _close(connection.socket, rudely)

    async def close(self) -> None:
        """Close everything for good."""
        for task in list(self._closing):
            task.cancel()
        await self.kick()

    async def _pass_on(self) -> None:
        """Send every envelope that no living connection has yet."""
        for envelope, waiting in list(self._waiting.items()):
            if waiting.on is None and not waiting.answer.done():
                await self._give(envelope, waiting)

    async def _give(self, envelope: str, waiting: _Waiting) -> None:
        ready = [c for c in self._connections if not c.draining] or self._connections
        if ready:
            waiting.on = ready[next(self._turn) % len(ready)]
            try:
                await waiting.on.socket.send_json(_frame(envelope, waiting.item))
            except ConnectionError:
                waiting.on = None

    def _answered(self, text: str) -> None:
        try:
            answer = json.loads(text)
            waiting = self._waiting.get(answer["envelope_id"])
        except (ValueError, TypeError, KeyError):
            return
        if waiting is not None and not waiting.answer.done():
            body = answer.get("payload") if waiting.item.answerable else None
            waiting.answer.set_result(Reply(body=body or None))


def _frame(envelope: str, item: Outgoing) -> Json:
    frame: Json = {
        "envelope_id": envelope,
        "type": item.kind,
        "accepts_response_payload": item.answerable,
        "payload": item.payload,
    }
    if item.kind == "events_api":
        frame |= {"retry_attempt": item.attempt, "retry_reason": item.reason}
    return frame


def _disconnect(reason: str) -> Json:
    return {"type": "disconnect", "reason": reason, "debug_info": {"host": "playground"}}


async def _close(socket: web.WebSocketResponse, rudely: bool) -> None:
    transport = socket._req.transport if rudely and socket._req else None
    if transport is not None:
        transport.abort()
    else:
        await socket.close()


async def _close_later(socket: web.WebSocketResponse) -> None:
    await asyncio.sleep(WARNING_SECONDS)
    await socket.close()
