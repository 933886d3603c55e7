"""Work that goes on after its answer was given: kept track of, and waited for at the end."""

import asyncio
from collections.abc import Coroutine
from typing import Any

import structlog

from bot.clock import unhurried

log = structlog.stdlib.get_logger(__name__)


class Background:
    """Tasks of one process; what goes wrong in them is logged."""

    def __init__(self) -> None:
        self._tasks: set[asyncio.Task[Any]] = set()

    def __len__(self) -> int:
        return len(self._tasks)

    def start(self, work: Coroutine[Any, Any, Any]) -> None:
        """Run it as a task of its own, for which the request's deadline does not count."""
        self.adopt(asyncio.get_running_loop().create_task(work, context=unhurried()))

    def adopt(self, task: "asyncio.Task[Any]") -> None:
        """Keep track of a task that was begun elsewhere."""
        self._tasks.add(task)
        task.add_done_callback(self._done)

    async def drain(self, seconds: float) -> None:
        """Wait for all of them at most so long, then cancel what is left."""
        if self._tasks:
            await asyncio.wait(self._tasks, timeout=seconds)
        left = list(self._tasks)
        if left:
            log.warning("background tasks cancelled", count=len(left))
        for task in left:
            task.cancel()
        await asyncio.gather(*left, return_exceptions=True)

    def _done(self, task: "asyncio.Task[Any]") -> None:
        self._tasks.discard(task)
        if not task.cancelled() and (error := task.exception()) is not None:
            log.error("background task failed", exc_info=error)
