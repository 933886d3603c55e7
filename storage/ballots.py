"""Ballots as they stand; what belongs to them is in `candidates` and `ballot_votes`."""

import secrets
from collections.abc import Collection, Sequence
from dataclasses import replace
from datetime import datetime
from typing import Any

import sqlalchemy as sa

from bot.domain.ballot import VOTING, Ballot, Candidate, Mode, Rule, State
from bot.domain.errors import BotError, Stale
from bot.domain.org import Person, Place, Role
from bot.domain.task import Task
from storage.candidates import (
    CANDIDATE,
    CANDIDATE_AT,
    CANDIDATE_OF_TASK,
    CandidateStore,
    candidate_of,
)
from storage.tables.ballots import IS_LIVE, among, ballot_candidates, ballots
from storage.tables.base import added

_Row = sa.Row[*tuple[Any, ...]]

_NONCE_BYTES = 32
_table, _candidate = ballots.c, ballot_candidates.c
_COLUMNS = [column for column in _table if column.name not in ("nonce", "seal_check")]
_CHANGED = [column for column in _COLUMNS if column.name != "id"]
_NUMBER = sa.bindparam("number", type_=sa.BigInteger)
_LIMIT = sa.bindparam("limit", type_=sa.Integer)
_NOW = sa.bindparam("now", type_=_table.opened_at.type)
_OF_DEPARTMENT = (
    _table.round == sa.bindparam("of_round"),
    _table.department == sa.bindparam("of_department"),
)

_SELECT = sa.select(*_COLUMNS)
_GET = _SELECT.where(_table.id == _NUMBER)
_LIVE_OF = _SELECT.where(*_OF_DEPARTMENT, IS_LIVE)
_LATEST_OF = _SELECT.where(*_OF_DEPARTMENT).order_by(_table.id.desc()).limit(1)
_AT = _SELECT.where(
    _table.ts == sa.bindparam("of_ts"), _table.channel == sa.bindparam("of_channel")
)
_LIVE = _SELECT.where(IS_LIVE).order_by(_table.id)
_VOTING = _LIVE.where(among(_table.state, VOTING))
_LIVE_IN = _LIVE.where(_table.round == sa.bindparam("of_round"))
_IN_CHANNEL = _LIVE.where(_table.channel == sa.bindparam("of_channel"))
_CLOSING = (
    _SELECT.where(IS_LIVE, among(_table.state, VOTING), _table.closes_at <= _NOW)
    .order_by(_table.closes_at, _table.id)
    .limit(_LIMIT)
)
_WAITING = (State.COUNTING, State.ASKING, State.TIED)
_OVERDUE = (
    _SELECT.where(IS_LIVE, among(_table.state, _WAITING), _table.until <= _NOW)
    .order_by(_table.until, _table.id)
    .limit(_LIMIT)
)
_TO_RECOUNT = (
    _SELECT.where(IS_LIVE, among(_table.state, VOTING), _table.recount_at <= _NOW)
    .order_by(_table.recount_at, _table.id)
    .limit(_LIMIT)
)
_TO_REMIND = _VOTING.where(_table.reminded_at.is_(None))
_COUNT_LIVE = (
    sa.select(sa.func.count())
    .select_from(ballots)
    .where(IS_LIVE, _table.round == sa.bindparam("of_round"))
)
_standing = (
    sa.select(sa.func.count())
    .where(_candidate.ballot == _table.id, _candidate.out.is_(False))
    .scalar_subquery()
)
_WAITING_FOR = _LIVE.where(
    _table.department.in_(sa.bindparam("departments", expanding=True))
    | _table.bureau.in_(sa.bindparam("bureaus", expanding=True)),
    (_table.state == State.TIED.value) | (_table.state == State.OPEN.value) & (_standing == 1),
)
_SAVE = (
    sa.update(ballots)
    .where(_table.id == _NUMBER, _table.version == sa.bindparam("seen"))
    .values({c: sa.bindparam(f"new_{c.name}", type_=c.type) for c in _CHANGED})
)
_NONCE = sa.select(_table.nonce).where(_table.id == _NUMBER)
_KEEP_CHECK = (
    sa.update(ballots).where(_table.id == _NUMBER).values(seal_check=sa.bindparam("check"))
)
_CHECK = sa.select(_table.seal_check).where(_table.id == _NUMBER)
_DESTROY_NONCE = sa.update(ballots).where(_table.id == _NUMBER).values(nonce=None)


