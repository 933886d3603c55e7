"""Brings a database to the newest revision; alembic needs no ini file and no command line here."""

from collections.abc import Callable
from importlib import import_module
from pathlib import Path
from pkgutil import iter_modules
from typing import Any

import sqlalchemy as sa
from alembic import command
from alembic.autogenerate import compare_metadata
from alembic.config import Config
from alembic.runtime.migration import MigrationContext
from sqlalchemy.engine import URL, Connection, Engine

from storage import tables
from storage.engine import make_engine
from storage.tables import base

# Processes that start together migrate one after the other.
_MIGRATION_LOCK = 0x60FBAE62


def metadata() -> sa.MetaData:
    """The tables of all modules in `storage.tables`."""
    for module in iter_modules(tables.__path__, f"{tables.__name__}."):
        import_module(module.name)
    return base.metadata


def migrate(database: str | URL | Engine, revision: str = "head") -> None:
    """Upgrade to `revision`, all steps in one transaction; nothing happens when it is there."""
    _run(database, lambda config: command.upgrade(config, revision))


def unmigrate(database: str | URL | Engine, revision: str = "base") -> None:
    """Downgrade to `revision`, all steps in one transaction."""
    _run(database, lambda config: command.downgrade(config, revision))


def revise(database: str | URL | Engine, message: str) -> None:
    """Write a revision file with what the tables have and the migrated database lacks."""
    _run(database, lambda config: command.revision(config, message, autogenerate=True))


def comparable(dialect: str) -> Callable[..., bool]:
    """What is compared: not the tables SQLite's full-text index keeps for itself, and on SQLite no
    index that only PostgreSQL has."""

    def include(item: Any, name: str, kind: str, *_: Any) -> bool:
        if kind == "table":
            return not name.startswith("fts_")
        gin = kind == "index" and "gin" in item.dialect_kwargs.values()
        return not (dialect == "sqlite" and gin)

    return include


def differences(database: str | URL | Engine) -> list[Any]:
    """Where the tables of the code and of the database differ, in alembic's words; [] is right."""
    found: list[Any] = []

    def compare(config: Config) -> None:
        connection = config.attributes["connection"]
        opts = {"include_object": comparable(connection.dialect.name)}
        context = MigrationContext.configure(connection, opts=opts)
        found.extend(compare_metadata(context, metadata()))

    _run(database, compare)
    return found


def _run(database: str | URL | Engine, steps: Callable[[Config], object]) -> None:
    own = not isinstance(database, Engine)
    engine = make_engine(database) if not isinstance(database, Engine) else database
    config = Config()
    config.set_main_option("script_location", str(Path(__file__).parent / "migrations"))
    try:
        with engine.connect() as connection:
            _alone(connection, config, steps)
    finally:
        if own:
            engine.dispose()


def _alone(connection: Connection, config: Config, steps: Callable[[Config], object]) -> None:
    """One transaction, with other migrations shut out."""
    config.attributes["connection"] = connection
    if connection.dialect.name != "sqlite":
        with connection.begin():
            connection.exec_driver_sql("SET LOCAL lock_timeout = '60s'")
            connection.exec_driver_sql(f"SELECT pg_advisory_xact_lock({_MIGRATION_LOCK})")
            steps(config)
        return
    # SQLite alters a table by building it anew; with foreign keys on, dropping the old one would
    # take the rows that refer to it along. The switch works only outside a transaction.
    driver: Any = connection.connection.dbapi_connection
    driver.execute("PRAGMA foreign_keys = OFF")
    try:
        with connection.begin():
            steps(config)
            broken = connection.exec_driver_sql("PRAGMA foreign_key_check").all()
            if broken:
                raise RuntimeError(f"the migration leaves {len(broken)} rows without their parents")
    finally:
        driver.execute("PRAGMA foreign_keys = ON")
