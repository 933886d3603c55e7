"""Many kills and bad days: `make faults`, or FAULT_KILLS=1000 FAULT_SECONDS=3600 make faults, or
FAULT_PARTS=refused,clocks make faults for some of the parts.

Bots are killed at random moments and at the named points: while they post, while Slack refuses what
they ask, while somebody sets their clocks, while a storm of votes comes in, while people are
reminded and directors hear of their reviews. Everything has to be told exactly once and every vote
to be where it belongs; a control that does not look in Slack before it repeats a post has to
double. A crowd at the HTTP edge may not keep Slack out, and a bot whose connection is cut has to
hear again.
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
from tests.faults import (
    clocking,
    crowding,
    killing,
    quarter,
    reconnecting,
    refusing,
    voting,
)
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
BAD_DAYS = int(os.environ.get("FAULT_BAD_DAYS", "4"))
"""For each number of processes on each database; on each day all of them are killed."""
STEPS = int(os.environ.get("FAULT_STEPS", "4"))
"""How often clocks are set, for each number of processes on each database."""
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
    kills: int | None
    """None where nobody is to be killed."""
    tally: Tally
    control: bool = False
    """Whether it has to double, at each of its kills if there were any."""
    time: str = ""
    """How long it took, in the row's own measure."""
    in_time: bool = True
    note: str = ""

    @property
    def passed(self) -> bool:
        """Whether all went as it has to."""
        if self.control:
            return self.tally.doubled >= max(self.kills or 0, 1)
        return self.tally.clean and self.in_time and self.kills != 0


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
        yield Row(
            f"reviews, bad Slack, {kind}",
            None,
            tally,
            time=f"{share:.0%}",
            in_time=share <= MOST_TIME,
        )
    tally, _ = await quarter.fanned_out(kinds["SQLite"](), CONTROL_DIRECTORS, blind=True)
    yield Row("reviews, no look: control", None, tally, control=True)


async def mornings(kinds: dict[str, Fresh], dice: Random) -> AsyncIterator[Row]:
    """People who are reminded by two workers that both die."""
    for kind, fresh in kinds.items():
        found = [
            await reminded(fresh(), [f"{dice.choice(POINTS)}:{dice.randint(1, 4)}" for _ in "12"])
            for _ in range(MORNINGS)
        ]
        whole = Tally(*map(sum, zip(*map(astuple, found), strict=True)))
        yield Row(f"reminders, {kind}, 2 at once", MORNINGS * 2, whole)


async def refused(kinds: dict[str, Fresh], dice: Random) -> AsyncIterator[Row]:
    """Bots to which Slack says no on one bad day after the other."""
    for kind, fresh in kinds.items():
        for mode, processes in (("all", 1), ("worker", 3)):
            kills, tally, day = await refusing.refused(fresh(), mode, processes, BAD_DAYS, dice)
            note = f"{day.noes} times no, {len(day.codes)} codes"
            yield Row(f"refused, {kind}, {processes} at once", kills, tally, note=note)


async def clocks(kinds: dict[str, Fresh], dice: Random) -> AsyncIterator[Row]:
    """Bots whose clocks are set; the time is that for which anybody was silent."""
    for kind, fresh in kinds.items():
        for mode, processes in (("all", 1), ("worker", 3)):
            steps = clocking.steps(STEPS, processes, dice)
            tally, found = await clocking.stepped(fresh(), mode, processes, steps, dice)
            yield Row(
                f"clocks set, {kind}, {processes} at once",
                found.kills,
                tally,
                time=f"{found.silence:.0f} s",
                in_time=found.silence <= clocking.A_MINUTE,
            )


async def crowds(kinds: dict[str, Fresh], dice: Random) -> AsyncIterator[Row]:
    """Crowds that send half of a request; what is lost are Slack's requests that were not answered
    in time, what is left unsigned ones that were not turned away."""
    for half in crowding.Half:
        found = await crowding.crowded(kinds["SQLite"](), half)
        yield Row(
            f"half {half.value}",
            None,
            Tally(len(found.seconds), found.late, 0, len(found.wrong)),
            time=f"{max(found.seconds):.1f} s",
            note=f"{found.crowd} at the door",
        )


async def reconnected(kinds: dict[str, Fresh], dice: Random) -> AsyncIterator[Row]:
    """Bots whose connection is cut; the time is the longest that one was deaf."""
    found = await reconnecting.cut_again(kinds["SQLite"](), dice)
    yield Row(
        "connections cut",
        None,
        found.tally,
        time=f"{found.longest:.0f} s",
        in_time=not found.unheard,
        note=f"{found.cuts} cuts, {found.noes} times no address, {found.unheard} not heard",
    )


PARTS = {
    "posts": posting,
    "refused": refused,
    "clocks": clocks,
    "crowds": crowds,
    "socket": reconnected,
    "votes": stormed,
    "reminders": mornings,
    "reviews": reviewed,
}
CHOSEN = os.environ.get("FAULT_PARTS", ",".join(PARTS)).split(",")


async def main(folder: Path) -> int:
    """Run everything and print the table; the exit code."""
    print(f"FAULT_SEED={SEED}", flush=True)
    dice, begun = Random(SEED), Clock().system()
    rows: list[Row] = []
    with databases(folder) as kinds:
        if "PostgreSQL" not in kinds:
            print("NOT RUN: PostgreSQL, because this machine has no server for it")
        print(f"{'':34}{'kills':>7}{'facts':>7}{'lost':>7}{'doubled':>9}{'left':>7}{'time':>7}")
        for part in CHOSEN:
            async for row in PARTS[part](kinds, dice):
                rows.append(row)
                show(row)
    tried = [row for row in rows if not row.control]
    print(
        f"{sum(row.kills or 0 for row in tried)} kills over "
        f"{sum(row.tally.facts for row in tried)} facts in {Clock().system() - begun:.0f} s"
    )
    return 0 if all(row.passed for row in rows) else 1


def show(row: Row) -> None:
    """Print one line."""
    told, verdict = row.tally, "ok" if row.passed else "FAILED"
    kills = "" if row.kills is None else row.kills
    print(
        f"{row.what:34}{kills:>7}{told.facts:>7}{told.lost:>7}{told.doubled:>9}{told.left:>7}"
        f"{row.time:>7}  {verdict:7}{row.note}".rstrip(),
        flush=True,
    )


if __name__ == "__main__":
    with tempfile.TemporaryDirectory() as folder:
        code = asyncio.run(main(Path(folder)))
        nursery().end()
    sys.exit(code)
