"""Reviews at quarter boundaries, and the lists of a bureau's exceptions."""

import sqlalchemy as sa
from alembic import op

revision = "0005"
down_revision = "0004"
branch_labels = None
depends_on = None

ID = sa.BigInteger().with_variant(sa.Integer(), "sqlite")
MOMENT = sa.DateTime(timezone=True)
GOES_ON = "status IN ('confirmed', 'in_progress')"
IS_OPEN = "signed_at IS NULL AND superseded_at IS NULL"
KINDS = "kind IN ('overdue', 'blocked', 'undecided', 'ownerless', 'missing')"
EXCEPTIONS = {
    "ix_tasks_late": (["bureau", "due", "id"], GOES_ON),
    "ix_tasks_stages": (["bureau", "stage_due", "id"], f"{GOES_ON} AND stage_due IS NOT NULL"),
    "ix_tasks_held": (["bureau", "hold_until", "id"], "status IN ('on_hold')"),
    "ix_tasks_undecided": (
        ["bureau", "waiting_since", "id"],
        "status IN ('submitted') AND merge_into IS NULL",
    ),
    "ix_tasks_ownerless": (["bureau", "id"], f"{GOES_ON} AND owner IS NULL"),
}


def upgrade() -> None:
    op.create_table(
        "review_plans",
        sa.Column("bureau", sa.BigInteger, sa.ForeignKey("units.id"), primary_key=True),
        sa.Column("cadence", sa.Text, nullable=False),
        sa.Column("changed_on", sa.Date),
        sa.Column("imported_on", sa.Date, nullable=False),
        sa.Column("last", sa.Date),
        sa.Column("next_opens_at", MOMENT, nullable=False),
        sa.Column("next_preview_at", MOMENT),
        sa.CheckConstraint("cadence IN ('quarterly', 'half_yearly')", name="cadence"),
    )
    for column in ("next_opens_at", "next_preview_at"):
        op.create_index(f"ix_review_plans_{column}", "review_plans", [column])
    op.create_table(
        "reviews",
        sa.Column("id", ID, primary_key=True),
        sa.Column("version", sa.Integer, nullable=False),
        sa.Column("changes", sa.Integer, nullable=False),
        sa.Column("bureau", sa.BigInteger, sa.ForeignKey("units.id"), nullable=False),
        sa.Column("boundary", sa.Date, nullable=False),
        sa.Column("starts_on", sa.Date, nullable=False),
        sa.Column("ends_on", sa.Date, nullable=False),
        sa.Column("opened_at", MOMENT, nullable=False),
        sa.Column("opened_on", sa.Date, nullable=False),
        sa.Column("asked", sa.Integer, nullable=False),
        sa.Column("hq_told", sa.Date),
        sa.Column("looked_on", sa.Date, nullable=False),
        sa.Column("signed_by", sa.BigInteger, sa.ForeignKey("people.id")),
        sa.Column("signed_at", MOMENT),
        sa.Column("superseded_at", MOMENT),
        sa.Column("figures", sa.Text, nullable=False),
        sa.Column("seen", sa.Text),
        sa.UniqueConstraint("bureau", "boundary"),
    )
    _partial("uq_reviews_open", "reviews", ["bureau"], IS_OPEN, unique=True)
    _partial("ix_reviews_looked", "reviews", ["looked_on", "id"], IS_OPEN)
    op.create_table(
        "review_answers",
        sa.Column("review", sa.BigInteger, sa.ForeignKey("reviews.id"), primary_key=True),
        sa.Column("task", sa.BigInteger, sa.ForeignKey("tasks.id"), primary_key=True),
        sa.Column("kind", sa.Text, primary_key=True),
        sa.Column("text", sa.Text, nullable=False),
        sa.Column("by", sa.BigInteger, sa.ForeignKey("people.id"), nullable=False),
        sa.Column("at", MOMENT, nullable=False),
        sa.CheckConstraint(KINDS, name="kind"),
        sqlite_with_rowid=False,
    )
    op.add_column("tasks", sa.Column("stage_due", sa.Date))
    op.execute(
        "UPDATE tasks SET stage_due = (SELECT min(milestones.due) FROM milestones "
        "WHERE milestones.task = tasks.id AND milestones.done_on IS NULL)"
    )
    for name, (columns, where) in EXCEPTIONS.items():
        _partial(name, "tasks", columns, where)


def downgrade() -> None:
    for name in EXCEPTIONS:
        op.drop_index(name, "tasks")
    op.drop_column("tasks", "stage_due")
    for table in ("review_answers", "reviews", "review_plans"):
        op.drop_table(table)


def _partial(
    name: str, table: str, columns: list[str], where: str, *, unique: bool = False
) -> None:
    condition = sa.text(where)
    op.create_index(
        name, table, columns, unique=unique, sqlite_where=condition, postgresql_where=condition
    )
