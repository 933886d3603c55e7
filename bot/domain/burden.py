"""Burden: how many messages and taps the programme costs people a quarter, without names."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from math import ceil

from bot.domain.periods import Cadence, latest_boundary

GOAL = 6
"""Direct messages a member a quarter, beyond what they asked for."""
ASKED_FOR = frozenset({"reminders"})
"""Kinds of messages that do not count: reminders of one's own dates come as each has chosen."""
FEWEST = 5
"""Among fewer people a spread tells whose figures it shows."""


@dataclass(frozen=True, kw_only=True)
class Spread:
    """How a count is spread over people: half have at most `median`, nine of ten `ninth`."""

    median: int = 0
    ninth: int = 0
    most: int = 0


@dataclass(frozen=True, kw_only=True)
class Quarter:
    """One quarter's burden."""

    starts_on: date
    messages: Spread
    taps: Spread
    people: int
    """Everyone who is counted, those without any message too."""
    over: int
    """Members (no lead, head, director or headquarters) with more messages than the goal."""

    @property
    def is_open(self) -> bool:
        """Whether there are enough people for it to name nobody; without, nothing is counted."""
        return self.people >= FEWEST


def quarter_of(day: date) -> date:
    """The first day of the quarter in which `day` lies."""
    return latest_boundary(day, Cadence.QUARTERLY)


def spread(counted: Mapping[int, int], people: int) -> Spread:
    """The spread of `counted` (how many people by count) over `people`; the others have none."""
    some = sum(number for count, number in counted.items() if count)
    whole = max(people, some)
    if not some:
        return Spread()
    by_count = {**counted, 0: whole - some}

    def up_to(share: float) -> int:
        wanted, met = ceil(whole * share), 0
        for count in sorted(by_count):
            met += by_count[count]
            if met >= wanted:
                return count
        return max(by_count)

    return Spread(median=up_to(0.5), ninth=up_to(0.9), most=max(by_count))
