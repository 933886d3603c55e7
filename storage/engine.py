"""Engines for both databases, set up so that what was committed stays committed.

Every connection is for writing unless it is asked for with `reading(engine)`: on SQLite a write
transaction takes the write lock when it begins, a reading one never does.
"""

from pathlib import Path
from typing import Any
from weakref import WeakSet, WeakValueDictionary

import sqlalchemy as sa
from sqlalchemy.engine import URL, Connection, Engine, ExceptionContext, make_url

from storage.direct import direct
from storage.faults import spoils
from storage.files import keep_private, make_folder

_FAULTS = "faults"
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

    A SQLite file, and its folder when that is not there, are made for their owner only.
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


def is_file(url: URL) -> bool:
    """Whether the database is a file of this machine with a name of its own."""
    named = url.database not in (None, "", ":memory:") and "uri" not in url.query
    return url.get_backend_name() == "sqlite" and named


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


class _File:
    """The engines of this process on one SQLite file, whose connections share more than they show.

    SQLite maps the file beside the database that readers and writers meet in once a process. Where
    that was read-only, a new connection is too as long as an old one is open: all go at once.
    """

    def __init__(self) -> None:
        self.engines: WeakSet[Engine] = WeakSet()
        self.faults = 0

    def spoilt(self) -> None:
        """Close what is idle; what is in use is closed when it is given back."""
        self.faults += 1
        for engine in list(self.engines):
            engine.dispose()


_files: WeakValueDictionary[str, _File] = WeakValueDictionary()


def _sqlite(url: URL, *, only_reads: bool = False) -> Engine:
    if is_file(url):
        make_folder(Path(str(url.database)).parent)
    engine = sa.create_engine(
        url,
        connect_args={"check_same_thread": False, "cached_statements": _STATEMENTS_KEPT},
        hide_parameters=True,
    )
    file = _File()
    if is_file(url):
        file = _files.setdefault(str(Path(str(url.database)).resolve()), file)
    file.engines.add(engine)

    @sa.event.listens_for(engine, "do_connect")
    def connects(dialect: Any, record: Any, given: Any, _: Any) -> None:
        if is_file(url):
            keep_private(Path(given[0]))
        record.info[_FAULTS] = file.faults

    @sa.event.listens_for(engine, "connect")
    def connected(driver: Any, _: Any) -> None:
        try:
            _set_up(driver, only_reads=only_reads)
        except BaseException:
            driver.close()
            raise

    @sa.event.listens_for(engine, "checkin")
    def given_back(_: Any, record: Any) -> None:
        if record.info.get(_FAULTS) != file.faults:
            record.invalidate()

    def begin(driver: Any) -> None:
        driver.execute("BEGIN" if only_reads else "BEGIN IMMEDIATE")

    # An event of SQLAlchemy's would do too, but an engine that has one looks for listeners at
    # every statement. What this raises becomes SQLAlchemy's error like any other.
    engine.dialect.do_begin = begin  # type: ignore[method-assign, assignment]

    @sa.event.listens_for(engine, "handle_error")
    def failed(context: ExceptionContext) -> None:
        if spoils(context.original_exception, reading=only_reads):
            context.is_disconnect = True
            context.invalidate_pool_on_disconnect = False
            file.spoilt()
            return
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


def _set_up(driver: Any, *, only_reads: bool) -> None:
    # The driver's own transactions commit at the first savepoint's release.
    driver.isolation_level = None
    driver.execute("PRAGMA busy_timeout = 1000")
    driver.execute("PRAGMA journal_mode = WAL")
    # NORMAL would lose acknowledged commits when the power fails.
    driver.execute("PRAGMA synchronous = FULL")
    driver.execute("PRAGMA foreign_keys = ON")
    # What is deleted is overwritten: the seals of a secret ballot must not stay in free pages.
    driver.execute("PRAGMA secure_delete = ON")
    if only_reads:
        driver.execute("PRAGMA query_only = ON")
    else:
        # Pages that a savepoint would bring back go to no other file either.
        driver.execute("PRAGMA temp_store = MEMORY")


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
        # An error tells the statement, never whose text or vote it was about.
        hide_parameters=True,
    )

    @sa.event.listens_for(engine, "handle_error")
    def failed(context: ExceptionContext) -> None:
        # The server has become somebody's standby: another may answer at its address.
        if spoils(context.original_exception, reading=only_reads):
            context.is_disconnect = True

    return direct(engine)
