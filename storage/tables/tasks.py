"""Tables of tasks: the task itself, what belongs to it, and what searching needs."""

from typing import Any

import sqlalchemy as sa
from sqlalchemy.dialects import postgresql

from bot.domain.task import OPEN, Need, Reason, Status, Type
from storage.tables.base import BigId, UtcDateTime, metadata
from storage.tables.jsontext import JsonText
from storage.tables.org import one_of

# `id` is the number people use. `hours` is computed when a task is saved, for lists, and so is
# `stage_due`, the date of the first milestone that is not done.
tasks = sa.Table(
    "tasks",
    metadata,
    sa.Column("id", BigId, primary_key=True, autoincrement=False),
    sa.Column("version", sa.Integer, nullable=False),
    sa.Column("round", sa.BigInteger, sa.ForeignKey("rounds.id")),
    sa.Column("bureau", sa.BigInteger, sa.ForeignKey("units.id")),
    sa.Column("department", sa.BigInteger, sa.ForeignKey("units.id")),
    sa.Column("team", sa.BigInteger, sa.ForeignKey("units.id")),
    sa.Column("title", sa.Text, nullable=False),
    sa.Column("type", sa.Text, nullable=False),
    sa.Column("problem", sa.Text, nullable=False),
    sa.Column("proposal", sa.Text, nullable=False),
    sa.Column("reason", sa.Text),
    sa.Column("needs", JsonText, nullable=False),
    sa.Column("per_year", sa.Integer),
    sa.Column("minutes", sa.Integer),
    sa.Column("people", sa.Integer),
    sa.Column("budget", sa.Integer),
    sa.Column("hours", sa.Double),
    sa.Column("cooperating", JsonText, nullable=False),
    sa.Column("status", sa.Text, nullable=False),
    sa.Column("proposer", sa.BigInteger, sa.ForeignKey("people.id"), nullable=False),
    sa.Column("origin", sa.BigInteger, sa.ForeignKey("units.id")),
    sa.Column("owner", sa.BigInteger, sa.ForeignKey("people.id")),
    sa.Column("due", sa.Date),
    sa.Column("stage_due", sa.Date),
    sa.Column("hold_until", sa.Date),
    sa.Column("held_from", sa.Text),
    sa.Column("remark", sa.Text, nullable=False),
    sa.Column("note", sa.Text, nullable=False),
    sa.Column("opinion", sa.Text, nullable=False),
    sa.Column("evidence", sa.Text, nullable=False),
    sa.Column("stopped_at_once", sa.Boolean, nullable=False),
    sa.Column("merge_into", sa.BigInteger, sa.ForeignKey("tasks.id")),
    sa.Column("replacement", sa.BigInteger, sa.ForeignKey("tasks.id")),
    sa.Column("merge_asked_at", UtcDateTime),
    sa.Column("source", sa.Text, nullable=False),
    sa.Column("created_at", UtcDateTime, nullable=False),
    sa.Column("waiting_since", UtcDateTime),
    sa.Column("confirmed_at", UtcDateTime),
    sa.Column("done_at", UtcDateTime),
    sa.Column("reported_hours", sa.Double),
    sa.Column("reported_budget", sa.Integer),
    sa.Column("verified_hours", sa.Double),
    sa.Column("verified_budget", sa.Integer),
    one_of("type", Type),
    one_of("reason", Reason),
    one_of("status", Status),
    one_of("held_from", Status),
)

# Lists are read newest first within an equal prefix, so every one of them ends in the number;
# `due` rides along so that overdue tasks are picked without reading the others.
sa.Index(None, tasks.c.status, tasks.c.id, tasks.c.due)
for _unit in (tasks.c.bureau, tasks.c.department, tasks.c.team):
    sa.Index(None, _unit, tasks.c.id)
    sa.Index(None, _unit, tasks.c.status, tasks.c.id, tasks.c.due)
# Whether a team has brought a task to a round is asked of all teams at once, from the index alone;
# what may stand in a department's ballot is looked for among its tasks of that round.
for _unit in (tasks.c.department, tasks.c.team):
    sa.Index(None, _unit, tasks.c.round, tasks.c.status)
sa.Index(None, tasks.c.proposer, tasks.c.id, tasks.c.status, tasks.c.due)
sa.Index(None, tasks.c.owner, tasks.c.id, tasks.c.status, tasks.c.due)


