"""The votes of ballots: marks as Slack told of them, live votes, answers, and sealed ones."""

from collections.abc import Collection, Iterable
from datetime import datetime

import sqlalchemy as sa
from sqlalchemy.engine import Connection

from bot.domain.counting import Mark
from storage.tables.ballots import (
    ballot_answers,
    ballot_candidates,
    ballot_marks,
    secret_votes,
    votes,
)
from storage.tables.base import add_new, put

_BALLOT = sa.bindparam("of_ballot", type_=sa.BigInteger)
_PERSON = sa.bindparam("of_person", type_=sa.BigInteger)
_CANDIDATE = sa.bindparam("of_candidate", type_=sa.BigInteger)

_mark = ballot_marks.c
_MARKS = sa.select(*[column for column in _mark if column.name != "ballot"]).where(
    _mark.ballot == _BALLOT
)
_MARKS_OF = _MARKS.where(_mark.person == _PERSON)
# By way of the ballot, whose marks lie together.
_MARKED = (
    sa.select(_mark.person)
    .distinct()
    .where(
        _mark.ballot
        == sa.select(ballot_candidates.c.ballot)
        .where(ballot_candidates.c.id == _CANDIDATE)
        .scalar_subquery(),
        _mark.candidate == _CANDIDATE,
    )
)

_of_ballot = votes.c.ballot == _BALLOT
_VOTE = sa.select(votes.c.candidate).where(_of_ballot, votes.c.person == _PERSON)
_TAKE_BACK = sa.delete(votes).where(_of_ballot, votes.c.person == _PERSON)
_VOTERS = sa.select(votes.c.person).where(_of_ballot)
_TURNOUT = sa.select(sa.func.count()).select_from(votes).where(_of_ballot)
_TALLY = (
    sa.select(votes.c.candidate, sa.func.count().label("votes"))
    .where(_of_ballot)
    .group_by(votes.c.candidate)
)

_asked = ballot_answers.c
_ASKED = sa.select(_asked.person).where(_asked.ballot == _BALLOT)
_ANSWERS = sa.select(_asked.person, _asked.candidate).where(
    _asked.ballot == _BALLOT, _asked.candidate.is_not(None)
)
_ANSWER = (
    sa.update(ballot_answers)
    .where(_asked.ballot == _BALLOT, _asked.person == _PERSON)
    .values(candidate=_CANDIDATE)
)

_in_secret = secret_votes.c.ballot == _BALLOT
_standing = sa.select(ballot_candidates.c.id).where(
    ballot_candidates.c.ballot == _BALLOT, ballot_candidates.c.out.is_(False)
)
_SEALED = sa.select(secret_votes.c.voter).where(_in_secret, secret_votes.c.candidate.in_(_standing))
_SEALED_TURNOUT = sa.select(sa.func.count()).select_from(secret_votes).where(_in_secret)
_SEALED_TALLY = (
    sa.select(secret_votes.c.candidate, sa.func.count().label("votes"))
    .where(_in_secret)
    .group_by(secret_votes.c.candidate)
)
_FORGET_SEALED = sa.delete(secret_votes).where(_in_secret)
_ALL_SEALED = sa.select(secret_votes)
_FORGET_ALL_SEALED = sa.delete(secret_votes)
_SEALED_AGAIN = sa.insert(secret_votes)


