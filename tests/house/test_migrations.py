"""Every step of the database's history can be gone forwards and back, and ends at the tables."""

from itertools import pairwise
from pathlib import Path

import pytest
import sqlalchemy as sa
from alembic.config import Config
from alembic.script import ScriptDirectory

import storage.migrate
from storage.engine import make_engine
from storage.migrate import differences, metadata, migrate, unmigrate
from storage.revision import newest


def revisions():
    """The names of all revisions, oldest first, with `base` before them."""
    config = Config()
    folder = Path(storage.migrate.__file__).parent / "migrations"
    config.set_main_option("script_location", str(folder))
    newest_first = [
        script.revision for script in ScriptDirectory.from_config(config).walk_revisions()
    ]
    return ["base", *reversed(newest_first)]


@pytest.fixture(params=["sqlite", pytest.param("postgres", marks=pytest.mark.postgres)])
def engine(request, tmp_path):
    """An empty database of each kind in turn."""
    if request.param == "sqlite":
        url = f"sqlite:///{tmp_path}/office.db"
    else:
        url = request.getfixturevalue("empty_postgres")
    made = make_engine(url)
    yield made
    made.dispose()


def named(engine):
    """Constraints and indexes by table: what alembic's own comparison leaves out among them."""
    look = sa.inspect(engine)
    return {
        table: {
            "checks": {check["name"] for check in look.get_check_constraints(table)},
            "uniques": {unique["name"] for unique in look.get_unique_constraints(table)},
            "indexes": {(index["name"], condition(index)) for index in look.get_indexes(table)},
        }
        for table in look.get_table_names()
        if table != "alembic_version"
    }


def condition(index):
    """The rows a partial index covers, in the database's own words."""
    options = index.get("dialect_options", {})
    return "".join(str(value) for key, value in options.items() if key.endswith("_where"))


def test_the_newest_revision_is_known_without_going_there():
    assert newest() == revisions()[-1]


def test_the_newest_revision_is_what_the_tables_say(engine):
    migrate(engine)
    assert differences(engine) == []


def test_migrating_gives_the_constraints_that_the_tables_give(engine):
    migrate(engine)
    migrated = named(engine)
    unmigrate(engine)
    metadata().create_all(engine)
    assert migrated == named(engine)


def test_every_revision_goes_up_down_and_up_again(engine):
    for before, revision in pairwise(revisions()):
        migrate(engine, revision)
        up = named(engine)
        unmigrate(engine, before)
        migrate(engine, revision)
        assert named(engine) == up


def test_nothing_is_left_after_the_last_step_down(engine):
    migrate(engine)
    unmigrate(engine)
    assert named(engine) == {}


def test_migrating_a_database_that_is_up_to_date_changes_nothing(engine):
    migrate(engine)
    before = named(engine)
    migrate(engine)
    assert named(engine) == before
