"""The composition root: the only file that sees everyone."""

import asyncio
from collections.abc import AsyncIterator, Awaitable, Callable
from contextlib import asynccontextmanager
from dataclasses import dataclass, replace
from functools import partial
from pathlib import Path
from typing import Protocol, TextIO, TypeVar

import structlog

from bot.clock import Clock
from bot.domain.calendar import today
from bot.domain.org import Person
from bot.domain.sealing import Seal
from bot.i18n.texts import Catalogue, Texts, language_of
from bot.settings import Mode, Settings
from bot.usecases.people import meet
from handlers import (
    admin,
    ballots,
    choices,
    commands,
    doctor,
    exempting,
    home,
    lists,
    people,
    proposing,
    reactions,
    reminders,
    reviews,
    savings,
    standing_in,
    tasks,
)
from handlers.background import Background
from handlers.bolt import bolt_app
from handlers.delivering import Delivering
from handlers.metrics import Metrics
from handlers.outbox import Dispatcher
from handlers.outsiders import Workspace
from handlers.router import Router
from handlers.slack import Slack, client_for
from handlers.socket import Socket
from handlers.taps import Taps
from handlers.ticks import Ticker
from handlers.web import Web
from storage.database import Office
from storage.migrate import migrate, revisions
from storage.points import reach
from storage.rates import SLACK, Rates

T = TypeVar("T")
log = structlog.stdlib.get_logger(__name__)

SENDER_SECONDS = 10.0
"""What one call of the outbox may take."""
LOCALE_SECONDS = 0.5
"""How long somebody's locale is waited for, once."""
KNOWN_SECONDS = 5.0
"""How long somebody's name and language are remembered; rights are always asked anew."""


class _Part(Protocol):
    async def start(self) -> None: ...
    async def stop(self) -> None: ...


class SlackServices(Office):
    """An office that can also ask Slack for a message's address and a channel's members."""

    slack: Slack
    forget: Callable[[str], None] = staticmethod(lambda slack_id: None)
    """Told of a Slack id whose person has changed."""

    async def permalink(self, channel: str, ts: str) -> str:
        """The address of a message; empty when Slack does not say in time."""
        try:
            found = await self.slack.client.chat_getPermalink(channel=channel, message_ts=ts)
        except Exception:  # the proposal matters more than its link, whatever went wrong
            log.warning("a message's address is not known", exc_info=True)
            return ""
        return str(found.get("permalink", ""))

    async def members(self, channel: str) -> frozenset[str] | None:
        """The Slack ids of who is in a channel; None when Slack does not say in time."""
        return await self.slack.members(channel)


class Known:
    """Who is behind a Slack id and in what language, remembered for a few seconds."""

    def __init__(self, office: SlackServices) -> None:
        self._office = office
        self._people: dict[str, tuple[float, Person | None]] = {}
        self._languages: dict[str, str] = {}
        self._met: set[int] = set()
        office.forget = self.forget

    async def who(self, slack_id: str) -> Person | None:
        """The person of the organisation behind a Slack id."""
        clock = self._office.clock
        found = self._people.get(slack_id)
        if found and clock.monotonic() < found[0]:
            return found[1]
        day = today(clock.now())
        person = await self._office.read(lambda uow: uow.people.by_slack(slack_id, day))
        if person is not None and person.id not in self._met:
            person = await self._meet(person, slack_id)
        self._people[slack_id] = (clock.monotonic() + KNOWN_SECONDS, person)
        return person

    async def _meet(self, person: Person, slack_id: str) -> Person:
        """The person in their own language, asked of Slack the first time they are met."""
        self._met.add(person.id)
        if await self._office.read(lambda uow: uow.people.is_welcomed(person.id)):
            return person
        try:
            async with asyncio.timeout(LOCALE_SECONDS):
                language = await self.language(slack_id)
            now = self._office.now()
            await self._office.write(lambda uow: meet(uow, person.id, language, now))
        except Exception:  # what they asked for matters more than the language they read it in
            log.warning("a person's language is not known", exc_info=True)
            return person
        return replace(person, language=language)

    def forget(self, slack_id: str) -> None:
        """Something about the person changed: ask anew."""
        self._people.pop(slack_id, None)

    async def language(self, slack_id: str) -> str:
        """The language of a stranger's locale in Slack."""
        if slack_id not in self._languages:
            found = await self._office.slack.client.users_info(user=slack_id, include_locale=True)
            self._languages[slack_id] = language_of(found["user"].get("locale"))
        return self._languages[slack_id]


def register(router: Router, catalogue: Catalogue) -> None:
    """Every feature's handlers, in one place."""
    cut, help_button = commands.handlers(catalogue)
    router.command("/cut", cut)
    router.action("help.open", help_button)
    for feature in (
        ballots, reviews, proposing, tasks, lists, home, choices, people, admin, exempting,
        reactions, reminders, savings, standing_in,
    ):  # fmt: skip
        feature.register(router)


