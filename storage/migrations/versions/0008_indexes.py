"""Indexes for what grew with the number of tasks: candidates, coverage, what goes on or waits."""

import sqlalchemy as sa
from alembic import op

revision = "0008"
down_revision = "0007"
branch_labels = None
depends_on = None

OPEN = "'submitted', 'revision_requested', 'confirmed', 'in_progress', 'on_hold'"
UNDER_WAY = "status IN ('confirmed', 'in_progress')"
PARTIAL = {
    "ix_tasks_unfinished": (["status", "round"], f"status IN ({OPEN})"),
    "ix_tasks_waiting": (
        ["status", "department", "waiting_since"],
        "status = 'submitted' AND merge_into IS NULL",
    ),
    "ix_tasks_held_until": (
        ["status", "department", "hold_until"],
        "status = 'on_hold' AND merge_into IS NULL",
    ),
    "ix_tasks_to_remind": (["status", "owner", "due"], UNDER_WAY),
}


def upgrade() -> None:
    op.drop_index("ix_tasks_team_round", "tasks")
    op.drop_index("ix_tasks_owner_due", "tasks")
    for unit in ("department", "team"):
        op.create_index(f"ix_tasks_{unit}_round_status", "tasks", [unit, "round", "status"])
    for name, (columns, where) in PARTIAL.items():
        _partial(name, columns, where)


def downgrade() -> None:
    for name in PARTIAL:
        op.drop_index(name, "tasks")
    for unit in ("department", "team"):
        op.drop_index(f"ix_tasks_{unit}_round_status", "tasks")
    op.create_index("ix_tasks_team_round", "tasks", ["team", "round"])
    _partial("ix_tasks_owner_due", ["owner", "due"], UNDER_WAY)


def _partial(name: str, columns: list[str], where: str) -> None:
    condition = sa.text(where)
    op.create_index(name, "tasks", columns, sqlite_where=condition, postgresql_where=condition)
