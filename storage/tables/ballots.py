"""Tables of a round's choices: ballots and their votes, representative tasks, exemptions."""

from collections.abc import Collection
from enum import StrEnum
from typing import Any

import sqlalchemy as sa

from bot.domain.ballot import LIVE, Mode, Rule, State
from bot.domain.exemption import Ground, Standing
from storage.tables.base import BigId, UtcDateTime, metadata
from storage.tables.org import one_of


def among(column: sa.Column[Any], values: Collection[StrEnum]) -> sa.ColumnElement[bool]:
    """A condition of a partial index, its values written out in the order of their enumeration.

    Queries repeat the very condition: that is how both databases see that the index serves them.
    """
    kind = type(next(iter(values)))
    return column.in_([sa.literal_column(f"'{value}'") for value in kind if value in values])


# `nonce` is what a secret ballot's seals are made with; it is destroyed when the ballot ends.
ballots = sa.Table(
    "ballots",
    metadata,
    sa.Column("id", BigId, primary_key=True),
    sa.Column("version", sa.Integer, nullable=False),
    sa.Column("round", sa.BigInteger, sa.ForeignKey("rounds.id"), nullable=False),
    sa.Column("bureau", sa.BigInteger, sa.ForeignKey("units.id"), nullable=False),
    sa.Column("department", sa.BigInteger, sa.ForeignKey("units.id"), nullable=False),
    sa.Column("channel", sa.Text, nullable=False),
    sa.Column("mode", sa.Text, nullable=False),
    sa.Column("state", sa.Text, nullable=False),
    sa.Column("opened_by", sa.BigInteger, sa.ForeignKey("people.id"), nullable=False),
    sa.Column("opened_at", UtcDateTime, nullable=False),
    sa.Column("closes_at", UtcDateTime, nullable=False),
    sa.Column("until", UtcDateTime),
    sa.Column("ts", sa.Text),
    sa.Column("electors", sa.Integer, nullable=False),
    sa.Column("turnout", sa.Integer, nullable=False),
    sa.Column("reminded_at", UtcDateTime),
    sa.Column("recount_at", UtcDateTime),
    sa.Column("winner", sa.BigInteger, sa.ForeignKey("tasks.id")),
    sa.Column("rule", sa.Text),
    sa.Column("ended_at", UtcDateTime),
    sa.Column("remark", sa.Text, nullable=False),
    sa.Column("nonce", sa.LargeBinary),
    sa.Column("seal_check", sa.Text),
    one_of("mode", Mode),
    one_of("state", State),
    one_of("rule", Rule),
    sa.Index(None, "ts"),
    sa.Index(None, "round", "department", "id"),
)
IS_LIVE = among(ballots.c.state, LIVE)
sa.Index(
    "uq_ballots_live",
    ballots.c.round,
    ballots.c.department,
    unique=True,
    sqlite_where=IS_LIVE,
    postgresql_where=IS_LIVE,
)
# The live ones are few at any time, whatever is asked of them.
sa.Index(
    "ix_ballots_due",
    ballots.c.state,
    ballots.c.closes_at,
    sqlite_where=IS_LIVE,
    postgresql_where=IS_LIVE,
)

ballot_candidates = sa.Table(
    "ballot_candidates",
    metadata,
    sa.Column("id", BigId, primary_key=True),
    sa.Column("ballot", sa.BigInteger, sa.ForeignKey("ballots.id"), nullable=False),
    sa.Column("position", sa.Integer, nullable=False),
    sa.Column("task", sa.BigInteger, sa.ForeignKey("tasks.id"), nullable=False),
    sa.Column("title", sa.Text, nullable=False),
    sa.Column("hours", sa.Double),
    sa.Column("type", sa.Text, nullable=False),
    sa.Column("problem", sa.Text, nullable=False),
    sa.Column("proposal", sa.Text, nullable=False),
    sa.Column("submitted_at", UtcDateTime, nullable=False),
    sa.Column("ts", sa.Text),
    sa.Column("seeded", sa.Boolean, nullable=False),
    sa.Column("out", sa.Boolean, nullable=False),
    sa.Column("recounted_at", UtcDateTime),
    sa.Column("votes", sa.Integer),
    sa.UniqueConstraint("ballot", "task"),
    sa.UniqueConstraint("ballot", "position"),
    sa.Index(None, "ts"),
    sa.Index(None, "task"),
)

ballot_electors = sa.Table(
    "ballot_electors",
    metadata,
    sa.Column("ballot", sa.BigInteger, sa.ForeignKey("ballots.id"), primary_key=True),
    sa.Column("person", sa.BigInteger, sa.ForeignKey("people.id"), primary_key=True),
    sqlite_with_rowid=False,
)

