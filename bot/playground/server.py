"""The web server of the workspace: Slack's addresses and the page's."""

import mimetypes
from collections.abc import Callable
from datetime import datetime
from pathlib import Path

from aiohttp import WSCloseCode, web

from bot.playground.api import Api
from bot.playground.fence import UPLOADED, Fence, page_policy
from bot.playground.methods import METHODS
from bot.playground.page_socket import Move, PageSocket
from bot.playground.responses import Responses
from bot.playground.signed_http import SignedHttp
from bot.playground.visitor import Visitor
from bot.playground.workspace import Workspace

PAGE = Path(__file__).with_name("page")
LOOPBACK = ("127.0.0.1", "::1", "localhost")
MOST_UPLOAD = 50_000_000


class Server:
    """A running workspace. `start` makes one."""

    def __init__(self, ws: Workspace, now: Callable[[], datetime], move: Move | None) -> None:
        self.ws = ws
        self._now, self._move = now, move
        self._responses = Responses(ws)
        self._pages: set[web.WebSocketResponse] = set()
        self._runner: web.AppRunner | None = None
        self._fence = Fence()

    @property
    def url(self) -> str:
        """The page's address, without a slash at the end."""
        return self.ws.base_url

    @property
    def api_url(self) -> str:
        """The address to give the app in place of https://slack.com/api/."""
        return f"{self.ws.base_url}/api/"

    def visitor(self, user: str) -> Visitor:
        """A window of this person."""
        self.ws.person(user)
        return Visitor(self.ws, self._responses, user)

    async def listen(self, host: str, port: int) -> None:
        """Start listening; port 0 takes a free one."""
        if host not in LOOPBACK:
            raise ValueError(f"the playground listens on this machine only, not on {host}")
        app = web.Application(client_max_size=MOST_UPLOAD, middlewares=[self._fence.judge])
        app.on_response_prepare.append(self._fence.dress)
        api = Api(self.ws, METHODS)
        app.add_routes(
            [
                # Each GET of Slack's has an effect of its own here; a HEAD is none of them.
                web.get("/api/{method}", api.serve, allow_head=False),
                web.post("/api/{method}", api.serve),
                web.get("/link/", self.ws.sockets.serve, allow_head=False),
                web.post("/response/{token}", self._responses.serve),
                web.post("/upload/v1/{id}", self._uploaded),
                web.get("/files/{id}/{name}", self._file),
                web.get("/files-pri/{id}/{name}", self._private_file),
                web.get("/files-pri/{id}/download/{name}", self._private_file),
                web.get("/archives/{channel}/{ts}", self._permalink),
                web.get("/", self._index),
                web.get("/static/{name:.+}", self._static),
                web.post("/page/upload", self._page_upload),
                web.get("/page/ws", self._page_socket, allow_head=False),
            ]
        )
        self._runner = web.AppRunner(
            app, access_log=None, shutdown_timeout=1.0, handler_cancellation=True
        )
        await self._runner.setup()
        await web.TCPSite(self._runner, host, port).start()
        taken = self._runner.addresses[0][1]
        self._fence.names = frozenset(f"{_shown(name)}:{taken}" for name in LOOPBACK)
        self.ws.base_url = f"http://{_shown(host)}:{taken}"

    async def stop(self) -> None:
        """Close every connection, stop listening and close the workspace's file."""
        for page in list(self._pages):
            await page.close(code=WSCloseCode.GOING_AWAY)
        await self.ws.crowd.stop()
        await self.ws.delivery.stop()
        await self.ws.sockets.close()
        if self._runner is not None:
            await self._runner.cleanup()
        self.ws.store.close()

    # Slack's own addresses ----------------------------------------------------------------

    async def _uploaded(self, request: web.Request) -> web.Response:
        """The second step of an upload: the bytes, raw or as a form."""
        file = self.ws.pending_files.get(request.match_info["id"])
        if file is None:
            raise web.HTTPNotFound
        if request.content_type == "multipart/form-data":
            body = b"".join(
                [v.file.read() for v in (await request.post()).values() if hasattr(v, "file")]
            )
        else:
            body = await request.read()
        if len(body) != file.size:
            return web.Response(status=400, text=f"expected {file.size} bytes, got {len(body)}")
        self.ws.store.put_bytes(file.id, body)
        return web.Response(text=f"OK - {len(body)}")

    async def _file(self, request: web.Request) -> web.Response:
        """A file's bytes, for the page."""
        return self._bytes(request.match_info["id"])

    async def _private_file(self, request: web.Request) -> web.Response:
        """A file's bytes for the app, which needs its token and the scope."""
        if request.headers.get("Authorization") != f"Bearer {self.ws.bot_token}":
            raise web.HTTPFound(f"{self.url}/")  # Slack sends the nameless to its login page.
        if "files:read" not in self.ws.manifest.scopes:
            raise web.HTTPForbidden
        return self._bytes(request.match_info["id"].partition("-")[2])

    def _bytes(self, id: str) -> web.Response:
        file, body = self.ws.files.get(id), self.ws.store.bytes_of(id)
        if file is None or body is None:
            raise web.HTTPNotFound
        headers = {"Content-Security-Policy": UPLOADED}
        return web.Response(body=body, content_type=file.mimetype, headers=headers)

    async def _permalink(self, request: web.Request) -> web.Response:
        """A permalink opens the page at its message."""
        digits = request.match_info["ts"].removeprefix("p")
        ts = f"{digits[:-6]}.{digits[-6:]}"
        raise web.HTTPFound(f"/?channel={request.match_info['channel']}&ts={ts}")

    # The page's addresses -----------------------------------------------------------------

    async def _index(self, request: web.Request) -> web.StreamResponse:
        return _page_file(request, "index.html")

    async def _static(self, request: web.Request) -> web.StreamResponse:
        return _page_file(request, request.match_info["name"])

    async def _page_upload(self, request: web.Request) -> web.Response:
        field = (await request.post()).get("file")
        if not isinstance(field, web.FileField):
            raise web.HTTPBadRequest(text="no file")
        visitor = self._window(request)
        file = await visitor.upload(field.filename, field.file.read())
        kept = {k: file[k] for k in ("id", "name", "mimetype")}
        return web.json_response({"file": {**kept, "url": f"/files/{file['id']}/{file['name']}"}})

    async def _page_socket(self, request: web.Request) -> web.StreamResponse:
        visitor = self._window(request)
        socket = web.WebSocketResponse(heartbeat=20)
        await socket.prepare(request)
        self._pages.add(socket)
        try:
            await PageSocket(visitor, self._now, self._move).serve(socket)
        finally:
            self._pages.discard(socket)
        return socket

    def _window(self, request: web.Request) -> Visitor:
        """The window of the person asked for; of the first who still works here if of nobody."""
        asked = request.query.get("user", "")
        for person in self.ws.people.values():
            if person.is_bot:
                continue
            if person.id == asked or not (asked or person.deleted):
                return self.visitor(person.id)
        raise web.HTTPNotFound(text="no such person")


