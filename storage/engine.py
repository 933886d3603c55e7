"""Engines for both databases, set up so that what was committed stays committed.

Every connection is for writing unless it is asked for with `reading(engine)`: on SQLite a write
transaction takes the write lock when it begins, a reading one never does.
"""

from pathlib import Path
from typing import Any

import sqlalchemy as sa
from sqlalchemy.engine import URL, Connection, Engine, ExceptionContext, make_url

_READING = "storage_reading"

# Told to PostgreSQL when a session begins: nobody waits long for a lock, a process that stopped in
# mid-transaction does not keep it, and moments come back in UTC.
_SESSION = {
    "lock_timeout": "1s",
    "idle_in_transaction_session_timeout": "5s",
    "timezone": "UTC",
}


def make_engine(url: str | URL) -> Engine:
    """An engine for `sqlite:///path` or `postgresql://…` (always through psycopg 3).

    The folder of a SQLite file is made when it is not there.
    """
    parsed = make_url(url)
    if parsed.get_backend_name() == "sqlite":
        return _sqlite(parsed)
    return _postgresql(parsed)


def reading(engine: Engine) -> Engine:
    """The same pool, for transactions that see one state of the database and change nothing."""
    options: dict[str, Any] = {_READING: True}
    if engine.dialect.name == "postgresql":
        options |= {"isolation_level": "REPEATABLE READ", "postgresql_readonly": True}
    return engine.execution_options(**options)


def in_transaction(connection: Connection) -> bool:
    """Whether the database itself still holds the transaction that was begun, whole and usable.

    SQLite gives up a whole transaction when the disk is full; PostgreSQL refuses all that follows
    an error. Neither says so at the commit.
    """
    if connection.closed or connection.invalidated:
        return False
    driver: Any = connection.connection.dbapi_connection
    if connection.dialect.name == "sqlite":
        return bool(driver.in_transaction)
    return bool(driver.info.transaction_status.name == "INTRANS")


def _sqlite(url: URL) -> Engine:
    if url.database and url.database != ":memory:":
        Path(url.database).parent.mkdir(parents=True, exist_ok=True)
    engine = sa.create_engine(url, connect_args={"check_same_thread": False})

    @sa.event.listens_for(engine, "connect")
    def connected(driver: Any, _: Any) -> None:
        # The driver's own transactions commit at the first savepoint's release.
        driver.isolation_level = None
        driver.execute("PRAGMA busy_timeout = 1000")
        driver.execute("PRAGMA journal_mode = WAL")
        # NORMAL would lose acknowledged commits when the power fails.
        driver.execute("PRAGMA synchronous = FULL")
        driver.execute("PRAGMA foreign_keys = ON")

    @sa.event.listens_for(engine, "begin")
    def begun(connection: Connection) -> None:
        driver: Any = connection.connection.dbapi_connection
        only_reads = connection.get_execution_options().get(_READING, False)
        driver.execute(f"PRAGMA query_only = {int(only_reads)}")
        # Through the connection, so that a locked database is SQLAlchemy's error like any other.
        connection.exec_driver_sql("BEGIN" if only_reads else "BEGIN IMMEDIATE")

    @sa.event.listens_for(engine, "handle_error")
    def failed(context: ExceptionContext) -> None:
        # Without its transaction the connection would commit each further statement by itself:
        # let SQLAlchemy treat it as lost, so that every further use of it fails.
        connection = context.connection
        if connection is None or not connection.in_transaction() or connection.invalidated:
            return
        driver: Any = connection.connection.dbapi_connection
        if not driver.in_transaction and not _begins(context):
            context.is_disconnect = True
            context.invalidate_pool_on_disconnect = False

    return engine


def _begins(context: ExceptionContext) -> bool:
    return (context.statement or "").startswith("BEGIN")


def _postgresql(url: URL) -> Engine:
    return sa.create_engine(
        url.set(drivername="postgresql+psycopg"),
        connect_args={
            "options": " ".join(f"-c {name}={value}" for name, value in _SESSION.items()),
            "connect_timeout": 2,
            # A server that vanished without a word is noticed in seconds, not in hours.
            "keepalives_idle": 5,
            "keepalives_interval": 2,
            "keepalives_count": 2,
            "tcp_user_timeout": 5000,
        },
    )
