"""Which revision a database has, and the way to the newest where it is not there yet.

The library that takes it there needs ten megabytes, and a bot that starts has nearly always
nothing to do with it: it is loaded only then.
"""

from pathlib import Path

import sqlalchemy as sa
from sqlalchemy.engine import make_url

from storage.engine import make_engine

_VERSIONS = Path(__file__).parent / "migrations" / "versions"
_TABLE = "alembic_version"
_STORED = sa.select(sa.column("version_num", sa.Text)).select_from(sa.table(_TABLE))


class Outdated(Exception):
    """The database has the tables of another revision: `stored`, None before the first, not
    `newest`.
    """

    def __init__(self, stored: str | None, newest: str) -> None:
        super().__init__(f"the tables are of revision {stored}, not {newest}")
        self.stored, self.newest = stored, newest


def newest() -> str:
    """The newest revision there is: files are named by their revision, a number of four digits."""
    return max(path.name.partition("_")[0] for path in _VERSIONS.glob("[0-9]*.py"))


def revisions(url: str) -> tuple[str | None, str]:
    """The revision the database has (None before the first) and the newest; changes nothing.

    Raises what the driver raises when the database is away.
    """
    engine = make_engine(url)
    try:
        with engine.connect() as connection, connection.begin():
            there = sa.inspect(connection).has_table(_TABLE)
            stored = connection.execute(_STORED).scalar_one_or_none() if there else None
    finally:
        engine.dispose()
    return stored, newest()


def prepare(url: str) -> None:
    """See that the tables are the newest: a SQLite file is made and brought there, any other
    database is only asked, since several processes share it.

    Raises Outdated, or what the driver raises when the database is away, locked or read-only.
    """
    stored, wanted = revisions(url)
    if stored == wanted:
        return
    newer = stored is not None and stored > wanted
    if newer or make_url(url).get_backend_name() != "sqlite":
        raise Outdated(stored, wanted)
    from storage.migrate import migrate

    migrate(url)
