"""The database with the way to it: everything a use-case needs, and no Slack."""

import asyncio
from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import datetime
from pathlib import Path
from typing import Self, TypeVar

from sqlalchemy.engine import Engine, make_url

from bot.clock import Clock
from bot.domain.sealing import Seal
from storage.engine import make_engine
from storage.migrate import migrate
from storage.reader import Readers
from storage.secret import seal_beside
from storage.unit import NO_SECRET, UnitOfWork
from storage.writer import Writer

T = TypeVar("T")


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

    @classmethod
    def at(cls, url: str, clock: Clock, *, seal: Seal | None = None) -> Self:
        """Open the database; a SQLite file is made and brought to the newest revision.

        Without a `seal` the secret is the one kept beside that file.
        """
        parsed = make_url(url)
        if parsed.get_backend_name() == "sqlite":
            if parsed.database and parsed.database != ":memory:":
                Path(parsed.database).parent.mkdir(parents=True, exist_ok=True)
            migrate(url)
        return cls.over(url, clock, seal=seal)

    @classmethod
    def over(cls, url: str, clock: Clock, *, seal: Seal | None = None) -> Self:
        """The same for a database whose tables are the newest; see storage.migrate.prepare."""
        office = cls(make_engine(url), clock, seal or seal_beside(make_url(url)))
        office.writer.start()
        return office

    async def close(self) -> None:
        """Commit what waits and let go of the database."""
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
        """Run a use-case that changes something; see storage.writer for what it raises."""
        return await self.writer.write(work, key=key, kind=answer)

    async def write_alone(self, work: Callable[[UnitOfWork], T]) -> T:
        """Run a long write, such as an import, in a transaction of its own."""
        return await self.writer.write(work, alone=True)

    async def read(self, work: Callable[[UnitOfWork], T]) -> T:
        """Run a use-case that only looks."""
        return await self.readers.read(work)

    async def known(self, key: str) -> bool:
        """Whether a write with that key is stored."""
        return await self.readers.read(lambda uow: bool(uow.idempotency.answers([key])))

    async def ready(self) -> bool:
        """Whether the database answers."""
        await self.readers.read(lambda uow: uow.counters.value("tasks"))
        return True

    def _committed(self) -> None:
        for listener in self.on_commit:
            listener()
