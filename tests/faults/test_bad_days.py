"""Slack and the network on bad days, several senders at once, a clean stop: told exactly once."""

from functools import partial

import pytest

from bot.clock import Clock
from tests.faults.ground import MEMBERS, POST, opened
from tests.faults.hurried import HurriedClock

KINDS = ("429", "500", "503", "reset", "drop", "hang", "invalid_json")

CALM = 5.0
"""How much faster time runs where several processes share a machine that may stall one of them."""


@pytest.mark.parametrize("kind", KINDS)
async def test_whatever_slack_answers_everything_is_told_once(sqlite_address, kind):
    async with opened(sqlite_address) as ground:
        await ground.want(12)
        ground.ws.faults.add(POST, kind, times=4)
        tally = await ground.finish()
        assert tally.clean, tally
        assert list(ground.ws.faults) == []


async def test_all_of_it_on_one_day_and_the_look_failing_too_everything_is_told_once(ground):
    await ground.want(24)
    for kind in KINDS:
        ground.ws.faults.add(POST, kind, times=2)
    for kind in ("500", "drop", "invalid_json"):
        ground.ws.faults.add("conversations.history", kind)
    tally = await ground.finish()
    assert tally.clean, tally
    assert list(ground.ws.faults) == []


def _connected_anew(ws, before):
    return ws.calls["apps.connections.open"] > before and ws.sockets.online


async def test_cut_connections_lose_nothing_and_people_are_heard_again(ground):
    ws = ground.ws
    bot = await ground.start()
    await ws.changes.until(lambda: ws.sockets.online, 30)
    await ground.want(24)
    await ground.posted(2)
    for cut in (partial(ws.kick, rudely=True), ws.disconnect):
        opened_before = ws.calls["apps.connections.open"]
        await cut()
        await ws.changes.until(partial(_connected_anew, ws, opened_before), 30)
    ack = await ground.server.visitor(MEMBERS[0].slack_id).command("C0000001", "/cut help")
    assert ack.ok
    await ground.all_posted()
    assert await ground.stopped(bot) == [0]
    tally = await ground.tally()
    assert tally.clean, tally


@pytest.mark.postgres
@pytest.mark.parametrize("count", [2, 4])
async def test_several_senders_at_once_tell_everything_once(postgres_address, count):
    async with opened(postgres_address, HurriedClock.begun(CALM)) as ground:
        await ground.want(36)
        workers = [await ground.start("worker") for _ in range(count)]
        await ground.all_posted()
        assert await ground.stopped(*workers) == [0] * count
        tally = await ground.tally()
        assert tally.clean, tally


async def test_a_bot_that_is_asked_to_stop_ends_what_it_sends_and_tells_the_rest_next_time(
    sqlite_address,
):
    async with opened(sqlite_address, Clock()) as ground:
        await ground.want(12)
        ground.ws.faults.add(POST, "delay", times=3, seconds=0.3)
        first = await ground.start_as_at_work()
        await ground.posted(2)
        assert await ground.stopped(first) == [0]
        stopped = await ground.tally()
        assert stopped.lost == stopped.left > 0
        second = await ground.start_as_at_work()
        await ground.all_posted()
        assert await ground.stopped(second) == [0]
        assert (await ground.tally()).clean
