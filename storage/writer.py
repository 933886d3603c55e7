"""The one writer: a thread that runs queued writes in batches, each batch one commit.

A commit costs the same for one write as for thirty-two, so writes that wait together are committed
together; nothing ever waits for company. Every answer, a refusal too, leaves after the commit.
"""

import asyncio
import logging
import threading
from collections import deque
from collections.abc import Callable
from itertools import islice
from typing import Any, TypeVar

from sqlalchemy.engine import Engine

from bot.clock import Clock
from bot.domain.errors import Busy, NotStored, Unknown
from bot.domain.sealing import Seal
from storage.batch import Batch, Outcome
from storage.erasing import erase, has_log
from storage.faults import Outage
from storage.unit import NO_SECRET, UnitOfWork

T = TypeVar("T")

BATCH_WRITES = 32
BATCH_SECONDS = 0.02
DEADLINE = 2.0
ALONE_DEADLINE = 60.0
GRACE = 0.5
"""Seconds that a write which has begun is awaited beyond its deadline."""
QUEUE = 2000
"""Writes that may wait: about a second's work."""
DOUBT_SECONDS = 30.0
"""How long a lost commit is asked after before it stays unknown."""
_PAUSE = 0.05
ERASE_SECONDS = 0.25
"""How often what was deleted is tried to be erased while readers hold it back."""

log = logging.getLogger(__name__)


class _Write:
    """One queued write. Whoever takes it first, the writer or its deadline, has it."""

    def __init__(
        self,
        work: Callable[[UnitOfWork], Any],
        key: str | None,
        kind: Any,
        alone: bool,
        grace: float = GRACE,
    ) -> None:
        self.work = work
        self.key = key
        self.kind = kind
        self.alone = alone
        self.grace = grace
        self.loop = asyncio.get_running_loop()
        self.answer: asyncio.Future[Any] = self.loop.create_future()
        self.timer: asyncio.TimerHandle | None = None
        self._later: asyncio.Future[Any] | None = None
        self._taken = threading.Lock()

    def take(self) -> bool:
        """True for the first caller only."""
        return self._taken.acquire(blocking=False)

    @property
    def taken(self) -> bool:
        """Whether somebody has it."""
        return self._taken.locked()

    def expire(self) -> None:
        """The deadline has come: out of the queue with it, or a little more patience."""
        if self.take():
            self.settle(None, NotStored())
        else:
            self.timer = self.loop.call_later(self.grace, self._give_up)

    def settle(self, value: Any, error: Exception | None) -> None:
        """Tell the outcome to whoever waits, now or after an `Unknown`."""
        if self._later is None and isinstance(error, Unknown):
            self._give_up()
        future = self.answer if self._later is None else self._later
        if future.done():
            return
        if error is None:
            future.set_result(value)
        else:
            future.set_exception(error)

    def _give_up(self) -> None:
        if self.answer.done():
            return
        self._later = self.loop.create_future()
        # An outcome that nobody asks for is no error of the programme.
        self._later.add_done_callback(lambda done: done.cancelled() or done.exception())
        self.answer.set_exception(Unknown(self._later))


