"""Whoever sets the clock of a machine doubles nothing and silences nobody for longer than a minute.

`clock.set` is what somebody set it by; `ahead` are seconds that really passed.
"""

import pytest

from bot.usecases import deliver
from storage.watch import LOOK_AFTER
from tests.handlers.post_office import direct, opened
from tests.usecases.small_office import HEAD, HQ, MEMBER

POST, HISTORY = "chat.postMessage", "conversations.history"
HOUR, DAY = 3600.0, 86400.0
STEPS = [HOUR, -HOUR, DAY, -DAY]


@pytest.fixture
async def post(engine):
    async with opened(engine) as one:
        yield one


async def wait_for_calls(post, many):
    await post.ws.changes.until(lambda: post.ws.calls[POST] >= many, 20)


@pytest.mark.parametrize("step", STEPS)
@pytest.mark.parametrize("senders", [1, 3])
async def test_what_is_under_way_when_the_clock_is_set_is_sent_once(post, step, senders):
    post.ws.faults.add(POST, "delay", times=3, seconds=0.5)
    for number in range(3):
        await direct(post, f"fact {number}", [MEMBER, HEAD, HQ][number])
    for _ in range(senders):
        await post.dispatcher().start()
    await wait_for_calls(post, 3)
    post.clock.set = step
    await post.run()
    await post.go_on(3)
    await post.run(ahead=2 * LOOK_AFTER)
    told = [len(post.told(who.slack_id)) for who in (MEMBER, HEAD, HQ)]
    assert (post.ws.calls[POST], told) == (3, [1, 1, 1])


@pytest.mark.parametrize("step", STEPS)
async def test_a_lost_answer_is_looked_for_after_the_same_pause_however_the_clock_is_set(
    post, step
):
    post.ws.faults.add(POST, "reset")
    await post.propose()
    await post.run()
    post.clock.set = step
    await post.run(ahead=LOOK_AFTER - 2)
    assert (post.ws.calls[POST], post.ws.calls[HISTORY]) == (1, 0)
    await post.run(ahead=LOOK_AFTER)
    assert (post.ws.calls[POST], post.ws.calls[HISTORY], len(post.posted())) == (1, 1, 1)


@pytest.mark.parametrize("step", STEPS)
async def test_what_a_killed_sender_had_is_sent_within_its_lease_however_the_clock_is_set(
    post, step
):
    await post.propose()
    await post.claimed_and_killed()
    await post.run()
    post.clock.set = step
    await post.run(ahead=deliver.LEASE)
    assert post.ws.calls[POST] == 0
    await post.run(ahead=2 * LOOK_AFTER)
    assert len(post.posted()) == 1


async def test_a_clock_that_ran_an_hour_ahead_for_a_moment_silences_nobody(post):
    post.clock.set = HOUR
    for _ in range(6):
        await post.propose()
    await post.run()
    await post.go_on(2)
    assert len(post.posted()) == 3
    post.clock.set = 0.0
    await post.run(ahead=30)
    await post.go_on(4)
    assert len(post.posted()) == 6


@pytest.mark.parametrize("step", [-HOUR, -DAY])
@pytest.mark.parametrize("refusal", [("429", ""), ("error", "huh"), ("error", "not_in_channel")])
async def test_a_pause_is_not_made_longer_by_a_clock_that_is_set_back(post, step, refusal):
    kind, code = refusal
    post.ws.faults.add(POST, kind, code=code, seconds=20)
    await post.propose()
    await post.run()
    post.clock.set = step
    await post.run(ahead=31)
    assert len(post.posted()) == 1
