"""The Growth table: what each screen's query takes with 291, ten thousand and more tasks.

The sizes take turns, so that what else the machine does meets all of them alike.
"""

import sys
import time
from collections.abc import Sequence
from contextlib import ExitStack
from dataclasses import asdict, dataclass
from pathlib import Path
from statistics import median

from sqlalchemy.engine import Engine

from bot.clock import FrozenClock
from storage.engine import make_engine, reading
from storage.unit import UnitOfWork
from tests.bench import recalling
from tests.bench.province import NOW
from tests.bench.screens import SCREENS, Askers, Screen
from tests.bench.sizes import Kept, kept
from tests.bench.table import Row, columns

SIZES = (291, 10_000, 100_000, 1_000_000)
BASE = 10_000
"""What larger sizes are compared with."""
_WARM, _TIMES = 2, 15
_MOST_SECONDS = 4.0
"""One question of one database is asked no longer than this, warm or not."""
_GROWS = 3.0


@dataclass(frozen=True)
class Growth:
    """Medians in milliseconds by number of tasks."""

    what: str
    kind: str
    enough_ms: float
    medians: dict[int, float]

    @property
    def ratio(self) -> float:
        """The largest size's by ten thousand's."""
        return self.medians[max(self.medians)] / self.medians[BASE]

    @property
    def reached(self) -> bool:
        """Whether it hardly grows, or is fast at any rate."""
        return self.ratio <= _GROWS or self.medians[max(self.medians)] <= self.enough_ms


class _Ground:
    """One database: an engine for questions and one for writes."""

    def __init__(self, url: str, size: int) -> None:
        self.size = size
        self._writing = make_engine(url)
        self._reading = reading(self._writing)
        self._clock = FrozenClock(NOW)
        with self._reading.connect() as connection:
            self.askers = Askers(connection, size)

    def seconds(self, screen: Screen) -> float:
        """How long one asking takes, its transaction included."""
        work = screen.asked(self.askers)
        engine: Engine = self._writing if screen.writes else self._reading
        began = time.perf_counter()
        with engine.begin() as connection:
            work(UnitOfWork(connection, self._clock))
        return time.perf_counter() - began

    def close(self) -> None:
        self._writing.dispose()
        self._reading.dispose()


def measured(folder: Path, sizes: tuple[int, ...]) -> tuple[list[Growth], list[Row]]:
    """The table of all screens on both databases, and how well similar ones are found."""
    found, recalled = [], []
    with kept(folder, sizes) as kinds:
        for kind in kinds:
            found += _of_kind(kind)
            recalled.append(recalling.row(kind.name, kind.urls[sizes[-1]], sizes[-1]))
    return found, recalled


def _of_kind(kind: Kept) -> list[Growth]:
    with ExitStack() as stack:
        grounds = []
        for size, url in kind.urls.items():
            grounds.append(_Ground(url, size))
            stack.callback(grounds[-1].close)
        return [_grown(screen, kind.name, grounds) for screen in SCREENS]


def _grown(screen: Screen, kind: str, grounds: Sequence[_Ground]) -> Growth:
    times: dict[int, list[float]] = {ground.size: [] for ground in grounds}
    for _ in range(_WARM + _TIMES):
        for ground in grounds:
            if sum(times[ground.size]) < _MOST_SECONDS:
                times[ground.size].append(ground.seconds(screen))
    medians = {}
    for size, taken in times.items():
        medians[size] = median(taken[_WARM:] or taken) * 1000
    told = ", ".join(f"{size:,}: {ms:.2f}" for size, ms in medians.items())
    print(f"  {kind}, {screen.name} (ms): {told}", file=sys.stderr)
    return Growth(screen.name, kind, screen.enough_ms, medians)


def printed(rows: Sequence[Growth]) -> str:
    """The table, sizes side by side."""
    sizes = [*rows[0].medians]
    heads = ("query (ms)", "database", *(f"{size:,}" for size in sizes), "ratio", "goal", "reached")
    lines = [
        (
            row.what,
            row.kind,
            *(f"{row.medians[size]:.2f}" for size in sizes),
            f"{row.ratio:.2f}",
            f"≤ {_GROWS:g}, or ≤ {row.enough_ms:g} ms",
            "yes" if row.reached else "NO",
        )
        for row in rows
    ]
    return columns([heads, *lines])


def as_dict(row: Growth) -> dict[str, object]:
    """A query's medians with what follows from them."""
    return {**asdict(row), "ratio": row.ratio, "reached": row.reached}
