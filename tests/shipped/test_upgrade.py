"""An office that was left at commit ce75996 is upgraded, and everything in it is still there."""

import sqlalchemy as sa

from storage.migrate import differences
from tests.house.test_migrations import revisions
from tests.shipped.filled import TABLES, rows, stored

SENDING = frozenset({"outbox", "projections", "buckets", "idempotency", "counters"})
"""How things are sent is the product's own affair; what of it reaches people is tested beside."""


def test_migrations_are_only_added():
    assert revisions()[1:9] == [f"{number:04}" for number in range(1, 9)]


def test_the_upgraded_tables_are_what_the_code_says(upgraded):
    assert differences(upgraded) == []


def test_every_row_that_people_made_is_still_there_as_it_was(upgraded):
    today = sa.MetaData()
    today.reflect(upgraded)
    with upgraded.connect() as connection:
        for name in sorted(TABLES.keys() - SENDING):
            table = today.tables[name]
            columns = [column for column in table.columns if column.name in TABLES[name]["columns"]]
            there = {repr(tuple(row)) for row in connection.execute(sa.select(*columns))}
            left = {repr(tuple(stored(c, row[c.name]) for c in columns)) for row in rows(name)}
            assert left - there == set(), name


NUMBERED = {
    "sqlite": "SELECT name, seq FROM sqlite_sequence",
    "postgresql": "SELECT split_part(sequencename, '_id_seq', 1), last_value FROM pg_sequences",
}
"""Where each database keeps the last number it gave, where it does so at all."""


def test_no_number_is_given_a_second_time(upgraded):
    with upgraded.connect() as connection:
        given = dict(connection.exec_driver_sql(NUMBERED[upgraded.dialect.name]).all())
    for name in given.keys() & TABLES.keys():
        assert (given[name] or 0) >= max((row["id"] for row in rows(name)), default=0), name
    assert {"delegations", "acting"} <= given.keys()
