"""A small office in a workspace of its own, with the whole bot at work in it."""

import io
import json
import logging
from collections.abc import AsyncIterator, Iterator
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path
from shutil import copyfile
from typing import Any

import pytest
import structlog

from bot import wiring
from bot.clock import Clock, FrozenClock
from bot.domain.roster_rows import RosterRow
from bot.i18n.texts import Catalogue
from bot.playground.server import Server, start
from bot.playground.signed_http import SignedHttp
from bot.playground.visitor import Visitor
from bot.playground.workspace import SeedChannel, SeedPerson, Workspace
from bot.settings import Mode, Settings
from bot.usecases.organise import apply_import
from handlers import logs
from handlers.roster_files import vocabulary
from storage.database import Office
from storage.rates import UNLIMITED

WEDNESDAY = datetime(2026, 7, 1, 1, 0, tzinfo=UTC)
"""10:00 of a working day at the office."""
BUREAU, ROADS, CITIES = "건설교통국", "도로과", "도시과"
CHANNELS = {ROADS: "C0000001", CITIES: "C0000002"}
STAFF = {
    "director": ("김국장", "국장", "", "", ""),
    "head": ("이과장", "과장", ROADS, "", ""),
    "lead": ("박팀장", "팀장", ROADS, "계획팀", "주무팀"),
    "member": ("최주무", "주무관", ROADS, "계획팀", ""),
    "colleague": ("정주무", "주무관", ROADS, "계획팀", ""),
    "other_head": ("오과장", "과장", CITIES, "", ""),
    "other_member": ("한주무", "주무관", CITIES, "도시팀", ""),
    "hq": ("윤총괄", "주무관", CITIES, "도시팀", "총괄"),
    "english": ("임주무", "주무관", ROADS, "계획팀", ""),
}
STRANGER = "U0000099"
MANIFEST = Path(__file__).parents[2] / "manifest.json"


def slack_id(who: str) -> str:
    """The Slack id of somebody of the staff."""
    return STRANGER if who == "stranger" else f"U00000{10 + list(STAFF).index(who)}"


def roster() -> tuple[RosterRow, ...]:
    """The organisation file."""
    return tuple(
        RosterRow(
            line=number + 2,
            bureau=BUREAU,
            department=department,
            team=team,
            name=name,
            title=title,
            role=role,
            email=f"{who}@example.kr",
            slack_id=slack_id(who),
            department_channel=CHANNELS.get(department, ""),
        )
        for number, (who, (name, title, department, team, role)) in enumerate(STAFF.items())
    )


class StoryClock(FrozenClock):
    """Programme time that stands still until it is moved, and a system time that follows it.

    So what Slack stamps on a message or reaction agrees with the office's date, as at work.
    """

    def __init__(self, at: datetime) -> None:
        super().__init__(at)
        self._since = super().monotonic()

    def system(self) -> float:
        return self.now().timestamp() + self.monotonic() - self._since

    def steady(self) -> float:
        return self.system()


@dataclass
class Life:
    """The workspace, the bot in it, and its people by what they are."""

    ws: Workspace
    server: Server
    bot: wiring.Bot
    clock: FrozenClock
    settings: Settings
    channel: str = CHANNELS[ROADS]
    other_channel: str = CHANNELS[CITIES]

    def visitor(self, who: str) -> Visitor:
        """Somebody of the staff, or `stranger`, at their screen."""
        return self.server.visitor(slack_id(who))

    async def restart(self) -> None:
        """Stop the bot and start it again against the same workspace and database."""
        former = self.ws.delivery.transport
        await self.bot.stop()
        self.bot = await wiring.start(self.settings, Mode.ALL, self.clock, rates=UNLIMITED)
        self.deliver()
        if isinstance(former, SignedHttp):
            await former.close()

    def deliver(self) -> None:
        """Send what happens to the bot's address, over HTTP."""
        if not self.settings.app_token:
            url = f"http://127.0.0.1:{self.bot.web.port}/slack/events"
            self.ws.delivery.transport = SignedHttp(
                url, self.ws.signing_secret, Clock(), self.ws.changes
            )

    async def propose(
        self, who: str, title: str, problem: str = "매일 쓰지만 읽지 않습니다.", **more: Any
    ) -> int:
        """Propose a task through the form; its number. Similar ones are passed over."""
        person = self.visitor(who)
        await person.command(self.channel_of(who), "/cut " + title)
        fields: dict[Any, Any] = {"type": "abolish", "problem": problem, **more}
        await person.fill(fields)
        await person.submit()
        if person.top["callback_id"] == "propose.anyway":
            await person.submit()
        number = json.loads(person.top["private_metadata"])["task"]
        await person.close(person.top["id"])
        return int(number)

    async def open(self, who: str, number: int) -> Visitor:
        """Somebody with a task open before them."""
        person = self.visitor(who)
        await person.command(self.channel_of(who), f"/cut show {number}")
        return person

    def channel_of(self, who: str) -> str:
        """The channel of somebody's department; the director's is that of the roads."""
        department = STAFF[who][2] if who in STAFF else ""
        return CHANNELS.get(department, self.channel)


