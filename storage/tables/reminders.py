"""The table of what was reminded of: one row a date, of its newest reminder; and its indexes."""

import sqlalchemy as sa

from bot.domain.reminders import Dated
from bot.domain.reminding import Stage
from bot.domain.task import UNDER_WAY
from storage.tables.ballots import among
from storage.tables.base import metadata
from storage.tables.org import one_of
from storage.tables.tasks import steps, tasks

# `due` and `owner` are those that were told: a row of another date or owner counts for nothing.
reminded = sa.Table(
    "reminded",
    metadata,
    sa.Column("task", sa.BigInteger, sa.ForeignKey("tasks.id"), primary_key=True),
    sa.Column("kind", sa.Text, primary_key=True),
    sa.Column("position", sa.Integer, primary_key=True),
    sa.Column("due", sa.Date, nullable=False),
    sa.Column("owner", sa.BigInteger, sa.ForeignKey("people.id"), nullable=False),
    sa.Column("stage", sa.Text, nullable=False),
    sa.Column("told_on", sa.Date, nullable=False),
    sa.Column("snoozed_until", sa.Date),
    one_of("kind", Dated),
    one_of("stage", Stage),
    sqlite_with_rowid=False,
)

# The ways to what is due, person by person; the store repeats the very conditions.
IS_UNDER_WAY = among(tasks.c.status, UNDER_WAY)
IS_TO_DO = steps.c.done_on.is_(None)
sa.Index(
    "ix_tasks_to_remind",
    # First although it is known: else SQLite prefers an index that begins with it.
    tasks.c.status,
    tasks.c.owner,
    tasks.c.due,
    sqlite_where=IS_UNDER_WAY,
    postgresql_where=IS_UNDER_WAY,
)
sa.Index(
    "ix_steps_owner_due",
    steps.c.owner,
    steps.c.due,
    sqlite_where=IS_TO_DO,
    postgresql_where=IS_TO_DO,
)
