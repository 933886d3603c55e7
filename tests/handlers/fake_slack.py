"""A tiny Slack that writes down what it is asked, and answers as it was told to."""

import asyncio
import json
from collections import deque
from typing import Any
from urllib.parse import parse_qsl

from aiohttp import WSMsgType, web
from aiohttp.test_utils import TestServer

PLAIN, JSON, PAGE = "text/plain", "application/json", "text/html"

BOT = {"ok": True, "team_id": "T1", "user_id": "UBOT", "bot_id": "B1", "team": "도청"}


class FakeSlack:
    """Methods under /api/, response_urls under /respond/, Socket Mode under /link."""

    def __init__(self) -> None:
        self.calls: list[tuple[str, dict[str, Any]]] = []
        self.errors: dict[str, deque[str]] = {}
        self.answers: dict[str, deque[tuple[int, str, str, dict[str, str]]]] = {}
        self.greets = True
        self.goodbyes: deque[str] = deque()
        self.holding: dict[str, asyncio.Event] = {}
        self.links: list[web.WebSocketResponse] = []
        self.linked = asyncio.Event()
        self.acks: asyncio.Queue[dict[str, Any]] = asyncio.Queue()
        app = web.Application()
        app.router.add_post("/api/{method}", self._method)
        app.router.add_get("/api/{method}", self._method)
        app.router.add_post("/respond/{id}", self._respond)
        app.router.add_get("/link", self._link)
        self.server = TestServer(app)

    @property
    def api(self) -> str:
        return str(self.server.make_url("/api/"))

    @property
    def response_url(self) -> str:
        return str(self.server.make_url("/respond/1"))

    def refuse(self, method: str, *errors: str) -> None:
        """Answer the next calls of a method with these errors; a "500" is no answer of Slack's."""
        self.errors.setdefault(method, deque()).extend(errors)

    def say(self, method: str, status: int, kind: str, body: str, **headers: str) -> None:
        """Answer one more call of a method with exactly this, as a proxy or a broken Slack may."""
        named = {name.replace("_", "-"): value for name, value in headers.items()}
        self.answers.setdefault(method, deque()).append((status, kind, body, named))

    def hold(self, method: str) -> asyncio.Event:
        """Answer calls of a method only when the event is set."""
        return self.holding.setdefault(method, asyncio.Event())

    def of(self, method: str) -> list[dict[str, Any]]:
        """What the method was called with."""
        return [arguments for called, arguments in self.calls if called == method]

    async def send(self, envelope: dict[str, Any]) -> None:
        """Send an envelope over the newest link."""
        await self.links[-1].send_json(envelope)

    async def _method(self, request: web.Request) -> web.Response:
        method = request.match_info["method"]
        text = await request.text()
        form = request.content_type == "application/x-www-form-urlencoded"
        found = dict(parse_qsl(text)) if form else json.loads(text or "{}")
        self.calls.append((method, found))
        if method in self.holding:
            await self.holding[method].wait()
        if answers := self.answers.get(method):
            status, kind, body, headers = answers.popleft()
            return web.Response(status=status, text=body, content_type=kind, headers=headers)
        if errors := self.errors.get(method):
            error = errors.popleft()
            if error == "500":
                return web.Response(status=500)
            return web.json_response({"ok": False, "error": error})
        if method == "auth.test":
            return web.json_response(BOT)
        if method == "apps.connections.open":
            url = self.server.make_url("/link").with_scheme("ws")
            return web.json_response({"ok": True, "url": str(url)})
        if method == "users.info":
            return web.json_response({"ok": True, "user": {"locale": "ko-KR"}})
        return web.json_response({"ok": True})

    async def _respond(self, request: web.Request) -> web.Response:
        self.calls.append(("respond", await request.json()))
        if errors := self.errors.get("respond"):
            return web.Response(status=404, text=errors.popleft())
        return web.Response(text="ok")

    async def _link(self, request: web.Request) -> web.WebSocketResponse:
        link = web.WebSocketResponse()
        await link.prepare(request)
        self.links.append(link)
        self.linked.set()
        if self.goodbyes:
            reason = self.goodbyes.popleft()
            if reason != "close":
                await link.send_json({"type": "disconnect", "reason": reason})
            await link.close()
            return link
        if self.greets:
            await link.send_json({"type": "hello", "num_connections": len(self.links)})
        async for frame in link:
            if frame.type is WSMsgType.TEXT:
                self.acks.put_nowait(json.loads(frame.data))
        return link


class Deaf:
    """A websocket that greets, and then reads nothing more."""

    def __init__(self) -> None:
        self.url = ""
        self._end = asyncio.Event()
        self._runner: web.AppRunner | None = None

    async def start(self) -> None:
        served = web.Application()
        served.router.add_get("/", self._serve)
        self._runner = web.AppRunner(served)
        await self._runner.setup()
        await web.TCPSite(self._runner, "127.0.0.1", 0).start()
        self.url = f"ws://127.0.0.1:{self._runner.addresses[0][1]}/"

    async def stop(self) -> None:
        self._end.set()
        assert self._runner
        await self._runner.cleanup()

    async def _serve(self, request: web.Request) -> web.WebSocketResponse:
        deaf = web.WebSocketResponse(timeout=0.1)
        await deaf.prepare(request)
        await deaf.send_json({"type": "hello"})
        assert request.transport
        request.transport.pause_reading()
        await self._end.wait()
        return deaf
