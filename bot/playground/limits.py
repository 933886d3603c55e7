"""Slack's limits on blocks and views, checked as strictly as any reading of them asks."""

import copy
import json
from collections.abc import Callable, Iterator
from typing import Any

from bot.playground.checks import Checker
from bot.playground.elements import check_element, check_image
from bot.playground.ids import Ids
from bot.playground.records import Json, SlackError

MESSAGE_BLOCKS = 50
VIEW_BLOCKS = 100
VIEW_BYTES = 250_000
MESSAGE_BLOCK_CHARACTERS = 13_200
MARKDOWN_CHARACTERS = 12_000

Block = dict[str, Any]


def ready_blocks(blocks: Any, ids: Ids) -> list[Block]:
    """The blocks of a message, checked, with ids assigned; raises `invalid_blocks` and such."""
    if not isinstance(blocks, list):
        raise SlackError("invalid_blocks_format")
    c = Checker("message")
    _check_blocks(c, blocks, "/blocks", MESSAGE_BLOCKS)
    for kind in ("markdown", "table"):
        alike = [b for b in blocks if isinstance(b, dict) and b.get("type") == kind]
        if kind == "table" and len(alike) > 1:
            c.wrong("only one table is allowed", "/blocks")
        if kind == "markdown" and sum(len(str(b.get("text"))) for b in alike) > MARKDOWN_CHARACTERS:
            c.wrong(f"must be less than {MARKDOWN_CHARACTERS + 1} characters", "/blocks")
    if c.errors:
        raise SlackError("invalid_blocks", tuple(c.errors))
    if sum(map(len, texts_in(blocks))) > MESSAGE_BLOCK_CHARACTERS:
        raise SlackError("msg_blocks_too_long")
    return _finished(blocks, ids)


def ready_view(view: Any, ids: Ids, kinds: tuple[str, ...]) -> Json:
    """A view, checked, with ids assigned; raises `invalid_arguments` or `view_too_large`."""
    if not isinstance(view, dict):
        raise SlackError("invalid_arguments", ("must provide an object [json-pointer:/view]",))
    if len(json.dumps(view, ensure_ascii=False).encode()) > VIEW_BYTES:
        raise SlackError("view_too_large")
    kind = view.get("type")
    c = Checker(str(kind))
    modal = kind == "modal"
    if kind not in kinds:
        c.wrong(f"must be one of: {', '.join(kinds)}", "/view/type")
    c.keys(
        view,
        "/view",
        ("type", "blocks", "title") if modal else ("type", "blocks"),
        ("private_metadata", "callback_id", "external_id")
        + (("submit", "close", "clear_on_close", "notify_on_close") if modal else ()),
    )
    for name in ("title", "submit", "close"):
        if modal and name in view:
            c.text(view[name], f"/view/{name}", 24)
    c.strings(view, "/view", {"private_metadata": 3000, "callback_id": 255, "external_id": 255})
    c.flags(view, "/view", ("clear_on_close", "notify_on_close"))
    blocks = _check_blocks(c, view.get("blocks"), "/view/blocks", VIEW_BLOCKS)
    inputs = any(isinstance(b, dict) and b.get("type") == "input" for b in blocks)
    if modal and inputs and "submit" not in view:
        c.wrong("missing required field: submit", "/view")
    if c.errors:
        raise SlackError("invalid_arguments", tuple(c.errors))
    return {**view, "blocks": _finished(view["blocks"], ids)}


def ready_options(answer: Any) -> Json:
    """The answer to a block_suggestion; raises `invalid_options`."""
    c = Checker("options")
    if not isinstance(answer, dict) or ("options" in answer) == ("option_groups" in answer):
        raise SlackError("invalid_options", ("exactly one of options and option_groups",))
    # An empty list is a fair answer here: nothing was found.
    if answer.get("options"):
        c.options(answer["options"], "/options", 100)
    if answer.get("option_groups"):
        c.groups(answer["option_groups"], "/option_groups")
    if c.errors:
        raise SlackError("invalid_options", tuple(c.errors))
    return answer


def elements_of(block: Block) -> list[Json]:
    """The interactive elements a block holds."""
    if block.get("type") not in ("section", "actions", "input"):
        return []
    several = block.get("elements")
    held = [block.get("accessory"), block.get("element")]
    held += several if isinstance(several, list) else []
    return [e for e in held if isinstance(e, dict) and "type" in e and e["type"] != "image"]


def texts_in(value: Any) -> Iterator[str]:
    """Every text in blocks, in the order of reading."""
    if isinstance(value, list):
        for one in value:
            yield from texts_in(one)
    elif isinstance(value, dict):
        for name, one in value.items():
            if name in ("text", "alt_text") and isinstance(one, str):
                yield one
            elif isinstance(one, (dict, list)) and name != "confirm":
                yield from texts_in(one)


