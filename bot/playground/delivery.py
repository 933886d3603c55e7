"""What Slack sends to the app: events with their retries, and acts that wait for an answer."""

import asyncio
from collections.abc import Coroutine
from dataclasses import dataclass
from random import Random
from typing import Any, Protocol

from bot.clock import Clock
from bot.playground.changes import Changes
from bot.playground.ids import Ids
from bot.playground.manifest import Manifest
from bot.playground.records import (
    APP_ID,
    BOT_USER_ID,
    TEAM_ID,
    VERIFICATION_TOKEN,
    Json,
)

JITTER = 0.03
"""Seconds within which shuffled copies of events overtake one another."""


@dataclass(frozen=True)
class Outgoing:
    """One delivery: `kind` is the envelope's type, `attempt` 0 the first."""

    kind: str
    payload: Json
    answerable: bool = False
    attempt: int = 0
    reason: str = ""


@dataclass(frozen=True)
class Reply:
    """The app's answer; `error` is "" or Slack's reason for a retry (`timeout`, …)."""

    error: str = ""
    status: int = 200
    body: Json | None = None
    no_retry: bool = False


class Transport(Protocol):
    """A way to the app: sockets or signed HTTP."""

    @property
    def online(self) -> bool:
        """Whether the app seems to be there."""

    async def send(self, item: Outgoing, timeout: float) -> Reply:
        """Deliver once and wait for the answer at most `timeout` seconds; never raises."""

    async def close(self) -> None:
        """Let go of all connections."""


class Delivery:
    """Sends events and acts through the transport.

    `schedule` holds the seconds before the first, second and third retry of an event; Slack's are
    (0, 60, 300). `ack_timeout` is the time to answer, Slack's 3 s. `repeat` sends each event that
    often, `shuffle` (a seed) lets events overtake each other. `held` are the events kept back until
    `release`, `lost` those given up on.
    """

    def __init__(self, manifest: Manifest, ids: Ids, clock: Clock, changes: Changes) -> None:
        self.schedule: tuple[float, ...] = (0.0, 60.0, 300.0)
        self.ack_timeout = 3.0
        self.repeat = 1
        self.shuffle: int | None = None
        self.lost: list[Json] = []
        self.transport: Transport | None = None
        self._manifest, self._ids, self._clock, self._changes = manifest, ids, clock, changes
        self._holding = False
        self.held: list[Json] = []
        self._random = Random()
        self._seed: int | None = None
        self._tasks: set[asyncio.Task[None]] = set()

    @property
    def pending(self) -> int:
        """How many event deliveries wait for an answer or a retry; held ones are not counted."""
        return len(self._tasks)

    @property
    def online(self) -> bool:
        """Whether the app seems to be there."""
        return self.transport is not None and self.transport.online

    def event(
        self,
        kind: str,
        event: Json,
        *,
        team: str = TEAM_ID,
        enterprise: str | None = None,
        here: str | None = None,
        external: bool = False,
    ) -> None:
        """Send an event if the app subscribed to `kind` (as in the manifest: `message.im`).

        `team` and `enterprise` are those of who caused it, `here` is the Enterprise Grid in which
        the app is installed; `external` says that it was in a channel shared with others.
        """
        if kind not in self._manifest.events or self.transport is None:
            return
        now = self._clock.system()
        envelope = {
            "token": VERIFICATION_TOKEN,
            "team_id": team,
            **({"enterprise_id": enterprise} if enterprise else {}),
            "context_team_id": TEAM_ID,
            "context_enterprise_id": here,
            "api_app_id": APP_ID,
            "event": event,
            "type": "event_callback",
            "event_id": self._ids.make("Ev"),
            "event_time": int(now),
            "authorizations": [
                {
                    "enterprise_id": here,
                    "team_id": TEAM_ID,
                    "user_id": BOT_USER_ID,
                    "is_bot": True,
                    "is_enterprise_install": False,
                }
            ],
            "is_ext_shared_channel": external,
            "event_context": self._ids.make("4-"),
        }
        if self._holding:
            self.held.append(envelope)
        else:
            self._dispatch([envelope])

    def hold(self) -> None:
        """Keep events back until `release`, as if Slack were slow."""
        self._holding = True

    def release(self) -> None:
        """Send what was kept back, shuffled as one pile if a seed is set."""
        self._holding = False
        held, self.held = self.held, []
        self._dispatch(held)

    async def act(self, kind: str, payload: Json, answerable: bool) -> Reply:
        """Deliver a command or an interaction once, as Slack does, and wait for the answer."""
        if self.transport is None:
            return Reply("no_connection", 0)
        return await self.transport.send(Outgoing(kind, payload, answerable), self.ack_timeout)

    async def stop(self) -> None:
        """Drop what is under way and close the transport."""
        for task in list(self._tasks):
            task.cancel()
        await asyncio.gather(*self._tasks, return_exceptions=True)
        if self.transport is not None:
            await self.transport.close()

    def _dispatch(self, envelopes: list[Json]) -> None:
        copies = [(e, n) for e in envelopes for n in range(self.repeat)]
        if self.shuffle is not None:
            if self.shuffle != self._seed:
                self._seed, self._random = self.shuffle, Random(self.shuffle)
            self._random.shuffle(copies)
        for envelope, number in copies:
            wait = 0.0 if self.shuffle is None else self._random.random() * JITTER
            self._start(self._deliver(envelope, number, wait))

    def _start(self, work: Coroutine[Any, Any, None]) -> None:
        task = asyncio.get_running_loop().create_task(work)
        self._tasks.add(task)
        task.add_done_callback(self._done)

    def _done(self, task: asyncio.Task[None]) -> None:
        self._tasks.discard(task)
        self._changes.tell("delivered")

    async def _deliver(self, envelope: Json, copy: int, wait: float) -> None:
        if wait:
            await asyncio.sleep(wait)
        reason = "timeout" if copy else ""
        for attempt, pause in enumerate((*self.schedule, None), start=copy):
            if self.transport is None:
                return
            item = Outgoing("events_api", envelope, False, attempt, reason)
            reply = await self.transport.send(item, self.ack_timeout)
            if not reply.error or reply.no_retry:
                return
            reason = reply.error
            if pause is None:
                self.lost.append(envelope)
            elif pause:
                await asyncio.sleep(pause)
