"""Block Kit blocks, and the messages, modals and Home tabs made of them, as plain dicts.

Over-long texts are clipped at the limit of their place; too many blocks raise ValueError, since
callers page their lists.
"""

import json
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from typing import Any

from bot.views.elements import ID_MAX, URL_MAX, Element, alt_text, within, without_none
from bot.views.markup import Md, clip, esc, joined, mrkdwn, plain_text, readable

Block = dict[str, Any]
View = dict[str, Any]

SECTION_MAX = 3000
FIELD_MAX = 2000
FIELDS_MAX = 10
HEADER_MAX = 150
CONTEXT_MAX = 10
ACTIONS_MAX = 25
LABEL_MAX = 2000
TITLE_MAX = 24
"""Characters of a modal's title and of its submit and close buttons."""
METADATA_MAX = 3000
FALLBACK_MAX = 4000
MESSAGE_BLOCKS_MAX = 50
MESSAGE_TEXT_MAX = 9_500
"""Characters of all texts in a message's blocks.

Slack documents no figure. It has been seen to take 9,597 in 50 blocks and to refuse 11,341 in 45
(`msg_blocks_too_long`; slackapi/bolt-js issues 2509 and 2867).
"""
VIEW_BLOCKS_MAX = 99
"""Slack takes 100; one stays free for the banner of a view that is sent back."""
VIEW_SIZE_MAX = 250_000
"""Bytes of a view as JSON."""
_IMAGE_TITLE_MAX = 2000
_TYPED_AS_THEY_TYPE = ("plain_text_input", "number_input")


def section(text: str, accessory: Element | None = None, *, block_id: str | None = None) -> Block:
    """A paragraph, with a button, menu or picture at its side."""
    return _block("section", block_id, text=mrkdwn(text, SECTION_MAX), accessory=accessory)


def fields(
    pairs: Iterable[tuple[str, str]],
    accessory: Element | None = None,
    *,
    block_id: str | None = None,
) -> Block:
    """Up to ten labels (in bold) with their values, in two columns; no value shows as "-"."""
    shown = [
        mrkdwn(Md(f"*{esc(label)}*\n{esc(value or '-')}"), FIELD_MAX) for label, value in pairs
    ]
    return _block("section", block_id, fields=_few(shown, FIELDS_MAX), accessory=accessory)


def header(text: str, *, block_id: str | None = None) -> Block:
    """A large title in plain text."""
    return _block("header", block_id, text=plain_text(text, HEADER_MAX))


def divider() -> Block:
    """A line across."""
    return {"type": "divider"}


def context(*parts: str | Element, block_id: str | None = None) -> Block:
    """Up to ten small texts and pictures."""
    shown = [mrkdwn(part, SECTION_MAX) if isinstance(part, str) else part for part in parts]
    return _block("context", block_id, elements=_few(shown, CONTEXT_MAX))


def image(url: str, alt: str, title: str | None = None, *, block_id: str | None = None) -> Block:
    """A picture; `alt` says what it shows to those who cannot see it."""
    return _block(
        "image",
        block_id,
        image_url=within(url, URL_MAX, "url"),
        alt_text=alt_text(alt),
        title=title and plain_text(title, _IMAGE_TITLE_MAX),
    )


def actions(*elements: Element, block_id: str | None = None) -> Block:
    """A row of buttons and menus, with different action ids."""
    _all_different("action_id", (element["action_id"] for element in elements))
    return _block("actions", block_id, elements=_few(list(elements), ACTIONS_MAX))


def input_block(
    label: str,
    element: Element,
    *,
    hint: str | None = None,
    optional: bool = False,
    dispatch: bool = False,
    block_id: str | None = None,
) -> Block:
    """An input with its label. The block id is the action id unless given, so that errors and
    typed values find it again; with `dispatch` every change is sent as it is made.
    """
    if dispatch and element["type"] in _TYPED_AS_THEY_TYPE:
        trigger = {"trigger_actions_on": ["on_character_entered"]}
        element = {**element, "dispatch_action_config": trigger}
    return _block(
        "input",
        block_id or element["action_id"],
        label=plain_text(label, LABEL_MAX),
        element=element,
        hint=hint and plain_text(hint, LABEL_MAX),
        optional=optional or None,
        dispatch_action=dispatch or None,
    )


