"""The history of a task in words: who did what, when, and what it changed."""

from collections.abc import Mapping
from datetime import date
from typing import Any

from bot.domain.results import Line, Shown
from bot.i18n.texts import Texts
from bot.views.kit import Block, actions, button, context, divider, joined, md, section

_TOLD = ("status", "due", "owner", "hold_until", "type", "title")
"""The changes that are spelled out; the others show in the task itself."""


def history_blocks(t: Texts, shown: Shown) -> list[Block]:
    """The newest entries first, a line each, with a button for the earlier ones."""
    if not shown.history:
        return []
    blocks: list[Block] = [divider(), section(md("*{label}*", label=t("field-history")))]
    blocks += [context(_line(t, found, shown.names)) for found in shown.history]
    if shown.more_history and (oldest := shown.history[-1].entry.id):
        blocks.append(
            actions(button(t("button-earlier"), "task.earlier", f"{shown.task.id}:{oldest}"))
        )
    return blocks


def _line(t: Texts, found: Line, names: Mapping[int, str]) -> str:
    entry = found.entry
    changes = (
        t("history-change", field=t(f"change-{name.replace('_', '-')}"),
          before=_word(t, name, entry.before.get(name), names),
          after=_word(t, name, entry.after.get(name), names))
        for name in _TOLD
        if name in entry.after and entry.before and name in entry.before
    )  # fmt: skip
    return joined(
        (
            t.moment(entry.at),
            found.actor or t("bot-name"),
            t.term("act", entry.act),
            *changes,
            _said(t, entry.act, entry.text),
        ),
        by=" · ",
    )


def _said(t: Texts, act: str, text: str) -> str | None:
    if act == "refused":
        return t.term("act", text)
    return f"“{text}”" if text else None


def _word(t: Texts, name: str, value: Any, names: Mapping[int, str]) -> str:
    match name, value:
        case _, None:
            return "–"
        case (("status" | "type"), _):
            return t.term(name, value)
        case (("due" | "hold_until"), _):
            return t.date(date.fromisoformat(value))
        case "owner", _:
            return names.get(value, "–")
        case _:
            return str(value)
