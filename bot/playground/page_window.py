"""What the page shows to one person: its shapes, and what each change means for them."""

from collections.abc import Callable
from datetime import datetime

from bot.playground.changes import Change
from bot.playground.records import BOT_USER_ID, Channel, Json, Message, Person
from bot.playground.workspace import Workspace


class Window:
    """One person's view of the workspace, in the page's shapes."""

    def __init__(
        self, ws: Workspace, user: str, now: Callable[[], datetime], movable: bool
    ) -> None:
        self._ws, self._user, self._now, self._movable = ws, user, now, movable

    def pushes(self, change: Change) -> list[Json]:
        """What a change sends to this person's page; nothing if it is none of their business."""
        kind, data = change.kind, change.data
        channel = self._ws.channels.get(change.channel)
        if change.user not in ("", self._user):
            return []
        if kind == "channel":
            return self._channel_change(change.channel, channel)
        if change.channel and not self._sees(channel):
            return []
        if kind == "message" and channel is not None:
            shape = self.message(data["message"])
            push = {"push": kind, "channel": channel.id, "message": shape}
            return [push, {"push": "channel", "channel": self.channel(channel)}]
        if kind == "reactions":
            shape = self.message(data["message"])
            place = {"channel": change.channel, "ts": shape["ts"]}
            pushes = [{"push": kind, **place, "reactions": shape.get("reactions", [])}]
            if data["by"] == BOT_USER_ID and channel is not None:
                pushes.append({"push": "channel", "channel": self.channel(channel)})
            return pushes
        if kind == "clock":
            return [{"push": kind, "clock": self.clock()}]
        if kind == "people":
            return [{"push": kind, "people": self.people()}]
        if kind == "deleted" and channel is not None:
            push = {"push": kind, "channel": channel.id, **data}
            return [push, {"push": "channel", "channel": self.channel(channel)}]
        if kind in ("view", "view_closed", "home", "bot"):
            return [{"push": kind, **data}]
        return []

    def people(self) -> list[Json]:
        """Everyone, the bot too."""
        return [person_shown(person) for person in self._ws.people.values()]

    def channels(self) -> list[Json]:
        """The direct conversation with the bot, then every channel they may find, by name."""
        self._ws.im(self._user)
        mine = [c for c in self._ws.channels.values() if self.finds(c)]
        return [self.channel(c) for c in sorted(mine, key=lambda c: (not c.is_im, c.name))]

    def channel(self, channel: Channel) -> Json:
        """A channel with this person's unread count."""
        sees = self._sees(channel)
        all = self._ws.talk.all(channel.id, self._user) if sees else []
        shown = [m for m in all if not m.is_reply or m.broadcast]
        read = channel.read.get(self._user, "")
        shape: Json = {
            "id": channel.id,
            "name": channel.name or self._ws.manifest.bot_name,
            "kind": "im" if channel.is_im else "channel",
            "private": channel.private,
            "bot": BOT_USER_ID in channel.members,
            "is_member": sees,
            "archived": channel.archived,
            "topic": channel.topic,
            "unread": sum(m.ts > read and m.user != self._user for m in shown),
            "latest": shown[-1].ts if shown else "",
            "crowd": sees and self._offers(channel),
        }
        return shape | ({"user": BOT_USER_ID} if channel.is_im else {})

    def message(self, message: Message) -> Json:
        """A message with its permalink and everyone who reacted."""
        shape = self._ws.talk.json(message, full=True)
        return {**shape, "permalink": self._ws.talk.link(message)}

    def faults(self) -> list[Json]:
        """The faults still to come."""
        return [fault.json() for fault in self._ws.faults]

    def clock(self) -> Json:
        """The programme's time and how far it is from system time."""
        now = self._now()
        return {
            "now": now.isoformat(),
            "offset_seconds": round(now.timestamp() - self._ws.clock.system()),
            "movable": self._movable,
        }

    def finds(self, channel: Channel) -> bool:
        """Whether the person may come upon the channel: of the private ones, and as somebody of
        another workspace, only those they are in."""
        if self._sees(channel):
            return True
        return not (channel.is_im or channel.private or self._ws.people[self._user].is_guest)

    def _channel_change(self, id: str, channel: Channel | None) -> list[Json]:
        if channel is not None and self.finds(channel):
            return [{"push": "channel", "channel": self.channel(channel)}]
        if channel is not None and channel.is_im:
            return []
        return [{"push": "channel", "channel": {"id": id, "deleted": True}}]

    def _offers(self, channel: Channel) -> bool:
        """Whether the colleagues there have something to react to."""
        open = not (channel.is_im or channel.archived)
        return open and bool(self._ws.crowd.offers(channel.id))

    def _sees(self, channel: Channel | None) -> bool:
        return channel is not None and self._user in channel.members


def person_shown(person: Person) -> Json:
    """A person as the page's lists show them."""
    shape = {k: getattr(person, k) for k in ("id", "name", "title", "group", "locale", "email")}
    shape |= {"deleted": person.deleted, "is_bot": person.is_bot}
    home = "stranger" if person.is_stranger else "grid" if person.is_guest else ""
    return shape | {"home": home}
