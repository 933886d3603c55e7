"""Somebody sets the clocks of bots that run, by an hour or a day, while they post.

The workspace and whoever puts the facts keep the right time.
"""

import tempfile
from collections.abc import Iterator, Sequence
from contextlib import suppress
from dataclasses import dataclass, field
from datetime import UTC, datetime
from itertools import count
from pathlib import Path
from random import Random

from bot.usecases.deliver import LEASE
from storage.watch import LOOK_AFTER
from tests.faults.ground import POST, Ground, Tally, opened
from tests.faults.hurried import Dial, HurriedClock
from tests.faults.nursery import Born

WEDNESDAY = datetime(2026, 7, 8, 1, 0, tzinfo=UTC)
"""10:00 at the office; it has its people for a week, and no day beside it is a day off."""
HOUR, DAY = 3600.0, 86400.0
STEPS = (HOUR, -HOUR, DAY, -DAY)
A_MINUTE = 60.0
"""How long a set clock may silence anybody."""
DEAD = LEASE + LOOK_AFTER
"""Seconds after which others take up what a killed sender had, whatever the clocks say."""
FACTS = 9
"""More of them before each setting, and as many after it."""
SPEED = 10.0
"""How much faster time runs: a lease has to outlast what a busy machine stalls a process for."""
LATE, LIMITED = 0.3, 20.0
"""Real seconds that an answer is late; seconds that Slack asks to wait, as the bots count them."""


@dataclass(frozen=True)
class Step:
    """Clocks are set by so many seconds: all of them, or that of one bot `alone`. With `kill` one
    bot is killed at that moment, and another started in its place."""

    by: float
    alone: bool = False
    kill: bool = False


def steps(count: int, processes: int, dice: Random) -> list[Step]:
    """So many, a kill at every other one; of several bots, one alone at every third."""
    sizes = [by for _ in range(-(-count // len(STEPS))) for by in dice.sample(STEPS, len(STEPS))]
    return [
        Step(by, alone=processes > 1 and number % 3 > 1, kill=number % 2 > 0)
        for number, by in enumerate(sizes[:count])
    ]


@dataclass
class Setting:
    """Bots at work, each with a dial for its clock."""

    ground: Ground
    mode: str
    folder: Path
    dice: Random
    silence: float = 0.0
    """The longest (seconds) that anything wanted was not told after a clock was set, apart from the
    `DEAD` seconds that what a killed sender had waits in any case."""
    kills: int = 0
    _bots: list[tuple[Born, Dial]] = field(default_factory=list)
    _numbers: Iterator[int] = field(default_factory=count)

    async def begin(self, processes: int) -> None:
        """Have so many bots at work."""
        for _ in range(processes):
            await self._start(0.0)
        for bot, _ in self._bots:
            await bot.begun()

    async def take(self, step: Step) -> None:
        """Set the clocks while the bots post, and wait until everything is told."""
        self._trouble()
        await self.ground.want(FACTS)
        await self.ground.posted(self.dice.randint(1, 4))
        victim = self.dice.randrange(len(self._bots))
        for number, (_, dial) in enumerate(self._bots):
            if number == victim or not step.alone:
                dial.seconds += step.by
        begun = self.ground.clock.steady()
        await self.ground.want(FACTS)
        if step.kill:
            await self._replace(victim)
        with suppress(TimeoutError):  # they are silent still
            await self.ground.all_posted()
        silent = self.ground.clock.steady() - begun - (DEAD if step.kill else 0.0)
        self.silence = max(self.silence, silent)

    async def end(self) -> None:
        """Ask all to stop."""
        assert set(await self.ground.stopped(*(bot for bot, _ in self._bots))) == {0}

    def _trouble(self) -> None:
        """What is under way when the clock is set: late, lost or without an answer."""
        wrongs = ["delay", "delay", "hang", "reset", "drop", "429", "500", "invalid_json"]
        self.dice.shuffle(wrongs)
        for kind in wrongs[:5]:
            seconds = LATE if kind == "delay" else LIMITED
            self.ground.ws.faults.add(POST, kind, seconds=seconds)

    async def _start(self, set_by: float) -> Born:
        dial = Dial(self.folder / f"dial {next(self._numbers)}")
        dial.seconds = set_by
        bot = await self.ground.start(self.mode, dial=dial)
        self._bots.append((bot, dial))
        return bot

    async def _replace(self, number: int) -> None:
        bot, dial = self._bots.pop(number)
        bot.kill()
        await bot.wait()
        self.kills += 1
        await (await self._start(dial.seconds)).begun()


async def stepped(
    url: str,
    mode: str,
    processes: int,
    steps: Sequence[Step],
    dice: Random,
    at: datetime = WEDNESDAY,
    speed: float = SPEED,
) -> tuple[Tally, Setting]:
    """Take these steps one after the other; what became of all that was to be told."""
    with tempfile.TemporaryDirectory() as folder:
        async with opened(url, HurriedClock.begun(speed)) as ground:
            ground.come(at)
            setting = Setting(ground, mode, Path(folder), dice)
            await setting.begin(processes)
            for step in steps:
                await setting.take(step)
            await setting.end()
            ground.ws.faults.clear()
            return await ground.finish(), setting
