"""Bolt, with one catch-all per kind of payload: it checks signatures, the router does the rest."""

import re
from collections.abc import Awaitable, Callable
from typing import Any

from slack_bolt.app.async_app import AsyncApp
from slack_bolt.authorization import AuthorizeResult
from slack_bolt.authorization.async_authorize import AsyncAuthorize
from slack_bolt.request.async_request import AsyncBoltRequest
from slack_bolt.response import BoltResponse
from slack_sdk.web.async_client import AsyncWebClient

from handlers.inbound import Kind
from handlers.router import Router
from handlers.slack import LIBRARY

Listener = Callable[[AsyncBoltRequest], Awaitable[BoltResponse]]

_ANYTHING = re.compile("")


def bolt_app(router: Router, bot: AuthorizeResult, *, signing_secret: str = "") -> AsyncApp:
    """Bolt's app before the router. With a `signing_secret` it takes signed HTTP requests only;
    without one it is for Socket Mode, whose envelopes carry no signature.
    """
    app = AsyncApp(
        name="slack.app",
        logger=LIBRARY,
        # Not for calls: those belong to answers, and go where the settings say.
        client=AsyncWebClient(logger=LIBRARY, retry_handlers=[]),
        authorize=_Authorized(bot),
        signing_secret=signing_secret,
        request_verification_enabled=bool(signing_secret),
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
        return BoltResponse(status=answer.status, body=answer.body or "")

    return listen
