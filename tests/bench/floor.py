"""The floor: as little as Bolt can do. One listener that acks, signatures checked."""

import asyncio
import sys

import uvloop
from aiohttp import web
from slack_bolt.app.async_app import AsyncApp
from slack_bolt.authorization import AuthorizeResult
from slack_bolt.context.ack.async_ack import AsyncAck

from tests.bench.payloads import PATH, SECRET

BOT = AuthorizeResult(
    enterprise_id=None, team_id="T1", bot_token="xoxb-bench", bot_id="B1", bot_user_id="UBOT"
)


async def _authorize() -> AuthorizeResult:
    return BOT


async def _ack(ack: AsyncAck) -> None:
    await ack()


async def serve(port: int) -> None:
    """Serve until the process is ended."""
    app = AsyncApp(signing_secret=SECRET, authorize=_authorize, process_before_response=True)
    app.command("/cut")(_ack)
    runner = web.AppRunner(app.web_app(path=PATH, port=port), access_log=None)
    await runner.setup()
    await web.TCPSite(runner, "127.0.0.1", port).start()
    await asyncio.Event().wait()


if __name__ == "__main__":
    with asyncio.Runner(loop_factory=uvloop.new_event_loop) as loop:
        loop.run(serve(int(sys.argv[1])))
