"""Candidates of ballots, and who may vote: both stay as they were when the ballot opened."""

from collections.abc import Collection, Sequence
from typing import Any

import sqlalchemy as sa
from sqlalchemy.engine import Connection

from bot.domain.ballot import Candidate
from bot.domain.task import Task
from storage.tables.ballots import IS_LIVE, ballot_candidates, ballot_electors, ballots

_table = ballot_candidates.c
_CHANGED = [column for column in _table if column.name != "id"]
_NUMBER = sa.bindparam("number", type_=sa.BigInteger)
_SELECT = sa.select(ballot_candidates)
_OF_BALLOT = _SELECT.where(_table.ballot == _NUMBER).order_by(_table.position)
_WITH_BALLOT = _SELECT.join(ballots, ballots.c.id == _table.ballot)
CANDIDATE = _SELECT.where(_table.id == _NUMBER)
CANDIDATE_AT = _WITH_BALLOT.where(
    _table.ts == sa.bindparam("of_ts"), ballots.c.channel == sa.bindparam("of_channel")
)
CANDIDATE_OF_TASK = (
    _WITH_BALLOT.where(_table.task == sa.bindparam("of_task"), IS_LIVE)
    .order_by(_table.id.desc())
    .limit(1)
)
_ADD = sa.insert(ballot_candidates)
_SAVE = (
    sa.update(ballot_candidates)
    .where(_table.id == _NUMBER)
    .values({c: sa.bindparam(f"new_{c.name}", type_=c.type) for c in _CHANGED})
)

_ELECTORS = sa.select(ballot_electors.c.person).where(ballot_electors.c.ballot == _NUMBER)
_IS_ELECTOR = _ELECTORS.where(ballot_electors.c.person == sa.bindparam("of_person"))
_ADD_ELECTORS = sa.insert(ballot_electors)


class CandidateStore:
    """What belongs to a ballot, by the ballot's number."""

    def __init__(self, connection: Connection) -> None:
        self._connection = connection

    def freeze(self, ballot: int, tasks: Sequence[Task], electors: Collection[int]) -> None:
        """Write down both as they are now; positions are 1, 2, …"""
        if tasks:
            rows = [_stands(ballot, *numbered) for numbered in enumerate(tasks, 1)]
            self._connection.execute(_ADD, rows)
        if electors:
            people = [{"ballot": ballot, "person": person} for person in sorted(electors)]
            self._connection.execute(_ADD_ELECTORS, people)

    def candidates(self, ballot: int) -> tuple[Candidate, ...]:
        """All its candidates by position, those who are out too."""
        rows = self._connection.execute(_OF_BALLOT, {"number": ballot})
        return tuple(candidate_of(row) for row in rows)

    def save_candidate(self, candidate: Candidate) -> None:
        """Store every field of a candidate."""
        values = {f"new_{column.name}": getattr(candidate, column.name) for column in _CHANGED}
        self._connection.execute(_SAVE, {"number": candidate.id, **values})

    def electors(self, ballot: int) -> frozenset[int]:
        """The people who may vote."""
        rows = self._connection.execute(_ELECTORS, {"number": ballot})
        return frozenset(row.person for row in rows)

    def is_elector(self, ballot: int, person: int) -> bool:
        """Whether the person may vote in it."""
        asked = {"number": ballot, "of_person": person}
        return self._connection.execute(_IS_ELECTOR, asked).first() is not None


def candidate_of(row: sa.Row[*tuple[Any, ...]]) -> Candidate:
    """The candidate of a row."""
    return Candidate(**row._asdict())


def _stands(ballot: int, position: int, task: Task) -> dict[str, Any]:
    return {
        "ballot": ballot,
        "position": position,
        "task": task.id,
        "title": task.content.title,
        "hours": task.content.effect.hours,
        "type": task.content.type.value,
        "problem": task.content.problem,
        "proposal": task.content.proposal,
        "submitted_at": task.created_at,
        "seeded": False,
        "out": False,
    }
