"""The HTTP edge: signed requests from Slack, and what watches over the process asks."""

import asyncio
import json
import logging
from collections.abc import Awaitable, Callable, Mapping
from types import MappingProxyType
from typing import Any
from urllib.parse import parse_qsl

import structlog
from aiohttp import web
from slack_bolt.app.async_app import AsyncApp
from slack_bolt.request.async_request import AsyncBoltRequest
from slack_sdk.signature import SignatureVerifier
from yarl import URL

from handlers.bolt import ODD, Door
from handlers.gate import Gate, Waiting, backlog
from handlers.metrics import CONTENT_TYPE, Metrics
from handlers.waiting import Waits

EVENTS_PATH = "/slack/events"
CHECK_SECONDS = 2.0
STOP_SECONDS = 10.0
"""How long running requests are waited for at the end."""
BODY_MAX = 2**20
BODY_SECONDS = 2.0
"""How long the rest of a body is waited for; Slack itself gives up after three seconds."""
BODIES = 128
"""Bodies that are waited for at once; a whole one that came with its headers does not wait."""
IDLE_SECONDS = 75.0
"""How long a connection may be without a request, from its first moment on; proxies keep theirs
for a minute."""
LINGER_SECONDS = 2.0
"""How long the rest of what was refused is read and thrown away, so that the refusal arrives."""
SKEW_SECONDS = 300.0
"""How far a signature's time may be off."""
_QUICK = 2**16
"""Characters of a form that may be kept; nearly every form has fewer."""
TIMESTAMP_MAX = 12
"""Digits of a signature's time; Python refuses to read thousands of them."""
SIGNATURE_LENGTH = len("v0=") + 64

Check = Callable[[], Awaitable[bool]]
"""Whether a part of the bot works now; an exception counts as no."""
Count = Callable[[], Awaitable[int]]
"""How much there is of what an operator should see to."""
Serve = Callable[[web.BaseRequest], Awaitable[web.Response]]
_LOOKING = frozenset({"GET", "HEAD"})
_BROKEN = (web.RequestPayloadError, ConnectionError, UnicodeDecodeError, RuntimeError)
"""What a body raises that is cut short or no text; the last is aiohttp's word for nobody there."""

NOISE = logging.getLogger("aiohttp.server")
"""A trace for each request that is no HTTP; errors of ours are logged here, by ourselves."""
NOISE.setLevel(logging.CRITICAL)

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
        signing_secret: str = "",
        waits: Waits | None = None,
        counts: Mapping[str, Count] = MappingProxyType({}),
    ) -> None:
        """`ready` says whether it is; `counts` are named there too where they are not 0.

        ValueError for an `app` without the secret that tells Slack from everybody else.
        """
        self._metrics = metrics
        self._ready = ready
        self._waits = Waits() if waits is None else waits
        self._counts = counts
        self._host = host
        self._port = port
        self._runner: web.ServerRunner | None = None
        self._routes: dict[str, tuple[frozenset[str], Serve]] = {
            "/healthz": (_LOOKING, self._healthz),
            "/readyz": (_LOOKING, self._readyz),
            "/metrics": (_LOOKING, self._show_metrics),
        }
        if app is not None:
            self._routes[EVENTS_PATH] = (frozenset({"POST"}), Events(app, signing_secret))

    @property
    def port(self) -> int:
        """The port it listens on once started, also when it was to be any free one."""
        if self._runner is None or not self._runner.addresses:
            return self._port
        return int(self._runner.addresses[0][1])

    async def start(self) -> None:
        """Begin to listen; OSError when the port is taken."""
        server = Gate(
            self._serve,
            access_log=None,
            logger=NOISE,
            # Bodies stay as they were signed.
            auto_decompress=False,
            keepalive_timeout=IDLE_SECONDS,
            lingering_time=LINGER_SECONDS,
        )
        self._runner = web.ServerRunner(server, shutdown_timeout=STOP_SECONDS, handle_signals=False)
        await self._runner.setup()
        try:
            await web.TCPSite(self._runner, self._host, self._port, backlog=backlog()).start()
        except OSError:
            await self.stop()
            raise
        log.info("listening", host=self._host, port=self.port)

    async def stop(self) -> None:
        """Take no new requests and wait for the running ones."""
        runner, self._runner = self._runner, None
        if runner is not None:
            await runner.cleanup()

    async def _serve(self, request: web.BaseRequest) -> web.Response:
        methods, serve = self._routes.get(request.path, (_LOOKING, None))
        if serve is None:
            return web.Response(status=404)
        if request.method not in methods:
            return web.Response(status=405, headers={"Allow": ", ".join(sorted(methods))})
        try:
            return await serve(request)
        except web.HTTPException:  # aiohttp's own answer, to a body that is too large
            raise
        except Exception:
            log.exception("a request was not answered", name=request.path)
            return web.Response(status=500)

    async def _healthz(self, _: web.BaseRequest) -> web.Response:
        return web.json_response({"ok": True})

    async def _readyz(self, _: web.BaseRequest) -> web.Response:
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

    async def _show_metrics(self, _: web.BaseRequest) -> web.Response:
        return web.Response(body=self._metrics.page(), headers={"Content-Type": CONTENT_TYPE})


