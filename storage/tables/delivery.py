"""Tables of delivery: what is to be told, what is shown, how fast, and what was already taken in.

Two kinds of time stand side by side: `not_before` is programme time, `lease_until` and
`next_free_at` are system seconds (see `bot.clock`).
"""

import sqlalchemy as sa

from storage.tables.base import BigId, UtcDateTime, metadata

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
    # Nobody may take the row up before this moment: a running call, a pause, a wait to look.
    sa.Column("lease_until", sa.Double, nullable=False),
    sa.Column("attempts", sa.Integer, nullable=False),
    sa.Column("channel", sa.Text),
    sa.Column("ts", sa.Text),
    sa.Column("error", sa.Text),
    sa.Column("created_at", UtcDateTime, nullable=False),
    sa.Column("settled_at", UtcDateTime),
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
