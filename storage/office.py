"""What headquarters sets for the whole office: lead times and days off."""

from datetime import date
from functools import cache
from typing import Any

import msgspec
import sqlalchemy as sa
from sqlalchemy.engine import Connection

from bot.domain.tracks import LeadTimes
from storage.tables.base import upsert
from storage.tables.records import settings

_GET = sa.select(settings.c.value).where(settings.c.key == sa.bindparam("name"))

LEAD_TIMES = "lead_times"
DAYS_OFF = "days_off"
_TRIED = "tried"
_DROP = sa.delete(settings).where(settings.c.key == sa.bindparam("name"))


@cache
def _put(dialect: str) -> sa.Executable:
    insert = upsert(settings, dialect)
    return insert.on_conflict_do_update(
        index_elements=["key"], set_={"value": insert.excluded.value}
    )


class OfficeStore:
    """Settings by name; what was never set has its default."""

    def __init__(self, connection: Connection) -> None:
        self._connection = connection

    def lead_times(self) -> LeadTimes:
        """How long each track takes."""
        value = self._get(LEAD_TIMES)
        return LeadTimes() if value is None else msgspec.convert(value, LeadTimes)

    def days_off(self) -> frozenset[date]:
        """The office's own days off, public holidays not among them."""
        value = self._get(DAYS_OFF)
        return frozenset() if value is None else msgspec.convert(value, frozenset[date])

    def put(self, key: str, value: object) -> None:
        """Set `LEAD_TIMES` (a LeadTimes), `DAYS_OFF` (dates) or another name (plain values)."""
        self._connection.execute(_put(self._connection.dialect.name), {"key": key, "value": value})

    def leave_nothing(self) -> None:
        """Write something and take it back: its commit reaches the disk, and no row is left."""
        self.put(_TRIED, True)
        self._connection.execute(_DROP, {"name": _TRIED})

    def walked(self, name: str, day: date) -> int | None:
        """How far that morning's walk of the name has come, by an id; None when it is over."""
        value: Any = self._get(name)
        if value is None or value["day"] != day.isoformat():
            return 0
        after: int | None = value["after"]
        return after

    def walk_on(self, name: str, day: date, after: int | None) -> None:
        """Keep how far that morning's walk has come."""
        self.put(name, {"day": day.isoformat(), "after": after})

    def _get(self, key: str) -> object:
        return self._connection.execute(_GET, {"name": key}).scalar_one_or_none()
