"""What Slack sent, as the handlers read it: one frozen value per payload.

Only what every request needs is read at once; the rest is read when a handler asks for it.
"""

import hashlib
import json
from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum
from functools import cached_property
from typing import Any

import msgspec

from bot.domain.text import storable
from handlers.typed import typed

Json = Mapping[str, Any]

ATTEMPT = "attempt"
"""In private_metadata: the hash under which a view was submitted whose outcome was unknown."""


RATE_LIMITED = "app_rate_limited"
"""The event by which Slack says, once a minute, that it drops those above its limit an hour."""


class Kind(StrEnum):
    """The kinds of payload, each with a catch-all of its own in Bolt."""

    COMMAND = "command"
    ACTION = "action"
    VIEW = "view"
    CLOSED = "closed"
    SHORTCUT = "shortcut"
    OPTIONS = "options"
    EVENT = "event"


@dataclass(frozen=True, kw_only=True)
class Message:
    """The message a person pressed a button in, or used a shortcut on."""

    channel: str
    ts: str
    text: str = ""
    """Empty for ephemerals, whose text Slack does not send."""
    user: str | None = None
    thread_ts: str | None = None
    ephemeral: bool = False


@dataclass(frozen=True, kw_only=True)
class Inbound:
    """One payload. `id` is what the table knows, `argument` what followed its first colon."""

    kind: Kind
    id: str
    argument: str
    body: Json
    request_id: str
    received: float
    """Seconds of system time."""
    retried: bool = False
    """Slack says that it delivered this before."""

    @classmethod
    def of(
        cls, kind: Kind, body: Json, *, request_id: str, received: float, retried: bool = False
    ) -> "Inbound":
        """Read a payload; KeyError, TypeError, IndexError, AttributeError or RecursionError when it
        is not of Slack's shape. Its texts can be stored, whatever was sent.
        """
        body = _storable(body)
        found = _ID[kind](body)
        if not isinstance(found, str):
            raise TypeError("an id that is no text")
        id, _, argument = found.partition(":")
        return cls(
            kind=kind, id=id, argument=argument, body=body,
            request_id=request_id, received=received, retried=retried,
        )  # fmt: skip

    @cached_property
    def key(self) -> str | None:
        """What makes a repeated delivery the same one; None where nothing is to be stored."""
        match self.kind:
            case Kind.EVENT:
                return _key("event", self.body["event_id"])
            case Kind.COMMAND | Kind.SHORTCUT:
                return _key("trigger", self.user, self.trigger_id)
            case Kind.ACTION:
                action = self.action
                return _key("press", self.user, action["action_ts"], action["action_id"])
            case Kind.VIEW:
                values = self.state.get("values") or {}
                return _key("view", self.user, self.view["id"], self.attempt, values)
            case _:
                return None

    @property
    def attempt(self) -> str:
        """The hash of the submitted view; the former one while that outcome is unknown."""
        return str(self.metadata.get(ATTEMPT) or self.view.get("hash", ""))

    @cached_property
    def user(self) -> str | None:
        """The Slack id of whoever acted; None for events that nobody caused."""
        if self.kind is Kind.COMMAND:
            return _text(self.body.get("user_id"))
        source = self.body["event"] if self.kind is Kind.EVENT else self.body
        user = source.get("user")
        return _text(user.get("id") if isinstance(user, Mapping) else user)

    @cached_property
    def team(self) -> str | None:
        """The workspace."""
        team = self.body.get("team")
        return _text(team.get("id") if isinstance(team, Mapping) else self.body.get("team_id"))

    @cached_property
    def channel(self) -> str | None:
        """The channel it happened in, where there is one."""
        if self.kind is Kind.COMMAND:
            return _text(self.body.get("channel_id"))
        source = self.body["event"] if self.kind is Kind.EVENT else self.body
        channel = source.get("channel")
        if channel is None:
            place = source.get("item") if self.kind is Kind.EVENT else source.get("container")
            place = place if isinstance(place, Mapping) else {}
            channel = place.get("channel", place.get("channel_id"))
        return _text(channel.get("id") if isinstance(channel, Mapping) else channel)

    @cached_property
    def text(self) -> str:
        """What was typed after the command or into an external menu, or an event's text."""
        match self.kind:
            case Kind.COMMAND:
                return str(self.body.get("text") or "")
            case Kind.OPTIONS:
                return str(self.body.get("value") or "")
            case Kind.EVENT:
                return str(self.event.get("text") or "")
            case _:
                return self.message.text if self.message else ""

    @property
    def trigger_id(self) -> str:
        """Opens one view within three seconds; "" where there is none."""
        return str(self.body.get("trigger_id") or "")

    @property
    def response_url(self) -> str | None:
        """Takes answers to a press in a message or to a message shortcut."""
        return self.body.get("response_url") or None

    @property
    def event(self) -> Json:
        """The event's own payload."""
        found: Json = self.body.get("event") or {}
        return found

    @property
    def bot_user(self) -> str | None:
        """For whom an event was sent: the bot's own user."""
        found = self.body.get("authorizations") or [{}]
        return _text(found[0].get("user_id"))

    @property
    def action(self) -> Json:
        """The pressed element; empty for other kinds."""
        found: Json = self.body["actions"][0] if self.kind is Kind.ACTION else {}
        return found

    @cached_property
    def value(self) -> Any:
        """The value of the pressed element, typed as in `values`."""
        return typed(self.action)

    @property
    def view(self) -> Json:
        """The modal or Home it happened in; empty outside views."""
        found: Json = self.body.get("view") or {}
        return found

    @property
    def state(self) -> Json:
        """What the view's or message's inputs hold, as Slack sends it."""
        found: Json = self.view.get("state") or self.body.get("state") or {}
        return found

    @cached_property
    def values(self) -> Json:
        """What the inputs hold, by action id, as Python values (see handlers.typed)."""
        return {
            action_id: typed(element)
            for block in (self.state.get("values") or {}).values()
            for action_id, element in block.items()
        }

    @cached_property
    def metadata(self) -> Json:
        """The view's private_metadata; empty unless it is a JSON object, and one with a bottom."""
        try:
            found = _storable(msgspec.json.decode(self.view.get("private_metadata") or "{}"))
        except (msgspec.DecodeError, RecursionError, TypeError):
            return {}
        return found if isinstance(found, dict) else {}

    @cached_property
    def message(self) -> Message | None:
        """The message it happened on; None elsewhere."""
        sent: Json = self.body.get("message") or {}
        place: Json = self.body.get("container") or {}
        ts = sent.get("ts") or place.get("message_ts")
        if self.kind is Kind.EVENT or not ts or not self.channel:
            return None
        return Message(
            channel=self.channel,
            ts=str(ts),
            text=str(sent.get("text") or ""),
            user=_text(sent.get("user")),
            thread_ts=_text(sent.get("thread_ts") or place.get("thread_ts")),
            ephemeral=bool(place.get("is_ephemeral")),
        )

    @property
    def beneath(self) -> str | None:
        """The modal beneath the one it happened in, as Slack says; None where there is none."""
        return _text(self.view.get("previous_view_id")) if self.in_modal else None

    @property
    def in_modal(self) -> bool:
        """Whether it happened in a modal."""
        return self.view.get("type") == "modal"

    @property
    def in_home(self) -> bool:
        """Whether it happened in the Home tab."""
        return self.view.get("type") == "home"


