"""Posts: who holds which one on a day, in their own right or standing in, and how that changes."""

from datetime import date

import sqlalchemy as sa
from sqlalchemy.engine import Connection, Row

from bot.domain.org import Place, Post, Role, UnitKind
from storage.tables.org import acting, delegations, people, posts, units

_ON = sa.bindparam("on", type_=sa.Date)


def counting(table: sa.FromClause = posts) -> sa.ColumnElement[bool]:
    """Whether a post counts on the parameter `on`: it has begun and not ended."""
    return (table.c.since <= _ON) & (table.c.until.is_(None) | (table.c.until > _ON))


def _own() -> sa.Select[*tuple[object, ...]]:
    return sa.select(
        posts.c.person,
        posts.c.role,
        posts.c.title,
        posts.c.bureau,
        posts.c.department,
        posts.c.team,
        sa.cast(sa.null(), sa.Text).label("stands_in"),
        sa.literal_column("0").label("rank"),
        posts.c.position,
        posts.c.id,
    ).where(counting())


def _delegated() -> sa.Select[*tuple[object, ...]]:
    giver, taker = people.alias("giver"), posts.alias("taker")
    return (
        sa.select(
            delegations.c.to_person,
            posts.c.role,
            posts.c.title,
            posts.c.bureau,
            posts.c.department,
            posts.c.team,
            giver.c.name,
            sa.literal_column("1"),
            posts.c.position,
            posts.c.id,
        )
        .join_from(delegations, giver, giver.c.id == delegations.c.from_person)
        .join(posts, posts.c.person == giver.c.id)
        .where(
            giver.c.active,
            posts.c.role.in_(sa.literal_column(f"'{r}'") for r in (Role.HEAD, Role.DIRECTOR)),
            counting(),
            delegations.c.from_on <= _ON,
            delegations.c.to_on >= _ON,
            # Lent is the post of that day, to somebody of the same bureau who still serves.
            posts.c.since <= delegations.c.from_on,
            sa.exists().where(
                taker.c.person == delegations.c.to_person,
                taker.c.bureau == posts.c.bureau,
                counting(taker),
            ),
        )
    )


def _acting() -> sa.Select[*tuple[object, ...]]:
    above, serving = units.alias("above"), posts.alias("serving")
    kind, unit, parent = units.c.kind, units.c.id, units.c.parent
    bureau, department, team = UnitKind.BUREAU, UnitKind.DEPARTMENT, UnitKind.TEAM
    return (
        sa.select(
            acting.c.person,
            acting.c.role,
            acting.c.title,
            sa.case((kind == bureau, unit), (kind == department, parent), else_=above.c.parent),
            sa.case((kind == department, unit), (kind == team, parent)),
            sa.case((kind == team, unit)),
            units.c.name,
            sa.literal_column("2"),
            sa.literal_column("0"),
            acting.c.id,
        )
        .join_from(acting, units, unit == acting.c.unit)
        .outerjoin(above, above.c.id == parent)
        .where(
            acting.c.from_on <= _ON,
            acting.c.to_on.is_(None) | (acting.c.to_on >= _ON),
            sa.exists().where(serving.c.person == acting.c.person, counting(serving)),
            ~_is_filled(),
        )
    )


def _is_filled() -> sa.ColumnElement[bool]:
    """Whether the post that somebody acts in has a holder of its own."""
    holder, filled = people.alias("holder"), posts.alias("filled")
    places = {
        Role.DIRECTOR: filled.c.bureau,
        Role.HEAD: filled.c.department,
        Role.LEAD: filled.c.team,
    }
    return sa.or_(
        *(
            sa.exists().where(
                acting.c.role == sa.literal_column(f"'{role}'", sa.Text),
                filled.c.role == sa.literal_column(f"'{role}'", sa.Text),
                place == acting.c.unit,
                holder.c.id == filled.c.person,
                holder.c.active,
                counting(filled),
            )
            for role, place in places.items()
        )
    )


held = sa.union_all(_own(), _delegated(), _acting()).subquery("held")
"""Every post with its holder on the day `on`: own ones, then delegated, then acting ones.

Only constants may narrow it (`held.c.person == parameter`): SQLite hands those down to the
indexes of the three parts, but not the conditions of a join."""

