"""The ground of fault tests: a workspace, a database, facts to tell, bots that may be killed."""

import asyncio
import os
import signal
import socket
import sys
from asyncio.subprocess import Process
from collections import Counter
from collections.abc import AsyncIterator, Sequence
from contextlib import asynccontextmanager, suppress
from dataclasses import dataclass, field
from datetime import datetime
from functools import partial

import sqlalchemy as sa

from bot.clock import Clock
from bot.domain.calendar import today
from bot.domain.facts import Fact
from bot.domain.results import Proposed, Surface
from bot.domain.roster_rows import RosterRow
from bot.domain.task import Content, Type
from bot.playground.server import Server, start
from bot.playground.signed_http import SignedHttp
from bot.playground.workspace import SeedChannel, SeedPerson, Workspace
from bot.usecases.propose import propose
from handlers.ticks import EVERY
from storage.database import Office
from storage.tables.delivery import outbox, projections
from storage.unit import UnitOfWork
from tests.faults.bot import left
from tests.faults.hurried import Dial, HurriedClock
from tests.faults.nursery import ROOT, Born, nursery
from tests.playground.stage import APP_TOKEN, BOT_TOKEN, manifest
from tests.usecases.small_office import apply, row

POST = "chat.postMessage"
POINTS = ("before-commit", "after-commit", "before-post", "after-post", "before-settle")
SECRET = "signing-secret-of-the-faults"
ENDS = 60.0
"""Seconds after which a process that does not do what it should fails the test."""
_DEPARTMENTS = ("도로과", "도시과", "하천과", "철도과")
_MEMBERS = 24


def _roster():
    heads = [
        row(10 + n, f"과장{n}", "과장", name, department_channel=f"C000000{n + 1}")
        for n, name in enumerate(_DEPARTMENTS)
    ]
    members = [
        row(20 + n, f"주무{n}", "주무관", f"{_DEPARTMENTS[n % len(_DEPARTMENTS)]}/계획팀")
        for n in range(_MEMBERS)
    ]
    return row(2, "김국장", "국장"), *heads, *members


ROSTER = _roster()
HEADS, MEMBERS = ROSTER[1:5], ROSTER[5:]


@dataclass(frozen=True)
class Tally:
    """What became of all facts and cards."""

    facts: int
    lost: int
    doubled: int
    left: int

    @property
    def clean(self) -> bool:
        """Whether each was told exactly once and nothing waits any more."""
        return not (self.lost or self.doubled or self.left)


