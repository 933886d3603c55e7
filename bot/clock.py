"""The only reader of clocks.

Two times are kept apart. *Programme time* (`now`) decides what is due and may be moved in the
playground. *System time* (`system`, `monotonic`) drives leases, rate buckets, triggers and
signatures, and is never moved.
"""

import contextvars
import sys
import time
from collections.abc import Container, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import UTC, date, datetime, timedelta
from functools import cache
from importlib import import_module
from threading import Lock
from types import ModuleType

_loading = Lock()
_until: contextvars.ContextVar[float | None] = contextvars.ContextVar("until", default=None)
"""When somebody who waits gives up, by the monotonic clock; None where nobody waits."""


@dataclass
class Clock:
    """The clock of a running process; `offset` moves programme time only."""

    offset: timedelta = field(default_factory=timedelta)

    def now(self) -> datetime:
        """Programme time, aware, in UTC."""
        return datetime.now(UTC) + self.offset

    def advance_to(self, at: datetime) -> None:
        """Move programme time forward to `at`; raises ValueError if that lies behind it."""
        by = at - self.now()
        if by < timedelta():
            raise ValueError(f"the clock is past {at.isoformat()} already")
        self.offset += by

    def system(self) -> float:
        """Seconds since the epoch, as other machines see them."""
        return time.time()

    def monotonic(self) -> float:
        """Seconds that never go back; only differences mean something."""
        return time.monotonic()

    @contextmanager
    def within(self, seconds: float) -> Iterator[None]:
        """Somebody waits for what is done inside, at most so long.

        Whatever may take its time asks for what is `left`. An earlier deadline stays.
        """
        until = self.monotonic() + seconds
        outer = _until.get()
        token = _until.set(until if outer is None else min(until, outer))
        try:
            yield
        finally:
            _until.reset(token)

    def left(self) -> float | None:
        """The seconds that whoever waits still has, 0.0 when they are over; None: nobody waits."""
        until = _until.get()
        return None if until is None else max(until - self.monotonic(), 0.0)


class FrozenClock(Clock):
    """Programme time that stands still until it is moved; system time keeps running."""

    def __init__(self, at: datetime) -> None:
        if at.tzinfo is None:
            raise ValueError("a frozen clock needs an aware datetime")
        super().__init__()
        self._at = at.astimezone(UTC)

    def now(self) -> datetime:
        """The moment the clock was frozen at or moved to."""
        return self._at + self.offset

    def move(self, by: timedelta) -> None:
        """Move programme time by `by`, backwards too."""
        self._at += by

    def move_to(self, at: datetime) -> None:
        """Move programme time to `at`, which must be aware."""
        if at.tzinfo is None:
            raise ValueError("a frozen clock needs an aware datetime")
        self._at = at.astimezone(UTC)


def unhurried() -> contextvars.Context:
    """The present context for a task that nobody waits for: without the deadline."""
    context = contextvars.copy_context()
    context.run(_until.set, None)
    return context


@cache
def public_holidays() -> Container[date]:
    """South Korea's public holidays, substitute and lunar ones included, for any year."""
    countries = "holidays.countries"
    # Whoever imports one country gets all of them: two hundred modules, 8 MB and 150 ms. So the
    # folder stands in for the package, whose own first lines do that, until ours is there.
    with _loading:  # the threads that read and the one that writes ask at once
        stand_in = ModuleType(countries)
        stand_in.__path__ = [f"{folder}/countries" for folder in import_module("holidays").__path__]
        sys.modules[countries] = stand_in
        try:
            calendar: Container[date] = import_module(f"{countries}.south_korea").SouthKorea()
        finally:
            del sys.modules[countries]
    return calendar
