"""`python -m bot …`: reads the mode and calls wiring, with the playground beside it if asked."""

import asyncio
import errno
import json
import os
import shutil
import signal
import socket
import sys
from argparse import Namespace
from collections.abc import Awaitable, Callable, Coroutine
from dataclasses import replace
from datetime import datetime, timedelta
from functools import partial
from pathlib import Path
from typing import Any

import structlog

from bot import sample, sample_office, wiring
from bot.clock import Clock, public_holidays
from bot.domain.calendar import Calendar, today
from bot.domain.errors import NotStored
from bot.domain.periods import Cadence, latest_boundary, next_boundary, opens_at
from bot.i18n.texts import Catalogue, Texts
from bot.playground.server import start as start_playground
from bot.playground.store import Store
from bot.playground.workspace import SeedChannel, SeedPerson, Workspace
from bot.settings import Mode, Settings, SettingsError, has_slack
from handlers import cli, logs, roster_files
from handlers.waiting import unless
from storage.database import Office
from storage.rates import UNLIMITED

DATA = Path("data")
MANIFEST = Path(__file__).parent.parent / "manifest.json"
_PLAY = {
    "SLACK_BOT_TOKEN": "xoxb-playground-bot-token",
    "SLACK_APP_TOKEN": "xapp-playground-app-token",
    "SLACK_SIGNING_SECRET": "playground-signing-secret",
    "DATABASE_URL": f"sqlite:///{DATA}/playground-office.db",
    "HOST": "127.0.0.1",
    "PORT": "0",
}
"""A workspace that only this machine can reach, and never an office's own database."""

log = structlog.stdlib.get_logger("bot")


def main() -> int:
    """Run a mode or command; the exit code."""
    catalogue = Catalogue.load()
    asked = cli.asked(catalogue, sys.argv[1:], os.environ)
    texts = catalogue.of(asked.lang)
    command = asked.command
    if command == "all" and not has_slack(os.environ) and "DATABASE_URL" not in os.environ:
        command = "playground"
    try:
        match command:
            case "playground":
                for port in (asked.port, asked.port + 1)[: 1 + asked.http]:
                    if _taken(port):  # a playground that runs already keeps its data
                        return cli.say_taken(texts, port, sys.stderr, playground=True)
                _make_room(fresh=asked.fresh)
                work = _play(asked, catalogue, texts)
            case "migrate":
                wiring.migrated(_settings(None).database_url)
                return 0
            case "org":
                work = _import(asked, catalogue, texts)
            case "doctor":
                work = wiring.examine(_settings(None), MANIFEST, texts, sys.stdout)
            case _:
                work = _serve(Mode(command), texts)
        return _run(work)
    except SettingsError as error:
        return cli.say_settings(error, sys.stderr)
    except (wiring.DatabaseError, NotStored) as error:
        # A command's: a bot that runs waits for its database.
        return cli.say_no_database(texts, error.__cause__ or error, sys.stderr)


def _run(work: Coroutine[Any, Any, int]) -> int:
    try:
        from uvloop import new_event_loop
    except ImportError:  # it has no wheel for this machine
        return asyncio.run(work)
    with asyncio.Runner(loop_factory=new_event_loop) as runner:
        return runner.run(work)


def _settings(mode: Mode | None) -> Settings:
    settings = Settings.read(os.environ, mode)
    logs.configure(format=settings.log_format, level=settings.log_level)
    return settings


async def _serve(mode: Mode, texts: Texts) -> int:
    settings = _settings(mode)
    stopped = _until_signalled()
    try:
        bot = await unless(stopped, wiring.start(settings, mode, Clock()))
    except OSError as error:
        if error.errno != errno.EADDRINUSE:
            raise
        return cli.say_taken(texts, settings.port, sys.stderr)
    if bot is None:
        return 0
    log.info("ready", mode=mode)
    await stopped
    log.info("stopping")
    await bot.stop()
    return 0


async def _play(asked: Namespace, catalogue: Catalogue, texts: Texts) -> int:
    """The workspace and, against it, the same bot as anywhere else."""
    stopped = _until_signalled()
    clock = Clock()
    people, channels = sample.workspace()
    workspace = Workspace(
        manifest=json.loads(MANIFEST.read_text(encoding="utf-8")),
        people=[SeedPerson(**vars(person)) for person in people],
        channels=[SeedChannel(**vars(channel)) for channel in channels],
        path=DATA / "playground.db",
        clock=clock,
        bot_token=_PLAY["SLACK_BOT_TOKEN"],
        app_token=_PLAY["SLACK_APP_TOKEN"],
        signing_secret=_PLAY["SLACK_SIGNING_SECRET"],
    )
    hand = Hand(clock, workspace.store)
    hand.set_out()
    environ = {**os.environ, **_PLAY}
    environ.setdefault("LOG_LEVEL", "WARNING")
    settings = Settings.read(environ, Mode.ALL)
    logs.configure(format=settings.log_format, level=settings.log_level)
    await _settle_in(settings, clock, catalogue, asked)
    if asked.http:
        settings = replace(settings, app_token="", port=asked.port + 1)
    server = await start_playground(
        workspace,
        port=asked.port,
        deliver="http" if asked.http else "socket",
        request_url=f"http://127.0.0.1:{asked.port + 1}/slack/events" if asked.http else None,
        now=clock.now,
        move=hand.move,
    )
    settings = replace(settings, api_url=server.api_url)
    bot = await unless(stopped, wiring.start(settings, Mode.ALL, clock, rates=UNLIMITED))
    if bot is None:
        await server.stop()
        return 0
    hand.moved = partial(catch_up, bot)
    print(texts("cli-playground", url=server.url), flush=True)
    opening = asyncio.ensure_future(_open_ballots(bot)) if asked.ballot else None
    await stopped
    if opening is not None:
        opening.cancel()
    print(texts("cli-stopping"), flush=True)
    hand.keep()
    await bot.stop()
    await server.stop()
    return 0


