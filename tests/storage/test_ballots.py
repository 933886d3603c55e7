"""Ballots, their candidates and electors; the database refuses a second live one."""

from dataclasses import replace
from datetime import timedelta

import pytest
import sqlalchemy as sa
from sqlalchemy.exc import IntegrityError

from bot.domain.ballot import LIVE, Ballot, Candidate, Mode, Rule, State
from bot.domain.errors import BotError, Stale
from bot.domain.org import Place
from bot.domain.task import Status
from storage.tables.ballots import ballots
from tests.storage.making import DAY, NOW, ballot, office, round_, task

HOUR = timedelta(hours=1)


def test_a_ballot_freezes_its_candidates_and_electors(unit):
    with unit() as uow:
        made = office(uow)
        late = task(uow, made.lead, made.halls_place, "일지", created_at=NOW)
        early = task(uow, made.member, made.arts_place, "대장", created_at=NOW - HOUR)
        opened = ballot(uow, made, [early, late], electors={made.member.id, made.lead.id})
        assert opened == Ballot(
            id=opened.id,
            round=round_(uow).id,
            bureau=made.bureau.id,
            department=made.arts.id,
            channel="C1",
            mode=Mode.OPEN,
            opened_by=made.head.id,
            opened_at=NOW,
            closes_at=NOW + 24 * HOUR,
            electors=2,
        )
        first, second = uow.ballots.candidates(opened.id)
        assert first == Candidate(
            id=first.id,
            ballot=opened.id,
            position=1,
            task=early.id,
            title="대장",
            hours=early.content.effect.hours,
            type=early.content.type.value,
            problem=early.content.problem,
            proposal=early.content.proposal,
            submitted_at=NOW - HOUR,
        )
        assert (second.position, second.task, second.title) == (2, late.id, "일지")
        assert uow.ballots.electors(opened.id) == {made.member.id, made.lead.id}
        assert uow.ballots.is_elector(opened.id, made.lead.id)
        assert not uow.ballots.is_elector(opened.id, made.hq.id)
        assert uow.ballots.get(opened.id) == opened
        assert uow.ballots.get(opened.id + 1) is None


def test_a_department_has_one_live_ballot_and_another_once_that_has_ended(unit):
    with unit() as uow:
        made = office(uow)
        first = ballot(uow, made)
        with pytest.raises(BotError, match="error-ballot-open"):
            ballot(uow, made)
        elsewhere = ballot(uow, made, place=made.roads_place, channel="C2")
        assert uow.ballots.count_live(first.round) == 2
        ended = uow.ballots.save(first, replace(first, state=State.VOID, remark="ballot-void"))
        again = ballot(uow, made)
        assert uow.ballots.live_of(first.round, made.arts.id) == again
        assert uow.ballots.latest_of(first.round, made.arts.id) == again
        uow.ballots.save(again, replace(again, state=State.EMPTY))
        assert uow.ballots.live_of(first.round, made.arts.id) is None
        assert uow.ballots.latest_of(first.round, made.arts.id).state is State.EMPTY
        assert uow.ballots.get(first.id) == ended
        assert uow.ballots.count_live(first.round) == 1
        assert uow.ballots.live_of(first.round, made.roads.id) == elsewhere


@pytest.mark.parametrize("state", sorted(LIVE))
def test_the_database_itself_refuses_a_second_live_ballot(unit, state):
    with unit() as uow:
        first = ballot(uow, office(uow))
        uow.ballots.save(first, replace(first, state=state))
    columns = [column for column in ballots.c if column.name != "id"]
    again = sa.insert(ballots).from_select(columns, sa.select(*columns))
    with pytest.raises(IntegrityError), unit() as uow:
        uow.connection.execute(again)
    with unit() as uow:
        before = uow.ballots.get(first.id)
        uow.ballots.save(before, replace(before, state=State.DECIDED))
        uow.connection.execute(again)


