"""What a person reads on the screen: texts, and the elements that are drawn."""

from collections.abc import Iterator

from bot.playground.limits import elements_of, texts_in
from bot.playground.records import Json


class NotDrawn(LookupError):
    """What somebody wants to press or read is not on the screen."""


def texts_of(thing: Json) -> list[str]:
    """The texts of a message or view, in the order of reading; blocks hide a message's text."""
    if "blocks" not in thing:
        return [thing["text"]] if thing.get("text") else []
    head = texts_in(thing.get("title") or {}) if thing.get("type") == "modal" else iter(())
    foot = [thing[k]["text"] for k in ("close", "submit") if thing.get(k)]
    files = [f["title"] for f in thing.get("files", ())]
    return [*head, *texts_in(thing["blocks"]), *files, *foot]


def drawn(thing: Json) -> Iterator[tuple[Json, Json]]:
    """Every interactive element of a message or view with its block."""
    for block in thing.get("blocks", ()):
        for element in elements_of(block):
            yield block, element


def one_element(
    thing: Json,
    action_id: str,
    block_id: str | None = None,
    value: str | None = None,
    text: str | None = None,
) -> tuple[Json, Json]:
    """The one drawn element that fits; raises NotDrawn if there is none, or more than one."""
    found = [
        (block, element)
        for block, element in drawn(thing)
        if element["action_id"] == action_id
        and block_id in (None, block["block_id"])
        and value in (None, element.get("value"))
        and (text is None or text in "".join(texts_in(element.get("text", {}))))
    ]
    if len(found) != 1:
        there = ", ".join(e["action_id"] for _, e in drawn(thing)) or "nothing"
        raise NotDrawn(f"{len(found)} elements fit {action_id!r}; drawn: {there}")
    return found[0]


def sketch(title: str, thing: Json) -> str:
    """A message or view as lines of text, for people who wonder why a test failed."""
    lines = [f"== {title}"]
    lines += [f"   {line}" for text in texts_of(thing) for line in text.splitlines()]
    buttons = [f"[{e['type']} {e['action_id']}]" for _, e in drawn(thing)]
    return "\n".join([*lines, *([f"   {' '.join(buttons)}"] if buttons else [])])
