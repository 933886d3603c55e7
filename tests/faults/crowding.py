"""Many who send half a request to a bot's HTTP edge and say no more, while Slack sends its own."""

import asyncio
import resource
from collections.abc import AsyncIterator, Iterator
from contextlib import asynccontextmanager, contextmanager
from dataclasses import dataclass, field
from enum import Enum

import aiohttp

from bot.clock import Clock
from bot.playground.signed_http import SignedHttp
from tests.faults.ground import HEADS, SECRET, Ground, opened

CHANNEL = "C0000001"
IN_TIME = 3.0
"""Real seconds after which Slack gives up on an answer."""
CROWD = 1500
REQUESTS = 12
FILES = 1024
"""How many files a process may have open where nobody has asked for more."""
DEPTH = 100_000
_OURS = 4096
"""How many files the crowd itself has to have open."""
_PATIENCE = 6.0
"""Real seconds after which this side gives up on an answer."""


class Half(Enum):
    """What of a request is sent."""

    HEADERS = "headers"
    BODIES = "bodies"


@dataclass
class Answers:
    """How Slack's requests were answered, and everybody else's."""

    seconds: list[float] = field(default_factory=list)
    late: int = 0
    """Slack's requests without an answer, or with one that came too late."""
    wrong: list[int] = field(default_factory=list)
    """The statuses of unsigned requests that were not turned away; 0: no answer."""
    crowd: int = 0
    """How many were connected."""


async def crowded(url: str, half: Half, crowd: int = CROWD, requests: int = REQUESTS) -> Answers:
    """Have so many stand at the door of a bot while Slack asks it one thing after the other, each
    over a connection of its own."""
    async with opened(url, http=True) as ground:
        ground.files = FILES
        bot = await ground.start()
        await bot.begun()
        answers = Answers()
        with _many_files():
            async with _waiting(ground, half, crowd) as standing:
                for _ in range(requests):
                    await _ask(ground, answers)
                for signed in (False, True):
                    status = await _unsigned(ground, signed=signed)
                    if status not in (400, 401):
                        answers.wrong.append(status)
                answers.crowd = len(standing)
        await _ask(ground, answers)
        assert await ground.stopped(bot) == [0]
        return answers


async def _ask(ground: Ground, answers: Answers) -> None:
    """One signed command."""
    ground.ws.delivery.transport = transport = SignedHttp(
        ground.address, SECRET, Clock(), ground.ws.changes
    )
    clock = Clock()
    begun = clock.monotonic()
    try:
        async with asyncio.timeout(_PATIENCE):
            ack = await ground.server.visitor(HEADS[0].slack_id).command(CHANNEL, "/cut help")
        answered = ack.ok
    except TimeoutError:
        answered = False
    finally:
        await transport.close()
    answers.seconds.append(clock.monotonic() - begun)
    answers.late += not answered or answers.seconds[-1] > IN_TIME


async def _unsigned(ground: Ground, *, signed: bool) -> int:
    """The status that answers JSON of many depths; `signed` has a signature, but not the right
    one. 0: no answer."""
    headers = {"Content-Type": "application/json"}
    if signed:
        headers |= _signature()
    body = '{"a":' * DEPTH
    try:
        async with (
            aiohttp.ClientSession(timeout=aiohttp.ClientTimeout(total=_PATIENCE)) as session,
            session.post(ground.address, data=body, headers=headers) as answer,
        ):
            return answer.status
    except (aiohttp.ClientError, TimeoutError):
        return 0


def _signature() -> dict[str, str]:
    """What looks like a signature of this moment."""
    return {
        "X-Slack-Request-Timestamp": str(int(Clock().system())),
        "X-Slack-Signature": "v0=" + 64 * "0",
    }


@asynccontextmanager
async def _waiting(ground: Ground, half: Half, crowd: int) -> AsyncIterator[list[object]]:
    """So many connections that have sent half of a request."""
    lines = ["POST /slack/events HTTP/1.1", f"Host: 127.0.0.1:{ground.port}"]
    if half is Half.BODIES:
        lines += ["Content-Type: application/json", "Content-Length: 100"]
        lines += [f"{name}: {value}" for name, value in _signature().items()]
        said = "\r\n".join([*lines, "", '{"half":']).encode()
    else:
        said = "\r\n".join([*lines, "X-Slack-"]).encode()
    standing: list[asyncio.StreamWriter] = []
    try:
        for _ in range(crowd):
            try:
                async with asyncio.timeout(_PATIENCE):
                    _, writer = await asyncio.open_connection("127.0.0.1", ground.port)
            except (OSError, TimeoutError):  # nobody else is let in
                break
            writer.write(said)
            standing.append(writer)
        yield [*standing]
    finally:
        for writer in standing:
            writer.transport.abort()


@contextmanager
def _many_files() -> Iterator[None]:
    """Let this process have as many files open as the crowd needs."""
    soft, hard = resource.getrlimit(resource.RLIMIT_NOFILE)
    resource.setrlimit(resource.RLIMIT_NOFILE, (max(soft, min(_OURS, hard)), hard))
    try:
        yield
    finally:
        resource.setrlimit(resource.RLIMIT_NOFILE, (soft, hard))
