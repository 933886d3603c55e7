"""A clock for fault tests: both times of all processes of a test run faster, in step.

Leases and the look-up's delay keep the lengths they have at work; a minute of them passes in
three seconds. Every process is given the same beginning, so no two of them disagree, until a test
sets the clock of some with a `Dial`.
"""

import mmap
import struct
from datetime import UTC, datetime
from pathlib import Path
from typing import Self

from bot.clock import Clock

SPEED = 20.0
BEGIN = datetime(2026, 7, 1, 1, 0, tzinfo=UTC)
"""10:00 of a working day at the office."""


_SECONDS = struct.Struct("d")


class Dial:
    """What somebody has set the clock of a machine by, in seconds; processes that run see it at
    once, through a small file that they share."""

    def __init__(self, file: Path) -> None:
        self.file = file
        if not file.exists():
            file.write_bytes(_SECONDS.pack(0.0))
        with file.open("r+b") as opened:
            self._shared = mmap.mmap(opened.fileno(), _SECONDS.size)

    @property
    def seconds(self) -> float:
        """How far the clock is ahead of the time that really is."""
        return float(_SECONDS.unpack(self._shared[:])[0])

    @seconds.setter
    def seconds(self, seconds: float) -> None:
        self._shared[:] = _SECONDS.pack(seconds)


class HurriedClock(Clock):
    """Since the real moment `since` (seconds), time runs `speed` times faster, plus `ahead`.

    `moved` are the seconds that programme time alone was moved by. `dial` sets system time, and
    programme time with it, while the clock runs; what counts passing seconds runs on.
    """

    def __init__(
        self,
        since: float,
        speed: float,
        ahead: float,
        begin: float,
        moved: float = 0.0,
        dial: Dial | None = None,
    ) -> None:
        super().__init__()
        self.since, self.speed, self.ahead = since, speed, ahead
        self.begin, self.moved, self.dial = begin, moved, dial

    @classmethod
    def begun(cls, speed: float = SPEED, begin: datetime = BEGIN) -> Self:
        """A clock that begins now, at `begin`."""
        return cls(Clock().system(), speed, 0.0, begin.timestamp())

    @classmethod
    def of(cls, words: str, dial: str = "") -> Self:
        """The clock of another process, from its `words` and its dial's file, if it has one."""
        since, speed, ahead, begin, moved = map(float, words.split())
        clock = cls(since, speed, ahead, begin, moved)
        clock.dial = Dial(Path(dial)) if dial else None
        return clock

    @property
    def words(self) -> str:
        """This clock, to be told to another process."""
        told = (self.since, self.speed, self.ahead, self.begin, self.moved)
        return " ".join(map(repr, told))

    def system(self) -> float:
        passed = (super().system() - self.since) * self.speed
        return self.begin + passed + self.ahead + (self.dial.seconds if self.dial else 0.0)

    def steady(self) -> float:
        return super().steady() * self.speed

    def now(self) -> datetime:
        return datetime.fromtimestamp(self.system() + self.moved, UTC)
