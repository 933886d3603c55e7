"""Facts that wait to be told, and their delivery effectively once.

A claim gives a row to one sender. A sender that dies leaves the row `sending`: it is handed out
again as *unsure*, late enough for a lost call to have shown itself (see `storage.watch`), and the
new sender looks in Slack before it sends. Of a stream only the oldest open fact leaves; a fact that
comes after another waits for that one's place in Slack. A fact that is *parked* is set aside from
its stream and asked again now and then: nothing that was promised is given up.
"""

import secrets
from collections import Counter
from collections.abc import Collection, Mapping
from datetime import UTC, datetime
from functools import cache
from typing import Any

import msgspec
import sqlalchemy as sa
from sqlalchemy.engine import Connection, Row

from bot.clock import Clock
from bot.domain.facts import Due, Fact
from storage.moments import passed, passes_at
from storage.rates import HORIZON, SLACK, Buckets, Rates
from storage.tables.base import UtcDateTime, upsert
from storage.tables.delivery import buckets, outbox
from storage.watch import Watch

NOT_YET = "not yet"
"""The error of a fact that was not sent because nobody was to be told at that moment."""
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
        _earlier.c.parked_at.is_(None),
    ),
)
_may_follow = sa.or_(outbox.c.after_key.is_(None), _before.c.state == "sent")
_joined = outbox.outerjoin(_before, _before.c.dedupe_key == outbox.c.after_key).outerjoin(
    buckets, buckets.c.name == outbox.c.recipient
)
_system = sa.bindparam("system", type_=sa.Double)
_now = sa.bindparam("now", type_=UtcDateTime)
_channel_free_at = sa.func.coalesce(buckets.c.next_free_at, 0.0) - sa.bindparam("channel_slack")
_channel_ahead = sa.func.coalesce(buckets.c.ahead, 0.0)
_ready = _open & _is_head & _may_follow & (outbox.c.not_before <= _now)
_is_due = outbox.c.state == "due"
_is_ripe = outbox.c.id.in_(sa.bindparam("ripe", expanding=True))


def _claimable(may_be_sent: sa.ColumnElement[bool]) -> sa.Select[Any]:
    return (
        sa.select(outbox, _before.c.channel.label("after_channel"), _before.c.ts.label("after_ts"))
        .select_from(_joined)
        .where(
            _ready,
            may_be_sent,
            passed(outbox.c.lease_until, outbox.c.pause, _system),
            passed(_channel_free_at, _channel_ahead, _system),
            _way_free <= sa.bindparam("reached", type_=sa.Double),
        )
        .order_by(outbox.c.not_before, outbox.c.id)
        .limit(sa.bindparam("limit"))
    )


_row_free_from = passes_at(outbox.c.lease_until, outbox.c.pause, _system)
_place_free_from = passes_at(_channel_free_at, _channel_ahead, _system)


def _next_ready(may_be_sent: sa.ColumnElement[bool]) -> sa.Select[Any]:
    later = sa.case((_row_free_from > _place_free_from, _row_free_from), else_=_place_free_from)
    return (
        sa.select(_way.label("way"), sa.func.min(later).label("at"))
        .select_from(_joined)
        .where(_ready, may_be_sent)
        .group_by(sa.text("way"))
    )


