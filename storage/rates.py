"""How fast Slack may be called: buckets shared by all processes through one row each.

A claim reserves the moment of each send before it happens, so two processes that claim at once
never add up to more than the rate. All times are system seconds; see `storage.moments` for a clock
that is set. Figures are Slack's published
tiers: about one message a second a channel, several hundred a minute a workspace, `chat.update`
and `reactions.get` 50 a minute, `views.publish` and `chat.postEphemeral` 100 a minute.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from functools import cache
from typing import NamedTuple

import sqlalchemy as sa
from sqlalchemy.engine import Connection

from bot.clock import Clock
from storage.moments import left
from storage.tables.base import upsert
from storage.tables.delivery import buckets

HORIZON = 1.0
"""Seconds ahead that a claim may reserve: what is claimed waits, so it should not wait long."""

_LOAD = sa.select(buckets).where(buckets.c.name.in_(sa.bindparam("names", expanding=True)))


@cache
def _save(dialect: str) -> sa.Executable:
    insert = upsert(buckets, dialect)
    moment = {name: insert.excluded[name] for name in ("next_free_at", "ahead")}
    return insert.on_conflict_do_update(index_elements=["name"], set_=moment)


@dataclass(frozen=True)
class Rate:
    """So many calls a second, of which the first `burst` may come at once after a pause."""

    per_second: float
    burst: int = 1

    @property
    def slack(self) -> float:
        """Seconds that a send may run ahead of the steady pace."""
        return (self.burst - 1) / self.per_second


class Bucket(NamedTuple):
    """One thing that is limited, by name, and its rate."""

    name: str
    rate: Rate


@dataclass(frozen=True, kw_only=True)
class Rates:
    """The rates of one workspace; a wish names the workspace's bucket first."""

    post: Rate = field(default=Rate(5, burst=5))
    channel: Rate = field(default=Rate(1))
    update: Rate = field(default=Rate(50 / 60, burst=10))
    publish: Rate = field(default=Rate(100 / 60, burst=20))
    ask: Rate = field(default=Rate(50 / 60, burst=10))
    ephemeral: Rate = field(default=Rate(100 / 60, burst=20))

    def for_post(self, recipient: str) -> tuple[Bucket, ...]:
        """A message to `recipient`; questions and ephemerals hold up no channel."""
        if recipient == "slack":
            return (Bucket("ask", self.ask),)
        if recipient.startswith("ephemeral:"):
            return (Bucket("ephemeral", self.ephemeral),)
        return Bucket("post", self.post), Bucket(recipient, self.channel)

    def for_update(self) -> tuple[Bucket, ...]:
        """A change of a message that is there."""
        return (Bucket("update", self.update),)

    def for_home(self) -> tuple[Bucket, ...]:
        """A person's Home."""
        return (Bucket("publish", self.publish),)


SLACK = Rates()

UNLIMITED = Rates(
    post=Rate(100, burst=20),
    channel=Rate(20, burst=5),
    update=Rate(100, burst=20),
    publish=Rate(100, burst=20),
    ask=Rate(100, burst=20),
    ephemeral=Rate(100, burst=20),
)
"""For a workspace without limits, such as the playground, where a newcomer should not wait."""


class Buckets:
    """Reserves send times; called inside a write, so that only one claim runs at a time."""

    def __init__(self, connection: Connection, clock: Clock) -> None:
        self._connection = connection
        self._clock = clock

    def free_in(self, names: Iterable[str]) -> dict[str, float]:
        """In how many seconds each bucket is next free at its steady pace; negative: it was so many
        seconds ago; absent: it always was."""
        system = self._clock.system()
        rows = self._connection.execute(_LOAD, {"names": sorted(set(names))})
        return {row.name: left(row.next_free_at, row.ahead, system) for row in rows}

    def reserve(self, wishes: Sequence[tuple[Bucket, ...]]) -> list[float | None]:
        """In how many seconds each wish may be sent, or None where it must be claimed again later.

        The first bucket of a wish gives the time; the others must be free by then, so that a busy
        channel never holds up the workspace.
        """
        if not wishes:
            return []
        free = self.free_in(bucket.name for wish in wishes for bucket in wish)
        taken: set[str] = set()
        times: list[float | None] = []
        for wish in wishes:
            openings = [free.get(name, -rate.slack) - rate.slack for name, rate in wish]
            at = max(0.0, openings[0])
            if at > HORIZON or max(openings) > at:
                times.append(None)
                continue
            times.append(at)
            for name, rate in wish:
                free[name] = max(free.get(name, 0.0), at) + 1 / rate.per_second
                taken.add(name)
        self._store({name: free[name] for name in taken})
        return times

    def hold(self, bucket: Bucket, seconds: float) -> None:
        """Let nothing leave through `bucket` for so many seconds: Slack answered 429."""
        free = self.free_in([bucket.name]).get(bucket.name, 0.0)
        self._store({bucket.name: max(free, seconds + bucket.rate.slack)})

    def _store(self, free: dict[str, float]) -> None:
        if free:
            system = self._clock.system()
            rows = [
                {"name": name, "next_free_at": system + wait, "ahead": max(wait, 0.0)}
                for name, wait in sorted(free.items())
            ]
            self._connection.execute(_save(self._connection.dialect.name), rows)
