"""Dates to be reminded of, and what was told of them."""

from collections.abc import Iterable
from datetime import date, timedelta
from typing import Any

import sqlalchemy as sa
from sqlalchemy.engine import Connection

from bot.domain.calendar import today
from bot.domain.org import Place
from bot.domain.reminders import Dated, Item
from bot.domain.reminding import AHEAD, Stage
from bot.domain.task import UNDER_WAY
from storage.office import OfficeStore
from storage.tables.base import put
from storage.tables.org import people
from storage.tables.records import audit
from storage.tables.reminders import IS_TO_DO, IS_UNDER_WAY, reminded
from storage.tables.tasks import AT_BUREAU, milestones, steps, tasks

BACK = timedelta(days=80)
"""How long after a date its last reminder may leave: a bot may have been down for a month."""
AT_ONCE = 700
"""Dates that are read at a time."""
PEOPLE = 100
"""People whose dates are read at a time, at most."""
_HISTORY = 500
"""Entries that are searched for the day on which a date was set."""
_WALK = "reminding"

_Row = sa.Row[*tuple[Any, ...]]
_Condition = sa.ColumnElement[bool]

_LIMIT = sa.bindparam("limit", type_=sa.Integer)
_WINDOW = (sa.bindparam("first", type_=sa.Date), sa.bindparam("last", type_=sa.Date))
_OWNER = {
    Dated.TASK: tasks.c.owner,
    Dated.MILESTONE: tasks.c.owner,
    Dated.STEP: steps.c.owner,
}
_TABLE = {Dated.TASK: tasks, Dated.MILESTONE: milestones, Dated.STEP: steps}
_POSITION: dict[Dated, sa.ColumnElement[Any]] = {
    Dated.TASK: sa.literal_column("0", sa.Integer),
    Dated.MILESTONE: milestones.c.position,
    Dated.STEP: steps.c.position,
}
_FIELD = {Dated.TASK: "due", Dated.MILESTONE: "milestones", Dated.STEP: "plan"}
"""Where the history of a task keeps each date."""


def _apart(column: sa.Column[Any]) -> sa.ColumnElement[Any]:
    """The column's value, written so that no database looks for it in an index."""
    return sa.func.coalesce(column, column, type_=column.type)


def _dates(kind: Dated, *where: _Condition, by_due: bool = True) -> sa.Select[Any]:
    """The dates of a kind that are to be kept within the window.

    Without `by_due` another condition is the shorter way to them than the window, which is no way
    to milestones at all.
    """
    due = _TABLE[kind].c.due
    text: sa.ColumnElement[Any] = sa.literal_column("''", sa.Text)
    source: sa.FromClause = tasks
    under_way = IS_UNDER_WAY
    if kind is Dated.MILESTONE:
        text = milestones.c.track + sa.literal_column("'-'", sa.Text) + milestones.c.code
        source = tasks.join(milestones, milestones.c.task == tasks.c.id)
        where = (*where, milestones.c.done_on.is_(None))
    elif kind is Dated.STEP:
        text = steps.c.text
        source = steps.join(tasks, tasks.c.id == steps.c.task)
        where = (*where, IS_TO_DO)
        under_way = _apart(tasks.c.status).in_([*UNDER_WAY])
    return (
        sa.select(
            tasks.c.id.label("task"),
            sa.literal_column(f"'{kind}'", sa.Text).label("kind"),
            _POSITION[kind].label("position"),
            _OWNER[kind].label("owner"),
            due,
            tasks.c.title,
            text.label("text"),
            tasks.c.bureau,
            tasks.c.department,
            tasks.c.team,
        )
        .select_from(source)
        .where(
            under_way,
            (due if by_due or kind is Dated.MILESTONE else _apart(due)).between(*_WINDOW),
            *where,
        )
    )


def _found(arms: Iterable[sa.Select[Any]], *order: str) -> sa.Select[Any]:
    """The first of all arms together, with what was told of each."""
    cut = (arm.order_by(*(arm.selected_columns[o] for o in order)).limit(_LIMIT) for arm in arms)
    every = sa.union_all(*(sa.select(arm.subquery()) for arm in cut)).subquery()
    same = (
        (reminded.c.task == every.c.task)
        & (reminded.c.kind == every.c.kind)
        & (reminded.c.position == every.c.position)
        & (reminded.c.due == every.c.due)
        & (reminded.c.owner == every.c.owner)
    )
    return (
        sa.select(every, reminded.c.stage, reminded.c.snoozed_until)
        .select_from(every.outerjoin(reminded, same))
        .order_by(*(every.c[o] for o in order), every.c.task, every.c.kind, every.c.position)
        .limit(_LIMIT)
    )


def _not_with_a_lead(kind: Dated) -> _Condition:
    """What a lead was told of is over, and must not stand before what is still to be told."""
    return ~sa.exists().where(
        reminded.c.task == tasks.c.id,
        reminded.c.kind == sa.literal_column(f"'{kind}'", sa.Text),
        reminded.c.position == _POSITION[kind],
        reminded.c.due == _TABLE[kind].c.due,
        reminded.c.owner == _OWNER[kind],
        reminded.c.stage == sa.literal_column(f"'{Stage.LEAD}'", sa.Text),
    )


