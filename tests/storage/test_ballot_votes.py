"""Marks, live votes, answers and sealed votes; the database refuses a second live vote."""

from dataclasses import replace

import pytest
import sqlalchemy as sa
from sqlalchemy.exc import IntegrityError

from bot.domain.ballot import Mode
from bot.domain.counting import Mark
from storage.tables.ballots import secret_votes, votes
from tests.storage.making import NOW, ballot, office, task


@pytest.fixture
def vote(unit):
    """A ballot with two candidates, as (its id, theirs, three people)."""
    with unit() as uow:
        made = office(uow)
        tasks = [task(uow, made.member, made.arts_place, title) for title in ("일지", "대장")]
        opened = ballot(uow, made, tasks, mode=Mode.SECRET)
        candidates = [candidate.id for candidate in uow.ballots.candidates(opened.id)]
        return opened.id, candidates, [made.head.id, made.lead.id, made.member.id]


def test_marks_told_again_are_stored_once(unit, vote):
    number, (first, second), (head, lead, _) = vote
    mark = Mark(person=lead, candidate=first, variant="", at=1_782_900_000_000_000, added=True)
    others = [
        replace(mark, added=False),
        replace(mark, exact=False),
        replace(mark, variant="skin-tone-3"),
        replace(mark, at=mark.at + 1),
        replace(mark, candidate=second),
        replace(mark, person=head),
    ]
    with unit() as uow:
        assert uow.votes.mark(number, []) == 0
        assert uow.votes.mark(number, [mark]) == 1
        assert uow.votes.mark(number, [mark]) == 0
        assert uow.votes.mark(number, [mark, *others, *others]) == len(others)
        assert sorted(uow.votes.marks(number)) == sorted([mark, *others])
        assert uow.votes.marks(number, head) == [others[-1]]
        assert uow.votes.marks_on(first) == {head, lead}
        assert uow.votes.marks_on(second) == {lead}
        assert uow.votes.marks(number + 1) == []


def test_a_burst_of_marks_is_counted_whole(unit, vote):
    number, (first, second), people = vote
    marks = [
        Mark(person=person, candidate=candidate, variant="", at=at, added=bool(at % 2))
        for person in people
        for candidate in (first, second)
        for at in range(100)
    ]
    with unit() as uow:
        assert uow.votes.mark(number, marks[:300]) == 300
        assert uow.votes.mark(number, marks) == 300
        assert sorted(uow.votes.marks(number)) == sorted(marks)


def test_a_person_has_one_live_vote_that_moves(unit, vote):
    number, (first, second), (head, lead, member) = vote
    with unit() as uow:
        for person in (head, lead, member):
            uow.votes.set(number, person, first)
        uow.votes.set(number, head, second)
        uow.votes.set(number, member, None)
        uow.votes.set(number, member, None)
        assert [uow.votes.of(number, p) for p in (head, lead, member)] == [second, first, None]
        assert uow.votes.tally(number) == {first: 1, second: 1}
        assert uow.votes.voters(number) == {head, lead}
        assert uow.votes.turnout(number) == 2
        assert uow.votes.turnout(number + 1) == 0


def test_the_database_itself_refuses_a_second_live_vote(unit, vote):
    number, (first, second), (head, *_) = vote
    row = {"ballot": number, "person": head, "candidate": first}
    with unit() as uow:
        uow.connection.execute(sa.insert(votes), row)
    with pytest.raises(IntegrityError), unit() as uow:
        uow.connection.execute(sa.insert(votes), row | {"candidate": second})
    with unit() as uow:
        assert uow.votes.tally(number) == {first: 1}


def test_only_who_was_asked_can_answer_and_asking_again_keeps_the_answer(unit, vote):
    number, (first, second), (head, lead, member) = vote
    with unit() as uow:
        uow.votes.ask(number, [], NOW)
        uow.votes.ask(number, [head, lead], NOW)
        assert uow.votes.answers(number) == {}
        assert uow.votes.answer(number, head, first)
        assert uow.votes.answer(number, head, second)
        assert not uow.votes.answer(number, member, first)
        uow.votes.ask(number, [head, member], NOW)
        assert uow.votes.asked(number) == {head, lead, member}
        assert uow.votes.answers(number) == {head: second}


def test_a_sealed_vote_can_be_changed_and_all_are_forgotten_together(unit, vote):
    number, (first, second), people = vote
    with unit() as uow:
        nonce = uow.ballots.nonce(number)
        seals = [uow.seal.voter(nonce, person) for person in people]
        for voter in seals:
            uow.votes.seal(number, voter, first)
        uow.votes.seal(number, seals[0], second)
        assert uow.votes.sealed(number) == set(seals)
        assert uow.votes.sealed_turnout(number) == 3
        assert uow.votes.sealed_tally(number) == {first: 2, second: 1}
        uow.votes.forget_sealed(number)
        assert uow.votes.sealed_tally(number) == {}
        assert uow.votes.sealed(number) == set()


def test_a_sealed_vote_is_nothing_but_ballot_seal_and_candidate(unit, vote):
    assert [column.name for column in secret_votes.c] == ["ballot", "voter", "candidate"]
    referred = {key.column.table.name for key in secret_votes.foreign_keys}
    assert referred == {"ballots", "ballot_candidates"}
    number, (first, _), _ = vote
    with unit() as uow:
        if uow.connection.dialect.name == "sqlite":
            with pytest.raises(sa.exc.OperationalError, match="rowid"):
                uow.connection.exec_driver_sql("SELECT rowid FROM secret_votes")
        for voter in ("b", "c", "a"):
            uow.votes.seal(number, voter, first)
        in_key_order = sa.select(secret_votes.c.voter).order_by(secret_votes.c.voter)
        assert uow.connection.execute(in_key_order).scalars().all() == ["a", "b", "c"]
