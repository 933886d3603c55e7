"""The organisation: units, people and their posts; rounds and settings."""

import sqlalchemy as sa
from alembic import op

revision = "0001"
down_revision = None
branch_labels = None
depends_on = None

ID = sa.BigInteger().with_variant(sa.Integer(), "sqlite")
MOMENT = sa.DateTime(timezone=True)


def upgrade() -> None:
    op.create_table(
        "units",
        sa.Column("id", ID, primary_key=True),
        sa.Column("kind", sa.Text, nullable=False),
        sa.Column("name", sa.Text, nullable=False),
        sa.Column("parent", sa.BigInteger, sa.ForeignKey("units.id")),
        sa.Column("channel", sa.Text),
        sa.Column("position", sa.Integer, nullable=False),
        sa.Column("coordinating", sa.Boolean, nullable=False),
        sa.Column("retired", sa.Boolean, nullable=False),
        sa.CheckConstraint("kind IN ('bureau', 'department', 'team')", name="kind"),
    )
    op.create_index(
        "uq_units_name",
        "units",
        ["name"],
        unique=True,
        sqlite_where=sa.text("parent IS NULL"),
        postgresql_where=sa.text("parent IS NULL"),
    )
    op.create_index("uq_units_parent_name", "units", ["parent", "name"], unique=True)
    op.create_table(
        "people",
        sa.Column("id", ID, primary_key=True),
        sa.Column("slack_id", sa.Text, unique=True),
        sa.Column("email", sa.Text, unique=True),
        sa.Column("name", sa.Text, nullable=False),
        sa.Column("language", sa.Text, nullable=False),
        sa.Column("active", sa.Boolean, nullable=False),
        sa.Column("hearing", sa.Text, nullable=False),
        sa.Column("welcomed_at", MOMENT),
        sa.Column("anonymised_at", MOMENT),
        sa.CheckConstraint("hearing IN ('now', 'daily', 'weekly')", name="hearing"),
    )
    op.create_table(
        "posts",
        sa.Column("id", ID, primary_key=True),
        sa.Column("person", sa.BigInteger, sa.ForeignKey("people.id"), nullable=False),
        sa.Column("role", sa.Text, nullable=False),
        sa.Column("title", sa.Text, nullable=False),
        sa.Column("bureau", sa.BigInteger, sa.ForeignKey("units.id")),
        sa.Column("department", sa.BigInteger, sa.ForeignKey("units.id")),
        sa.Column("team", sa.BigInteger, sa.ForeignKey("units.id")),
        sa.Column("position", sa.Integer, nullable=False),
        sa.Column("since", sa.Date, nullable=False),
        sa.Column("until", sa.Date),
        sa.CheckConstraint("role IN ('member', 'lead', 'head', 'director', 'hq')", name="role"),
    )
    op.create_index("ix_posts_department_role", "posts", ["department", "role"])
    op.create_index("ix_posts_person", "posts", ["person"])
    op.create_index("ix_posts_role_bureau", "posts", ["role", "bureau"])
    op.create_index("ix_posts_role_team", "posts", ["role", "team"])
    op.create_table(
        "delegations",
        sa.Column("id", ID, primary_key=True),
        sa.Column("from_person", sa.BigInteger, sa.ForeignKey("people.id"), nullable=False),
        sa.Column("to_person", sa.BigInteger, sa.ForeignKey("people.id"), nullable=False),
        sa.Column("from_on", sa.Date, nullable=False),
        sa.Column("to_on", sa.Date, nullable=False),
        sa.CheckConstraint("from_on <= to_on", name="period"),
        sqlite_autoincrement=True,
    )
    op.create_index("ix_delegations_from_person", "delegations", ["from_person"])
    op.create_index("ix_delegations_to_person", "delegations", ["to_person"])
    op.create_table(
        "acting",
        sa.Column("id", ID, primary_key=True),
        sa.Column("unit", sa.BigInteger, sa.ForeignKey("units.id"), nullable=False),
        sa.Column("role", sa.Text, nullable=False),
        sa.Column("title", sa.Text, nullable=False),
        sa.Column("person", sa.BigInteger, sa.ForeignKey("people.id"), nullable=False),
        sa.Column("from_on", sa.Date, nullable=False),
        sa.Column("to_on", sa.Date),
        sa.CheckConstraint("to_on IS NULL OR from_on <= to_on", name="period"),
        sa.CheckConstraint("role IN ('member', 'lead', 'head', 'director', 'hq')", name="role"),
        sqlite_autoincrement=True,
    )
    op.create_index("ix_acting_person", "acting", ["person"])
    op.create_index("ix_acting_unit", "acting", ["unit"])
    op.create_table(
        "rounds",
        sa.Column("id", ID, primary_key=True),
        sa.Column("name", sa.Text, nullable=False, unique=True),
        sa.Column("starts_on", sa.Date, nullable=False),
        sa.Column("ends_on", sa.Date),
        sa.CheckConstraint("ends_on IS NULL OR starts_on <= ends_on", name="period"),
    )
    op.create_table(
        "settings",
        sa.Column("key", sa.Text, primary_key=True),
        sa.Column("value", sa.Text, nullable=False),
    )


def downgrade() -> None:
    op.drop_table("settings")
    op.drop_table("rounds")
    op.drop_table("acting")
    op.drop_table("delegations")
    op.drop_table("posts")
    op.drop_table("people")
    op.drop_table("units")
