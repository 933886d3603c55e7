"""A small workspace and a small bot: what the tests of the playground play on."""

import re
from collections.abc import AsyncIterator, Awaitable, Callable
from dataclasses import dataclass, field
from typing import Any

from aiohttp import web
from slack_bolt.adapter.socket_mode.aiohttp import AsyncSocketModeHandler
from slack_bolt.app.async_app import AsyncApp
from slack_sdk.errors import SlackApiError
from slack_sdk.web.async_client import AsyncWebClient

from bot.clock import Clock
from bot.playground.server import Server, start
from bot.playground.workspace import SeedChannel, SeedPerson, Workspace

BOT_TOKEN, APP_TOKEN, SECRET = "xoxb-playground", "xapp-playground", "signing-secret"

SCOPES = (
    "channels:history channels:read chat:write commands files:read files:write groups:history "
    "groups:read im:history im:read im:write reactions:read reactions:write users:read "
    "users:read.email app_mentions:read"
)
EVENTS = (
    "app_home_opened app_mention channel_archive channel_deleted channel_id_changed "
    "channel_left channel_rename channel_unarchive group_archive group_deleted group_left "
    "group_rename group_unarchive member_joined_channel member_left_channel message.channels "
    "message.groups message.im reaction_added reaction_removed team_join user_change"
)


def manifest(**features: Any) -> dict[str, Any]:
    """A manifest with everything; `features` and `settings` overrides by keyword."""
    return {
        "display_information": {"name": "곱빼기"},
        "features": {
            "app_home": {"home_tab_enabled": True, "messages_tab_enabled": True},
            "bot_user": {"display_name": "곱빼기"},
            "slash_commands": [
                {"command": "/cut", "description": "빼기", "usage_hint": "[제목]"},
                {"command": "/safe", "description": "안전", "should_escape": True},
            ],
            "shortcuts": [
                {"name": "과제 제안", "type": "global", "callback_id": "propose"},
                {"name": "과제로 제안", "type": "message", "callback_id": "propose_message"},
            ],
            **features,
        },
        "oauth_config": {"scopes": {"bot": SCOPES.split()}},
        "settings": {
            "event_subscriptions": {"bot_events": EVENTS.split()},
            "interactivity": {"is_enabled": True},
            "socket_mode_enabled": True,
        },
    }


PEOPLE = (
    SeedPerson("U1", "김하나", "문화정책과장", "문화체육관광국", "hana@example.kr"),
    SeedPerson("U2", "이두리", "주무관", "문화체육관광국", "duri@example.kr"),
    SeedPerson("U3", "박세찬", "주무관", "건설교통국", "sechan@example.kr", locale="en-US"),
    SeedPerson("U9", "최그만", "주무관", "건설교통국", "geuman@example.kr", deleted=True),
)
CHANNELS = (
    SeedChannel("C1", "문화정책과", ("U1", "U2")),
    SeedChannel("C2", "건설정책과", ("U3",), bot=False),
)


class HandClock(Clock):
    """System time that runs, plus what a test adds by hand."""

    ahead = 0.0

    def system(self) -> float:
        """System time with the added seconds."""
        return super().system() + self.ahead

    def monotonic(self) -> float:
        """Monotonic time with the added seconds."""
        return super().monotonic() + self.ahead


@dataclass
class TinyBot:
    """A bot whose answers the test writes: handlers by kind get (ack, body, client)."""

    app: AsyncApp
    seen: list[tuple[str, dict[str, Any]]] = field(default_factory=list)
    handlers: dict[str, Callable[..., Awaitable[Any]]] = field(default_factory=dict)
    retries: list[tuple[str, str]] = field(default_factory=list)

    @property
    def client(self) -> AsyncWebClient:
        """A client with the bot's token."""
        return self.app.client

    def of(self, kind: str) -> list[dict[str, Any]]:
        """The bodies of a kind seen so far."""
        return [body for seen, body in self.seen if seen == kind]

    def events(self, kind: str) -> list[dict[str, Any]]:
        """The inner events of a type seen so far."""
        return [body["event"] for body in self.of("event") if body["event"]["type"] == kind]

    def on(self, kind: str) -> Callable[[Any], Any]:
        """Register the test's handler for a kind."""

        def register(handler: Any) -> Any:
            self.handlers[kind] = handler
            return handler

        return register

    def opens(self, view: dict[str, Any]) -> None:
        """Answer every command with this modal."""

        @self.on("command")
        async def opened(ack: Any, body: Any, client: Any, **_: Any) -> None:
            await client.views_open(trigger_id=body["trigger_id"], view=view)
            await ack()

    def answers(self, kind: str, *answers: Any) -> None:
        """Answer a kind with these, one after the other; the last one for good."""
        left = list(answers)

        @self.on(kind)
        async def answered(ack: Any, **_: Any) -> None:
            answer = left.pop(0) if len(left) > 1 else left[0]
            await (ack(**answer) if isinstance(answer, dict) else ack(answer))

    async def posts(self, text: str, *blocks: dict[str, Any], channel: str = "C1") -> str:
        """Post a message; returns its ts."""
        answer = await self.client.chat_postMessage(channel=channel, text=text, blocks=blocks)
        return str(answer["ts"])