async def start(
    ws: Workspace,
    host: str = "127.0.0.1",
    port: int = 0,
    deliver: str = "socket",
    request_url: str | None = None,
    now: Callable[[], datetime] | None = None,
    move: Move | None = None,
) -> Server:
    """Start the workspace's server.

    `deliver` is `socket` (Socket Mode) or `http` (signed requests to `request_url`). `now` tells
    the programme's time and `move` moves it to the next `day`, `morning` or `quarter`, for the
    page. Raises ValueError for another host than this machine, OSError for a port in use.
    """
    server = Server(ws, now or ws.clock.now, move)
    await server.listen(host, port)
    if deliver == "http":
        if not request_url:
            raise ValueError("HTTP delivery needs a request_url")
        ws.delivery.transport = SignedHttp(request_url, ws.signing_secret, ws.clock, ws.changes)
    elif deliver == "socket":
        ws.delivery.transport = ws.sockets
    else:
        raise ValueError(f"deliver is socket or http, not {deliver}")
    return server


def _shown(host: str) -> str:
    """The host as it stands in an address."""
    return f"[{host}]" if ":" in host else host


def _page_file(request: web.Request, name: str) -> web.StreamResponse:
    path = (PAGE / name).resolve()
    if not path.is_relative_to(PAGE) or not path.is_file():
        raise web.HTTPNotFound
    kind = mimetypes.guess_type(name)[0] or "application/octet-stream"
    charset = "utf-8" if kind.startswith("text/") or kind.endswith("javascript") else None
    policy = page_policy(request.host)
    headers = {"Cache-Control": "no-cache", "Content-Security-Policy": policy}
    return web.Response(body=path.read_bytes(), content_type=kind, charset=charset, headers=headers)
