"""The ticker: every few seconds the database is asked what is due; nothing is kept here."""

import asyncio
from collections.abc import Awaitable, Callable
from contextlib import suppress
from datetime import date, datetime
from functools import partial

import structlog
from apscheduler.schedulers.asyncio import AsyncIOScheduler

from bot.domain.calendar import today
from bot.domain.errors import BotError
from bot.usecases import asking, closing, exempt, remind, review_ticking, rounds, ticking
from handlers.context import UseCases

EVERY = 5.0
"""Seconds between two ticks."""
PARTS = 20
"""How many parts of a morning's reminders, or of a quarter's reviews, one tick does."""
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
"""What falls due by itself: each asks the database (unit of work, now) and is a write of its own,
so that one that fails leaves the others alone."""

log = structlog.stdlib.get_logger(__name__)


class Ticker:
    """Calls `tick` every so many seconds; two processes may do so at once."""

    def __init__(self, services: UseCases, *, every: float = EVERY) -> None:
        self._services = services
        self._every = every
        self._heard: tuple[date, ticking.Late] | None = None
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
        """Do what is due by now; what is late is put again only when it changed or the day did."""
        now = self._services.now()
        for number in await self._services.read(partial(closing.due, now=now)):
            work_on = partial(closing.go_on, number=number, now=now)
            await self._logged(self._services.write(work_on, key=None, answer=None))
        for work in DUE:
            write = self._services.write(partial(work, now=now), key=None, answer=None)
            await self._logged(write)
        late = await self._services.read(lambda uow: ticking.late(uow, now))
        heard = (today(now), late)
        if late and heard != self._heard:
            await self._services.write(
                lambda uow: ticking.tell_heads(uow, late, now), key=None, answer=None
            )
            self._heard = heard
        await self._services.write(ticking.keep_house, key=None, answer=None)
        for step in (self._review, self._remind):
            await self._logged(step(now))

    async def _review(self, now: datetime) -> None:
        """Open the reviews that are due; the bureaus' figures are read before that is written."""
        for _ in range(PARTS):
            found = await self._services.read(lambda uow: review_ticking.figures_due(uow, now))
            if not found:
                return
            work = partial(review_ticking.open_due, found=found, now=now)
            await self._services.write(work, key=None, answer=None)

    async def _remind(self, now: datetime) -> None:
        """Go on with this morning's reminders, which are read before anything is written."""
        for _ in range(PARTS):
            part = await self._services.read(lambda uow: remind.next_part(uow, now))
            if part is None:
                return
            await self._services.write(partial(remind.put, part=part), key=None, answer=None)

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