@dataclass
class Bot:
    """A running bot: its office, its edges, and how they are stopped."""

    office: SlackServices
    parts: list[_Part]
    background: Background
    slack: Slack
    web: Web | None = None
    socket: Socket | None = None
    dispatcher: Dispatcher | None = None
    ticker: Ticker | None = None
    router: Router | None = None
    taps: Taps | None = None

    async def stop(self) -> None:
        """Take nothing new, finish what is under way, store what waits, let go."""
        for part in reversed(self.parts):
            await part.stop()
        await self.background.drain(10)
        await self.slack.stop()
        await self.office.close()


async def start(
    settings: Settings, mode: Mode, clock: Clock, *, every: float = 5.0, rates: Rates = SLACK
) -> Bot:
    """Start the bot in a mode; raises what Slack or the database answer when they refuse.

    `every` is the ticker's period in seconds; `rates` are what Slack takes.
    """
    catalogue = Catalogue.load()
    metrics = Metrics()
    background = Background()
    secret = settings.ballot_secret.encode()
    office = SlackServices.at(settings.database_url, clock, seal=Seal(secret) if secret else None)
    slack = Slack(settings.bot_token, settings.api_url, partial(_tell, office))
    office.slack = slack
    await slack.start()
    bot = Bot(office, [], background, slack)
    try:
        await _start_parts(bot, settings, mode, catalogue, metrics, every, rates)
    except BaseException:  # cancelled too: what was opened is closed, and the cause goes on
        await bot.stop()
        raise
    return bot


async def _start_parts(
    bot: Bot,
    settings: Settings,
    mode: Mode,
    catalogue: Catalogue,
    metrics: Metrics,
    every: float,
    rates: Rates,
) -> None:
    office, clock = bot.office, bot.office.clock
    known = Known(office)
    metrics.gauge("writes_waiting", "Writes in the queue.", lambda: office.writer.waiting)
    listens = mode is not Mode.WORKER
    over_socket = mode is Mode.SOCKET or (mode is Mode.ALL and settings.over_socket)
    app = None
    if listens:
        bot.taps = Taps(office)
        whose = await bot.slack.who_am_i()
        router = Router(
            workspace=Workspace(whose.team_id, whose.enterprise_id),
            who=known.who,
            language=known.language,
            catalogue=catalogue,
            services=office,
            delivering=Delivering(bot.slack, bot.background, clock),
            clock=clock,
            metrics=metrics,
            tapped=bot.taps.count,
        )
        register(router, catalogue)
        bot.router = router
        bot.parts.append(bot.taps)
        app = bolt_app(router, whose)
    if mode in (Mode.ALL, Mode.WORKER):
        client = client_for(settings.bot_token, settings.api_url, seconds=SENDER_SECONDS)
        bot.dispatcher = Dispatcher(
            office, client, clock, catalogue, reach=reach, metrics=metrics, rates=rates
        )
        office.on_commit.append(bot.dispatcher.wake)
        bot.ticker = Ticker(office, every=every)
        bot.parts += [bot.dispatcher, bot.ticker]
    checks: dict[str, Callable[[], Awaitable[bool]]] = {"database": office.ready}
    if app is not None and over_socket:
        bot.socket = Socket(app, settings.app_token, bot.slack.client)
        socket = bot.socket
        checks["slack"] = lambda: _connected(socket)
    bot.web = Web(
        app=None if over_socket else app,
        metrics=metrics,
        ready=checks,
        host=settings.host,
        port=settings.port,
        signing_secret=settings.signing_secret,
    )
    bot.parts += [part for part in (bot.web, bot.socket) if part is not None]
    for part in bot.parts:
        await part.start()


async def _connected(socket: Socket) -> bool:
    return socket.connected


async def _tell(office: SlackServices, user: str, text: str) -> None:
    """Send a ready text to a person, at most once."""
    await office.slack.client.chat_postMessage(channel=user, text=text)


async def examine(settings: Settings, manifest: Path, texts: Texts, out: TextIO) -> int:
    """Check everything the bot needs and say how to mend it; the exit code."""
    clock, url = Clock(), settings.database_url

    async def found() -> doctor.Revisions:
        stored, newest = await asyncio.to_thread(revisions, url)
        return doctor.Revisions(stored=stored, newest=newest)

    @asynccontextmanager
    async def opened() -> AsyncIterator[Office]:
        office = Office.at(url, clock)
        try:
            yield office
        finally:
            await office.close()

    return await doctor.doctor(
        settings,
        texts,
        clock,
        out,
        scopes=doctor.scopes_of(manifest),
        revisions=found,
        opened=opened,
    )


def migrated(url: str) -> None:
    """Bring the database to the newest revision."""
    migrate(url)
