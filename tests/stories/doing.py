"""What the stories' people do again and again, and what nobody may ever read."""

import json
from typing import Any

from bot.playground.visitor import Visitor

PINGS = ("<!", "<@U", "<@W", "<#C")
"""What Slack would turn into a mention, a broadcast or a link to a channel."""


async def act(person: Visitor, name: str, values: dict[Any, Any] | None = None) -> None:
    """Press an act's button on the open task and fill its form, where it has one."""
    await person.click(f"act.{name}")
    if values is not None:
        assert person.top["callback_id"] == "act", person.screen()
        ack = await person.submit(values=values)
        assert ack.ok, ack


async def confirmed(
    life: Any, number: int, needs: list[str], who: str = "head", **more: Any
) -> None:
    """Have somebody confirm a task with what it needs."""
    person = await life.open(who, number)
    await act(person, "confirm", {"needs": needs, **more})
    await person.close(person.top["id"])


async def language(life: Any, who: str, code: str) -> None:
    """Have somebody choose their language in Home."""
    person = life.visitor(who)
    await person.open_home()
    await person.until(lambda: person.home)
    before = person.home["hash"]
    await person.fill({"home.language": code}, on="home")
    await person.until(lambda: person.home["hash"] != before)


def shows(person: Visitor, text: str, where: Any = None) -> bool:
    """Whether a text is read there."""
    return any(text in shown for shown in person.texts(where))


def drawn(person: Visitor) -> set[str]:
    """The ids of what can be pressed or filled on the top modal."""
    return set(ids_in(person.top))


def ids_in(part: Any) -> list[str]:
    """Every action id in a view or message."""
    if isinstance(part, dict):
        own = [part["action_id"]] if "action_id" in part else []
        return own + [found for value in part.values() for found in ids_in(value)]
    if isinstance(part, list):
        return [found for value in part for found in ids_in(value)]
    return []


def pings(part: Any, allowed: tuple[str, ...] = ()) -> list[str]:
    """The mrkdwn texts in which somebody would be called; `allowed` may stand in them."""
    found = []
    if isinstance(part, dict):
        if part.get("type") == "mrkdwn":
            text = str(part["text"])
            for known in allowed:
                text = text.replace(known, "")
            found += [text] if any(ping in text for ping in PINGS) else []
        for value in part.values():
            found += pings(value, allowed)
    elif isinstance(part, list):
        for value in part:
            found += pings(value, allowed)
    return found


def number_of(view: dict[str, Any]) -> int:
    """Which task a modal shows."""
    return int(json.loads(view["private_metadata"])["task"])
