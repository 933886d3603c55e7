"""Rounds: one that is not closed, what it takes up, and what its coverage is made from."""

from dataclasses import replace
from datetime import timedelta

import pytest
import sqlalchemy as sa
from sqlalchemy.exc import IntegrityError

from bot.domain.ballot import Representative, Rule
from bot.domain.coverage import RoundFacts
from bot.domain.errors import BotError, Stale
from bot.domain.exemption import Exemption, Ground, Standing
from bot.domain.org import UnitKind
from bot.domain.round import Round, close
from bot.domain.task import Status
from storage.tables.records import rounds
from tests.storage.making import DAY, NOW, office, task

ONE = timedelta(1)


def test_a_round_runs_on_both_its_days_and_until_it_is_closed(unit):
    with unit() as uow:
        assert uow.rounds.latest() is None
        assert uow.rounds.unclosed() is None
        assert uow.rounds.last_closed() is None
        first = uow.rounds.add("2026년 제1회", DAY, DAY + 30 * ONE)
        assert first == Round(
            id=first.id, name="2026년 제1회", starts_on=DAY, ends_on=DAY + 30 * ONE
        )
        days = [-1, 0, 30, 31]
        current = [uow.rounds.current(DAY + day * ONE) for day in days]
        assert current == [None, first, first, None]
        assert uow.rounds.unclosed() == first
        closed = uow.rounds.save(first, close(first, NOW))
        assert (closed.version, closed.ends_on, closed.closed_at) == (2, DAY, NOW)
        assert uow.rounds.get(first.id) == uow.rounds.last_closed() == closed
        assert uow.rounds.current(DAY) is uow.rounds.unclosed() is None
        second = uow.rounds.add("2026년 제2회", DAY + 60 * ONE)
        assert [uow.rounds.current(DAY + day * ONE) for day in (59, 60, 900)] == [
            None,
            second,
            second,
        ]
        assert uow.rounds.latest() == uow.rounds.unclosed() == second
        assert uow.rounds.last_closed() == closed


def test_every_field_of_a_round_is_kept(unit):
    with unit() as uow:
        made = uow.rounds.add(
            "2026년 제1회",
            DAY,
            DAY + 30 * ONE,
            votes_by=DAY + 20 * ONE,
            grounds=frozenset({Ground.STATUTORY, Ground.OTHER}),
        )
        assert uow.rounds.get(made.id) == made
        saved = uow.rounds.save(made, replace(made, votes_by=None, grounds=frozenset(Ground)))
        assert uow.rounds.get(made.id) == saved
        with pytest.raises(Stale, match="error-stale-round"):
            uow.rounds.save(made, close(made, NOW))
        assert uow.rounds.unclosed() == saved


def test_a_second_unclosed_round_and_a_name_that_was_used_are_refused(unit):
    with unit() as uow:
        first = uow.rounds.add("2026년 제1회", DAY)
        with pytest.raises(BotError, match="error-round-open"):
            uow.rounds.add("2026년 제2회", DAY + 90 * ONE)
        uow.rounds.save(first, close(first, NOW))
        with pytest.raises(BotError, match="error-round-name") as refused:
            uow.rounds.add("2026년 제1회", DAY + 90 * ONE)
        assert refused.value.field == "name"
        assert uow.rounds.unclosed() is None


def test_the_database_itself_refuses_a_second_unclosed_round(unit):
    with unit() as uow:
        uow.rounds.add("2026년 제1회", DAY)
    row = {
        "name": "2026년 제2회",
        "version": 1,
        "starts_on": DAY,
        "grounds": [],
        "closed_at": None,
    }
    for closed in (False, True):
        with pytest.raises(IntegrityError), unit() as uow:
            uow.connection.execute(sa.insert(rounds), row | {"closed": closed})
    with unit() as uow:
        uow.connection.execute(sa.insert(rounds), row | {"closed": True, "closed_at": NOW})


def test_a_bureau_can_have_a_voting_day_of_its_own(unit):
    with unit() as uow:
        bureau = office(uow).bureau.id
        number = uow.rounds.add("2026년 제1회", DAY, votes_by=DAY + 9 * ONE).id
        assert uow.rounds.votes_by(number) == {}
        uow.rounds.set_votes_by(number, bureau, DAY + ONE)
        uow.rounds.set_votes_by(number, bureau, DAY + 2 * ONE)
        assert uow.rounds.votes_by(number) == {bureau: DAY + 2 * ONE}
        uow.rounds.set_votes_by(number, bureau, None)
        uow.rounds.set_votes_by(number, bureau, None)
        assert uow.rounds.votes_by(number) == {}


def test_a_round_takes_up_what_was_proposed_before_it_and_older_tasks_carry_over(unit):
    with unit() as uow:
        made = office(uow)
        old = uow.rounds.add("2026년 제1회", DAY)
        for status in (Status.IN_PROGRESS, Status.ON_HOLD, Status.DONE, Status.DECLINED):
            task(uow, made.member, made.halls_place, f"먼저 {status}", round=old.id, status=status)
        between = task(uow, made.member, made.halls_place, "사이")
        gone = task(uow, made.member, made.halls_place, "철회", status=Status.WITHDRAWN)
        uow.rounds.save(old, close(old, NOW))
        new = uow.rounds.add("2026년 제2회", DAY)
        assert uow.rounds.take_up(new.id) == 1
        assert uow.rounds.take_up(new.id) == 0
        assert uow.tasks.get(between.id) == replace(between, round=new.id)
        assert uow.tasks.get(gone.id) == gone
        assert uow.rounds.carried(new.id) == 2
        assert uow.rounds.carried(old.id) == 1


def test_the_facts_of_a_round_are_what_coverage_is_made_from(unit):
    with unit() as uow:
        made = office(uow)
        other = uow.units.add(kind=UnitKind.BUREAU, name="건설교통국").id
        this = uow.rounds.add("2026년 제1회", DAY, votes_by=DAY + 9 * ONE)
        assert uow.rounds.facts(this, DAY) == RoundFacts()
        done = task(uow, made.member, made.halls_place, round=this.id, status=Status.DONE)
        for status in (Status.DECLINED, Status.WITHDRAWN, Status.MERGED):
            books = replace(made.halls_place, team=made.books.id)
            task(uow, made.member, books, f"{status}", round=this.id, status=status)
        task(uow, made.member, made.arts_place, "부서", round=this.id)
        uow.representatives.put(
            Representative(
                round=this.id, department=made.arts.id, task=done.id, rule=Rule.LONE, at=NOW
            )
        )
        filed = uow.exemptions.add(
            Exemption(
                id=0,
                round=this.id,
                place=replace(made.halls_place, team=made.books.id),
                ground=Ground.OTHER,
                text="정기 감사",
                filed_by=made.lead.id,
                filed_at=NOW,
            )
        )
        brought = RoundFacts(
            representatives={made.arts.id: done.id}, with_task=frozenset({made.halls.id})
        )
        assert uow.rounds.facts(this, DAY + 9 * ONE) == brought
        uow.exemptions.save(filed, replace(filed, standing=Standing.GRANTED))
        uow.rounds.set_votes_by(this.id, other, DAY + 10 * ONE)
        exempt = replace(brought, exempt=frozenset({made.books.id}))
        over = [uow.rounds.facts(this, DAY + day * ONE) for day in (9, 10, 11)]
        assert over == [
            exempt,
            replace(exempt, votes_over=frozenset({made.bureau.id})),
            replace(exempt, votes_over=frozenset({made.bureau.id, other})),
        ]
        assert uow.rounds.facts(replace(this, votes_by=None), DAY + 99 * ONE).votes_over == {other}
