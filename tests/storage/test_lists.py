"""Lists: whose tasks they show, in which order, ten at a time."""

from dataclasses import replace
from datetime import timedelta

import pytest

from bot.domain.org import Place, Role
from bot.domain.results import Query, Scope
from bot.domain.task import Listed, Status, Type
from tests.storage.making import DAY, NOW, content, office, task

LATE = DAY - timedelta(1)


def numbers(rows):
    return [row.id for row in rows]


def test_a_line_says_what_a_list_needs(unit):
    with unit() as uow:
        made = office(uow)
        written = content("일지", per_year=250, minutes=30)
        stored = task(
            uow, made.member, made.halls_place, content=written, owner=made.lead.id, due=DAY
        )
        bare = task(uow, made.member, made.bureau_place)
        lines = uow.lists.of([bare.id, 99, stored.id])
        assert lines[1] == Listed(
            id=stored.id,
            title="일지",
            type=Type.ABOLISH,
            status=Status.SUBMITTED,
            department="문화예술과",
            owner="박팀장",
            due=DAY,
            hours=250.0,
        )
        assert (lines[0].department, lines[0].owner, lines[0].hours) == (
            "문화체육관광국",
            None,
            None,
        )


def test_pages_go_by_the_last_number_seen_ten_at_a_time(unit):
    with unit() as uow:
        made = office(uow)
        for _ in range(23):
            task(uow, made.member, made.halls_place)
        first = uow.lists.page(Query(), None, DAY)
        second = uow.lists.page(Query(before=first.rows[-1].id), None, DAY)
        third = uow.lists.page(Query(before=second.rows[-1].id), None, DAY)
        assert numbers([*first.rows, *second.rows, *third.rows]) == list(range(23, 0, -1))
        assert [page.more for page in (first, second, third)] == [True, True, False]
        assert len(third.rows) == 3


@pytest.mark.parametrize(
    ("scope", "expected"),
    [
        (Scope.TEAM, [1]),
        (Scope.DEPARTMENT, [2, 1]),
        (Scope.BUREAU, [4, 3, 2, 1]),
        (Scope.ALL, [5, 4, 3, 2, 1]),
        (Scope.MINE, [5]),
    ],
)
def test_a_scope_goes_by_the_viewers_main_post(unit, scope, expected):
    with unit() as uow:
        made = office(uow)
        places = (made.halls_place, made.arts_place, made.roads_place, made.bureau_place)
        for place in places:
            task(uow, made.head, place)
        task(uow, made.member, Place())
        page = uow.lists.page(Query(scope=scope), made.member, DAY)
        assert numbers(page.rows) == expected


def test_a_viewer_without_such_a_unit_or_without_any_sees_an_empty_list(unit):
    with unit() as uow:
        made = office(uow)
        task(uow, made.member, made.bureau_place)
        assert uow.lists.page(Query(scope=Scope.TEAM), made.director, DAY).rows == ()
        assert uow.lists.page(Query(scope=Scope.MINE), None, DAY).rows == ()
        assert len(uow.lists.page(Query(scope=Scope.ALL), None, DAY).rows) == 1


def test_mine_is_what_i_proposed_joined_or_own_each_once(unit):
    with unit() as uow:
        made = office(uow)
        me = made.member
        task(uow, me, made.halls_place, owner=me.id)
        task(uow, made.head, made.arts_place, co_proposers=(me.id,), status=Status.DONE)
        task(uow, made.head, made.arts_place, owner=me.id)
        task(uow, made.head, made.arts_place)
        assert numbers(uow.lists.page(Query(scope=Scope.MINE), me, DAY).rows) == [3, 2, 1]
        done = Query(scope=Scope.MINE, status=Status.DONE)
        assert numbers(uow.lists.page(done, me, DAY).rows) == [2]
        rows, more = uow.lists.mine(me.id, 2)
        assert (numbers(rows), more) == ([3, 2], True)


@pytest.mark.parametrize("scope", list(Scope))
def test_a_status_or_overdue_narrows_every_scope(unit, scope):
    with unit() as uow:
        made = office(uow)
        mine = {"owner": made.member.id}
        task(uow, made.head, made.halls_place, **mine)
        task(uow, made.head, made.halls_place, status=Status.IN_PROGRESS, due=LATE, **mine)
        task(uow, made.head, made.halls_place, status=Status.CONFIRMED, due=LATE, **mine)
        task(uow, made.head, made.halls_place, status=Status.CONFIRMED, due=DAY, **mine)
        task(uow, made.head, made.halls_place, status=Status.DONE, due=LATE, **mine)
        confirmed = Query(scope=scope, status=Status.CONFIRMED)
        overdue = Query(scope=scope, overdue=True)
        assert numbers(uow.lists.page(confirmed, made.member, DAY).rows) == [4, 3]
        assert numbers(uow.lists.page(overdue, made.member, DAY).rows) == [3, 2]


def test_overdue_pages_mix_both_states_under_way(unit):
    with unit() as uow:
        made = office(uow)
        for turn in range(24):
            status = Status.CONFIRMED if turn % 3 else Status.IN_PROGRESS
            task(uow, made.head, made.halls_place, status=status, due=LATE)
        first = uow.lists.page(Query(overdue=True), None, DAY)
        second = uow.lists.page(Query(overdue=True, before=first.rows[-1].id), None, DAY)
        assert numbers([*first.rows, *second.rows]) == list(range(24, 4, -1))
        assert second.more