def test_every_field_of_a_ballot_and_of_a_candidate_is_kept(unit):
    with unit() as uow:
        made = office(uow)
        opened = ballot(uow, made)
        (candidate,) = uow.ballots.candidates(opened.id)
        saved = uow.ballots.save(
            opened,
            replace(
                opened,
                state=State.TIED,
                closes_at=NOW + HOUR,
                until=NOW + 2 * HOUR,
                ts="1.5",
                turnout=1,
                winner=candidate.task,
                rule=Rule.TIE_HOURS,
                ended_at=NOW + 3 * HOUR,
                remark="ballot-void",
            ),
        )
        assert saved.version == 2
        assert uow.ballots.get(opened.id) == saved
        seen = replace(candidate, ts="1.6", seeded=True, out=True, recounted_at=NOW + HOUR, votes=3)
        uow.ballots.save_candidate(seen)
        assert uow.ballots.candidates(opened.id) == (seen,)


def test_a_change_from_an_old_version_is_refused(unit):
    with unit() as uow:
        opened = ballot(uow, office(uow))
        saved = uow.ballots.save(opened, replace(opened, state=State.OPEN))
        with pytest.raises(Stale, match="error-stale-ballot"):
            uow.ballots.save(opened, replace(opened, state=State.VOID))
        assert uow.ballots.get(opened.id) == saved


def test_a_secret_ballot_has_a_nonce_until_it_is_destroyed(unit):
    with unit() as uow:
        made = office(uow)
        secret = ballot(uow, made, mode=Mode.SECRET)
        plain = ballot(uow, made, place=made.roads_place)
        nonce = uow.ballots.nonce(secret.id)
        assert len(nonce) == 32
        assert uow.seal.voter(nonce, 1) != uow.seal.voter(nonce, 2)
        assert uow.ballots.nonce(plain.id) is None
        changed = uow.ballots.save(secret, replace(secret, state=State.OPEN))
        assert uow.ballots.nonce(secret.id) == nonce
        uow.ballots.destroy_nonce(secret.id)
        assert uow.ballots.nonce(secret.id) is None
        assert uow.ballots.get(secret.id) == changed


def test_messages_lead_to_their_ballot_and_candidate(unit):
    with unit() as uow:
        made = office(uow)
        opened = ballot(uow, made)
        (candidate,) = uow.ballots.candidates(opened.id)
        opened = uow.ballots.save(opened, replace(opened, ts="1.1"))
        candidate = replace(candidate, ts="1.2")
        uow.ballots.save_candidate(candidate)
        assert uow.ballots.ballot_at("C1", "1.1") == opened
        assert uow.ballots.candidate_at("C1", "1.2") == (opened, candidate)
        for channel, ts in (("C1", "1.3"), ("C2", "1.1"), ("C2", "1.2")):
            assert uow.ballots.ballot_at(channel, ts) is None
            assert uow.ballots.candidate_at(channel, ts) is None
        assert uow.ballots.of_task(candidate.task) == (opened, candidate)
        assert uow.ballots.candidate(candidate.id) == (opened, candidate)
        assert uow.ballots.candidate(candidate.id + 1) is None
        assert uow.ballots.in_channel("C1") == (opened,)
        assert uow.ballots.in_channel("C2") == ()
        uow.ballots.save(opened, replace(opened, state=State.DECIDED))
        assert uow.ballots.of_task(candidate.task) is None
        assert uow.ballots.in_channel("C1") == ()
        assert uow.ballots.candidate_at("C1", "1.2")[1] == candidate


def test_ballots_are_found_when_their_time_has_come(unit):
    with unit() as uow:
        made = office(uow)
        first = ballot(uow, made, closes_at=NOW + 2 * HOUR)
        second = ballot(uow, made, place=made.roads_place, closes_at=NOW + HOUR)
        assert uow.ballots.to_remind() == uow.ballots.live(first.round) == (first, second)
        assert uow.ballots.closing(NOW + HOUR - timedelta(seconds=1), 9) == ()
        assert uow.ballots.closing(NOW + HOUR, 9) == (second,)
        assert uow.ballots.closing(NOW + 2 * HOUR, 9) == (second, first)
        assert uow.ballots.closing(NOW + 2 * HOUR, 1) == (second,)
        second = uow.ballots.save(second, replace(second, state=State.ASKING, until=NOW + 4 * HOUR))
        first = uow.ballots.save(first, replace(first, state=State.TIED, until=NOW + 3 * HOUR))
        assert uow.ballots.to_remind() == ()
        assert uow.ballots.live(first.round) == (first, second)
        assert uow.ballots.closing(NOW + 9 * HOUR, 9) == ()
        assert uow.ballots.overdue(NOW + 3 * HOUR, 9) == (first,)
        assert uow.ballots.overdue(NOW + 4 * HOUR, 9) == (first, second)
        assert uow.ballots.overdue(NOW + 4 * HOUR, 1) == (first,)
        uow.ballots.save(first, replace(first, state=State.DECIDED))
        assert uow.ballots.overdue(NOW + 4 * HOUR, 9) == (second,)
        assert uow.ballots.live(first.round) == (second,)