class Writer:
    """Runs writes one after the other on its own thread and commits them in batches.

    `on_commit` is called on that thread after each commit; it must be quick and safe to call from
    there. At most `queue` writes wait.
    """

    def __init__(
        self,
        engine: Engine,
        clock: Clock,
        *,
        on_commit: Callable[[], None] = lambda: None,
        queue: int = QUEUE,
        seal: Seal = NO_SECRET,
    ) -> None:
        self._engine = engine
        self._clock = clock
        self._seal = seal
        self._on_commit = on_commit
        self._limit = queue
        self._queue: deque[_Write] = deque()
        self._changed = threading.Condition()
        self._closing = threading.Event()
        self._outage = Outage("writing")
        # A process that was killed may have left something to erase.
        self._to_erase = has_log(engine)
        self._erase_from = 0.0
        self._thread = threading.Thread(target=self._serve, name="writer", daemon=True)

    def start(self) -> None:
        """Begin to serve the queue."""
        self._thread.start()

    def close(self) -> None:
        """Take nothing more, commit what waits and end the thread; with a database that is away,
        what waits is told that it is not stored. Blocks: call it off the loop."""
        with self._changed:
            self._closing.set()
            self._changed.notify()
        if self._thread.is_alive():
            self._thread.join()

    @property
    def waiting(self) -> int:
        """How many writes are in the queue."""
        return len(self._queue)

    async def write(
        self,
        work: Callable[[UnitOfWork], T],
        *,
        key: str | None = None,
        kind: type[T] | None = None,
        deadline: float | None = None,
        grace: float = GRACE,
        alone: bool = False,
    ) -> T:
        """Run `work` in a savepoint and return its value once that is committed.

        `key` makes it happen once: a known key gets the stored answer, decoded as `kind`, and
        `work` is not run. `kind` is needed when a write with a key returns anything but None; the
        value must survive JSON. `alone` gives a long write its own transaction. `deadline` is in
        seconds, 2 unless given (60 alone); `grace` is what a write that has begun has beyond it.

        Raises what `work` raised; `Busy` when the queue is full; `NotStored` when it waited until
        the deadline, the database could not do it, or its batch was lost; `Unknown`, with the
        outcome that follows, when it has begun and its end is unknown after the grace.
        """
        write = _Write(work, key, kind, alone, grace)
        if deadline is None:
            deadline = ALONE_DEADLINE if alone else DEADLINE
        with self._changed:
            if self._closing.is_set():
                raise NotStored
            if len(self._queue) >= self._limit:
                raise Busy
            self._queue.append(write)
            self._changed.notify()
        write.timer = write.loop.call_later(deadline, write.expire)
        try:
            answer: T = await write.answer
        finally:
            write.timer.cancel()
            # A caller that was cancelled takes the write along if it has not begun.
            write.take()
        return answer

    def _serve(self) -> None:
        while self._wait():
            if not self._queue:
                if self._to_erase:
                    self._erase()
                continue
            batch = Batch(self._clock, self._seal)
            try:
                outcomes = batch.run(self._engine, self._expected(), self._following())
            except Exception as error:  # noqa: BLE001 - whatever it is, the thread has to live on
                self._no_transaction(error)
                continue
            self._outage.seen(batch.trouble)
            if batch.in_doubt:
                outcomes = self._settle_doubt(batch)
            self._tell(outcomes)
            if batch.stored:
                self._committed()
            if batch.forgot:
                self._to_erase, self._erase_from = True, 0.0
            if self._to_erase and self._clock.monotonic() >= self._erase_from:
                self._erase()
        if self._to_erase:
            self._erase()

    def _wait(self) -> bool:
        """Until there is something to do; False at the end."""
        with self._changed:
            if not self._queue and not self._closing.is_set():
                self._changed.wait(ERASE_SECONDS if self._to_erase else None)
            return bool(self._queue) or not self._closing.is_set()

    def _erase(self) -> None:
        """Take what was deleted out of the files, or try it later: readers may hold it back."""
        try:
            self._to_erase = has_log(self._engine) and not erase(self._engine)
        except Exception as error:  # noqa: BLE001 - whatever it is, the thread has to live on
            self._outage.met(error)
        self._erase_from = self._clock.monotonic() + ERASE_SECONDS

    def _expected(self) -> list[str]:
        with self._changed:
            heads = list(islice(self._queue, BATCH_WRITES))
        return [write.key for write in heads if write.key is not None]

    def _following(self) -> Callable[[], _Write | None]:
        """Hands out the writes of one batch, until it is large or old enough."""
        count = 0
        alone = False
        until: float | None = None

        def following() -> _Write | None:
            nonlocal count, alone, until
            now = self._clock.monotonic()
            until = now + BATCH_SECONDS if until is None else until
            if alone or count == BATCH_WRITES or now >= until:
                return None
            with self._changed:
                while self._queue and not (count and self._queue[0].alone):
                    write = self._queue.popleft()
                    if write.take():
                        count += 1
                        alone = write.alone
                        return write
            return None

        return following

    def _no_transaction(self, error: Exception) -> None:
        """The database is locked or away: what waits keeps waiting until its deadline."""
        self._outage.met(error)
        with self._changed:
            while self._queue and (self._queue[0].taken or self._closing.is_set()):
                write = self._queue.popleft()
                if write.take():
                    self._tell([Outcome(write, error=NotStored())])
        self._closing.wait(_PAUSE)

    def _settle_doubt(self, batch: Batch) -> list[Outcome]:
        until = self._clock.monotonic() + DOUBT_SECONDS
        while True:
            try:
                return batch.settle_doubt(self._engine)
            except Exception as error:  # noqa: BLE001 - whatever it is, the database cannot tell
                log.warning("the end of a commit is not known yet: %s", error)
            if self._closing.wait(_PAUSE) or self._clock.monotonic() > until:
                return batch.unknown()

    def _committed(self) -> None:
        try:
            self._on_commit()
        except Exception:  # what follows a commit cannot undo it
            log.exception("what follows a commit failed")

    def _tell(self, outcomes: list[Outcome]) -> None:
        """Wake each loop once for all its writes."""
        by_loop: dict[asyncio.AbstractEventLoop, list[Outcome]] = {}
        for outcome in outcomes:
            by_loop.setdefault(outcome.write.loop, []).append(outcome)
        for loop, told in by_loop.items():
            try:
                loop.call_soon_threadsafe(_settle, told)
            except RuntimeError:
                log.warning("%d writes ended after their loop was closed", len(told))


def _settle(outcomes: list[Outcome]) -> None:
    for write, value, error in outcomes:
        write.settle(value, error)
