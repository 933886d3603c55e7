"""What happened and who is to be told: the outbox's content, free of Slack and of wording."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any


@dataclass(frozen=True, kw_only=True)
class Fact:
    """One thing to tell or to ask Slack, worded when it is sent.

    `recipient` is `person:<id>` (a direct message), `channel:<Slack id>` or `slack` (a question
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
