"""The ticker: every few seconds the database is asked what is due; nothing is kept here."""

import asyncio
from collections.abc import Awaitable, Callable
from contextlib import suppress
from datetime import datetime
from functools import partial
from typing import Any

import structlog
from apscheduler.schedulers.asyncio import AsyncIOScheduler

from bot.domain.errors import BotError
from bot.usecases import (
    asking,
    closing,
    exempt,
    remind,
    review_ticking,
    rounds,
    ticking,
    undelivered,
)
from handlers.context import UseCases

EVERY = 5.0
"""Seconds between two ticks."""
PARTS = 20
"""How many parts of a morning's walk one tick does."""
_CLOSING = 15.0
"""Seconds that a tick under way has to end when the process stops."""

DUE: tuple[Callable[..., object], ...] = (
    closing.look_in_between,
    closing.remind,
    exempt.ask_again,
    exempt.run_out,
    rounds.close_over,
    review_ticking.tick,
    asking.ask_due,
)
"""What falls due by itself: each asks the database (unit of work, now) and is its own write."""

Step = Callable[[datetime], Awaitable[object]]

log = structlog.stdlib.get_logger(__name__)


class Ticker:
    """Calls `tick` every so many seconds; two processes may do so at once."""

    def __init__(self, services: UseCases, *, every: float = EVERY) -> None:
        self._services = services
        self._every = every
        self._steps: tuple[Step, ...] = (
            self._close_ballots,
            self._open_reviews,  # before those they supersede are looked at
            partial(self._walk, asking.next_part, asking.pass_on),
            *(partial(self._write, work) for work in DUE),
            partial(self._walk, ticking.next_part, ticking.put),
            partial(self._walk, remind.next_part, remind.put),
            self._keep_house,
            self._look_aside,
        )
        self.set_aside = 0
        """Messages that could not be told, as of the last tick."""

        self._scheduler = AsyncIOScheduler(timezone="UTC")
        self._ticking = asyncio.Lock()

    async def start(self) -> None:
        """Begin to tick."""
        self._scheduler.add_job(
            self._tick, "interval", seconds=self._every, coalesce=True, max_instances=1,
            misfire_grace_time=None,
        )  # fmt: skip
        self._scheduler.start()

    async def stop(self) -> None:
        """Tick no more, once the tick that is under way has ended."""
        if self._scheduler.running:
            self._scheduler.pause()
            with suppress(TimeoutError):
                async with asyncio.timeout(_CLOSING), self._ticking:
                    pass
            self._scheduler.shutdown(wait=False)

    async def tick(self) -> None:
        """Do what is due by now; a step that fails leaves the others alone."""
        now = self._services.now()
        for step in self._steps:
            await self._logged(step(now))

    async def _close_ballots(self, now: datetime) -> None:
        for number in await self._services.read(partial(closing.due, now=now)):
            await self._logged(self._write(partial(closing.go_on, number=number), now))

    async def _open_reviews(self, now: datetime) -> None:
        """Open each that is due; a bureau's figures are read before anything is written."""
        for bureau in await self._services.read(partial(review_ticking.bureaus_due, now=now)):
            await self._logged(self._open_review(bureau, now))

    async def _open_review(self, bureau: int, now: datetime) -> None:
        figures_due = partial(review_ticking.figures_due, now=now, bureau=bureau)
        found = await self._services.read(figures_due)
        await self._write(partial(review_ticking.open_due, found=found), now)

    async def _walk(
        self, next_part: Callable[..., Any], put: Callable[..., object], now: datetime
    ) -> None:
        """Go on with what people are told this morning; each part is read before it is written."""
        for _ in range(PARTS):
            part = await self._services.read(partial(next_part, now=now))
            if part is None:
                return
            await self._services.write(partial(put, part=part), key=None, answer=None)

    async def _keep_house(self, _: datetime) -> None:
        await self._services.write(ticking.keep_house, key=None, answer=None)

    async def _look_aside(self, _: datetime) -> None:
        self.set_aside = await self._services.read(undelivered.how_much)

    async def _write(self, work: Callable[..., object], now: datetime) -> None:
        await self._services.write(partial(work, now=now), key=None, answer=None)

    async def _tick(self) -> None:
        async with self._ticking:
            await self._logged(self.tick())

    async def _logged(self, step: Awaitable[object]) -> None:
        try:
            await step
        except BotError as error:
            log.warning("a tick was not stored", error=error.key)
        except Exception:  # whatever it was, the others are still due
            log.exception("a tick failed")
