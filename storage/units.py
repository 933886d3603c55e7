"""Bureaus, departments and teams."""

from collections.abc import Collection
from typing import Any

import sqlalchemy as sa
from sqlalchemy.engine import Connection

from bot.domain.org import Unit, UnitKind
from storage.people import containing
from storage.tables.org import units

_SELECT = sa.select(units)
_IN_ORDER = (units.c.position, units.c.id)
_BY_ID = _SELECT.where(units.c.id == sa.bindparam("unit"))
_BY_IDS = _SELECT.where(units.c.id.in_(sa.bindparam("ids", expanding=True)))
_ALL = _SELECT.order_by(*_IN_ORDER)
_CHILDREN = _SELECT.where(
    units.c.parent == sa.bindparam("above"), units.c.retired.is_(False)
).order_by(*_IN_ORDER)
_FOUND = (
    _SELECT.where(
        units.c.kind == sa.bindparam("of_kind"),
        units.c.retired.is_(False),
        sa.func.lower(units.c.name).like(sa.bindparam("pattern"), escape="/"),
    )
    .order_by(*_IN_ORDER)
    .limit(sa.bindparam("limit"))
)


def _path(depth: int) -> sa.Select[Any]:
    """The unit at the end of a path of `depth` names, the bureau's first."""
    unit = units.alias("unit0")
    statement = sa.select(unit).where(unit.c.name == sa.bindparam(f"name{depth - 1}"))
    for above in range(1, depth):
        parent = units.alias(f"unit{above}")
        statement = statement.join(parent, parent.c.id == unit.c.parent).where(
            parent.c.name == sa.bindparam(f"name{depth - 1 - above}")
        )
        unit = parent
    return statement.where(unit.c.parent.is_(None))


_BY_PATH = (_path(1), _path(2), _path(3))
_ADD = sa.insert(units).returning(units.c.id)
_SAVE = (
    sa.update(units)
    .where(units.c.id == sa.bindparam("unit"))
    .values({c.name: sa.bindparam(f"new_{c.name}") for c in units.c if c.name != "id"})
)


class UnitStore:
    """The units of the organisation; retired ones are kept, since tasks name them."""

    def __init__(self, connection: Connection) -> None:
        self._connection = connection

    def get(self, unit: int) -> Unit | None:
        """The unit with that id."""
        row = self._connection.execute(_BY_ID, {"unit": unit}).first()
        return _unit(row) if row else None

    def many(self, ids: Collection[int]) -> dict[int, Unit]:
        """The units with those ids; unknown ids are left out."""
        if not ids:
            return {}
        rows = self._connection.execute(_BY_IDS, {"ids": list(set(ids))})
        return {row.id: _unit(row) for row in rows}

    def all(self) -> tuple[Unit, ...]:
        """Every unit, retired ones too, in the order of the organisation file."""
        return self._list(_ALL, {})

    def children(self, unit: int) -> tuple[Unit, ...]:
        """The units directly below that are not retired, in the order of the file."""
        return self._list(_CHILDREN, {"above": unit})

    def by_path(
        self, bureau: str, department: str | None = None, team: str | None = None
    ) -> Unit | None:
        """The unit that a path of names leads to, retired or not."""
        names = [name for name in (bureau, department, team) if name is not None]
        asked = {f"name{i}": name for i, name in enumerate(names)}
        row = self._connection.execute(_BY_PATH[len(names) - 1], asked).first()
        return _unit(row) if row else None

    def search(self, text: str, kind: UnitKind, limit: int) -> tuple[Unit, ...]:
        """Units of a kind whose names contain the text, retired ones left out."""
        asked = {"pattern": containing(text), "of_kind": kind.value, "limit": limit}
        return self._list(_FOUND, asked)

    def add(
        self,
        *,
        kind: UnitKind,
        name: str,
        parent: int | None = None,
        channel: str | None = None,
        position: int = 0,
        coordinating: bool = False,
    ) -> Unit:
        """A new unit."""
        fields: dict[str, Any] = {
            "name": name,
            "parent": parent,
            "channel": channel,
            "position": position,
            "coordinating": coordinating,
            "retired": False,
        }
        row = self._connection.execute(_ADD, {"kind": kind.value, **fields})
        return Unit(id=row.scalar_one(), kind=kind, **fields)

    def save(self, unit: Unit) -> None:
        """Store every field of a unit."""
        self._connection.execute(
            _SAVE,
            {
                "unit": unit.id,
                "new_kind": unit.kind.value,
                "new_name": unit.name,
                "new_parent": unit.parent,
                "new_channel": unit.channel,
                "new_position": unit.position,
                "new_coordinating": unit.coordinating,
                "new_retired": unit.retired,
            },
        )

    def _list(self, statement: sa.Select[Any], asked: dict[str, Any]) -> tuple[Unit, ...]:
        return tuple(_unit(row) for row in self._connection.execute(statement, asked))


def _unit(row: sa.Row[Any]) -> Unit:
    fields = row._asdict()
    return Unit(**(fields | {"kind": UnitKind(fields["kind"])}))
