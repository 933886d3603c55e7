"""Facts that wait to be told, and their delivery effectively once.

A claim gives a row to one sender until its lease ends. A sender that dies leaves the row
`sending`: it is handed out again as *unsure*, late enough for a lost call to have shown itself,
and the new sender looks in Slack before it sends. Of a stream only the oldest open fact leaves;
a fact that comes after another waits for that one's place in Slack.
"""

import secrets
from collections.abc import Collection, Mapping
from datetime import UTC, datetime
from functools import cache
from typing import Any

import msgspec
import sqlalchemy as sa
from sqlalchemy.engine import Connection, Row

from bot.clock import Clock
from bot.domain.facts import Due, Fact
from storage.again import OutboxAgain
from storage.rates import HORIZON, SLACK, Buckets, Rates
from storage.tables.base import UtcDateTime, upsert
from storage.tables.delivery import buckets, outbox

LOOK_AFTER = 15.0
"""Seconds after which a call without an answer has either arrived or never will."""

_AT_ONCE = datetime(1970, 1, 1, tzinfo=UTC)
_earlier = outbox.alias("earlier")
_before = outbox.alias("before")

_WAYS = {"post": "channel:", "ask": "slack", "ephemeral": "ephemeral:"}
"""What limits a fact besides its channel, with a recipient of that kind."""
_way = sa.case(
    (outbox.c.recipient == "slack", "ask"),
    (outbox.c.recipient.startswith("ephemeral:"), "ephemeral"),
    else_="post",
)
# A thousand questions that have to wait hold up no message, nor the other way round.
_way_free = sa.case(
    (_way == "ask", sa.bindparam("ask", type_=sa.Double)),
    (_way == "ephemeral", sa.bindparam("ephemeral", type_=sa.Double)),
    else_=sa.bindparam("post", type_=sa.Double),
)
_open = outbox.c.settled_at.is_(None)
_is_head = sa.or_(
    outbox.c.stream.is_(None),
    ~sa.exists().where(
        _earlier.c.stream == outbox.c.stream,
        _earlier.c.id < outbox.c.id,
        _earlier.c.settled_at.is_(None),
    ),
)
_may_follow = sa.or_(outbox.c.after_key.is_(None), _before.c.state == "sent")
_joined = outbox.outerjoin(_before, _before.c.dedupe_key == outbox.c.after_key).outerjoin(
    buckets, buckets.c.name == outbox.c.recipient
)
_channel_free = sa.func.coalesce(buckets.c.next_free_at, 0.0) - sa.bindparam("channel_slack")
_ready = _open & _is_head & _may_follow

_CLAIMABLE = (
    sa.select(outbox, _before.c.channel.label("after_channel"), _before.c.ts.label("after_ts"))
    .select_from(_joined)
    .where(
        _ready,
        outbox.c.not_before <= sa.bindparam("now"),
        outbox.c.lease_until <= sa.bindparam("system"),
        _channel_free <= sa.bindparam("system"),
        _way_free <= sa.bindparam("reached", type_=sa.Double),
    )
    .order_by(outbox.c.not_before, outbox.c.id)
    .limit(sa.bindparam("limit"))
)
_LEASE = (
    sa.update(outbox)
    .where(outbox.c.id == sa.bindparam("b_id"))
    .values(state="sending", lease_until=sa.bindparam("until"), attempts=outbox.c.attempts + 1)
)
_free_from = sa.case(
    (outbox.c.lease_until > _channel_free, outbox.c.lease_until), else_=_channel_free
)
_NEXT_READY = (
    sa.select(_way.label("way"), sa.func.min(_free_from).label("at"))
    .select_from(_joined)
    .where(_ready, outbox.c.not_before <= sa.bindparam("now"))
    .group_by(sa.text("way"))
)
_NEXT_TIMED = sa.select(sa.func.min(outbox.c.not_before)).where(
    _open, outbox.c.not_before > sa.bindparam("now")
)
_mine = (outbox.c.id == sa.bindparam("b_id")) & _open
_SETTLE = (
    sa.update(outbox)
    .where(_mine)
    .values(
        state=sa.bindparam("state"),
        settled_at=sa.bindparam("at"),
        channel=sa.bindparam("channel"),
        ts=sa.bindparam("ts"),
        error=sa.bindparam("error"),
    )
    .returning(outbox.c.dedupe_key)
)
_RETRY = (
    sa.update(outbox)
    .where(
        _mine,
        sa.or_(
            sa.bindparam("attempt", type_=sa.Integer).is_(None),
            outbox.c.attempts == sa.bindparam("attempt", type_=sa.Integer),
        ),
    )
    .values(
        state=sa.bindparam("state"),
        lease_until=sa.bindparam("until"),
        error=sa.bindparam("error"),
        not_before=sa.func.coalesce(sa.bindparam("after", type_=UtcDateTime), outbox.c.not_before),
    )
)
_FATE = sa.select(outbox.c.state).where(outbox.c.dedupe_key == sa.bindparam("key"))
_FORGET = sa.delete(outbox).where(outbox.c.dedupe_key.in_(sa.bindparam("keys", expanding=True)))
_UNTOLD = ("dropped", "parked")
_FORGET_UNTOLD = _FORGET.where(outbox.c.state.in_(_UNTOLD)).returning(outbox.c.dedupe_key)
_FOLLOWERS = sa.select(outbox.c.id).where(outbox.c.after_key == sa.bindparam("key"), _open)


