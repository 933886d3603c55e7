"""Delivery: what is to be told and shown, how fast, and what was already taken in."""

import sqlalchemy as sa
from alembic import op

revision = "0003"
down_revision = "0002"
branch_labels = None
depends_on = None

ID = sa.BigInteger().with_variant(sa.Integer(), "sqlite")
MOMENT = sa.DateTime(timezone=True)


def upgrade() -> None:
    op.create_table(
        "outbox",
        sa.Column("id", ID, primary_key=True),
        sa.Column("kind", sa.Text, nullable=False),
        sa.Column("version", sa.Integer, nullable=False),
        sa.Column("payload", sa.Text, nullable=False),
        sa.Column("recipient", sa.Text, nullable=False),
        sa.Column("stream", sa.Text),
        sa.Column("after_key", sa.Text),
        sa.Column("dedupe_key", sa.Text, nullable=False, unique=True),
        sa.Column("not_before", MOMENT, nullable=False),
        sa.Column("state", sa.Text, nullable=False),
        sa.Column("token", sa.Text, nullable=False),
        sa.Column("lease_until", sa.Double, nullable=False),
        sa.Column("attempts", sa.Integer, nullable=False),
        sa.Column("channel", sa.Text),
        sa.Column("ts", sa.Text),
        sa.Column("error", sa.Text),
        sa.Column("created_at", MOMENT, nullable=False),
        sa.Column("settled_at", MOMENT),
        sa.CheckConstraint(
            "state IN ('due', 'sending', 'sent', 'parked', 'dropped')", name="state"
        ),
    )
    op.create_index(
        "ix_outbox_after",
        "outbox",
        ["after_key"],
        sqlite_where=sa.text("settled_at IS NULL"),
        postgresql_where=sa.text("settled_at IS NULL"),
    )
    op.create_index(
        "ix_outbox_open",
        "outbox",
        ["not_before", "id"],
        sqlite_where=sa.text("settled_at IS NULL"),
        postgresql_where=sa.text("settled_at IS NULL"),
    )
    op.create_index(
        "ix_outbox_stream",
        "outbox",
        ["stream", "id"],
        sqlite_where=sa.text("settled_at IS NULL"),
        postgresql_where=sa.text("settled_at IS NULL"),
    )
    op.create_table(
        "projections",
        sa.Column("id", ID, primary_key=True),
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
        sa.CheckConstraint(
            "state IN ('due', 'sending', 'shown', 'parked', 'dropped')", name="state"
        ),
        sa.UniqueConstraint("kind", "subject", "recipient"),
    )
    op.create_index(
        "ix_projections_stale",
        "projections",
        ["lease_until", "id"],
        sqlite_where=sa.text("shown_version < wanted_version"),
        postgresql_where=sa.text("shown_version < wanted_version"),
    )
    op.create_table(
        "buckets",
        sa.Column("name", sa.Text, primary_key=True),
        sa.Column("next_free_at", sa.Double, nullable=False),
    )
    op.create_table(
        "idempotency",
        sa.Column("key", sa.Text, primary_key=True),
        sa.Column("answer", sa.Text, nullable=False),
        sa.Column("at", MOMENT, nullable=False),
    )
    op.create_index("ix_idempotency_at", "idempotency", ["at"])
    op.create_table(
        "counters",
        sa.Column("name", sa.Text, primary_key=True),
        sa.Column("value", sa.BigInteger, nullable=False),
    )


def downgrade() -> None:
    op.drop_table("counters")
    op.drop_table("idempotency")
    op.drop_table("buckets")
    op.drop_table("projections")
    op.drop_table("outbox")
