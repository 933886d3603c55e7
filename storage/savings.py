"""What is asked about completed tasks: planned, due, asked of somebody, answered."""

from collections.abc import Collection, Iterable, Mapping
from datetime import date, datetime
from typing import Any

import sqlalchemy as sa
from sqlalchemy.engine import Connection

from bot.domain.checks import Answer, Asked, Check, Due
from bot.domain.org import Place
from bot.domain.task import Saving, Status
from storage.office import OfficeStore
from storage.tables.base import put
from storage.tables.savings import IS_AHEAD, WAITS, checks
from storage.tables.tasks import tasks

_Row = sa.Row[*tuple[Any, ...]]

_WALK = "asked"

_TASK = checks.c.task == sa.bindparam("of_task", type_=sa.BigInteger)
_KIND = checks.c.kind == sa.bindparam("of_kind", type_=sa.Text)
_OF_ONE = checks.c.person == sa.bindparam("of_person", type_=sa.BigInteger)
_LIMIT = sa.bindparam("limit", type_=sa.Integer)
_IS_DONE = tasks.c.status == sa.literal_column(f"'{Status.DONE}'", sa.Text)
# As a case, for which no index looks useful: few questions are asked of many tasks that are done.
_IS_STILL_DONE = sa.case((_IS_DONE, sa.true()), else_=sa.false())
_JOINED = checks.join(tasks, tasks.c.id == checks.c.task)

_FORGET = sa.delete(checks).where(_TASK)
_OF_TASK = sa.select(checks).where(_TASK)
_DUE = (
    sa.select(
        checks.c.task, checks.c.kind, tasks.c.owner,
        tasks.c.bureau, tasks.c.department, tasks.c.team,
    )
    .select_from(_JOINED)
    .where(IS_AHEAD, checks.c.due_on <= sa.bindparam("on", type_=sa.Date))
    .order_by(checks.c.due_on, checks.c.task)
    .limit(_LIMIT)
)  # fmt: skip
_ASK = (
    sa.update(checks)
    .where(_TASK, _KIND)
    .values(
        asked_on=sa.bindparam("new_asked_on", type_=sa.Date),
        person=sa.bindparam("new_person", type_=sa.BigInteger),
    )
)
_ASK_ANEW = sa.update(checks).where(_TASK, _KIND, WAITS, _OF_ONE).values(asked_on=None, person=None)
_MOVE = (
    sa.update(checks).where(_TASK, _KIND).values(due_on=sa.bindparam("new_due_on", type_=sa.Date))
)
_ANSWER = (
    sa.update(checks)
    .where(_TASK, _KIND)
    .values(
        answered_at=sa.bindparam("at", type_=checks.c.answered_at.type),
        answer=sa.bindparam("new_answer", type_=sa.Text),
        by=sa.bindparam("new_by", type_=sa.BigInteger),
    )
)


_PEOPLE = (
    sa.select(checks.c.person)
    .where(WAITS, checks.c.person > sa.bindparam("after", type_=sa.BigInteger))
    .distinct()
    .order_by(checks.c.person)
    .limit(_LIMIT)
)


def _waiting(*where: sa.ColumnElement[bool]) -> sa.Select[Any]:
    return (
        sa.select(
            checks.c.task,
            checks.c.kind,
            checks.c.due_on,
            checks.c.person,
            tasks.c.version,
            tasks.c.owner,
            tasks.c.bureau,
            tasks.c.department,
            tasks.c.team,
            tasks.c.title,
            tasks.c.done_at,
            tasks.c.hours,
            tasks.c.budget,
            tasks.c.reported_hours,
            tasks.c.reported_budget,
        )
        .select_from(_JOINED)
        .where(WAITS, _IS_STILL_DONE, *where)
        .order_by(checks.c.due_on.desc(), checks.c.task, checks.c.kind)
    )


_OF_PERSON = _waiting(_OF_ONE).limit(_LIMIT)
_OF_PEOPLE = _waiting(checks.c.person.in_(sa.bindparam("people", expanding=True)))
_OF_UNITS = _waiting(checks.c.unit.in_(sa.bindparam("units", expanding=True))).limit(_LIMIT)


