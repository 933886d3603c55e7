"""The database with the way to it: everything a use-case needs, and no Slack."""

import asyncio
from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import datetime
from pathlib import Path
from typing import Self, TypeVar

from sqlalchemy.engine import Engine, make_url

from bot.clock import Clock
from bot.domain.errors import NotStored
from bot.domain.sealing import Seal
from storage.engine import is_file, make_engine
from storage.faults import Outage
from storage.files import take_room
from storage.reader import Readers
from storage.revision import prepare
from storage.secret import seal_beside
from storage.unit import NO_SECRET, UnitOfWork
from storage.writer import Writer

T = TypeVar("T")

FOR_A_TURN = 0.8
"""The part of a request's time for which a write waits for its turn; the rest is for its end."""
READY_SECONDS = 3.0
UNREADY_SECONDS = 1.0
"""How long each answer to `ready` holds, so that nobody can ask the disk too often."""
_TRY_SECONDS = 1.8
"""How long each part of a try may take; whoever asks waits for two seconds."""


@dataclass
class Office:
    """One writer and some readers over one engine; `on_commit` is called on the writer's thread.

    `seal` seals who cast a secret vote.
    """

    engine: Engine
    clock: Clock
    seal: Seal = NO_SECRET
    writer: Writer = field(init=False)
    readers: Readers = field(init=False)
    on_commit: list[Callable[[], None]] = field(default_factory=list)

    def __post_init__(self) -> None:
        self.writer = Writer(self.engine, self.clock, on_commit=self._committed, seal=self.seal)
        self.readers = Readers(self.engine, self.clock, seal=self.seal)
        self._trying: asyncio.Task[bool] | None = None
        self._tried_until = 0.0
        self._unready = Outage("all that is to come")

    @classmethod
    def at(cls, url: str, clock: Clock, *, seal: Seal | None = None) -> Self:
        """Open the database; a SQLite file is made and brought to the newest revision.

        Without a `seal` the secret is the one kept beside that file.
        """
        parsed = make_url(url)
        if parsed.get_backend_name() == "sqlite":
            prepare(url)
        return cls.over(url, clock, seal=seal)

    @classmethod
    def over(cls, url: str, clock: Clock, *, seal: Seal | None = None) -> Self:
        """The same for a database whose tables are the newest; see storage.revision."""
        office = cls(make_engine(url), clock, seal or seal_beside(make_url(url)))
        office.writer.start()
        return office

    async def close(self) -> None:
        """Commit what waits and let go of the database."""
        if self._trying is not None:
            await self._trying
        await asyncio.to_thread(self.writer.close)
        self.readers.close()
        self.engine.dispose()

    def now(self) -> datetime:
        """Programme time."""
        return self.clock.now()

    async def write(
        self,
        work: Callable[[UnitOfWork], T],
        *,
        key: str | None = None,
        answer: type[T] | None = None,
    ) -> T:
        """Run a use-case that changes something; see storage.writer for what it raises.

        For a request it has what is left of the request's time; a write that cannot be answered
        within it is not begun.
        """
        left = self._left()
        if left is None:
            return await self.writer.write(work, key=key, kind=answer)
        turn = left * FOR_A_TURN
        return await self.writer.write(work, key=key, kind=answer, deadline=turn, grace=left - turn)

    async def write_alone(self, work: Callable[[UnitOfWork], T]) -> T:
        """Run a long write, such as an import, in a transaction of its own."""
        return await self.writer.write(work, alone=True)

    async def read(self, work: Callable[[UnitOfWork], T]) -> T:
        """Run a use-case that only looks; see storage.reader for what it raises."""
        return await self.readers.read(work, deadline=self._left())

    async def known(self, key: str) -> bool:
        """Whether a write with that key is stored."""
        return await self.read(lambda uow: bool(uow.idempotency.answers([key])))

    async def ready(self) -> bool:
        """Whether the database can be read and written, tried now or some seconds ago.

        Whoever asks meanwhile gets the answer of the try that is under way.
        """
        trying = self._trying
        if trying is None or (trying.done() and self.clock.monotonic() >= self._tried_until):
            trying = self._trying = asyncio.create_task(self._try())
        return await asyncio.shield(trying)

    def _left(self) -> float | None:
        """What is left of a request's time; `NotStored` when nothing is."""
        left = self.clock.left()
        if left == 0.0:
            raise NotStored
        return left

    async def _try(self) -> bool:
        try:
            await asyncio.gather(
                self.writer.write(lambda uow: uow.office.leave_nothing(), deadline=_TRY_SECONDS),
                self.readers.read(lambda uow: uow.counters.value("tasks"), deadline=_TRY_SECONDS),
                self._room(),
            )
        except Exception as error:  # noqa: BLE001 - whatever it is, it is not ready
            self._unready.met(error.__cause__ or error)
            able = False
        else:
            self._unready.over()
            able = True
        holds = READY_SECONDS if able else UNREADY_SECONDS
        self._tried_until = self.clock.monotonic() + holds
        return able

    async def _room(self) -> None:
        if is_file(self.engine.url):
            folder = Path(str(self.engine.url.database)).parent
            async with asyncio.timeout(_TRY_SECONDS):
                await asyncio.to_thread(take_room, folder)

    def _committed(self) -> None:
        for listener in self.on_commit:
            listener()