class Events:
    """What Slack sends: first the headers are judged, then the body's signature, then its words."""

    def __init__(self, app: AsyncApp | Door, signing_secret: str) -> None:
        self._app = app
        self._verifier = SignatureVerifier(signing_secret)
        self._bodies: Waiting[asyncio.Timeout] = Waiting(BODIES, _end)

    async def __call__(self, request: web.BaseRequest) -> web.Response:
        """The answer that Slack waits for. What is not Slack's is read as text and no further."""
        timestamp = request.headers.get("X-Slack-Request-Timestamp", "")
        signature = request.headers.get("X-Slack-Signature", "")
        if not self._could_be_slack(timestamp, signature):
            return web.Response(status=401)
        try:
            text = (await self._body(request)).decode()
        except TimeoutError:
            return web.Response(status=408)
        except _BROKEN:
            return web.Response(status=400)
        if not self._verifier.is_valid(text, timestamp, signature):
            return web.Response(status=401)
        try:
            taken = _bolt_request(request, text)
        except ODD as error:
            log.warning("a signed body is no payload", error=type(error).__name__)
            return web.Response(status=400)
        answer = await self._app.async_dispatch(taken)
        return web.Response(
            status=answer.status,
            body=answer.body.encode(),
            headers={"Content-Type": answer.headers["content-type"][0]},
        )

    def _could_be_slack(self, timestamp: str, signature: str) -> bool:
        """Whether the headers are those of a signed request of these minutes."""
        if len(signature) != SIGNATURE_LENGTH or not signature.isascii():
            return False
        if not timestamp.isascii() or not timestamp.isdigit() or len(timestamp) > TIMESTAMP_MAX:
            return False
        return abs(self._verifier.clock.now() - int(timestamp)) <= SKEW_SECONDS

    async def _body(self, request: web.BaseRequest) -> bytes:
        """The whole body; TimeoutError when the rest of it does not come."""
        if request.content.is_eof():  # nearly always: it came with its headers
            return await request.read()
        async with asyncio.timeout(BODY_SECONDS) as deadline:
            self._bodies.add(deadline)
            try:
                return await request.read()
            finally:
                self._bodies.discard(deadline)


def _end(deadline: asyncio.Timeout) -> None:
    """Let a deadline pass now."""
    if not deadline.expired():
        deadline.reschedule(0.0)


def _bolt_request(request: web.BaseRequest, text: str) -> AsyncBoltRequest:
    """The request with its body read: Bolt takes ten times as long for a form.

    Only what comes over Socket Mode may come read; it is HTTP's all the same.
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
