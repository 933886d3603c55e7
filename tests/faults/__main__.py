"""Many kills: `make faults`, or FAULT_KILLS=1000 FAULT_SECONDS=3600 make faults.

Bots are killed at random moments and at the named points: while they post, while a storm of votes
comes in, while people are reminded and directors hear of their reviews. Everything has to be told
exactly once and every vote to be where it belongs; a control that does not look in Slack before it
repeats a post has to double.
"""

import asyncio
import os
import random
import sys
import tempfile
from collections.abc import AsyncIterator
from dataclasses import astuple, dataclass
from pathlib import Path
from random import Random

from bot.clock import Clock
from tests.faults import killing, quarter, voting
from tests.faults.databases import Fresh, databases
from tests.faults.ground import POINTS, Tally, opened
from tests.faults.nursery import nursery
from tests.faults.reminding import reminded

KILLS = int(os.environ.get("FAULT_KILLS", "54"))
"""While bots post."""
SECONDS = float(os.environ.get("FAULT_SECONDS", "270"))
"""When no further kills of these begin."""
STORMS = int(os.environ.get("FAULT_STORMS", "4"))
"""On each database; in each two bots are killed."""
REVIEW_KILLS = int(os.environ.get("FAULT_REVIEW_KILLS", "210"))
"""At the named points, while directors hear of their reviews."""
MORNINGS = int(os.environ.get("FAULT_MORNINGS", "5"))
"""On each database; on each two workers are killed while they remind."""
DIRECTORS = 1000
SEED = int(os.environ.get("FAULT_SEED", "0")) or random.randrange(1, 1_000_000)
CONTROL_KILLS = 4
CONTROL_DIRECTORS = 50
MOST_TIME = 1.1
"""What telling all directors may take, as a share of what the workspace's limit makes of it."""


@dataclass(frozen=True)
class Row:
    """One line of the table."""

    what: str
    kills: int
    tally: Tally
    control: bool = False
    """Whether it has to double, at each of its kills if there were any."""
    share: float | None = None
    """The time it took, as a share of what the limit makes of it."""

    @property
    def passed(self) -> bool:
        """Whether all went as it has to."""
        if self.control:
            return self.tally.doubled >= max(self.kills, 1)
        in_time = self.share is None or self.share <= MOST_TIME
        return self.tally.clean and in_time and (self.kills > 0 or self.share is not None)


async def posting(kinds: dict[str, Fresh], dice: Random) -> AsyncIterator[Row]:
    """Bots that are killed while they post."""
    yield Row(
        "posts, no look: control",
        *await killing.unseeing(kinds["SQLite"](), CONTROL_KILLS),
        control=True,
    )
    plans = [("SQLite", "all", 1), ("PostgreSQL", "all", 1), ("PostgreSQL", "worker", 3)]
    plans = [plan for plan in plans if plan[0] in kinds]
    begun = Clock().system()
    for number, (kind, mode, processes) in enumerate(plans):
        until = begun + SECONDS * (number + 1) / len(plans)
        kills = KILLS // len(plans)
        found = await killing.killed(kinds[kind](), mode, processes, kills, until, dice)
        yield Row(f"posts, {kind}, {processes} at once", *found)


async def stormed(kinds: dict[str, Fresh], dice: Random) -> AsyncIterator[Row]:
    """Storms of votes, each with two kills; what is lost are votes that are not where our own
    count has them, what is left are events that were never taken."""
    for kind, fresh in kinds.items():
        reactions = lost = left = 0
        for number in range(STORMS):
            points = [dice.choice(("", f"{dice.choice(POINTS[:2])}:{dice.randint(1, 25)}"))] * 2
            async with opened(
                fresh(), None, voting.ROSTER, http=number % 2 > 0, strangers=[voting.STRANGER]
            ) as ground:
                found = await voting.stormed(ground, points, dice.randrange(1_000_000))
            reactions += found.reactions
            lost += found.wrong + found.miscounted
            left += found.undelivered
        yield Row(f"votes, {kind}", STORMS * 2, Tally(reactions, lost, 0, left))


async def reviewed(kinds: dict[str, Fresh], dice: Random) -> AsyncIterator[Row]:
    """Directors who hear of their reviews from bots that are killed at the named points, and from
    one that Slack treats badly."""
    plans = [(kind, processes) for kind in kinds for processes in (1, 3)]
    for kind, processes in plans:
        kills = -(-REVIEW_KILLS // len(plans))
        found = await quarter.killed(kinds[kind](), DIRECTORS, processes, kills, dice)
        yield Row(f"reviews, {kind}, {processes} at once", *found)
    for kind, fresh in kinds.items():
        tally, share = await quarter.fanned_out(fresh(), DIRECTORS)
        yield Row(f"reviews, bad Slack, {kind}", 0, tally, share=share)
    tally, _ = await quarter.fanned_out(kinds["SQLite"](), CONTROL_DIRECTORS, blind=True)
    yield Row("reviews, no look: control", 0, tally, control=True)


async def mornings(kinds: dict[str, Fresh], dice: Random) -> AsyncIterator[Row]:
    """People who are reminded by two workers that both die."""
    for kind, fresh in kinds.items():
        found = [
            await reminded(fresh(), [f"{dice.choice(POINTS)}:{dice.randint(1, 4)}" for _ in "12"])
            for _ in range(MORNINGS)
        ]
        whole = Tally(*map(sum, zip(*map(astuple, found), strict=True)))
        yield Row(f"reminders, {kind}, 2 at once", MORNINGS * 2, whole)


async def main(folder: Path) -> int:
    """Run everything and print the table; the exit code."""
    print(f"FAULT_SEED={SEED}", flush=True)
    dice, begun = Random(SEED), Clock().system()
    rows: list[Row] = []
    with databases(folder) as kinds:
        if "PostgreSQL" not in kinds:
            print("NOT RUN: PostgreSQL, because this machine has no server for it")
        print(f"{'':31}{'kills':>7}{'facts':>7}{'lost':>7}{'doubled':>9}{'left':>7}{'time':>7}")
        for part in (posting, stormed, mornings, reviewed):
            async for row in part(kinds, dice):
                rows.append(row)
                show(row)
    tried = [row for row in rows if not row.control]
    print(
        f"{sum(row.kills for row in tried)} kills over "
        f"{sum(row.tally.facts for row in tried)} facts in {Clock().system() - begun:.0f} s"
    )
    return 0 if all(row.passed for row in rows) else 1


def show(row: Row) -> None:
    """Print one line."""
    told, verdict = row.tally, "ok" if row.passed else "FAILED"
    share = "" if row.share is None else f"{row.share:.0%}"
    print(
        f"{row.what:31}{row.kills:>7}{told.facts:>7}{told.lost:>7}{told.doubled:>9}{told.left:>7}"
        f"{share:>7}  {verdict}",
        flush=True,
    )


if __name__ == "__main__":
    with tempfile.TemporaryDirectory() as folder:
        code = asyncio.run(main(Path(folder)))
        nursery().end()
    sys.exit(code)