# What is ripe is rare, and a list in a statement costs.
_CLAIMABLE = {False: _claimable(_is_due), True: _claimable(_is_due | _is_ripe)}
_NEXT_READY = {False: _next_ready(_is_due), True: _next_ready(_is_due | _is_ripe)}
_SENDING = sa.select(
    outbox.c.id, outbox.c.attempts, outbox.c.owner, outbox.c.lease_until, outbox.c.pause
).where(_open, outbox.c.state == "sending")
_LEASE = (
    sa.update(outbox)
    .where(outbox.c.id == sa.bindparam("b_id"))
    .values(
        state="sending",
        owner=sa.bindparam("b_owner"),
        lease_until=0.0,
        pause=0.0,
        attempts=outbox.c.attempts + 1,
    )
)
_NEXT_TIMED = sa.select(sa.func.min(outbox.c.not_before)).where(_open, outbox.c.not_before > _now)
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
        owner=None,
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
        owner=None,
        lease_until=sa.bindparam("until"),
        pause=sa.bindparam("b_pause"),
        waited=outbox.c.waited + sa.bindparam("more", type_=sa.Double),
        parked_at=sa.func.coalesce(outbox.c.parked_at, sa.bindparam("parked", type_=UtcDateTime)),
        error=sa.bindparam("error"),
        not_before=sa.func.coalesce(sa.bindparam("after", type_=UtcDateTime), outbox.c.not_before),
    )
)
_FATE = sa.select(outbox.c.state).where(outbox.c.dedupe_key == sa.bindparam("key"))
_FORGET = sa.delete(outbox).where(outbox.c.dedupe_key.in_(sa.bindparam("keys", expanding=True)))
_FORGET_DROPPED = _FORGET.where(outbox.c.state == "dropped").returning(outbox.c.dedupe_key)
_PARKED = (
    sa.select(outbox.c.kind, outbox.c.error, sa.func.count().label("many"))
    .where(_open, outbox.c.parked_at.is_not(None))
    .group_by(outbox.c.kind, outbox.c.error)
)
_WAITS_FOR = sa.update(outbox).where(_open).values(lease_until=0.0, pause=0.0)
_FREE = _WAITS_FOR.where(outbox.c.recipient == sa.bindparam("to"))
_FREE_QUESTIONS = _WAITS_FOR.where(outbox.c.recipient == "slack", outbox.c.error.is_not(None))
_ASK_AGAIN = (
    sa.update(outbox)
    .where(_open, _is_due, outbox.c.error == NOT_YET, outbox.c.not_before > _now)
    .values(not_before=_now)
)
_FOLLOWERS = sa.select(outbox.c.id).where(outbox.c.after_key == sa.bindparam("key"), _open)


@cache
def _put(dialect: str) -> sa.Executable:
    insert = upsert(outbox, dialect).on_conflict_do_nothing(index_elements=["dedupe_key"])
    return insert.inline().execution_options(preserve_rowcount=True)