def modal(
    title: str,
    blocks: Sequence[Block],
    *,
    submit: str | None = None,
    close: str | None = None,
    callback_id: str,
    private_metadata: str = "",
    notify_on_close: bool = False,
) -> View:
    """A modal; ValueError for a title or button over 24 characters. Inputs need a `submit`."""
    if submit is None and any(block["type"] == "input" for block in blocks):
        raise ValueError("a modal with inputs needs a submit button")
    return _view(
        blocks,
        type="modal",
        title=_short(title),
        submit=submit and _short(submit),
        close=close and _short(close),
        callback_id=within(callback_id, ID_MAX, "callback_id"),
        private_metadata=_metadata(private_metadata),
        notify_on_close=notify_on_close or None,
    )


def home(blocks: Sequence[Block], *, callback_id: str = "", private_metadata: str = "") -> View:
    """A Home tab."""
    return _view(
        blocks,
        type="home",
        callback_id=within(callback_id, ID_MAX, "callback_id") if callback_id else None,
        private_metadata=_metadata(private_metadata),
    )


def message(text: str, blocks: Sequence[Block] = ()) -> dict[str, Any]:
    """A message's `text` (notifications and screen readers; escaped unless trusted) and blocks.

    An empty text is made from the blocks.
    """
    shown = str(clip(esc(text or joined(_lines(blocks, controls=False))), FALLBACK_MAX))
    if not shown:
        raise ValueError("a message needs a text")
    if not blocks:
        return {"text": shown}
    _checked(blocks, MESSAGE_BLOCKS_MAX)
    if (length := _text_length(blocks)) > MESSAGE_TEXT_MAX:
        raise ValueError(f"texts of {length} characters, Slack takes {MESSAGE_TEXT_MAX}")
    return {"text": shown, "blocks": list(blocks)}


def plain(blocks: Iterable[Block]) -> str:
    """What a person reads in the blocks, a line each; buttons as [label]."""
    return readable(joined(_lines(blocks, controls=True)))


def _lines(blocks: Iterable[Block], *, controls: bool) -> Iterator[Md]:
    for block in blocks:
        match block["type"]:
            case "input" if controls:
                yield _words(block["label"])
            case "image":
                yield esc(block["alt_text"])
            case _:
                if "text" in block:
                    yield _words(block["text"])
                yield from map(_words, block.get("fields", ()))
        parts = [*block.get("elements", ()), *filter(None, [block.get("accessory")])]
        yield joined((_part(part) for part in parts if controls or _is_read(part)), by=" ")


def _is_read(part: Element) -> bool:
    return part["type"] in ("mrkdwn", "plain_text", "image")


def _part(part: Element) -> Md:
    """An element in a line: a text, a picture's alternative text or a [button]."""
    match part["type"]:
        case "mrkdwn" | "plain_text":
            return _words(part)
        case "image":
            return esc(part["alt_text"])
        case "button":
            return Md(f"[{_words(part['text'])}]")
        case _:
            return Md("[…]")


def _words(text: dict[str, Any]) -> Md:
    return Md(text["text"]) if text["type"] == "mrkdwn" else esc(str(text["text"]))


def _text_length(part: object) -> int:
    match part:
        case {"text": str(text)}:
            return len(text)
        case dict():
            return sum(map(_text_length, part.values()))
        case list() | tuple():
            return sum(map(_text_length, part))
        case _:
            return 0


def _block(kind: str, block_id: str | None, **content: Any) -> Block:
    named = {} if block_id is None else {"block_id": within(block_id, ID_MAX, "block_id")}
    return {"type": kind, **named, **without_none(**content)}


def _view(blocks: Sequence[Block], **content: Any) -> View:
    _checked(blocks, VIEW_BLOCKS_MAX)
    view = {**without_none(**content), "blocks": list(blocks)}
    if (size := len(json.dumps(view, ensure_ascii=False).encode())) > VIEW_SIZE_MAX:
        raise ValueError(f"a view of {size} bytes, Slack takes {VIEW_SIZE_MAX}")
    return view


def _checked(blocks: Sequence[Block], limit: int) -> None:
    if not 0 < len(blocks) <= limit:
        raise ValueError(f"{len(blocks)} blocks, there may be 1 to {limit}")
    _all_different("block_id", (block["block_id"] for block in blocks if "block_id" in block))


def _all_different(what: str, ids: Iterable[str]) -> None:
    if twice := [found for found, count in Counter(ids).items() if count > 1]:
        raise ValueError(f"the same {what} twice: {twice}")


def _few(parts: list[Element], limit: int) -> list[Element]:
    if not 0 < len(parts) <= limit:
        raise ValueError(f"{len(parts)} parts, there may be 1 to {limit}")
    return parts


def _short(text: str) -> dict[str, Any]:
    return plain_text(within(text, TITLE_MAX, "title or button"), TITLE_MAX)


def _metadata(text: str) -> str | None:
    return within(text, METADATA_MAX, "private_metadata") if text else None
