"""A clock for fault tests: both times of all processes of a test run faster, in step.

Leases and the look-up's delay keep the lengths they have at work; a minute of them passes in
three seconds. Every process is given the same beginning, so no two of them disagree.
"""

from datetime import UTC, datetime
from typing import Self

from bot.clock import Clock

SPEED = 20.0
BEGIN = datetime(2026, 7, 1, 1, 0, tzinfo=UTC)
"""10:00 of a working day at the office."""


class HurriedClock(Clock):
    """Since the real moment `since` (seconds), time runs `speed` times faster, plus `ahead`.

    `moved` are the seconds that programme time alone was moved by.
    """

    def __init__(
        self, since: float, speed: float, ahead: float, begin: float, moved: float = 0.0
    ) -> None:
        super().__init__()
        self.since, self.speed, self.ahead = since, speed, ahead
        self.begin, self.moved = begin, moved

    @classmethod
    def begun(cls, speed: float = SPEED, begin: datetime = BEGIN) -> Self:
        """A clock that begins now, at `begin`."""
        return cls(Clock().system(), speed, 0.0, begin.timestamp())

    @classmethod
    def of(cls, words: str) -> Self:
        """The clock of another process, from its `words`."""
        return cls(*map(float, words.split()))

    @property
    def words(self) -> str:
        """This clock, to be told to another process."""
        told = (self.since, self.speed, self.ahead, self.begin, self.moved)
        return " ".join(map(repr, told))

    def system(self) -> float:
        return self.begin + (super().system() - self.since) * self.speed + self.ahead

    def steady(self) -> float:
        return super().steady() * self.speed

    def now(self) -> datetime:
        return datetime.fromtimestamp(self.system() + self.moved, UTC)
