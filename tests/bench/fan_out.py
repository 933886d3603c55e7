"""Nudging directors: one review each at a quarter's first morning, as fast as Slack lets us.

The reviews are opened by the tick, and sent by the dispatcher to a Slack that takes so many posts
a second, and some more at once after a pause. The larger numbers are sent at a higher limit than
Slack's, so that the bench ends: what is compared is the time that the limit alone would take.
"""

import asyncio
import sys
from dataclasses import dataclass, replace
from datetime import UTC, datetime
from functools import partial
from typing import IO, Any

import aiohttp
import sqlalchemy as sa
import uvloop

from bot.clock import FrozenClock
from bot.domain.roster_rows import RosterRow
from bot.i18n.texts import Catalogue
from bot.usecases import review_ticking
from bot.usecases.organise import apply_import
from bot.usecases.review_planning import plan_bureaus
from handlers.metrics import Metrics
from handlers.outbox import Dispatcher
from handlers.roster_files import vocabulary
from handlers.slack import client_for
from storage.database import Office
from storage.rates import SLACK, Rate
from storage.tables.delivery import outbox
from storage.tables.reviews import reviews
from tests.bench import servers
from tests.bench.office import Databases
from tests.bench.slack import TALLY
from tests.bench.table import Row

_IMPORTED = datetime(2026, 7, 10, 1, tzinfo=UTC)
_OPENS = datetime(2026, 10, 1, 0, tzinfo=UTC)
"""Nine o'clock in Seoul on the first working day of a quarter."""
_SMALL = 19
_BURST = 5
_LOOK_SECONDS = 0.1


@dataclass(frozen=True)
class _Told:
    seconds: float
    limited: int


def rows(kinds: tuple[Databases, ...], log: IO[bytes], *, full: bool) -> list[Row]:
    """The rows on both databases."""
    found = []
    for directors, limit in ((_SMALL, 5), (1000, 50), (10_000, 50)):
        if directors > 1000 and not full:
            continue
        for kind in kinds:
            told = _nudged(kind.empty(), directors, limit, log)
            what = f"nudging {directors:,} directors at {limit}/s, {kind.name}"
            pace = directors / limit
            least, most = (pace + 1, 1.0) if directors <= _SMALL else (pace, 1.1)
            found += [
                Row(what, told.seconds, least, "s", most=most),
                Row(f"{what}: answered 429", told.limited, directors, "", most=0.01),
            ]
            print(f"  {what}: {told}", file=sys.stderr)
    return found


def _nudged(url: str, directors: int, limit: int, log: IO[bytes]) -> _Told:
    port = servers.free_port()
    command = ["-m", "tests.bench.slack", str(port), str(limit)]
    with (
        servers.process(command, port, servers.LOAD_CORE, log),
        asyncio.Runner(loop_factory=uvloop.new_event_loop) as runner,
    ):
        return runner.run(_told(url, directors, limit, f"http://127.0.0.1:{port}"))


async def _told(url: str, directors: int, limit: int, slack: str) -> _Told:
    clock = FrozenClock(_IMPORTED)
    office = Office.at(url, clock)
    catalogue = Catalogue.load()
    rates = replace(SLACK, post=Rate(limit, burst=_BURST))
    dispatcher = Dispatcher(
        office,
        client_for("xoxb-bench", f"{slack}/api/", seconds=10),
        clock,
        catalogue,
        reach=lambda point: None,
        metrics=Metrics(),
        rates=rates,
    )
    try:
        await _due(office, clock, catalogue, directors)
        began = clock.system()
        await dispatcher.start()
        office.on_commit.append(dispatcher.wake)
        return await _all_posted(slack, directors, began, 30 + 2 * directors / limit)
    finally:
        await dispatcher.stop()
        await office.close()


async def _due(office: Office, clock: FrozenClock, catalogue: Catalogue, directors: int) -> None:
    """An office of so many bureaus whose reviews have just been opened."""
    words = vocabulary(catalogue).words
    importing = partial(
        apply_import, rows=_roster(directors), now=_IMPORTED, words=words, round_name="제1회"
    )
    await office.write_alone(importing)
    while await office.write_alone(partial(plan_bureaus, now=_IMPORTED)):
        pass
    clock.move_to(_OPENS)
    while bureaus := await office.read(partial(review_ticking.bureaus_due, now=_OPENS)):
        for bureau in bureaus:
            figures_due = partial(review_ticking.figures_due, now=_OPENS, bureau=bureau)
            found = await office.read(figures_due)
            await office.write_alone(partial(review_ticking.open_due, found=found, now=_OPENS))
    opened = await office.read(_opened)
    if opened != directors:
        raise RuntimeError(f"{opened} reviews were opened for {directors} directors")
    told = sa.update(outbox).where(outbox.c.kind != "review").values(settled_at=_OPENS)
    await office.write_alone(lambda uow: uow.connection.execute(told).rowcount)


def _opened(uow: Any) -> int:
    count: int = uow.connection.execute(
        sa.select(sa.func.count()).select_from(reviews)
    ).scalar_one()
    return count


async def _all_posted(slack: str, directors: int, began: float, most: float) -> _Told:
    async with aiohttp.ClientSession() as session, asyncio.timeout(most):
        while True:
            async with session.get(slack + TALLY) as answer:
                told = await answer.json()
            if told["posted"] >= directors:
                return _Told(told["last"] - began, told["limited"])
            await asyncio.sleep(_LOOK_SECONDS)


def _roster(directors: int) -> list[RosterRow]:
    return [
        RosterRow(
            line=number + 2,
            bureau=f"제{number}국",
            name=f"국장{number}",
            title="국장",
            email=f"director{number}@example.kr",
            slack_id=f"U{number:08}",
        )
        for number in range(directors)
    ]
