"""Bots that are killed at random moments and at the named points while they post."""

import asyncio
from random import Random

from bot.clock import Clock
from tests.faults.ground import POINTS, Ground, Tally, opened
from tests.faults.hurried import HurriedClock
from tests.faults.nursery import Born

FACTS_A_KILL = 12
SPEED = 10.0
"""How much faster time runs: a lease has to outlast what a busy machine stalls a process for."""


class Killer:
    """Keeps a number of bots at work and kills one after the other."""

    def __init__(self, ground: Ground, mode: str, processes: int, dice: Random) -> None:
        self._ground, self._mode, self._dice = ground, mode, dice
        self._count = processes
        self._running: list[Born] = []

    async def run(self, kills: int, until: float) -> int:
        """Kill so many times, or until that moment (system seconds); how often it was."""
        done = 0
        while done < kills and Clock().system() < until:
            await self._ground.want(FACTS_A_KILL)
            while len(self._running) < self._count - 1:
                self._running.append(await self._ground.start(self._mode))
            done += await (self._at_a_point() if self._dice.random() < 0.5 else self._some_time())
        for process in self._running:
            process.kill()
            await process.wait()
        return done + len(self._running)

    async def _at_a_point(self) -> bool:
        """A new bot dies at a named point; the rest had their part in the work."""
        point = f"{self._dice.choice(POINTS)}:{self._dice.randint(1, 4)}"
        bot = await self._ground.start(self._mode, kill_at=point)
        try:
            async with asyncio.timeout(10):
                await bot.wait()
        except TimeoutError:  # the others left it nothing to do
            bot.kill()
            await bot.wait()
        return True

    async def _some_time(self) -> bool:
        """One of the bots dies a moment after something was posted."""
        self._running.append(await self._ground.start(self._mode))
        victim = self._running.pop(self._dice.randrange(len(self._running)))
        try:
            async with asyncio.timeout(10):
                await self._ground.posted(self._dice.randint(1, FACTS_A_KILL // 2))
        except TimeoutError:  # everything was posted before
            pass
        await asyncio.sleep(self._dice.uniform(0, 0.05))
        victim.kill()
        await victim.wait()
        return True


async def killed(
    url: str, mode: str, processes: int, kills: int, until: float, dice: Random
) -> tuple[int, Tally]:
    """Kill bots on one database; afterwards a last one tells what is left."""
    async with opened(url, HurriedClock.begun(SPEED)) as ground:
        done = await Killer(ground, mode, processes, dice).run(kills, until)
        return done, await ground.finish()


async def unseeing(url: str, kills: int) -> tuple[int, Tally]:
    """The same without the look in Slack, killed after a post each time."""
    async with opened(url, HurriedClock.begun(SPEED)) as ground:
        for _ in range(kills):
            await ground.want(FACTS_A_KILL)
            bot = await ground.start(kill_at="after-post:2", blind=True)
            assert await ground.killed(bot)
        return kills, await ground.finish(blind=True)
