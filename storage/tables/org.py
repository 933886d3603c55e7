"""Tables of the organisation: units, people, the posts they hold and who stands in for whom."""

from enum import StrEnum

import sqlalchemy as sa

from bot.domain.org import Hearing, Role, UnitKind
from bot.domain.reminding import Reminding
from bot.domain.slack_state import ChannelState
from storage.tables.base import BigId, UtcDateTime, metadata


def one_of(column: str, values: type[StrEnum]) -> sa.CheckConstraint:
    """A check that a text column holds one of the values of an enumeration."""
    listed = ", ".join(f"'{value}'" for value in values)
    return sa.CheckConstraint(f"{column} IN ({listed})", name=column)


units = sa.Table(
    "units",
    metadata,
    sa.Column("id", BigId, primary_key=True),
    sa.Column("kind", sa.Text, nullable=False),
    sa.Column("name", sa.Text, nullable=False),
    sa.Column("parent", sa.BigInteger, sa.ForeignKey("units.id")),
    sa.Column("channel", sa.Text),
    sa.Column("position", sa.Integer, nullable=False),
    sa.Column("coordinating", sa.Boolean, nullable=False),
    sa.Column("retired", sa.Boolean, nullable=False),
    one_of("kind", UnitKind),
)
# A unit is known by its path of names, also when it is retired: one that comes back is the same.
_top = units.c.parent.is_(None)
sa.Index("uq_units_parent_name", units.c.parent, units.c.name, unique=True)
sa.Index("uq_units_name", units.c.name, unique=True, sqlite_where=_top, postgresql_where=_top)

people = sa.Table(
    "people",
    metadata,
    sa.Column("id", BigId, primary_key=True),
    sa.Column("slack_id", sa.Text, unique=True),
    sa.Column("email", sa.Text, unique=True),
    sa.Column("name", sa.Text, nullable=False),
    sa.Column("language", sa.Text, nullable=False),
    sa.Column("active", sa.Boolean, nullable=False),
    sa.Column("hearing", sa.Text, nullable=False),
    sa.Column("reminding", sa.Text, nullable=False),
    sa.Column("welcomed_at", UtcDateTime),
    sa.Column("anonymised_at", UtcDateTime),
    one_of("hearing", Hearing),
    one_of("reminding", Reminding),
)

# `until` is the first day a post no longer counts, so a mover's posts meet on one day.
posts = sa.Table(
    "posts",
    metadata,
    sa.Column("id", BigId, primary_key=True),
    sa.Column("person", sa.BigInteger, sa.ForeignKey("people.id"), nullable=False),
    sa.Column("role", sa.Text, nullable=False),
    sa.Column("title", sa.Text, nullable=False),
    sa.Column("bureau", sa.BigInteger, sa.ForeignKey("units.id")),
    sa.Column("department", sa.BigInteger, sa.ForeignKey("units.id")),
    sa.Column("team", sa.BigInteger, sa.ForeignKey("units.id")),
    sa.Column("position", sa.Integer, nullable=False),
    sa.Column("since", sa.Date, nullable=False),
    sa.Column("until", sa.Date),
    one_of("role", Role),
    sa.Index(None, "person"),
    sa.Index(None, "role", "bureau"),
    sa.Index(None, "role", "team"),
    sa.Index(None, "department", "role"),
)

# Both days of a delegation and of an acting post count: they are what people write down. One that
# is taken out leaves messages, buttons and the history behind, so no other may get its id.
delegations = sa.Table(
    "delegations",
    metadata,
    sa.Column("id", BigId, primary_key=True),
    sa.Column("from_person", sa.BigInteger, sa.ForeignKey("people.id"), nullable=False),
    sa.Column("to_person", sa.BigInteger, sa.ForeignKey("people.id"), nullable=False),
    sa.Column("from_on", sa.Date, nullable=False),
    sa.Column("to_on", sa.Date, nullable=False),
    sa.CheckConstraint("from_on <= to_on", name="period"),
    sa.Index(None, "from_person"),
    sa.Index(None, "to_person"),
    sqlite_autoincrement=True,
)

acting = sa.Table(
    "acting",
    metadata,
    sa.Column("id", BigId, primary_key=True),
    sa.Column("unit", sa.BigInteger, sa.ForeignKey("units.id"), nullable=False),
    sa.Column("role", sa.Text, nullable=False),
    sa.Column("title", sa.Text, nullable=False),
    sa.Column("person", sa.BigInteger, sa.ForeignKey("people.id"), nullable=False),
    sa.Column("from_on", sa.Date, nullable=False),
    sa.Column("to_on", sa.Date),
    sa.CheckConstraint("to_on IS NULL OR from_on <= to_on", name="period"),
    one_of("role", Role),
    sa.Index(None, "unit"),
    sa.Index(None, "person"),
    sqlite_autoincrement=True,
)

# What Slack says may come late, twice and out of order: only what is newer than all that was heard
# before counts. `updated` is in seconds, every other moment in microseconds, all of them Slack's.
accounts = sa.Table(
    "accounts",
    metadata,
    sa.Column("slack_id", sa.Text, primary_key=True),
    sa.Column("updated", sa.BigInteger, nullable=False),
    sa.Column("heard", sa.BigInteger, nullable=False),
)

channels = sa.Table(
    "channels",
    metadata,
    sa.Column("slack_id", sa.Text, primary_key=True),
    sa.Column("state", sa.Text, nullable=False),
    sa.Column("state_at", sa.BigInteger, nullable=False),
    sa.Column("member", sa.Boolean, nullable=False),
    sa.Column("member_at", sa.BigInteger, nullable=False),
    sa.Column("became", sa.Text),
    sa.Column("became_at", sa.BigInteger, nullable=False),
    one_of("state", ChannelState),
)
