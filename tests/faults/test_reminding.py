"""Two workers at nine, both killed while they remind: everyone hears once that morning."""

from collections import Counter
from datetime import UTC, date, datetime

import pytest

from bot.domain.task import Status
from tests.faults.ground import HEADS, MEMBERS, opened
from tests.faults.hurried import HurriedClock
from tests.usecases.small_office import own_task

NINE = datetime(2026, 7, 8, 0, 0, tzinfo=UTC)
DUE = date(2026, 7, 15)
A_MINUTE = 60.0
CALM = 5.0
"""How much faster time runs where several processes share a machine that may stall one of them."""


def _tasks(uow):
    """A task of each member, due in a week."""
    for member in MEMBERS:
        own_task(uow, member, HEADS[0], status=Status.IN_PROGRESS, due=DUE)


@pytest.mark.parametrize(
    "database", ["sqlite", pytest.param("postgres", marks=pytest.mark.postgres)]
)
async def test_two_workers_killed_at_nine_remind_everyone_once(request, database):
    address = request.getfixturevalue(f"{database}_address")
    async with opened(address, HurriedClock.begun(CALM)) as ground:
        await ground.office.write_alone(_tasks)
        ground.every = 0.3
        ground.come(NINE)
        first = await ground.start("worker", kill_at="after-post:3")
        second = await ground.start("worker", kill_at="before-settle:4")
        assert await ground.killed(first)
        assert await ground.killed(second)
        ground.later(A_MINUTE)
        tally = await ground.finish()
        assert tally.clean, tally
        heard = Counter(
            member.slack_id
            for member in MEMBERS
            for message in ground.ws.talk.all(ground.ws.im(member.slack_id).id)
            if message.bot
        )
        assert heard == Counter(member.slack_id for member in MEMBERS)