# Conditions of partial indexes. A query repeats them with the values written out, not as
# parameters: otherwise neither database sees that the index serves it.
AT_BUREAU = tasks.c.department.is_(None)
ALONE = tasks.c.merge_into.is_(None)
"""Not waiting for another department's head."""
MERGING = tasks.c.merge_into.is_not(None) & (tasks.c.status != sa.literal_column("'merged'"))
UNFINISHED = tasks.c.status.in_([sa.literal_column(f"'{s}'") for s in Status if s in OPEN])
IS_SUBMITTED = tasks.c.status == sa.literal_column(f"'{Status.SUBMITTED}'")
IS_HELD = tasks.c.status == sa.literal_column(f"'{Status.ON_HOLD}'")


def _partial(name: str, where: sa.ColumnElement[bool], *columns: sa.Column[Any]) -> None:
    sa.Index(f"ix_tasks_{name}", *columns, sqlite_where=where, postgresql_where=where)


_partial("at_bureau", AT_BUREAU, tasks.c.bureau, tasks.c.status, tasks.c.id)
_partial("merging", MERGING, tasks.c.merge_into)
# The status comes first although it is known: else SQLite prefers an index that begins with it.
_partial("unfinished", UNFINISHED, tasks.c.status, tasks.c.round)
for _name, _by, _where in (
    ("waiting", tasks.c.waiting_since, IS_SUBMITTED & ALONE),
    ("held_until", tasks.c.hold_until, IS_HELD & ALONE),
):
    _partial(_name, _where, tasks.c.status, tasks.c.department, _by)

co_proposers = sa.Table(
    "co_proposers",
    metadata,
    sa.Column("task", sa.BigInteger, sa.ForeignKey("tasks.id"), primary_key=True),
    sa.Column("person", sa.BigInteger, sa.ForeignKey("people.id"), primary_key=True),
    sa.Column("position", sa.Integer, nullable=False),
    sa.Index(None, "person", "task"),
)

milestones = sa.Table(
    "milestones",
    metadata,
    sa.Column("task", sa.BigInteger, sa.ForeignKey("tasks.id"), primary_key=True),
    sa.Column("position", sa.Integer, primary_key=True),
    sa.Column("track", sa.Text, nullable=False),
    sa.Column("code", sa.Text, nullable=False),
    sa.Column("due", sa.Date, nullable=False),
    sa.Column("done_on", sa.Date),
    sa.Column("note", sa.Text, nullable=False),
    one_of("track", Need),
)

steps = sa.Table(
    "steps",
    metadata,
    sa.Column("task", sa.BigInteger, sa.ForeignKey("tasks.id"), primary_key=True),
    sa.Column("position", sa.Integer, primary_key=True),
    sa.Column("text", sa.Text, nullable=False),
    sa.Column("owner", sa.BigInteger, sa.ForeignKey("people.id"), nullable=False),
    sa.Column("due", sa.Date, nullable=False),
    sa.Column("done_on", sa.Date),
)

# `words` is what a hit is checked against. Its pairs of characters are an array under GIN on
# PostgreSQL; on SQLite they stay NULL and live in the full-text table below.
search_texts = sa.Table(
    "search_texts",
    metadata,
    sa.Column("task", BigId, sa.ForeignKey("tasks.id"), primary_key=True, autoincrement=False),
    sa.Column("words", sa.Text, nullable=False),
    sa.Column("grams", postgresql.ARRAY(sa.Text).with_variant(sa.Text(), "sqlite")),
)
sa.Index(None, search_texts.c.grams, postgresql_using="gin").ddl_if(dialect="postgresql")

# Titles are compared with one another by their rarest pairs: each pair leads to its tasks, with how
# many pairs their titles have.
title_grams = sa.Table(
    "title_grams",
    metadata,
    sa.Column("gram", sa.Text, primary_key=True),
    sa.Column("task", sa.BigInteger, sa.ForeignKey("tasks.id"), primary_key=True),
    sa.Column("pairs", sa.Integer, nullable=False),
    sqlite_with_rowid=False,
)

gram_counts = sa.Table(
    "gram_counts",
    metadata,
    sa.Column("gram", sa.Text, primary_key=True),
    sa.Column("titles", sa.BigInteger, nullable=False),
)

# Keeps no copy of what it indexes, nor where in it a token stands; a row is taken out by naming
# its old tokens.
FULL_TEXT = (
    "CREATE VIRTUAL TABLE fts_tasks USING fts5(pairs, content='', detail=none, tokenize='ascii')"
)


@sa.event.listens_for(search_texts, "after_create")
def _index(_: sa.Table, connection: sa.Connection, **__: object) -> None:
    if connection.dialect.name == "sqlite":
        connection.exec_driver_sql(FULL_TEXT)