PAIRS = {
    "socket+sqlite": ("socket", "sqlite"),
    "http+postgres": ("http", "postgres"),
    "socket+postgres": ("socket", "postgres"),
    "http+sqlite": ("http", "sqlite"),
}


def pytest_generate_tests(metafunc: pytest.Metafunc) -> None:
    """Every story on two pairs of transport and database; those marked `everywhere` on all, those
    marked `postgres` on the pairs with it."""
    if "life" in metafunc.fixturenames:
        names = list(PAIRS)
        if not metafunc.definition.get_closest_marker("everywhere"):
            names = names[:2]
        if metafunc.definition.get_closest_marker("postgres"):
            names = [name for name in names if "postgres" in name]
        metafunc.parametrize(
            "life",
            [
                pytest.param(n, marks=[pytest.mark.postgres] if "postgres" in n else [])
                for n in names
            ],
            indirect=True,
        )


@pytest.fixture
async def life(
    request: pytest.FixtureRequest, tmp_path: Path, sqlite_template: Path
) -> AsyncIterator[Life]:
    """The office on one pair of transport and database."""
    transport, database = PAIRS[request.param]
    if database == "sqlite":
        copyfile(sqlite_template, tmp_path / "office.db")
        url = f"sqlite:///{tmp_path / 'office.db'}"
    else:
        request.getfixturevalue("postgres_engine")
        url = request.getfixturevalue("postgres_url")
    clock = StoryClock(WEDNESDAY)
    ws = _workspace(clock)
    server = await start(ws)
    settings = Settings(
        bot_token=ws.bot_token,
        app_token=ws.app_token if transport == "socket" else "",
        signing_secret=ws.signing_secret,
        api_url=server.api_url,
        database_url=url,
        port=0,
    )
    await _import(settings, clock)
    bot = await wiring.start(settings, Mode.ALL, clock, rates=UNLIMITED)
    made = Life(ws, server, bot, clock, settings)
    made.deliver()
    yield made
    problems = list(ws.problems)
    await made.bot.stop()
    await server.stop()
    assert problems == []


@pytest.fixture
def log() -> Iterator[io.StringIO]:
    """Everything the process logs at its most talkative; what was set up before is put back."""
    handlers, level = logging.root.handlers, logging.root.level
    library = {name: logging.getLogger(name).level for name in logging.root.manager.loggerDict}
    written = io.StringIO()
    logs.configure(format="json", level="DEBUG", stream=written)
    yield written
    logging.root.handlers = handlers
    logging.root.setLevel(level)
    for name, before in library.items():
        logging.getLogger(name).setLevel(before)
    structlog.reset_defaults()


def _workspace(clock: FrozenClock) -> Workspace:
    people = [
        SeedPerson(slack_id(who), name, f"{department} {title}", BUREAU, f"{who}@example.kr")
        for who, (name, title, department, _, _) in STAFF.items()
    ]
    people.append(SeedPerson(STRANGER, "손님", "", "", "guest@example.com"))
    members = {
        department: tuple(slack_id(w) for w, row in STAFF.items() if row[2] in (department, ""))
        for department in CHANNELS
    }
    channels = [
        SeedChannel(CHANNELS[ROADS], ROADS, (*members[ROADS], STRANGER)),
        SeedChannel(CHANNELS[CITIES], CITIES, members[CITIES]),
    ]
    return Workspace(
        manifest=json.loads(MANIFEST.read_text(encoding="utf-8")),
        people=people,
        channels=channels,
        path=None,
        clock=clock,
        bot_token="xoxb-story",
        app_token="xapp-story",
        signing_secret="signing-secret-of-a-story",
    )


async def _import(settings: Settings, clock: FrozenClock) -> None:
    office = Office.at(settings.database_url, clock)
    words = vocabulary(Catalogue.load()).words
    await office.write_alone(
        lambda uow: apply_import(uow, roster(), clock.now(), words=words, round_name="2026년 제1회")
    )
    await office.close()
