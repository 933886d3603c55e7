"""Messages, threads and reactions."""

import re
from typing import TYPE_CHECKING, Any

from bot.playground.records import (
    BOT_ID,
    BOT_USER_ID,
    Channel,
    Json,
    Message,
    SlackError,
)
from bot.playground.shapes import SHOWN_REACTORS, message_json

if TYPE_CHECKING:
    from bot.playground.workspace import Workspace

MOST_EMOJI = 50
MOST_OWN_EMOJI = 23
_EMOJI = re.compile(r"[\w'+-]+(::skin-tone-[2-6])?")


class Talk:
    """All messages by channel, oldest first; tells the pages and the app of each change."""

    def __init__(self, ws: "Workspace") -> None:
        self._ws = ws
        self._messages: dict[str, dict[str, Message]] = {}
        for doc in ws.store.all("message"):
            message = Message(**doc)
            self._messages.setdefault(message.channel, {})[message.ts] = message
            ws.ids.seen(message.ts)

    def find(self, channel: str, ts: str) -> Message:
        """A message the app may point at; raises `message_not_found`, for ephemerals too."""
        message = self._messages.get(channel, {}).get(ts)
        if message is None or message.only_for:
            raise SlackError("message_not_found")
        return message

    def seen_by(self, channel: str, ts: str, user: str) -> Message:
        """A message this person sees, ephemerals too; raises `message_not_found`."""
        message = self._messages.get(channel, {}).get(ts)
        if message is None or message.only_for not in ("", user):
            raise SlackError("message_not_found")
        return message

    def all(self, channel: str, user: str = "") -> list[Message]:
        """A channel's messages, oldest first; with the ephemerals of `user`."""
        found = self._messages.get(channel, {}).values()
        return [m for m in found if not m.only_for or m.only_for == user]

    def thread(self, channel: str, ts: str, user: str = "") -> list[Message]:
        """A message and its replies, oldest first."""
        return [m for m in self.all(channel, user) if m.ts == ts or m.thread_ts == ts]

    def json(self, message: Message, metadata: bool = False, full: bool = False) -> Json:
        """The message object; `full` names every reactor."""
        ws = self._ws
        files = [ws.files[id] for id in message.files if id in ws.files]
        reactors = None if full else SHOWN_REACTORS
        writer = ws.people.get(message.user)
        return message_json(
            message, files, ws.base_url, ws.manifest.bot_name, metadata, reactors, writer
        )

    def link(self, message: Message) -> str:
        """The message's permalink."""
        link = f"{self._ws.base_url}/archives/{message.channel}/p{message.ts.replace('.', '')}"
        if message.is_reply:
            link += f"?thread_ts={message.thread_ts}&cid={message.channel}"
        return link

    def parent(self, channel: str, thread_ts: str) -> Message:
        """The message a reply goes below; raises as chat.postMessage does."""
        try:
            parent = self.find(channel, thread_ts)
        except SlackError:
            raise SlackError("thread_not_found") from None
        if parent.is_reply:
            raise SlackError("cannot_reply_to_message")
        return parent

    def post(self, channel: Channel, user: str, text: str, **more: Any) -> Message:
        """Add a message; `more` are fields of Message."""
        bot = user == BOT_USER_ID
        message = Message(channel.id, self._ws.ids.ts(), user, text, bot=bot, **more)
        if message.is_reply and not message.only_for:
            parent = self.parent(channel.id, message.thread_ts)
            parent.replies.append(message.ts)
            self._changed(parent)
        self._messages.setdefault(channel.id, {})[message.ts] = message
        if not message.only_for:
            channel.read[user] = message.ts
            self._ws.save(channel)
            for id in message.files:
                file = self._ws.files[id]
                file.shares.setdefault(channel.id, []).append(message.ts)
                if channel.private and channel.id not in file.groups:
                    file.groups.append(channel.id)
                self._ws.save(file)
            self._event(channel, self.json(message), message.ts, user)
            if f"<@{BOT_USER_ID}>" in text and not channel.is_im:
                event = self.json(message) | {"type": "app_mention", "channel": channel.id}
                event |= {"event_ts": message.ts}
                self._ws.tell_app("app_mention", event, by=user, channel=channel)
        self._changed(message)
        return message

    def edit(self, message: Message, **values: Any) -> None:
        """Change a message in place."""
        before = self.json(message)
        for name, value in values.items():
            setattr(message, name, value)
        if not message.only_for:
            now = self._ws.ids.ts()
            editor = BOT_ID if message.bot else message.user
            message.edited = {"user": editor, "ts": now}
            event = {
                "type": "message",
                "subtype": "message_changed",
                "message": self.json(message),
                "previous_message": before,
                "hidden": True,
                "ts": now,
            }
            self._event(self._ws.channel(message.channel), event, now, message.user)
        self._changed(message)

    def delete(self, message: Message) -> None:
        """Delete a message; one with replies leaves a tombstone."""
        before = self.json(message)
        ws, now = self._ws, self._ws.ids.ts()
        if message.replies:
            message.subtype, message.user, message.bot = "tombstone", "USLACKBOT", False
            message.text, message.blocks, message.files = "This message was deleted.", [], []
            message.reactions, message.metadata = {}, None
            self._changed(message)
        else:
            del self._messages[message.channel][message.ts]
            ws.store.remove("message", f"{message.channel} {message.ts}")
            if message.is_reply and not message.only_for:
                parent = self._messages[message.channel].get(message.thread_ts)
                if parent is not None:
                    parent.replies.remove(message.ts)
                    self._changed(parent)
            user = message.only_for
            ws.changes.tell("deleted", message.channel, user, ts=message.ts)
        if not message.only_for:
            event = {
                "type": "message",
                "subtype": "message_deleted",
                "previous_message": before,
                "hidden": True,
                "deleted_ts": message.ts,
                "ts": now,
            }
            self._event(ws.channel(message.channel), event, now, before["user"])

    def react(self, message: Message, user: str, name: str) -> None:
        """Add a reaction; raises as reactions.add does."""
        name = name.strip(":")
        if not _EMOJI.fullmatch(name) or name != name.lower():
            raise SlackError("invalid_name")
        if user in message.reactions.get(name, ()):
            raise SlackError("already_reacted")
        if name not in message.reactions and len(message.reactions) >= MOST_EMOJI:
            raise SlackError("too_many_emoji")
        if sum(user in users for users in message.reactions.values()) >= MOST_OWN_EMOJI:
            raise SlackError("too_many_reactions")
        message.reactions.setdefault(name, []).append(user)
        self._reacted("reaction_added", message, user, name)

    def unreact(self, message: Message, user: str, name: str) -> None:
        """Take a reaction away; raises as reactions.remove does."""
        name = name.strip(":")
        users = message.reactions.get(name, [])
        if user not in users:
            raise SlackError("no_reaction")
        users.remove(user)
        if not users:
            del message.reactions[name]
        self._reacted("reaction_removed", message, user, name)

    def forget(self, channel: str) -> None:
        """Drop a channel's messages."""
        for ts in self._messages.pop(channel, {}):
            self._ws.store.remove("message", f"{channel} {ts}")

    def move(self, old: str, new: str) -> None:
        """Carry a channel's messages over to its new id."""
        moved = self._messages.pop(old, {})
        self._messages[new] = moved
        for message in moved.values():
            self._ws.store.remove("message", f"{old} {message.ts}")
            message.channel = new
            self._ws.save(message)

    def _changed(self, message: Message) -> None:
        self._ws.save(message)
        self._ws.changes.tell("message", message.channel, message.only_for, message=message)

    def _reacted(self, kind: str, message: Message, user: str, name: str) -> None:
        self._ws.save(message)
        self._ws.changes.tell("reactions", message.channel, message=message, by=user)
        channel = self._ws.channel(message.channel)
        if BOT_USER_ID in channel.members:
            event = {
                "type": kind,
                "user": user,
                "reaction": name,
                "item": {"type": "message", "channel": message.channel, "ts": message.ts},
                "item_user": message.user,
                "event_ts": self._ws.ids.ts(),
            }
            self._ws.tell_app(kind, event, by=user, channel=channel)

    def _event(self, channel: Channel, message: Json, ts: str, by: str) -> None:
        if BOT_USER_ID in channel.members:
            more = {"channel": channel.id, "channel_type": channel.type, "event_ts": ts}
            kind = f"message.{channel.scope}"
            self._ws.tell_app(kind, message | more, by=by, channel=channel)
