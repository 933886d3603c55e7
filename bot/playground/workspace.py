"""The workspace: its people and channels, and everything that hangs on them."""

import asyncio
from collections import Counter, deque
from collections.abc import Coroutine, Iterable
from dataclasses import asdict, fields
from pathlib import Path
from typing import Any

from bot.clock import Clock
from bot.playground.changes import Changes
from bot.playground.crowd import Crowd
from bot.playground.delivery import Delivery
from bot.playground.faults import Faults
from bot.playground.ids import Ids
from bot.playground.manifest import Manifest
from bot.playground.modals import Modals
from bot.playground.records import (
    APP_ID,
    BOT_USER_ID,
    ENTERPRISE_ID,
    Channel,
    File,
    Json,
    LogEntry,
    Message,
    Person,
    SeedChannel,
    SeedPerson,
    SlackError,
)
from bot.playground.rooms import Rooms
from bot.playground.shapes import person_json
from bot.playground.sockets import Sockets
from bot.playground.store import Store
from bot.playground.talk import Talk

__all__ = ["SeedChannel", "SeedPerson", "Workspace"]

LOG_LENGTH = 20_000


class Workspace(Rooms):
    """One Slack-compatible workspace with one app installed.

    With a `path` it lasts between runs; seeds only add what is not there yet. `problems` names
    answers of the app that Slack would not understand and that the app itself never hears of.
    Not thread-safe: everything happens on one event loop.
    """

    def __init__(
        self,
        manifest: Json,
        people: Iterable[SeedPerson],
        channels: Iterable[SeedChannel],
        path: Path | None,
        clock: Clock,
        bot_token: str,
        app_token: str,
        signing_secret: str,
    ) -> None:
        if not bot_token.startswith("xoxb-") or not app_token.startswith("xapp-"):
            raise ValueError("a bot token starts with xoxb-, an app token with xapp-")
        self.manifest = Manifest(manifest)
        self.clock = clock
        self.bot_token, self.app_token = bot_token, app_token
        self.signing_secret = signing_secret
        self.store = Store(path)
        self.ids = Ids(clock)
        self.changes = Changes()
        self.faults = Faults()
        self.delivery = Delivery(self.manifest, self.ids, clock, self.changes)
        self.sockets = Sockets(self.ids, clock, self.changes)
        self.modals = Modals(self.ids, clock, self.changes, self.store)
        self.calls: Counter[str] = Counter()
        self.log: deque[LogEntry] = deque(maxlen=LOG_LENGTH)
        self.problems: list[str] = []
        self.base_url = ""
        self.people: dict[str, Person] = {}
        self.channels: dict[str, Channel] = {}
        self.files: dict[str, File] = {}
        self.pending_files: dict[str, File] = {}
        self._load()
        self._seed(people, channels)
        self.talk = Talk(self)
        self.crowd = Crowd(self)
        self._busy: set[asyncio.Task[None]] = set()

    # People -------------------------------------------------------------------------------

    def person(self, id: str) -> Person:
        """A person by id; raises `user_not_found`."""
        if id not in self.people:
            raise SlackError("user_not_found")
        return self.people[id]

    def add_person(self, seed: SeedPerson) -> None:
        """Somebody joins the workspace (`team_join`)."""
        self._add_person(seed)
        self._join_grid()
        event = {"type": "team_join", "user": self.user_json(seed.id), "event_ts": self.ids.ts()}
        self.tell_app("team_join", event, by=seed.id)
        self.changes.tell("people")

    def change_person(self, id: str, **values: Any) -> None:
        """Change a person's name, title, group, email, locale or deleted (`user_change`)."""
        person = self.person(id)
        known = {f.name for f in fields(SeedPerson)} - {"id"}
        if unknown := values.keys() - known:
            raise ValueError(f"a person has no {', '.join(sorted(unknown))}")
        for name, value in values.items():
            setattr(person, name, value)
        person.updated = int(self.clock.system())
        self.save(person)
        now = self.ids.ts()
        event = {
            "type": "user_change",
            "user": self.user_json(id) | {"locale": person.locale},
            "cache_ts": person.updated,
            "event_ts": now,
        }
        self.tell_app("user_change", event, by=id)
        self.changes.tell("people")

    def user_json(self, id: str, locale: bool = False) -> Json:
        """A user object, with what the scopes let the app see."""
        return person_json(self.people[id], "users:read.email" in self.manifest.scopes, locale)

    # Delivery -----------------------------------------------------------------------------

    @property
    def enterprise(self) -> str:
        """The Enterprise Grid that the workspace is part of, "" for none."""
        return self.people[BOT_USER_ID].enterprise

    def tell_app(
        self, kind: str, event: Json, *, by: str = "", channel: Channel | None = None
    ) -> None:
        """Send the app an event that somebody caused, perhaps in a channel.

        It bears the team of who caused it, as Slack's do in channels that are shared.
        """
        who = self.people.get(by, self.people[BOT_USER_ID])
        members = channel.members if channel else ()
        self.delivery.event(
            kind,
            event,
            team=who.team,
            enterprise=who.enterprise,
            here=self.enterprise or None,
            external=any(self.people[id].is_stranger for id in members if id in self.people),
        )

    def hold_delivery(self) -> None:
        """Keep events back until `release`; acts of people still go through."""
        self.delivery.hold()

    def release(self) -> None:
        """Let the events go that were kept back."""
        self.delivery.release()

    def kick(self, rudely: bool = False) -> "asyncio.Task[None]":
        """Close all socket connections, `rudely` without a goodbye; may be awaited."""
        return self._run(self.sockets.kick(rudely))

    def disconnect(self, reason: str = "refresh_requested") -> "asyncio.Task[None]":
        """Send a disconnect frame (`warning`, `refresh_requested`, `link_disabled`)."""
        return self._run(self.sockets.disconnect(reason))

    def save(self, record: Person | Channel | Message | File) -> None:
        """Write a record through; ephemeral messages are not kept."""
        if not self.store.lasting:
            return
        if isinstance(record, Message):
            if not record.only_for:
                key = f"{record.channel} {record.ts}"
                self.store.put("message", key, asdict(record))
        else:
            self.store.put(type(record).__name__.lower(), record.id, asdict(record))

    # Inside -------------------------------------------------------------------------------

    def _run(self, work: Coroutine[Any, Any, None]) -> "asyncio.Task[None]":
        task = asyncio.get_running_loop().create_task(work)
        self._busy.add(task)
        task.add_done_callback(self._busy.discard)
        return task

    def _load(self) -> None:
        self.people = {d["id"]: Person(**d) for d in self.store.all("person")}
        self.channels = {d["id"]: Channel(**d) for d in self.store.all("channel")}
        self.files = {d["id"]: File(**d) for d in self.store.all("file")}

    def _seed(self, people: Iterable[SeedPerson], channels: Iterable[SeedChannel]) -> None:
        name, email = self.manifest.bot_name, f"{APP_ID.lower()}@bot.invalid"
        self.people[BOT_USER_ID] = Person(BOT_USER_ID, name, "", "", email, is_bot=True)
        for person in people:
            if not person.id.startswith(("U", "W")) or person.id == BOT_USER_ID:
                raise ValueError(f"a person's id starts with U or W: {person.id}")
            if person.id not in self.people:
                self._add_person(person)
        self._join_grid()
        for channel in channels:
            if not channel.id.startswith(("C", "G")):
                raise ValueError(f"a channel's id starts with C or G: {channel.id}")
            if channel.id not in self.channels:
                self._add_channel(channel)

    def _add_person(self, seed: SeedPerson) -> None:
        person = Person(**asdict(seed), updated=int(self.clock.system()))
        self.people[seed.id] = person
        self.save(person)

    def _join_grid(self) -> None:
        """With a colleague of the same Enterprise Grid, everyone of the workspace is in it."""
        if any(person.enterprise == ENTERPRISE_ID for person in self.people.values()):
            for person in self.people.values():
                if not person.is_guest:
                    person.enterprise = ENTERPRISE_ID

    def _save_channel(self, channel: Channel) -> None:
        self.save(channel)
