"""Tasks as they stand: stored when proposed, read whole, changed only from the version seen."""

from dataclasses import replace
from typing import Any

import sqlalchemy as sa
from sqlalchemy.engine import Connection

from bot.domain.ballot import MAY_STAND
from bot.domain.errors import Stale
from bot.domain.org import Place
from bot.domain.task import OPEN, Status, Task
from storage.counters import Counters
from storage.tables.tasks import co_proposers, milestones, steps, tasks
from storage.task_rows import children, columns, parts, task_of

_NUMBER = sa.bindparam("number", type_=sa.BigInteger)
_GET = sa.select(tasks).where(tasks.c.id == _NUMBER)
_ADD = sa.insert(tasks)
_SAVE = (
    sa.update(tasks)
    .where(tasks.c.id == _NUMBER, tasks.c.version == sa.bindparam("seen"))
    .values({c: sa.bindparam(f"new_{c.name}", type_=c.type) for c in tasks.c if c.name != "id"})
)

_CHILDREN = (co_proposers, milestones, steps)
_PARTS = parts(_NUMBER)
_REMOVE = {table: sa.delete(table).where(table.c.task == _NUMBER) for table in _CHILDREN}
_WRITE = {table: sa.insert(table) for table in _CHILDREN}


def _owned_in(unit: sa.Column[Any]) -> sa.Select[int]:
    return (
        sa.select(tasks.c.id)
        .where(
            tasks.c.owner == sa.bindparam("person"),
            unit == sa.bindparam("unit"),
            tasks.c.status.in_([status.value for status in OPEN]),
        )
        .order_by(tasks.c.id)
    )


def _candidates(*columns: Any) -> sa.Select[Any]:
    return (
        sa.select(*columns)
        .where(
            tasks.c.round == sa.bindparam("of_round"),
            tasks.c.department == sa.bindparam("of_department"),
            tasks.c.status.in_([status.value for status in Status if status in MAY_STAND]),
        )
        .order_by(tasks.c.created_at, tasks.c.id)
    )


_CANDIDATES = _candidates(tasks)
_CANDIDATE_IDS = _candidates(tasks.c.id).limit(sa.bindparam("limit", type_=sa.Integer))
_ALL = 1_000_000
_OWNED_IN = {level: _owned_in(tasks.c[level]) for level in ("bureau", "department", "team")}


class TaskStore:
    """Tasks by their number."""

    def __init__(self, connection: Connection) -> None:
        self._connection = connection

    def next_number(self) -> int:
        """The number of the next task; it is used up only when this work is committed."""
        return Counters(self._connection).next("task")

    def add(self, task: Task) -> None:
        """Store a new task."""
        self._connection.execute(_ADD, {"id": task.id, **columns(task)})
        for table, rows in children(task).items():
            if rows:
                self._connection.execute(_WRITE[table], rows)

    def get(self, number: int) -> Task | None:
        """The task with everything that belongs to it."""
        asked = {"number": number}
        row = self._connection.execute(_GET, asked).first()
        if row is None:
            return None
        return task_of(row, self._connection.execute(_PARTS, asked))

    def save(self, before: Task, after: Task) -> Task:
        """Store a changed task and return it with its next version.

        Raises Stale when `before` is no longer the newest version; nothing is written then.
        """
        saved = replace(after, version=before.version + 1)
        values = {f"new_{name}": value for name, value in columns(saved).items()}
        asked = {"number": before.id, "seen": before.version, **values}
        if self._connection.execute(_SAVE, asked).rowcount != 1:
            raise Stale("error-stale", number=before.id)
        old = children(before)
        for table, rows in children(saved).items():
            if rows == old[table]:
                continue
            self._connection.execute(_REMOVE[table], {"number": before.id})
            if rows:
                self._connection.execute(_WRITE[table], rows)
        return saved

    def candidates(self, round: int, department: int) -> tuple[Task, ...]:
        """The department's tasks of a round that may stand in its ballot, oldest first."""
        asked = {"of_round": round, "of_department": department}
        rows = self._connection.execute(_CANDIDATES, asked).all()
        return tuple(
            task_of(row, self._connection.execute(_PARTS, {"number": row.id})) for row in rows
        )

    def candidate_ids(self, round: int, department: int, limit: int = _ALL) -> tuple[int, ...]:
        """Only the numbers of these, or of the oldest of them."""
        asked = {"of_round": round, "of_department": department, "limit": limit}
        return tuple(self._connection.execute(_CANDIDATE_IDS, asked).scalars())

    def owned_in(self, person: int, place: Place) -> tuple[int, ...]:
        """Numbers of the open tasks that the person owns within the place: what a mover leaves."""
        level = "team" if place.team else "department" if place.department else "bureau"
        asked = {"person": person, "unit": place.unit}
        return tuple(row.id for row in self._connection.execute(_OWNED_IN[level], asked))
