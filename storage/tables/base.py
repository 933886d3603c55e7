"""What all tables share: one metadata, names for constraints, and column types that mean the same
on both databases.

Tables are plain Core tables. Stores keep their statements as module constants and pass parameters
(`connection.execute(STATEMENT, {...})`): building a statement anew costs five times its execution.
"""

from datetime import UTC, datetime
from functools import cache
from typing import Any

import sqlalchemy as sa
from sqlalchemy.dialects import postgresql, sqlite
from sqlalchemy.engine import Dialect

# Alembic can only alter on SQLite what has a name, and both databases must use the same one.
metadata = sa.MetaData(
    naming_convention={
        "ix": "ix_%(table_name)s_%(column_0_N_name)s",
        "uq": "uq_%(table_name)s_%(column_0_N_name)s",
        "ck": "ck_%(table_name)s_%(constraint_name)s",
        "fk": "fk_%(table_name)s_%(column_0_N_name)s",
        "pk": "pk_%(table_name)s",
    }
)


class UtcDateTime(sa.types.TypeDecorator[datetime]):
    """An aware moment, in UTC: `timestamptz` on PostgreSQL, ISO text that sorts right on SQLite.

    Values without a time zone are refused; values read are aware and in UTC.
    """

    impl = sa.DateTime(timezone=True)
    cache_ok = True

    def process_bind_param(self, value: datetime | None, dialect: Dialect) -> datetime | None:
        """To UTC, since SQLite's text has no room for an offset."""
        if value is None:
            return None
        if value.tzinfo is None:
            raise ValueError("a stored moment needs a time zone")
        return value.astimezone(UTC)

    def process_result_value(self, value: Any, dialect: Dialect) -> datetime | None:
        """Back to an aware moment in UTC, whatever the session's zone."""
        if value is None:
            return None
        moment: datetime = value
        if moment.tzinfo is None:
            return moment.replace(tzinfo=UTC)
        return moment.astimezone(UTC)


# SQLite gives ids by itself only to a column declared exactly INTEGER.
BigId = sa.BigInteger().with_variant(sa.Integer(), "sqlite")


def upsert(table: sa.Table, dialect: str) -> sqlite.Insert | postgresql.Insert:
    """An insert that may be given `on_conflict_…`, in the database's own words."""
    return sqlite.insert(table) if dialect == "sqlite" else postgresql.insert(table)


@cache
def add_new(table: sa.Table, dialect: str) -> sa.Executable:
    """An insert that does nothing where a unique row is there already."""
    return upsert(table, dialect).on_conflict_do_nothing()


@cache
def added(table: sa.Table, dialect: str) -> sa.Executable:
    """The same for one row; it answers with the new row's primary key, or with no row."""
    return upsert(table, dialect).on_conflict_do_nothing().returning(*table.primary_key)


@cache
def put(table: sa.Table, dialect: str) -> sa.Executable:
    """An insert that replaces the row of the same primary key."""
    insert = upsert(table, dialect)
    others = {c.name: insert.excluded[c.name] for c in table.c if not c.primary_key}
    return insert.on_conflict_do_update(index_elements=table.primary_key, set_=others)
