"""Reviews and the reasons given in them; the database refuses a second one of a bureau."""

from collections.abc import Collection
from dataclasses import fields, replace
from datetime import date, datetime
from typing import Any

import msgspec
import sqlalchemy as sa
from sqlalchemy.engine import Connection

from bot.domain.errors import Stale
from bot.domain.org import UnitKind
from bot.domain.periods import Period
from bot.domain.review import Answer, Figures, Kind, Review, Seen
from storage.tables.base import added, put
from storage.tables.delivery import projections
from storage.tables.org import units
from storage.tables.reviews import IS_OPEN, review_answers, review_plans, reviews

_Row = sa.Row[*tuple[Any, ...]]

_table = reviews.c
_NUMBER = sa.bindparam("number", type_=sa.BigInteger)
_BUREAU = sa.bindparam("of_bureau", type_=sa.BigInteger)
_DAY = sa.bindparam("day", type_=sa.Date)
_LIMIT = sa.bindparam("limit", type_=sa.Integer)

_SELECT = sa.select(reviews)
_GET = _SELECT.where(_table.id == _NUMBER)
_OPEN_OF = _SELECT.where(_table.bureau == _BUREAU, IS_OPEN)
_LATEST_OF = (
    _SELECT.where(_table.bureau == _BUREAU, _table.boundary < _DAY)
    .order_by(_table.boundary.desc())
    .limit(1)
)
_OPEN_OF_MANY = _SELECT.where(
    _table.bureau.in_(sa.bindparam("bureaus", expanding=True)), IS_OPEN
).order_by(_table.id)
_next_opens_at = review_plans.c.next_opens_at
_ENDS_NEXT = sa.exists().where(
    review_plans.c.bureau == _table.bureau,
    _next_opens_at <= sa.bindparam("now", type_=_next_opens_at.type),
)
"""Whether the next review of the bureau is about to open."""
_IS_RETIRED = sa.exists().where(units.c.id == _table.bureau, units.c.retired.is_(True))
_TO_LOOK = (
    _SELECT.where(IS_OPEN, _table.looked_on < _DAY, ~_ENDS_NEXT | _IS_RETIRED)
    .order_by(_table.looked_on, _table.id)
    .limit(_LIMIT)
)
_is_late = IS_OPEN & (_table.opened_on <= _DAY) & ~_ENDS_NEXT & ~_IS_RETIRED
_LATE = _SELECT.where(_is_late).order_by(_table.opened_on, _table.id).limit(_LIMIT)
_LATE_COUNT = sa.select(sa.func.count()).select_from(reviews).where(_is_late)
_ENDS = (_table.signed_by, _table.signed_at, _table.superseded_at, _table.seen)
_SAVE = (
    sa.update(reviews)
    .where(_table.id == _NUMBER, _table.version == sa.bindparam("of_version"))
    .values(
        {c: sa.bindparam(f"new_{c.name}", type_=c.type) for c in _ENDS}
        | {_table.version: _table.version + 1, _table.changes: _table.changes + 1}
    )
)
_LOOKED = (
    sa.update(reviews)
    .where(_table.id == _NUMBER)
    .values(
        looked_on=_DAY,
        asked=sa.bindparam("new_asked"),
        hq_told=sa.bindparam("new_hq_told", type_=sa.Date),
        changes=_table.changes + 1,
    )
)
_WENT_OUT = (
    sa.update(reviews)
    .where(_table.id == _NUMBER, _table.asked == 1)
    .values(opened_on=_DAY, hq_told=None)
)
_HAVE_IT = sa.select(projections.c.recipient).where(
    projections.c.kind == "review",
    projections.c.subject == _NUMBER,
    projections.c.ts.is_not(None),
)
_CHANGED = (
    sa.update(reviews)
    .where(_table.bureau == _BUREAU, IS_OPEN)
    .values(changes=_table.changes + 1)
    .returning(_table.id)
)
_ANSWERS = sa.select(review_answers).where(review_answers.c.review == _NUMBER)
_team, _above = units.alias("team"), units.alias("above")
_COORDINATING = (
    sa.select(_team.c.id)
    .join_from(_team, _above, _above.c.id == _team.c.parent)
    .where(
        _above.c.parent == _BUREAU,
        _team.c.kind == UnitKind.TEAM.value,
        _team.c.coordinating,
        _team.c.retired.is_(False),
    )
    .order_by(_team.c.position, _team.c.id)
)


