"""Reads: a few threads, each read on its own read-only snapshot, beside the writer."""

import asyncio
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from typing import TypeVar

from sqlalchemy.engine import Engine
from sqlalchemy.exc import DBAPIError

from bot.clock import Clock
from bot.domain.errors import NotStored
from bot.domain.sealing import Seal
from storage.engine import reading
from storage.faults import Outage, away
from storage.unit import NO_SECRET, UnitOfWork

T = TypeVar("T")


class Readers:
    """Runs reading functions on threads; what they raise passes through, unless it tells of the
    database: then it is `NotStored`, since whatever was to follow the look does not come."""

    def __init__(
        self, engine: Engine, clock: Clock, *, seal: Seal = NO_SECRET, threads: int = 2
    ) -> None:
        self._engine = reading(engine)
        self._clock = clock
        self._seal = seal
        self._pool = ThreadPoolExecutor(threads, thread_name_prefix="reader")
        self._outage = Outage("reading")

    async def read(self, work: Callable[[UnitOfWork], T], *, deadline: float | None = None) -> T:
        """What `work` returns, from one state of the database. It must not keep its unit.

        `deadline` is in seconds. Raises what `work` raised; `NotStored` when the database is away
        or does not answer until the deadline.
        """
        loop = asyncio.get_running_loop()
        limit = asyncio.timeout(deadline)
        try:
            async with limit:
                return await loop.run_in_executor(self._pool, self._run, work)
        except TimeoutError as error:
            if not limit.expired():
                raise
            raise NotStored from error

    def close(self) -> None:
        """Wait for the reads under way, end the threads and close their connections."""
        self._pool.shutdown()
        self._engine.dispose()

    def _run(self, work: Callable[[UnitOfWork], T]) -> T:
        try:
            found = self._repeated(work)
        except DBAPIError as error:
            if not away(error):
                raise
            self._outage.met(error)
            raise NotStored from error
        self._outage.over()
        return found

    def _repeated(self, work: Callable[[UnitOfWork], T]) -> T:
        try:
            return self._once(work)
        except DBAPIError as error:
            # The database was away since the connection was last used; a read can be repeated.
            if not error.connection_invalidated:
                raise
            return self._once(work)

    def _once(self, work: Callable[[UnitOfWork], T]) -> T:
        with self._engine.connect() as connection, connection.begin():
            return work(UnitOfWork(connection, self._clock, self._seal))
