"""Blocks and views for the tests of the playground."""

from typing import Any


def modal(*blocks: Any, **more: Any) -> dict[str, Any]:
    """A modal with these blocks."""
    return {
        "type": "modal",
        "callback_id": "propose",
        "title": plain("과제 제안"),
        "submit": plain("제출"),
        "blocks": list(blocks),
        **more,
    }


def home(*blocks: dict[str, Any], **more: Any) -> dict[str, Any]:
    """A Home with these blocks."""
    return {"type": "home", "blocks": list(blocks), **more}


def plain(text: str) -> dict[str, Any]:
    """A plain text object."""
    return {"type": "plain_text", "text": text}


def section(text: str, **more: Any) -> dict[str, Any]:
    """A section with some text."""
    return {"type": "section", "text": {"type": "mrkdwn", "text": text}, **more}


def actions(*elements: dict[str, Any]) -> dict[str, Any]:
    """A block of buttons and such."""
    return {"type": "actions", "elements": list(elements)}


def button(action_id: str, value: str = "1", **more: Any) -> dict[str, Any]:
    """A button that says its own action id."""
    shown = {"type": "button", "action_id": action_id, "text": plain(action_id)}
    return {**shown, "value": value, **more}


def option(value: str, text: str = "") -> dict[str, Any]:
    """An option."""
    return {"text": plain(text or value), "value": value}


def field_of(name: str, kind: str = "plain_text_input", **element: Any) -> dict[str, Any]:
    """An input block named like its element; `optional` and such go to the block."""
    block: dict[str, Any] = {
        k: element.pop(k) for k in ("optional", "dispatch_action") if k in element
    }
    shown = {"type": kind, "action_id": name, **element}
    return {"type": "input", "block_id": name, "label": plain(name), "element": shown, **block}
