"""What the revisions make beside tables, and what they make of the rows that are there."""

from datetime import UTC, date, datetime, timedelta

import pytest
import sqlalchemy as sa
from sqlalchemy.exc import DBAPIError

from bot.domain.exemption import Ground
from bot.domain.results import Entry, Query, Surface
from storage.engine import make_engine
from storage.migrate import differences, metadata, migrate, unmigrate
from storage.tables.records import audit
from storage.unit import UnitOfWork
from tests.storage.making import DAY, NOW, office, task


@pytest.fixture(params=["sqlite", pytest.param("postgres", marks=pytest.mark.postgres)])
def migrated(request, tmp_path):
    """A migrated database of each kind in turn."""
    if request.param == "sqlite":
        url = f"sqlite:///{tmp_path}/office.db"
    else:
        url = request.getfixturevalue("empty_postgres")
    engine = make_engine(url)
    migrate(engine)
    yield engine
    engine.dispose()


def extras(engine):
    """Triggers, functions and the full-text table, in the database's own words."""
    asked = (
        "SELECT sql FROM sqlite_master WHERE type = 'trigger' OR name = 'fts_tasks'"
        if engine.dialect.name == "sqlite"
        else "SELECT pg_get_triggerdef(oid) FROM pg_trigger WHERE NOT tgisinternal"
        " UNION ALL SELECT prosrc FROM pg_proc WHERE proname = 'audit_append_only'"
    )
    with engine.connect() as connection:
        return set(connection.exec_driver_sql(asked).scalars())


def test_a_migrated_database_searches_and_guards_its_history(migrated, clock):
    with migrated.begin() as connection:
        uow = UnitOfWork(connection, clock)
        made = office(uow)
        number = task(uow, made.member, made.halls_place, "전시실 일지").id
        entry = Entry(at=NOW, act="propose", actor=None, surface=Surface.CLI, task=number)
        uow.audit.add(entry)
        assert [row.id for row in uow.search.find(Query(words="전시"), DAY).rows] == [number]
    with (
        pytest.raises(DBAPIError, match="append-only"),
        migrated.begin() as connection,
    ):
        connection.execute(sa.delete(audit))


def test_the_revisions_make_what_the_tables_make_and_take_it_down_again(migrated):
    by_revisions = extras(migrated)
    assert len(by_revisions) >= 2
    unmigrate(migrated)
    assert extras(migrated) == set()
    metadata().create_all(migrated)
    assert extras(migrated) == by_revisions


def test_the_rounds_that_are_there_are_closed_except_the_newest(migrated, clock):
    unmigrate(migrated, "0003")
    insert = "INSERT INTO rounds (id, name, starts_on, ends_on) VALUES "
    with migrated.begin() as connection:
        for row in (
            "(3, '2025년', '2025-01-01', NULL)",
            "(1, '2025년 가을', '2025-09-01', '2025-10-31')",
            "(2, '2026년', '2026-01-01', NULL)",
        ):
            connection.exec_driver_sql(insert + row)
        connection.exec_driver_sql(
            "INSERT INTO people (id, name, language, active, hearing) "
            "VALUES (1, '최주무', 'ko', true, 'now')"
        )
        # A task refers to a round, which SQLite builds anew.
        connection.exec_driver_sql(
            "INSERT INTO tasks (id, version, round, title, type, problem, proposal, needs, "
            "cooperating, status, proposer, remark, note, opinion, evidence, stopped_at_once, "
            "source, created_at) VALUES (1, 1, 3, '일지', 'abolish', '', '', '[]', '[]', "
            "'submitted', 1, '', '', '', '', false, '', '2025-01-02 00:00:00')"
        )
    for _ in range(2):
        migrate(migrated)
        with migrated.begin() as connection:
            rounds = UnitOfWork(connection, clock).rounds
            first, autumn, newest = (rounds.get(number) for number in (3, 1, 2))
            assert first
            assert autumn
            assert newest
            assert (first.ends_on, first.closed_at) == (
                date(2025, 8, 31),
                datetime(2025, 8, 31, 15, tzinfo=UTC),
            )
            assert (autumn.ends_on, autumn.closed_at) == (
                date(2025, 10, 31),
                datetime(2025, 12, 31, 15, tzinfo=UTC),
            )
            assert rounds.unclosed() == newest
            assert (newest.version, newest.grounds) == (1, frozenset(Ground))
            assert (newest.ends_on, newest.votes_by) == (None, None)
            assert rounds.carried(newest.id) == 1
        assert differences(migrated) == []
        unmigrate(migrated, "0003")
    migrate(migrated)


def test_a_merge_that_waits_has_waited_since_it_was_last_asked_for(migrated, clock):
    with migrated.begin() as connection:
        uow = UnitOfWork(connection, clock)
        made = office(uow)
        into = task(uow, made.member, made.halls_place)
        waits = task(uow, made.member, made.roads_place, merge_into=into.id)
        for days, act in enumerate(("merge", "keep_out", "merge", "note")):
            at = NOW + timedelta(days=days)
            uow.audit.add(Entry(at=at, act=act, actor=None, surface=Surface.CLI, task=waits.id))
    unmigrate(migrated, "0006")
    migrate(migrated)
    with migrated.connect() as connection:
        uow = UnitOfWork(connection, clock)
        found = [uow.tasks.get(number) for number in (waits.id, into.id)]
        asked = [one.merge_asked_at for one in found if one]
        assert asked == [NOW + timedelta(days=2), None]