async def refusal(call: Awaitable[Any]) -> str:
    """The error code with which Slack refuses a call."""
    try:
        await call
    except SlackApiError as error:
        return str(error.response["error"])
    raise AssertionError("the call was not refused")


def make_bot(api_url: str) -> TinyBot:
    """A bot that notes and acknowledges everything."""
    client = AsyncWebClient(token=BOT_TOKEN, base_url=api_url)
    app = AsyncApp(client=client, signing_secret=SECRET, process_before_response=True)
    bot = TinyBot(app)
    anything = re.compile("")

    def listen(kind: str) -> Any:
        async def listener(ack: Any, body: Any, client: Any, request: Any, respond: Any) -> None:
            bot.seen.append((kind, body))
            retry = request.headers.get("x-slack-retry-num")
            if retry:
                bot.retries.append((retry[0], request.headers["x-slack-retry-reason"][0]))
            if handler := bot.handlers.get(kind):
                await handler(ack=ack, body=body, client=client, respond=respond)
            else:
                await ack()

        return listener

    app.command(anything)(listen("command"))
    app.action(anything)(listen("action"))
    app.view_submission(anything)(listen("submission"))
    app.view_closed(anything)(listen("closed"))
    app.shortcut(anything)(listen("shortcut"))
    app.options(anything)(listen("options"))
    app.event(anything)(listen("event"))
    return bot


@dataclass
class Stage:
    """The workspace, its server and the bot in it."""

    ws: Workspace
    server: Server
    bot: TinyBot
    clock: HandClock


def make_workspace(clock: Clock | None = None, path: Any = None, **features: Any) -> Workspace:
    """A workspace with three people and two channels."""
    return Workspace(
        manifest(**features),
        PEOPLE,
        CHANNELS,
        path,
        clock or HandClock(),
        BOT_TOKEN,
        APP_TOKEN,
        SECRET,
    )


async def on_sockets() -> AsyncIterator[Stage]:
    """A stage over Socket Mode."""
    clock = HandClock()
    ws = make_workspace(clock)
    server = await start(ws)
    bot = make_bot(server.api_url)
    handler = AsyncSocketModeHandler(bot.app, APP_TOKEN, ping_interval=0.2)
    await handler.connect_async()
    try:
        yield Stage(ws, server, bot, clock)
    finally:
        await handler.client.close()
        await server.stop()


async def on_http() -> AsyncIterator[Stage]:
    """A stage over signed HTTP."""
    clock = HandClock()
    ws = make_workspace(clock)
    runner = web.AppRunner(proxy := web.Application(), access_log=None)
    holder: dict[str, Any] = {}

    async def serve(request: web.Request) -> web.StreamResponse:
        answer: web.StreamResponse = await holder["serve"](request)
        return answer

    proxy.router.add_post("/slack/events", serve)
    await runner.setup()
    await web.TCPSite(runner, "127.0.0.1", 0).start()
    url = f"http://127.0.0.1:{runner.addresses[0][1]}/slack/events"
    server = await start(ws, deliver="http", request_url=url)
    bot = make_bot(server.api_url)
    holder["serve"] = bot.app.server(port=0, path="/slack/events").handle_post_requests
    try:
        yield Stage(ws, server, bot, clock)
    finally:
        await server.stop()
        await runner.cleanup()


async def in_silence() -> AsyncIterator[Stage]:
    """A stage whose bot calls the API but hears nothing."""
    clock = HandClock()
    ws = make_workspace(clock)
    server = await start(ws)
    try:
        yield Stage(ws, server, make_bot(server.api_url), clock)
    finally:
        await server.stop()
