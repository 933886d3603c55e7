"""Lists of tasks: every one is read through an index that ends in the number, so that a page
costs the same however many tasks there are."""

from collections.abc import Collection, Iterable, Sequence
from datetime import date, datetime, timedelta
from typing import Any

import sqlalchemy as sa
from sqlalchemy.engine import Connection

from bot.domain.calendar import today
from bot.domain.org import Person, Place, Role
from bot.domain.results import Page, Query, Scope
from bot.domain.task import OPEN, UNDER_WAY, Listed, Status, Type
from storage.posts import held
from storage.tables.ballots import representatives
from storage.tables.org import people, units
from storage.tables.records import rounds
from storage.tables.tasks import ALONE, AT_BUREAU, MERGING, co_proposers, tasks
from storage.waiting import ASKED_BEFORE

PAGE = 10
MERGES = 6
"""One more than a task's screen shows, so that it can say that there are more."""
NEWEST = 2**62
"""Larger than any number there will be."""

Rows = tuple[Listed, ...]

_LIMIT = sa.bindparam("limit", type_=sa.Integer)
_BEFORE = tasks.c.id < sa.bindparam("before", type_=sa.BigInteger)
_UNIT = sa.bindparam("unit", type_=sa.BigInteger)
_PERSON = sa.bindparam("person", type_=sa.BigInteger)
_ON = sa.bindparam("on", type_=sa.Date)
_UPTO = sa.bindparam("upto", type_=sa.Date)
_STATUS = tasks.c.status == sa.bindparam("status", type_=sa.Text)

# A task that is not done goes on after its round was closed.
_CARRIED = rounds.c.closed_at.is_not(None) & tasks.c.status.in_([s.value for s in OPEN])

_OF = (
    sa.select(
        tasks.c.id,
        tasks.c.title,
        tasks.c.type,
        tasks.c.status,
        sa.func.coalesce(units.c.name, "").label("department"),
        people.c.name.label("owner"),
        tasks.c.due,
        tasks.c.hours,
        tasks.c.reported_hours.label("reported"),
        tasks.c.verified_hours.label("verified"),
        representatives.c.task.is_not(None).label("representative"),
        rounds.c.name.label("carried"),
    )
    .join_from(tasks, units, units.c.id == sa.func.coalesce(tasks.c.department, tasks.c.bureau),
               isouter=True)
    .outerjoin(people, people.c.id == tasks.c.owner)
    .outerjoin(representatives, representatives.c.task == tasks.c.id)
    .outerjoin(rounds, (rounds.c.id == tasks.c.round) & _CARRIED)
    .where(tasks.c.id.in_(sa.bindparam("ids", expanding=True)))
)  # fmt: skip

Condition = sa.ColumnElement[bool]
_FILTERS: dict[str, tuple[Condition, ...]] = {
    "": (),
    "status": (_STATUS,),
    "overdue": (_STATUS, tasks.c.due < _ON),
}
_LEVELS = {
    Scope.BUREAU: tasks.c.bureau,
    Scope.DEPARTMENT: tasks.c.department,
    Scope.TEAM: tasks.c.team,
}


def _newest(*where: Condition) -> sa.Select[int]:
    return sa.select(tasks.c.id).where(_BEFORE, *where).order_by(tasks.c.id.desc()).limit(_LIMIT)


def _mine(where: Sequence[Condition]) -> sa.Select[int]:
    joined = (
        sa.select(co_proposers.c.task.label("id"))
        .join_from(co_proposers, tasks, tasks.c.id == co_proposers.c.task)
        .where(co_proposers.c.person == _PERSON, co_proposers.c.task < _BEFORE.right, *where)
        .order_by(co_proposers.c.task.desc())
        .limit(_LIMIT)
    )
    proposed = _newest(tasks.c.proposer == _PERSON, *where)
    owned = _newest(tasks.c.owner == _PERSON, *where)
    parts = (sa.select(part.subquery().c.id) for part in (proposed, owned, joined))
    found = sa.union(*parts).subquery()
    return sa.select(found.c.id).order_by(found.c.id.desc()).limit(_LIMIT)


