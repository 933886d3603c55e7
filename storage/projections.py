"""Cards and Homes: messages that show the newest state, so ten changes are one update.

Each change wants one version more; a sender claims the newest wanted version, shows the state of
that moment and says which version it showed. The first showing of a card is a post, with the same
care as a fact (a lease, and a look in Slack when a call's end is unknown); whatever comes later
can be repeated.
"""

import secrets
from collections.abc import Collection
from functools import cache
from typing import Any

import sqlalchemy as sa
from sqlalchemy.engine import Connection

from bot.clock import Clock
from bot.domain.facts import DueProjection, Projection
from storage.again import ProjectionsAgain
from storage.outbox import LOOK_AFTER
from storage.rates import HORIZON, SLACK, Bucket, Buckets, Rates
from storage.tables.base import upsert
from storage.tables.delivery import buckets, projections

_table = projections.c
_is_post = _table.ts.is_(None) & (_table.kind != "home")
_open = (_table.shown_version < _table.wanted_version) & _table.state.in_(("due", "sending"))
_joined = projections.outerjoin(buckets, buckets.c.name == _table.recipient)
_channel_free = sa.case(
    (_is_post, sa.func.coalesce(buckets.c.next_free_at, 0.0) - sa.bindparam("channel_slack")),
    else_=0.0,
)
_CLAIMABLE = (
    sa.select(projections)
    .select_from(_joined)
    .where(
        _open,
        _table.lease_until <= sa.bindparam("system"),
        _channel_free <= sa.bindparam("system"),
    )
    # The newest first: somebody is looking at what they have just done, a backlog can wait.
    .order_by(_table.lease_until, _table.id.desc())
    .limit(sa.bindparam("limit"))
)
_LEASE = (
    sa.update(projections)
    .where(_table.id == sa.bindparam("b_id"))
    .values(state="sending", lease_until=sa.bindparam("until"), attempts=_table.attempts + 1)
)
_way = sa.case((_table.kind == "home", "home"), (_is_post, "post"), else_="update")
_free_from = sa.case((_table.lease_until > _channel_free, _table.lease_until), else_=_channel_free)
_NEXT_READY = (
    sa.select(_way.label("way"), sa.func.min(_free_from).label("at"))
    .select_from(_joined)
    .where(_open)
    .group_by(sa.text("way"))
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
        lease_until=0.0,
        attempts=0,
        error=None,
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
        lease_until=sa.bindparam("until"),
        error=sa.bindparam("b_error"),
    )
)
_CLOSE = (
    sa.update(projections)
    .where(_table.id == sa.bindparam("b_id"))
    .values(
        state=sa.bindparam("b_state"),
        shown_version=_table.wanted_version,
        lease_until=0.0,
        attempts=0,
        error=sa.bindparam("b_error"),
    )
)


# Wanted once more: what is being sent stays leased, a pause for a retry stays a pause.
_ONCE_MORE = {
    "wanted_version": _table.wanted_version + 1,
    "state": sa.case((_table.state.in_(("due", "sending")), _table.state), else_="due"),
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


class ProjectionStore(ProjectionsAgain):
    """The projections inside a unit of work."""

    def __init__(self, connection: Connection, clock: Clock) -> None:
        self._connection = connection
        self._clock = clock

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

    def claim(
        self, system: float, limit: int, lease_seconds: float, *, rates: Rates = SLACK
    ) -> list[DueProjection]:
        """Lease at most `limit` projections; see `OutboxStore.claim` for leases and send times."""
        wanted = {"system": system, "limit": limit, "channel_slack": rates.channel.slack}
        rows = self._connection.execute(_CLAIMABLE, wanted).all()
        wishes = [_wish(row.kind, row.ts, row.recipient, rates) for row in rows]
        times = Buckets(self._connection).reserve(wishes, system)
        claimed: list[DueProjection] = []
        for row, at in zip(rows, times, strict=True):
            if at is None:
                continue
            claimed.append(
                DueProjection(
                    id=row.id,
                    projection=Projection(
                        kind=row.kind, subject=row.subject, recipient=row.recipient
                    ),
                    token=row.token,
                    version=row.wanted_version,
                    attempt=row.attempts + 1,
                    unsure=row.state == "sending" and _posts(row.kind, row.ts),
                    send_at=at,
                    lease_until=at + lease_seconds,
                    channel=row.channel,
                    ts=row.ts,
                )
            )
        if claimed:
            leases = [{"b_id": due.id, "until": _take_up(due)} for due in claimed]
            self._connection.execute(_LEASE, leases)
        return claimed

    def shown(self, id: int, version: int, channel: str | None, ts: str | None) -> None:
        """`version` is what people see now, there; a Home has no channel and no ts."""
        shown = {"b_id": id, "version": version, "b_channel": channel, "b_ts": ts}
        self._connection.execute(_SHOWN, shown)

    def retry(
        self,
        id: int,
        at: float,
        unsure: bool,
        *,
        error: str | None = None,
        attempt: int | None = None,
    ) -> None:
        """Hand it out again from `at`; as `OutboxStore.retry`. Only a post is ever unsure."""
        until = max(at, self._clock.system() + LOOK_AFTER) if unsure else at
        again = {"b_state": "sending" if unsure else "due", "until": until}
        self._connection.execute(_RETRY, {"b_id": id, "b_error": error, "attempt": attempt} | again)

    def drop(self, id: int, why: str) -> None:
        """Nobody is to see it any more; another `want` brings it back."""
        self._close(id, "dropped", why)

    def park(self, id: int, error: str) -> None:
        """It cannot be shown; the next `want` tries again."""
        self._close(id, "parked", error)

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

    def next_due_at(self, *, rates: Rates = SLACK) -> float | None:
        """When (system seconds) a claim may next give something; None: all is shown."""
        system = self._clock.system()
        buckets = {"home": rates.for_home(), "update": rates.for_update()}
        buckets["post"] = rates.for_post("channel")
        first = {way: wish[0] for way, wish in buckets.items()}
        free = Buckets(self._connection).free_at(bucket.name for bucket in first.values())
        moments: list[float] = []
        for row in self._connection.execute(_NEXT_READY, {"channel_slack": rates.channel.slack}):
            bucket = first[row.way]
            opening = free.get(bucket.name, 0.0) - bucket.rate.slack
            moments.append(max(system, row.at, opening - HORIZON / 2))
        return min(moments, default=None)

    def _close(self, id: int, state: str, error: str) -> None:
        self._connection.execute(_CLOSE, {"b_id": id, "b_state": state, "b_error": error})


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


def _posts(kind: str, ts: str | None) -> bool:
    return ts is None and kind != "home"


def _take_up(due: DueProjection) -> float:
    """When another sender may take it up: an update that is lost can be repeated at once."""
    posts = _posts(due.projection.kind, due.ts)
    return due.lease_until + LOOK_AFTER if posts else due.lease_until


def _wish(kind: str, ts: str | None, recipient: str, rates: Rates) -> tuple[Bucket, ...]:
    if kind == "home":
        return rates.for_home()
    return rates.for_post(recipient) if ts is None else rates.for_update()
