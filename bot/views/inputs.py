"""Block Kit menus and inputs as plain dicts, within Slack's limits (see `elements`).

An initial choice that is not among the choices raises ValueError: Slack would refuse the view.
"""

from collections.abc import Iterable, Sequence
from datetime import date, time
from typing import Any

from bot.views.elements import OPTIONS_MAX, Choice, Element, element, option, options_of
from bot.views.markup import clip, plain_text

TEXT_INPUT_MAX = 3000
_PLACEHOLDER_MAX = 150
_FEW_OPTIONS_MAX = 10


def static_select(
    action_id: str,
    choices: Sequence[Choice],
    *,
    initial: str | None = None,
    placeholder: str | None = None,
) -> Element:
    """A menu of at most 100 choices; `initial` is the value of one of them."""
    return _one_of("static_select", action_id, choices, initial, OPTIONS_MAX, placeholder)


def radio(action_id: str, choices: Sequence[Choice], *, initial: str | None = None) -> Element:
    """Radio buttons, at most 10; `initial` is the value of one of them."""
    return _one_of("radio_buttons", action_id, choices, initial, _FEW_OPTIONS_MAX)


def checkboxes(
    action_id: str, choices: Sequence[Choice], *, initial: Iterable[str] = ()
) -> Element:
    """Checkboxes, at most 10; `initial` are the values of those that are ticked."""
    return _some_of("checkboxes", action_id, choices, initial, _FEW_OPTIONS_MAX)


def multi_static_select(
    action_id: str,
    choices: Sequence[Choice],
    *,
    initial: Iterable[str] = (),
    placeholder: str | None = None,
    at_most: int | None = None,
) -> Element:
    """A menu to pick several of at most 100 choices from."""
    return _some_of(
        "multi_static_select", action_id, choices, initial, OPTIONS_MAX, placeholder, at_most
    )


def external_select(
    action_id: str,
    *,
    initial: Choice | None = None,
    placeholder: str | None = None,
    min_query: int = 1,
) -> Element:
    """A menu whose choices we answer as people type at least `min_query` characters."""
    return element(
        "external_select",
        action_id,
        initial_option=initial and option(initial),
        placeholder=_placeholder(placeholder),
        min_query_length=min_query,
    )


def multi_external_select(
    action_id: str,
    *,
    initial: Sequence[Choice] = (),
    placeholder: str | None = None,
    min_query: int = 1,
    at_most: int | None = None,
) -> Element:
    """The same for several choices."""
    return element(
        "multi_external_select",
        action_id,
        initial_options=[option(choice) for choice in initial] or None,
        placeholder=_placeholder(placeholder),
        min_query_length=min_query,
        max_selected_items=at_most,
    )


def users_select(
    action_id: str, *, initial: str | None = None, placeholder: str | None = None
) -> Element:
    """A menu of the workspace's people; `initial` is a Slack id."""
    return element(
        "users_select", action_id, initial_user=initial, placeholder=_placeholder(placeholder)
    )


def multi_users_select(
    action_id: str,
    *,
    initial: Sequence[str] = (),
    placeholder: str | None = None,
    at_most: int | None = None,
) -> Element:
    """The same for several people."""
    return element(
        "multi_users_select",
        action_id,
        initial_users=list(initial) or None,
        placeholder=_placeholder(placeholder),
        max_selected_items=at_most,
    )


def text_input(
    action_id: str,
    *,
    initial: str | None = None,
    multiline: bool = False,
    max_length: int = TEXT_INPUT_MAX,
    placeholder: str | None = None,
    focus: bool = False,
) -> Element:
    """A text field; an initial text is clipped to `max_length` (at most 3,000) characters."""
    if not 0 < max_length <= TEXT_INPUT_MAX:
        raise ValueError(f"max_length {max_length} is not within 1 to {TEXT_INPUT_MAX}")
    return element(
        "plain_text_input",
        action_id,
        initial_value=clip(initial, max_length) if initial else None,
        multiline=multiline or None,
        max_length=max_length,
        placeholder=_placeholder(placeholder),
        focus_on_load=focus or None,
    )


def number_input(
    action_id: str,
    *,
    initial: float | None = None,
    decimals: bool = False,
    smallest: float | None = None,
    largest: float | None = None,
    placeholder: str | None = None,
) -> Element:
    """A field for a number; Slack wants the numbers as text and gives text back."""
    return element(
        "number_input",
        action_id,
        is_decimal_allowed=decimals,
        initial_value=_number(initial),
        min_value=_number(smallest),
        max_value=_number(largest),
        placeholder=_placeholder(placeholder),
    )


def date_input(
    action_id: str, *, initial: date | None = None, placeholder: str | None = None
) -> Element:
    """A date picker."""
    return element(
        "datepicker",
        action_id,
        initial_date=initial and initial.strftime("%Y-%m-%d"),
        placeholder=_placeholder(placeholder),
    )


def time_input(action_id: str, *, initial: time | None = None) -> Element:
    """A time picker, to the minute."""
    return element("timepicker", action_id, initial_time=initial and initial.strftime("%H:%M"))


def file_input(action_id: str, *, filetypes: Sequence[str] = (), at_most: int = 1) -> Element:
    """A place to drop up to ten files; `filetypes` are endings without the dot."""
    return element("file_input", action_id, filetypes=list(filetypes) or None, max_files=at_most)


def _number(value: float | None) -> str | None:
    if value is None:
        return None
    return str(int(value)) if value == int(value) else str(value)


def _placeholder(text: str | None) -> dict[str, Any] | None:
    return plain_text(text, _PLACEHOLDER_MAX) if text else None


def _chosen(options: list[dict[str, Any]], values: Iterable[str]) -> list[dict[str, Any]]:
    known = {found["value"]: found for found in options}
    wanted = list(values)
    if unknown := [value for value in wanted if value not in known]:
        raise ValueError(f"initial values that are no choices: {unknown}")
    return [known[value] for value in wanted]


def _one_of(
    kind: str,
    action_id: str,
    choices: Sequence[Choice],
    initial: str | None,
    limit: int,
    placeholder: str | None = None,
) -> Element:
    options = options_of(choices, limit)
    chosen = _chosen(options, [] if initial is None else [initial])
    return element(
        kind,
        action_id,
        options=options,
        initial_option=chosen[0] if chosen else None,
        placeholder=_placeholder(placeholder),
    )


def _some_of(
    kind: str,
    action_id: str,
    choices: Sequence[Choice],
    initial: Iterable[str],
    limit: int,
    placeholder: str | None = None,
    at_most: int | None = None,
) -> Element:
    options = options_of(choices, limit)
    return element(
        kind,
        action_id,
        options=options,
        initial_options=_chosen(options, initial) or None,
        placeholder=_placeholder(placeholder),
        max_selected_items=at_most,
    )
