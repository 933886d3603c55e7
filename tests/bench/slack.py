"""A Slack that says yes to everything at once: what the bot's own calls go to."""

import asyncio
import sys
from itertools import count

import uvloop
from aiohttp import web

_numbers = count(1)


async def _yes(_: web.Request) -> web.Response:
    number = next(_numbers)
    return web.json_response(
        {
            "ok": True, "ts": f"1.{number:06}", "channel": "C0000001", "team_id": "T1",
            "team": "office", "user_id": "UBOT", "bot_id": "B1", "url": "https://office.example/",
            "messages": [], "members": [], "user": {"id": "U1", "locale": "ko-KR"},
            "response_metadata": {"next_cursor": ""},
        }
    )  # fmt: skip


async def serve(port: int) -> None:
    """Serve until the process is ended."""
    app = web.Application()
    app.router.add_route("*", "/{anything:.*}", _yes)
    runner = web.AppRunner(app, access_log=None)
    await runner.setup()
    await web.TCPSite(runner, "127.0.0.1", port).start()
    await asyncio.Event().wait()


if __name__ == "__main__":
    with asyncio.Runner(loop_factory=uvloop.new_event_loop) as loop:
        loop.run(serve(int(sys.argv[1])))