class VoteStore:
    """Votes by ballot; people and candidates are named by their ids."""

    def __init__(self, connection: Connection) -> None:
        self._connection = connection
        self._dialect = connection.dialect.name

    def mark(self, ballot: int, marks: Iterable[Mark]) -> int:
        """Store marks; one that is there already stays. How many were new."""
        rows = [
            {
                "ballot": ballot,
                "person": mark.person,
                "candidate": mark.candidate,
                "variant": mark.variant,
                "at": mark.at,
                "added": mark.added,
                "exact": mark.exact,
            }
            for mark in marks
        ]
        if not rows:
            return 0
        return self._connection.execute(add_new(ballot_marks, self._dialect), rows).rowcount

    def marks(self, ballot: int, person: int | None = None) -> list[Mark]:
        """The marks of a ballot, or of one person in it; in no order."""
        if person is None:
            rows = self._connection.execute(_MARKS, {"of_ballot": ballot})
        else:
            rows = self._connection.execute(_MARKS_OF, {"of_ballot": ballot, "of_person": person})
        return [Mark(**row._asdict()) for row in rows]

    def marks_on(self, candidate: int) -> frozenset[int]:
        """The people who have marks on a candidate, standing or gone."""
        rows = self._connection.execute(_MARKED, {"of_candidate": candidate})
        return frozenset(row.person for row in rows)

    def set(self, ballot: int, person: int, candidate: int | None) -> None:
        """The person's one live vote; None takes it back."""
        if candidate is None:
            self._connection.execute(_TAKE_BACK, {"of_ballot": ballot, "of_person": person})
            return
        row = {"ballot": ballot, "person": person, "candidate": candidate}
        self._connection.execute(put(votes, self._dialect), row)

    def of(self, ballot: int, person: int) -> int | None:
        """The candidate with the person's live vote."""
        asked = {"of_ballot": ballot, "of_person": person}
        row = self._connection.execute(_VOTE, asked).first()
        return row.candidate if row else None

    def tally(self, ballot: int) -> dict[int, int]:
        """How many live votes each candidate has; those without any are left out."""
        return self._tally(_TALLY, ballot)

    def voters(self, ballot: int) -> frozenset[int]:
        """The people with a live vote."""
        return self._people(_VOTERS, ballot)

    def turnout(self, ballot: int) -> int:
        """How many people have a live vote."""
        return self._count(_TURNOUT, ballot)

    def ask(self, ballot: int, people: Collection[int], at: datetime) -> None:
        """Note who is asked which candidate they meant; who was asked before stays as they are."""
        rows = [{"ballot": ballot, "person": person, "asked_at": at} for person in sorted(people)]
        if rows:
            self._connection.execute(add_new(ballot_answers, self._dialect), rows)

    def answer(self, ballot: int, person: int, candidate: int) -> bool:
        """Note what somebody said they meant; False, and nothing noted, when nobody asked them."""
        answered = {"of_ballot": ballot, "of_person": person, "of_candidate": candidate}
        return self._connection.execute(_ANSWER, answered).rowcount == 1

    def answers(self, ballot: int) -> dict[int, int]:
        """Candidate by person, of those who answered."""
        rows = self._connection.execute(_ANSWERS, {"of_ballot": ballot})
        return {row.person: row.candidate for row in rows}

    def asked(self, ballot: int) -> frozenset[int]:
        """Everyone who was asked."""
        return self._people(_ASKED, ballot)

    def seal(self, ballot: int, voter: str, candidate: int) -> None:
        """The vote under a seal (`bot.domain.sealing`), in place of an earlier one."""
        row = {"ballot": ballot, "voter": voter, "candidate": candidate}
        self._connection.execute(put(secret_votes, self._dialect), row)

    def sealed(self, ballot: int) -> frozenset[str]:
        """The seals that have a vote for a candidate still standing."""
        rows = self._connection.execute(_SEALED, {"of_ballot": ballot})
        return frozenset(row.voter for row in rows)

    def sealed_turnout(self, ballot: int) -> int:
        """How many seals have a vote."""
        return self._count(_SEALED_TURNOUT, ballot)

    def sealed_tally(self, ballot: int) -> dict[int, int]:
        """How many sealed votes each candidate has; those without any are left out."""
        return self._tally(_SEALED_TALLY, ballot)

    def forget_sealed(self, ballot: int) -> None:
        """Delete every sealed vote: only the result remains.

        SQLite overwrites what it deletes, but not the copies that stay behind in a page when rows
        move to its neighbour. So the other ballots' votes are written anew into an empty table.
        """
        self._connection.execute(_FORGET_SEALED, {"of_ballot": ballot})
        if self._dialect != "sqlite":
            return
        others = [row._asdict() for row in self._connection.execute(_ALL_SEALED)]
        self._connection.execute(_FORGET_ALL_SEALED)
        if others:
            self._connection.execute(_SEALED_AGAIN, others)

    def _people(self, statement: sa.Select[int], ballot: int) -> frozenset[int]:
        rows = self._connection.execute(statement, {"of_ballot": ballot})
        return frozenset(row.person for row in rows)

    def _count(self, statement: sa.Select[int], ballot: int) -> int:
        count: int = self._connection.execute(statement, {"of_ballot": ballot}).scalar_one()
        return count

    def _tally(self, statement: sa.Select[int, int], ballot: int) -> dict[int, int]:
        rows = self._connection.execute(statement, {"of_ballot": ballot})
        return {row.candidate: row.votes for row in rows}
