"""Bolt, with one catch-all per kind of payload: it tells the kinds apart, the router does the rest.

Who sent a payload is known before: over HTTP from its signature (handlers.web), over Socket Mode
from the connection.
"""

import re
from collections.abc import Awaitable, Callable
from typing import Any

import structlog
from slack_bolt.app.async_app import AsyncApp
from slack_bolt.authorization import AuthorizeResult
from slack_bolt.authorization.async_authorize import AsyncAuthorize
from slack_bolt.request.async_request import AsyncBoltRequest
from slack_bolt.response import BoltResponse
from slack_sdk.web.async_client import AsyncWebClient

from handlers.answers import Answer
from handlers.inbound import RATE_LIMITED, Kind
from handlers.router import Router
from handlers.slack import LIBRARY

Listener = Callable[[AsyncBoltRequest], Awaitable[BoltResponse]]

ODD = (ValueError, TypeError, AttributeError, LookupError, RecursionError, MemoryError)
"""What reading a body raises that is none of Slack's payloads."""
_ANYTHING = re.compile("")

log = structlog.stdlib.get_logger(__name__)


def bolt_app(router: Router, bot: AuthorizeResult) -> AsyncApp:
    """Bolt's app before the router, for both edges."""
    app = _App(
        router,
        name="slack.app",
        logger=LIBRARY,
        # Not for calls: those belong to answers, and go where the settings say.
        client=AsyncWebClient(logger=LIBRARY, retry_handlers=[]),
        authorize=_Authorized(bot),
        request_verification_enabled=False,
        process_before_response=True,
        attaching_function_token_enabled=False,
        attaching_conversation_kwargs_enabled=False,
    )
    # In the order of how often they come and how fast they must go: Bolt tries one by one.
    app.command(_ANYTHING)(_listener(router, Kind.COMMAND))
    app.action(_ANYTHING)(_listener(router, Kind.ACTION))
    app.view_submission(_ANYTHING)(_listener(router, Kind.VIEW))
    app.options(_ANYTHING)(_listener(router, Kind.OPTIONS))
    app.event(_ANYTHING)(_listener(router, Kind.EVENT))
    app.shortcut(_ANYTHING)(_listener(router, Kind.SHORTCUT))
    app.view_closed(_ANYTHING)(_listener(router, Kind.CLOSED))
    app.error(_not_understood)
    return app


class Door:
    """Where requests come in: before the bot knows who it is they are turned away with a 503, after
    which Slack sends an event again and tells a person that the app did not answer.
    """

    def __init__(self) -> None:
        self.app: AsyncApp | None = None

    async def async_dispatch(self, request: AsyncBoltRequest) -> BoltResponse:
        """The answer of the app, once there is one."""
        if self.app is None:
            return BoltResponse(status=503)
        return await self.app.async_dispatch(request)


async def _not_understood(error: Exception) -> BoltResponse:
    """The router answers for its own errors; Bolt's are about bodies of no shape that it knows."""
    log.warning("a payload of no known shape", error=type(error).__name__)
    return BoltResponse(status=400)


class _App(AsyncApp):
    """Bolt, which also hands on what no listener of its own is asked about."""

    def __init__(self, router: Router, **options: Any) -> None:
        super().__init__(**options)
        self._router = router

    async def async_dispatch(self, req: AsyncBoltRequest) -> BoltResponse:
        """The answer to a payload of any kind."""
        try:
            if req.body.get("type") == RATE_LIMITED:
                # It comes without an envelope, and Bolt takes it for no event at all.
                return _response(await self._router.answer(Kind.EVENT, {"event": req.body}))
            return await super().async_dispatch(req)
        except ODD as error:  # before and after its own net
            return await _not_understood(error)


class _Authorized(AsyncAuthorize):
    """The one workspace this bot belongs to, known from the start."""

    def __init__(self, bot: AuthorizeResult) -> None:
        self._bot = bot

    async def __call__(self, **_: Any) -> AuthorizeResult:
        return self._bot


def _listener(router: Router, kind: Kind) -> Listener:
    async def listen(request: AsyncBoltRequest) -> BoltResponse:
        retries = request.headers.get("x-slack-retry-num", ("0",))[0]
        answer = await router.answer(kind, request.body, retried=retries != "0")
        return _response(answer)

    return listen


def _response(answer: Answer) -> BoltResponse:
    return BoltResponse(status=answer.status, body=answer.body or "")
