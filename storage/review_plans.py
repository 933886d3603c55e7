"""When each bureau is reviewed next: the one thing a tick has to look at."""

from dataclasses import dataclass, fields
from datetime import date, datetime
from typing import Any

import sqlalchemy as sa
from sqlalchemy.engine import Connection

from bot.domain.org import UnitKind
from bot.domain.periods import Cadence, Rhythm
from storage.tables.base import put
from storage.tables.org import units
from storage.tables.reviews import review_plans

_Row = sa.Row[*tuple[Any, ...]]

_table = review_plans.c
_LIMIT = sa.bindparam("limit", type_=sa.Integer)
_NOW = sa.bindparam("now", type_=_table.next_opens_at.type)
_SELECT = sa.select(review_plans)
_GET = _SELECT.where(_table.bureau == sa.bindparam("of_bureau"))
_ALL = _SELECT.order_by(_table.bureau)
_SERVING = _SELECT.join(units, (units.c.id == _table.bureau) & units.c.retired.is_(False))
_TO_OPEN = (
    _SERVING.where(_table.next_opens_at <= _NOW)
    .order_by(_table.next_opens_at, _table.bureau)
    .limit(_LIMIT)
)
_TO_PREVIEW = (
    _SERVING.where(_table.next_preview_at <= _NOW)
    .order_by(_table.next_preview_at, _table.bureau)
    .limit(_LIMIT)
)
_UNPLANNED = (
    sa.select(units.c.id)
    .outerjoin(review_plans, _table.bureau == units.c.id)
    .where(
        units.c.kind == UnitKind.BUREAU.value,
        units.c.retired.is_(False),
        _table.bureau.is_(None),
    )
    .order_by(units.c.id)
    .limit(_LIMIT)
)


@dataclass(frozen=True, kw_only=True)
class Plan:
    """A bureau's rhythm and its next moments; without a preview moment there is none to send."""

    bureau: int
    cadence: Cadence = Cadence.QUARTERLY
    changed_on: date | None = None
    imported_on: date
    last: date | None = None
    next_opens_at: datetime
    next_preview_at: datetime | None = None

    @property
    def rhythm(self) -> Rhythm:
        """How the bureau is reviewed, and how far it has been."""
        return Rhythm(
            imported_on=self.imported_on,
            cadence=self.cadence,
            changed_on=self.changed_on,
            last=self.last,
        )


class ReviewPlanStore:
    """One plan a bureau."""

    def __init__(self, connection: Connection) -> None:
        self._connection = connection

    def put(self, plan: Plan) -> None:
        """Store a plan in place of the bureau's former one."""
        row = {f.name: getattr(plan, f.name) for f in fields(plan)}
        row["cadence"] = plan.cadence.value
        self._connection.execute(put(review_plans, self._connection.dialect.name), row)

    def get(self, bureau: int) -> Plan | None:
        """The bureau's plan."""
        row = self._connection.execute(_GET, {"of_bureau": bureau}).first()
        return _plan(row) if row else None

    def all(self) -> tuple[Plan, ...]:
        """Every plan, those of retired bureaus too."""
        return self._list(_ALL, {})

    def to_open(self, now: datetime, limit: int) -> tuple[Plan, ...]:
        """Plans whose review opens by `now`, longest due first."""
        return self._list(_TO_OPEN, {"now": now, "limit": limit})

    def to_preview(self, now: datetime, limit: int) -> tuple[Plan, ...]:
        """Plans whose preview is due by `now`, longest due first."""
        return self._list(_TO_PREVIEW, {"now": now, "limit": limit})

    def unplanned(self, limit: int) -> tuple[int, ...]:
        """Bureaus that have no plan yet."""
        return tuple(self._connection.execute(_UNPLANNED, {"limit": limit}).scalars())

    def _list(self, statement: sa.Select[Any], asked: dict[str, Any]) -> tuple[Plan, ...]:
        return tuple(_plan(row) for row in self._connection.execute(statement, asked))


def _plan(row: _Row) -> Plan:
    return Plan(**(row._asdict() | {"cadence": Cadence(row.cadence)}))