class SavingStore:
    """Checks by task and kind; a task has one of each kind at most."""

    def __init__(self, connection: Connection) -> None:
        self._connection = connection

    def plan(self, task: int, place: Place, days: Mapping[Check, date]) -> None:
        """Ask these from their days on; what was asked of an earlier completion is over."""
        rows = [
            {
                "task": task,
                "kind": kind.value,
                "unit": place.unit,
                "due_on": day,
                "asked_on": None,
                "person": None,
                "answered_at": None,
                "answer": None,
                "by": None,
            }
            for kind, day in days.items()
        ]
        if rows:
            self._connection.execute(put(checks, self._connection.dialect.name), rows)

    def forget(self, task: int) -> frozenset[int]:
        """Ask nothing of the task any more; who had been asked and had not answered."""
        asked = self._connection.execute(_OF_TASK, {"of_task": task}).all()
        self._connection.execute(_FORGET, {"of_task": task})
        return frozenset(r.person for r in asked if r.person and r.answered_at is None)

    def open_of(self, task: int) -> dict[Check, int | None]:
        """The checks of a task that are not answered, and who was asked; None: nobody yet."""
        rows = self._connection.execute(_OF_TASK, {"of_task": task})
        return {Check(row.kind): row.person for row in rows if row.answered_at is None}

    def due(self, on: date, limit: int) -> tuple[Due, ...]:
        """What is to be asked by that day, the longest due first."""
        rows = self._connection.execute(_DUE, {"on": on, "limit": limit})
        return tuple(
            Due(task=row.task, check=Check(row.kind), owner=row.owner, place=_place(row))
            for row in rows
        )

    def ask(self, found: Iterable[Due], person: int, on: date) -> None:
        """Keep that the person is asked these on that day."""
        self._each(_ASK, found, new_asked_on=on, new_person=person)

    def move(self, found: Iterable[Due], day: date) -> None:
        """Ask these on a later day."""
        self._each(_MOVE, found, new_due_on=day)

    def answer(
        self, task: int, kinds: Collection[Check], answer: Answer, by: int, at: datetime
    ) -> None:
        """Keep the answer to these checks of the task."""
        said = {"of_task": task, "new_answer": answer.value, "new_by": by, "at": at}
        rows = [{**said, "of_kind": kind.value} for kind in kinds]
        if rows:
            self._connection.execute(_ANSWER, rows)

    def waiting_for(self, person: int, limit: int) -> tuple[Asked, ...]:
        """What the person was asked and nobody answered, the newest first."""
        return self._asked(_OF_PERSON, of_person=person, limit=limit)

    def waiting_of(self, people: Collection[int]) -> tuple[Asked, ...]:
        """All that any of these people was asked and nobody answered."""
        return self._asked(_OF_PEOPLE, people=list(people)) if people else ()

    def waiting_in(self, units: Collection[int], limit: int) -> tuple[Asked, ...]:
        """What was asked of anybody about the tasks that lie at these very units."""
        return self._asked(_OF_UNITS, units=list(units), limit=limit) if units else ()

    def ask_anew(self, found: Iterable[Asked]) -> None:
        """What these people did not answer is to be asked of somebody else, unless it was since."""
        rows = [
            {"of_task": one.task, "of_kind": one.check.value, "of_person": one.person}
            for one in found
        ]
        if rows:
            self._connection.execute(_ASK_ANEW, rows)

    def asked_people(self, after: int, limit: int) -> tuple[int, ...]:
        """The next people, by id, who were asked what nobody has answered."""
        asked = {"after": after, "limit": limit}
        return tuple(self._connection.execute(_PEOPLE, asked).scalars())

    def walked(self, day: date) -> int | None:
        """How far that day's walk over them has come; None when it is over."""
        return OfficeStore(self._connection).walked(_WALK, day)

    def walk_on(self, day: date, after: int | None) -> None:
        """Keep how far it has come."""
        OfficeStore(self._connection).walk_on(_WALK, day, after)

    def _each(self, statement: sa.Update, found: Iterable[Due], **values: Any) -> None:
        rows = [{"of_task": d.task, "of_kind": d.check.value, **values} for d in found]
        if rows:
            self._connection.execute(statement, rows)

    def _asked(self, statement: sa.Select[Any], **asked: Any) -> tuple[Asked, ...]:
        return tuple(
            Asked(
                task=row.task,
                version=row.version,
                check=Check(row.kind),
                due_on=row.due_on,
                person=row.person,
                owner=row.owner,
                place=_place(row),
                title=row.title,
                done_at=row.done_at,
                expected=Saving(hours=row.hours, budget=row.budget),
                reported=Saving(hours=row.reported_hours, budget=row.reported_budget),
            )
            for row in self._connection.execute(statement, asked)
        )


def _place(row: _Row) -> Place:
    return Place(bureau=row.bureau, department=row.department, team=row.team)
