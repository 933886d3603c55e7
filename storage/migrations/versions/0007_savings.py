"""Verified savings, what is asked about completed tasks, and what the programme costs people; what
stands instead of a representative task once another department has taken it in, and when that was
asked for."""

import sqlalchemy as sa
from alembic import op

revision = "0007"
down_revision = "0006"
branch_labels = None
depends_on = None

MOMENT = sa.DateTime(timezone=True)
AHEAD = "asked_on IS NULL AND answered_at IS NULL"
WAITS = "asked_on IS NOT NULL AND answered_at IS NULL"
INDEXES = {
    "ix_checks_ahead": (["due_on", "task"], AHEAD),
    "ix_checks_of_person": (["person", "due_on"], WAITS),
    "ix_checks_of_unit": (["unit", "due_on"], WAITS),
}
MONTHS = {"saved": 3, "stays_6": 6, "stays_12": 12}
LATER = {
    "sqlite": "date(done_at, '+9 hours', '+{months} months')",
    "postgresql": "((done_at AT TIME ZONE 'Asia/Seoul')::date + interval '{months} months')::date",
}


def upgrade() -> None:
    op.add_column("tasks", sa.Column("verified_hours", sa.Double))
    op.add_column("tasks", sa.Column("verified_budget", sa.Integer))
    replacement = sa.Column("replacement", sa.BigInteger, sa.ForeignKey("tasks.id"))
    op.add_column("tasks", replacement, inline_references=True)
    op.add_column("tasks", sa.Column("merge_asked_at", MOMENT))
    op.execute(
        "UPDATE tasks SET merge_asked_at = (SELECT max(at) FROM audit"
        " WHERE audit.task = tasks.id AND act = 'merge')"
        " WHERE merge_into IS NOT NULL AND status <> 'merged'"
    )
    op.create_table(
        "checks",
        sa.Column("task", sa.BigInteger, sa.ForeignKey("tasks.id"), primary_key=True),
        sa.Column("kind", sa.Text, primary_key=True),
        sa.Column("unit", sa.BigInteger, sa.ForeignKey("units.id")),
        sa.Column("due_on", sa.Date, nullable=False),
        sa.Column("asked_on", sa.Date),
        sa.Column("person", sa.BigInteger, sa.ForeignKey("people.id")),
        sa.Column("answered_at", MOMENT),
        sa.Column("answer", sa.Text),
        sa.Column("by", sa.BigInteger, sa.ForeignKey("people.id")),
        sa.CheckConstraint("kind IN ('saved', 'stays_6', 'stays_12')", name="kind"),
        sa.CheckConstraint("answer IN ('as_planned', 'measured', 'gone')", name="answer"),
        sa.CheckConstraint("(asked_on IS NULL) = (person IS NULL)", name="asked"),
        sqlite_with_rowid=False,
    )
    for name, (columns, where) in INDEXES.items():
        condition = sa.text(where)
        op.create_index(name, "checks", columns, sqlite_where=condition, postgresql_where=condition)
    op.create_table(
        "burden",
        sa.Column("quarter", sa.Date, primary_key=True),
        sa.Column("person", sa.BigInteger, sa.ForeignKey("people.id"), primary_key=True),
        sa.Column("messages", sa.Integer, nullable=False),
        sa.Column("taps", sa.Integer, nullable=False),
        sqlite_with_rowid=False,
    )
    _plan_for_what_is_done()


def downgrade() -> None:
    op.drop_table("burden")
    op.drop_table("checks")
    op.drop_column("tasks", "merge_asked_at")
    op.drop_column("tasks", "replacement")
    op.drop_column("tasks", "verified_budget")
    op.drop_column("tasks", "verified_hours")


def _plan_for_what_is_done() -> None:
    """What was completed before this revision is asked about as well."""
    later = LATER[op.get_context().dialect.name]
    for kind, months in MONTHS.items():
        leaves = "" if kind == "saved" else " AND type <> 'improve'"
        op.execute(
            "INSERT INTO checks (task, kind, unit, due_on) "  # noqa: S608 # nobody's input
            f"SELECT id, '{kind}', coalesce(team, department, bureau), "
            f"{later.format(months=months)} "
            f"FROM tasks WHERE status = 'done' AND done_at IS NOT NULL{leaves}"
        )
