"""The shipped office on both databases, and the bot of today at work in it."""

import asyncio
import json
from collections import Counter
from collections.abc import AsyncIterator, Iterator
from contextlib import asynccontextmanager
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from itertools import count
from pathlib import Path
from shutil import copyfile

import pytest
from sqlalchemy.engine import URL, Engine

from bot import wiring
from bot.clock import FrozenClock
from bot.playground.records import Message
from bot.playground.server import Server, start
from bot.playground.visitor import Visitor
from bot.playground.workspace import Workspace
from bot.settings import Mode, Settings
from storage.engine import make_engine
from storage.migrate import migrate
from storage.rates import UNLIMITED
from tests.conftest import commanding
from tests.shipped.filled import BY_NAME, MOMENT, OFFICE, fill, workspace
from tests.stories.conftest import MANIFEST, StoryClock

NEXT_MORNING = datetime(2026, 10, 8, 0, 0, tzinfo=UTC)
"""09:00 at the office on the working day after it was left."""
LONG_ENOUGH = 60
"""Seconds after which a call that was under way has either arrived or never will."""
_FULL = "shipped"
_NUMBERS = count(1)


@dataclass
class Shipped:
    """The office that goes on: its workspace, and the bot that was upgraded."""

    ws: Workspace
    server: Server
    bot: wiring.Bot
    clock: FrozenClock

    def visitor(self, name: str) -> Visitor:
        """Somebody of the office, by name, at their screen."""
        return self.server.visitor(BY_NAME[name])

    async def settled(self, seconds: float = 0) -> None:
        """Every event has arrived, and what is due after so many seconds has left."""
        await self.ws.changes.until(lambda: self.ws.delivery.pending == 0, 10)
        self.clock.move(timedelta(seconds=seconds))
        assert self.bot.dispatcher
        self.bot.dispatcher.wake()
        await self.bot.dispatcher.idle()

    async def until(self, moment: datetime) -> None:
        """The clock stands there, and what is due by then was done, asked and told."""
        await self.settled()
        self.clock.move_to(moment)
        assert self.bot.ticker
        for _ in range(2):
            await self.bot.ticker.tick()
            await self.settled(1)


@dataclass
class Aftermath:
    """What stands in Slack on the morning after, when everything that was due has left."""

    ws: Workspace
    at_first: Counter[str]
    """How many messages bore each delivery's key when no unfinished call could be given up yet."""

    def bearing(self, token: str) -> list[Message]:
        """The messages that bear a delivery's key."""
        return [message for message in _messages(self.ws) if _key(message) == token]

    def told(self, slack_id: str, text: str) -> list[Message]:
        """The direct messages to somebody in which a text stands."""
        return [m for m in self.ws.talk.all(f"D{slack_id}") if text in f"{m.text} {m.blocks}"]


def _messages(ws: Workspace) -> list[Message]:
    return [message for channel in [*ws.channels] for message in ws.talk.all(channel)]


def _key(message: Message) -> str:
    return str((message.metadata or {}).get("event_payload", {}).get("key", ""))


@pytest.fixture(scope="session")
def shipped_sqlite(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A SQLite file as it was left, to be copied."""
    file = tmp_path_factory.mktemp("shipped") / "office.db"
    engine = make_engine(f"sqlite:///{file}")
    fill(engine)
    engine.dispose()
    return file


@pytest.fixture(scope="session")
def shipped_postgres(postgres_server: URL) -> str:
    """A PostgreSQL database as it was left, to make others from."""
    with commanding(postgres_server) as connection:
        connection.exec_driver_sql(f"CREATE DATABASE {_FULL}")
    engine = make_engine(postgres_server.set(database=_FULL))
    fill(engine)
    engine.dispose()
    return _FULL


@pytest.fixture(
    scope="module", params=["sqlite", pytest.param("postgres", marks=pytest.mark.postgres)]
)
def database(request: pytest.FixtureRequest) -> str:
    """Each kind of database in turn."""
    kind: str = request.param
    return kind


def _left(request: pytest.FixtureRequest, database: str, folder: Path) -> Iterator[str]:
    """The address of a database of that kind as it was left."""
    if database == "sqlite":
        copyfile(request.getfixturevalue("shipped_sqlite"), folder / "office.db")
        yield f"sqlite:///{folder / 'office.db'}"
        return
    server: URL = request.getfixturevalue("postgres_server")
    template = request.getfixturevalue("shipped_postgres")
    name = f"{template}_{next(_NUMBERS)}"
    with commanding(server) as connection:
        connection.exec_driver_sql(f"CREATE DATABASE {name} TEMPLATE {template}")
        yield server.set(database=name).render_as_string(hide_password=False)
        connection.exec_driver_sql(f"DROP DATABASE {name} WITH (FORCE)")


@pytest.fixture(scope="module")
def upgraded(
    request: pytest.FixtureRequest, database: str, tmp_path_factory: pytest.TempPathFactory
) -> Iterator[Engine]:
    """A database as it was left, upgraded since: to be read."""
    for url in _left(request, database, tmp_path_factory.mktemp("upgraded")):
        migrate(url)
        engine = make_engine(url)
        yield engine
        engine.dispose()


@asynccontextmanager
async def _opened(url: str, folder: Path) -> AsyncIterator[Shipped]:
    migrate(url)
    clock = StoryClock(MOMENT)
    manifest = json.loads(MANIFEST.read_text(encoding="utf-8"))
    ws = workspace(folder / "slack.db", clock, manifest)
    server = await start(ws)
    settings = Settings(
        bot_token=ws.bot_token,
        app_token=ws.app_token,
        signing_secret=ws.signing_secret,
        api_url=server.api_url,
        database_url=url,
        ballot_secret=OFFICE["ballot_secret"],
        port=0,
    )
    bot = await wiring.start(settings, Mode.ALL, clock, rates=UNLIMITED)
    yield Shipped(ws, server, bot, clock)
    problems = list(ws.problems)
    await bot.stop()
    await server.stop()
    assert problems == []


@pytest.fixture
async def shipped(
    request: pytest.FixtureRequest, database: str, tmp_path: Path
) -> AsyncIterator[Shipped]:
    """The bot of today on such a database, where Slack stands as it stood; for one test."""
    for url in _left(request, database, tmp_path):
        async with _opened(url, tmp_path) as opened:
            yield opened


@pytest.fixture(scope="module")
def aftermath(
    request: pytest.FixtureRequest, database: str, tmp_path_factory: pytest.TempPathFactory
) -> Iterator[Aftermath]:
    """The bot was started on that database and ran until the next morning; lived through once."""
    folder = tmp_path_factory.mktemp("aftermath")

    async def live(url: str) -> Aftermath:
        async with _opened(url, folder) as office:
            await office.settled(3)
            at_first = Counter(map(_key, _messages(office.ws)))
            await office.settled(LONG_ENOUGH)
            await office.until(NEXT_MORNING)
            await office.until(NEXT_MORNING + timedelta(hours=2))
            return Aftermath(office.ws, at_first)

    for url in _left(request, database, folder):
        yield asyncio.run(live(url))
