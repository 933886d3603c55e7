"""Forms as Slack's clients keep them: the state of every field, and what a choice sends."""

import re
from collections.abc import Callable
from typing import Any

from bot.playground.reading import NotDrawn, drawn
from bot.playground.records import Json

State = dict[str, dict[str, Json]]

_TYPED = ("plain_text_input", "number_input", "email_text_input", "url_text_input")
_FIELD = {
    **dict.fromkeys(_TYPED, ("value", "initial_value")),
    "static_select": ("selected_option", "initial_option"),
    "external_select": ("selected_option", "initial_option"),
    "radio_buttons": ("selected_option", "initial_option"),
    "checkboxes": ("selected_options", "initial_options"),
    "multi_static_select": ("selected_options", "initial_options"),
    "multi_external_select": ("selected_options", "initial_options"),
    "users_select": ("selected_user", "initial_user"),
    "multi_users_select": ("selected_users", "initial_users"),
    "conversations_select": ("selected_conversation", "initial_conversation"),
    "multi_conversations_select": ("selected_conversations", "initial_conversations"),
    "channels_select": ("selected_channel", "initial_channel"),
    "multi_channels_select": ("selected_channels", "initial_channels"),
    "datepicker": ("selected_date", "initial_date"),
    "timepicker": ("selected_time", "initial_time"),
    "datetimepicker": ("selected_date_time", "initial_date_time"),
    "file_input": ("files", "initial_files"),
}
"""The name of an element's value in the state, and of its first value in the element."""

_MANY = (
    "selected_options",
    "selected_users",
    "selected_conversations",
    "selected_channels",
    "files",
)


def field_of(element: Json) -> str:
    """The name of an element's value in the state."""
    return _FIELD[element["type"]][0]


def first_state(thing: Json) -> State:
    """The state of a view or message nobody has touched."""
    state: State = {}
    for block, element in drawn(thing):
        if element["type"] in _FIELD:
            name, initial = _FIELD[element["type"]]
            value = element.get(initial) or ([] if name in _MANY else None)
            entry = {"type": element["type"], name: value}
            state.setdefault(block["block_id"], {})[element["action_id"]] = entry
    return state


def carried(thing: Json, old: State) -> State:
    """The state after an update.

    As in Slack, a field with the same block, action and type as before keeps what was entered,
    whatever initial value it comes with; the page has the same rule (`Surface.adopt`).
    """
    state = first_state(thing)
    for block_id, entries in state.items():
        for action_id, entry in entries.items():
            before = old.get(block_id, {}).get(action_id)
            if before is not None and before["type"] == entry["type"]:
                entries[action_id] = before
    return state


def entry_for(element: Json, given: Any, options: list[Json], known: Callable[[str], bool]) -> Json:
    """The state entry of an element for what somebody chose or typed.

    Options are named by value or text, people and channels by id (`known` says which exist).
    None clears a field. Raises NotDrawn for a choice that is not offered.
    """
    kind, name = element["type"], field_of(element)
    if given is None:
        return {"type": kind, name: [] if name in _MANY else None}
    if name == "selected_option":
        return {"type": kind, name: _option(options, given)}
    if name == "selected_options":
        chosen = [_option(options, one) for one in given]
        _not_too_many(element, chosen)
        return {"type": kind, name: chosen}
    if name == "files":
        return {"type": kind, name: list(given)}
    if name.startswith("selected_") and name.endswith(("user", "conversation", "channel")):
        return {"type": kind, name: _known(given, known)}
    if name in _MANY:
        _not_too_many(element, given)
        return {"type": kind, name: [_known(one, known) for one in given]}
    if name == "selected_date" and not re.fullmatch(r"\d{4}-\d\d-\d\d", given):
        raise NotDrawn(f"not a date: {given}")
    if name == "selected_time" and not re.fullmatch(r"\d\d:\d\d", given):
        raise NotDrawn(f"not a time: {given}")
    if name == "value":
        return {"type": kind, name: str(given) or None}
    return {"type": kind, name: given}


def offered(element: Json) -> list[Json]:
    """The options drawn in an element."""
    groups = element.get("option_groups", ())
    return [*element.get("options", ()), *(o for g in groups for o in g["options"])]


def dispatches(block: Json, element: Json) -> bool:
    """Whether a change of this element is sent at once.

    Everything outside input blocks is; inside them only with dispatch_action, and typed text
    only where every character counts: nobody has pressed Enter yet.
    """
    if block["type"] != "input":
        return True
    if not block.get("dispatch_action"):
        return False
    config = element.get("dispatch_action_config", {})
    triggers = config.get("trigger_actions_on", ["on_enter_pressed"])
    return element["type"] not in _TYPED or "on_character_entered" in triggers


def action_for(block: Json, element: Json, entry: Json) -> Json:
    """The action a press or a choice sends."""
    copied = ("text", "value", "style", "url", "placeholder", "confirm")
    first = _FIELD[element["type"]][1] if element["type"] in _FIELD else ""
    shared = {k: element[k] for k in (*copied, first) if k in element}
    place = {"action_id": element["action_id"], "block_id": block["block_id"]}
    return {**shared, **place, **entry, "type": element["type"]}


def mistakes(view: Json, state: State) -> dict[str, str]:
    """What Slack's client refuses before anything is sent: block id to a code."""
    wrong = {}
    for block, element in drawn(view):
        if block["type"] != "input":
            continue
        entry = state.get(block["block_id"], {}).get(element["action_id"], {})
        value = entry.get(field_of(element))
        code = "" if block.get("optional") or value else "required"
        if value and field_of(element) == "value":
            code = _mistyped(element, str(value))
        if code:
            wrong[block["block_id"]] = code
    return wrong


def _mistyped(element: Json, value: str) -> str:
    if len(value) < element.get("min_length", 0):
        return "too_short"
    if len(value) > element.get("max_length", 3000):
        return "too_long"
    if element["type"] == "number_input":
        pattern = r"-?\d+(\.\d+)?" if element["is_decimal_allowed"] else r"-?\d+"
        if not re.fullmatch(pattern, value):
            return "not_a_number"
        if not float(element.get("min_value", "-inf")) <= float(value):
            return "too_small"
        if not float(value) <= float(element.get("max_value", "inf")):
            return "too_large"
    if element["type"] == "email_text_input" and not re.fullmatch(r"[^@\s]+@[^@\s]+", value):
        return "not_an_email"
    if element["type"] == "url_text_input" and not re.fullmatch(r"https?://\S+", value):
        return "not_a_url"
    return ""


def _option(options: list[Json], given: str) -> Json:
    for option in options:
        if given in (option["value"], option["text"]["text"]):
            return option
    there = ", ".join(f"{o['value']} ({o['text']['text']})" for o in options)
    raise NotDrawn(f"no option {given!r}; offered: {there or 'nothing'}")


def _not_too_many(element: Json, given: list[Any]) -> None:
    if len(given) > element.get("max_selected_items", len(given)):
        raise NotDrawn(f"at most {element['max_selected_items']} may be chosen")


def _known(id: str, known: Callable[[str], bool]) -> str:
    if not known(id):
        raise NotDrawn(f"nobody and nothing is called {id!r}")
    return id
