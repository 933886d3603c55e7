"""The outbox: once, in order, after one another, leased, and no faster than allowed."""

import asyncio
from collections import defaultdict
from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from itertools import pairwise

import pytest

from bot.domain.facts import Due, Fact
from storage.rates import Rate, Rates
from storage.unit import UnitOfWork
from storage.watch import LOOK_AFTER, Watch
from storage.writer import Writer
from tests.conftest import StillClock

LEASE = 10.0
NOON = datetime(2026, 7, 1, 3, tzinfo=UTC)
FAST = Rates(post=Rate(1000), channel=Rate(1000), ask=Rate(1000))


def fact(key: str, *, recipient: str | None = None, **more) -> Fact:
    return Fact(kind="said", recipient=recipient or f"channel:{key}", dedupe_key=key, **more)


class Sender:
    """One process: what it claims, and when it may next."""

    def __init__(self, clock: StillClock) -> None:
        self.watch = Watch(clock, LEASE)

    def __call__(self, uow: UnitOfWork, limit: int = 100, rates: Rates = FAST) -> list[Due]:
        return uow.outbox.claim(uow.clock.now(), limit, self.watch, rates=rates)

    def due_in(self, uow: UnitOfWork, rates: Rates = FAST) -> float | None:
        return uow.outbox.due_in(self.watch, rates=rates)


@pytest.fixture
def claim(clock: StillClock) -> Sender:
    return Sender(clock)


def keys(dues: list[Due]) -> list[str]:
    return [due.fact.dedupe_key for due in dues]


def test_a_fact_comes_out_as_it_went_in(unit, claim, clock):
    told = fact(
        "a",
        payload={"task": 12, "title": "점검 일지 폐지"},
        stream="task:12",
        not_before=clock.now() - timedelta(hours=1),
    )
    with unit() as uow:
        assert uow.outbox.put(told)
    with unit() as uow:
        [due] = claim(uow)
    assert due.fact == told
    assert not due.unsure
    assert due.attempt == 1
    assert due.created_at == clock.now()
    assert due.lease_until == due.send_at + LEASE


def test_the_same_dedupe_key_is_told_once(unit, claim):
    with unit() as uow:
        assert uow.outbox.put(fact("a"))
        assert not uow.outbox.put(fact("a", payload={"other": True}))
    with unit() as uow:
        assert keys(claim(uow)) == ["a"]


def test_a_fact_waits_for_its_programme_time(unit, claim, clock):
    with unit() as uow:
        uow.outbox.put(fact("later", not_before=clock.now() + timedelta(hours=2)))
        assert claim(uow) == []
        assert claim.due_in(uow) == 7200
    clock.move(timedelta(hours=2))
    with unit() as uow:
        assert keys(claim(uow)) == ["later"]


def test_of_a_stream_only_the_oldest_open_fact_leaves(unit, claim):
    with unit() as uow:
        for key in ("first", "second", "third"):
            uow.outbox.put(fact(key, stream="task:1"))
        uow.outbox.put(fact("other", stream="task:2"))
    with unit() as uow:
        claimed = claim(uow)
        assert keys(claimed) == ["first", "other"]
        assert claim(uow) == []
        uow.outbox.settle(claimed[0].id, "C1", "1.0")
        assert keys(claim(uow)) == ["second"]


def test_a_parked_fact_does_not_hold_up_its_stream(unit, claim):
    with unit() as uow:
        uow.outbox.put(fact("broken", stream="task:1"))
        uow.outbox.put(fact("next", stream="task:1"))
        broken = claim(uow)[0].id
        uow.outbox.retry(broken, 3600, error="unknown kind", refused=True, parked=NOON)
        assert keys(claim(uow)) == ["next"]


