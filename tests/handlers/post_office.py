"""A dispatcher between a real database and a real workspace, and the office it serves."""

import asyncio
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import dataclass, field
from datetime import UTC, datetime
from functools import partial
from typing import Any

from sqlalchemy.engine import Engine

from bot.clock import FrozenClock
from bot.domain.calendar import today
from bot.domain.facts import Fact
from bot.domain.roster_rows import RosterRow
from bot.i18n.texts import Catalogue
from bot.playground.records import Message
from bot.playground.server import Server, start
from bot.playground.workspace import SeedChannel, SeedPerson, Workspace
from bot.usecases import deliver
from bot.usecases.acting import want_card
from handlers.metrics import Metrics
from handlers.outbox import Dispatcher
from handlers.slack import client_for
from storage.database import Office
from storage.unit import UnitOfWork
from storage.watch import Watch
from tests.playground.stage import APP_TOKEN, BOT_TOKEN, SECRET, manifest
from tests.usecases.small_office import MEMBER, NOW, OFFICE, apply, own_task

CHANNEL = "C0000001"
CATALOGUE = Catalogue.load()


class Hand(FrozenClock):
    """Programme time stands still; system time runs, plus what a test adds by hand, and after
    somebody `set` it by so many seconds."""

    ahead = 0.0
    set = 0.0

    def __init__(self, at: datetime = NOW) -> None:
        super().__init__(at.astimezone(UTC))

    def system(self) -> float:
        return super().system() + self.ahead + self.set

    def steady(self) -> float:
        return super().steady() + self.ahead


def workspace(clock: Hand, *, bot: bool = True) -> Workspace:
    """A workspace with the people and the channel of the small office."""
    people = [SeedPerson(r.slack_id, r.name, r.title, r.bureau, r.email) for r in OFFICE]
    members = tuple(person.id for person in people)
    channels = [SeedChannel(CHANNEL, "도로과", members, bot=bot)]
    return Workspace(manifest(), people, channels, None, clock, BOT_TOKEN, APP_TOKEN, SECRET)


@dataclass
class PostOffice:
    """What a test needs: the office, the workspace, and the dispatchers between them."""

    office: Office
    ws: Workspace
    server: Server
    clock: Hand
    reached: list[str] = field(default_factory=list)
    dispatchers: list[Dispatcher] = field(default_factory=list)

    def dispatcher(self, *, seconds: float = 5.0, **more: Any) -> Dispatcher:
        """Another sender, as another process would have one."""
        client = client_for(BOT_TOKEN, self.server.api_url, seconds=seconds)
        options: dict[str, Any] = {"reach": self.reached.append, "metrics": Metrics()} | more
        made = Dispatcher(self.office, client, self.clock, CATALOGUE, **options)
        self.office.on_commit.append(made.wake)
        self.dispatchers.append(made)
        return made

    async def run(self, ahead: float = 0.0) -> None:
        """Let everything that is due leave, after `ahead` more seconds of system time."""
        if not self.dispatchers:
            await self.dispatcher().start()
        self.clock.ahead += ahead
        async with asyncio.timeout(20):
            for dispatcher in self.dispatchers:
                dispatcher.wake()
                await dispatcher.idle()

    async def go_on(self, seconds: int = 6) -> None:
        """Let so many seconds pass one by one: a channel takes a message a second."""
        for _ in range(seconds):
            await self.run(ahead=1.1)

    async def propose(self) -> int:
        """A task with a card that is wanted."""

        def work(uow: UnitOfWork) -> int:
            number = own_task(uow, OFFICE[3])
            self._want(uow, number)
            return number

        return await self.office.write(work)

    async def change(self, number: int) -> None:
        """The card has to show something newer."""
        await self.office.write(lambda uow: self._want(uow, number))

    async def claimed_and_killed(self) -> None:
        """Another process takes up what is due, and is killed at once."""
        work = partial(
            deliver.claim, limit=8, watch=Watch(self.clock, deliver.LEASE), now=self.clock.now()
        )
        await self.office.write(lambda uow: work(uow) and None)

    async def left(self) -> float | None:
        """In how many seconds something is due; None when everything is told."""
        watch = Watch(self.clock, deliver.LEASE)
        return await self.office.read(partial(deliver.due_in, watch=watch))

    def posted(self, channel: str = CHANNEL) -> list[Message]:
        """The bot's messages in a channel."""
        return [message for message in self.ws.talk.all(channel) if message.bot]

    def told(self, slack_id: str) -> list[Message]:
        """The bot's direct messages to a person."""
        return self.posted(self.ws.im(slack_id).id)

    def _want(self, uow: UnitOfWork, number: int) -> None:
        task = uow.tasks.get(number)
        assert task
        want_card(uow, task)


@asynccontextmanager
async def opened(engine: Engine, *, bot: bool = True) -> AsyncIterator[PostOffice]:
    """The small office, imported, with its workspace."""
    clock = Hand()
    office = Office(engine, clock)
    office.writer.start()
    ws = workspace(clock, bot=bot)
    server = await start(ws)
    post = PostOffice(office, ws, server, clock)
    await office.write(lambda uow: apply(uow) and None)
    try:
        yield post
    finally:
        for dispatcher in post.dispatchers:
            await dispatcher.stop()
        await server.stop()
        await asyncio.to_thread(office.writer.close)
        office.readers.close()


def person(uow: UnitOfWork, slack_id: str) -> int:
    """The id of the person with a Slack id."""
    found = uow.people.by_slack(slack_id, today(NOW))
    assert found
    return found.id


async def direct(post: PostOffice, key: str = "one", who: RosterRow = MEMBER, **more: Any) -> None:
    """A direct message to somebody is due."""
    number = await post.office.read(lambda uow: person(uow, who.slack_id))
    fact = Fact(
        kind="undelivered",
        recipient=f"person:{number}",
        dedupe_key=key,
        payload={"kind": "news", "reason": "x"},
        **more,
    )
    await post.office.write(lambda uow: uow.outbox.put(fact))