IN_ORDER = (held.c.rank, held.c.position, held.c.id)

_OF = sa.select(posts).where(posts.c.person == sa.bindparam("holder"), counting())
_HAD = {
    level: sa.select(counting().label("counts")).where(
        posts.c.person == sa.bindparam("holder"),
        posts.c[level] == sa.bindparam("unit"),
        posts.c.since <= _ON,
        posts.c.until.is_(None) | (posts.c.until >= sa.bindparam("since_on", type_=sa.Date)),
    )
    for level in ("bureau", "department", "team")
}
_END = (
    sa.update(posts)
    .where(posts.c.id == sa.bindparam("post"))
    .values(until=sa.bindparam("until_on", type_=sa.Date))
)
_KEEP = (
    sa.update(posts)
    .where(posts.c.id == sa.bindparam("post"))
    .values(title=sa.bindparam("new_title"), position=sa.bindparam("new_position"))
)
_ADD = sa.insert(posts)
_DELEGATE = sa.insert(delegations).returning(delegations.c.id)
_ACT = sa.insert(acting).returning(acting.c.id)


def post_of(row: Row[*tuple[object, ...]]) -> Post:
    """A row of `held` as a domain value."""
    return Post(
        role=Role(row.role),
        title=row.title,
        place=Place(bureau=row.bureau, department=row.department, team=row.team),
        stands_in=row.stands_in,
    )


class PostStore:
    """Who is given which post; nothing is deleted, posts end."""

    def __init__(self, connection: Connection) -> None:
        self._connection = connection

    def set(self, person: int, wanted: tuple[Post, ...], on: date) -> bool:
        """Let the person's own posts be `wanted`, the main one first, from the day `on`.

        Posts that are not wanted end that day, so they no longer count on it. Returns whether
        anything changed; the same call again changes nothing.
        """
        rows = self._connection.execute(_OF, {"holder": person, "on": on})
        now = {(Role(r.role), r.bureau, r.department, r.team): r for r in rows}
        changed = False
        for position, post in enumerate(wanted):
            place = post.place
            key = (post.role, place.bureau, place.department, place.team)
            row = now.pop(key, None)
            if row is None:
                self._add(person, post, position, on)
            elif (row.title, row.position) != (post.title, position):
                self._connection.execute(
                    _KEEP, {"post": row.id, "new_title": post.title, "new_position": position}
                )
            else:
                continue
            changed = True
        for row in now.values():
            self._connection.execute(_END, {"post": row.id, "until_on": on})
        return changed or bool(now)

    def _add(self, person: int, post: Post, position: int, on: date) -> None:
        self._connection.execute(
            _ADD,
            {
                "person": person,
                "role": post.role,
                "title": post.title,
                "bureau": post.place.bureau,
                "department": post.place.department,
                "team": post.place.team,
                "position": position,
                "since": on,
                "until": None,
            },
        )

    def left(self, person: int, place: Place, since: date, on: date) -> bool:
        """Whether the person served in the very unit of the place on the day `since` or after it
        and no longer does on the day `on`; a post that ended on the former is among these."""
        level = "team" if place.team else "department" if place.department else "bureau"
        asked = {"holder": person, "unit": place.unit, "since_on": since, "on": on}
        had = self._connection.execute(_HAD[level], asked).scalars().all()
        return bool(had) and not any(had)

    def delegate(self, giver: int, taker: int, first: date, last: date) -> int:
        """Let `taker` act for the head or director `giver`, both days included; its id."""
        added = {"from_person": giver, "to_person": taker, "from_on": first, "to_on": last}
        return int(self._connection.execute(_DELEGATE, added).scalar_one())

    def let_act(
        self, person: int, unit: int, role: Role, title: str, first: date, last: date | None
    ) -> int:
        """Let the person hold a unit's vacant post for a while, both days included; its id."""
        added = {
            "unit": unit,
            "role": role,
            "title": title,
            "person": person,
            "from_on": first,
            "to_on": last,
        }
        return int(self._connection.execute(_ACT, added).scalar_one())