class Hand:
    """The hand on the playground's clock: it moves the programme's time, and forward only.

    Where the clock stood is kept in `store`, so that a restart does not go back behind it.
    """

    def __init__(self, clock: Clock, store: Store) -> None:
        self._clock, self._store = clock, store
        self._calendar = Calendar(public_holidays())
        self.moved: Callable[[], Awaitable[None]] | None = None

    def set_out(self) -> None:
        """Go on from where the clock stood, and in office hours: at night nobody hears a thing."""
        stood = [datetime.fromisoformat(kept["now"]) for kept in self._store.all("clock")]
        now = self._clock.now()
        begins = self._calendar.office_moment(max([now, *stood]))
        if begins > now:  # in office hours it is now, which has passed by already
            self._clock.advance_to(begins)

    def keep(self) -> None:
        """Write down where the clock stands."""
        self._store.put("clock", "now", {"now": self._clock.now().isoformat()})

    async def move(self, to: str) -> None:
        """Move on by a `day`, or to the next `morning` or `quarter`; ValueError for other words."""
        self._clock.advance_to(later(self._calendar, self._clock.now(), to))
        self.keep()
        if self.moved:
            await self.moved()


def later(calendar: Calendar, now: datetime, to: str) -> datetime:
    """A `day` from now, or 09:00 of the next `morning` of work or of a `quarter`'s first one."""
    match to:
        case "day":
            return now + timedelta(days=1)
        case "morning":
            return calendar.next_morning(now)
        case "quarter":
            # After days off on its first days this quarter's own first morning may be ahead still.
            turns = (latest_boundary, next_boundary)
            mornings = (opens_at(turn(today(now), Cadence.QUARTERLY), calendar) for turn in turns)
            return next(morning for morning in mornings if morning > now)
    raise ValueError(f"the clock moves by day, morning or quarter, not by {to}")


async def _open_ballots(bot: wiring.Bot) -> None:
    """Open the sample's ballots beneath its cards, where a newcomer finds them first."""
    if bot.dispatcher is not None:
        await bot.dispatcher.idle()
    await sample_office.open_ballots(bot.office, bot.office.now())


async def catch_up(bot: wiring.Bot) -> None:
    """Do what is due by now at once, instead of within the ticker's seconds."""
    try:
        if bot.ticker is not None:
            await bot.ticker.tick()
    except Exception:  # the next tick tries again, and the clock has moved all the same
        log.warning("the moved clock was not acted on", exc_info=True)
    if bot.dispatcher is not None:
        bot.dispatcher.wake()


def _taken(port: int) -> bool:
    """Whether another programme listens at this port of this machine already."""
    try:
        socket.create_server((_PLAY["HOST"], port)).close()
    except OSError as error:
        if error.errno != errno.EADDRINUSE:
            raise
        return True
    return False


def _make_room(*, fresh: bool) -> None:
    """A folder for the playground's state, emptied for a fresh start."""
    if fresh:
        shutil.rmtree(DATA, ignore_errors=True)
    DATA.mkdir(0o700, exist_ok=True)


async def _settle_in(
    settings: Settings, clock: Clock, catalogue: Catalogue, asked: Namespace
) -> None:
    office = Office.at(settings.database_url, clock)
    try:
        now = clock.now()
        await sample_office.settle_in(
            office,
            words=roster_files.vocabulary(catalogue).words,
            round_name=catalogue.of("ko")("roster-first-round", year=today(now).year),
            tasks_wanted=asked.tasks,
            now=now,
        )
    finally:
        await office.close()


async def _import(asked: Namespace, catalogue: Catalogue, texts: Texts) -> int:
    settings = _settings(None)
    clock = Clock()
    office = Office.at(settings.database_url, clock)
    try:
        return await cli.import_roster(
            office,
            catalogue,
            texts,
            asked.file,
            apply=asked.apply,
            now=clock.now(),
            out=sys.stdout,
        )
    finally:
        await office.close()


def _until_signalled() -> "asyncio.Future[None]":
    loop = asyncio.get_running_loop()
    stopped: asyncio.Future[None] = loop.create_future()

    def stop() -> None:
        if not stopped.done():
            stopped.set_result(None)

    for number in (signal.SIGTERM, signal.SIGINT):
        loop.add_signal_handler(number, stop)
    return stopped


if __name__ == "__main__":
    sys.exit(main())