def test_a_fact_after_another_gets_its_place(unit, claim):
    with unit() as uow:
        uow.outbox.put(fact("reply", after="opening"))
        assert claim(uow) == []
        uow.outbox.put(fact("opening"))
        [opening] = claim(uow)
        assert claim(uow) == []
        uow.outbox.settle(opening.id, "C7", "1751.000100")
        [reply] = claim(uow)
    assert (reply.after_channel, reply.after_ts) == ("C7", "1751.000100")


def test_what_was_to_follow_a_dropped_fact_is_dropped_too(unit, claim):
    with unit() as uow:
        uow.outbox.put(fact("opening"))
        uow.outbox.put(fact("reply", after="opening"))
        uow.outbox.put(fact("answer", after="reply"))
        uow.outbox.drop(claim(uow)[0].id, "voted meanwhile")
        uow.outbox.put(fact("latecomer", after="answer"))
        assert claim.due_in(uow) is None


def test_a_lease_ends_in_a_look_and_not_in_a_second_post(unit, claim, clock):
    with unit() as uow:
        uow.outbox.put(fact("a"))
        [first] = claim(uow)
        assert claim(uow) == []
    clock.at = first.lease_until + LOOK_AFTER - 0.1
    with unit() as uow:
        assert claim(uow) == []
    clock.at += 0.2
    with unit() as uow:
        [second] = claim(uow)
    assert second.unsure
    assert second.token == first.token
    assert second.attempt == 2


def test_a_call_that_surely_failed_is_sent_again_without_a_look(unit, claim, clock):
    with unit() as uow:
        uow.outbox.put(fact("a"))
        [due] = claim(uow)
        uow.outbox.retry(due.id, 30, error="ratelimited")
        assert claim(uow) == []
        assert claim.due_in(uow) == 30
        clock.at += 30
        [again] = claim(uow)
    assert not again.unsure


def test_a_call_without_an_answer_is_looked_for_fifteen_seconds_later(unit, claim, clock):
    with unit() as uow:
        uow.outbox.put(fact("a"))
        uow.outbox.retry(claim(uow)[0].id, 1, unsure=True)
        assert claim(uow) == []
        clock.at += 14.9
        assert claim(uow) == []
        clock.at += 0.2
        assert claim(uow)[0].unsure


def test_a_sender_that_was_overtaken_cannot_hand_the_fact_out_again(unit, claim, clock):
    with unit() as uow:
        uow.outbox.put(fact("a"))
        [slow] = claim(uow)
        assert claim(uow) == []
        clock.at = slow.lease_until + LOOK_AFTER
        [quick] = claim(uow)
        uow.outbox.retry(slow.id, 0, attempt=slow.attempt)
        assert claim(uow) == []
        uow.outbox.retry(quick.id, 0, attempt=quick.attempt)
        clock.at += 1
        assert len(claim(uow)) == 1


def test_a_fact_is_settled_once(unit, claim):
    with unit() as uow:
        uow.outbox.put(fact("opening"))
        uow.outbox.put(fact("reply", after="opening"))
        [due] = claim(uow)
        uow.outbox.settle(due.id, "C1", "1.0")
        uow.outbox.settle(due.id, "C1", "2.0")
        uow.outbox.retry(due.id, 0)
        [reply] = claim(uow)
    assert reply.after_ts == "1.0"


def test_send_times_are_reserved_at_the_rate_and_not_far_ahead(unit, claim, clock):
    rates = Rates(post=Rate(4), channel=Rate(1))
    with unit() as uow:
        for number in range(20):
            uow.outbox.put(fact(f"k{number}"))
        dues = claim(uow, rates=rates)
        offsets = [due.send_at - clock.at for due in dues]
        assert offsets == [0.0, 0.25, 0.5, 0.75, 1.0]
        assert claim.due_in(uow, rates) == 1.25 - 0.5


