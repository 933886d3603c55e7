"""What senders have under way, as each process watches it by its own steady clock.

The clock of a machine may be set while a call is under way, so no stored moment can say when a
sender is dead. Each process therefore watches: what is marked as being sent, and has stayed so
unchanged for as long as any sender may have it, is left to whoever finds that first.
"""

import secrets
from collections.abc import Iterable
from dataclasses import dataclass
from threading import Lock
from typing import Any

from sqlalchemy.engine import Row

from bot.clock import Clock
from storage.moments import left

LOOK_AFTER = 15.0
"""Seconds after which a call without an answer has either arrived or never will."""


@dataclass(frozen=True)
class Found:
    """The ids of what may be taken up now, and in how many seconds the next of the rest may."""

    ripe: tuple[int, ...]
    next_in: float | None


class Watch:
    """One process's view of what is being sent, by itself and by others; for several threads.

    A sender has what it claimed for `lease` seconds, and its name is `owner`.
    """

    def __init__(self, clock: Clock, lease: float) -> None:
        self.owner = secrets.token_urlsafe(6)
        self.lease = lease
        self._clock = clock
        self._seen: dict[str, dict[int, tuple[int, str | None, float]]] = {}
        self._lock = Lock()

    def look(self, table: str, rows: Iterable[Row[Any]]) -> Found:
        """What of `rows`, all that a table marks as being sent, may be taken up.

        Each has id, attempts, owner, lease_until and pause. One without an owner was given back by
        a sender that had no answer; the call itself has ended, but it may still arrive.
        """
        now, system = self._clock.steady(), self._clock.system()
        ripe: list[int] = []
        waits: list[float] = []
        with self._lock:
            before = self._seen.get(table, {})
            seen = self._seen[table] = {}
            for row in rows:
                attempts, owner, since = before.get(row.id, (-1, None, now))
                if (attempts, owner) != (row.attempts, row.owner):
                    since = now
                seen[row.id] = (row.attempts, row.owner, since)
                kept = LOOK_AFTER if row.owner is None else self.lease + LOOK_AFTER
                wait = max(since + kept - now, left(row.lease_until, row.pause, system))
                if wait > 0:
                    waits.append(wait)
                else:
                    ripe.append(row.id)
        return Found(tuple(ripe), min(waits, default=None))