class BallotStore(CandidateStore):
    """Ballots by their number. One that ended is kept; a department has one live at most."""

    def open(
        self,
        *,
        round: int,
        place: Place,
        channel: str,
        mode: Mode,
        opened_by: int,
        opened_at: datetime,
        closes_at: datetime,
        recount_at: datetime | None = None,
        candidates: Sequence[Task],
        electors: Collection[int],
    ) -> Ballot:
        """A new ballot of the place's department, with its candidates and electors.

        Raises BotError when the department has a live one.
        """
        secret = mode is Mode.SECRET
        row: dict[str, Any] = {
            "version": 1,
            "round": round,
            "bureau": place.bureau,
            "department": place.department,
            "channel": channel,
            "mode": mode.value,
            "state": State.POSTING.value,
            "opened_by": opened_by,
            "opened_at": opened_at,
            "closes_at": closes_at,
            "recount_at": recount_at,
            "electors": len(electors),
            "turnout": 0,
            "remark": "",
            "nonce": secrets.token_bytes(_NONCE_BYTES) if secret else None,
        }
        opened = self._connection.execute(
            added(ballots, self._connection.dialect.name), row
        ).first()
        if opened is None:
            raise BotError("error-ballot-open")
        self.freeze(opened.id, candidates, electors)
        return _ballot(self._connection.execute(_GET, {"number": opened.id}).one())

    def get(self, id: int) -> Ballot | None:
        """The ballot with that number."""
        return self._one(_GET, {"number": id})

    def live_of(self, round: int, department: int) -> Ballot | None:
        """The department's ballot that has not ended."""
        return self._one(_LIVE_OF, {"of_round": round, "of_department": department})

    def latest_of(self, round: int, department: int) -> Ballot | None:
        """The department's newest ballot, ended or not."""
        return self._one(_LATEST_OF, {"of_round": round, "of_department": department})

    def ballot_at(self, channel: str, ts: str) -> Ballot | None:
        """The ballot whose own message that is."""
        return self._one(_AT, {"of_channel": channel, "of_ts": ts})

    def save(self, before: Ballot, after: Ballot) -> Ballot:
        """Store a changed ballot and return it with its next version.

        Raises Stale when `before` is no longer the newest version; nothing is written then.
        """
        saved = replace(after, version=before.version + 1)
        values = {f"new_{column.name}": getattr(saved, column.name) for column in _CHANGED}
        asked = {"number": before.id, "seen": before.version, **values}
        if self._connection.execute(_SAVE, asked).rowcount != 1:
            raise Stale("error-stale-ballot")
        return saved

    def closing(self, now: datetime, limit: int) -> tuple[Ballot, ...]:
        """Ballots whose time to vote is over and that are not closed yet, longest over first."""
        return self._list(_CLOSING, {"now": now, "limit": limit})

    def overdue(self, now: datetime, limit: int) -> tuple[Ballot, ...]:
        """Ballots that waited for an answer long enough, longest over first."""
        return self._list(_OVERDUE, {"now": now, "limit": limit})

    def to_recount(self, now: datetime, limit: int) -> tuple[Ballot, ...]:
        """Ballots of which Slack is to be asked meanwhile."""
        return self._list(_TO_RECOUNT, {"now": now, "limit": limit})

    def to_remind(self) -> tuple[Ballot, ...]:
        """Ballots in which votes are taken and nobody was reminded yet."""
        return self._list(_TO_REMIND, {})

    def live(self, round: int) -> tuple[Ballot, ...]:
        """The ballots of a round that have not ended."""
        return self._list(_LIVE_IN, {"of_round": round})

    def in_channel(self, channel: str) -> tuple[Ballot, ...]:
        """The live ballots of a channel."""
        return self._list(_IN_CHANNEL, {"of_channel": channel})

    def count_live(self, round: int) -> int:
        """How many ballots of a round have not ended."""
        count: int = self._connection.execute(_COUNT_LIVE, {"of_round": round}).scalar_one()
        return count

    def waiting_for(self, person: Person) -> tuple[Ballot, ...]:
        """Ballots the person, as head or director, has to settle: tied ones, and open ones that
        only one candidate is left in."""
        held = {
            role: {post.place for post in person.posts if post.role is role}
            for role in (Role.HEAD, Role.DIRECTOR)
        }
        departments = [place.department for place in held[Role.HEAD] if place.department]
        bureaus = [place.bureau for place in held[Role.DIRECTOR] if place.bureau]
        if not departments and not bureaus:
            return ()
        return self._list(_WAITING_FOR, {"departments": departments, "bureaus": bureaus})

    def candidate(self, id: int) -> tuple[Ballot, Candidate] | None:
        """The candidate with that number, and its ballot."""
        return self._with_ballot(CANDIDATE, {"number": id})

    def candidate_at(self, channel: str, ts: str) -> tuple[Ballot, Candidate] | None:
        """The candidate whose message that is, of whatever ballot."""
        return self._with_ballot(CANDIDATE_AT, {"of_channel": channel, "of_ts": ts})

    def of_task(self, task: int) -> tuple[Ballot, Candidate] | None:
        """The live ballot in which the task is a candidate."""
        return self._with_ballot(CANDIDATE_OF_TASK, {"of_task": task})

    def nonce(self, ballot: int) -> bytes | None:
        """What the seals of a secret ballot are made with; None once it is destroyed."""
        nonce = self._connection.execute(_NONCE, {"number": ballot}).scalar_one_or_none()
        return None if nonce is None else bytes(nonce)

    def keep_check(self, ballot: int, check: str) -> None:
        """Keep what tells later whether the secret is still the one it began with."""
        self._connection.execute(_KEEP_CHECK, {"number": ballot, "check": check})

    def check(self, ballot: int) -> str | None:
        """What was kept so."""
        found: str | None = self._connection.execute(_CHECK, {"number": ballot}).scalar_one()
        return found

    def destroy_nonce(self, ballot: int) -> None:
        """From now on nobody can tell whose seal is whose."""
        self._connection.execute(_DESTROY_NONCE, {"number": ballot})

    def _with_ballot(
        self, statement: sa.Select[Any], asked: dict[str, Any]
    ) -> tuple[Ballot, Candidate] | None:
        row = self._connection.execute(statement, asked).first()
        ballot = self.get(row.ballot) if row else None
        return (ballot, candidate_of(row)) if row and ballot else None

    def _one(self, statement: sa.Select[Any], asked: dict[str, Any]) -> Ballot | None:
        row = self._connection.execute(statement, asked).first()
        return _ballot(row) if row else None

    def _list(self, statement: sa.Select[Any], asked: dict[str, Any]) -> tuple[Ballot, ...]:
        return tuple(_ballot(row) for row in self._connection.execute(statement, asked))


def _ballot(row: _Row) -> Ballot:
    fields = row._asdict()
    fields["mode"] = Mode(row.mode)
    fields["state"] = State(row.state)
    fields["rule"] = Rule(row.rule) if row.rule else None
    return Ballot(**fields)
