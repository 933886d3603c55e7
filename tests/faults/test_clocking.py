"""Clocks that are set while bots post double nothing, lose nothing and silence nobody for long."""

from random import Random

import pytest

from tests.faults import hurried
from tests.faults.clocking import DAY, HOUR, Step, stepped

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
