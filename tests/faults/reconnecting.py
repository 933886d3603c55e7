"""Socket Mode connections that are cut again and again while Slack gives no new address.

A small proxy stands between the bot and Slack's API, and answers `apps.connections.open` itself
where a test wants it to.
"""

from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager
from dataclasses import dataclass, field
from functools import partial
from random import Random

import aiohttp
from aiohttp import web

from bot.clock import Clock
from handlers.causes import Cause
from tests.faults.ground import ENDS, HEADS, MEMBERS, Ground, Tally, opened
from tests.faults.refusing import INVENTED, codes_of

OPEN = "apps.connections.open"
AGAIN = (0.0, *(0.5,) * 60)
"""Real seconds between Slack's attempts to deliver one event: it outlasts every pause here."""
CUTS_A_BOT = 4
"""What is cut again and again is made again after pauses that grow; a new bot begins anew."""
FACTS = 3
"""More of them at each cut."""
CHANNEL = "C0000001"


def told(error: str, status: int = 200, **headers: str) -> web.Response:
    """Slack's no."""
    return web.json_response({"ok": False, "error": error}, status=status, headers=headers)


ODD: tuple[Callable[[], web.Response], ...] = (
    lambda: web.Response(status=503, text="upstream connect error", content_type="text/plain"),
    lambda: web.Response(status=502, text="<html>Bad Gateway</html>", content_type="text/html"),
    lambda: web.Response(status=500),
    lambda: web.Response(status=204),
    lambda: web.Response(text="<html>", content_type="application/json"),
    lambda: web.Response(text="", content_type="application/json"),
    lambda: web.json_response(["no", "object"]),
    lambda: web.json_response("text"),
    lambda: web.json_response(None),
    lambda: web.json_response(17),
    lambda: web.json_response({"ok": True}),
    lambda: web.json_response({"ok": True, "url": None}),
    lambda: web.json_response({"ok": True, "url": "not an address"}),
    lambda: web.json_response({}),
    lambda: told("ratelimited", 429, **{"Retry-After": "1"}),
    lambda: told("service_unavailable", 503),
)
"""What comes instead of an address, from Slack or from a proxy before it."""


@dataclass
class Proxy:
    """Passes calls on, apart from those for which something `waiting` is answered."""

    target: str
    waiting: list[web.Response] = field(default_factory=list)
    url: str = ""

    async def serve(self, request: web.Request) -> web.Response:
        """One call."""
        method = request.match_info["method"]
        if method == OPEN and self.waiting:
            return self.waiting.pop(0)
        headers = {
            name: value
            for name, value in request.headers.items()
            if name in ("Authorization", "Content-Type")
        }
        async with (
            aiohttp.ClientSession() as session,
            session.request(
                request.method,
                self.target + method,
                params=request.query,
                data=await request.read(),
                headers=headers,
            ) as answer,
        ):
            body = await answer.read()
            return web.Response(status=answer.status, body=body, content_type=answer.content_type)


@asynccontextmanager
async def proxied(target: str) -> AsyncIterator[Proxy]:
    """A proxy that listens on this machine, before the API at `target`."""
    proxy = Proxy(target)
    app = web.Application()
    app.router.add_route("*", "/api/{method}", proxy.serve)
    runner = web.AppRunner(app, access_log=None)
    await runner.setup()
    try:
        await web.TCPSite(runner, "127.0.0.1", 0).start()
        proxy.url = f"http://127.0.0.1:{runner.addresses[0][1]}/api/"
        yield proxy
    finally:
        await runner.cleanup()


@dataclass
class Outcome:
    """What became of a bot whose connection was cut."""

    tally: Tally
    cuts: int = 0
    noes: int = 0
    """How often it was given something else than an address."""
    longest: float = 0.0
    """The real seconds until it heard again, at most."""
    unheard: int = 0
    """Commands without an answer after a cut, and events that were never taken."""


async def cut_again(url: str, dice: Random) -> Outcome:
    """Cut the connections of bots until every kind of answer has come instead of an address, three
    at each cut; what the bots are to tell goes on, and what people do meanwhile reaches them."""
    answers: list[Callable[[], web.Response]] = [*ODD]
    answers += [partial(told, code) for code in (*_of_each_cause(dice), *INVENTED)]
    dice.shuffle(answers)
    found = Outcome(Tally(0, 0, 0, 0), noes=len(answers))
    async with opened(url) as ground, proxied(ground.server.api_url) as proxy:
        ground.api_url = proxy.url
        ground.ws.delivery.schedule = AGAIN
        while answers:
            bot = await ground.start()
            await ground.ws.changes.until(lambda: ground.ws.sockets.online, ENDS)
            for _ in range(CUTS_A_BOT):
                some = [answers.pop() for _ in range(min(3, len(answers)))]
                proxy.waiting = [answer() for answer in some]
                try:
                    await _cut(ground, found, dice)
                except TimeoutError:  # it is deaf
                    found.unheard += 1
                    break
            await ground.stopped(bot)
        proxy.waiting.clear()
        found.tally = await ground.finish()
        found.unheard += ground.ws.delivery.pending + len(ground.ws.delivery.lost)
    return found


async def _cut(ground: Ground, found: Outcome, dice: Random) -> None:
    """Cut the connection and wait until the bot hears again; TimeoutError when it does not."""
    ws, clock = ground.ws, Clock()
    await ground.want(FACTS)
    opened_before = ws.calls[OPEN]
    begun = clock.monotonic()
    await ws.kick(rudely=dice.random() < 0.5)
    await ground.server.visitor(dice.choice(MEMBERS).slack_id).open_home()
    await ws.changes.until(lambda: ws.calls[OPEN] > opened_before and not ws.delivery.pending, ENDS)
    found.cuts += 1
    found.longest = max(found.longest, clock.monotonic() - begun)
    ack = await ground.server.visitor(HEADS[0].slack_id).command(CHANNEL, "/cut help")
    found.unheard += not ack.ok
    await ground.all_posted()


def _of_each_cause(dice: Random) -> list[str]:
    # With a limit Slack names a time, as above; without one half a minute is waited.
    causes = (cause for cause in Cause if cause is not Cause.LIMITED)
    return [dice.choice(codes_of(cause)) for cause in causes]
