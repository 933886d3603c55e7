"""The HTTP edge: signed requests from Slack, and what watches over the process asks."""

import asyncio
import json
from collections.abc import Awaitable, Callable, Mapping
from functools import partial
from types import MappingProxyType
from typing import Any
from urllib.parse import parse_qsl

import structlog
from aiohttp import web
from slack_bolt.app.async_app import AsyncApp
from slack_bolt.request.async_request import AsyncBoltRequest
from yarl import URL

from handlers.bolt import Door
from handlers.metrics import CONTENT_TYPE, Metrics
from handlers.waiting import Waits

EVENTS_PATH = "/slack/events"
CHECK_SECONDS = 2.0
STOP_SECONDS = 10.0
"""How long running requests are waited for at the end."""
BODY_MAX = 2**20
_QUICK = 2**16
"""Characters of a form that may be kept; nearly every form has fewer."""
TIMESTAMP_MAX = 12
"""Digits of a signature's time; Python refuses to read thousands of them."""

Check = Callable[[], Awaitable[bool]]
"""Whether a part of the bot works now; an exception counts as no."""

Count = Callable[[], Awaitable[int]]
"""How much there is of what an operator should see to."""

log = structlog.stdlib.get_logger(__name__)


class Web:
    """One server. Without `app` it takes nothing from Slack and is for health and metrics only."""

    def __init__(
        self,
        *,
        app: AsyncApp | Door | None,
        metrics: Metrics,
        ready: Mapping[str, Check],
        host: str,
        port: int,
        waits: Waits | None = None,
        counts: Mapping[str, Count] = MappingProxyType({}),
    ) -> None:
        """`ready` says whether it is; `counts` are named there too where they are not 0."""
        self._app = app
        self._metrics = metrics
        self._ready = ready
        self._waits = Waits() if waits is None else waits
        self._counts = counts
        self._host = host
        self._port = port
        self._runner: web.AppRunner | None = None

    @property
    def port(self) -> int:
        """The port it listens on once started, also when it was to be any free one."""
        if self._runner is None or not self._runner.addresses:
            return self._port
        return int(self._runner.addresses[0][1])

    def web_app(self) -> web.Application:
        """The routes; for a server of one's own."""
        served = web.Application(client_max_size=BODY_MAX)
        served.router.add_get("/healthz", self._healthz)
        served.router.add_get("/readyz", self._readyz)
        served.router.add_get("/metrics", self._show_metrics)
        if self._app is not None:
            served.router.add_post(EVENTS_PATH, partial(_events, self._app))
        return served

    async def start(self) -> None:
        """Begin to listen; OSError when the port is taken."""
        self._runner = web.AppRunner(
            self.web_app(), access_log=None, shutdown_timeout=STOP_SECONDS, handle_signals=False
        )
        await self._runner.setup()
        try:
            await web.TCPSite(self._runner, self._host, self._port).start()
        except OSError:
            await self.stop()
            raise
        log.info("listening", host=self._host, port=self.port)

    async def stop(self) -> None:
        """Take no new requests and wait for the running ones."""
        runner, self._runner = self._runner, None
        if runner is not None:
            await runner.cleanup()

    async def _healthz(self, _: web.Request) -> web.Response:
        return web.json_response({"ok": True})

    async def _readyz(self, _: web.Request) -> web.Response:
        names = list(self._ready)
        found = await asyncio.gather(*(_passes(name, self._ready[name]) for name in names))
        body: dict[str, Any] = dict(zip(names, found, strict=True))
        for name, count in self._counts.items():
            if many := await _counted(name, count):
                body[name] = many
        waits_for = self._waits.now()
        if waits_for:
            body["waits_for"] = waits_for
        return web.json_response(body, status=200 if all(found) and not waits_for else 503)

    async def _show_metrics(self, _: web.Request) -> web.Response:
        return web.Response(body=self._metrics.page(), headers={"Content-Type": CONTENT_TYPE})


async def _events(app: AsyncApp | Door, request: web.Request) -> web.Response:
    if not _signed(request):
        return web.Response(status=401)
    try:
        taken = _bolt_request(request, await request.text())
    except (ValueError, TypeError, AttributeError, LookupError):
        return web.Response(status=400)
    answer = await app.async_dispatch(taken)
    return web.Response(
        status=answer.status,
        body=answer.body.encode(),
        headers={"Content-Type": answer.headers["content-type"][0]},
    )


def _signed(request: web.Request) -> bool:
    """Whether the signature can be checked at all; Bolt checks it."""
    timestamp = request.headers.get("X-Slack-Request-Timestamp", "")
    signature = request.headers.get("X-Slack-Signature", "")
    timely = timestamp.isascii() and timestamp.isdigit() and len(timestamp) <= TIMESTAMP_MAX
    return timely and signature.isascii() and signature != ""


def _bolt_request(request: web.Request, text: str) -> AsyncBoltRequest:
    """The request with its body read: Bolt takes ten times as long for a form.

    Only what comes over Socket Mode may come read; then Bolt is told that this did not, so that it
    checks the signature of the raw body.
    """
    headers: Any = request.headers
    taken = AsyncBoltRequest(body=_read(text), headers=headers, mode="socket_mode")
    taken.mode, taken.raw_body = "http", text
    return taken


def _read(text: str) -> dict[str, Any]:
    """What Slack sent: JSON, or a form whose payload, if it has one, is JSON."""
    if text.startswith("{"):
        found = json.loads(text)
    else:
        found = _fields(text)
        if "payload" in found:
            found = json.loads(found["payload"])
    if not isinstance(found, dict):
        raise TypeError("a body that is no object")
    return found


def _fields(form: str) -> dict[str, str]:
    """The fields of a form; yarl reads it in C, and keeps the newest 128 for a while."""
    if len(form) > _QUICK:
        return dict(parse_qsl(form, keep_blank_values=True))
    return dict(URL.build(query_string=form, encoded=True).query.items())


async def _counted(name: str, count: Count) -> int:
    try:
        return await asyncio.wait_for(count(), CHECK_SECONDS)
    except Exception:  # whether the database answers is said by a check of its own
        log.debug("a count failed", name=name, exc_info=True)
        return 0


async def _passes(name: str, check: Check) -> bool:
    try:
        return await asyncio.wait_for(check(), CHECK_SECONDS)
    except Exception:
        log.warning("a check failed", name=name, exc_info=True)
        return False
