"""Text for Slack: what a person wrote is escaped, what we wrote as mrkdwn is trusted."""

import re
from collections.abc import Iterable
from typing import Any

from bot.domain.errors import Key
from bot.i18n.texts import Texts

_TOKEN = re.compile(r"<[^<>]*>|&(?:amp|lt|gt);")
_LABELLED = re.compile(r"<(?![@#!])[^<>|]*\|([^<>]*)>")
_BARE_LINK = re.compile(r"<((?:https?|mailto):[^<>|]*)>")


class Md(str):
    """Trusted mrkdwn: our own markup around escaped values. Never `Md(what a person wrote)`."""

    __slots__ = ()


def esc(text: str) -> Md:
    """The text as it reads, harmless in mrkdwn; trusted mrkdwn stays as it is."""
    if isinstance(text, Md):
        return text
    return Md(text.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;"))


def md(template: str, **values: object) -> Md:
    """Our own mrkdwn with `{name}` filled in, values escaped: `md("*{title}*", title=title)`."""
    return Md(template.format(**_escaped(values)))


def phrase(t: Texts, key: str, /, **values: object) -> Md:
    """A catalogue message that contains markup or mentions, its values escaped."""
    return Md(t(key, **_escaped(values)))


def joined(parts: Iterable[str | None], by: str = "\n") -> Md:
    """The parts, each escaped unless trusted, with `by` between them; None and "" are left out."""
    return Md(by.join(esc(part) for part in parts if part))


def mention(user: str) -> Md:
    """A person by Slack id; this notifies them in a message."""
    return Md(f"<@{user}>")


def channel(channel_id: str) -> Md:
    """A channel by Slack id."""
    return Md(f"<#{channel_id}>")


def link(url: str, label: str) -> Md:
    """A link; an address that could break out of its brackets is refused with ValueError."""
    if not url.startswith(("https://", "http://")) or re.search(r"[<>|\s]", url):
        raise ValueError(f"not a web address: {url!r}")
    return Md(f"<{url.replace('&', '&amp;')}|{esc(label.replace('|', '¦'))}>")


def clip(text: str, limit: int) -> str:
    """At most `limit` characters, ending in "…" when some are missing.

    Trusted mrkdwn stays trusted, and is never cut inside an escape, a mention or a link.
    """
    if len(text) <= limit:
        return text
    cut = limit - 1
    if not isinstance(text, Md):
        return text[:cut].rstrip() + "…"
    for token in _TOKEN.finditer(text):
        if token.end() > cut:
            cut = min(cut, token.start())
            break
    return Md(text[:cut].rstrip() + "…")


def readable(text: str) -> str:
    """Mrkdwn as a person reads it: escapes undone, links by their labels, mentions kept."""
    text = _BARE_LINK.sub(r"\1", _LABELLED.sub(r"\1", text))
    return text.replace("&lt;", "<").replace("&gt;", ">").replace("&amp;", "&")


def plain_text(text: str, limit: int) -> dict[str, Any]:
    """A plain_text object, clipped; ValueError when empty, TypeError for mrkdwn (never shown)."""
    if isinstance(text, Md):
        raise TypeError(f"mrkdwn in a place for plain text: {text!r}")
    return {"type": "plain_text", "text": clip(_present(text), limit), "emoji": False}


def mrkdwn(text: str, limit: int) -> dict[str, Any]:
    """A mrkdwn object, escaped unless trusted, clipped; ValueError when empty.

    `verbatim` keeps Slack from turning @names and #names that people typed into mentions.
    """
    shown = clip(esc(_present(text)), limit)
    return {"type": "mrkdwn", "text": str(shown), "verbatim": True}


def _present(text: str) -> str:
    if not text.strip():
        raise ValueError("Slack refuses empty texts")
    return text


def _escaped(values: dict[str, object]) -> dict[str, Any]:
    return {name: _escaped_value(value) for name, value in values.items()}


def _escaped_value(value: object) -> object:
    """A `Key` is no text yet: it is a catalogue message of ours, worded later."""
    return esc(value) if isinstance(value, str) and not isinstance(value, Key) else value
