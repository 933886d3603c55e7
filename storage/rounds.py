"""Rounds: the campaigns of the programme."""

from datetime import date
from typing import Any

import sqlalchemy as sa
from sqlalchemy.engine import Connection

from bot.domain.org import Round
from storage.tables.records import rounds

_NEWEST_FIRST = sa.select(rounds).order_by(rounds.c.starts_on.desc(), rounds.c.id.desc()).limit(1)
_ON = sa.bindparam("on", type_=sa.Date)
_CURRENT = _NEWEST_FIRST.where(
    rounds.c.starts_on <= _ON, rounds.c.ends_on.is_(None) | (rounds.c.ends_on >= _ON)
)
_ADD = sa.insert(rounds).returning(rounds.c.id)


class RoundStore:
    """Both days of a round count; one without an end lasts until the next begins."""

    def __init__(self, connection: Connection) -> None:
        self._connection = connection

    def current(self, on: date) -> Round | None:
        """The round that runs on that day; None between rounds."""
        return _round(self._connection.execute(_CURRENT, {"on": on}).first())

    def latest(self) -> Round | None:
        """The round that begins last, even when it has ended or not begun."""
        return _round(self._connection.execute(_NEWEST_FIRST).first())

    def add(self, name: str, starts_on: date, ends_on: date | None = None) -> Round:
        """A new round."""
        fields: dict[str, Any] = {"name": name, "starts_on": starts_on, "ends_on": ends_on}
        return Round(id=self._connection.execute(_ADD, fields).scalar_one(), **fields)


def _round(row: sa.Row[*tuple[Any, ...]] | None) -> Round | None:
    return Round(**row._asdict()) if row else None
