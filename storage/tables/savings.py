"""Tables of what is asked about completed tasks, and of what the programme costs people."""

import sqlalchemy as sa

from bot.domain.checks import Answer, Check
from storage.tables.base import UtcDateTime, metadata
from storage.tables.org import one_of

# `unit` is the narrowest unit of the task's place: whoever leads it finds there what an owner
# who left was asked. The database refuses a second check of a kind for a task.
checks = sa.Table(
    "checks",
    metadata,
    sa.Column("task", sa.BigInteger, sa.ForeignKey("tasks.id"), primary_key=True),
    sa.Column("kind", sa.Text, primary_key=True),
    sa.Column("unit", sa.BigInteger, sa.ForeignKey("units.id")),
    sa.Column("due_on", sa.Date, nullable=False),
    sa.Column("asked_on", sa.Date),
    sa.Column("person", sa.BigInteger, sa.ForeignKey("people.id")),
    sa.Column("answered_at", UtcDateTime),
    sa.Column("answer", sa.Text),
    sa.Column("by", sa.BigInteger, sa.ForeignKey("people.id")),
    one_of("kind", Check),
    one_of("answer", Answer),
    sa.CheckConstraint("(asked_on IS NULL) = (person IS NULL)", name="asked"),
    sqlite_with_rowid=False,
)
# Queries repeat these very conditions: that is how both databases see that an index serves them.
IS_AHEAD = checks.c.asked_on.is_(None) & checks.c.answered_at.is_(None)
WAITS = checks.c.asked_on.is_not(None) & checks.c.answered_at.is_(None)
for _name, _where, _columns in (
    ("ahead", IS_AHEAD, (checks.c.due_on, checks.c.task)),
    ("of_person", WAITS, (checks.c.person, checks.c.due_on)),
    ("of_unit", WAITS, (checks.c.unit, checks.c.due_on)),
):
    sa.Index(f"ix_checks_{_name}", *_columns, sqlite_where=_where, postgresql_where=_where)

# `quarter` is its first day.
burden = sa.Table(
    "burden",
    metadata,
    sa.Column("quarter", sa.Date, primary_key=True),
    sa.Column("person", sa.BigInteger, sa.ForeignKey("people.id"), primary_key=True),
    sa.Column("messages", sa.Integer, nullable=False),
    sa.Column("taps", sa.Integer, nullable=False),
    sqlite_with_rowid=False,
)
