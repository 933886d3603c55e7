"""Which errors tell of the database itself: it is away, full, locked or read-only for a while.

They say nothing about the statement that met them, which may well succeed a moment later.
"""

import logging
import sqlite3

from sqlalchemy.exc import DBAPIError, OperationalError

_PRIMARY = 0xFF
"""SQLite's extended result codes carry the primary one in their last byte."""
_SPOILT = frozenset({
    sqlite3.SQLITE_READONLY,
    sqlite3.SQLITE_IOERR,
    sqlite3.SQLITE_CORRUPT,
    sqlite3.SQLITE_CANTOPEN,
    sqlite3.SQLITE_PROTOCOL,
    sqlite3.SQLITE_NOTADB,
})  # fmt: skip
"""What a file opened anew may no longer show: a connection keeps the mode it was opened with."""
_SHORT = frozenset({
    sqlite3.SQLITE_BUSY,
    sqlite3.SQLITE_LOCKED,
    sqlite3.SQLITE_NOMEM,
    sqlite3.SQLITE_INTERRUPT,
    sqlite3.SQLITE_FULL,
})  # fmt: skip
_READ_ONLY_STATE = "25006"
_AWAY_STATES = (
    "08",  # the connection
    "28",  # passwords and roles that are being changed
    "3D",  # no such database
    "40",  # deadlocks and failed serialisation
    "53",  # no disk, memory or connections
    "55P03",  # a lock that does not come
    "57",  # shut down, starting, cancelled
    "58",  # input and output
    "25P03",  # sat idle in a transaction for too long
    "25P04",
    "XX",  # corrupted files
)

log = logging.getLogger(__name__)


def spoils(error: BaseException, *, reading: bool) -> bool:
    """Whether the connection that raised this is to be thrown away, though it still answers.

    A SQLite file or a PostgreSQL server that was read-only when it was opened stays so for that
    connection. Where only reads are meant, being read-only is no fault.
    """
    error = _original(error)
    if reading and _is_read_only(error):
        return False
    code = _sqlite_code(error)
    return code & _PRIMARY in _SPOILT if code is not None else _is_read_only(error)


def away(error: BaseException) -> bool:
    """Whether the database cannot be used at the moment, for whatever is asked of it.

    A write where only reads are meant is a mistake of ours and not among these.
    """
    found = _original(error)
    if _is_read_only(found):
        return False
    code = _sqlite_code(found)
    if code is not None:
        return code & _PRIMARY in _SPOILT | _SHORT
    state = _state(found)
    if state is None:  # the driver's own: no connection, or one that broke
        return isinstance(error, OperationalError)
    return state.startswith(_AWAY_STATES)


class Outage:
    """Says once that the database is away and once that it is back, however many notice."""

    def __init__(self, doing: str) -> None:
        self._doing = doing
        self._lasts = False

    def seen(self, trouble: BaseException | None) -> None:
        """How it went: what the database could not do, or None."""
        if trouble is None:
            self.over()
        else:
            self.met(trouble)

    def met(self, error: BaseException) -> None:
        """Something failed because of the database."""
        if not self._lasts:
            self._lasts = True
            log.warning("the database cannot be used for %s: %s", self._doing, _original(error))

    def over(self) -> None:
        """Something succeeded."""
        if self._lasts:
            self._lasts = False
            log.warning("the database can be used for %s again", self._doing)


def _original(error: BaseException) -> BaseException:
    return error.orig if isinstance(error, DBAPIError) and error.orig else error


def _sqlite_code(error: BaseException) -> int | None:
    return getattr(error, "sqlite_errorcode", None)


def _state(error: BaseException) -> str | None:
    return getattr(error, "sqlstate", None)


def _is_read_only(error: BaseException) -> bool:
    """Exactly so: SQLite's extended codes tell of files it could not open for writing."""
    plain = _sqlite_code(error) == sqlite3.SQLITE_READONLY
    return plain or _state(error) == _READ_ONLY_STATE
