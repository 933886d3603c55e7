"""A view that is shown again: with a banner above it, and with everything that was typed."""

from collections.abc import Iterator, Mapping
from typing import Any

from bot.views.surfaces import Block, View, section

_ACCEPTED = {
    "modal": (
        "type",
        "title",
        "submit",
        "close",
        "blocks",
        "private_metadata",
        "callback_id",
        "clear_on_close",
        "notify_on_close",
        "external_id",
    ),
    "home": ("type", "blocks", "private_metadata", "callback_id", "external_id"),
}
"""The fields of a view that Slack takes; payloads carry more (id, hash, state, team …)."""
_IMAGE_FIELDS = ("type", "block_id", "image_url", "slack_file", "alt_text", "title")
"""Slack adds sizes and a fallback to pictures in payloads, and takes none of them back."""
_BANNER = "banner"
_INITIAL = {
    "plain_text_input": ("value", "initial_value"),
    "number_input": ("value", "initial_value"),
    "static_select": ("selected_option", "initial_option"),
    "external_select": ("selected_option", "initial_option"),
    "radio_buttons": ("selected_option", "initial_option"),
    "multi_static_select": ("selected_options", "initial_options"),
    "multi_external_select": ("selected_options", "initial_options"),
    "checkboxes": ("selected_options", "initial_options"),
    "users_select": ("selected_user", "initial_user"),
    "multi_users_select": ("selected_users", "initial_users"),
    "datepicker": ("selected_date", "initial_date"),
    "timepicker": ("selected_time", "initial_time"),
}
"""By type of element: where a state keeps what was typed, and where a view starts from it."""


def with_banner(view: Mapping[str, Any], text: str) -> View:
    """A view (ours or a payload's) with a warning on top, in place of any former one."""
    sent = _sendable(view)
    kept = [block for block in sent["blocks"] if block.get("block_id") != _BANNER]
    return {**sent, "blocks": [section(text, block_id=_BANNER), *kept]}


def with_typed(view: Mapping[str, Any], state: Mapping[str, Any] | None) -> View:
    """A view whose inputs start with what the person typed, as a payload's `view.state` has it.

    Inputs that the state does not know keep their own start. Files cannot be put back.
    """
    values = (state or {}).get("values", {})
    sent = _sendable(view)
    return {**sent, "blocks": [_refilled(block, values) for block in sent["blocks"]]}


def _sendable(view: Mapping[str, Any]) -> View:
    fields = {name: view.get(name) for name in _ACCEPTED[view["type"]]}
    sent = {name: value for name, value in fields.items() if value not in (None, "")}
    return {**sent, "blocks": [_block(block) for block in view["blocks"]]}


def _block(block: Block) -> Block:
    if block["type"] != "image":
        return dict(block)
    return {name: value for name, value in block.items() if name in _IMAGE_FIELDS}


def _refilled(block: Block, values: Mapping[str, Any]) -> Block:
    typed = values.get(block.get("block_id", ""), {})
    changed = dict(block)
    for place in ("element", "accessory"):
        if place in block:
            changed[place] = _started(block[place], typed)
    if block["type"] == "actions":
        changed["elements"] = [_started(element, typed) for element in block["elements"]]
    return changed


def _started(element: dict[str, Any], typed: Mapping[str, Any]) -> dict[str, Any]:
    """The element starting with its typed value; an emptied one starts empty."""
    answer = typed.get(element.get("action_id", ""))
    if answer is None or element["type"] not in _INITIAL:
        return element
    source, target = _INITIAL[element["type"]]
    rest = {name: value for name, value in element.items() if name != target}
    value = answer.get(source)
    if target == "initial_option":
        value = next(_choices(element, [value] if value else []), None)
    elif target == "initial_options":
        value = list(_choices(element, value or []))
    return {**rest, target: value} if value else rest


def _choices(element: dict[str, Any], chosen: list[dict[str, Any]]) -> Iterator[dict[str, Any]]:
    """The element's own options for those chosen: Slack wants them equal to the letter.

    External menus have none of their own, and take the chosen ones.
    """
    if element["type"].endswith("external_select"):
        yield from chosen
        return
    own = {option["value"]: option for option in element["options"]}
    yield from (own[option["value"]] for option in chosen if option["value"] in own)
