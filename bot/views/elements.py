"""Block Kit elements as plain dicts, within Slack's limits: buttons, options, small pictures.

Texts that are too long are clipped. What must not be clipped (ids, values, numbers of options)
raises ValueError: that is a programming error. Labels are plain text and need no escaping.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Any, Literal

from bot.views.markup import clip, mrkdwn, plain_text

Element = dict[str, Any]
Style = Literal["primary", "danger"]

ID_MAX = 255
VALUE_MAX = 2000
OPTION_TEXT_MAX = 75
OPTION_VALUE_MAX = 75
OPTIONS_MAX = 100
URL_MAX = 3000
ALT_MAX = 2000
_LABEL_MAX = 75
_OVERFLOW_MAX = 5


@dataclass(frozen=True)
class Choice:
    """One option: what people read, what we get back, and a line beneath where there is room."""

    text: str
    value: str
    description: str | None = None


def option(choice: Choice) -> dict[str, Any]:
    """The option object of a choice."""
    return without_none(
        text=plain_text(choice.text, OPTION_TEXT_MAX),
        value=within(choice.value, OPTION_VALUE_MAX, "option value"),
        description=choice.description and plain_text(choice.description, OPTION_TEXT_MAX),
    )


def suggestions(choices: Iterable[Choice]) -> dict[str, Any]:
    """The answer to an external menu; beyond 100 choices people have to type more."""
    return {"options": [option(choice) for choice in choices][:OPTIONS_MAX]}


def confirm(
    title: str, text: str, *, yes: str, no: str, style: Style | None = None
) -> dict[str, Any]:
    """The question before something that cannot be undone; `text` may be mrkdwn."""
    return without_none(
        title=plain_text(title, 100),
        text=mrkdwn(text, 300),
        confirm=plain_text(yes, 30),
        deny=plain_text(no, 30),
        style=style,
    )


def button(
    text: str,
    action_id: str,
    value: str | None = None,
    *,
    style: Style | None = None,
    confirm: dict[str, Any] | None = None,
    accessibility_label: str | None = None,
    url: str | None = None,
) -> Element:
    """A button; with `url` it opens a page as well."""
    return element(
        "button",
        action_id,
        text=plain_text(text, _LABEL_MAX),
        value=value if value is None else within(value, VALUE_MAX, "button value"),
        style=style,
        confirm=confirm,
        accessibility_label=accessibility_label and clip(accessibility_label, _LABEL_MAX),
        url=url and within(url, URL_MAX, "url"),
    )


def overflow(
    action_id: str, choices: Sequence[Choice], *, confirm: dict[str, Any] | None = None
) -> Element:
    """The ⋯ menu of one to five choices."""
    return element(
        "overflow", action_id, options=options_of(choices, _OVERFLOW_MAX), confirm=confirm
    )


def image_element(url: str, alt: str) -> Element:
    """A small picture in a section or context; `alt` says what it shows."""
    return {"type": "image", "image_url": within(url, URL_MAX, "url"), "alt_text": alt_text(alt)}


def alt_text(alt: str) -> str:
    """An alternative text, clipped; ValueError when there is none."""
    if not alt.strip():
        raise ValueError("a picture needs an alternative text")
    return clip(alt, ALT_MAX)


def within(text: str, limit: int, what: str) -> str:
    """The text unless it is empty or too long to be sent: it must not be clipped."""
    if not 0 < len(text) <= limit:
        raise ValueError(f"{what} of {len(text)} characters, Slack takes 1 to {limit}: {text[:80]}")
    return text


def without_none(**fields: Any) -> dict[str, Any]:
    """The fields that are set."""
    return {name: value for name, value in fields.items() if value is not None}


def element(kind: str, action_id: str, **fields: Any) -> Element:
    """An element of a kind with the fields that are set."""
    within(action_id, ID_MAX, "action_id")
    return {"type": kind, "action_id": action_id, **without_none(**fields)}


def options_of(choices: Sequence[Choice], limit: int) -> list[dict[str, Any]]:
    """The option objects; ValueError when there are none, too many or two alike."""
    if not 0 < len(choices) <= limit:
        raise ValueError(f"{len(choices)} choices, Slack takes 1 to {limit}")
    if len({choice.value for choice in choices}) < len(choices):
        raise ValueError("two choices have the same value")
    return [option(choice) for choice in choices]