class ReviewStore:
    """Reviews by their number. One that ended is kept; a bureau has one open at most."""

    def __init__(self, connection: Connection) -> None:
        self._connection = connection

    def open(
        self, *, bureau: int, period: Period, figures: Figures, day: date, now: datetime
    ) -> Review | None:
        """A new review of the bureau at the period's boundary; None when there is one already."""
        row = {
            "version": 1,
            "changes": 0,
            "bureau": bureau,
            "boundary": period.boundary,
            "starts_on": period.starts_on,
            "ends_on": period.ends_on,
            "opened_at": now,
            "opened_on": day,
            "asked": 1,
            "looked_on": day,
            "figures": figures,
        }
        statement = added(reviews, self._connection.dialect.name)
        found = self._connection.execute(statement, row).first()
        return self.get(found.id) if found else None

    def get(self, review: int) -> Review | None:
        """The review with that number."""
        return self._one(_GET, {"number": review})

    def open_of(self, bureau: int) -> Review | None:
        """The bureau's review that waits to be signed off."""
        return self._one(_OPEN_OF, {"of_bureau": bureau})

    def open_of_many(self, bureaus: Collection[int]) -> tuple[Review, ...]:
        """The same of several bureaus, the longest open first."""
        return self._list(_OPEN_OF_MANY, {"bureaus": list(bureaus)}) if bureaus else ()

    def before(self, bureau: int, boundary: date) -> Review | None:
        """The bureau's last review of an earlier boundary."""
        return self._one(_LATEST_OF, {"of_bureau": bureau, "day": boundary})

    def to_look_at(self, day: date, now: datetime, limit: int) -> tuple[Review, ...]:
        """Open reviews that were not looked at that day yet, except those that the next one is
        about to end."""
        return self._list(_TO_LOOK, {"day": day, "now": now, "limit": limit})

    def late(self, day: date, now: datetime, limit: int) -> tuple[tuple[Review, ...], int]:
        """Reviews that have been open since `day` at least, the first ones, and how many there
        are; without those that are about to end."""
        asked = {"day": day, "now": now}
        found = self._list(_LATE, asked | {"limit": limit})
        return found, self._connection.execute(_LATE_COUNT, asked).scalar_one()

    def have_it(self, review: int) -> frozenset[int]:
        """People in whose direct messages it stands."""
        found = self._connection.execute(_HAVE_IT, {"number": review}).scalars()
        return frozenset(int(recipient.rpartition(":")[2]) for recipient in found)

    def went_out(self, review: int, day: date) -> None:
        """Its first message left that day: what follows it counts from then, unless something
        has followed already."""
        self._connection.execute(_WENT_OUT, {"number": review, "day": day})

    def end(self, before: Review, after: Review) -> Review:
        """Store that a review was signed off or superseded; it has its next version then.

        Raises Stale when `before` is no longer the newest version; nothing is written then.
        """
        asked = {"number": before.id, "of_version": before.version}
        asked |= {f"new_{c.name}": getattr(after, c.name) for c in _ENDS}
        if self._connection.execute(_SAVE, asked).rowcount != 1:
            raise Stale("error-stale-review")
        return replace(after, version=before.version + 1, changes=before.changes + 1)

    def looked(self, review: int, day: date, *, asked: int, hq_told: date | None) -> None:
        """It was looked at that day, and who was asked by then; its message may show more."""
        row = {"number": review, "day": day, "new_asked": asked, "new_hq_told": hq_told}
        self._connection.execute(_LOOKED, row)

    def changed(self, bureau: int | None) -> int | None:
        """Note that the bureau's open review may show something else; its number, if there is one.

        One statement: every change of a task asks for it.
        """
        if bureau is None:
            return None
        return self._connection.execute(_CHANGED, {"of_bureau": bureau}).scalar_one_or_none()

    def answer(self, answer: Answer) -> None:
        """Keep a reason; the newest counts."""
        row = {f.name: getattr(answer, f.name) for f in fields(answer)}
        row["kind"] = answer.kind.value
        self._connection.execute(put(review_answers, self._connection.dialect.name), row)

    def answers(self, review: int) -> tuple[Answer, ...]:
        """Every reason that was given in a review."""
        rows = self._connection.execute(_ANSWERS, {"number": review})
        return tuple(Answer(**(row._asdict() | {"kind": Kind(row.kind)})) for row in rows)

    def coordinating(self, bureau: int) -> tuple[int, ...]:
        """The bureau's coordinating teams, in organisation order."""
        rows = self._connection.execute(_COORDINATING, {"of_bureau": bureau})
        return tuple(rows.scalars())

    def _one(self, statement: sa.Select[Any], asked: dict[str, Any]) -> Review | None:
        row = self._connection.execute(statement, asked).first()
        return _review(row) if row else None

    def _list(self, statement: sa.Select[Any], asked: dict[str, Any]) -> tuple[Review, ...]:
        return tuple(_review(row) for row in self._connection.execute(statement, asked))


def _review(row: _Row) -> Review:
    kept = row._asdict()
    kept["figures"] = msgspec.convert(kept["figures"], Figures)
    if kept["seen"] is not None:
        kept["seen"] = msgspec.convert(kept["seen"], Seen)
    return Review(**kept)