def test_a_head_decides_what_is_submitted_and_what_was_held_until_today(unit):
    with unit() as uow:
        made = office(uow)
        held = {"status": Status.ON_HOLD}
        task(uow, made.member, made.halls_place)
        task(uow, made.member, made.halls_place, hold_until=DAY, **held)
        task(uow, made.member, made.halls_place, hold_until=DAY + timedelta(1), **held)
        task(uow, made.member, made.halls_place, status=Status.REVISION_REQUESTED)
        task(uow, made.member, made.roads_place)
        task(uow, made.member, made.arts_place)
        rows, more = uow.lists.to_decide(made.head, DAY, 5)
        assert (numbers(rows), more) == ([1, 2, 6], False)
        rows, more = uow.lists.to_decide(made.head, DAY, 2)
        assert (numbers(rows), more) == ([1, 2], True)
        assert uow.lists.to_decide(made.member, DAY, 5) == ((), False)


def test_a_director_decides_only_where_there_is_no_head(unit):
    with unit() as uow:
        made = office(uow)
        task(uow, made.member, made.halls_place)
        task(uow, made.member, made.roads_place)
        task(uow, made.member, made.bureau_place)
        assert numbers(uow.lists.to_decide(made.director, DAY, 5)[0]) == [3]
        uow.posts.set(made.roads_head.id, (), DAY)
        assert numbers(uow.lists.to_decide(made.director, DAY, 5)[0]) == [2, 3]
        uow.posts.let_act(made.lead.id, made.roads.id, Role.HEAD, "직무대리", DAY, None)
        assert numbers(uow.lists.to_decide(made.director, DAY, 5)[0]) == [3]
        uow.people.save(replace(made.head, active=False))
        assert numbers(uow.lists.to_decide(made.director, DAY, 5)[0]) == [1, 3]


def test_the_proposer_finds_what_to_revise(unit):
    with unit() as uow:
        made = office(uow)
        for proposer in (made.member, made.lead):
            task(uow, proposer, made.halls_place, status=Status.REVISION_REQUESTED)
        task(uow, made.member, made.halls_place)
        assert numbers(uow.lists.to_revise(made.member.id, 5)[0]) == [1]


def test_the_owner_finds_what_is_due_soon_most_urgent_first(unit):
    with unit() as uow:
        made = office(uow)
        mine = {"owner": made.member.id, "status": Status.IN_PROGRESS}
        for days in (7, 8, -30, 0):
            task(uow, made.head, made.halls_place, due=DAY + timedelta(days), **mine)
        task(uow, made.head, made.halls_place, due=DAY, owner=made.member.id, status=Status.DONE)
        task(uow, made.head, made.halls_place, due=DAY, owner=made.lead.id)
        assert numbers(uow.lists.due(made.member.id, DAY, 5)[0]) == [3, 4, 1]
        assert numbers(uow.lists.due(made.member.id, DAY, 5, within_days=8)[0]) == [3, 4, 1, 2]


def test_a_merge_waits_for_the_head_of_the_other_department(unit):
    with unit() as uow:
        made = office(uow)
        target = task(uow, made.member, made.halls_place)
        waiting = task(uow, made.member, made.roads_place, merge_into=target.id)
        merged = {"merge_into": target.id, "status": Status.MERGED}
        task(uow, made.member, made.roads_place, **merged)
        lists = uow.lists
        assert numbers(lists.to_take_in(made.head, 5)[0]) == [waiting.id]
        assert numbers(lists.to_take_in(made.director, 5)[0]) == [waiting.id]
        assert lists.to_take_in(made.roads_head, 5) == ((), False)
        assert lists.to_take_in(made.member, 5) == ((), False)
        assert numbers(lists.merging_into(target.id)) == [waiting.id]
        assert numbers(lists.to_decide(made.head, DAY, 5)[0]) == [target.id]
        assert lists.to_decide(made.roads_head, DAY, 5) == ((), False)


def test_of_many_merges_into_one_task_the_oldest_are_read(unit):
    with unit() as uow:
        made = office(uow)
        target = task(uow, made.member, made.halls_place)
        waiting = [
            task(uow, made.member, made.roads_place, merge_into=target.id).id for _ in range(9)
        ]
        assert numbers(uow.lists.merging_into(target.id)) == waiting[:6]


def test_what_is_late_alone_can_be_asked_for(unit):
    with unit() as uow:
        made = office(uow)
        old, before = NOW - timedelta(days=9), NOW - timedelta(days=1)
        target = task(uow, made.member, made.halls_place, waiting_since=old)
        task(uow, made.member, made.halls_place, waiting_since=NOW)
        at_bureau = task(uow, made.member, made.bureau_place, waiting_since=old)
        merging, _ = (
            task(uow, made.member, made.roads_place, waiting_since=old, merge_into=target.id,
                 merge_asked_at=asked)
            for asked in (old, NOW)
        )  # fmt: skip
        held = {"status": Status.ON_HOLD, "waiting_since": None}
        ended = task(uow, made.member, made.arts_place, hold_until=DAY - timedelta(1), **held)
        task(uow, made.member, made.arts_place, hold_until=DAY, **held)
        lists = uow.lists
        found, more = lists.to_decide(made.head, DAY, 9, before=before)
        assert (numbers(found), more) == ([target.id, ended.id], False)
        assert numbers(lists.to_decide(made.director, DAY, 9, before=before)[0]) == [at_bureau.id]
        assert numbers(lists.to_take_in(made.head, 9, before=before)[0]) == [merging.id]
        assert lists.to_take_in(made.roads_head, 9, before=before) == ((), False)
