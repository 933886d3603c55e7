"""Taps: how often each person presses or submits, held in memory and stored once in a while.

A process that is killed loses what it has not stored yet, a minute's taps at most: the counts are
for a distribution, and no press waits for them.
"""

import asyncio
from collections import Counter
from contextlib import suppress

import structlog

from bot.domain.errors import BotError
from bot.usecases import burden
from handlers.context import UseCases

EVERY = 60.0
"""Seconds between two writes."""

log = structlog.stdlib.get_logger(__name__)


class Taps:
    """Counts of one process by person."""

    def __init__(self, services: UseCases, *, every: float = EVERY) -> None:
        self._services = services
        self._every = every
        self._counted: Counter[int] = Counter()
        self._stopping = asyncio.Event()
        self._task: asyncio.Task[None] | None = None

    def count(self, person: int) -> None:
        """One more of that person."""
        self._counted[person] += 1

    async def start(self) -> None:
        """Begin to store what is counted."""
        self._task = asyncio.create_task(self._run())

    async def stop(self) -> None:
        """Store the rest."""
        self._stopping.set()
        if self._task is not None:
            await self._task
        await self.flush()

    async def flush(self) -> None:
        """Store what was counted; what cannot be stored now is stored the next time."""
        counted, self._counted = self._counted, Counter()
        if not counted:
            return
        now = self._services.now()
        try:
            await self._services.write(
                lambda uow: burden.tapped(uow, counted, now), key=None, answer=None
            )
        except BotError as error:
            log.warning("taps were not stored", error=error.key)
            self._counted += counted

    async def _run(self) -> None:
        while not self._stopping.is_set():
            with suppress(TimeoutError):
                async with asyncio.timeout(self._every):
                    await self._stopping.wait()
            try:
                await self.flush()
            except Exception:  # whatever it was, people's presses go on being counted
                log.exception("taps could not be counted")
