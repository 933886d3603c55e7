"""Block elements: where each may stand, and its limits."""

from typing import Any

from bot.playground.checks import Checker

Element = dict[str, Any]

ALL = frozenset({"section", "actions", "input"})
HOLDERS = {
    "button": frozenset({"section", "actions"}),
    "overflow": frozenset({"section", "actions"}),
    "image": frozenset({"section", "context"}),
    "checkboxes": ALL,
    "radio_buttons": ALL,
    "datepicker": ALL,
    "timepicker": ALL,
    "datetimepicker": frozenset({"actions", "input"}),
    "static_select": ALL,
    "external_select": ALL,
    "users_select": ALL,
    "conversations_select": ALL,
    "channels_select": ALL,
    "multi_static_select": frozenset({"section", "input"}),
    "multi_external_select": frozenset({"section", "input"}),
    "multi_users_select": frozenset({"section", "input"}),
    "multi_conversations_select": frozenset({"section", "input"}),
    "multi_channels_select": frozenset({"section", "input"}),
    "plain_text_input": frozenset({"input"}),
    "number_input": frozenset({"input"}),
    "email_text_input": frozenset({"input"}),
    "url_text_input": frozenset({"input"}),
    "file_input": frozenset({"input"}),
}
"""The blocks that may hold each element."""

_COMMON = ("action_id", "confirm", "focus_on_load")
_MANY = ("max_selected_items", "placeholder")
_TYPED = ("initial_value", "dispatch_action_config", "placeholder")
_CONVERSATIONS = ("default_to_current_conversation", "filter")
_FIELDS = {
    "button": (("text",), ("url", "value", "style", "accessibility_label")),
    "overflow": (("options",), ()),
    "image": (("alt_text",), ("image_url", "slack_file")),
    "checkboxes": (("options",), ("initial_options",)),
    "radio_buttons": (("options",), ("initial_option",)),
    "datepicker": ((), ("initial_date", "placeholder")),
    "timepicker": ((), ("initial_time", "placeholder", "timezone")),
    "datetimepicker": ((), ("initial_date_time",)),
    "static_select": ((), ("options", "option_groups", "initial_option", "placeholder")),
    "external_select": ((), ("initial_option", "min_query_length", "placeholder")),
    "users_select": ((), ("initial_user", "placeholder")),
    "conversations_select": ((), ("initial_conversation", "placeholder", *_CONVERSATIONS)),
    "channels_select": ((), ("initial_channel", "placeholder")),
    "multi_static_select": (
        (),
        ("options", "option_groups", "initial_options", "max_selected_items", "placeholder"),
    ),
    "multi_external_select": (
        (),
        ("initial_options", "min_query_length", "max_selected_items", "placeholder"),
    ),
    "multi_users_select": ((), ("initial_users", *_MANY)),
    "multi_conversations_select": ((), ("initial_conversations", *_MANY, *_CONVERSATIONS)),
    "multi_channels_select": ((), ("initial_channels", *_MANY)),
    "plain_text_input": ((), ("multiline", "min_length", "max_length", *_TYPED)),
    "number_input": (
        ("is_decimal_allowed",),
        ("min_value", "max_value", *_TYPED),
    ),
    "email_text_input": ((), _TYPED),
    "url_text_input": ((), _TYPED),
    "file_input": ((), ("filetypes", "max_files")),
}
"""Required and allowed fields of each element besides the common ones."""


