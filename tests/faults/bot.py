"""The bot as fault tests start it: `python -m tests.faults.bot [all|worker]`.

It is the whole bot, with the test's clock. `FAULT_CLOCK` tells that clock; with `FAULT_FINISH` the
process ends by itself once nothing is left to tell; `FAULT_BLIND` is the control: an earlier post
is never found in Slack.
"""

import asyncio
import logging
import os
import signal
import sys

import sqlalchemy as sa

from bot import wiring
from bot.settings import Mode, Settings
from handlers import logs, sending
from handlers.sending import Letter, Sent
from storage.tables.delivery import outbox, projections
from storage.unit import UnitOfWork
from tests.faults.hurried import HurriedClock

_FACTS = sa.select(sa.func.count()).where(outbox.c.settled_at.is_(None))
_SHOWN = sa.select(sa.func.count()).where(
    projections.c.shown_version < projections.c.wanted_version,
    projections.c.state.in_(("due", "sending")),
)


def left(uow: UnitOfWork) -> int:
    """How much is still to be told or shown."""
    return sum(uow.connection.execute(asked).scalar_one() for asked in (_FACTS, _SHOWN))


async def _sees_nothing(client: object, letter: Letter, since: float) -> Sent | None:
    return None


async def _finished(bot: wiring.Bot) -> None:
    """Wait until nothing is left; asked after every commit of this process."""
    loop, committed = asyncio.get_running_loop(), asyncio.Event()

    def wake() -> None:
        loop.call_soon_threadsafe(committed.set)

    bot.office.on_commit.append(wake)
    while await bot.office.read(left):
        await committed.wait()
        committed.clear()


async def _serve(mode: Mode) -> None:
    settings = Settings.read(os.environ, mode)
    logs.configure(format=settings.log_format, level=settings.log_level)
    # What Slack's libraries warn of at each start is not the matter here.
    logging.getLogger("slack").setLevel(logging.ERROR)
    clock = HurriedClock.of(os.environ["FAULT_CLOCK"])
    # A call has to end within its lease, which is as much shorter.
    wiring.SENDER_SECONDS /= clock.speed
    if os.environ.get("FAULT_BLIND"):
        sending.look = _sees_nothing
    stopped = asyncio.Event()
    for number in (signal.SIGTERM, signal.SIGINT):
        asyncio.get_running_loop().add_signal_handler(number, stopped.set)
    bot = await wiring.start(settings, mode, clock)
    if os.environ.get("FAULT_FINISH"):
        await _finished(bot)
    else:
        await stopped.wait()
    await bot.stop()


if __name__ == "__main__":
    asyncio.run(_serve(Mode(sys.argv[1])))
