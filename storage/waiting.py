"""What waits for a decision, for each who has to decide: asked of the end of an index, so that it
costs the same however much waits."""

from collections.abc import Iterator, Mapping
from datetime import date, datetime
from typing import Any

import sqlalchemy as sa
from sqlalchemy.engine import Connection

from bot.domain.calendar import today
from bot.domain.org import Place, Role, UnitKind
from storage.office import OfficeStore
from storage.posts import held
from storage.tables.org import people, units
from storage.tables.tasks import ALONE, AT_BUREAU, IS_HELD, IS_SUBMITTED, MERGING, tasks

_WALK = "waiting"

_Condition = sa.ColumnElement[bool]

_AT = sa.bindparam("at", type_=tasks.c.waiting_since.type)
_UPTO = sa.bindparam("upto", type_=sa.Date)
ASKED_BEFORE = tasks.c.merge_asked_at < _AT
"""Whether a merge was asked for before the parameter `at`."""


def _newest(kind: UnitKind, *where: _Condition) -> sa.Select[Any]:
    """Since when what came last has waited, by unit of a kind."""
    last = (
        sa.select(sa.func.max(tasks.c.waiting_since))
        .where(IS_SUBMITTED, ALONE, tasks.c.waiting_since < _AT, *where)
        .correlate(units)
        .scalar_subquery()
    )
    ended = (
        sa.select(sa.func.max(tasks.c.hold_until))
        .where(IS_HELD, ALONE, tasks.c.hold_until <= _UPTO, *where)
        .correlate(units)
        .scalar_subquery()
    )
    at_bureau = kind is UnitKind.BUREAU
    return sa.select(
        (units.c.id if at_bureau else units.c.parent).label("bureau"),
        (sa.null() if at_bureau else units.c.id).label("department"),
        last.label("since"),
        ended.label("ended"),
    ).where(units.c.kind == kind.value)


_into = tasks.alias("into_task")


def _of_target(column: sa.Column[Any]) -> sa.ScalarSelect[Any]:
    return (
        sa.select(column).where(_into.c.id == tasks.c.merge_into).correlate(tasks).scalar_subquery()
    )


# Looked up one by one: PostgreSQL, which thinks that there are many, would join all tasks.
_merges = (
    sa.select(
        _of_target(_into.c.bureau).label("bureau"),
        _of_target(_into.c.department).label("department"),
        tasks.c.merge_asked_at,
    )
    .where(MERGING, ASKED_BEFORE)
    .subquery()
)
_NEWEST = (
    _newest(UnitKind.DEPARTMENT, tasks.c.department == units.c.id),
    _newest(UnitKind.BUREAU, AT_BUREAU, tasks.c.bureau == units.c.id),
    # Merges that nobody has answered are few, and no index leads to who has to answer them.
    sa.select(
        _merges.c.bureau,
        _merges.c.department,
        sa.func.max(_merges.c.merge_asked_at).label("since"),
        sa.null().label("ended"),
    ).group_by(_merges.c.bureau, _merges.c.department),
)
_DECIDERS = (
    sa.select(held.c.person, held.c.role, held.c.bureau, held.c.department)
    .join_from(held, people, people.c.id == held.c.person)
    .where(held.c.role.in_([Role.HEAD.value, Role.DIRECTOR.value]), people.c.active)
)


class WaitingStore:
    """What heads and directors are asked about each morning, and how far that has come."""

    def __init__(self, connection: Connection) -> None:
        self._connection = connection

    def newest(self, before: datetime) -> Mapping[Place, date]:
        """Since when what came last has waited, of what waits since before that moment.

        By the department, or bureau, that has to decide. Tasks whose hold ended by that day are
        among them, and merges by those who are to take them in, since they were asked to.
        """
        found: dict[Place, date] = {}
        for row in self._rows({"at": before, "upto": today(before)}):
            days = [row.ended] if row.ended else []
            if row.since:
                days.append(today(row.since))
            if days:
                place = Place(bureau=row.bureau, department=row.department)
                found[place] = max(*days, found.get(place, date.min))
        return found

    def deciders(self, on: date) -> Mapping[Place, frozenset[int]]:
        """Who heads each department and each bureau that day, or stands in."""
        found: dict[Place, frozenset[int]] = {}
        for row in self._connection.execute(_DECIDERS, {"on": on}):
            department = row.department if row.role == Role.HEAD else None
            place = Place(bureau=row.bureau, department=department)
            found[place] = found.get(place, frozenset()) | {row.person}
        return found

    def walked(self, day: date) -> int | None:
        """How far telling them has come that morning, by a person's id; None when it is over."""
        return OfficeStore(self._connection).walked(_WALK, day)

    def walk_on(self, day: date, after: int | None) -> None:
        """Keep how far it has come."""
        OfficeStore(self._connection).walk_on(_WALK, day, after)

    def _rows(self, asked: Mapping[str, Any]) -> Iterator[sa.Row[Any]]:
        for statement in _NEWEST:
            yield from self._connection.execute(statement, asked)