@cache
def _put(dialect: str) -> sa.Executable:
    insert = upsert(outbox, dialect).on_conflict_do_nothing(index_elements=["dedupe_key"])
    return insert.inline().execution_options(preserve_rowcount=True)


class OutboxStore(OutboxAgain):
    """The outbox inside a unit of work. Its changes go through the writer, as all writes do."""

    def __init__(self, connection: Connection, clock: Clock) -> None:
        self._connection = connection
        self._clock = clock

    def put(self, fact: Fact) -> bool:
        """Have `fact` told once; False when its dedupe key is known already."""
        now = self._clock.now()
        state = "due"
        if fact.after is not None:
            fate = self._connection.execute(_FATE, {"key": fact.after}).scalar_one_or_none()
            state = fate if fate in _UNTOLD else "due"
        row = {
            "kind": fact.kind,
            "version": fact.version,
            "payload": msgspec.json.encode(fact.payload).decode(),
            "recipient": fact.recipient,
            "stream": fact.stream,
            "after_key": fact.after,
            "dedupe_key": fact.dedupe_key,
            "not_before": fact.not_before or _AT_ONCE,
            "state": state,
            "settled_at": None if state == "due" else now,
            "token": secrets.token_urlsafe(12),
            "lease_until": 0.0,
            "attempts": 0,
            "created_at": now,
        }
        return self._connection.execute(_put(self._connection.dialect.name), row).rowcount == 1

    def claim(
        self,
        now: datetime,
        system: float,
        limit: int,
        lease_seconds: float,
        *,
        rates: Rates = SLACK,
    ) -> list[Due]:
        """Lease at most `limit` facts that may leave within the next second, oldest first.

        `lease_seconds`, counted from each `send_at`, must be longer than the call's whole timeout.
        Fewer than `limit` does not mean that nothing is left: `next_due_at` tells.
        """
        wanted: dict[str, Any] = {"now": now, "system": system, "reached": system + HORIZON}
        wanted |= {"limit": limit, "channel_slack": rates.channel.slack, **self._ways_free(rates)}
        rows = self._connection.execute(_CLAIMABLE, wanted).all()
        wishes = [rates.for_post(row.recipient) for row in rows]
        times = Buckets(self._connection).reserve(wishes, system)
        claimed = [
            _due(row, at, at + lease_seconds)
            for row, at in zip(rows, times, strict=True)
            if at is not None
        ]
        if claimed:
            leases = [{"b_id": due.id, "until": due.lease_until + LOOK_AFTER} for due in claimed]
            self._connection.execute(_LEASE, leases)
        return claimed

    def settle(self, id: int, channel: str | None, ts: str | None) -> None:
        """The fact is told, there; of several that say so the first is kept."""
        self._close(id, "sent", channel=channel, ts=ts)

    def retry(
        self,
        id: int,
        at: float,
        unsure: bool,
        *,
        error: str | None = None,
        attempt: int | None = None,
        not_before: datetime | None = None,
    ) -> None:
        """Hand the fact out again from `at` (system seconds), and from `not_before` if that is set.

        When `unsure`, the call may have arrived, and it is not before `LOOK_AFTER` from now. With
        `attempt`, nothing happens when another sender has taken the fact up meanwhile.
        """
        until = max(at, self._clock.system() + LOOK_AFTER) if unsure else at
        state = "sending" if unsure else "due"
        told = {"b_id": id, "attempt": attempt, "state": state, "error": error}
        self._connection.execute(_RETRY, told | {"until": until, "after": not_before})

    def drop(self, id: int, why: str) -> None:
        """The fact is no longer wanted; what was to follow it is not either."""
        self._close(id, "dropped", error=why)

    def park(self, id: int, error: str) -> None:
        """The fact cannot be told; what was to follow it is parked with it."""
        self._close(id, "parked", error=error)

    def forget(self, keys: Collection[str]) -> None:
        """Delete what these keys stand for, told or not, as if it had never been."""
        if keys:
            self._connection.execute(_FORGET, {"keys": list(keys)})

    def forget_untold(self, keys: Collection[str]) -> frozenset[str]:
        """Delete what these keys stand for where it was dropped or parked, so that it may be put
        again; those keys."""
        asked = {"keys": list(keys)}
        return frozenset(self._connection.execute(_FORGET_UNTOLD, asked).scalars() if keys else ())

    def next_due_at(self, *, rates: Rates = SLACK) -> float | None:
        """When (system seconds) a claim may next give something; None: nothing is open."""
        now, system = self._clock.now(), self._clock.system()
        free = self._ways_free(rates)
        asked = {"now": now, "channel_slack": rates.channel.slack}
        # Half the horizon early, so that the next claim is there before the slots are used up.
        moments = [
            max(system, row.at, free[row.way] - HORIZON / 2)
            for row in self._connection.execute(_NEXT_READY, asked)
        ]
        timed = self._connection.execute(_NEXT_TIMED, {"now": now}).scalar_one()
        if timed is not None:
            moments.append(system + (timed - now).total_seconds())
        return min(moments, default=None)

    def _ways_free(self, rates: Rates) -> dict[str, float]:
        """From when on each way may be used."""
        ways = {way: rates.for_post(recipient)[0] for way, recipient in _WAYS.items()}
        free = Buckets(self._connection).free_at(bucket.name for bucket in ways.values())
        return {way: free.get(name, 0.0) - rate.slack for way, (name, rate) in ways.items()}

    def _close(
        self,
        id: int,
        state: str,
        *,
        channel: str | None = None,
        ts: str | None = None,
        error: str | None = None,
    ) -> None:
        where = {"b_id": id, "at": self._clock.now(), "state": state}
        settled = where | {"channel": channel, "ts": ts, "error": error}
        key = self._connection.execute(_SETTLE, settled).scalar_one_or_none()
        if key is None or state == "sent":
            return
        for follower in self._connection.execute(_FOLLOWERS, {"key": key}).scalars().all():
            self._close(follower, state, error=error)


def _due(row: Row[Any], send_at: float, lease_until: float) -> Due:
    payload: Mapping[str, Any] = msgspec.json.decode(row.payload)
    fact = Fact(
        kind=row.kind,
        version=row.version,
        payload=payload,
        recipient=row.recipient,
        stream=row.stream,
        after=row.after_key,
        dedupe_key=row.dedupe_key,
        not_before=None if row.not_before == _AT_ONCE else row.not_before,
    )
    return Due(
        id=row.id,
        fact=fact,
        token=row.token,
        attempt=row.attempts + 1,
        unsure=row.state == "sending",
        send_at=send_at,
        lease_until=lease_until,
        after_channel=row.after_channel,
        after_ts=row.after_ts,
        created_at=row.created_at,
    )
