"""The composition root: the only file that sees everyone."""

import asyncio
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import dataclass, field
from functools import partial
from pathlib import Path
from typing import Protocol, TextIO

import structlog
from slack_bolt.app.async_app import AsyncApp
from slack_bolt.authorization import AuthorizeResult
from sqlalchemy.exc import DBAPIError

from bot.clock import Clock
from bot.domain.sealing import Seal
from bot.i18n.texts import Catalogue, Texts
from bot.services import SlackServices
from bot.settings import Mode, Settings
from bot.usecases.undelivered import how_much
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
from handlers.bolt import Door, bolt_app
from handlers.delivering import Delivering
from handlers.delivery import UNREACHED
from handlers.known import Known
from handlers.memory import Memory
from handlers.metrics import Metrics
from handlers.outbox import Dispatcher
from handlers.outsiders import Workspace
from handlers.router import Router
from handlers.slack import START_SECONDS, Slack, client_for, mend_of, why_not
from handlers.socket import Socket
from handlers.taps import Taps
from handlers.ticks import Ticker
from handlers.waiting import Waits, Why, aside, until
from handlers.web import Check, Count, Web
from storage.database import Office
from storage.place import place_of
from storage.points import reach
from storage.rates import SLACK, Rates
from storage.revision import Outdated, prepare, revisions

log = structlog.stdlib.get_logger(__name__)

DatabaseError = DBAPIError
"""What a database that is away, locked, refused or not migrated raises."""
SENDER_SECONDS = 10.0
"""What one call of the outbox may take."""
_AWAY = "See that DATABASE_URL is right and that the database can be reached, read and written."
_OUTDATED = (
    "Run `python -m bot migrate`, or update the bot if the database was used by a newer version."
)


class _Part(Protocol):
    async def start(self) -> None: ...
    async def stop(self) -> None: ...


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
    slack: Slack
    background: Background
    web: Web
    waits: Waits
    parts: list[_Part] = field(default_factory=list)
    """In the order in which they are started; the last of them is stopped first."""
    socket: Socket | None = None
    dispatcher: Dispatcher | None = None
    ticker: Ticker | None = None
    router: Router | None = None
    taps: Taps | None = None

    async def stop(self) -> None:
        """Take nothing new, finish what is under way, store what waits, let go."""
        if self.socket is not None:
            await self.socket.stop()
        await self.web.stop()
        for part in reversed(self.parts):
            await part.stop()
        await self.background.drain(10)
        await self.slack.stop()
        await self.office.close()


async def start(
    settings: Settings, mode: Mode, clock: Clock, *, every: float = 5.0, rates: Rates = SLACK
) -> Bot:
    """Start the bot in a mode; it is up when this returns.

    However long the database or Slack are away or refuse, they are waited for, and meanwhile the
    web server says so. Raises OSError when the port is taken.
    `every` is the ticker's period in seconds; `rates` are what Slack takes.
    """
    over_socket = mode is Mode.SOCKET or (mode is Mode.ALL and settings.over_socket)
    door = None if over_socket or mode is Mode.WORKER else Door()
    metrics, waits = Metrics(), Waits()
    metrics.gauge("waits", "How much is waited for; /readyz names it.", lambda: len(waits.now()))
    checks: dict[str, Check] = {"database": _not_yet}
    counts: dict[str, Count] = {}
    if mode is not Mode.WORKER:
        checks["slack"] = _not_yet
    web = Web(
        app=door, metrics=metrics, ready=checks, waits=waits, counts=counts,
        signing_secret=settings.signing_secret,
        host=settings.host, port=settings.port,
    )  # fmt: skip
    await web.start()
    try:
        opened = partial(_opened, settings, clock)
        office = await until(opened, waits, "database", _why_no_database)
    except BaseException:  # cancelled: there is nothing else yet
        await web.stop()
        raise
    checks["database"] = office.ready
    counts["set_aside"] = partial(office.read, how_much)
    bot = Bot(
        office,
        Slack(settings.bot_token, settings.api_url, partial(_tell, office)),
        Background(),
        web,
        waits,
    )
    office.slack = bot.slack
    try:
        await bot.slack.start()
        who = None
        if mode is not Mode.WORKER:
            refused = partial(why_not, setting="SLACK_BOT_TOKEN")
            who = await until(bot.slack.who_am_i, waits, "slack", refused)
        app = _make_parts(bot, settings, mode, metrics, every, rates, who)
        for part in bot.parts:
            await part.start()
        if door is not None:
            door.app = app
            checks["slack"] = _yes
        elif app is not None:
            # Asked for an address, Slack may take its time as at auth.test.
            asking = client_for(settings.bot_token, settings.api_url, seconds=START_SECONDS)
            bot.socket = Socket(app, settings.app_token, asking, waits)
            checks["slack"] = partial(_connected, bot.socket)
            await bot.socket.start()
    except BaseException:  # cancelled too: what was opened is closed, and the cause goes on
        await bot.stop()
        raise
    return bot


