"""What falls due by itself: a head hears once of what has waited three working days."""

from dataclasses import replace
from datetime import UTC, date, datetime, timedelta

import pytest

from bot.domain.results import Surface
from bot.domain.task import Status
from bot.usecases import decide, ticking
from bot.usecases.acting import Ask
from bot.usecases.tell import telling
from tests.usecases.small_office import (
    DIRECTOR,
    HEAD,
    MEMBER,
    NOW,
    OFFICE,
    apply,
    facts,
    found,
    own_task,
    row,
    without,
)
from tests.usecases.test_tell import to

OTHER_HEAD = row(8, "오과장", "과장", "교량과")
MONDAY = datetime(2026, 7, 6, 0, 30, tzinfo=UTC)
"""The third working day after the Wednesday on which tasks are proposed, at 09:30."""

EARLIER = NOW - timedelta(days=1)


def ask(who, task) -> Ask:
    return Ask(who=who.slack_id, surface=Surface.MODAL, task=task)


def tick(uow, now) -> int:
    put = 0
    while (part := ticking.next_part(uow, now)) is not None:
        put += ticking.put(uow, part)
    return put


def heads(uow) -> list[str]:
    return [recipient for recipient, _ in facts(uow, "waiting")]


def test_a_head_hears_of_it_on_the_third_working_day_and_once(unit):
    with unit() as uow:
        apply(uow)
        own_task(uow, MEMBER)
        assert tick(uow, MONDAY - timedelta(days=3)) == 0
        assert tick(uow, MONDAY) == 1
        assert tick(uow, MONDAY + timedelta(minutes=5)) == 0
        assert tick(uow, MONDAY + timedelta(days=1)) == 0
        assert heads(uow) == [f"person:{found(uow, HEAD).id}"]


@pytest.mark.parametrize(
    "now",
    [
        datetime(2026, 7, 5, 23, 59, tzinfo=UTC),
        datetime(2026, 7, 6, 9, 0, tzinfo=UTC),
        datetime(2026, 7, 11, 3, 0, tzinfo=UTC),
        datetime(2026, 7, 17, 3, 0, tzinfo=UTC),
    ],
    ids=["before nine", "after six", "on Saturday", "on a public holiday"],
)
def test_nothing_is_put_outside_office_hours(unit, now):
    with unit() as uow:
        apply(uow)
        own_task(uow, MEMBER)
        assert ticking.next_part(uow, now) is None


def test_another_digest_leaves_only_when_something_new_is_late(unit):
    with unit() as uow:
        apply(uow)
        own_task(uow, MEMBER)
        assert tick(uow, MONDAY) == 1
        own_task(uow, MEMBER, waiting_since=NOW + timedelta(days=1))
        assert tick(uow, MONDAY) == 0
        assert tick(uow, MONDAY + timedelta(days=1)) == 1


def test_deciding_what_came_last_calls_for_no_other_digest_of_the_rest(unit):
    with unit() as uow:
        apply(uow)
        own_task(uow, MEMBER)
        last = uow.tasks.get(own_task(uow, MEMBER, waiting_since=NOW + timedelta(hours=1)))
        assert tick(uow, MONDAY) == 1
        uow.tasks.save(last, replace(last, status=Status.DECLINED, waiting_since=None))
        assert tick(uow, MONDAY + timedelta(days=1)) == 0


def test_of_two_processes_one_puts_and_each_morning_is_walked_once(unit):
    with unit() as uow:
        apply(uow)
        own_task(uow, MEMBER)
        first, second = (ticking.next_part(uow, MONDAY) for _ in range(2))
        assert first is not None
        assert second is not None
        assert (ticking.put(uow, first), ticking.put(uow, second)) == (1, 0)
        assert ticking.next_part(uow, MONDAY + timedelta(hours=5)) is None
        assert ticking.next_part(uow, MONDAY + timedelta(days=1)) is not None


def test_a_walk_goes_on_after_the_last_one_told(unit):
    with unit() as uow:
        apply(uow, (*OFFICE, OTHER_HEAD))
        own_task(uow, MEMBER)
        own_task(uow, MEMBER, place_of=OTHER_HEAD)
        part = ticking.next_part(uow, MONDAY)
        assert part is not None
        one, other = part.newest
        assert ticking.put(uow, replace(part, upto=one, newest={one: part.newest[one]})) == 1
        rest = ticking.next_part(uow, MONDAY)
        assert rest is not None
        assert (rest.after, rest.upto, [*rest.newest]) == (one, None, [other])


