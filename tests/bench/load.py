"""The load generator, a process of its own: keeps so many requests in flight and times each.

`python -m tests.bench.load` reads what to do as JSON from standard input and answers in JSON.
"""

import asyncio
import json
import sys
from collections.abc import Iterator
from statistics import quantiles
from typing import NamedTuple, cast

import msgspec

from bot.clock import Clock
from tests.bench import payloads

MAKE = {"help": payloads.help_requests, "submission": payloads.submissions}
MARKERS = {"help": b"", "submission": b'"update"'}
"""What a good answer holds."""
WARM_SECONDS = 0.5
LOST_SECONDS = 15.0
"""After so long without an answer the whole measurement is given up."""
_END_OF_HEAD = b"\r\n\r\n"
_LENGTH = b"content-length:"


class Order(NamedTuple):
    """One measurement: `most` requests are made beforehand, and no more are sent."""

    port: int
    kind: str
    in_flight: int
    seconds: float
    most: int
    seed: int


class Measured(msgspec.Struct, frozen=True):
    """What came of it; times in milliseconds."""

    answered: int
    refused: int
    per_second: float
    p50: float
    p99: float


class _Run:
    """The requests of one measurement, handed out until its time is over."""

    def __init__(self, requests: Iterator[bytes], marker: bytes) -> None:
        self._requests = requests
        self._marker = marker
        self.monotonic = Clock().monotonic
        self.times: list[float] = []
        self.refused = 0
        self.odd = b""
        self.until = 0.0
        self.last = 0.0

    def following(self) -> bytes | None:
        return next(self._requests, None) if self.monotonic() < self.until else None

    def answered(self, began: float, head: bytes, body: bytes) -> None:
        self.last = self.monotonic()
        if b" 200 " in head[:16] and self._marker in body:
            self.times.append(self.last - began)
            return
        self.refused += 1
        self.odd = self.odd or head + body


class _Connection(asyncio.Protocol):
    """One kept connection: the next request leaves when the answer is whole."""

    def __init__(self, run: _Run) -> None:
        self._run = run
        self._received = b""
        self._began = 0.0
        self.done: asyncio.Future[None] = asyncio.get_running_loop().create_future()

    def connection_made(self, transport: asyncio.BaseTransport) -> None:
        self._transport = cast(asyncio.Transport, transport)  # uvloop's is no subclass
        self._send()

    def connection_lost(self, error: Exception | None) -> None:
        if not self.done.done():
            self.done.set_exception(ConnectionError("the server hung up"))

    def data_received(self, data: bytes) -> None:
        self._received += data
        end = self._received.find(_END_OF_HEAD)
        if end < 0:
            return
        head = self._received[:end]
        at = head.lower().find(_LENGTH)
        length = int(head[at + len(_LENGTH) :].split(b"\r\n", 1)[0]) if at >= 0 else 0
        whole = end + len(_END_OF_HEAD) + length
        if len(self._received) < whole:
            return
        body, self._received = self._received[end + len(_END_OF_HEAD) : whole], b""
        self._run.answered(self._began, head, body)
        self._send()

    def _send(self) -> None:
        request = self._run.following()
        if request is None:
            self.done.set_result(None)
            self._transport.close()
            return
        self._began = self._run.monotonic()
        self._transport.write(request)


async def measure(order: Order) -> Measured:
    """Send and time, after a moment of warming up; raises when nothing was answered."""
    requests = iter(MAKE[order.kind](order.most, order.seed))
    warm, run = _Run(requests, MARKERS[order.kind]), _Run(requests, MARKERS[order.kind])
    await _drive(order, warm, min(WARM_SECONDS, order.seconds))
    began = run.monotonic()
    await _drive(order, run, order.seconds)
    if len(run.times) < 2:
        raise RuntimeError(f"nothing was answered as it should be: {run.odd or warm.odd!r}")
    if run.odd:
        print(run.odd[:600], file=sys.stderr)
    times = quantiles(run.times, n=100)
    return Measured(
        answered=len(warm.times) + len(run.times),
        refused=warm.refused + run.refused,
        per_second=len(run.times) / (run.last - began),
        p50=times[49] * 1000,
        p99=times[98] * 1000,
    )


async def _drive(order: Order, run: _Run, seconds: float) -> None:
    loop = asyncio.get_running_loop()
    run.until = run.monotonic() + seconds
    made = [
        (await loop.create_connection(lambda: _Connection(run), "127.0.0.1", order.port))[1]
        for _ in range(order.in_flight)
    ]
    async with asyncio.timeout(seconds + LOST_SECONDS):
        await asyncio.gather(*(connection.done for connection in made))


def main() -> None:
    """Measure once."""
    import uvloop

    order = Order(**json.load(sys.stdin))
    with asyncio.Runner(loop_factory=uvloop.new_event_loop) as runner:
        measured = runner.run(measure(order))
    sys.stdout.buffer.write(msgspec.json.encode(measured))


if __name__ == "__main__":
    main()
