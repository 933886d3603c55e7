"""Killed at the worst moments, the bot still tells everything exactly once."""

import pytest

POINTS = ("before-commit:3", "after-commit:3", "before-post:2", "after-post:2", "before-settle:2")
A_MINUTE = 60.0


@pytest.mark.parametrize("point", POINTS)
async def test_a_bot_killed_while_it_posts_has_told_everything_once_after_its_restart(
    ground, point
):
    await ground.want(12)
    assert await ground.killed(await ground.start(kill_at=point))
    ground.later(A_MINUTE)
    tally = await ground.finish()
    assert tally.clean, tally
    assert tally.facts == 12


async def test_without_the_look_a_bot_killed_after_a_post_tells_it_twice(ground):
    await ground.want(12)
    assert await ground.killed(await ground.start(kill_at="after-post:2"))
    ground.later(A_MINUTE)
    tally = await ground.finish(blind=True)
    assert (tally.lost, tally.left) == (0, 0)
    assert tally.doubled >= 1
