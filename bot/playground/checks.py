"""The small checks Block Kit is made of; errors carry Slack's words and a JSON pointer."""

from collections.abc import Iterable
from typing import Any

OPTION_VALUE = 75
"""Slack allows 150 in some menus and 75 in others; this is the stricter one."""


class Checker:
    """Collects what is wrong with a view or the blocks of a message (`surface`)."""

    def __init__(self, surface: str) -> None:
        self.surface = surface
        self.errors: list[str] = []
        self.block_ids: set[str] = set()
        self.focused = 0

    def wrong(self, message: str, at: str) -> None:
        """Note an error."""
        self.errors.append(f"{message} [json-pointer:{at}]")

    def keys(self, value: dict[str, Any], at: str, must: Iterable[str], may: Iterable[str]) -> None:
        """Required and allowed fields."""
        must = set(must)
        for name in sorted(must - value.keys()):
            self.wrong(f"missing required field: {name}", at)
        for name in sorted(value.keys() - must - set(may) - {"type"}):
            self.wrong(f"invalid additional property: {name}", at)

    def string(self, value: Any, at: str, most: int, least: int = 1) -> None:
        """A plain string of `least` to `most` characters."""
        if not isinstance(value, str):
            self.wrong("must be a string", at)
        elif len(value) < least:
            self.wrong(f"must be more than {least - 1} characters", at)
        elif len(value) > most:
            self.wrong(f"must be less than {most + 1} characters", at)

    def strings(self, value: dict[str, Any], at: str, most: dict[str, int]) -> None:
        """Optional string fields with their longest lengths."""
        for name, length in most.items():
            if name in value:
                self.string(value[name], f"{at}/{name}", length, least=0)

    def text(self, value: Any, at: str, most: int, mrkdwn: bool = False) -> None:
        """A text object; `mrkdwn` allows both kinds."""
        if not isinstance(value, dict):
            self.wrong("must provide an object", at)
            return
        kind = value.get("type")
        allowed = ("plain_text", "mrkdwn") if mrkdwn else ("plain_text",)
        if kind not in allowed:
            self.wrong(f"unsupported type: {kind}; must be {' or '.join(allowed)}", f"{at}/type")
        self.keys(value, at, ("text",), ("emoji",) if kind == "plain_text" else ("verbatim",))
        if "text" in value:
            self.string(value["text"], f"{at}/text", most)

    def some(self, value: Any, at: str, most: int, least: int = 1) -> list[Any]:
        """A list of `least` to `most` items; an empty list if it is none."""
        if not isinstance(value, list):
            self.wrong("must be an array", at)
            return []
        if len(value) < least:
            self.wrong(f"no fewer than {least} items allowed", at)
        if len(value) > most:
            self.wrong(f"no more than {most} items allowed", at)
        return value

    def flags(self, value: dict[str, Any], at: str, names: Iterable[str]) -> None:
        """Optional booleans."""
        for name in names:
            if name in value and not isinstance(value[name], bool):
                self.wrong("must be a boolean", f"{at}/{name}")

    def number(
        self, value: dict[str, Any], at: str, name: str, span: tuple[int, int], default: int
    ) -> int:
        """An optional whole number within a span; the default if it is none."""
        given = value.get(name, default)
        if not isinstance(given, int):
            self.wrong("must be an integer", f"{at}/{name}")
            return default
        if not span[0] <= given <= span[1]:
            self.wrong(f"must be between {span[0]} and {span[1]}", f"{at}/{name}")
        return given

    def confirm(self, value: Any, at: str) -> None:
        """A confirmation dialog."""
        if not isinstance(value, dict):
            self.wrong("must provide an object", at)
            return
        self.keys(value, at, ("title", "text", "confirm", "deny"), ("style",))
        for name, most in (("title", 100), ("confirm", 30), ("deny", 30)):
            if name in value:
                self.text(value[name], f"{at}/{name}", most)
        if "text" in value:
            self.text(value["text"], f"{at}/text", 300, mrkdwn=True)
        self.style(value, at)

    def style(self, value: dict[str, Any], at: str) -> None:
        """The style of a button or a dialog."""
        if value.get("style", "primary") not in ("primary", "danger"):
            self.wrong("must be one of: primary, danger", f"{at}/style")

    def options(self, value: Any, at: str, most: int, mrkdwn: bool = False) -> list[Any]:
        """A list of options; each value only once."""
        options = self.some(value, at, most)
        seen = set()
        for number, option in enumerate(options):
            self.option(option, f"{at}/{number}", mrkdwn)
            key = str(option.get("value")) if isinstance(option, dict) else ""
            if key in seen:
                self.wrong(f"duplicate option value: {key}", f"{at}/{number}")
            seen.add(key)
        return options

    def option(self, value: Any, at: str, mrkdwn: bool = False) -> None:
        """One option."""
        if not isinstance(value, dict):
            self.wrong("must provide an object", at)
            return
        self.keys(value, at, ("text", "value"), ("description", "url"))
        if "text" in value:
            self.text(value["text"], f"{at}/text", 75, mrkdwn)
        if "value" in value:
            self.string(value["value"], f"{at}/value", OPTION_VALUE)
        if "description" in value:
            self.text(value["description"], f"{at}/description", 75, mrkdwn)

    def groups(self, value: Any, at: str) -> list[Any]:
        """Option groups; returns all their options."""
        found: list[Any] = []
        for number, group in enumerate(self.some(value, at, 100)):
            here = f"{at}/{number}"
            if not isinstance(group, dict):
                self.wrong("must provide an object", here)
                continue
            self.keys(group, here, ("label", "options"), ())
            if "label" in group:
                self.text(group["label"], f"{here}/label", 75)
            found += self.options(group.get("options"), f"{here}/options", 100)
        return found
