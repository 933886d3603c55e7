"""What was reminded of, how often people want to be, and the ways to what is due."""

import sqlalchemy as sa
from alembic import op

revision = "0006"
down_revision = "0005"
branch_labels = None
depends_on = None

UNDER_WAY = "status IN ('confirmed', 'in_progress')"
NOT_DONE = "done_on IS NULL"
REMINDING = "reminding IN ('daily', 'weekly', 'overdue')"
KINDS = "kind IN ('task', 'milestone', 'step')"
STAGES = "stage IN ('week', 'day', 'late_1', 'late_2', 'late_3', 'lead')"

people = sa.table("people", sa.column("reminding", sa.Text))


def upgrade() -> None:
    op.add_column("people", sa.Column("reminding", sa.Text))
    op.get_bind().execute(sa.update(people).values(reminding="daily"))
    with op.batch_alter_table("people") as batch:
        batch.alter_column("reminding", nullable=False)
        batch.create_check_constraint("reminding", REMINDING)
    op.create_table(
        "reminded",
        sa.Column("task", sa.BigInteger, sa.ForeignKey("tasks.id"), primary_key=True),
        sa.Column("kind", sa.Text, primary_key=True),
        sa.Column("position", sa.Integer, primary_key=True),
        sa.Column("due", sa.Date, nullable=False),
        sa.Column("owner", sa.BigInteger, sa.ForeignKey("people.id"), nullable=False),
        sa.Column("stage", sa.Text, nullable=False),
        sa.Column("told_on", sa.Date, nullable=False),
        sa.Column("snoozed_until", sa.Date),
        sa.CheckConstraint(KINDS, name="kind"),
        sa.CheckConstraint(STAGES, name="stage"),
        sqlite_with_rowid=False,
    )
    op.create_index(
        "ix_tasks_owner_due",
        "tasks",
        ["owner", "due"],
        sqlite_where=sa.text(UNDER_WAY),
        postgresql_where=sa.text(UNDER_WAY),
    )
    op.create_index(
        "ix_steps_owner_due",
        "steps",
        ["owner", "due"],
        sqlite_where=sa.text(NOT_DONE),
        postgresql_where=sa.text(NOT_DONE),
    )


def downgrade() -> None:
    op.drop_index("ix_steps_owner_due", "steps")
    op.drop_index("ix_tasks_owner_due", "tasks")
    op.drop_table("reminded")
    with op.batch_alter_table("people") as batch:
        batch.drop_constraint("reminding", type_="check")
        batch.drop_column("reminding")
