"""How many messages and taps each person had in a quarter; read as a spread, never by name."""

from collections.abc import Mapping
from datetime import date
from functools import cache

import sqlalchemy as sa
from sqlalchemy.engine import Connection

from bot.domain.org import Role
from storage.posts import counting
from storage.tables.base import upsert
from storage.tables.org import people, posts
from storage.tables.savings import burden

_QUARTER = burden.c.quarter == sa.bindparam("of_quarter", type_=sa.Date)
_SPREAD = {
    column.name: sa.select(column.label("value"), sa.func.count().label("people"))
    .where(_QUARTER)
    .group_by(column)
    for column in (burden.c.messages, burden.c.taps)
}
_PEOPLE = (
    sa.select(sa.func.count(posts.c.person.distinct()))
    .join_from(posts, people, people.c.id == posts.c.person)
    .where(people.c.active, counting())
)
_OVER = (
    sa.select(sa.func.count())
    .select_from(burden)
    .where(
        _QUARTER,
        burden.c.messages > sa.bindparam("goal", type_=sa.Integer),
        ~sa.exists().where(
            posts.c.person == burden.c.person,
            posts.c.role != sa.literal_column(f"'{Role.MEMBER}'", sa.Text),
            counting(),
        ),
    )
)


@cache
def _add(dialect: str) -> sa.Executable:
    insert = upsert(burden, dialect)
    more = {
        column.name: column + insert.excluded[column.name]
        for column in (burden.c.messages, burden.c.taps)
    }
    return insert.on_conflict_do_update(index_elements=burden.primary_key, set_=more)


class BurdenStore:
    """Counts by quarter (its first day) and person."""

    def __init__(self, connection: Connection) -> None:
        self._connection = connection

    def message(self, quarter: date, person: int) -> None:
        """One more message was sent to the person."""
        self._count(quarter, [{"person": person, "messages": 1, "taps": 0}])

    def taps(self, quarter: date, taps: Mapping[int, int]) -> None:
        """So many more taps were made by each person."""
        self._count(
            quarter, [{"person": p, "messages": 0, "taps": n} for p, n in sorted(taps.items())]
        )

    def spread(self, quarter: date) -> tuple[dict[int, int], dict[int, int]]:
        """How many people had how many messages, and how many taps; those of no row are absent."""
        messages, taps = (
            {
                row.value: row.people
                for row in self._connection.execute(_SPREAD[name], {"of_quarter": quarter})
            }
            for name in ("messages", "taps")
        )
        return messages, taps

    def people(self, on: date) -> int:
        """Everyone who serves on that day."""
        return int(self._connection.execute(_PEOPLE, {"on": on}).scalar_one())

    def over(self, quarter: date, goal: int, on: date) -> int:
        """How many mere members had more messages than `goal`."""
        asked = {"of_quarter": quarter, "goal": goal, "on": on}
        return int(self._connection.execute(_OVER, asked).scalar_one())

    def _count(self, quarter: date, rows: list[dict[str, int]]) -> None:
        if rows:
            self._connection.execute(
                _add(self._connection.dialect.name), [{"quarter": quarter, **row} for row in rows]
            )
