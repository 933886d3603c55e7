"""Rounds: the campaigns of the programme."""

from collections.abc import Collection
from dataclasses import replace
from datetime import date
from typing import Any

import sqlalchemy as sa
from sqlalchemy.engine import Connection

from bot.domain.coverage import RoundFacts
from bot.domain.errors import BotError, Stale
from bot.domain.exemption import Ground
from bot.domain.org import UnitKind
from bot.domain.round import Round
from bot.domain.task import Status
from storage.exemptions import ExemptionStore
from storage.representatives import RepresentativeStore
from storage.tables.base import added, put
from storage.tables.org import units
from storage.tables.records import round_bureaus, rounds
from storage.tables.tasks import UNFINISHED, tasks

_Row = sa.Row[*tuple[Any, ...]]

_FALLEN = (Status.DECLINED, Status.WITHDRAWN, Status.MERGED)
"""What no longer stands and so brings nothing to a round."""

_COLUMNS = [column for column in rounds.c if column.name != "closed"]
_CHANGED = [column for column in rounds.c if column.name != "id"]
_NUMBER = sa.bindparam("number", type_=sa.BigInteger)
_ON = sa.bindparam("on", type_=sa.Date)
_SELECT = sa.select(*_COLUMNS)
_GET = _SELECT.where(rounds.c.id == _NUMBER)
_UNCLOSED = _SELECT.where(rounds.c.closed_at.is_(None))
_CURRENT = _UNCLOSED.where(
    rounds.c.starts_on <= _ON, rounds.c.ends_on.is_(None) | (rounds.c.ends_on >= _ON)
)
_LATEST = _SELECT.order_by(rounds.c.starts_on.desc(), rounds.c.id.desc()).limit(1)
_LAST_CLOSED = (
    _SELECT.where(rounds.c.closed_at.is_not(None))
    .order_by(rounds.c.closed_at.desc(), rounds.c.id.desc())
    .limit(1)
)
_SAVE = (
    sa.update(rounds)
    .where(rounds.c.id == _NUMBER, rounds.c.version == sa.bindparam("seen"))
    .values({c: sa.bindparam(f"new_{c.name}", type_=c.type) for c in _CHANGED})
)

_VOTES_BY = sa.select(round_bureaus.c.bureau, round_bureaus.c.votes_by).where(
    round_bureaus.c.round == _NUMBER
)
_NO_VOTES_BY = sa.delete(round_bureaus).where(
    round_bureaus.c.round == _NUMBER, round_bureaus.c.bureau == sa.bindparam("of_bureau")
)
_VOTES_OVER = (
    sa.select(units.c.id)
    .outerjoin(
        round_bureaus,
        (round_bureaus.c.bureau == units.c.id) & (round_bureaus.c.round == _NUMBER),
    )
    .where(
        units.c.kind == UnitKind.BUREAU.value,
        sa.func.coalesce(
            round_bureaus.c.votes_by, sa.bindparam("usually", type_=sa.Date), type_=sa.Date
        )
        < _ON,
    )
)


def _in(statuses: Collection[Status]) -> sa.ColumnElement[bool]:
    return tasks.c.status.in_([status.value for status in Status if status in statuses])


_TAKE_UP = sa.update(tasks).where(tasks.c.round.is_(None), UNFINISHED).values(round=_NUMBER)
# Two ranges of an index, where "another one" would be none.
_EARLIER, _LATER = (
    sa.select(sa.func.count()).where(UNFINISHED, of).scalar_subquery()
    for of in (tasks.c.round < _NUMBER, tasks.c.round > _NUMBER)
)
_CARRIED = sa.select(_EARLIER + _LATER)
# Team by team, since a round may have far more tasks than there are teams.
_WITH_TASK = sa.select(units.c.id).where(
    units.c.kind == UnitKind.TEAM.value,
    sa.exists().where(tasks.c.team == units.c.id, tasks.c.round == _NUMBER, ~_in(_FALLEN)),
)


