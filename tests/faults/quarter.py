"""Directors who are to hear of their bureau's review at the boundary of a quarter, once each."""

import asyncio
import signal
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from functools import partial
from random import Random

from bot.playground.records import Message
from bot.playground.workspace import Workspace
from bot.usecases.review_planning import plan_bureaus
from storage.rates import SLACK
from tests.faults.ground import ENDS, POINTS, POST, Ground, Tally, opened
from tests.faults.hurried import SPEED, HurriedClock
from tests.usecases.small_office import row

BEFORE = datetime(2026, 9, 28, 1, 0, tzinfo=UTC)
"""10:00 of a Monday at the office; bureaus are known from now on."""
NINE = datetime(2026, 10, 1, 0, 0, tzinfo=UTC)
"""09:00 of the first working day of the quarter."""
L = SLACK.post.per_second
"""Messages a second that a workspace takes."""
SPARED = 10.0
"""Seconds after which a process that found nothing to do is killed all the same."""
A_MINUTE = 60.0
CALM = 5.0
"""How much faster time runs where a fast machine is not the matter."""


@dataclass
class Quarter:
    """The directors of so many bureaus in a workspace."""

    ground: Ground
    directors: tuple[str, ...]

    @property
    def told(self) -> int:
        """How many directors have heard."""
        return sum(bool(self._said_to(who)) for who in self.directors)

    @property
    def seconds(self) -> float:
        """How long, in the office's time, it took since `NINE` until the last was told."""
        stamps = [float(m.ts) for who in self.directors for m in self._said_to(who)]
        return max(stamps) - NINE.timestamp()

    def moved(self, seconds: float) -> None:
        """Let programme time be so much ahead of system time for whoever starts from now on."""
        assert isinstance(self.ground.clock, HurriedClock)
        self.ground.clock.moved = seconds

    async def all_told(self) -> None:
        """Wait until everyone has heard."""
        everyone = len(self.directors)
        await self.ground.ws.changes.until(lambda: self.told == everyone, ENDS)

    async def finish(self, *, blind: bool = False) -> Tally:
        """Let a last process tell what is left; who has heard then."""
        await self.ground.finish(blind=blind)
        return await self.tally()

    async def tally(self) -> Tally:
        """How many messages directors have too few or too many."""
        counts = [len(self._said_to(who)) for who in self.directors]
        return Tally(
            facts=len(counts),
            lost=counts.count(0),
            doubled=sum(max(count - 1, 0) for count in counts),
            left=(await self.ground.tally()).left,
        )

    def _said_to(self, who: str) -> list[Message]:
        ws = self.ground.ws
        return [message for message in ws.talk.all(ws.im(who).id) if message.bot]


@asynccontextmanager
async def quarter(url: str, directors: int, speed: float = SPEED) -> AsyncIterator[Quarter]:
    """So many bureaus, each with a director, that wait for the quarter to begin."""
    roster = [
        row(number, f"국장{number}", "국장", bureau=f"제{number}국")
        for number in range(2, directors + 2)
    ]
    async with opened(url, HurriedClock.begun(speed, BEFORE), roster) as ground:
        ground.every = 0.3
        while await ground.office.write(partial(plan_bureaus, now=BEFORE)):
            pass
        yield Quarter(ground, tuple(r.slack_id for r in roster))


async def killed(
    url: str, directors: int, processes: int, kills: int, dice: Random
) -> tuple[int, Tally]:
    """Kill so many bots at named points while they tell the directors; what became of it.

    They are started together, `processes` at a time, and all of them are to die.
    """
    done = 0
    async with quarter(url, directors) as one:
        one.ground.come(NINE)
        while done < kills and one.told < directors:
            points = [f"{dice.choice(POINTS)}:{dice.randint(1, 9)}" for _ in range(processes)]
            bots = [await one.ground.start("worker", kill_at=point) for point in points]
            for bot in bots:
                try:
                    async with asyncio.timeout(SPARED):
                        done += await bot.wait() == -signal.SIGKILL
                except TimeoutError:  # the others left it nothing to do
                    bot.kill()
                    await bot.wait()
            one.ground.later(A_MINUTE)
        return done, await one.finish()


async def fanned_out(url: str, directors: int, *, blind: bool = False) -> tuple[Tally, float]:
    """Slack's bad days again and again while the directors are told; the office's seconds it took,
    as a share of directors / `L`."""
    async with quarter(url, directors, CALM) as one:
        ws = one.ground.ws
        one.ground.come(NINE - timedelta(seconds=10))
        bot = await one.ground.start("worker", blind=blind)
        for told in range(0, directors, directors // 5):
            await ws.changes.until(partial(_posted, ws, told), ENDS)
            for kind, times in (("429", 1), ("500", 2), ("reset", 2)):
                ws.faults.add(POST, kind, times=times)
        await one.all_told()
        assert await one.ground.stopped(bot) == [0]
        seconds = one.seconds
        return await one.finish(blind=blind), seconds * L / directors


def _posted(ws: Workspace, messages: int) -> bool:
    return ws.calls[POST] >= messages


def hours(moment: datetime, more: float) -> datetime:
    """So many hours later."""
    return moment + timedelta(hours=more)
