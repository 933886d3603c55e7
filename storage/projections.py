"""Cards and Homes: messages that show the newest state, so ten changes are one update.

Each change wants one version more; a sender claims the newest wanted version, shows the state of
that moment and says which version it showed. The first showing of a card is a post, with the same
care as a fact (a lease, and a look in Slack when a call's end is unknown); whatever comes later
can be repeated. What Slack refuses is asked again for as long as somebody is to see it.
"""

import secrets
from collections import Counter
from collections.abc import Collection
from datetime import datetime
from functools import cache
from typing import Any

import sqlalchemy as sa
from sqlalchemy.engine import Connection, Row

from bot.clock import Clock
from bot.domain.facts import DueProjection, Projection
from storage.moments import passed, passes_at
from storage.rates import HORIZON, SLACK, Bucket, Buckets, Rates
from storage.tables.base import UtcDateTime, upsert
from storage.tables.delivery import buckets, projections
from storage.watch import Watch

_table = projections.c
_is_post = _table.ts.is_(None) & (_table.kind != "home")
_open = (_table.shown_version < _table.wanted_version) & _table.state.in_(("due", "sending"))
_joined = projections.outerjoin(buckets, buckets.c.name == _table.recipient)
_system = sa.bindparam("system", type_=sa.Double)
_channel_free_at = sa.case(
    (_is_post, sa.func.coalesce(buckets.c.next_free_at, 0.0) - sa.bindparam("channel_slack")),
    else_=0.0,
)
_channel_ahead = sa.func.coalesce(buckets.c.ahead, 0.0)
_is_due = _table.state == "due"
_is_ripe = _table.id.in_(sa.bindparam("ripe", expanding=True))


def _claimable(may_be_sent: sa.ColumnElement[bool]) -> sa.Select[Any]:
    return (
        sa.select(projections)
        .select_from(_joined)
        .where(
            _open,
            may_be_sent,
            passed(_table.lease_until, _table.pause, _system),
            passed(_channel_free_at, _channel_ahead, _system),
        )
        # The newest first: somebody is looking at what they have just done, a backlog can wait.
        .order_by(_table.lease_until, _table.id.desc())
        .limit(sa.bindparam("limit"))
    )


_way = sa.case((_table.kind == "home", "home"), (_is_post, "post"), else_="update")


_row_free_from = passes_at(_table.lease_until, _table.pause, _system)
_place_free_from = passes_at(_channel_free_at, _channel_ahead, _system)


def _next_ready(may_be_sent: sa.ColumnElement[bool]) -> sa.Select[Any]:
    later = sa.case((_row_free_from > _place_free_from, _row_free_from), else_=_place_free_from)
    return (
        sa.select(_way.label("way"), sa.func.min(later).label("at"))
        .select_from(_joined)
        .where(_open, may_be_sent)
        .group_by(sa.text("way"))
    )


_CLAIMABLE = {False: _claimable(_is_due), True: _claimable(_is_due | _is_ripe)}
_NEXT_READY = {False: _next_ready(_is_due), True: _next_ready(_is_due | _is_ripe)}
_SENDING = sa.select(
    _table.id, _table.attempts, _table.owner, _table.lease_until, _table.pause
).where(_open, _table.state == "sending")
_LEASE = (
    sa.update(projections)
    .where(_table.id == sa.bindparam("b_id"))
    .values(
        state="sending",
        owner=sa.bindparam("b_owner"),
        lease_until=0.0,
        pause=0.0,
        attempts=_table.attempts + 1,
    )
)
_PLACE = sa.select(_table.channel, _table.ts).where(
    _table.kind == sa.bindparam("b_kind"),
    _table.subject == sa.bindparam("b_subject"),
    _table.recipient == sa.bindparam("b_recipient"),
    _table.ts.is_not(None),
)
_version = sa.bindparam("version", type_=sa.Integer)
_SHOWN = (
    sa.update(projections)
    .where(_table.id == sa.bindparam("b_id"))
    .values(
        shown_version=sa.case(
            (_table.shown_version > _version, _table.shown_version), else_=_version
        ),
        state=sa.case((_table.wanted_version > _version, "due"), else_="shown"),
        channel=sa.func.coalesce(sa.bindparam("b_channel", type_=sa.Text), _table.channel),
        ts=sa.func.coalesce(sa.bindparam("b_ts", type_=sa.Text), _table.ts),
        owner=None,
        lease_until=0.0,
        pause=0.0,
        attempts=0,
        error=None,
        waited=0.0,
        parked_at=None,
    )
)
_attempt = sa.bindparam("attempt", type_=sa.Integer)
_RETRY = (
    sa.update(projections)
    .where(
        _table.id == sa.bindparam("b_id"),
        sa.or_(_attempt.is_(None), _table.attempts == _attempt),
        _open,
    )
    .values(
        state=sa.bindparam("b_state"),
        owner=None,
        lease_until=sa.bindparam("until"),
        pause=sa.bindparam("b_pause"),
        waited=_table.waited + sa.bindparam("more", type_=sa.Double),
        parked_at=sa.func.coalesce(_table.parked_at, sa.bindparam("parked", type_=UtcDateTime)),
        error=sa.bindparam("b_error"),
    )
)
_DROP = (
    sa.update(projections)
    .where(_table.id == sa.bindparam("b_id"))
    .values(
        state="dropped",
        owner=None,
        shown_version=_table.wanted_version,
        lease_until=0.0,
        pause=0.0,
        attempts=0,
        error=sa.bindparam("b_error"),
        waited=0.0,
        parked_at=None,
    )
)
_PARKED = (
    sa.select(_table.kind, _table.error, sa.func.count().label("many"))
    .where(_open, _table.parked_at.is_not(None))
    .group_by(_table.kind, _table.error)
)
_FREE = (
    sa.update(projections)
    .where(_open, _table.recipient == sa.bindparam("to"))
    .values(lease_until=0.0, pause=0.0)
)