@dataclass
class Ground:
    """A workspace with a database; processes are started against both."""

    ws: Workspace
    server: Server
    office: Office
    clock: Clock
    url: str
    port: int = 0
    """Where bots listen to Slack over HTTP; 0: over Socket Mode."""
    api_url: str = ""
    """Where bots call Slack; empty: the workspace itself."""
    every: float = EVERY
    """Real seconds between two ticks of a bot; the first comes after as many."""
    free: bool = False
    """Whether Slack takes as much as comes."""
    muted: str = ""
    """The logger of bots that says what has to happen here."""
    files: int = 0
    """How many files a bot may have open; 0: as many as this process."""
    processes: list[Process] = field(default_factory=list)
    _put: int = 0

    @property
    def address(self) -> str:
        """Where bots listen to Slack over HTTP."""
        return f"http://127.0.0.1:{self.port}/slack/events"

    async def want(self, facts: int) -> None:
        """Have so many more things told, two direct messages for each card."""

        def work(uow: UnitOfWork) -> None:
            now = self.clock.now()
            for number in range(self._put, self._put + facts):
                member = MEMBERS[number % len(MEMBERS)].slack_id
                if number % 3 == 0:
                    content = Content(
                        title=f"일지 {number} 폐지", type=Type.ABOLISH, problem="매일"
                    )
                    propose(uow, member, Surface.COMMAND, Proposed(content=content), now)
                    continue
                person = uow.people.by_slack(member, today(now))
                assert person
                uow.outbox.put(
                    Fact(
                        kind="undelivered",
                        recipient=f"person:{person.id}",
                        dedupe_key=f"fact {number}",
                        payload={"kind": "news", "reason": str(number)},
                    )
                )

        await self.office.write_alone(work)
        self._put += facts

    async def start(
        self,
        mode: str = "all",
        *,
        kill_at: str = "",
        finish: bool = False,
        blind: bool = False,
        dial: Dial | None = None,
    ) -> Born:
        """Start a bot; `kill_at` as in storage.points, `finish` to end when all is told, `dial` to
        set its clock with."""
        assert isinstance(self.clock, HurriedClock)
        told = {
            "GOPBAEGI_KILL_AT": kill_at,
            "FAULT_CLOCK": self.clock.words,
            "FAULT_DIAL": str(dial.file) if dial else "",
            "FAULT_EVERY": str(self.every),
            "FAULT_MUTED": self.muted,
            "FAULT_FILES": str(self.files),
            "FAULT_FREE": "1" if self.free else "",
            "FAULT_FINISH": "1" if finish else "",
            "FAULT_BLIND": "1" if blind else "",
        }
        return await nursery().bear(mode, self._environ() | told)

    async def start_as_at_work(self, mode: str = "all") -> Process:
        """Start the bot by its own command line, in real time."""
        process = await asyncio.create_subprocess_exec(
            sys.executable, "-m", "bot", mode, env=self._environ(), cwd=ROOT
        )
        self.processes.append(process)
        return process

    async def ended(self, process: Process | Born) -> int:
        """Wait for a process to end; its exit code."""
        async with asyncio.timeout(ENDS):
            return await process.wait()

    async def killed(self, process: Process | Born) -> bool:
        """Wait for a process to come to the point where it is killed."""
        return await self.ended(process) == -signal.SIGKILL

    async def stopped(self, *processes: Process | Born) -> list[int]:
        """Ask processes to stop and wait for it; their exit codes."""
        for process in processes:
            process.terminate()
        return [await self.ended(process) for process in processes]

    def come(self, moment: datetime) -> None:
        """Let it be that moment for every process that is started from now on."""
        self.later(moment.timestamp() - self.clock.system())

    def later(self, seconds: float) -> None:
        """Let both times of every process that is started from now on be `seconds` later."""
        assert isinstance(self.clock, HurriedClock)
        self.clock.ahead += seconds

    async def finish(self, *, blind: bool = False) -> Tally:
        """Let a last process tell what is left; what became of everything."""
        code = await self.ended(await self.start("worker", finish=True, blind=blind))
        assert code == 0
        return await self.tally()

    async def posted(self, more: int) -> None:
        """Wait until the bot has posted `more` messages than now."""
        until = self.ws.calls[POST] + more
        await self.ws.changes.until(lambda: self.ws.calls[POST] >= until, ENDS)

    async def all_posted(self) -> None:
        """Wait until everything stands in Slack."""
        wanted = await self.office.read(_tokens)
        await self.ws.changes.until(lambda: wanted <= self._standing().keys(), ENDS)

    async def change_cards(self) -> None:
        """Have every card shown anew, where it stands."""

        def work(uow: UnitOfWork) -> None:
            cards = sa.select(projections.c.subject).where(projections.c.kind == "card")
            uow.projections.touch("card", uow.connection.execute(cards).scalars().all())

        await self.office.write_alone(work)

    async def tally(self) -> Tally:
        """Compare what was to be told with what stands in Slack."""
        wanted, standing = await self.office.read(_tokens), self._standing()
        return Tally(
            facts=len(wanted),
            lost=len(wanted - standing.keys()),
            doubled=sum(count - 1 for count in standing.values()),
            left=await self.office.read(partial(left, now=self.clock.now())),
        )

    async def stop(self) -> None:
        """End every process that still runs."""
        await nursery().close()
        for process in self.processes:
            if process.returncode is None:
                with suppress(ProcessLookupError):
                    process.kill()
            await process.wait()

    def _environ(self) -> dict[str, str]:
        return {
            "PATH": os.environ["PATH"],
            "SLACK_API_URL": self.api_url or self.server.api_url,
            "SLACK_BOT_TOKEN": BOT_TOKEN,
            "SLACK_APP_TOKEN": "" if self.port else APP_TOKEN,
            "SLACK_SIGNING_SECRET": SECRET,
            "DATABASE_URL": self.url,
            "PORT": str(self.port),
            "LOG_LEVEL": os.environ.get("FAULT_LOG", "ERROR"),
        }

    def _standing(self) -> Counter[str]:
        """How often each key stands in Slack."""
        return Counter(
            message.metadata["event_payload"]["key"]
            for channel in self.ws.channels
            for message in self.ws.talk.all(channel)
            if message.bot and message.metadata
        )


@asynccontextmanager
async def opened(
    url: str,
    clock: Clock | None = None,
    roster: Sequence[RosterRow] = ROSTER,
    *,
    http: bool = False,
    strangers: Sequence[SeedPerson] = (),
) -> AsyncIterator[Ground]:
    """An office in the empty database at `url`, with its workspace; time is hurried if not told."""
    clock = clock or HurriedClock.begun()
    people = [SeedPerson(r.slack_id, r.name, r.title, r.bureau, r.email) for r in roster]
    people += strangers
    everybody = tuple(person.id for person in people)
    channels = [
        SeedChannel(r.department_channel, r.department, everybody)
        for r in roster
        if r.department_channel
    ]
    ws = Workspace(manifest(), people, channels, None, clock, BOT_TOKEN, APP_TOKEN, SECRET)
    server = await start(ws)
    office = Office.at(url, clock)
    ground = Ground(ws, server, office, clock, url)
    if http:
        ground.port = _free_port()
        ws.delivery.transport = SignedHttp(ground.address, SECRET, Clock(), ws.changes)
    nursery().open()
    try:
        await office.write_alone(lambda uow: apply(uow, roster, clock.now()) and None)
        yield ground
    finally:
        await ground.stop()
        await server.stop()
        await office.close()


def _free_port() -> int:
    """One that every bot of a ground can listen on in turn."""
    with socket.socket() as asked:
        asked.bind(("127.0.0.1", 0))
        return int(asked.getsockname()[1])


def _tokens(uow: UnitOfWork) -> frozenset[str]:
    """The keys of everything that has to stand in Slack; fresh Homes do not."""
    facts = sa.select(outbox.c.token).where(outbox.c.recipient != "slack")
    cards = sa.select(projections.c.token).where(projections.c.kind == "card")
    return frozenset(uow.connection.execute(facts.union_all(cards)).scalars())
