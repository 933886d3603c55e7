"""The channels of the workspace: who is in them, what becomes of them, and what the app hears.

Of a public channel the app hears wherever it is; of a private one, and of people who come and go,
only where it is a member. The bot's own going is told by `channel_left` or `group_left`, and by
nothing else.
"""

from abc import ABC, abstractmethod
from typing import TYPE_CHECKING

from bot.clock import Clock
from bot.playground.changes import Changes
from bot.playground.ids import Ids
from bot.playground.records import (
    BOT_USER_ID,
    Channel,
    Json,
    NotAllowed,
    Person,
    SeedChannel,
    SlackError,
)
from bot.playground.shapes import channel_json
from bot.playground.store import Store

if TYPE_CHECKING:
    from bot.playground.talk import Talk


class Rooms(ABC):
    """The part of a workspace that knows its channels."""

    clock: Clock
    store: Store
    ids: Ids
    changes: Changes
    talk: "Talk"
    people: dict[str, Person]
    channels: dict[str, Channel]

    @abstractmethod
    def person(self, id: str) -> Person:
        """A person by id; raises `user_not_found`."""

    @abstractmethod
    def tell_app(
        self, kind: str, event: Json, *, by: str = "", channel: Channel | None = None
    ) -> None:
        """Send the app an event that somebody caused, perhaps in a channel."""

    def channel(self, id: str) -> Channel:
        """A channel by its id, a person's id or a direct conversation's; or `channel_not_found`."""
        if id in self.channels:
            return self.channels[id]
        user = id[1:] if id.startswith("D") else id
        if user not in self.people or user == BOT_USER_ID:
            raise SlackError("channel_not_found")
        return self.im(user)

    def apps_channel(self, id: str) -> Channel:
        """The same for the app, which does not see private channels that it is not in."""
        channel = self.channel(id)
        if channel.private and BOT_USER_ID not in channel.members:
            raise SlackError("channel_not_found")
        return channel

    def im(self, user: str) -> Channel:
        """The direct messages between a person and the bot."""
        id = f"D{user}"
        if id not in self.channels:
            created = int(self.clock.system())
            self.channels[id] = Channel(id, "", [user, BOT_USER_ID], user=user, created=created)
        return self.channels[id]

    def channel_json(self, channel: Channel, members: bool = False) -> Json:
        """A conversation object as the bot sees it."""
        people = [self.people[id] for id in channel.members if id in self.people]
        return channel_json(channel, people, members)

    def create_channel(self, seed: SeedChannel) -> None:
        """A new channel; only of a public one word goes round (`channel_created`)."""
        channel = self._add_channel(seed)
        if channel.private:
            self.changes.tell("channel", channel=channel.id)
        else:
            self._happened(channel, "channel_created", {"channel": self.channel_json(channel)})

    def rename_channel(self, id: str, name: str) -> None:
        """Rename a channel (`channel_rename`, `group_rename`)."""
        channel = self.channel(id)
        channel.name = name
        shape = {
            "id": id,
            "is_channel": not id.startswith("G"),
            "is_mpim": False,
            "name": name,
            "name_normalized": name,
            "created": channel.created,
        }
        self._happened(channel, f"{channel.type}_rename", {"channel": shape})

    def archive_channel(self, id: str, by: str = "") -> None:
        """Archive a channel (`channel_archive`, `group_archive`)."""
        channel = self.channel(id)
        channel.archived = True
        event = {"channel": id, "user": by, "is_moved": 0}
        self._happened(channel, f"{channel.type}_archive", event)

    def unarchive_channel(self, id: str, by: str = "") -> None:
        """Bring an archived channel back (`channel_unarchive`, `group_unarchive`)."""
        channel = self.channel(id)
        channel.archived = False
        who = {"actor_id": by} if channel.private else {"user": by}
        self._happened(channel, f"{channel.type}_unarchive", {"channel": id, **who})

    def delete_channel(self, id: str, by: str = "") -> None:
        """Delete a channel with everything in it (`channel_deleted`, `group_deleted`)."""
        channel = self.channel(id)
        event = {"channel": id, "actor_id": by}
        self._happened(channel, f"{channel.type}_deleted", event)
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
        self._happened(channel, "channel_id_changed", event)
        self.changes.tell("channel", channel=old)

    def invite(self, id: str, user: str, by: str = "") -> None:
        """Somebody, the bot perhaps, joins a channel (`member_joined_channel`)."""
        channel = self.channel(id)
        person = self.person(user)
        if user in channel.members:
            return
        if channel.archived:
            raise NotAllowed("is_archived")
        channel.members.append(user)
        event = self._membership(channel, person)
        if by:
            event["inviter"] = by
        if person.enterprise:
            event["enterprise"] = person.enterprise
        self._happened(channel, "member_joined_channel", event, to_members=True)

    def remove(self, id: str, user: str, by: str = "") -> None:
        """Somebody leaves a channel, or is put out `by` another (`member_left_channel`).

        The bot hears of its own going in other words (`channel_left`, `group_left`).
        """
        channel = self.channel(id)
        if user not in channel.members:
            return
        if user == BOT_USER_ID:
            event: Json = {"channel": id, "actor_id": by or user}
            self._happened(channel, f"{channel.type}_left", event, to_members=True)
        else:
            event = self._membership(channel, self.person(user))
            self._happened(channel, "member_left_channel", event, to_members=True)
        channel.members.remove(user)
        self._save_channel(channel)
        self.changes.tell("channel", channel=id)

    def _membership(self, channel: Channel, person: Person) -> Json:
        return {
            "user": person.id,
            "channel": channel.id,
            "channel_type": channel.letter,
            "team": person.team,
        }

    def _add_channel(self, seed: SeedChannel) -> Channel:
        members = [*seed.members, *((BOT_USER_ID,) if seed.bot else ())]
        if strangers := set(members) - self.people.keys():
            raise ValueError(f"{seed.id} has members nobody knows: {', '.join(sorted(strangers))}")
        created = int(self.clock.system())
        channel = Channel(seed.id, seed.name, members, seed.topic, created=created)
        channel.private = seed.private
        self.channels[seed.id] = channel
        self._save_channel(channel)
        return channel

    def _happened(
        self, channel: Channel, kind: str, event: Json, *, to_members: bool = False
    ) -> None:
        """Save the channel, tell the pages, and the app if it hears of such things there."""
        self._save_channel(channel)
        if BOT_USER_ID in channel.members or not (channel.private or to_members):
            event = {"type": kind, **event, "event_ts": self.ids.ts()}
            self.tell_app(kind, event, channel=channel)
        self.changes.tell("channel", channel=channel.id)

    @abstractmethod
    def _save_channel(self, channel: Channel) -> None: ...
