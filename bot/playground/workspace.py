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
    TEAM_ID,
    Channel,
    File,
    Json,
    LogEntry,
    Message,
    NotAllowed,
    Person,
    SeedChannel,
    SeedPerson,
    SlackError,
)
from bot.playground.shapes import channel_json, person_json
from bot.playground.sockets import Sockets
from bot.playground.store import Store
from bot.playground.talk import Talk

__all__ = ["SeedChannel", "SeedPerson", "Workspace"]

LOG_LENGTH = 20_000


class Workspace:
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
        self.delivery.event("team_join", {"type": "team_join", "user": self.user_json(seed.id)})
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
        self.delivery.event("user_change", event)
        self.changes.tell("people")

    def user_json(self, id: str, locale: bool = False) -> Json:
        """A user object, with what the scopes let the app see."""
        return person_json(self.people[id], "users:read.email" in self.manifest.scopes, locale)

    # Channels -----------------------------------------------------------------------------

    def channel(self, id: str) -> Channel:
        """A channel by its id, a person's id or a direct conversation's; or `channel_not_found`."""
        if id in self.channels:
            return self.channels[id]
        user = id[1:] if id.startswith("D") else id
        if user not in self.people or user == BOT_USER_ID:
            raise SlackError("channel_not_found")
        return self.im(user)

    def im(self, user: str) -> Channel:
        """The direct messages between a person and the bot."""
        id = f"D{user}"
        if id not in self.channels:
            created = int(self.clock.system())
            self.channels[id] = Channel(id, "", [user, BOT_USER_ID], user=user, created=created)
        return self.channels[id]

    def create_channel(self, seed: SeedChannel) -> None:
        """A new public channel."""
        channel = self._add_channel(seed)
        self._channel_event(channel, "channel_created", {"channel": channel_json(channel)})

    def rename_channel(self, id: str, name: str) -> None:
        """Rename a channel (`channel_rename`)."""
        channel = self.channel(id)
        channel.name = name
        shape = {
            "id": id,
            "is_channel": True,
            "is_mpim": False,
            "name": name,
            "name_normalized": name,
            "created": channel.created,
        }
        self._channel_event(channel, "channel_rename", {"channel": shape})

    def archive_channel(self, id: str, by: str = "") -> None:
        """Archive a channel (`channel_archive`)."""
        channel = self.channel(id)
        channel.archived = True
        self._channel_event(channel, "channel_archive", {"channel": id, "user": by, "is_moved": 0})

    def unarchive_channel(self, id: str, by: str = "") -> None:
        """Bring an archived channel back (`channel_unarchive`)."""
        channel = self.channel(id)
        channel.archived = False
        self._channel_event(channel, "channel_unarchive", {"channel": id, "user": by})

    def delete_channel(self, id: str, by: str = "") -> None:
        """Delete a channel with everything in it (`channel_deleted`)."""
        channel = self.channel(id)
        self._channel_event(channel, "channel_deleted", {"channel": id, "actor_id": by})
        self.talk.forget(id)
        del self.channels[id]
        self.store.remove("channel", id)
        self.changes.tell("channel", channel=id)

    def change_channel_id(self, old: str, new: str) -> None:
        """Give a channel a new id, as a move between workspaces does (`channel_id_changed`)."""
        channel = self.channel(old)
        del self.channels[old]
        self.store.remove("channel", old)
        channel.id = new
        self.channels[new] = channel
        self.talk.move(old, new)
        event = {"old_channel_id": old, "new_channel_id": new}
        self._channel_event(channel, "channel_id_changed", event)
        self.changes.tell("channel", channel=old)

    def invite(self, id: str, user: str, by: str = "") -> None:
        """Somebody, the bot perhaps, joins a channel (`member_joined_channel`)."""
        channel = self.channel(id)
        self.person(user)
        if user in channel.members:
            return
        if channel.archived:
            raise NotAllowed("is_archived")
        channel.members.append(user)
        event = {"user": user, "channel": id, "channel_type": "C", "team": TEAM_ID}
        if by:
            event["inviter"] = by
        self._channel_event(channel, "member_joined_channel", event)

    def remove(self, id: str, user: str) -> None:
        """Somebody, the bot perhaps, leaves a channel (`member_left_channel`)."""
        channel = self.channel(id)
        if user not in channel.members:
            return
        event = {"user": user, "channel": id, "channel_type": "C", "team": TEAM_ID}
        self._channel_event(channel, "member_left_channel", event)
        channel.members.remove(user)
        self.save(channel)
        self.changes.tell("channel", channel=id)

    # Delivery -----------------------------------------------------------------------------

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
                raise ValueError(f"a person's id starts with U: {person.id}")
            if person.id not in self.people:
                self._add_person(person)
        for channel in channels:
            if not channel.id.startswith("C"):
                raise ValueError(f"a channel's id starts with C: {channel.id}")
            if channel.id not in self.channels:
                self._add_channel(channel)

    def _add_person(self, seed: SeedPerson) -> None:
        person = Person(**asdict(seed), updated=int(self.clock.system()))
        self.people[seed.id] = person
        self.save(person)

    def _add_channel(self, seed: SeedChannel) -> Channel:
        members = [*seed.members, *((BOT_USER_ID,) if seed.bot else ())]
        if strangers := set(members) - self.people.keys():
            raise ValueError(f"{seed.id} has members nobody knows: {', '.join(sorted(strangers))}")
        created = int(self.clock.system())
        channel = Channel(seed.id, seed.name, members, seed.topic, created=created)
        self.channels[seed.id] = channel
        self.save(channel)
        return channel

    def _channel_event(self, channel: Channel, kind: str, event: Json) -> None:
        """Save the channel, tell the pages, and the app if the bot is in it."""
        self.save(channel)
        if BOT_USER_ID in channel.members:
            self.delivery.event(kind, {"type": kind, **event, "event_ts": self.ids.ts()})
        self.changes.tell("channel", channel=channel.id)
