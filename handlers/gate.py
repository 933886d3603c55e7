"""Who keeps the HTTP edge waiting: at most so many, and for one more the oldest has to go.

What Slack sends comes whole and at once. So whoever has waited longest is the least likely to be
Slack, and those who send half a request cannot keep out those who send a whole one.
"""

import importlib
from collections.abc import Awaitable, Callable
from importlib.util import find_spec
from typing import Any, Generic, TypeVar

from aiohttp import web
from aiohttp.web_protocol import RequestHandler

CONNECTIONS = 480
"""Connections without a request under way. Where a process may open 1,024 files and no more, what
is left is for requests under way, for connections just taken or let go, and for the bot's own."""
FILES = 4096
"""Files the process asks to be allowed; systems that start it with 1,024 usually grant it."""
_BACKLOG, _SHORT_BACKLOG = 1024, 128

resource: Any = importlib.import_module("resource") if find_spec("resource") else None
"""What the process may use; Windows has no such thing."""

T = TypeVar("T")
Handler = Callable[[web.BaseRequest], Awaitable[web.StreamResponse]]


def backlog() -> int:
    """How many connections the system is to keep until they are taken; one more tries again a
    second later. So many may be open at once before those that make room for them are closed.
    """
    if resource is None:
        return _SHORT_BACKLOG
    soft, hard = resource.getrlimit(resource.RLIMIT_NOFILE)
    if hard != resource.RLIM_INFINITY and hard < FILES:
        return _SHORT_BACKLOG
    if soft != resource.RLIM_INFINITY and soft < FILES:
        resource.setrlimit(resource.RLIMIT_NOFILE, (FILES, hard))
    return _BACKLOG


class Waiting(Generic[T]):
    """Those who wait, oldest first; `let_go` is called with each that makes room for another."""

    def __init__(self, room: int, let_go: Callable[[T], object]) -> None:
        self._room = room
        self._let_go = let_go
        self._waiting: dict[T, None] = {}

    def __len__(self) -> int:
        return len(self._waiting)

    def add(self, one: T) -> None:
        """One more waits."""
        self._waiting[one] = None
        if len(self._waiting) > self._room:
            oldest = next(iter(self._waiting))
            del self._waiting[oldest]
            self._let_go(oldest)

    def discard(self, one: T) -> None:
        """One waits no longer."""
        self._waiting.pop(one, None)


class Gate(web.Server):
    """A server whose connections may wait for a request's headers, or idle between two requests,
    until too many do.
    """

    def __init__(self, handler: Handler, **options: Any) -> None:
        """`options` are those of aiohttp's own server."""
        super().__init__(self._served, **options)
        self._handler = handler
        self.idle: Waiting[RequestHandler] = Waiting(CONNECTIONS, RequestHandler.force_close)

    def connection_made(self, handler: Any, transport: Any) -> None:
        """Somebody came, and has not asked for anything yet."""
        super().connection_made(handler, transport)
        self.idle.add(handler)

    def connection_lost(self, handler: Any, exc: BaseException | None = None) -> None:
        """Somebody went."""
        self.idle.discard(handler)
        super().connection_lost(handler, exc)

    async def _served(self, request: web.BaseRequest) -> web.StreamResponse:
        self.idle.discard(request.protocol)
        try:
            return await self._handler(request)
        finally:
            if request.transport is not None:
                self.idle.add(request.protocol)
