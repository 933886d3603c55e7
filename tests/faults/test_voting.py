"""A thousand reactions at once, told twice and in any order, to a bot that is killed twice."""

import pytest

from bot.domain.ballot import State
from tests.faults.ground import opened
from tests.faults.voting import (
    COUNTED,
    DECIDED,
    ROSTER,
    STRANGER,
    polled,
    tally_of,
    wrong,
)


@pytest.mark.parametrize(
    ("database", "http", "point"),
    [
        ("sqlite", False, "after-commit:8"),
        pytest.param("postgres", True, "before-commit:8", marks=pytest.mark.postgres),
    ],
)
async def test_the_count_is_that_of_the_standing_reactions_whenever_the_bot_is_killed(
    request, database, http, point
):
    url = request.getfixturevalue(f"{database}_address")
    async with opened(url, roster=ROSTER, http=http, strangers=[STRANGER]) as ground:
        poll = await polled(ground)
        first = await ground.start()
        await poll.ready()
        assert await ground.stopped(first) == [0]

        doomed = await ground.start(kill_at=point)
        await doomed.ready.wait()
        poll.storm(1000, seed=1)
        assert await ground.killed(doomed)
        second = await ground.start()
        await poll.delivered(0.5)
        second.kill()
        assert await ground.killed(second)
        third = await ground.start()
        await poll.delivered()
        assert ground.ws.delivery.lost == []
        told, between = poll.expected()
        assert wrong(await poll.live(), told) == 0
        assert between == set()
        assert await ground.stopped(third) == [0]

        poll.unheard(taken_back=20, reactions=60, seed=2)
        told, between = poll.expected()
        assert between
        ground.come(COUNTED)
        await ground.finish()
        assert (await poll.result())[0] is State.ASKING
        ground.come(DECIDED)
        tally = await ground.finish()
        assert wrong(await poll.live(), told) == 0
        state, counted, turnout = await poll.result()
        assert state in (State.DECIDED, State.TIED)
        assert (counted, turnout) == (tally_of(told), len(told))
        assert (tally.doubled, tally.left) == (0, 0)
