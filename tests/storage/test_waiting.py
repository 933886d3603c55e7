"""Since when what came last has waited, for each who has to decide."""

from datetime import timedelta

from bot.domain.calendar import today
from bot.domain.org import Role
from bot.domain.task import Status
from tests.storage.making import DAY, NOW, office, task

BEFORE = NOW - timedelta(days=1)
OLD, OLDER = NOW - timedelta(days=3), NOW - timedelta(days=9)
HELD = {"status": Status.ON_HOLD, "waiting_since": None}


def test_what_came_last_counts_for_each_department_and_for_the_bureau_itself(unit):
    with unit() as uow:
        made = office(uow)
        assert uow.waiting.newest(BEFORE) == {}
        for since in (OLDER, OLD, NOW):
            task(uow, made.member, made.halls_place, waiting_since=since)
        task(uow, made.member, made.bureau_place, waiting_since=OLDER)
        task(uow, made.member, made.roads_place, waiting_since=NOW)
        task(uow, made.member, made.roads_place, status=Status.DONE, waiting_since=OLDER)
        assert uow.waiting.newest(BEFORE) == {
            made.arts_place: today(OLD),
            made.bureau_place: today(OLDER),
        }


def test_a_hold_that_ended_waits_since_then(unit):
    with unit() as uow:
        made = office(uow)
        task(uow, made.member, made.halls_place, waiting_since=OLDER)
        task(uow, made.member, made.arts_place, hold_until=today(OLD), **HELD)
        task(uow, made.member, made.roads_place, hold_until=DAY, **HELD)
        task(uow, made.member, made.bureau_place, hold_until=today(BEFORE), **HELD)
        assert uow.waiting.newest(BEFORE) == {
            made.arts_place: today(OLD),
            made.bureau_place: today(BEFORE),
        }


def test_a_merge_waits_for_whoever_is_to_take_it_in(unit):
    with unit() as uow:
        made = office(uow)
        into = task(uow, made.member, made.halls_place, waiting_since=OLDER)
        for asked in (OLD, NOW):
            merging = {"merge_into": into.id, "merge_asked_at": asked}
            task(uow, made.member, made.roads_place, waiting_since=OLDER, **merging)
        assert uow.waiting.newest(BEFORE) == {made.arts_place: today(OLD)}
        into = task(uow, made.member, made.bureau_place, status=Status.IN_PROGRESS)
        merging = {"merge_into": into.id, "merge_asked_at": OLDER}
        task(uow, made.member, made.roads_place, hold_until=DAY, **HELD, **merging)
        task(
            uow,
            made.member,
            made.roads_place,
            status=Status.MERGED,
            **merging | {"merge_asked_at": OLD},
        )
        assert uow.waiting.newest(BEFORE) == {
            made.arts_place: today(OLD),
            made.bureau_place: today(OLDER),
        }


def test_deciders_are_heads_and_directors_with_those_who_stand_in(unit):
    with unit() as uow:
        made = office(uow)
        heads = {
            made.arts_place: {made.head.id},
            made.roads_place: {made.roads_head.id},
            made.bureau_place: {made.director.id},
        }
        assert uow.waiting.deciders(DAY) == heads
        uow.posts.delegate(made.head.id, made.lead.id, DAY, DAY)
        uow.posts.set(made.roads_head.id, (), DAY)
        uow.posts.let_act(made.member.id, made.roads.id, Role.HEAD, "직무대리", DAY, None)
        heads[made.arts_place] = {made.head.id, made.lead.id}
        heads[made.roads_place] = {made.member.id}
        assert uow.waiting.deciders(DAY) == heads