_PAGES = {
    (scope, name): _newest(level == _UNIT, *where)
    for scope, level in _LEVELS.items()
    for name, where in _FILTERS.items()
}
_PAGES |= {(Scope.ALL, name): _newest(*where) for name, where in _FILTERS.items()}
_PAGES |= {(Scope.MINE, name): _mine(where) for name, where in _FILTERS.items()}


def _undecided(*where: Condition, late: Sequence[Condition] = ()) -> sa.CompoundSelect[int]:
    first = sa.select(tasks.c.id).where(ALONE, *where).order_by(tasks.c.id).limit(_LIMIT)
    submitted = first.where(tasks.c.status == Status.SUBMITTED.value, *late)
    expired = first.where(tasks.c.status == Status.ON_HOLD.value, tasks.c.hold_until <= _UPTO)
    return sa.union_all(*(sa.select(part.subquery().c.id) for part in (submitted, expired)))


_SINCE_BEFORE = (tasks.c.waiting_since < sa.bindparam("at", type_=tasks.c.waiting_since.type),)
_TO_DECIDE = {
    (level, late): _undecided(*where, late=_SINCE_BEFORE if late else ())
    for level, where in (
        ("department", (tasks.c.department == _UNIT,)),
        ("bureau", (tasks.c.bureau == _UNIT, AT_BUREAU)),
    )
    for late in (False, True)
}
_WITHOUT_HEAD = sa.select(units.c.id).where(
    units.c.parent == _UNIT,
    units.c.id.not_in(
        sa.select(held.c.department)
        .join_from(held, people, people.c.id == held.c.person)
        .where(held.c.role == Role.HEAD, held.c.department.is_not(None), people.c.active)
    ),
)
_TO_REVISE = _newest(tasks.c.proposer == _PERSON, tasks.c.status == Status.REVISION_REQUESTED.value)
_DUE = (
    sa.select(tasks.c.id)
    .where(
        tasks.c.owner == _PERSON,
        tasks.c.status.in_([status.value for status in UNDER_WAY]),
        tasks.c.due <= _ON,
    )
    .order_by(tasks.c.due, tasks.c.id)
    .limit(_LIMIT)
)
_INTO = tasks.alias("into_task")
# Asked of each of the few that are pending: PostgreSQL takes them for many, and would begin a join
# with all tasks.
_DECIDED_ON_HERE = (
    sa.select(sa.literal_column("1"))
    .where(
        _INTO.c.id == tasks.c.merge_into,
        _INTO.c.department.in_(sa.bindparam("departments", expanding=True))
        | _INTO.c.bureau.in_(sa.bindparam("bureaus", expanding=True)),
    )
    .scalar_subquery()
)
_TO_TAKE_IN = (
    sa.select(tasks.c.id)
    .where(MERGING, _DECIDED_ON_HERE.is_not(None))
    .order_by(tasks.c.merge_into, tasks.c.id)
    .limit(_LIMIT)
)
_LATE_TO_TAKE_IN = _TO_TAKE_IN.where(ASKED_BEFORE)
_MERGING_INTO = (
    sa.select(tasks.c.id)
    .where(MERGING, tasks.c.merge_into == sa.bindparam("number"))
    .order_by(tasks.c.id)
    .limit(_LIMIT)
)


