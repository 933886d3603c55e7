"""Engines for both databases, set up so that what was committed stays committed.

Every connection is for writing unless it is asked for with `reading(engine)`: on SQLite a write
transaction takes the write lock when it begins, a reading one never does.
"""

from pathlib import Path
from typing import Any

import sqlalchemy as sa
from sqlalchemy.engine import URL, Connection, Engine, ExceptionContext, make_url

from storage.direct import direct

_STATEMENTS_KEPT = 512
"""Prepared statements that a SQLite connection keeps: more than there are in the programme."""

# Told to PostgreSQL when a session begins: nobody waits long for a lock, a process that stopped in
# mid-transaction does not keep it, and moments come back in UTC.
_SESSION = {
    "lock_timeout": "1s",
    "idle_in_transaction_session_timeout": "5s",
    "timezone": "UTC",
    # No question here is worth starting processes for, whatever the planner expects.
    "max_parallel_workers_per_gather": "0",
}
_READING = {
    "default_transaction_isolation": r"repeatable\ read",
    "default_transaction_read_only": "on",
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
    """The same database for transactions that see one state of it and change nothing.

    It has connections of its own, to be disposed of by the caller: what SQLAlchemy would switch at
    each use costs more than a small read. On SQLite it is `query_only`, which, set anew, makes a
    connection prepare all its statements again.
    """
    if engine.dialect.name == "sqlite":
        return _sqlite(engine.url, only_reads=True)
    return _postgresql(engine.url, only_reads=True)


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


def _sqlite(url: URL, *, only_reads: bool = False) -> Engine:
    if url.database and url.database != ":memory:":
        Path(url.database).parent.mkdir(parents=True, exist_ok=True)
    engine = sa.create_engine(
        url, connect_args={"check_same_thread": False, "cached_statements": _STATEMENTS_KEPT}
    )

    @sa.event.listens_for(engine, "connect")
    def connected(driver: Any, _: Any) -> None:
        # The driver's own transactions commit at the first savepoint's release.
        driver.isolation_level = None
        driver.execute("PRAGMA busy_timeout = 1000")
        driver.execute("PRAGMA journal_mode = WAL")
        # NORMAL would lose acknowledged commits when the power fails.
        driver.execute("PRAGMA synchronous = FULL")
        driver.execute("PRAGMA foreign_keys = ON")
        # What is deleted is overwritten: the seals of a secret ballot must not stay in free pages.
        driver.execute("PRAGMA secure_delete = ON")
        driver.execute(f"PRAGMA query_only = {int(only_reads)}")

    def begin(driver: Any) -> None:
        driver.execute("BEGIN" if only_reads else "BEGIN IMMEDIATE")

    # An event of SQLAlchemy's would do too, but an engine that has one looks for listeners at
    # every statement. What this raises becomes SQLAlchemy's error like any other.
    engine.dialect.do_begin = begin  # type: ignore[method-assign, assignment]

    @sa.event.listens_for(engine, "handle_error")
    def failed(context: ExceptionContext) -> None:
        # Without its transaction the connection would commit each further statement by itself:
        # let SQLAlchemy treat it as lost, so that every further use of it fails.
        connection = context.connection
        if connection is None or not connection.in_transaction() or connection.invalidated:
            return
        driver: Any = connection.connection.dbapi_connection
        if not driver.in_transaction:
            context.is_disconnect = True
            context.invalidate_pool_on_disconnect = False

    return direct(engine)


def _postgresql(url: URL, *, only_reads: bool = False) -> Engine:
    session = _SESSION | (_READING if only_reads else {})
    engine = sa.create_engine(
        url.set(drivername="postgresql+psycopg"),
        connect_args={
            "options": " ".join(f"-c {name}={value}" for name, value in session.items()),
            "connect_timeout": 2,
            # A server that vanished without a word is noticed in seconds, not in hours.
            "keepalives_idle": 5,
            "keepalives_interval": 2,
            "keepalives_count": 2,
            "tcp_user_timeout": 5000,
        },
    )
    return direct(engine)
