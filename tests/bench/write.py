"""The write alone: the statements of submissions, recorded once and played again by one thread.

Ours plays them as the writer does, in batches of 32; the other way sends the same statements
through Core one by one, each submission in a savepoint of SQLAlchemy's.
"""

import os
import time
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import UTC, datetime
from functools import partial
from statistics import median
from typing import Any

import sqlalchemy as sa
from sqlalchemy.engine import Connection

from bot.clock import Clock
from bot.domain.results import Done, Proposed, Surface
from bot.domain.task import Content, Type
from bot.usecases import propose
from storage.batch import Batch
from storage.engine import make_engine
from storage.idempotency import Idempotency
from storage.unit import UnitOfWork
from storage.writer import BATCH_WRITES
from tests.bench.office import Databases
from tests.bench.payloads import slack_id, title

COMMITS = 100

Statement = tuple[sa.Executable, Any]


@dataclass
class Submission:
    """One write with its key, and the statements it sends."""

    key: str | None
    work: Callable[[UnitOfWork], Any]
    kind: Any = Done
    statements: list[Statement] = field(default_factory=list)


def record(databases: Databases, count: int) -> list[Submission]:
    """The statements of `count` submissions to a database with nothing but the organisation."""
    made = [Submission(f"view:{i}", _proposing(i)) for i in range(count)]
    engine = make_engine(databases.fresh())

    def heard(_: Any, statement: Any, many: Any, one: Any, __: Any) -> None:
        asked.append((statement, list(many) or dict(one)))

    for submission in made:
        asked: list[Statement] = submission.statements
        with engine.begin() as connection:
            sa.event.listen(connection, "before_execute", heard)
            submission.work(UnitOfWork(connection, Clock()))
    engine.dispose()
    return made


def ours(databases: Databases, recorded: Sequence[Submission]) -> float:
    """Submissions a second as the writer stores them."""
    played = [Submission(r.key, _playing(r.statements), Any) for r in recorded]
    return _batches(databases, played)


def whole(databases: Databases, count: int) -> float:
    """The same with the use-case itself: loading, deciding and making the rows."""
    return _batches(databases, [Submission(f"view:{i}", _proposing(i)) for i in range(count)])


def one_by_one(databases: Databases, recorded: Sequence[Submission]) -> float:
    """Submissions a second through Core, every row a statement of its own."""
    engine, clock = make_engine(databases.fresh()), Clock()
    with _timed(len(recorded)) as timed:
        for start in range(0, len(recorded), BATCH_WRITES):
            with engine.begin() as connection:
                for number, submission in enumerate(recorded[start : start + BATCH_WRITES]):
                    key = f"view:{start + number}"
                    with connection.begin_nested():
                        keys = Idempotency(connection, clock)
                        keys.answers([key])
                        for statement, rows in submission.statements:
                            for row in rows if isinstance(rows, list) else [rows]:
                                _send(connection, statement, row)
                        keys.remember(key, "null")
    engine.dispose()
    return timed[0]


def commit_ms(databases: Databases) -> float:
    """The median of storing one row and committing it."""
    engine = make_engine(databases.fresh())
    times = []
    for number in range(COMMITS):
        began = time.perf_counter()
        with engine.begin() as connection:
            Idempotency(connection, Clock()).remember(f"commit:{number}", "null")
        times.append(time.perf_counter() - began)
    engine.dispose()
    return median(times) * 1000


@contextmanager
def pinned(core: int) -> Iterator[None]:
    """This process on one core for a while."""
    before = os.sched_getaffinity(0)
    os.sched_setaffinity(0, {core})
    yield
    os.sched_setaffinity(0, before)


def _batches(databases: Databases, submissions: Sequence[Submission]) -> float:
    engine, clock = make_engine(databases.fresh()), Clock()
    with _timed(len(submissions)) as timed:
        for start in range(0, len(submissions), BATCH_WRITES):
            batch = submissions[start : start + BATCH_WRITES]
            following = partial(next, iter(batch), None)
            outcomes = Batch(clock).run(engine, [s.key for s in batch if s.key], following)
            for outcome in outcomes:
                if outcome.error is not None:
                    raise outcome.error
    engine.dispose()
    return timed[0]


@contextmanager
def _timed(count: int) -> Iterator[list[float]]:
    """How many a second, in the list when it ends."""
    found: list[float] = []
    began = time.perf_counter()
    yield found
    found.append(count / (time.perf_counter() - began))


def _playing(statements: Sequence[Statement]) -> Callable[[UnitOfWork], str]:
    def play(uow: UnitOfWork) -> str:
        for statement, asked in statements:
            _send(uow.connection, statement, asked)
        return "stored"

    return play


def _send(connection: Connection, statement: sa.Executable, asked: Any) -> None:
    result = connection.execute(statement, asked)
    if result.returns_rows:
        result.all()


def _proposing(number: int) -> Callable[[UnitOfWork], Done]:
    proposed = Proposed(
        content=Content(
            title=title(number), type=Type.ABOLISH, problem="매일 쓰지만 아무도 읽지 않습니다."
        )
    )
    who, now = slack_id(number), datetime.now(UTC)
    return lambda uow: propose.propose(uow, who, Surface.MODAL, proposed, now)
