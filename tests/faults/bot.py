"""The bot as fault tests start it, in a process of its own that the nursery has forked.

It is the whole bot, with the test's clock, which `FAULT_CLOCK` tells and whoever has the dial in
the file `FAULT_DIAL` sets; `FAULT_EVERY` are the real seconds between two ticks. With `FAULT_FREE`
Slack takes as much as comes. With `FAULT_FINISH` the process ends by itself once it has ticked and
nothing is left to tell. `FAULT_BLIND` is the control: an earlier post is never found in Slack. The
logger `FAULT_MUTED` is not heard, and no more than `FAULT_FILES` files may be open at once.
"""

import asyncio
import importlib
import logging
import os
import resource
import signal
from collections.abc import Callable
from datetime import datetime
from functools import partial

import sqlalchemy as sa

from bot import wiring
from bot.settings import Mode, Settings
from bot.usecases.review_ticking import bureaus_due
from handlers import logs, sending
from handlers.sending import Letter, Sent
from storage import points
from storage.rates import SLACK, UNLIMITED
from storage.tables.delivery import outbox, projections
from storage.unit import UnitOfWork
from tests.faults.hurried import HurriedClock

_FACTS = sa.select(sa.func.count()).where(
    outbox.c.settled_at.is_(None), outbox.c.not_before <= sa.bindparam("now")
)
_SHOWN = sa.select(sa.func.count()).where(
    projections.c.shown_version < projections.c.wanted_version,
    projections.c.state.in_(("due", "sending")),
)


def left(uow: UnitOfWork, now: datetime) -> int:
    """How much is still to be told or shown, of what may be by now."""
    facts = uow.connection.execute(_FACTS, {"now": now}).scalar_one()
    return int(facts + uow.connection.execute(_SHOWN).scalar_one())


async def _sees_nothing(client: object, letter: Letter, since: float) -> Sent | None:
    return None


async def _finished(bot: wiring.Bot) -> None:
    """Tick until no review is left to open, then wait until nothing is left to tell, which is asked
    after every commit of this process."""
    loop, committed = asyncio.get_running_loop(), asyncio.Event()

    def wake() -> None:
        loop.call_soon_threadsafe(committed.set)

    bot.office.on_commit.append(wake)
    assert bot.ticker
    await bot.ticker.tick()
    while await bot.office.read(partial(bureaus_due, now=bot.office.now())):
        await bot.ticker.tick()
    while await bot.office.read(partial(left, now=bot.office.now())):
        await committed.wait()
        committed.clear()


async def _serve(mode: Mode, ready: Callable[[], None]) -> None:
    settings = Settings.read(os.environ, mode)
    logs.configure(format=settings.log_format, level=settings.log_level)
    # What Slack's libraries warn of at each start is not the matter here.
    logging.getLogger("slack").setLevel(logging.ERROR)
    if files := int(os.environ.get("FAULT_FILES", "0")):
        _, hard = resource.getrlimit(resource.RLIMIT_NOFILE)
        resource.setrlimit(resource.RLIMIT_NOFILE, (min(files, hard), hard))
    if muted := os.environ.get("FAULT_MUTED"):
        logging.getLogger(muted).setLevel(logging.CRITICAL)
    clock = HurriedClock.of(os.environ["FAULT_CLOCK"], os.environ.get("FAULT_DIAL", ""))
    # A call has to end within its lease, which is as much shorter.
    wiring.SENDER_SECONDS /= clock.speed
    if os.environ.get("FAULT_BLIND"):
        sending.look = _sees_nothing
    stopped = asyncio.Event()
    for number in (signal.SIGTERM, signal.SIGINT):
        asyncio.get_running_loop().add_signal_handler(number, stopped.set)
    rates = UNLIMITED if os.environ.get("FAULT_FREE") else SLACK
    every = float(os.environ["FAULT_EVERY"])
    bot = await wiring.start(settings, mode, clock, every=every, rates=rates)
    ready()
    if os.environ.get("FAULT_FINISH"):
        await _finished(bot)
    else:
        await stopped.wait()
    await bot.stop()


def live(mode: str, ready: Callable[[], None]) -> None:
    """Be the bot until it is asked to stop, has finished or is killed; say when it is `ready`."""
    importlib.reload(points)  # it was read before this process had its environment
    asyncio.run(_serve(Mode(mode), ready))