def _key(what: str, *parts: Any) -> str:
    """A short ASCII key."""
    told = json.dumps(parts, sort_keys=True).encode("ascii")
    return f"{what}:{hashlib.blake2b(told, digest_size=16).hexdigest()}"


def _storable(sent: Any) -> Any:
    """What was sent, unless a text in it could not be stored; then the same with one that can.

    A program may send half a character or a NUL, and each database has its own way to fail at it.
    """
    try:
        if b"\\u0000" not in msgspec.json.encode(sent):
            return sent
    except UnicodeEncodeError:
        pass
    return _mended(sent)


def _mended(sent: Any) -> Any:
    match sent:
        case str():
            return storable(sent)
        case Mapping():
            return {_mended(name): _mended(value) for name, value in sent.items()}
        case list():
            return [_mended(one) for one in sent]
        case _:
            return sent


def _text(value: Any) -> str | None:
    return value if isinstance(value, str) and value else None


_ID = {
    Kind.COMMAND: lambda body: body["command"],
    Kind.ACTION: lambda body: body["actions"][0]["action_id"],
    Kind.VIEW: lambda body: body["view"]["callback_id"],
    Kind.CLOSED: lambda body: body["view"]["callback_id"],
    Kind.SHORTCUT: lambda body: body["callback_id"],
    Kind.OPTIONS: lambda body: body["action_id"],
    Kind.EVENT: lambda body: body["event"]["type"],
}
