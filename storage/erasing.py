"""Takes what was deleted out of the files where a database keeps it a while longer."""

from typing import Any

from sqlalchemy.engine import Engine

from storage.engine import is_file

_PATIENCE_MS = 20
_USUAL_MS = 1000


def has_log(engine: Engine) -> bool:
    """Whether there is a write-ahead log of ours that keeps what was deleted."""
    return is_file(engine.url)


def erase(engine: Engine) -> bool:
    """Empty SQLite's write-ahead log into the database; False while readers hold it.

    Deleted rows are overwritten in the database itself (`secure_delete`), yet the pages that had
    them stand in the log until it is truncated. PostgreSQL's log is its administrator's.
    """
    with engine.connect() as connection:
        driver: Any = connection.connection.dbapi_connection
        driver.execute(f"PRAGMA busy_timeout = {_PATIENCE_MS}")
        try:
            held, _, _ = driver.execute("PRAGMA wal_checkpoint(TRUNCATE)").fetchone()
        except BaseException:
            connection.invalidate()
            raise
        driver.execute(f"PRAGMA busy_timeout = {_USUAL_MS}")
    return not held