def _check_blocks(c: Checker, blocks: Any, at: str, most: int) -> list[Any]:
    found = c.some(blocks, at, most, least=0)
    for number, block in enumerate(found):
        here = f"{at}/{number}"
        if not isinstance(block, dict):
            c.wrong("must provide an object", here)
            continue
        kind = str(block.get("type"))
        if kind not in BLOCKS or (kind in ("markdown", "table") and c.surface != "message"):
            c.wrong(f"unsupported type: {kind}", f"{here}/type")
            continue
        if "block_id" in block:
            c.string(block["block_id"], f"{here}/block_id", 255)
            if str(block["block_id"]) in c.block_ids:
                c.wrong("`block_id` already exists", f"{here}/block_id")
            c.block_ids.add(str(block["block_id"]))
        must, may, check = BLOCKS[kind]
        c.keys(block, here, must, (*may, "block_id"))
        check(c, block, here)
        ids = [str(e["action_id"]) for e in elements_of(block) if "action_id" in e]
        if len(ids) != len(set(ids)):
            c.wrong("`action_id` already exists", here)
    return found


def _section(c: Checker, block: Block, at: str) -> None:
    if "text" not in block and "fields" not in block:
        c.wrong("missing required field: text", at)
    if "text" in block:
        c.text(block["text"], f"{at}/text", 3000, mrkdwn=True)
    if "fields" in block:
        for number, one in enumerate(c.some(block["fields"], f"{at}/fields", 10)):
            c.text(one, f"{at}/fields/{number}", 2000, mrkdwn=True)
    if "accessory" in block:
        check_element(c, block["accessory"], "section", f"{at}/accessory")


def _header(c: Checker, block: Block, at: str) -> None:
    c.text(block.get("text"), f"{at}/text", 150)


def _actions(c: Checker, block: Block, at: str) -> None:
    for number, one in enumerate(c.some(block.get("elements"), f"{at}/elements", 25)):
        check_element(c, one, "actions", f"{at}/elements/{number}")


def _context(c: Checker, block: Block, at: str) -> None:
    for number, one in enumerate(c.some(block.get("elements"), f"{at}/elements", 10)):
        here = f"{at}/elements/{number}"
        if isinstance(one, dict) and one.get("type") == "image":
            check_element(c, one, "context", here)
        else:
            c.text(one, here, 3000, mrkdwn=True)


def _input(c: Checker, block: Block, at: str) -> None:
    c.text(block.get("label"), f"{at}/label", 2000)
    if "hint" in block:
        c.text(block["hint"], f"{at}/hint", 2000)
    c.flags(block, at, ("optional", "dispatch_action"))
    check_element(c, block.get("element"), "input", f"{at}/element")


def _image(c: Checker, block: Block, at: str) -> None:
    check_image(c, block, at)
    if "title" in block:
        c.text(block["title"], f"{at}/title", 2000)


def _markdown(c: Checker, block: Block, at: str) -> None:
    c.string(block.get("text"), f"{at}/text", MARKDOWN_CHARACTERS)


def _table(c: Checker, block: Block, at: str) -> None:
    for number, row in enumerate(c.some(block.get("rows"), f"{at}/rows", 100)):
        c.some(row, f"{at}/rows/{number}", 20)
    if sum(map(len, texts_in(block.get("rows")))) > 10_000:
        c.wrong("must be less than 10001 characters", f"{at}/rows")


def _nothing(c: Checker, block: Block, at: str) -> None:
    """Dividers hold nothing; the inside of rich text is passed through."""


BLOCKS: dict[str, tuple[tuple[str, ...], tuple[str, ...], Callable[[Checker, Block, str], None]]]
BLOCKS = {
    "section": ((), ("text", "fields", "accessory", "expand"), _section),
    "divider": ((), (), _nothing),
    "header": (("text",), (), _header),
    "actions": (("elements",), (), _actions),
    "context": (("elements",), (), _context),
    "input": (("label", "element"), ("hint", "optional", "dispatch_action"), _input),
    "image": (("alt_text",), ("image_url", "slack_file", "title"), _image),
    "markdown": (("text",), (), _markdown),
    "table": (("rows",), ("column_settings",), _table),
    "rich_text": (("elements",), (), _nothing),
}
"""Required fields, allowed fields and the further check of each block."""


def _finished(blocks: list[Block], ids: Ids) -> list[Block]:
    """A copy as Slack stores it: ids assigned, text objects completed."""
    done = copy.deepcopy(blocks)
    for block in done:
        if not block.get("block_id"):
            block["block_id"] = ids.short()
        _complete(block)
        if block["type"] == "input":
            block.setdefault("optional", False)
            block.setdefault("dispatch_action", False)
        for element in elements_of(block):
            if not element.get("action_id"):
                element["action_id"] = ids.short()
    return done


def _complete(value: Any) -> None:
    if isinstance(value, list):
        for one in value:
            _complete(one)
    elif isinstance(value, dict):
        if value.get("type") == "plain_text":
            value.setdefault("emoji", True)
        elif value.get("type") == "mrkdwn":
            value.setdefault("verbatim", False)
        for one in value.values():
            _complete(one)
