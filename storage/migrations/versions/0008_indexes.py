"""Indexes for what grew with the number of tasks: candidates, coverage, what goes on or waits."""

import sqlalchemy as sa
from alembic import op

revision = "0008"
down_revision = "0007"
branch_labels = None
depends_on = None

OPEN = "'submitted', 'revision_requested', 'confirmed', 'in_progress', 'on_hold'"
PARTIAL = {
    "ix_tasks_unfinished": ("round", f"status IN ({OPEN})"),
    "ix_tasks_waiting": ("waiting_since", "status = 'submitted'"),
    "ix_tasks_held_until": ("hold_until", "status = 'on_hold'"),
}


def upgrade() -> None:
    op.drop_index("ix_tasks_team_round", "tasks")
    for unit in ("department", "team"):
        op.create_index(f"ix_tasks_{unit}_round_status", "tasks", [unit, "round", "status"])
    for name, (column, where) in PARTIAL.items():
        condition = sa.text(where)
        op.create_index(name, "tasks", [column], sqlite_where=condition, postgresql_where=condition)


def downgrade() -> None:
    for name in PARTIAL:
        op.drop_index(name, "tasks")
    for unit in ("department", "team"):
        op.drop_index(f"ix_tasks_{unit}_round_status", "tasks")
    op.create_index("ix_tasks_team_round", "tasks", ["team", "round"])
