"""A Slack that says yes to everything at once: what the bot's own calls go to.

With a limit it takes so many posts a second, some more at once after a pause, and answers 429 to
the others.
"""

import asyncio
import sys
from itertools import count

import uvloop
from aiohttp import web

from bot.clock import Clock

POST = "chat.postMessage"
TALLY = "/tally"
_HELD_SECONDS = 2
"""So many seconds' posts are taken at once after a pause: Slack allows short bursts."""


class Slack:
    """Answers every method; `posted` and `limited` are what became of the posts."""

    def __init__(self, limit: int = 0) -> None:
        self._limit = limit
        self._numbers = count(1)
        self._system = Clock().system
        self._level = self._looked = 0.0
        self._posted = self._limited = 0
        self._last = 0.0

    def application(self, *also: web.RouteDef) -> web.Application:
        """The routes, those of `also` before the one that takes everything."""
        app = web.Application()
        app.add_routes([*also, web.get(TALLY, self._tally)])
        app.router.add_route("*", "/{anything:.*}", self._yes)
        return app

    async def _yes(self, request: web.Request) -> web.Response:
        if request.path.endswith(POST) and not self._takes():
            self._limited += 1
            error = {"ok": False, "error": "ratelimited"}
            return web.json_response(error, status=429, headers={"Retry-After": "1"})
        number = next(self._numbers)
        return web.json_response(
            {
                "ok": True, "ts": f"1.{number:06}", "channel": "C0000001", "team_id": "T1",
                "team": "office", "user_id": "UBOT", "bot_id": "B1",
                "url": "https://office.example/", "message_ts": f"1.{number:06}",
                "messages": [], "members": [], "user": {"id": "U1", "locale": "ko-KR"},
                "response_metadata": {"next_cursor": ""},
            }
        )  # fmt: skip

    def _takes(self) -> bool:
        now = self._system()
        if self._limit:
            ran_off = (now - self._looked) * self._limit
            self._looked, self._level = now, max(0.0, self._level - ran_off)
            if self._level + 1 > _HELD_SECONDS * self._limit:
                return False
            self._level += 1
        self._posted, self._last = self._posted + 1, now
        return True

    async def _tally(self, _: web.Request) -> web.Response:
        told = {"posted": self._posted, "limited": self._limited, "last": self._last}
        return web.json_response(told)


async def serve(app: web.Application, port: int) -> None:
    """Serve until the process is ended."""
    runner = web.AppRunner(app, access_log=None)
    await runner.setup()
    await web.TCPSite(runner, "127.0.0.1", port).start()
    await asyncio.Event().wait()


if __name__ == "__main__":
    with asyncio.Runner(loop_factory=uvloop.new_event_loop) as loop:
        loop.run(serve(Slack(int([*sys.argv, "0"][2])).application(), int(sys.argv[1])))