def test_ballots_are_recounted_meanwhile_and_remind_once(unit):
    with unit() as uow:
        made = office(uow)
        opened = ballot(uow, made, recount_at=NOW + HOUR)
        ballot(uow, made, place=made.roads_place)
        assert uow.ballots.to_recount(NOW, 9) == ()
        assert uow.ballots.to_recount(NOW + HOUR, 9) == (opened,)
        assert opened in uow.ballots.to_remind()
        reminded = uow.ballots.save(opened, replace(opened, reminded_at=NOW, recount_at=None))
        assert reminded not in uow.ballots.to_remind()
        assert uow.ballots.to_recount(NOW + HOUR, 9) == ()


def test_a_tie_and_a_lone_candidate_wait_for_the_head_and_the_director(unit):
    with unit() as uow:
        made = office(uow)
        tasks = [task(uow, made.member, made.arts_place, title) for title in ("일지", "대장")]
        opened = ballot(uow, made, tasks)
        waiting = uow.ballots.waiting_for
        opened = uow.ballots.save(opened, replace(opened, state=State.OPEN))
        assert waiting(made.head) == waiting(made.director) == ()
        tied = uow.ballots.save(opened, replace(opened, state=State.TIED))
        assert waiting(made.head) == waiting(made.director) == (tied,)
        nobody_else = (made.roads_head, made.lead, made.member, made.hq)
        assert [waiting(person) for person in nobody_else] == [()] * 4
        opened = uow.ballots.save(tied, replace(tied, state=State.OPEN))
        uow.ballots.save_candidate(replace(uow.ballots.candidates(opened.id)[0], out=True))
        assert waiting(made.head) == waiting(made.director) == (opened,)
        counting = uow.ballots.save(opened, replace(opened, state=State.COUNTING))
        assert waiting(made.head) == ()
        uow.ballots.save(counting, replace(counting, state=State.VOID))


def test_tasks_of_the_round_that_may_stand_are_candidates_oldest_first(unit):
    with unit() as uow:
        made = office(uow)
        this = round_(uow).id

        def proposed(title: str, **fields: object) -> int:
            given = {"round": this, **fields}
            return task(uow, made.member, made.halls_place, title, **given).id

        late = proposed("나중", created_at=NOW + HOUR, status=Status.DONE)
        early = proposed("먼저", status=Status.CONFIRMED, co_proposers=(made.lead.id,))
        same = proposed("같이", status=Status.IN_PROGRESS)
        for status in set(Status) - {
            Status.SUBMITTED,
            Status.CONFIRMED,
            Status.IN_PROGRESS,
            Status.DONE,
        }:
            proposed(f"아니다 {status}", status=status)
        proposed("다른 회차", round=None)
        task(uow, made.member, made.roads_place, "다른 부서", round=this)
        task(uow, made.member, Place(bureau=made.bureau.id), "국", round=this)
        found = uow.tasks.candidates(this, made.arts.id)
        assert [candidate.id for candidate in found] == [early, same, late]
        assert uow.tasks.candidate_ids(this, made.arts.id) == (early, same, late)
        assert uow.tasks.candidate_ids(this, made.arts.id, 2) == (early, same)
        assert found[0] == uow.tasks.get(early)


def test_people_are_found_by_their_slack_ids_active_or_not(unit):
    with unit() as uow:
        made = office(uow)
        uow.people.save(replace(made.member, active=False))
        found = uow.people.by_slacks(["U-최주무", "U-이과장", "U-이과장", "U-없음"])
        assert found == {"U-최주무": made.member.id, "U-이과장": made.head.id}
        assert uow.people.by_slacks([]) == {}
        assert uow.people.by_slacks([f"U{n}" for n in range(300)]) == {}
        assert uow.people.get(made.member.id, DAY).posts == ()
