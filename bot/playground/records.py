"""What the workspace is made of: people, channels, messages, files."""

from dataclasses import dataclass, field
from typing import Any

Json = dict[str, Any]

TEAM_ID = "T0PLAYGRND"
TEAM_DOMAIN = "playground"
ENTERPRISE_ID = "E0PLAYGRND"
ENTERPRISE_NAME = "Playground Grid"
APP_ID = "A0PLAYGRND"
BOT_ID = "B0PLAYGRND"
BOT_USER_ID = "U0PLAYGBOT"
VERIFICATION_TOKEN = "playground-verification-token"


class SlackError(Exception):
    """An answer `{"ok": false, "error": code}`; `messages` explain where, as Slack's do."""

    def __init__(self, code: str, messages: tuple[str, ...] = (), **extra: Any) -> None:
        super().__init__(code, *messages)
        self.code = code
        self.messages = messages
        self.extra = extra

    def body(self) -> Json:
        """The JSON answer."""
        body: Json = {"ok": False, "error": self.code, **self.extra}
        if self.messages:
            body["errors"] = list(self.messages)
            body["response_metadata"] = {"messages": [f"[ERROR] {m}" for m in self.messages]}
        return body


class NotAllowed(Exception):
    """The messenger itself would not let this person do that."""

    def __init__(self, code: str, detail: str = "") -> None:
        super().__init__(f"{code}: {detail}" if detail else code)
        self.code = code


@dataclass(frozen=True)
class SeedPerson:
    """A person the workspace starts with.

    Somebody of another `team` shares a channel with it: over Slack Connect, or, with `enterprise`
    ENTERPRISE_ID, as a colleague of the same Enterprise Grid, which the workspace is then part of.
    """

    id: str
    name: str
    title: str
    group: str
    email: str
    locale: str = "ko-KR"
    deleted: bool = False
    team: str = TEAM_ID
    enterprise: str = ""


@dataclass(frozen=True)
class SeedChannel:
    """A channel the workspace starts with; `bot` says whether the bot was invited."""

    id: str
    name: str
    members: tuple[str, ...]
    topic: str = ""
    bot: bool = True
    private: bool = False


@dataclass
class Person:
    """Someone in the workspace; the bot's own user is one too."""

    id: str
    name: str
    title: str
    group: str
    email: str
    locale: str = "ko-KR"
    deleted: bool = False
    team: str = TEAM_ID
    enterprise: str = ""
    is_bot: bool = False
    updated: int = 0

    @property
    def is_guest(self) -> bool:
        """Whether this is somebody of another workspace, of the same Grid or not."""
        return self.team != TEAM_ID

    @property
    def is_stranger(self) -> bool:
        """Whether this is somebody of another company: only Slack Connect brings them here."""
        return self.is_guest and self.enterprise != ENTERPRISE_ID

    @property
    def domain(self) -> str:
        """The name of their workspace's address."""
        return self.team.lower() if self.is_guest else TEAM_DOMAIN

    @property
    def handle(self) -> str:
        """The short account name, as in `user_name`."""
        return self.email.partition("@")[0] or self.id.lower()


@dataclass
class Channel:
    """A channel, or the direct messages between one person and the bot (`user`)."""

    id: str
    name: str
    members: list[str]
    topic: str = ""
    user: str = ""
    archived: bool = False
    created: int = 0
    read: dict[str, str] = field(default_factory=dict)
    private: bool = False

    @property
    def is_im(self) -> bool:
        """Whether this is a direct conversation with the bot."""
        return bool(self.user)

    @property
    def type(self) -> str:
        """The word of a message's `channel_type`, and with which the channel's events begin."""
        return "im" if self.is_im else "group" if self.private else "channel"

    @property
    def scope(self) -> str:
        """The word with which the scopes for it begin."""
        return "im" if self.is_im else f"{self.type}s"

    @property
    def letter(self) -> str:
        """The `channel_type` of who joined and left."""
        return "G" if self.private else "C"


@dataclass
class Message:
    """A message; `only_for` makes it ephemeral, `bot` says the bot wrote it."""

    channel: str
    ts: str
    user: str
    text: str
    bot: bool = False
    blocks: list[Json] = field(default_factory=list)
    metadata: Json | None = None
    thread_ts: str = ""
    broadcast: bool = False
    edited: Json | None = None
    files: list[str] = field(default_factory=list)
    reactions: dict[str, list[str]] = field(default_factory=dict)
    replies: list[str] = field(default_factory=list)
    subtype: str = ""
    only_for: str = ""

    @property
    def is_reply(self) -> bool:
        """Whether it stands in a thread below another message."""
        return bool(self.thread_ts) and self.thread_ts != self.ts


@dataclass
class File:
    """An uploaded file; its bytes are kept apart."""

    id: str
    name: str
    title: str
    user: str
    size: int
    mimetype: str
    created: int
    alt_txt: str = ""
    shares: dict[str, list[str]] = field(default_factory=dict)
    groups: list[str] = field(default_factory=list)
    """Those of the channels it is shared in that are private."""


@dataclass(frozen=True)
class Ack:
    """What the person's screen learns of an act: did the app answer in time, and what?

    `error` is "" when all went well, else `timeout` (no answer in 3 s), `dispatch_failed` (no
    connection, or a status other than 200), `invalid_response` (Slack would not understand the
    answer) or `errors` (the form has errors, by block id).
    """

    ok: bool
    status: int = 200
    error: str = ""
    body: Json | None = None
    errors: dict[str, str] = field(default_factory=dict)
    messages: tuple[str, ...] = ()


@dataclass(frozen=True)
class LogEntry:
    """One call of the Slack API: the method, its arguments (no token), its answer."""

    method: str
    args: Json
    result: Json