class RoundStore:
    """At most one round is not closed: the current one, or the planned one that follows."""

    def __init__(self, connection: Connection) -> None:
        self._connection = connection

    def current(self, on: date) -> Round | None:
        """The round that runs on that day, both its days counted; None between rounds."""
        return self._one(_CURRENT, {"on": on})

    def unclosed(self) -> Round | None:
        """The round that is current, planned, or over and waiting to be closed."""
        return self._one(_UNCLOSED, {})

    def latest(self) -> Round | None:
        """The round that begins last, even when it has ended or not begun."""
        return self._one(_LATEST, {})

    def last_closed(self) -> Round | None:
        """The round that was closed last."""
        return self._one(_LAST_CLOSED, {})

    def get(self, id: int) -> Round | None:
        """The round with that id."""
        return self._one(_GET, {"number": id})

    def add(
        self,
        name: str,
        starts_on: date,
        ends_on: date | None = None,
        *,
        votes_by: date | None = None,
        grounds: frozenset[Ground] = frozenset(Ground),
    ) -> Round:
        """A new round; BotError while another is not closed, or when one has had that name."""
        opened = Round(
            id=0,
            name=name,
            starts_on=starts_on,
            ends_on=ends_on,
            votes_by=votes_by,
            grounds=grounds,
        )
        statement = added(rounds, self._connection.dialect.name)
        row = self._connection.execute(statement, _columns(opened)).first()
        if row is not None:
            return replace(opened, id=row.id)
        if self.unclosed() is not None:
            raise BotError("error-round-open")
        raise BotError("error-round-name", field="name")

    def save(self, before: Round, after: Round) -> Round:
        """Store a changed round and return it with its next version.

        Raises Stale when `before` is no longer the newest version; nothing is written then.
        """
        saved = replace(after, version=before.version + 1)
        values = {f"new_{name}": value for name, value in _columns(saved).items()}
        asked = {"number": before.id, "seen": before.version, **values}
        if self._connection.execute(_SAVE, asked).rowcount != 1:
            raise Stale("error-stale-round")
        return saved

    def votes_by(self, round: int) -> dict[int, date]:
        """The day ballots close, of the bureaus that have a day of their own."""
        rows = self._connection.execute(_VOTES_BY, {"number": round})
        return {row.bureau: row.votes_by for row in rows}

    def set_votes_by(self, round: int, bureau: int, day: date | None) -> None:
        """Give a bureau a day of its own; None: the round's day is also the bureau's."""
        if day is None:
            self._connection.execute(_NO_VOTES_BY, {"number": round, "of_bureau": bureau})
            return
        row = {"round": round, "bureau": bureau, "votes_by": day}
        self._connection.execute(put(round_bureaus, self._connection.dialect.name), row)

    def take_up(self, round: int) -> int:
        """Count the tasks that were proposed between rounds for this one; how many they are."""
        return self._connection.execute(_TAKE_UP, {"number": round}).rowcount

    def carried(self, round: int) -> int:
        """How many tasks of other rounds are still open."""
        count: int = self._connection.execute(_CARRIED, {"number": round}).scalar_one()
        return count

    def facts(self, round: Round, today: date) -> RoundFacts:
        """What the coverage on that day is made from."""
        asked = {"number": round.id}
        over = {**asked, "usually": round.votes_by, "on": today}
        return RoundFacts(
            representatives=RepresentativeStore(self._connection).of_round(round.id),
            with_task=frozenset(r.id for r in self._connection.execute(_WITH_TASK, asked)),
            exempt=ExemptionStore(self._connection).granted_teams(round.id),
            votes_over=frozenset(r.id for r in self._connection.execute(_VOTES_OVER, over)),
        )

    def _one(self, statement: sa.Select[Any], asked: dict[str, Any]) -> Round | None:
        row = self._connection.execute(statement, asked).first()
        return _round(row) if row else None


def _columns(round: Round) -> dict[str, Any]:
    """The round's columns, all but its id."""
    fields = {c.name: getattr(round, c.name) for c in _CHANGED if c.name != "closed"}
    return fields | {"grounds": sorted(round.grounds), "closed": round.closed_at is not None}


def _round(row: _Row) -> Round:
    return Round(**(row._asdict() | {"grounds": frozenset(map(Ground, row.grounds))}))
