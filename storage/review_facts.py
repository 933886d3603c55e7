"""What a review is made from: a bureau's figures, and the tasks that need its director's eye."""

from datetime import date, datetime
from typing import Any

import sqlalchemy as sa
from sqlalchemy.engine import Connection

from bot.domain.calendar import SEOUL
from bot.domain.periods import Period
from bot.domain.review import Figures, Kind
from bot.domain.task import UNDER_WAY, Status
from storage.tables.reviews import GOES_ON, HAS_NO_OWNER, HAS_STAGE, IS_HELD, IS_SUBMITTED
from storage.tables.tasks import tasks

_BUREAU = tasks.c.bureau == sa.bindparam("of_bureau", type_=sa.BigInteger)
_ON = sa.bindparam("on", type_=sa.Date)
_LIMIT = sa.bindparam("limit", type_=sa.Integer)
_MOMENT = tasks.c.done_at.type

_STANDING = tuple(s.value for s in Status if s not in (
    Status.DECLINED, Status.WITHDRAWN, Status.MERGED,
))  # fmt: skip


def _where(condition: sa.ColumnElement[bool], value: Any = 1) -> sa.ColumnElement[Any]:
    return sa.func.coalesce(sa.func.sum(sa.case((condition, value), else_=0)), 0)


_FIGURES = (
    sa.select(
        tasks.c.status,
        sa.func.count().label("tasks"),
        _where(tasks.c.due < _ON).label("past_due"),
        _where(
            (tasks.c.done_at >= sa.bindparam("from", type_=_MOMENT))
            & (tasks.c.done_at < sa.bindparam("to", type_=_MOMENT))
        ).label("done"),
        sa.func.coalesce(sa.func.sum(tasks.c.hours), 0.0).label("expected"),
        sa.func.coalesce(sa.func.sum(tasks.c.reported_hours), 0.0).label("reported"),
        sa.func.coalesce(sa.func.sum(tasks.c.verified_hours), 0.0).label("verified"),
    )
    .where(_BUREAU)
    .group_by(tasks.c.status)
)


def _listed(by: sa.Column[Any] | None, *where: sa.ColumnElement[bool]) -> sa.Select[int]:
    order = (tasks.c.id,) if by is None else (by, tasks.c.id)
    return sa.select(tasks.c.id).where(_BUREAU, *where).order_by(*order).limit(_LIMIT)


_LISTS = (
    (Kind.OVERDUE, _listed(tasks.c.due, GOES_ON, tasks.c.due < _ON)),
    (Kind.BLOCKED, _listed(tasks.c.stage_due, HAS_STAGE, tasks.c.stage_due < _ON)),
    (Kind.BLOCKED, _listed(tasks.c.hold_until, IS_HELD, tasks.c.hold_until <= _ON)),
    (
        Kind.UNDECIDED,
        _listed(
            tasks.c.waiting_since,
            IS_SUBMITTED,
            tasks.c.waiting_since < sa.bindparam("waited", type_=tasks.c.waiting_since.type),
        ),
    ),
    (Kind.OWNERLESS, _listed(None, HAS_NO_OWNER)),
)


class ReviewFactStore:
    """Questions about the tasks of one bureau."""

    def __init__(self, connection: Connection) -> None:
        self._connection = connection

    def figures(self, bureau: int, period: Period, on: date) -> Figures:
        """How the bureau looks on that day, and what it completed within the period.

        Reads all its tasks: it is asked once a review, and by nobody who waits.
        """
        begin = datetime.combine(period.starts_on, datetime.min.time(), SEOUL)
        end = datetime.combine(period.boundary, datetime.min.time(), SEOUL)
        asked = {"of_bureau": bureau, "on": on, "from": begin, "to": end}
        rows = {row.status: row for row in self._connection.execute(_FIGURES, asked)}
        done = rows.get(Status.DONE)
        return Figures(
            by_status={row.status: row.tasks for row in rows.values()},
            done=int(done.done) if done else 0,
            overdue=sum(int(rows[s].past_due) for s in UNDER_WAY if s in rows),
            expected=sum(rows[status].expected for status in _STANDING if status in rows),
            reported=done.reported if done else 0.0,
            verified=done.verified if done else 0.0,
        )

    def exceptions(
        self, bureau: int, on: date, waited: datetime, limit: int
    ) -> dict[int, tuple[Kind, ...]]:
        """Why by task, the most urgent first: at most `limit` of each kind.

        `waited` is the moment before which what is undecided has waited too long.
        """
        asked = {"of_bureau": bureau, "on": on, "waited": waited, "limit": limit}
        found: dict[int, tuple[Kind, ...]] = {}
        for kind, statement in _LISTS:
            for number in self._connection.execute(statement, asked).scalars():
                found[number] = (*found.get(number, ()), kind)
        return found
