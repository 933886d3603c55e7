"""What Slack refuses is asked again for good, and no clock that is set can silence or double it.

What had been parked lately, or dropped because its channel or the bot itself was refused,
is taken up again; whether it is still wanted is asked when it is sent.
"""

from datetime import timedelta

import sqlalchemy as sa
from alembic import op

revision = "0010"
down_revision = "0009"
branch_labels = None
depends_on = None

NOT_SETTLED = "settled_at IS NULL"
INDEXES = {
    "ix_outbox_sending": ("id", f"{NOT_SETTLED} AND state = 'sending'"),
    "ix_outbox_parked": ("parked_at", f"{NOT_SETTLED} AND parked_at IS NOT NULL"),
}
MENDABLE = (
    "account_inactive",
    "channel_not_found",
    "is_archived",
    "is_inactive",
    "messages_tab_disabled",
    "not_in_channel",
    "org_login_required",
    "restricted_action",
)
"""Why messages were dropped though somebody could mend it."""
LATELY = timedelta(days=30)
"""Before the newest message; what was given up earlier would only puzzle whoever gets it now."""

text, number, moment = sa.Text, sa.Double, sa.DateTime(timezone=True)
outbox = sa.table(
    "outbox",
    sa.column("state", text),
    sa.column("owner", text),
    sa.column("error", text),
    sa.column("lease_until", number),
    sa.column("created_at", moment),
    sa.column("settled_at", moment),
    sa.column("parked_at", moment),
)
projections = sa.table(
    "projections",
    sa.column("kind", text),
    sa.column("state", text),
    sa.column("owner", text),
    sa.column("error", text),
    sa.column("lease_until", number),
    sa.column("wanted_version", sa.Integer),
)


def upgrade() -> None:
    for name in ("outbox", "projections"):
        op.add_column(name, sa.Column("owner", sa.Text))
        for seconds in ("pause", "waited"):
            op.add_column(name, sa.Column(seconds, sa.Double, nullable=False, server_default="0"))
        op.add_column(name, sa.Column("parked_at", moment))
    op.add_column("buckets", sa.Column("ahead", sa.Double, nullable=False, server_default="0"))
    for index, (column, where) in INDEXES.items():
        condition = sa.text(where)
        op.create_index(
            index, "outbox", [column], sqlite_where=condition, postgresql_where=condition
        )
    for table in (outbox, projections):
        # A call of a process that was stopped for this may still arrive.
        _set(table, table.c.state == "sending", owner="before", lease_until=0.0)
    newest = op.get_bind().execute(sa.select(sa.func.max(outbox.c.created_at))).scalar_one()
    if newest is not None:
        lately = outbox.c.created_at > newest - LATELY
        again = {"state": "sending", "lease_until": 0.0, "settled_at": None}
        parked = (outbox.c.state == "parked") & lately
        _set(outbox, parked, parked_at=outbox.c.settled_at, **again)
        dropped = (outbox.c.state == "dropped") & outbox.c.error.in_(MENDABLE) & lately
        _set(outbox, dropped, **again)
    given_up = (projections.c.state == "parked") | (
        (projections.c.state == "dropped")
        & (projections.c.kind == "card")
        & projections.c.error.in_(MENDABLE)
    )
    once_more = projections.c.wanted_version + 1
    _set(projections, given_up, state="due", lease_until=0.0, wanted_version=once_more)


def downgrade() -> None:
    _set(
        outbox,
        outbox.c.parked_at.is_not(None) & outbox.c.settled_at.is_(None),
        state="parked",
        settled_at=outbox.c.parked_at,
    )
    for index in INDEXES:
        op.drop_index(index, "outbox")
    op.drop_column("buckets", "ahead")
    for name in ("outbox", "projections"):
        for column in ("parked_at", "waited", "pause", "owner"):
            op.drop_column(name, column)


def _set(table: sa.TableClause, where: sa.ColumnElement[bool], **values: object) -> None:
    op.get_bind().execute(sa.update(table).where(where).values(**values))
