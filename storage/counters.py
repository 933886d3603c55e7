"""Counters kept in the same commit as what they count, and numbers that are never given twice."""

from functools import cache

import sqlalchemy as sa
from sqlalchemy.engine import Connection

from storage.tables.base import upsert
from storage.tables.delivery import counters

_VALUE = sa.select(counters.c.value).where(counters.c.name == sa.bindparam("b_name"))


@cache
def _add(dialect: str) -> sa.Executable:
    insert = upsert(counters, dialect)
    return insert.on_conflict_do_update(
        index_elements=["name"],
        set_={"value": counters.c.value + insert.excluded.value},
    ).returning(counters.c.value)


class Counters:
    """Named integers; a name that was never used stands at 0."""

    def __init__(self, connection: Connection) -> None:
        self._connection = connection

    def add(self, name: str, by: int = 1) -> int:
        """Change `name` by `by` and return what it is now."""
        added = {"name": name, "value": by}
        value: int = self._connection.execute(
            _add(self._connection.dialect.name), added
        ).scalar_one()
        return value

    def next(self, name: str) -> int:
        """The next number of `name`: 1, 2, 3 … without a gap among what was committed."""
        return self.add(name)

    def value(self, name: str) -> int:
        """What `name` stands at."""
        value = self._connection.execute(_VALUE, {"b_name": name}).scalar_one_or_none()
        return 0 if value is None else int(value)