class ListStore:
    """Lists as lines; where a list is cut it says whether there is more."""

    def __init__(self, connection: Connection) -> None:
        self._connection = connection

    def of(self, numbers: Iterable[int]) -> Rows:
        """These tasks as lines, in the order given; unknown numbers are left out."""
        wanted = list(numbers)
        if not wanted:
            return ()
        rows = {row.id: row for row in self._connection.execute(_OF, {"ids": wanted})}
        return tuple(_listed(rows[number]) for number in wanted if number in rows)

    def page(self, query: Query, viewer: Person | None, on: date) -> Page:
        """One page of a list, newest first; the viewer's main post tells their units."""
        asked: dict[str, Any] = {
            "before": NEWEST if query.before is None else query.before,
            "limit": PAGE + 1,
            "on": on,
        }
        if query.overdue:
            asks = [("overdue", asked | {"status": status.value}) for status in UNDER_WAY]
        elif query.status is not None:
            asks = [("status", asked | {"status": query.status.value})]
        else:
            asks = [("", asked)]
        whose = _whose(query.scope, viewer)
        numbers: list[int] = []
        if whose is not None:
            for name, ask in asks:
                numbers += self._numbers(_PAGES[query.scope, name], ask | whose)
        rows, more = self._cut(sorted(numbers, reverse=True), PAGE)
        return Page(query=query, rows=rows, more=more, today=on)

    def mine(self, person: int, limit: int) -> tuple[Rows, bool]:
        """The newest that the person proposed, joined or owns."""
        asked = {"person": person, "before": NEWEST, "limit": limit + 1}
        return self._cut(self._numbers(_PAGES[Scope.MINE, ""], asked), limit)

    def to_decide(
        self, viewer: Person, on: date, limit: int, *, before: datetime | None = None
    ) -> tuple[Rows, bool]:
        """What waits for the viewer's decision, oldest first: submitted, or held until `on`.

        A director's are those of no department, or of one without a head that day. With `before`,
        only what has waited since before that moment.
        """
        numbers: set[int] = set()
        late = before is not None
        asked = {"at": before, "upto": today(before) if before else on, "limit": limit + 1}
        bureaus = _places(viewer, Role.DIRECTOR, "bureau")
        departments = _places(viewer, Role.HEAD, "department")
        for bureau in bureaus:
            departments |= set(self._numbers(_WITHOUT_HEAD, {"unit": bureau, "on": on}))
            numbers |= set(self._numbers(_TO_DECIDE["bureau", late], asked | {"unit": bureau}))
        for department in departments:
            numbers |= set(
                self._numbers(_TO_DECIDE["department", late], asked | {"unit": department})
            )
        return self._cut(sorted(numbers), limit)

    def to_revise(self, person: int, limit: int) -> tuple[Rows, bool]:
        """The person's own proposals that were handed back, newest first."""
        asked = {"person": person, "before": NEWEST, "limit": limit + 1}
        return self._cut(self._numbers(_TO_REVISE, asked), limit)

    def due(self, person: int, on: date, limit: int, within_days: int = 7) -> tuple[Rows, bool]:
        """What the person owns that is overdue or due within some days, most urgent first."""
        asked = {"person": person, "on": on + timedelta(days=within_days), "limit": limit + 1}
        return self._cut(self._numbers(_DUE, asked), limit)

    def to_take_in(
        self, viewer: Person, limit: int, *, before: datetime | None = None
    ) -> tuple[Rows, bool]:
        """Tasks that wait to be merged into one the viewer decides on, by that; with `before`, only
        those that were asked for before that moment."""
        asked: dict[str, Any] = {
            "departments": list(_places(viewer, Role.HEAD, "department")),
            "bureaus": list(_places(viewer, Role.DIRECTOR, "bureau")),
            "limit": limit + 1,
        }
        if not asked["departments"] and not asked["bureaus"]:
            return (), False
        if before is None:
            return self._cut(self._numbers(_TO_TAKE_IN, asked), limit)
        return self._cut(self._numbers(_LATE_TO_TAKE_IN, asked | {"at": before}), limit)

    def merging_into(self, number: int) -> Rows:
        """The oldest six of the tasks that wait to be merged into this one, oldest first."""
        return self.of(self._numbers(_MERGING_INTO, {"number": number, "limit": MERGES}))

    def _numbers(self, statement: sa.Executable, asked: dict[str, Any]) -> list[int]:
        return list(self._connection.execute(statement, asked).scalars())

    def _cut(self, numbers: Collection[int], limit: int) -> tuple[Rows, bool]:
        return self.of(list(numbers)[:limit]), len(numbers) > limit


def _whose(scope: Scope, viewer: Person | None) -> dict[str, int] | None:
    """The parameter that a scope needs; None when the viewer has no such unit."""
    if scope is Scope.ALL:
        return {}
    if viewer is None:
        return None
    if scope is Scope.MINE:
        return {"person": viewer.id}
    place = viewer.main.place if viewer.main else Place()
    unit: int | None = getattr(place, _LEVELS[scope].name)
    return None if unit is None else {"unit": unit}


def _places(viewer: Person, role: Role, level: str) -> set[int]:
    found = {getattr(post.place, level) for post in viewer.posts if post.role is role}
    return found - {None}


def _listed(row: sa.Row[*tuple[Any, ...]]) -> Listed:
    fields = row._asdict()
    return Listed(**(fields | {"type": Type(row.type), "status": Status(row.status)}))