# A log in which everything is key: what is told twice is stored once. `at` is in microseconds.
ballot_marks = sa.Table(
    "ballot_marks",
    metadata,
    sa.Column("ballot", sa.BigInteger, sa.ForeignKey("ballots.id"), primary_key=True),
    sa.Column("person", sa.BigInteger, sa.ForeignKey("people.id"), primary_key=True),
    sa.Column("candidate", sa.BigInteger, sa.ForeignKey("ballot_candidates.id"), primary_key=True),
    sa.Column("variant", sa.Text, primary_key=True),
    sa.Column("at", sa.BigInteger, primary_key=True),
    sa.Column("added", sa.Boolean, primary_key=True),
    sa.Column("exact", sa.Boolean, primary_key=True),
    sqlite_with_rowid=False,
)

# The key is what makes a second live vote of a person impossible.
votes = sa.Table(
    "votes",
    metadata,
    sa.Column("ballot", sa.BigInteger, sa.ForeignKey("ballots.id"), primary_key=True),
    sa.Column("person", sa.BigInteger, sa.ForeignKey("people.id"), primary_key=True),
    sa.Column("candidate", sa.BigInteger, sa.ForeignKey("ballot_candidates.id"), nullable=False),
    sqlite_with_rowid=False,
)

# Who was asked which of several candidates they meant; `candidate` is NULL until they answer.
ballot_answers = sa.Table(
    "ballot_answers",
    metadata,
    sa.Column("ballot", sa.BigInteger, sa.ForeignKey("ballots.id"), primary_key=True),
    sa.Column("person", sa.BigInteger, sa.ForeignKey("people.id"), primary_key=True),
    sa.Column("candidate", sa.BigInteger, sa.ForeignKey("ballot_candidates.id")),
    sa.Column("asked_at", UtcDateTime, nullable=False),
    sqlite_with_rowid=False,
)

# Without a time, a number or SQLite's hidden row id: rows lie in the order of their seals, and
# nothing tells in which order they came.
secret_votes = sa.Table(
    "secret_votes",
    metadata,
    sa.Column("ballot", sa.BigInteger, sa.ForeignKey("ballots.id"), primary_key=True),
    sa.Column("voter", sa.Text, primary_key=True),
    sa.Column("candidate", sa.BigInteger, sa.ForeignKey("ballot_candidates.id"), nullable=False),
    sqlite_with_rowid=False,
)

representatives = sa.Table(
    "representatives",
    metadata,
    sa.Column("round", sa.BigInteger, sa.ForeignKey("rounds.id"), primary_key=True),
    sa.Column("department", sa.BigInteger, sa.ForeignKey("units.id"), primary_key=True),
    sa.Column("task", sa.BigInteger, sa.ForeignKey("tasks.id"), nullable=False, unique=True),
    sa.Column("rule", sa.Text, nullable=False),
    sa.Column("ballot", sa.BigInteger, sa.ForeignKey("ballots.id")),
    sa.Column("reason", sa.Text, nullable=False),
    sa.Column("by", sa.BigInteger, sa.ForeignKey("people.id")),
    sa.Column("at", UtcDateTime, nullable=False),
    one_of("rule", Rule),
)

exemptions = sa.Table(
    "exemptions",
    metadata,
    sa.Column("id", BigId, primary_key=True),
    sa.Column("version", sa.Integer, nullable=False),
    sa.Column("round", sa.BigInteger, sa.ForeignKey("rounds.id"), nullable=False),
    sa.Column("bureau", sa.BigInteger, sa.ForeignKey("units.id")),
    sa.Column("department", sa.BigInteger, sa.ForeignKey("units.id")),
    sa.Column("team", sa.BigInteger, sa.ForeignKey("units.id"), nullable=False),
    sa.Column("ground", sa.Text, nullable=False),
    sa.Column("text", sa.Text, nullable=False),
    sa.Column("until", sa.Date),
    sa.Column("standing", sa.Text, nullable=False),
    sa.Column("filed_by", sa.BigInteger, sa.ForeignKey("people.id"), nullable=False),
    sa.Column("filed_at", UtcDateTime, nullable=False),
    sa.Column("decided_by", sa.BigInteger, sa.ForeignKey("people.id")),
    sa.Column("decided_at", UtcDateTime),
    sa.Column("remark", sa.Text, nullable=False),
    sa.Column("ended_at", UtcDateTime),
    one_of("ground", Ground),
    one_of("standing", Standing),
    sa.Index(None, "round", "team", "id"),
    sa.Index(None, "standing", "bureau", "filed_at"),
)
IS_OPEN = among(exemptions.c.standing, (Standing.FILED, Standing.GRANTED))
sa.Index(
    "uq_exemptions_open",
    exemptions.c.round,
    exemptions.c.team,
    unique=True,
    sqlite_where=IS_OPEN,
    postgresql_where=IS_OPEN,
)
