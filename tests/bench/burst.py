"""A process that is a Slack, sends a burst of envelopes over Socket Mode and times the acks.

`python -m tests.bench.burst` reads what to send as a line of JSON from standard input and waits
until the bot has connected. One that proposes does so once by itself, says so in a line, and goes
on when it is told to in another. It answers in JSON.
"""

import asyncio
import json
import sys
from typing import NamedTuple

import msgspec
import uvloop
from aiohttp import WSMsgType, web

from bot.clock import Clock
from tests.bench import payloads
from tests.bench.slack import Slack

MAKE = {"submission": payloads.submission_envelopes, "reaction": payloads.reaction_envelopes}
_MARKERS = {"submission": payloads.RECEIPT, "reaction": ""}
"""What an ack says when the envelope was stored; Slack sends an event until it hears any ack."""
_ROUNDS = {"submission": 1, "reaction": 6}
"""How often Slack sends what it hears nothing about."""
WARM = "999999"
"""What the first proposal is about: nothing that any burst is about."""
_CONNECT_SECONDS = 30.0
_QUIET_SECONDS = 5.0
"""After so long without an ack what is left is not acked any more."""


class Order(NamedTuple):
    """One burst; `about` is what the envelopes are about."""

    port: int
    kind: str
    many: int
    about: str


class Burst(msgspec.Struct, frozen=True):
    """What came of it; `last` is when the last ack of the first round came, in seconds since the
    first envelope left, and `again` how many were sent in further rounds."""

    stored: int
    refused: int
    unanswered: int
    again: int
    last: float


class _Link:
    def __init__(self, port: int) -> None:
        self._port = port
        self.linked: asyncio.Future[web.WebSocketResponse] = asyncio.Future()
        self.acks: asyncio.Queue[str] = asyncio.Queue()

    async def address(self, _: web.Request) -> web.Response:
        return web.json_response({"ok": True, "url": f"ws://127.0.0.1:{self._port}/link"})

    async def serve(self, request: web.Request) -> web.WebSocketResponse:
        link = web.WebSocketResponse(max_msg_size=0)
        await link.prepare(request)
        await link.send_json({"type": "hello", "num_connections": 1})
        self.linked.set_result(link)
        async for frame in link:
            if frame.type is WSMsgType.TEXT:
                self.acks.put_nowait(frame.data)
        return link


async def burst(order: Order) -> Burst:
    """Send them all at once, and wait for the acks."""
    link = _Link(order.port)
    app = Slack().application(
        web.post("/api/apps.connections.open", link.address), web.get("/link", link.serve)
    )
    runner = web.AppRunner(app, access_log=None)
    await runner.setup()
    await web.TCPSite(runner, "127.0.0.1", order.port).start()
    envelopes = MAKE[order.kind](order.many, order.about)
    socket = await asyncio.wait_for(link.linked, _CONNECT_SECONDS)
    if order.kind == "submission":
        await _sent(socket, link, MAKE[order.kind](1, WARM), order.kind)
        print("warm", flush=True)
        await asyncio.to_thread(sys.stdin.readline)
    found = await _sent(socket, link, envelopes, order.kind)
    await runner.cleanup()
    return found


async def _sent(
    socket: web.WebSocketResponse, link: _Link, envelopes: list[str], kind: str
) -> Burst:
    monotonic = Clock().monotonic
    waiting = {json.loads(envelope)["envelope_id"]: envelope for envelope in envelopes}
    stored = refused = again = 0
    last = 0.0
    for number in range(_ROUNDS[kind]):
        began = ended = monotonic()
        again += len(waiting) if number else 0
        sending = asyncio.ensure_future(_send(socket, [*waiting.values()]))
        while waiting:
            try:
                ack = json.loads(await asyncio.wait_for(link.acks.get(), _QUIET_SECONDS))
            except TimeoutError:
                break
            if waiting.pop(ack["envelope_id"], None) is not None:
                ended = monotonic()
                good = _MARKERS[kind] in json.dumps(ack, ensure_ascii=False)
                stored, refused = stored + good, refused + (not good)
        await sending
        last = last or ended - began
        if not waiting:
            break
    return Burst(stored, refused, len(waiting), again, last)


async def _send(socket: web.WebSocketResponse, envelopes: list[str]) -> None:
    for envelope in envelopes:
        await socket.send_str(envelope)


def main() -> None:
    """One burst."""
    order = Order(**json.loads(sys.stdin.readline()))
    with asyncio.Runner(loop_factory=uvloop.new_event_loop) as runner:
        found = runner.run(burst(order))
    sys.stdout.buffer.write(msgspec.json.encode(found))


if __name__ == "__main__":
    main()