async def _not_yet() -> bool:
    return False


async def _opened(settings: Settings, clock: Clock) -> SlackServices:
    """The office in its database; raises what the database or its folder do."""
    url, secret = settings.database_url, settings.ballot_secret.encode()
    await aside(partial(prepare, url))
    return SlackServices.over(url, clock, seal=Seal(secret) if secret else None)


def _why_no_database(error: Exception) -> Why:
    if isinstance(error, Outdated):
        return Why(f"revision {error.stored}, needed is {error.newest}", _OUTDATED)
    # What drivers say holds addresses, and everybody may ask /readyz: the doctor says all of it.
    return Why(type(error).__name__, _AWAY)


def _make_parts(
    bot: Bot,
    settings: Settings,
    mode: Mode,
    metrics: Metrics,
    every: float,
    rates: Rates,
    who: AuthorizeResult | None,
) -> AsyncApp | None:
    """What the mode runs, not started yet; and Bolt's app where it takes what Slack sends."""
    office, clock, catalogue = bot.office, bot.office.clock, Catalogue.load()
    known = Known(office, bot.slack, clock)
    office.forget = known.forget
    metrics.gauge("writes_waiting", "Writes in the queue.", lambda: office.writer.waiting)
    app = None
    if who is not None:
        bot.taps = Taps(office)
        bot.router = Router(
            workspace=Workspace(who.team_id, who.enterprise_id),
            who=known.who,
            language=known.language,
            catalogue=catalogue,
            services=office,
            delivering=Delivering(bot.slack, bot.background, clock),
            clock=clock,
            metrics=metrics,
            tapped=bot.taps.count,
        )
        router = bot.router
        register(router, catalogue)
        bot.parts += [bot.taps, Memory(lambda: router.taken)]
        app = bolt_app(router, who)
    if mode in (Mode.ALL, Mode.WORKER):
        client = client_for(settings.bot_token, settings.api_url, seconds=SENDER_SECONDS)
        bot.dispatcher = Dispatcher(
            office, client, clock, catalogue, reach=reach, metrics=metrics, rates=rates,
            hears=partial(_sending, bot.waits),
        )  # fmt: skip
        office.on_commit.append(bot.dispatcher.wake)
        ticker = bot.ticker = Ticker(office, every=every)
        metrics.gauge("set_aside", "Messages that Slack does not take.", lambda: ticker.set_aside)
        bot.parts += [bot.dispatcher, bot.ticker]
    return app


def _sending(waits: Waits, why: str) -> None:
    """Nothing can be sent, or everything again."""
    if why:
        waits.begin("sending", why, "" if why == UNREACHED else mend_of("SLACK_BOT_TOKEN"))
    else:
        waits.end("sending")


async def _yes() -> bool:
    return True


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
        place = await asyncio.to_thread(place_of, url)
        return doctor.Revisions(stored=stored, newest=newest, place=place)

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
    from storage.migrate import migrate  # a bot that runs needs nothing of it

    migrate(url)
