"""What happened and who is to be told: the outbox's content, free of Slack and of wording."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any


@dataclass(frozen=True, kw_only=True)
class Fact:
    """One thing to tell or to ask Slack, worded when it is sent.

    `recipient` is `person:<id>` (a direct message), `channel:<Slack id>`,
    `ephemeral:<channel>:<Slack id>` (a line that only that person sees) or `slack` (a question
    to Slack). Facts of one `stream` leave in order; `after` names the dedupe key of a fact whose
    message this one follows (a reply in its thread). `dedupe_key` makes a second one impossible.
    """

    kind: str
    recipient: str
    dedupe_key: str
    version: int = 1
    payload: Mapping[str, Any] = field(default_factory=dict)
    stream: str | None = None
    after: str | None = None
    not_before: datetime | None = None


@dataclass(frozen=True, kw_only=True)
class Projection:
    """A message or Home that shows the newest state: ten changes in a second are one update.

    `kind` is `card` (a task's message in a channel) or `home` (a person's Home tab); `subject` is
    the task's or person's id; `recipient` as in `Fact`.
    """

    kind: str
    subject: int
    recipient: str


@dataclass(frozen=True, kw_only=True)
class Due:
    """A fact to send now, leased to whoever claimed it.

    Send it at `send_at` and be done by `lease_until` (steady seconds of the process that claimed
    it). `token` goes into the message's metadata. When `unsure`, an earlier call may have arrived:
    look for the token first. `waited` are the seconds it has had to wait since Slack refused it
    first; when `parked`, headquarters has been told of it.
    """

    id: int
    fact: Fact
    token: str
    attempt: int
    unsure: bool
    send_at: float
    lease_until: float
    after_channel: str | None
    after_ts: str | None
    created_at: datetime
    waited: float = 0.0
    parked: bool = False


@dataclass(frozen=True, kw_only=True)
class DueProjection:
    """A card or Home to show now, leased to whoever claimed it.

    `version` is what is shown by it. Without `ts` (and not a Home) it is a post that carries
    `token` in its metadata; when `unsure`, look for the token first.
    """

    id: int
    projection: Projection
    token: str
    version: int
    attempt: int
    unsure: bool
    send_at: float
    lease_until: float
    channel: str | None
    ts: str | None
    waited: float = 0.0
    parked: bool = False