def check_element(c: Checker, value: Any, holder: str, at: str) -> None:
    """Check an element inside a block of type `holder`."""
    kind = str(value.get("type")) if isinstance(value, dict) else ""
    if kind not in HOLDERS or holder not in HOLDERS[kind]:
        c.wrong(f"unsupported type: {kind}", f"{at}/type")
        return
    must, may = _FIELDS[kind]
    c.keys(value, at, must, (*may, *(() if kind == "image" else _COMMON)))
    c.strings(value, at, {"action_id": 255, "accessibility_label": 75, "url": 3000})
    c.flags(value, at, ("focus_on_load", "multiline", "is_decimal_allowed"))
    if value.get("focus_on_load"):
        c.focused += 1
        if c.focused > 1:
            c.wrong("only one element can have focus_on_load", at)
    if "confirm" in value:
        c.confirm(value["confirm"], f"{at}/confirm")
    if "placeholder" in value:
        c.text(value["placeholder"], f"{at}/placeholder", 150)
    if kind == "button":
        _button(c, value, at)
    elif kind == "image":
        check_image(c, value, at)
    elif kind in ("overflow", "checkboxes", "radio_buttons"):
        _choices(c, value, at)
    elif kind.endswith("static_select"):
        _static(c, value, at)
    elif kind.endswith("_input"):
        _typed(c, value, at)
    c.number(value, at, "max_selected_items", (1, 1000), 1)


def check_image(c: Checker, value: Element, at: str) -> None:
    """What image blocks and image elements share."""
    if ("image_url" in value) == ("slack_file" in value):
        c.wrong("exactly one of image_url and slack_file is required", at)
    c.strings(value, at, {"image_url": 3000})
    if "alt_text" in value:
        c.string(value["alt_text"], f"{at}/alt_text", 2000)


def _button(c: Checker, value: Element, at: str) -> None:
    if "text" in value:
        c.text(value["text"], f"{at}/text", 75)
    c.strings(value, at, {"value": 2000})
    c.style(value, at)


def _choices(c: Checker, value: Element, at: str) -> None:
    overflow = value["type"] == "overflow"
    most = 5 if overflow else 10
    options = c.options(value.get("options"), f"{at}/options", most, mrkdwn=not overflow)
    _initial(c, value, options, at)


def _static(c: Checker, value: Element, at: str) -> None:
    if ("options" in value) == ("option_groups" in value):
        c.wrong("exactly one of options and option_groups is required", at)
    elif "options" in value:
        _initial(c, value, c.options(value["options"], f"{at}/options", 100), at)
    else:
        _initial(c, value, c.groups(value["option_groups"], f"{at}/option_groups"), at)


def _initial(c: Checker, value: Element, options: list[Any], at: str) -> None:
    """What is chosen at first must be one of the options, exactly as it stands there."""
    chosen = value.get("initial_options", [])
    if "initial_options" in value:
        c.some(chosen, f"{at}/initial_options", len(options))
    if "initial_option" in value:
        chosen = [value["initial_option"]]
    for one in chosen if isinstance(chosen, list) else ():
        if one not in options:
            c.wrong("initial option must be one of the options provided", at)


def _typed(c: Checker, value: Element, at: str) -> None:
    kind = value["type"]
    c.strings(value, at, {"initial_value": 3000})
    if kind == "plain_text_input":
        least = c.number(value, at, "min_length", (0, 3000), 0)
        most = c.number(value, at, "max_length", (1, 3000), 3000)
        if least > most:
            c.wrong("min_length must not exceed max_length", at)
        if len(str(value.get("initial_value", ""))) > most:
            c.wrong("initial_value must not exceed max_length", f"{at}/initial_value")
    if kind == "number_input":
        for name in ("min_value", "max_value"):
            if name in value and not isinstance(value[name], str):
                c.wrong("must be a string", f"{at}/{name}")
    if kind == "file_input":
        if c.surface != "modal":
            c.wrong("unsupported type: file_input", f"{at}/type")
        c.number(value, at, "max_files", (1, 10), 10)
    config = value.get("dispatch_action_config", {})
    known = ("on_enter_pressed", "on_character_entered")
    triggers = config.get("trigger_actions_on", []) if isinstance(config, dict) else None
    if not isinstance(triggers, list) or any(one not in known for one in triggers):
        where = f"{at}/dispatch_action_config"
        c.wrong("must be among on_enter_pressed, on_character_entered", where)
