"""Word of every change in the workspace, for the pages and for whoever waits."""

import asyncio
from collections.abc import Callable
from dataclasses import dataclass, field
from typing import TypeVar

from bot.playground.records import Json

T = TypeVar("T")


@dataclass(frozen=True)
class Change:
    """Something changed; `channel` limits it to those who see the channel, `user` to one."""

    kind: str
    channel: str = ""
    user: str = ""
    data: Json = field(default_factory=dict)


Listener = Callable[[Change], None]


class Changes:
    """Tells listeners at once; wakes waiters."""

    def __init__(self) -> None:
        self._listeners: list[Listener] = []
        self._waiting: list[asyncio.Future[None]] = []

    def tell(self, kind: str, channel: str = "", user: str = "", **data: object) -> None:
        """Tell everyone of a change."""
        change = Change(kind, channel, user, data)
        for listener in list(self._listeners):
            listener(change)
        waiting, self._waiting = self._waiting, []
        for waiter in waiting:
            if not waiter.done():
                waiter.set_result(None)

    def listen(self, listener: Listener) -> Callable[[], None]:
        """Call `listener` at every change until the returned function is called."""
        self._listeners.append(listener)
        return lambda: self._listeners.remove(listener)

    async def until(self, predicate: Callable[[], T], timeout: float) -> T:
        """Wait until the predicate is truthy and return its value.

        Something not there yet (a LookupError) counts as "no". Raises TimeoutError after
        `timeout` seconds.
        """
        loop = asyncio.get_running_loop()
        end = loop.time() + timeout
        while True:
            waiter: asyncio.Future[None] = loop.create_future()
            self._waiting.append(waiter)
            try:
                if value := predicate():
                    return value
            except LookupError:
                pass
            left = end - loop.time()
            if left <= 0:
                raise TimeoutError
            await asyncio.wait((waiter,), timeout=left)
