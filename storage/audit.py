"""The history: every change, appended and never touched again."""

from typing import Any

import sqlalchemy as sa
from sqlalchemy.engine import Connection

from bot.domain.results import Entry, Line, Surface
from storage.people import TITLE, called
from storage.tables.org import people
from storage.tables.records import audit

_ADD = sa.insert(audit)
_OF_TASK = (
    sa.select(audit, people.c.name, TITLE.label("title"))
    .outerjoin(people, people.c.id == audit.c.actor)
    .where(
        audit.c.task == sa.bindparam("number"),
        audit.c.id < sa.bindparam("before_id", type_=sa.BigInteger),
        sa.bindparam("refusals", type_=sa.Boolean) | (audit.c.act != "refused"),
    )
    .order_by(audit.c.id.desc())
    .limit(sa.bindparam("limit"))
)
_NEWEST = 2**62
"""Larger than any id there will be."""


class AuditStore:
    """Who did what, when, from where, and what it changed."""

    def __init__(self, connection: Connection) -> None:
        self._connection = connection

    def add(self, entry: Entry) -> None:
        """Append an entry."""
        self._connection.execute(
            _ADD,
            {
                "at": entry.at,
                "act": entry.act,
                "actor": entry.actor,
                "surface": entry.surface.value,
                "task": entry.task,
                "before": entry.before,
                "after": entry.after,
                "text": entry.text,
            },
        )

    def of_task(
        self, number: int, before: int | None, limit: int, *, refusals: bool = True
    ) -> tuple[tuple[Line, ...], bool]:
        """At most `limit` lines of a task, newest first, and whether there are older ones.

        `before` is the id of the last entry seen; None starts at the newest. Without `refusals`
        what people tried and might not is left out.
        """
        asked = {
            "number": number,
            "before_id": _NEWEST if before is None else before,
            "limit": limit + 1,
            "refusals": refusals,
        }
        rows = self._connection.execute(_OF_TASK, asked).all()
        lines = tuple(_line(row) for row in rows[:limit])
        return lines, len(rows) > limit


def _line(row: sa.Row[*tuple[Any, ...]]) -> Line:
    entry = Entry(
        id=row.id,
        at=row.at,
        act=row.act,
        actor=row.actor,
        surface=Surface(row.surface),
        task=row.task,
        before=row.before,
        after=row.after,
        text=row.text,
    )
    return Line(entry=entry, actor=None if row.actor is None else called(row))
