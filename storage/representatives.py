"""The one task that stands for a department in a round, and why this one."""

from typing import Any

import sqlalchemy as sa
from sqlalchemy.engine import Connection

from bot.domain.ballot import Representative, Rule
from bot.domain.errors import BotError
from storage.tables.ballots import representatives
from storage.tables.base import added

_table = representatives.c
_IN_ROUND = _table.round == sa.bindparam("of_round")
_MINE = (_IN_ROUND, _table.department == sa.bindparam("of_department"))
_OF = sa.select(representatives).where(*_MINE)
_OF_TASK = sa.select(representatives).where(_table.task == sa.bindparam("of_task"))
_OF_ROUND = sa.select(_table.department, _table.task).where(_IN_ROUND)
_REMOVE = sa.delete(representatives).where(*_MINE)


class RepresentativeStore:
    """Representative tasks: one a department and round, and a task stands for one at most."""

    def __init__(self, connection: Connection) -> None:
        self._connection = connection

    def put(self, representative: Representative) -> None:
        """Store it; BotError when the department has one, or the task already stands for one."""
        row = {column.name: getattr(representative, column.name) for column in _table}
        statement = added(representatives, self._connection.dialect.name)
        if self._connection.execute(statement, row).first() is None:
            raise BotError("error-representative-exists")

    def change(self, representative: Representative) -> None:
        """Store it in place of the department's other one; raises as `put`, and the work that
        asked for it is not to be kept then."""
        asked = {"of_round": representative.round, "of_department": representative.department}
        self._connection.execute(_REMOVE, asked)
        self.put(representative)

    def of(self, round: int, department: int) -> Representative | None:
        """The department's one in a round."""
        return self._one(_OF, {"of_round": round, "of_department": department})

    def of_task(self, task: int) -> Representative | None:
        """What the task stands for, in whatever round."""
        return self._one(_OF_TASK, {"of_task": task})

    def of_round(self, round: int) -> dict[int, int]:
        """Task by department, of all departments that have one."""
        rows = self._connection.execute(_OF_ROUND, {"of_round": round})
        return {row.department: row.task for row in rows}

    def _one(self, statement: sa.Select[Any], asked: dict[str, int]) -> Representative | None:
        row = self._connection.execute(statement, asked).first()
        if row is None:
            return None
        return Representative(**(row._asdict() | {"rule": Rule(row.rule)}))
