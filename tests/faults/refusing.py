"""Slack says no for a while, for every cause and in words nobody has seen, to bots that die."""

from contextlib import suppress
from dataclasses import dataclass, field
from datetime import UTC, datetime
from random import Random

from bot.playground.faults import Fault
from bot.playground.workspace import Workspace
from bot.usecases import deliver
from handlers.causes import CAUSES, Cause
from tests.faults.ground import POINTS, POST, ROSTER, Ground, Tally, opened
from tests.faults.hurried import HurriedClock
from tests.faults.nursery import Born
from tests.usecases.small_office import row

UPDATE, HISTORY = "chat.update", "conversations.history"
METHODS = (POST, UPDATE, HISTORY)
INVENTED = ("the_moon_is_full", "E_42", "코드")
KINDS = ("429", "500", "503", "reset", "invalid_json")
FACTS = 12
"""More of them in each round."""
SPEED = 10.0
REST_SECONDS = 2.5
"""Real seconds after which bots that only wait are killed all the same."""
HQ = row(90, "한총괄", "주무관", "도로과/계획팀", role="총괄")
NEXT_MORNING = datetime(2026, 7, 2, 1, 0, tzinfo=UTC)
"""10:00 of the second day at the office, when everybody may be told of anything."""
_FINAL = {POST: {Cause.PERSON}, UPDATE: {Cause.PERSON, Cause.GONE}, HISTORY: {Cause.PERSON}}
"""What Slack says of somebody, or of a message, that is no more: that is dropped, as it should."""


@dataclass
class BadDay:
    """What Slack answers instead of doing what it is asked, and how often it did."""

    ws: Workspace
    dice: Random
    noes: int = 0
    codes: set[str] = field(default_factory=set)
    _planned: list[tuple[Fault, int]] = field(default_factory=list)

    def begin(self) -> None:
        """From now on each method says no for every cause in turn, some of it for longer."""
        for method in METHODS:
            wrongs = [("error", code) for code in self._codes(method)]
            wrongs += [(kind, "") for kind in KINDS]
            self.dice.shuffle(wrongs)
            for kind, code in wrongs:
                self.ws.faults.add(method, kind, code=code, times=self.dice.randint(1, 3))
        self._planned = [(fault, fault.times) for fault in self.ws.faults]

    def end(self) -> None:
        """From now on Slack does what it is asked."""
        self.ws.faults.clear()
        for fault, times in self._planned:
            self.noes += times - fault.times
            if fault.code and fault.times < times:
                self.codes.add(fault.code)

    def _codes(self, method: str) -> list[str]:
        """One code of each cause that may pass, and one that nobody has seen."""
        causes = [cause for cause in Cause if cause not in _FINAL[method]]
        found = [self.dice.choice(codes_of(cause)) for cause in causes]
        return [self.dice.choice(INVENTED), *found]


def codes_of(cause: Cause) -> list[str]:
    """Slack's words for it."""
    return [code for code, its in CAUSES.items() if its is cause]


async def refused(
    url: str, mode: str, processes: int, rounds: int, dice: Random
) -> tuple[int, Tally, BadDay]:
    """Bots that post on so many bad days, an hour apart, and are killed each time; who has heard of
    what, once Slack is well again."""
    async with opened(url, HurriedClock.begun(SPEED), [*ROSTER, HQ]) as ground:
        ground.muted = "handlers.delivery"
        day = BadDay(ground.ws, dice)
        kills = 0
        for _ in range(rounds):
            await ground.want(FACTS)
            await ground.change_cards()
            day.begin()
            point = f"{dice.choice(POINTS)}:{dice.randint(1, 8)}"
            bots = [await ground.start(mode, kill_at=point)]
            bots += [await ground.start(mode) for _ in range(processes - 1)]
            for bot in bots:
                await bot.begun()
            await _asked(ground, dice.randint(10, 60))
            kills += await _killed(bots)
            day.end()
            ground.later(deliver.LONGEST)
        ground.come(NEXT_MORNING)
        return kills, await ground.finish(), day


async def _asked(ground: Ground, more: int) -> None:
    """Wait until the bots have asked so much more of Slack."""

    def asked() -> int:
        return sum(ground.ws.calls[method] for method in METHODS)

    until = asked() + more
    with suppress(TimeoutError):  # what is left waits for an hour, or nobody is left
        await ground.ws.changes.until(lambda: asked() >= until, REST_SECONDS)


async def _killed(bots: list[Born]) -> int:
    for bot in bots:
        bot.kill()
        await bot.wait()
    return len(bots)
