"""Clocks that are set while bots post double nothing, lose nothing and silence nobody for long."""

from datetime import UTC, datetime
from random import Random

import pytest

from tests.faults import hurried
from tests.faults.clocking import DAY, FACTS, HOUR, Step, stepped
from tests.faults.ground import ENDS, POST, opened

LONG = HOUR / 2
"""What a clock that was set an hour back silenced people for at least; how short it really is tells
`make faults`, on a machine that has time."""


@pytest.mark.parametrize("step", [HOUR, -HOUR, DAY, -DAY])
async def test_a_bot_whose_clock_is_set_while_it_posts_tells_everything_once(sqlite_address, step):
    tally, found = await stepped(
        sqlite_address, "all", 1, [Step(step)], Random(1), speed=hurried.SPEED
    )
    assert tally.clean, tally
    assert found.silence < LONG


@pytest.mark.postgres
@pytest.mark.parametrize("step", [DAY])
async def test_three_bots_of_which_one_has_another_time_tell_everything_once(
    postgres_address, step
):
    tally, found = await stepped(postgres_address, "worker", 3, [Step(step, alone=True)], Random(1))
    assert tally.clean, tally
    assert found.silence < LONG


async def test_what_a_killed_bot_had_is_told_once_though_the_clock_was_set_at_that_moment(
    sqlite_address,
):
    tally, found = await stepped(
        sqlite_address, "all", 1, [Step(-HOUR, kill=True)], Random(1), speed=hurried.SPEED
    )
    assert tally.clean, tally
    assert (found.kills, found.silence < LONG) == (1, True)


async def test_who_came_today_hears_though_the_clock_says_it_is_yesterday(sqlite_address):
    tally, found = await stepped(
        sqlite_address, "all", 1, [Step(-DAY)], Random(1), at=hurried.BEGIN, speed=hurried.SPEED
    )
    assert tally.clean, tally
    assert found.silence < LONG


LATE = datetime(2026, 7, 8, 8, 15, tzinfo=UTC)
"""17:15 at the office."""


async def test_a_clock_that_showed_the_night_for_a_while_puts_nobody_off_until_the_morning(
    sqlite_address, tmp_path
):
    async with opened(sqlite_address, hurried.HurriedClock.begun()) as ground:
        ground.come(LATE)
        dial = hurried.Dial(tmp_path / "dial")
        dial.seconds = HOUR
        bot = await ground.start(dial=dial)
        await ground.want(FACTS)
        # Cards come at any hour, and after what was put off.
        await ground.ws.changes.until(lambda: ground.ws.calls[POST] >= FACTS // 3, ENDS)
        told = await ground.tally()
        assert told.lost > 0, "at night nobody is told"
        dial.seconds = 0.0
        await ground.all_posted()
        assert await ground.stopped(bot) == [0]
        tally = await ground.tally()
        assert tally.clean, tally
