"""Whatever Slack says no with for a while, and whoever dies of it: told exactly once."""

import pytest

from bot.usecases import deliver
from handlers.causes import Cause
from tests.faults.ground import POST, ROSTER, opened
from tests.faults.refusing import HISTORY, HQ, INVENTED, NEXT_MORNING, UPDATE, codes_of


@pytest.fixture(params=["sqlite", pytest.param("postgres", marks=pytest.mark.postgres)])
async def ground(request):
    address = request.getfixturevalue(f"{request.param}_address")
    async with opened(address, roster=[*ROSTER, HQ]) as one:
        one.muted = "handlers.delivery"
        yield one


CAUSES = (Cause.OURS, Cause.TOKEN, Cause.PLACE)


async def test_what_was_refused_for_every_reason_before_two_kills_is_told_once_after_them(ground):
    await ground.want(12)
    for method in (POST, UPDATE, HISTORY):
        ground.ws.faults.add(method, "reset")
        for code in (*(codes_of(cause)[0] for cause in CAUSES), INVENTED[0]):
            ground.ws.faults.add(method, "error", code=code)
    assert await ground.killed(await ground.start(kill_at="after-post:3"))
    ground.later(deliver.LONGEST)
    await ground.change_cards()
    assert await ground.killed(await ground.start(kill_at="before-settle:3"))
    ground.ws.faults.clear()
    ground.come(NEXT_MORNING)
    tally = await ground.finish()
    assert tally.clean, tally
    assert tally.facts >= 12