def test_after_a_pause_a_burst_may_leave_at_once(unit, claim, clock):
    with unit() as uow:
        for number in range(5):
            uow.outbox.put(fact(f"k{number}"))
        dues = claim(uow, rates=Rates(post=Rate(1, burst=3), channel=Rate(1)))
    assert [round(due.send_at - clock.at, 6) for due in dues] == [0.0, 0.0, 0.0, 1.0]


def test_a_busy_channel_holds_up_nobody_else(unit, claim, clock):
    rates = Rates(post=Rate(100), channel=Rate(1))
    with unit() as uow:
        for number in range(10):
            uow.outbox.put(fact(f"many{number}", recipient="channel:C1"))
        uow.outbox.put(fact("one", recipient="channel:C2"))
        claimed = [*claim(uow, limit=5, rates=rates), *claim(uow, limit=5, rates=rates)]
        assert keys(claimed) == ["many0", "one"]
        assert claim.due_in(uow, rates) == 1
        clock.at += 1
        assert keys(claim(uow, rates=rates)) == ["many1"]


def test_nothing_leaves_through_a_bucket_that_slack_told_to_wait(unit, claim, clock):
    with unit() as uow:
        uow.outbox.put(fact("a", recipient="channel:C1"))
        uow.outbox.put(fact("b", recipient="channel:C2"))
        uow.buckets.hold(FAST.for_post("channel:C1")[1], 20)
        assert keys(claim(uow)) == ["b"]
        clock.at += 20
        assert keys(claim(uow)) == ["a"]


def test_a_question_to_slack_takes_no_place_among_the_messages(unit, claim, clock):
    rates = Rates(post=Rate(1), ask=Rate(1))
    with unit() as uow:
        uow.outbox.put(fact("message"))
        uow.outbox.put(fact("question", recipient="slack"))
        assert [due.send_at for due in claim(uow, rates=rates)] == [clock.at, clock.at]


def test_questions_that_have_to_wait_hold_up_no_message(unit, claim, clock):
    rates = Rates(post=Rate(1000), channel=Rate(1000), ask=Rate(1), ephemeral=Rate(1))
    with unit() as uow:
        for number in range(20):
            uow.outbox.put(fact(f"question{number}", recipient="slack"))
            uow.outbox.put(fact(f"receipt{number}", recipient=f"ephemeral:C1:U{number}"))
        uow.outbox.put(fact("message"))
        claimed = [key for _ in range(4) for key in keys(claim(uow, limit=5, rates=rates))]
        assert claimed == ["question0", "receipt0", "question1", "receipt1", "message"]
        assert claim(uow, limit=5, rates=rates) == []
        assert claim.due_in(uow, rates) == 2 - 0.5


async def test_two_claimers_never_take_the_same_fact_or_exceed_a_rate(
    engine, unit, claim, make_writer: Callable[..., Writer], clock
):
    """Two writers stand for two processes: nothing but the database is shared."""
    rates = Rates(post=Rate(50), channel=Rate(10))
    with unit() as uow:
        for number in range(120):
            uow.outbox.put(fact(f"k{number}", recipient=f"channel:{number % 8}"))
    writers = [make_writer(), make_writer()]
    for writer in writers:
        writer.start()

    def work(uow: UnitOfWork) -> list[Due]:
        found: list[Due] = claim(uow, limit=7, rates=rates)
        return found

    claimed: list[Due] = []
    for _ in range(200):
        both = await asyncio.gather(*(writer.write(work) for writer in writers))
        claimed += [due for dues in both for due in dues]
        if len(claimed) == 120:
            break
        clock.at += 0.05
    assert len({due.id for due in claimed}) == len(claimed) == 120
    sends: dict[str, list[float]] = defaultdict(list)
    for due in claimed:
        sends["post"].append(due.send_at)
        sends[due.fact.recipient].append(due.send_at)
    for name, times in sends.items():
        times.sort()
        gap = 1 / (rates.post if name == "post" else rates.channel).per_second
        assert all(later - sooner >= gap - 1e-6 for sooner, later in pairwise(times))
