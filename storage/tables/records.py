"""Tables of what is kept beside the tasks: history, drafts, rounds, settings and news."""

import sqlalchemy as sa

from bot.domain.results import Surface
from storage.tables.base import BigId, UtcDateTime, metadata
from storage.tables.jsontext import JsonText
from storage.tables.org import one_of

# Append-only: triggers made by 0001 refuse to change or delete a row.
audit = sa.Table(
    "audit",
    metadata,
    sa.Column("id", BigId, primary_key=True),
    sa.Column("at", UtcDateTime, nullable=False),
    sa.Column("act", sa.Text, nullable=False),
    sa.Column("actor", sa.BigInteger, sa.ForeignKey("people.id")),
    sa.Column("surface", sa.Text, nullable=False),
    sa.Column("task", sa.BigInteger, sa.ForeignKey("tasks.id")),
    sa.Column("before", JsonText, nullable=False),
    sa.Column("after", JsonText, nullable=False),
    sa.Column("text", sa.Text, nullable=False),
    one_of("surface", Surface),
    sa.Index(None, "task", "id"),
)

# `form` is NULL once the draft was submitted or discarded: the row stays, so that a keystroke
# that arrives late does not bring the draft back.
drafts = sa.Table(
    "drafts",
    metadata,
    sa.Column("person", BigId, sa.ForeignKey("people.id"), primary_key=True, autoincrement=False),
    sa.Column("form", JsonText),
    sa.Column("updated_at", UtcDateTime, nullable=False),
)

# `closed` says no more than `closed_at`; it is there for the index, which needs a value to compare
# to refuse a second round that is not closed.
rounds = sa.Table(
    "rounds",
    metadata,
    sa.Column("id", BigId, primary_key=True),
    sa.Column("version", sa.Integer, nullable=False),
    sa.Column("name", sa.Text, nullable=False, unique=True),
    sa.Column("starts_on", sa.Date, nullable=False),
    sa.Column("ends_on", sa.Date),
    sa.Column("votes_by", sa.Date),
    sa.Column("grounds", JsonText, nullable=False),
    sa.Column("closed_at", UtcDateTime),
    sa.Column("closed", sa.Boolean, nullable=False),
    sa.CheckConstraint("ends_on IS NULL OR starts_on <= ends_on", name="period"),
    sa.CheckConstraint("closed = (closed_at IS NOT NULL)", name="closed"),
)
_unclosed = rounds.c.closed_at.is_(None)
sa.Index(
    "uq_rounds_unclosed",
    rounds.c.closed,
    unique=True,
    sqlite_where=_unclosed,
    postgresql_where=_unclosed,
)

# The day ballots close in a bureau that has a day of its own.
round_bureaus = sa.Table(
    "round_bureaus",
    metadata,
    sa.Column("round", sa.BigInteger, sa.ForeignKey("rounds.id"), primary_key=True),
    sa.Column("bureau", sa.BigInteger, sa.ForeignKey("units.id"), primary_key=True),
    sa.Column("votes_by", sa.Date, nullable=False),
)

settings = sa.Table(
    "settings",
    metadata,
    sa.Column("key", sa.Text, primary_key=True),
    sa.Column("value", JsonText, nullable=False),
)

news = sa.Table(
    "news",
    metadata,
    sa.Column("id", BigId, primary_key=True),
    sa.Column("person", sa.BigInteger, sa.ForeignKey("people.id"), nullable=False),
    sa.Column("task", sa.BigInteger, sa.ForeignKey("tasks.id"), nullable=False),
    sa.Column("act", sa.Text, nullable=False),
    sa.Column("actor", sa.BigInteger, sa.ForeignKey("people.id")),
    sa.Column("text", sa.Text, nullable=False),
    sa.Column("at", UtcDateTime, nullable=False),
    sa.Column("told_at", UtcDateTime),
)
_untold = news.c.told_at.is_(None)
sa.Index("ix_news_untold", news.c.person, news.c.id, sqlite_where=_untold, postgresql_where=_untold)

# One statement each: SQLite's driver takes no more at a time.
APPEND_ONLY = {
    "sqlite": tuple(
        f"CREATE TRIGGER audit_no_{verb} BEFORE {verb.upper()} ON audit "
        "BEGIN SELECT RAISE(ABORT, 'audit is append-only'); END"
        for verb in ("update", "delete")
    ),
    "postgresql": (
        "CREATE OR REPLACE FUNCTION audit_append_only() RETURNS trigger LANGUAGE plpgsql AS "
        "'BEGIN RAISE EXCEPTION ''audit is append-only''; END'",
        "CREATE TRIGGER audit_append_only BEFORE UPDATE OR DELETE ON audit "
        "FOR EACH STATEMENT EXECUTE FUNCTION audit_append_only()",
    ),
}


@sa.event.listens_for(audit, "after_create")
def _guard(_: sa.Table, connection: sa.Connection, **__: object) -> None:
    for statement in APPEND_ONLY[connection.dialect.name]:
        connection.exec_driver_sql(statement)
