"""The outbox's sender: takes what is due, has it worded, sends it effectively once, settles it.

What is due is asked of the database, after each commit of this process and at least once a second;
so any number of processes may send, and what one leaves unfinished another takes up.
"""

import asyncio
import math
from collections.abc import Callable, Mapping
from contextlib import suppress
from functools import partial
from typing import Any

import structlog
from slack_sdk.web.async_client import AsyncWebClient

from bot.clock import Clock
from bot.domain.errors import BotError
from bot.domain.facts import Due
from bot.i18n.texts import Catalogue
from bot.usecases import deliver
from bot.usecases.deliver import Leased
from handlers.context import UseCases
from handlers.delivery import Delivery
from handlers.metrics import Metrics
from handlers.questions import QUESTIONS, Question
from handlers.rendering import WORDS, Renderers, Word
from handlers.slack import pooled

MOST = 8
"""Sends that may be under way at once."""
POLL = 1.0
"""Seconds after which the database is asked even though nothing was heard."""
_GAP = 0.02
"""Seconds between two questions to the database: many commits are one question."""
_CLOSING = 15.0
"""Seconds that what is under way has to end when the process stops."""

log = structlog.stdlib.get_logger(__name__)


class Dispatcher:
    """Sends what is due, several at once.

    `client` makes each call once (no retries of the library's). `reach` is told the named points
    at which a test may kill the process; `hears` why nothing at all can be sent, and "" once it
    can.
    """

    def __init__(
        self,
        services: UseCases,
        client: AsyncWebClient,
        clock: Clock,
        catalogue: Catalogue,
        *,
        reach: Callable[[Any], None],
        metrics: Metrics,
        words: Mapping[str, Word] = WORDS,
        questions: Mapping[str, Question] = QUESTIONS,
        most: int = MOST,
        rates: deliver.Rates = deliver.SLACK,
        hears: Callable[[str], object] = lambda why: None,
    ) -> None:
        self._services = services
        self._client = client
        self._clock = clock
        self._most = most
        self._rates = rates
        self._watch = deliver.Watch(clock, deliver.LEASE)
        self._sent = metrics.counter(
            "sent", "Facts and projections taken up, by what became of them.", ("kind", "outcome")
        )
        self._stopping = asyncio.Event()
        self._delivery = Delivery(
            services,
            client,
            clock,
            Renderers(catalogue, words),
            questions,
            reach,
            self._stopping,
            rates,
            hears,
        )
        self._woken = asyncio.Event()
        self._loop: asyncio.AbstractEventLoop | None = None
        self._run: asyncio.Task[None] | None = None
        self._under_way: set[asyncio.Task[None]] = set()
        self._claiming = False
        # System time ahead of steady time, as it was last seen; a process that starts has not seen
        # what its clock was before.
        self._ahead = math.inf

    async def start(self) -> None:
        """Begin to send, over connections that are kept."""
        if self._client.session is None:
            pooled(self._client)
        self._loop = asyncio.get_running_loop()
        self._run = asyncio.create_task(self._serve())

    def wake(self) -> None:
        """Something may be due; may be called from any thread, before `start` and after `stop`."""
        if self._loop is not None:
            with suppress(RuntimeError):  # the loop was closed meanwhile
                self._loop.call_soon_threadsafe(self._woken.set)

    async def stop(self) -> None:
        """Take nothing more, let what is under way end, leave the rest due."""
        self._stopping.set()
        self._woken.set()
        if self._run is not None:
            await self._run
        if self._under_way:
            _, late = await asyncio.wait(self._under_way, timeout=_CLOSING)
            for task in late:
                task.cancel()
            await asyncio.gather(*late, return_exceptions=True)
        if self._client.session is not None:
            await self._client.session.close()

    async def idle(self) -> None:
        """Wait until nothing is under way or due at this moment."""
        while True:
            # Looked at before the database is asked and after: what has ended in between may have
            # left more that is due.
            was_busy = self._is_busy
            if not (await self._due_in() == 0 or was_busy or self._is_busy):
                return
            if self._under_way:
                await asyncio.wait(set(self._under_way), timeout=POLL)
            else:
                await asyncio.sleep(_GAP)

    @property
    def _is_busy(self) -> bool:
        return bool(self._claiming or self._under_way)

    async def _serve(self) -> None:
        away = False
        while not self._stopping.is_set():
            self._woken.clear()
            try:
                await self._heed_clock()
                pause = await self._take_up()
                away = False
            except Exception as error:  # the database is away: it comes back
                if not away:
                    log.warning("nothing can be claimed", exc_info=error)
                away, pause = True, POLL
            with suppress(TimeoutError):
                async with asyncio.timeout(pause):
                    await self._woken.wait()
            # A pause of its own, which lets commits that come together be asked about once.
            await asyncio.sleep(_GAP)

    async def _heed_clock(self) -> None:
        """Once the clock has been set back, ask again what waits for the office to open."""
        ahead = self._clock.system() - self._clock.steady()
        if ahead < self._ahead - deliver.AGREE:
            work = partial(deliver.set_back, now=self._clock.now())
            await self._services.write(work, key=None, answer=None)
        self._ahead = ahead

    async def _take_up(self) -> float:
        """Begin to send what is due; how many seconds to wait unless woken."""
        most = self._most if self._delivery.barred_for is None else 1
        room = most - len(self._under_way)
        if room <= 0:
            return POLL
        pause = await self._due_in()
        if pause:
            return pause
        work = partial(
            deliver.claim, limit=room, watch=self._watch, now=self._clock.now(), rates=self._rates
        )
        self._claiming = True
        try:
            for due in await self._services.write(work, key=None, answer=None):
                task = asyncio.create_task(self._send(due))
                self._under_way.add(task)
                task.add_done_callback(self._ended)
        finally:
            self._claiming = False
        return _GAP

    async def _due_in(self) -> float:
        """Seconds until something may be sent, at most `POLL`."""
        if barred := self._delivery.barred_for:
            return min(barred, POLL)
        look = partial(deliver.due_in, watch=self._watch, rates=self._rates)
        seconds = await self._services.read(look)
        return POLL if seconds is None else min(seconds, POLL)

    async def _send(self, due: Leased) -> None:
        kind = deliver.kind_of(due)
        try:
            outcome = await self._delivery.send(due)
        except BotError as error:
            # Its end could not be stored: the lease ends, and it is looked for before a repetition.
            outcome = "unsettled"
            log.warning("a delivery was not settled", kind=kind, id=due.id, error=error.key)
        self._sent.labels(kind if isinstance(due, Due) else f"{kind}-shown", outcome).inc()

    def _ended(self, task: "asyncio.Task[None]") -> None:
        self._under_way.discard(task)
        self._woken.set()
        if not task.cancelled() and (error := task.exception()) is not None:
            log.error("a delivery failed", exc_info=error)
