"""A morning on which every member is reminded of a date, and the workers that do it die."""

from collections.abc import Sequence
from datetime import UTC, date, datetime

from bot.domain.task import Status
from storage.unit import UnitOfWork
from tests.faults.ground import HEADS, MEMBERS, Tally, opened
from tests.faults.hurried import HurriedClock
from tests.usecases.small_office import own_task

NINE = datetime(2026, 7, 8, 0, 0, tzinfo=UTC)
DUE = date(2026, 7, 15)
A_MINUTE = 60.0
SPEED = 5.0
"""How much faster time runs: a lease has to outlast what a busy machine stalls a process for."""


async def reminded(url: str, points: Sequence[str]) -> Tally:
    """Workers start together at nine, and each dies at its named point; who has heard in the end,
    after one more."""
    async with opened(url, HurriedClock.begun(SPEED)) as ground:
        await ground.office.write_alone(_tasks)
        ground.every = 0.3
        ground.come(NINE)
        for worker in [await ground.start("worker", kill_at=point) for point in points]:
            assert await ground.killed(worker)
        ground.later(A_MINUTE)
        tally = await ground.finish()
        ws = ground.ws
        inboxes = (ws.talk.all(ws.im(member.slack_id).id) for member in MEMBERS)
        counts = [sum(message.bot for message in inbox) for inbox in inboxes]
        return Tally(
            facts=len(counts),
            lost=counts.count(0),
            doubled=sum(max(count - 1, 0) for count in counts),
            left=tally.left,
        )


def _tasks(uow: UnitOfWork) -> None:
    """A task of each member, due in a week."""
    for member in MEMBERS:
        own_task(uow, member, HEADS[0], status=Status.IN_PROGRESS, due=DUE)