_AFTER = sa.bindparam("after", type_=sa.BigInteger)
_UPTO = sa.bindparam("upto", type_=sa.BigInteger)
_NEXT = sa.select(people.c.id).where(people.c.id > _AFTER).order_by(people.c.id).limit(_LIMIT)
_WALKED = _found(
    (_dates(kind, owner > _AFTER, owner <= _UPTO) for kind, owner in _OWNER.items()),
    "owner",
)
_PERSON = sa.bindparam("person", type_=sa.BigInteger)
_OF_PERSON = _found(
    (_dates(kind, owner == _PERSON, _not_with_a_lead(kind)) for kind, owner in _OWNER.items()),
    "due",
)
_UNIT = sa.bindparam("unit", type_=sa.BigInteger)
_OF_UNIT = {
    level: _found(
        (
            _dates(
                kind,
                tasks.c[level] == _UNIT,
                _apart(owner).is_not(None),
                _not_with_a_lead(kind),
                *((AT_BUREAU,) if level == "bureau" else ()),
                by_due=False,
            )
            for kind, owner in _OWNER.items()
        ),
        "due",
    )
    for level in ("bureau", "department", "team")
}
_OF_TASK = {
    kind: _found([_dates(kind, tasks.c.id == sa.bindparam("task", type_=sa.BigInteger))], "due")
    for kind in Dated
}
_SNOOZE = (
    sa.update(reminded)
    .where(
        reminded.c.task == sa.bindparam("of_task", type_=sa.BigInteger),
        reminded.c.kind == sa.bindparam("of_kind", type_=sa.Text),
        reminded.c.position == sa.bindparam("at", type_=sa.Integer),
    )
    .values(snoozed_until=sa.bindparam("until", type_=sa.Date))
)
_CHANGES = (
    sa.select(audit.c.at, audit.c.before, audit.c.after)
    .where(audit.c.task == sa.bindparam("task", type_=sa.BigInteger))
    .order_by(audit.c.id.desc())
    .limit(_HISTORY)
)


class ReminderStore:
    """Dates that are to be kept while their tasks are under way, from `BACK` before a day to
    `AHEAD` after it."""

    def __init__(self, connection: Connection) -> None:
        self._connection = connection

    def walk(self, after: int, day: date) -> tuple[tuple[Item, ...], int | None]:
        """The dates of the next people by id, and whose id to go on after; None at the end.

        Nobody's dates are cut in two, unless one person alone has more than `AT_ONCE`.
        """
        ids = self._connection.execute(_NEXT, {"after": after, "limit": PEOPLE}).scalars().all()
        if not ids:
            return (), None
        items = self._items(_WALKED, day, after=after, upto=ids[-1])
        if len(items) < AT_ONCE:
            return items, ids[-1] if len(ids) == PEOPLE else None
        last = items[-1].owner
        whole = tuple(item for item in items if item.owner != last)
        return (whole, whole[-1].owner) if whole else (items, last)

    def of_person(self, person: int, day: date) -> tuple[Item, ...]:
        """The person's own dates, the earliest first, without those that a lead was told of."""
        return self._items(_OF_PERSON, day, person=person)

    def of_unit(self, place: Place, day: date) -> tuple[Item, ...]:
        """The same of all tasks of the place's narrowest unit; of a bureau, of those at the bureau
        itself."""
        level = "team" if place.team else "department" if place.department else "bureau"
        return self._items(_OF_UNIT[level], day, unit=place.unit)

    def one(self, task: int, kind: Dated, position: int, day: date) -> Item | None:
        """That date, if it is still to be kept."""
        found = self._items(_OF_TASK[kind], day, task=task)
        return next((item for item in found if item.position == position), None)

    def tell(self, item: Item, stage: Stage, day: date) -> None:
        """Keep that the stage was told on `day`; where it was moved to is over with that."""
        self._connection.execute(
            put(reminded, self._connection.dialect.name),
            {
                "task": item.task,
                "kind": item.kind.value,
                "position": item.position,
                "due": item.due,
                "owner": item.owner,
                "stage": stage.value,
                "told_on": day,
                "snoozed_until": None,
            },
        )

    def snooze(self, item: Item, until: date) -> None:
        """Move the reminder that was told of the date."""
        asked = {"of_task": item.task, "of_kind": item.kind.value, "at": item.position}
        self._connection.execute(_SNOOZE, {**asked, "until": until})

    def since(self, item: Item) -> date | None:
        """The day on which the date was set or given to its owner, as the history has it."""
        name, due = _FIELD[item.kind], item.due.isoformat()
        for row in self._connection.execute(_CHANGES, {"task": item.task}):
            if item.kind is not Dated.STEP and row.after.get("owner") == item.owner:
                return today(row.at)
            if name not in row.after:
                continue
            now, before = (_part(item, changes.get(name)) for changes in (row.after, row.before))
            if now.get("due") == due and now != before:
                return today(row.at)
        return None

    def walked(self, day: date) -> int | None:
        """How far that morning's walk has come, by a person's id; None when it is over."""
        return OfficeStore(self._connection).walked(_WALK, day)

    def walk_on(self, day: date, after: int | None) -> None:
        """Keep how far that morning's walk has come."""
        OfficeStore(self._connection).walk_on(_WALK, day, after)

    def _items(self, statement: sa.Select[Any], day: date, **asked: Any) -> tuple[Item, ...]:
        window = {"first": day - BACK, "last": day + AHEAD, "limit": AT_ONCE}
        return tuple(_item(row) for row in self._connection.execute(statement, asked | window))


def _part(item: Item, value: Any) -> dict[str, Any]:
    """What a history entry says of that date: its day, and for a step whose it is."""
    if item.kind is Dated.TASK:
        return {"due": value}
    if not value or len(value) <= item.position:
        return {}
    part = value[item.position]
    return {name: part.get(name) for name in ("due", "owner")}


def _item(row: _Row) -> Item:
    return Item(
        task=row.task,
        kind=Dated(row.kind),
        position=row.position,
        owner=row.owner,
        due=row.due,
        title=row.title,
        text=row.text,
        place=Place(bureau=row.bureau, department=row.department, team=row.team),
        told=None if row.stage is None else Stage(row.stage),
        snoozed=row.snoozed_until,
    )
