"""A person's acts as the messenger carries them to the app: raw, so they can be forged in tests."""

from dataclasses import dataclass
from typing import Any

from bot.playground import payloads
from bot.playground.delivery import Reply
from bot.playground.limits import ready_options
from bot.playground.records import (
    BOT_USER_ID,
    Ack,
    Channel,
    Json,
    Message,
    NotAllowed,
    Person,
    SlackError,
)
from bot.playground.responses import Responses
from bot.playground.shapes import escaped
from bot.playground.workspace import Workspace


@dataclass(frozen=True)
class Place:
    """Where an element is: on a message of a channel, or in a view."""

    view_id: str = ""
    channel: str = ""
    ts: str = ""


class Acting:
    """What one person can send. Nothing here asks whether the person could see a button."""

    def __init__(self, ws: Workspace, responses: Responses, user: str) -> None:
        self.ws = ws
        self.user = user
        self._responses = responses

    @property
    def person(self) -> Person:
        """The person acting; a deactivated one cannot."""
        person = self.ws.person(self.user)
        if person.deleted or person.is_bot:
            raise NotAllowed("account_inactive", self.user)
        return person

    @property
    def dm(self) -> str:
        """The id of this person's direct conversation with the bot."""
        return self.ws.im(self.user).id

    async def command(self, channel_id: str, line: str) -> Ack:
        """Type a slash command into a channel; `line` begins with "/"."""
        channel = self._mine(channel_id, open=True)
        word, _, rest = line.strip().partition(" ")
        command = self.ws.manifest.command(word)
        if command is None:
            raise NotAllowed("unknown_command", word)
        text = escaped(rest.strip()) if command.escape else rest.strip()
        trigger = self.ws.modals.triggers.issue(self.user)
        url = self._responses.issue(channel.id, self.user)
        payload = payloads.command(self.person, channel, word, text, trigger, url)
        reply = await self.ws.delivery.act("slash_commands", payload, answerable=True)
        ack = _ack(reply)
        if ack.ok and reply.body:
            try:
                self._responses.answer(channel.id, self.user, "", reply.body)
            except SlackError as error:
                return self._unreadable(word, error, reply)
        return ack

    async def act(self, place: Place, action: Json, state: Json) -> Ack:
        """Press, choose or type: `action` and `state` go to the app as they are."""
        person = self.person
        if not self.ws.manifest.interactive:
            raise NotAllowed("interactivity_disabled")
        action = {**action, "action_ts": self.ws.ids.ts()}
        if place.view_id:
            view = self._view(place.view_id)
            trigger = self.ws.modals.triggers.issue(self.user, _modal_id(view))
            payload = payloads.block_actions_on_view(person, view, [action], state, trigger)
        else:
            channel, message = self._message(place)
            trigger = self.ws.modals.triggers.issue(self.user)
            url = self._responses.issue(channel.id, self.user, message.ts)
            shape = self.ws.talk.json(message)
            payload = payloads.block_actions_on_message(
                person, channel, message, shape, [action], state, trigger, url, self.ws.enterprise
            )
        return _ack(await self.ws.delivery.act("interactive", payload, answerable=False))

    async def send_view(self, view_id: str, state: Json) -> Ack:
        """Submit a modal with these values and do what the app answers."""
        view = self._view(view_id)
        trigger = self.ws.modals.triggers.issue(self.user, view_id)
        payload = payloads.view_submission(self.person, view, state, trigger)
        reply = await self.ws.delivery.act("interactive", payload, answerable=True)
        ack = _ack(reply)
        if not ack.ok:
            return ack
        try:
            return self._after_submission(view, reply)
        except SlackError as error:
            return self._unreadable(view["callback_id"], error, reply)

    async def close(self, view_id: str, all: bool = False) -> Ack:
        """Close a modal, or the whole stack; the app hears of those that asked for it."""
        view = self._view(view_id)
        cleared = all or view["clear_on_close"]
        ack = Ack(True)
        for closed in self.ws.modals.drop(self.user, view_id, all=cleared):
            if closed["notify_on_close"]:
                payload = payloads.view_closed(self.person, closed, cleared)
                ack = _ack(await self.ws.delivery.act("interactive", payload, answerable=False))
        return ack

    async def shortcut(self, callback_id: str) -> Ack:
        """Run a global shortcut."""
        self._shortcut("global", callback_id)
        trigger, ts = self.ws.modals.triggers.issue(self.user), self.ws.ids.ts()
        payload = payloads.global_shortcut(self.person, callback_id, trigger, ts)
        return _ack(await self.ws.delivery.act("interactive", payload, answerable=False))

    async def message_shortcut(self, callback_id: str, channel_id: str, ts: str) -> Ack:
        """Run a shortcut from a message's menu."""
        self._shortcut("message", callback_id)
        channel, message = self._message(Place(channel=channel_id, ts=ts))
        trigger = self.ws.modals.triggers.issue(self.user)
        url = self._responses.issue(channel.id, self.user, message.ts)
        shape, now = self.ws.talk.json(message), self.ws.ids.ts()
        payload = payloads.message_shortcut(
            self.person, channel, shape, callback_id, trigger, url, now, self.ws.enterprise
        )
        return _ack(await self.ws.delivery.act("interactive", payload, answerable=False))

    async def suggest(self, place: Place, action_id: str, block_id: str, value: str) -> Json:
        """Ask for the options of an external select: `{options}` or `{option_groups}`.

        Raises NotAllowed `no_options` when the app does not answer in 3 s or answers nonsense.
        """
        where: Json
        if place.view_id:
            view = self._view(place.view_id)
            where = {"container": {"type": "view", "view_id": view["id"]}, "view": view}
        else:
            channel, message = self._message(place)
            where = {
                "container": {
                    "type": "message",
                    "message_ts": message.ts,
                    "channel_id": channel.id,
                    "is_ephemeral": bool(message.only_for),
                },
                "channel": {"id": channel.id, "name": payloads.channel_name(channel)},
                "message": self.ws.talk.json(message),
            }
        payload = payloads.block_suggestion(
            self.person, action_id, block_id, value, where, self.ws.enterprise
        )
        reply = await self.ws.delivery.act("interactive", payload, answerable=True)
        if reply.error:
            raise NotAllowed("no_options", reply.error)
        try:
            return ready_options(reply.body)
        except SlackError as error:
            self._unreadable(action_id, error, reply)
            raise NotAllowed("no_options", error.code) from None

    async def open_home(self, tab: str = "home") -> Json | None:
        """Enter the bot's Home (or its `messages` tab); returns Home as it stands."""
        home = self.ws.modals.home(self.user)
        event: Json = {
            "type": "app_home_opened",
            "user": self.person.id,
            "channel": self.dm,
            "tab": tab,
            "event_ts": self.ws.ids.ts(),
        }
        if tab == "home" and home is not None:
            event["view"] = home
        self.ws.tell_app("app_home_opened", event, by=self.person.id)
        return home

    async def post(self, channel_id: str, text: str, thread_ts: str = "", **more: Any) -> Message:
        """Write a message; `&`, `<` and `>` are stored escaped."""
        channel = self._mine(channel_id, open=True)
        if channel.is_im and self.ws.manifest.messages_read_only:
            raise NotAllowed("messages_tab_read_only")
        writer = self.person.id
        return self.ws.talk.post(channel, writer, escaped(text), thread_ts=thread_ts, **more)

    async def react(self, channel_id: str, ts: str, name: str) -> None:
        """React to a message."""
        channel = self._mine(channel_id, open=True)
        self.ws.talk.react(self.ws.talk.find(channel.id, ts), self.person.id, name)

    async def unreact(self, channel_id: str, ts: str, name: str) -> None:
        """Take a reaction back."""
        channel = self._mine(channel_id, open=True)
        self.ws.talk.unreact(self.ws.talk.find(channel.id, ts), self.person.id, name)

    async def delete(self, channel_id: str, ts: str) -> None:
        """Delete a message, as its writer or as an administrator would."""
        self._mine(channel_id)
        self.ws.talk.delete(self.ws.talk.find(channel_id, ts))

    async def archive(self, channel_id: str) -> None:
        """Archive a channel."""
        self.ws.archive_channel(self._managed(channel_id, open=True).id, by=self.user)

    async def unarchive(self, channel_id: str) -> None:
        """Bring an archived channel back."""
        self.ws.unarchive_channel(self._managed(channel_id).id, by=self.user)

    async def invite(self, channel_id: str, user: str = BOT_USER_ID) -> None:
        """Bring somebody, by default the bot, into a channel."""
        self.ws.invite(self._managed(channel_id, open=True).id, user, by=self.user)

    async def remove(self, channel_id: str, user: str = BOT_USER_ID) -> None:
        """Put somebody, by default the bot, out of a channel."""
        self.ws.remove(self._managed(channel_id, open=True).id, user, by=self.user)

    def _mine(self, id: str, open: bool = False) -> Channel:
        """A channel this person is in; `open` refuses archived ones."""
        channel = self.ws.channel(id)
        if self.person.id not in channel.members:
            raise NotAllowed("not_in_channel", id)
        if open and channel.archived:
            raise NotAllowed("is_archived", id)
        return channel

    def _managed(self, id: str, open: bool = False) -> Channel:
        """The same for who may change the channel, which people of other workspaces may not."""
        channel = self._mine(id, open)
        if channel.is_im or self.person.is_guest:
            raise NotAllowed("restricted_action", id)
        return channel

    def _message(self, place: Place) -> tuple[Channel, Message]:
        channel = self._mine(place.channel)
        return channel, self.ws.talk.seen_by(channel.id, place.ts, self.user)

    def _view(self, view_id: str) -> Json:
        user, view = self.ws.modals.find(view_id)
        if user != self.user:
            raise NotAllowed("not_found", view_id)
        return view

    def _shortcut(self, type: str, callback_id: str) -> None:
        if all((s.type, s.callback_id) != (type, callback_id) for s in self.ws.manifest.shortcuts):
            raise NotAllowed("unknown_shortcut", callback_id)

    def _after_submission(self, view: Json, reply: Reply) -> Ack:
        modals, body = self.ws.modals, reply.body or {}
        action = body.get("response_action")
        if not body:
            modals.drop(self.user, view["id"])
        elif action == "clear":
            modals.drop(self.user, view["id"], all=True)
        elif action == "update":
            modals.update(view["id"], body.get("view"))
        elif action == "push":
            modals.pushed(self.user, body.get("view"))
        elif action == "errors":
            errors = body.get("errors")
            inputs = {b["block_id"] for b in view["blocks"] if b["type"] == "input"}
            if not isinstance(errors, dict) or not errors or not errors.keys() <= inputs:
                raise SlackError("invalid_errors", ("errors must name input blocks of the view",))
            return Ack(False, reply.status, "errors", body, errors)
        else:
            raise SlackError("unknown_response_action", (f"response_action: {action}",))
        return Ack(True, reply.status, body=reply.body)

    def _unreadable(self, what: str, error: SlackError, reply: Reply) -> Ack:
        problem = f"{what}: {error.code} {'; '.join(error.messages)}".strip()
        self.ws.problems.append(problem)
        return Ack(False, reply.status, "invalid_response", reply.body, messages=error.messages)


def _ack(reply: Reply) -> Ack:
    if not reply.error:
        return Ack(True, reply.status, body=reply.body)
    error = "timeout" if reply.error.endswith("timeout") else "dispatch_failed"
    return Ack(False, reply.status, error)


def _modal_id(view: Json) -> str:
    return str(view["id"]) if view["type"] == "modal" else ""