class OutboxStore:
    """The outbox inside a unit of work. Its changes go through the writer, as all writes do."""

    def __init__(self, connection: Connection, clock: Clock) -> None:
        self._connection = connection
        self._clock = clock
        self._buckets = Buckets(connection, clock)

    def put(self, fact: Fact) -> bool:
        """Have `fact` told once; False when its dedupe key is known already."""
        now = self._clock.now()
        state = "due"
        if fact.after is not None:
            fate = self._connection.execute(_FATE, {"key": fact.after}).scalar_one_or_none()
            state = "dropped" if fate == "dropped" else "due"
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

    def claim(self, now: datetime, limit: int, watch: Watch, *, rates: Rates = SLACK) -> list[Due]:
        """Lease at most `limit` facts that may leave within the next second, oldest first.

        The lease of `watch`, counted from each `send_at`, must be longer than the call's whole
        timeout. Fewer than `limit` does not mean that nothing is left: `due_in` tells.
        """
        ripe = watch.look("outbox", self._connection.execute(_SENDING)).ripe
        system = self._clock.system()
        wanted: dict[str, Any] = {"now": now, "system": system, "reached": HORIZON}
        wanted |= {"limit": limit, "channel_slack": rates.channel.slack, **self._ways_free(rates)}
        if ripe:
            wanted["ripe"] = ripe
        rows = self._connection.execute(_CLAIMABLE[bool(ripe)], wanted).all()
        times = self._buckets.reserve([rates.for_post(row.recipient) for row in rows])
        begin = self._clock.steady()
        claimed = [
            _due(row, begin + wait, begin + wait + watch.lease)
            for row, wait in zip(rows, times, strict=True)
            if wait is not None
        ]
        if claimed:
            leases = [{"b_id": due.id, "b_owner": watch.owner} for due in claimed]
            self._connection.execute(_LEASE, leases)
        return claimed

    def settle(self, id: int, channel: str | None, ts: str | None) -> None:
        """The fact is told, there; of several that say so the first is kept."""
        self._close(id, "sent", channel=channel, ts=ts)

    def retry(
        self,
        id: int,
        pause: float,
        *,
        unsure: bool = False,
        refused: bool = False,
        error: str | None = None,
        attempt: int | None = None,
        not_before: datetime | None = None,
        parked: datetime | None = None,
    ) -> None:
        """Hand the fact out again after `pause` seconds, and from `not_before` if that is set.

        When `unsure`, the call may have arrived, and it is not before `LOOK_AFTER`. When `refused`,
        the pause counts as waiting for Slack; with `parked`, it is set aside since that moment.
        With `attempt`, nothing happens when another sender has taken the fact up meanwhile.
        """
        told: dict[str, Any] = {"b_id": id, "attempt": attempt, "error": error, "after": not_before}
        told |= {"state": "sending" if unsure else "due", "parked": parked}
        told |= {"until": self._clock.system() + pause, "b_pause": pause}
        self._connection.execute(_RETRY, told | {"more": pause if refused else 0.0})

    def drop(self, id: int, why: str) -> None:
        """The fact is no longer wanted; what was to follow it is not either."""
        self._close(id, "dropped", error=why)

    def parked(self) -> Counter[tuple[str, str]]:
        """How many facts are set aside, by kind and by why Slack did not take them."""
        rows = self._connection.execute(_PARKED)
        return Counter({(row.kind, row.error or ""): row.many for row in rows})

    def free(self, recipient: str) -> None:
        """What waits for this place is due now, and so is what Slack was asked about any."""
        self._connection.execute(_FREE, {"to": recipient})
        self._connection.execute(_FREE_QUESTIONS)

    def ask_again(self, now: datetime) -> None:
        """What was to be told later, by what the clock said when it was taken up, is due now."""
        self._connection.execute(_ASK_AGAIN, {"now": now})

    def forget(self, keys: Collection[str]) -> None:
        """Delete what these keys stand for, told or not, as if it had never been."""
        if keys:
            self._connection.execute(_FORGET, {"keys": list(keys)})

    def forget_dropped(self, keys: Collection[str]) -> frozenset[str]:
        """Delete what these keys stand for where it was dropped, so that it may be put again;
        those keys."""
        asked = {"keys": list(keys)}
        return frozenset(self._connection.execute(_FORGET_DROPPED, asked).scalars() if keys else ())

    def due_in(self, watch: Watch, *, rates: Rates = SLACK) -> float | None:
        """In how many seconds a claim may next give something; None: nothing is open."""
        now, system = self._clock.now(), self._clock.system()
        found = watch.look("outbox", self._connection.execute(_SENDING))
        free = self._ways_free(rates)
        asked: dict[str, Any] = {"now": now, "system": system}
        asked["channel_slack"] = rates.channel.slack
        if found.ripe:
            asked["ripe"] = found.ripe
        # Half the horizon early, so that the next claim is there before the slots are used up.
        waits = [
            max(0.0, row.at - system, free[row.way] - HORIZON / 2)
            for row in self._connection.execute(_NEXT_READY[bool(found.ripe)], asked)
        ]
        if found.next_in is not None:
            waits.append(found.next_in)
        timed = self._connection.execute(_NEXT_TIMED, {"now": now}).scalar_one()
        if timed is not None:
            waits.append((timed - now).total_seconds())
        return min(waits, default=None)

    def _ways_free(self, rates: Rates) -> dict[str, float]:
        """In how many seconds each way may be used."""
        ways = {way: rates.for_post(recipient)[0] for way, recipient in _WAYS.items()}
        free = self._buckets.free_in(bucket.name for bucket in ways.values())
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
        waited=row.waited,
        parked=row.parked_at is not None,
    )
