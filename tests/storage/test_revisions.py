"""What the revisions make beside tables: the history's guards and the full-text index."""

import pytest
import sqlalchemy as sa
from sqlalchemy.exc import DBAPIError

from bot.domain.results import Entry, Query, Surface
from storage.engine import make_engine
from storage.migrate import metadata, migrate, unmigrate
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
