"""The newest that Slack has said of each account and channel."""

import sqlalchemy as sa
from alembic import op

revision = "0009"
down_revision = "0008"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "accounts",
        sa.Column("slack_id", sa.Text, primary_key=True),
        sa.Column("updated", sa.BigInteger, nullable=False),
        sa.Column("heard", sa.BigInteger, nullable=False),
    )
    op.create_table(
        "channels",
        sa.Column("slack_id", sa.Text, primary_key=True),
        sa.Column("state", sa.Text, nullable=False),
        sa.Column("state_at", sa.BigInteger, nullable=False),
        sa.Column("member", sa.Boolean, nullable=False),
        sa.Column("member_at", sa.BigInteger, nullable=False),
        sa.Column("became", sa.Text),
        sa.Column("became_at", sa.BigInteger, nullable=False),
        sa.CheckConstraint("state IN ('open', 'archived', 'deleted')", name="state"),
    )


def downgrade() -> None:
    op.drop_table("channels")
    op.drop_table("accounts")
