"""Tables of delivery: what is to be told, what is shown, how fast, and what was already taken in.

Two kinds of time stand side by side: `not_before` and `parked_at` are programme time,
`lease_until` and `next_free_at` are system seconds (see `bot.clock`). A machine's clock may be set,
so beside each of the latter stands how far ahead it was set (`pause`, `ahead`): see
`storage.moments`.
"""

from typing import Any

import sqlalchemy as sa

from storage.tables.base import BigId, UtcDateTime, metadata


def _refused() -> tuple[sa.Column[Any], ...]:
    """What is kept of a message that Slack has not taken yet."""
    return (
        # The sender whose call may be under way; see `storage.watch`.
        sa.Column("owner", sa.Text),
        sa.Column("pause", sa.Double, nullable=False, server_default="0"),
        # The pauses it has had, in seconds, since Slack refused it for the first time.
        sa.Column("waited", sa.Double, nullable=False, server_default="0"),
        # Since when it is set aside: asked again each hour, and headquarters knows of it.
        sa.Column("parked_at", UtcDateTime),
    )


outbox = sa.Table(
    "outbox",
    metadata,
    sa.Column("id", BigId, primary_key=True),
    sa.Column("kind", sa.Text, nullable=False),
    sa.Column("version", sa.Integer, nullable=False),
    sa.Column("payload", sa.Text, nullable=False),
    sa.Column("recipient", sa.Text, nullable=False),
    sa.Column("stream", sa.Text),
    sa.Column("after_key", sa.Text),
    sa.Column("dedupe_key", sa.Text, nullable=False, unique=True),
    sa.Column("not_before", UtcDateTime, nullable=False),
    sa.Column("state", sa.Text, nullable=False),
    sa.Column("token", sa.Text, nullable=False),
    # A pause: nobody takes the row up before this moment.
    sa.Column("lease_until", sa.Double, nullable=False),
    sa.Column("attempts", sa.Integer, nullable=False),
    sa.Column("channel", sa.Text),
    sa.Column("ts", sa.Text),
    sa.Column("error", sa.Text),
    sa.Column("created_at", UtcDateTime, nullable=False),
    sa.Column("settled_at", UtcDateTime),
    *_refused(),
    sa.CheckConstraint("state IN ('due', 'sending', 'sent', 'parked', 'dropped')", name="state"),
)
# The open rows are few and the settled ones many: only the open ones are indexed for claims.
_open = outbox.c.settled_at.is_(None)
sa.Index(
    "ix_outbox_open",
    outbox.c.not_before,
    outbox.c.id,
    sqlite_where=_open,
    postgresql_where=_open,
)
sa.Index(
    "ix_outbox_stream",
    outbox.c.stream,
    outbox.c.id,
    sqlite_where=_open,
    postgresql_where=_open,
)
sa.Index(
    "ix_outbox_after",
    outbox.c.after_key,
    sqlite_where=_open,
    postgresql_where=_open,
)
sa.Index(
    "ix_outbox_sending",
    outbox.c.id,
    sqlite_where=_open & (outbox.c.state == "sending"),
    postgresql_where=_open & (outbox.c.state == "sending"),
)
_parked = outbox.c.parked_at.is_not(None)
sa.Index(
    "ix_outbox_parked",
    outbox.c.parked_at,
    sqlite_where=_open & _parked,
    postgresql_where=_open & _parked,
)

projections = sa.Table(
    "projections",
    metadata,
    sa.Column("id", BigId, primary_key=True),
    sa.Column("kind", sa.Text, nullable=False),
    sa.Column("subject", sa.BigInteger, nullable=False),
    sa.Column("recipient", sa.Text, nullable=False),
    sa.Column("channel", sa.Text),
    sa.Column("ts", sa.Text),
    sa.Column("token", sa.Text, nullable=False),
    sa.Column("wanted_version", sa.Integer, nullable=False),
    sa.Column("shown_version", sa.Integer, nullable=False),
    sa.Column("lease_until", sa.Double, nullable=False),
    sa.Column("state", sa.Text, nullable=False),
    sa.Column("attempts", sa.Integer, nullable=False),
    sa.Column("error", sa.Text),
    *_refused(),
    sa.UniqueConstraint("kind", "subject", "recipient"),
    sa.CheckConstraint("state IN ('due', 'sending', 'shown', 'parked', 'dropped')", name="state"),
)
_stale = projections.c.shown_version < projections.c.wanted_version
sa.Index(
    "ix_projections_stale",
    projections.c.lease_until,
    projections.c.id,
    sqlite_where=_stale,
    postgresql_where=_stale,
)

buckets = sa.Table(
    "buckets",
    metadata,
    sa.Column("name", sa.Text, primary_key=True),
    sa.Column("next_free_at", sa.Double, nullable=False),
    sa.Column("ahead", sa.Double, nullable=False, server_default="0"),
)

idempotency = sa.Table(
    "idempotency",
    metadata,
    sa.Column("key", sa.Text, primary_key=True),
    sa.Column("answer", sa.Text, nullable=False),
    sa.Column("at", UtcDateTime, nullable=False),
    sa.Index(None, "at"),
)

counters = sa.Table(
    "counters",
    metadata,
    sa.Column("name", sa.Text, primary_key=True),
    sa.Column("value", sa.BigInteger, nullable=False),
)
