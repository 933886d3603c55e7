"""Who stands in for whom, by the record: delegations and acting posts with their days."""

from collections.abc import Collection
from datetime import date, timedelta
from typing import Any

import sqlalchemy as sa
from sqlalchemy.engine import Connection

from bot.domain.org import Role, UnitKind
from bot.domain.standing import ActingPost, Delegation
from storage.people import containing
from storage.posts import counting
from storage.tables.org import acting, delegations, people, posts, units

_Row = sa.Row[*tuple[Any, ...]]
_ID = sa.bindparam("number", type_=sa.BigInteger)
_ON = sa.bindparam("on", type_=sa.Date)
_LIMIT = sa.bindparam("limit", type_=sa.Integer)
_PERSON = sa.bindparam("of_person", type_=sa.BigInteger)

_DELEGATION = sa.select(delegations)
_DELEGATION_OF_ID = _DELEGATION.where(delegations.c.id == _ID)
_ACTING_OF_ID = sa.select(acting).where(acting.c.id == _ID)
_GIVEN = (
    _DELEGATION.where(delegations.c.from_person == _PERSON, delegations.c.to_on >= _ON)
    .order_by(delegations.c.from_on, delegations.c.id)
    .limit(_LIMIT)
)
_TAKEN = (
    _DELEGATION.where(delegations.c.to_person == _PERSON, delegations.c.to_on >= _ON)
    .order_by(delegations.c.from_on, delegations.c.id)
    .limit(_LIMIT)
)
_LASTS = acting.c.to_on.is_(None) | (acting.c.to_on >= _ON)
_ACTING = sa.select(acting).where(_LASTS).order_by(acting.c.from_on, acting.c.id).limit(_LIMIT)
_ACTING_AT = sa.select(acting).where(
    acting.c.unit == sa.bindparam("unit", type_=sa.BigInteger), _LASTS
)
_STAFF = (
    sa.select(people.c.id)
    .join_from(posts, people, people.c.id == posts.c.person)
    .where(
        people.c.active,
        counting(),
        posts.c.bureau == sa.bindparam("of_bureau", type_=sa.BigInteger),
        sa.func.lower(people.c.name).like(sa.bindparam("pattern"), escape="/"),
    )
    .group_by(people.c.id, people.c.name)
    .order_by(people.c.name, people.c.id)
    .limit(_LIMIT)
)
_HELD = {
    (UnitKind.BUREAU, Role.DIRECTOR): posts.c.bureau,
    (UnitKind.DEPARTMENT, Role.HEAD): posts.c.department,
    (UnitKind.TEAM, Role.LEAD): posts.c.team,
}
_IS_HELD = sa.or_(
    *(
        sa.and_(
            units.c.kind == kind.value,
            sa.exists()
            .where(
                column == units.c.id,
                posts.c.role == sa.literal_column(f"'{role}'", sa.Text),
                posts.c.person == people.c.id,
                people.c.active,
                counting(),
            )
            .correlate(units),
        )
        for (kind, role), column in _HELD.items()
    )
)
_VACANT = (
    sa.select(units.c.id)
    .where(
        ~units.c.retired,
        sa.func.lower(units.c.name).like(sa.bindparam("pattern"), escape="/"),
        ~_IS_HELD,
    )
    .order_by(units.c.position, units.c.id)
    .limit(_LIMIT)
)
_ABOVE = units.alias("above")
_NAMES = (
    sa.select(units.c.id, units.c.name, _ABOVE.c.name.label("above"))
    .join_from(units, _ABOVE, _ABOVE.c.id == units.c.parent, isouter=True)
    .where(units.c.id.in_(sa.bindparam("ids", expanding=True)))
)
_TAKE_OUT = {table: sa.delete(table).where(table.c.id == _ID) for table in (delegations, acting)}
_END = {
    table: sa.update(table)
    .where(table.c.id == _ID)
    .values(to_on=sa.bindparam("last", type_=sa.Date))
    for table in (delegations, acting)
}


class StandingStore:
    """Delegations and acting posts; one that had not begun is taken out, any other ends."""

    def __init__(self, connection: Connection) -> None:
        self._connection = connection

    def delegation(self, number: int) -> Delegation | None:
        """The delegation with that id."""
        return next(iter(self._delegations(_DELEGATION_OF_ID, number=number)), None)

    def given(self, person: int, on: date, limit: int) -> tuple[Delegation, ...]:
        """The person's delegations that last on that day or begin later, the first first."""
        return self._delegations(_GIVEN, of_person=person, on=on, limit=limit)

    def taken(self, person: int, on: date, limit: int) -> tuple[Delegation, ...]:
        """The same of those for whom the person acts."""
        return self._delegations(_TAKEN, of_person=person, on=on, limit=limit)

    def acting_post(self, number: int) -> ActingPost | None:
        """The acting post with that id."""
        return next(iter(self._acting(_ACTING_OF_ID, number=number)), None)

    def acting_posts(self, on: date, limit: int) -> tuple[ActingPost, ...]:
        """All acting posts that last on that day or begin later."""
        return self._acting(_ACTING, on=on, limit=limit)

    def acting_at(self, unit: int, on: date) -> tuple[ActingPost, ...]:
        """The same of one unit."""
        return self._acting(_ACTING_AT, unit=unit, on=on)

    def end_delegation(self, found: Delegation, on: date) -> None:
        """From that day on it counts no more."""
        self._end(delegations, found.id, found.first, on)

    def end_acting(self, found: ActingPost, on: date) -> None:
        """From that day on it counts no more."""
        self._end(acting, found.id, found.first, on)

    def staff(self, bureau: int, text: str, on: date, limit: int) -> tuple[int, ...]:
        """Everyone with a post of their own in the bureau whose name contains the text."""
        asked = {"of_bureau": bureau, "pattern": containing(text), "on": on, "limit": limit}
        return tuple(self._connection.execute(_STAFF, asked).scalars())

    def vacant(self, text: str, on: date, limit: int) -> tuple[int, ...]:
        """Units whose own post nobody holds that day and whose name contains the text."""
        asked = {"pattern": containing(text), "on": on, "limit": limit}
        return tuple(self._connection.execute(_VACANT, asked).scalars())

    def names_of_units(self, numbers: Collection[int]) -> dict[int, str]:
        """Each unit after the one above it, as in 도로과 계획팀."""
        rows = self._connection.execute(_NAMES, {"ids": list(numbers)})
        return {row.id: f"{row.above} {row.name}" if row.above else row.name for row in rows}

    def _end(self, table: sa.Table, number: int, first: date, on: date) -> None:
        if first >= on:
            self._connection.execute(_TAKE_OUT[table], {"number": number})
        else:
            ended = {"number": number, "last": on - timedelta(days=1)}
            self._connection.execute(_END[table], ended)

    def _delegations(self, statement: sa.Select[Any], **asked: Any) -> tuple[Delegation, ...]:
        return tuple(
            Delegation(id=row.id, giver=row.from_person, taker=row.to_person,
                       first=row.from_on, last=row.to_on)
            for row in self._connection.execute(statement, asked)
        )  # fmt: skip

    def _acting(self, statement: sa.Select[Any], **asked: Any) -> tuple[ActingPost, ...]:
        return tuple(
            ActingPost(id=row.id, unit=row.unit, role=Role(row.role), title=row.title,
                       person=row.person, first=row.from_on, last=row.to_on)
            for row in self._connection.execute(statement, asked)
        )  # fmt: skip