def test_who_decides_on_two_departments_hears_once_of_both(unit):
    with unit() as uow:
        apply(uow, (*without(HEAD), row(9, "윤주무", "주무관", "교량과")))
        own_task(uow, MEMBER)
        own_task(uow, MEMBER, place_of=row(9, "윤주무", "주무관", "교량과"), waiting_since=EARLIER)
        assert tick(uow, MONDAY) == 1
        assert heads(uow) == [f"person:{found(uow, DIRECTOR).id}"]


def test_a_task_whose_hold_ended_waits_again(unit):
    with unit() as uow:
        apply(uow)
        own_task(uow, MEMBER, status=Status.ON_HOLD, hold_until=date(2026, 7, 1))
        assert tick(uow, MONDAY - timedelta(days=3)) == 0
        assert tick(uow, MONDAY) == 1


def test_a_merge_waits_for_the_head_who_is_asked(unit):
    with unit() as uow:
        apply(uow, (*OFFICE, OTHER_HEAD))
        task, into = (
            own_task(uow, MEMBER),
            own_task(
                uow, MEMBER, place_of=OTHER_HEAD, status=Status.IN_PROGRESS, waiting_since=None
            ),
        )
        decide.merge(uow, ask(HEAD, task), NOW, target=into, reason="")
        assert tick(uow, MONDAY) == 1
        assert heads(uow) == [f"person:{found(uow, OTHER_HEAD).id}"]


@pytest.mark.parametrize("status", [Status.SUBMITTED, Status.IN_PROGRESS, Status.ON_HOLD])
def test_a_merge_is_late_three_working_days_after_it_was_asked_for(unit, status):
    with unit() as uow:
        apply(uow, (*OFFICE, OTHER_HEAD))
        own_task(uow, MEMBER, place_of=OTHER_HEAD)
        assert tick(uow, MONDAY) == 1
        until = date(2026, 12, 1) if status is Status.ON_HOLD else None
        task = own_task(uow, MEMBER, status=status, hold_until=until)
        under_way = {"status": Status.IN_PROGRESS, "waiting_since": None}
        into = own_task(uow, MEMBER, OTHER_HEAD, **under_way)
        asked = NOW + timedelta(days=7)
        decide.merge(uow, ask(HEAD, task), asked, target=into, reason="")
        to_take_in = {}
        for days in range(1, 12):
            now = MONDAY + timedelta(days=days)
            if tick(uow, now):
                told = telling(uow, to(uow, OTHER_HEAD, "waiting"), now)
                assert told is not None
                to_take_in[now] = [row.id for row in told.data.to_take_in]
        assert to_take_in == {MONDAY + timedelta(days=7): [task]}


def test_what_another_department_kept_out_waits_for_its_own_head_from_then_on(unit):
    with unit() as uow:
        apply(uow, (*OFFICE, OTHER_HEAD))
        task, into = own_task(uow, MEMBER), own_task(uow, MEMBER, place_of=OTHER_HEAD)
        own_task(uow, MEMBER)
        decide.merge(uow, ask(HEAD, task), NOW, target=into, reason="")
        assert tick(uow, MONDAY) == 2
        decide.keep_out(uow, ask(OTHER_HEAD, task), MONDAY, into=into)
        late = [day for day in range(1, 9) if tick(uow, MONDAY + timedelta(days=day))]
        assert late == [3]
        assert heads(uow)[-1] == f"person:{found(uow, HEAD).id}"


def test_without_a_head_the_director_hears(unit):
    with unit() as uow:
        apply(uow, without(HEAD))
        own_task(uow, MEMBER)
        assert tick(uow, MONDAY) == 1
        assert heads(uow) == [f"person:{found(uow, DIRECTOR).id}"]


def test_where_nobody_decides_nobody_is_told(unit):
    with unit() as uow:
        apply(uow, without(HEAD, DIRECTOR))
        own_task(uow, MEMBER)
        assert tick(uow, MONDAY) == 0


def test_keys_of_what_came_in_are_forgotten_after_a_week(unit, clock):
    with unit() as uow:
        uow.idempotency.remember("old", "null")
        clock.at += timedelta(days=6).total_seconds()
        uow.idempotency.remember("young", "null")
        ticking.keep_house(uow)
        assert uow.idempotency.answers(["old", "young"]).keys() == {"old", "young"}
        clock.at += timedelta(days=2).total_seconds()
        ticking.keep_house(uow)
        assert uow.idempotency.answers(["old", "young"]).keys() == {"young"}
