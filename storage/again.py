"""What was refused and waits for a later try, brought forward when the reason is gone."""

from typing import ClassVar

import sqlalchemy as sa
from sqlalchemy.engine import Connection

from storage.tables.delivery import outbox, projections


def _brought_forward(table: sa.Table) -> sa.Update:
    """A call under way (`sending`) keeps its lease, or another sender would repeat it."""
    waits = sa.and_(table.c.recipient == sa.bindparam("b_recipient"), table.c.state == "due")
    return sa.update(table).where(waits).values(lease_until=0.0)


class OutboxAgain:
    """The part of the outbox's store that brings facts forward."""

    _connection: Connection
    _due_again: ClassVar = _brought_forward(outbox)

    def due_again(self, recipient: str) -> None:
        """What waits for that recipient may be tried at once."""
        self._connection.execute(self._due_again, {"b_recipient": recipient})


class ProjectionsAgain(OutboxAgain):
    """The same for what is to be shown."""

    _due_again: ClassVar = _brought_forward(projections)
