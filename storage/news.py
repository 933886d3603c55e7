"""News: what a person has to hear about their tasks, until they were told."""

from collections.abc import Collection
from datetime import datetime
from typing import Any

import sqlalchemy as sa
from sqlalchemy.engine import Connection

from bot.clock import Clock
from bot.domain.results import News
from storage.people import PeopleStore
from storage.tables.delivery import outbox
from storage.tables.records import news
from storage.tables.tasks import tasks

_ADD = sa.insert(news).returning(news.c.id)
_UNTOLD = (
    sa.select(news, tasks.c.title, tasks.c.owner, tasks.c.due)
    .join_from(news, tasks, tasks.c.id == news.c.task)
    .where(
        news.c.person == sa.bindparam("hearer"),
        news.c.told_at.is_(None),
        news.c.at <= sa.bindparam("upto", type_=news.c.at.type),
    )
    .order_by(news.c.id)
)
_TOLD = (
    sa.update(news)
    .where(news.c.id.in_(sa.bindparam("ids", expanding=True)))
    .values(told_at=sa.bindparam("now", type_=news.c.told_at.type))
)
_STATE = sa.select(outbox.c.state).where(outbox.c.dedupe_key == sa.bindparam("key"))


class NewsStore:
    """What each person is still to be told."""

    def __init__(self, connection: Connection, clock: Clock) -> None:
        self._connection = connection
        self._clock = clock

    def add(
        self, person: int, task: int, act: str, actor: int | None, text: str, at: datetime
    ) -> int:
        """Something to tell the person; its id."""
        fields: dict[str, Any] = {
            "person": person,
            "task": task,
            "act": act,
            "actor": actor,
            "text": text,
            "at": at,
        }
        number: int = self._connection.execute(_ADD, fields).scalar_one()
        return number

    def gathers(self, key: str) -> bool:
        """Whether the fact of that key is still to be worded, and so tells what is added now."""
        return self._connection.execute(_STATE, {"key": key}).scalar_one_or_none() == "due"

    def untold(self, person: int, upto: datetime) -> tuple[News, ...]:
        """What happened until that moment and the person was not told yet, oldest first."""
        rows = self._connection.execute(_UNTOLD, {"hearer": person, "upto": upto}).all()
        people = {one for row in rows for one in (row.actor, row.owner) if one is not None}
        names = PeopleStore(self._connection).names(people)
        return tuple(
            News(
                id=row.id,
                task=row.task,
                title=row.title,
                act=row.act,
                actor=names.get(row.actor),
                text=row.text,
                at=row.at,
                owner=names.get(row.owner),
                due=row.due,
            )
            for row in rows
        )

    def told(self, ids: Collection[int]) -> None:
        """These were told, now."""
        if ids:
            self._connection.execute(_TOLD, {"ids": list(ids), "now": self._clock.now()})