# Wanted once more: what is being sent stays leased, a pause for a retry stays a pause; but what
# Slack could not take as it was may be taken now that it has changed.
_ONCE_MORE = {
    "wanted_version": _table.wanted_version + 1,
    "state": sa.case((_table.state.in_(("due", "sending")), _table.state), else_="due"),
    "lease_until": sa.case((_table.parked_at.is_(None), _table.lease_until), else_=0.0),
}
_TOUCH = (
    sa.update(projections)
    .where(
        _table.kind == sa.bindparam("b_kind"),
        _table.subject.in_(sa.bindparam("subjects", expanding=True)),
        _table.state != "dropped",
    )
    .values(_ONCE_MORE)
)


@cache
def _want(dialect: str) -> sa.Executable:
    return upsert(projections, dialect).on_conflict_do_update(
        index_elements=["kind", "subject", "recipient"], set_=_ONCE_MORE
    )


@cache
def _adopt(dialect: str) -> sa.Executable:
    insert = upsert(projections, dialect)
    place = {"channel": insert.excluded.channel, "ts": insert.excluded.ts}
    return insert.on_conflict_do_update(index_elements=["kind", "subject", "recipient"], set_=place)


class ProjectionStore:
    """The projections inside a unit of work."""

    def __init__(self, connection: Connection, clock: Clock) -> None:
        self._connection = connection
        self._clock = clock
        self._buckets = Buckets(connection, clock)

    def want(self, projection: Projection) -> None:
        """Have the newest state shown; many wants before a claim are one update."""
        row = _wanted(projection) | {"shown_version": 0, "state": "due"}
        self._connection.execute(_want(self._connection.dialect.name), row)

    def adopt(self, projection: Projection, channel: str, ts: str) -> None:
        """A message that is there already shows it: from now on its changes are updates of that.

        When it was wanted before, only the place is new, and it may still be shown anew.
        """
        row = _wanted(projection) | {"shown_version": 1, "state": "shown"}
        place = {"channel": channel, "ts": ts}
        self._connection.execute(_adopt(self._connection.dialect.name), row | place)

    def touch(self, kind: str, subjects: Collection[int]) -> None:
        """Have these shown anew where they were wanted before; nothing is shown for the first time.

        What was dropped stays so: its next `want` brings it back.
        """
        touched = {"b_kind": kind, "subjects": list(subjects)}
        if subjects:
            self._connection.execute(_TOUCH, touched)

    def claim(self, limit: int, watch: Watch, *, rates: Rates = SLACK) -> list[DueProjection]:
        """Lease at most `limit` projections; see `OutboxStore.claim` for leases and send times."""
        ripe = watch.look("projections", self._connection.execute(_SENDING)).ripe
        wanted: dict[str, Any] = {"system": self._clock.system(), "limit": limit}
        wanted["channel_slack"] = rates.channel.slack
        if ripe:
            wanted["ripe"] = ripe
        rows = self._connection.execute(_CLAIMABLE[bool(ripe)], wanted).all()
        wishes = [_wish(row.kind, row.ts, row.recipient, rates) for row in rows]
        begin = self._clock.steady()
        claimed = [
            _due(row, begin + wait, begin + wait + watch.lease)
            for row, wait in zip(rows, self._buckets.reserve(wishes), strict=True)
            if wait is not None
        ]
        if claimed:
            leases = [{"b_id": due.id, "b_owner": watch.owner} for due in claimed]
            self._connection.execute(_LEASE, leases)
        return claimed

    def shown(self, id: int, version: int, channel: str | None, ts: str | None) -> None:
        """`version` is what people see now, there; a Home has no channel and no ts."""
        shown = {"b_id": id, "version": version, "b_channel": channel, "b_ts": ts}
        self._connection.execute(_SHOWN, shown)

    def retry(
        self,
        id: int,
        pause: float,
        *,
        unsure: bool = False,
        refused: bool = False,
        error: str | None = None,
        attempt: int | None = None,
        parked: datetime | None = None,
    ) -> None:
        """Hand it out again after `pause` seconds; as `OutboxStore.retry`. Only a post is ever
        unsure."""
        told: dict[str, Any] = {"b_id": id, "attempt": attempt, "b_error": error, "parked": parked}
        told |= {"b_state": "sending" if unsure else "due"}
        told |= {"until": self._clock.system() + pause, "b_pause": pause}
        self._connection.execute(_RETRY, told | {"more": pause if refused else 0.0})

    def drop(self, id: int, why: str) -> None:
        """Nobody is to see it any more; another `want` brings it back."""
        self._connection.execute(_DROP, {"b_id": id, "b_error": why})

    def parked(self) -> Counter[tuple[str, str]]:
        """How many are set aside, by kind and by why Slack did not take them."""
        rows = self._connection.execute(_PARKED)
        return Counter({(row.kind, row.error or ""): row.many for row in rows})

    def free(self, recipient: str) -> None:
        """What waits for this place is due now."""
        self._connection.execute(_FREE, {"to": recipient})

    def place(self, projection: Projection) -> tuple[str, str] | None:
        """Channel and ts of the message that shows it, once there is one."""
        row = self._connection.execute(
            _PLACE,
            {
                "b_kind": projection.kind,
                "b_subject": projection.subject,
                "b_recipient": projection.recipient,
            },
        ).one_or_none()
        return None if row is None else (row.channel, row.ts)

    def due_in(self, watch: Watch, *, rates: Rates = SLACK) -> float | None:
        """In how many seconds a claim may next give something; None: all is shown."""
        system = self._clock.system()
        found = watch.look("projections", self._connection.execute(_SENDING))
        ways = {"home": rates.for_home(), "update": rates.for_update()}
        ways["post"] = rates.for_post("channel")
        first = {way: wish[0] for way, wish in ways.items()}
        free = self._buckets.free_in(bucket.name for bucket in first.values())
        asked: dict[str, Any] = {"system": system, "channel_slack": rates.channel.slack}
        if found.ripe:
            asked["ripe"] = found.ripe
        waits: list[float] = []
        for row in self._connection.execute(_NEXT_READY[bool(found.ripe)], asked):
            bucket = first[row.way]
            opening = free.get(bucket.name, 0.0) - bucket.rate.slack
            waits.append(max(0.0, row.at - system, opening - HORIZON / 2))
        if found.next_in is not None:
            waits.append(found.next_in)
        return min(waits, default=None)


def _wanted(projection: Projection) -> dict[str, Any]:
    return {
        "kind": projection.kind,
        "subject": projection.subject,
        "recipient": projection.recipient,
        "token": secrets.token_urlsafe(12),
        "wanted_version": 1,
        "lease_until": 0.0,
        "attempts": 0,
    }


def _due(row: Row[Any], send_at: float, lease_until: float) -> DueProjection:
    posts = row.ts is None and row.kind != "home"
    return DueProjection(
        id=row.id,
        projection=Projection(kind=row.kind, subject=row.subject, recipient=row.recipient),
        token=row.token,
        version=row.wanted_version,
        attempt=row.attempts + 1,
        unsure=row.state == "sending" and posts,
        send_at=send_at,
        lease_until=lease_until,
        channel=row.channel,
        ts=row.ts,
        waited=row.waited,
        parked=row.parked_at is not None,
    )


def _wish(kind: str, ts: str | None, recipient: str, rates: Rates) -> tuple[Bucket, ...]:
    if kind == "home":
        return rates.for_home()
    return rates.for_post(recipient) if ts is None else rates.for_update()
