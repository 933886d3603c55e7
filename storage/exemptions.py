"""Exemptions of teams from a round, as they stand."""

from collections.abc import Collection
from dataclasses import replace
from datetime import date, datetime
from typing import Any

import sqlalchemy as sa
from sqlalchemy.engine import Connection

from bot.domain.errors import BotError, Stale
from bot.domain.exemption import Exemption, Ground, Standing
from bot.domain.org import Place
from storage.tables.ballots import IS_OPEN, exemptions
from storage.tables.base import added

_Row = sa.Row[*tuple[Any, ...]]

_table = exemptions.c
_CHANGED = [column for column in _table if column.name != "id"]
_NUMBER = sa.bindparam("number", type_=sa.BigInteger)
_LIMIT = sa.bindparam("limit", type_=sa.Integer)
_IN_ROUND = _table.round == sa.bindparam("of_round")
_FILED = _table.standing == Standing.FILED.value

_SELECT = sa.select(exemptions)
_GET = _SELECT.where(_table.id == _NUMBER)
# An open one comes last, after the others by age: the last one of a team is the one that counts.
_OF_TEAMS = _SELECT.where(
    _IN_ROUND, _table.team.in_(sa.bindparam("teams", expanding=True))
).order_by(IS_OPEN, _table.id)
_FILED_IN = (
    _SELECT.where(_FILED, _table.bureau == sa.bindparam("of_bureau"))
    .order_by(_table.filed_at, _table.id)
    .limit(_LIMIT)
)
_FILED_BEFORE = (
    _SELECT.where(_FILED, _table.filed_at < sa.bindparam("moment", type_=_table.filed_at.type))
    .order_by(_table.filed_at, _table.id)
    .limit(_LIMIT)
)
_GRANTED = sa.select(_table.team).where(
    IS_OPEN, _IN_ROUND, _table.standing == Standing.GRANTED.value
)
_OPEN_IN = _SELECT.where(IS_OPEN, _IN_ROUND).order_by(_table.id)
_RUN_OUT = (
    _SELECT.where(IS_OPEN, _table.until < sa.bindparam("day", type_=sa.Date))
    .order_by(_table.until, _table.id)
    .limit(_LIMIT)
)
_SAVE = (
    sa.update(exemptions)
    .where(_table.id == _NUMBER, _table.version == sa.bindparam("seen"))
    .values({c: sa.bindparam(f"new_{c.name}", type_=c.type) for c in _CHANGED})
)


class ExemptionStore:
    """Exemptions by their number; a team has one that is filed or granted at most a round."""

    def __init__(self, connection: Connection) -> None:
        self._connection = connection

    def add(self, exemption: Exemption) -> Exemption:
        """Store what was filed under the next number, whatever its `id` says, and return it so.

        Raises BotError when the team has one that is filed or granted.
        """
        statement = added(exemptions, self._connection.dialect.name)
        row = self._connection.execute(statement, _columns(exemption)).first()
        if row is None:
            raise BotError("error-exemption-exists")
        return replace(exemption, id=row.id)

    def get(self, id: int) -> Exemption | None:
        """The exemption with that number."""
        row = self._connection.execute(_GET, {"number": id}).first()
        return _exemption(row) if row else None

    def save(self, before: Exemption, after: Exemption) -> Exemption:
        """Store a changed exemption and return it with its next version.

        Raises Stale when `before` is no longer the newest version; nothing is written then.
        """
        saved = replace(after, version=before.version + 1)
        values = {f"new_{name}": value for name, value in _columns(saved).items()}
        asked = {"number": before.id, "seen": before.version, **values}
        if self._connection.execute(_SAVE, asked).rowcount != 1:
            raise Stale("error-stale-exemption")
        return saved

    def of_team(self, round: int, team: int) -> Exemption | None:
        """The team's exemption that is filed or granted, else its newest."""
        return self.of_teams(round, [team]).get(team)

    def of_teams(self, round: int, teams: Collection[int]) -> dict[int, Exemption]:
        """The same of several teams; those that never filed one are left out."""
        if not teams:
            return {}
        asked = {"of_round": round, "teams": list(set(teams))}
        return {row.team: _exemption(row) for row in self._connection.execute(_OF_TEAMS, asked)}

    def filed(self, bureau: int, limit: int) -> tuple[Exemption, ...]:
        """What a bureau's director has to decide, oldest first."""
        return self._list(_FILED_IN, {"of_bureau": bureau, "limit": limit})

    def filed_before(self, moment: datetime, limit: int) -> tuple[Exemption, ...]:
        """What has been waiting for a decision since before a moment, oldest first."""
        return self._list(_FILED_BEFORE, {"moment": moment, "limit": limit})

    def granted_teams(self, round: int) -> frozenset[int]:
        """The teams that are exempt."""
        rows = self._connection.execute(_GRANTED, {"of_round": round})
        return frozenset(row.team for row in rows)

    def open_of_round(self, round: int) -> tuple[Exemption, ...]:
        """What is filed or granted in a round."""
        return self._list(_OPEN_IN, {"of_round": round})

    def run_out(self, day: date, limit: int) -> tuple[Exemption, ...]:
        """What is filed or granted although its own last day came before `day`."""
        return self._list(_RUN_OUT, {"day": day, "limit": limit})

    def _list(self, statement: sa.Select[Any], asked: dict[str, Any]) -> tuple[Exemption, ...]:
        return tuple(_exemption(row) for row in self._connection.execute(statement, asked))


def _columns(exemption: Exemption) -> dict[str, Any]:
    """The exemption's columns, all but its number; enumerations are text already."""
    place = exemption.place
    places = {"bureau": place.bureau, "department": place.department, "team": place.team}
    return {c.name: getattr(exemption, c.name) for c in _CHANGED if c.name not in places} | places


def _exemption(row: _Row) -> Exemption:
    fields = row._asdict()
    levels = ("bureau", "department", "team")
    fields["place"] = Place(**{level: fields.pop(level) for level in levels})
    fields["ground"] = Ground(row.ground)
    fields["standing"] = Standing(row.standing)
    return Exemption(**fields)
