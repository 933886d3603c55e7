"""Drafts: what people have begun to write, kept as they type."""

from collections.abc import Mapping
from datetime import datetime
from functools import cache
from typing import Any

import sqlalchemy as sa
from sqlalchemy.engine import Connection

from bot.clock import Clock
from bot.domain.results import Draft
from storage.tables.base import upsert
from storage.tables.records import drafts

_GET = sa.select(drafts.c.form, drafts.c.updated_at).where(
    drafts.c.person == sa.bindparam("holder"), drafts.c.form.is_not(None)
)
_CLEAR = (
    sa.update(drafts)
    .where(drafts.c.person == sa.bindparam("holder"))
    .values(form=None, updated_at=sa.bindparam("at", type_=drafts.c.updated_at.type))
)


@cache
def _put(dialect: str) -> sa.Executable:
    insert = upsert(drafts, dialect)
    newer = {"form": insert.excluded.form, "updated_at": insert.excluded.updated_at}
    return insert.on_conflict_do_update(
        index_elements=["person"],
        set_=newer,
        where=drafts.c.updated_at <= insert.excluded.updated_at,
    )


class DraftStore:
    """One draft a person."""

    def __init__(self, connection: Connection, clock: Clock) -> None:
        self._connection = connection
        self._clock = clock

    def get(self, person: int) -> Draft | None:
        """What the person had begun to write."""
        row = self._connection.execute(_GET, {"holder": person}).first()
        return Draft(values=row.form, updated_at=row.updated_at) if row else None

    def put(self, person: int, values: Mapping[str, Any], at: datetime) -> None:
        """Keep what was typed at that moment; ignored when something newer is known."""
        kept = {"person": person, "form": values, "updated_at": at}
        self._connection.execute(_put(self._connection.dialect.name), kept)

    def clear(self, person: int) -> None:
        """Forget the draft, and what was typed before now but arrives later."""
        self._connection.execute(_CLEAR, {"holder": person, "at": self._clock.now()})
