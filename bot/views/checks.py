"""Questions about completed tasks: really saved, really gone; in a message and in a modal."""

from collections.abc import Sequence
from contextlib import suppress
from typing import Any

from bot.domain.checks import STAYS, Asked, Asks, Check
from bot.domain.task import Saving
from bot.i18n.texts import Texts
from bot.views.kit import (
    Block,
    Element,
    Md,
    View,
    actions,
    button,
    clip,
    context,
    divider,
    esc,
    joined,
    md,
    message,
    modal,
    section,
)  # fmt: skip
from bot.views.line import in_short, number

_TITLE_SHOWN = 200
"""Characters once escaped, as Slack counts them."""


def asked(t: Texts, found: Asks) -> dict[str, Any]:
    """The day's one message: what to confirm, each with its answers; thanks once all is said."""
    if not found.rows:
        return message(t("checks-thanks"), [section(t("checks-thanks"))])
    heading = t("checks", count=found.count)
    first = found.rows[0]
    short = in_short(t, heading, first.task, first.title, count=found.count)
    for most in range(len(found.rows), 1, -1):
        with suppress(ValueError):  # too long: with fewer rows it fits
            return message(short, _drawn(t, found, heading, most))
    return message(short, _drawn(t, found, heading, 1))


def panel(t: Texts, found: Asks, *, banner: str = "") -> View:
    """One page of the same questions, from Home or from the message."""
    blocks: list[Block] = [section(banner)] if banner else []
    blocks += _rows(t, found.rows) if found.rows else [section(t("checks-none"))]
    pages: list[Element] = []
    if found.page > 1:
        pages.append(button(t("button-first"), "check.first", "1"))
    if found.more:
        pages.append(button(t("button-next"), "check.next", str(found.page + 1)))
    if pages:
        blocks += [divider(), actions(*pages)]
    return modal(t("checks-title"), blocks, close=t("button-close"), callback_id="checks")


def home_checks(t: Texts, count: int) -> list[Block]:
    """How many questions wait, for Home."""
    if not count:
        return []
    return [divider(), section(t("checks", count=count), button(t("button-checks"), "check.panel"))]


def figures(t: Texts, saving: Saving) -> str:
    """Hours and budget as people read them; empty when neither is known."""
    return joined(
        (
            None if saving.hours is None else t.hours(saving.hours),
            None if saving.budget is None else t.money(saving.budget),
        ),
        by=" · ",
    )


def _drawn(t: Texts, found: Asks, heading: str, most: int) -> list[Block]:
    blocks: list[Block] = [section(md("*{text}*", text=heading)), *_rows(t, found.rows[:most])]
    if found.count > most:
        rest = t("checks-more", count=found.count - most)
        blocks.append(section(rest, button(t("button-checks"), "check.panel")))
    return blocks


def _rows(t: Texts, rows: Sequence[Asked]) -> list[Block]:
    """Those about savings first, then those about the work's coming back, each under its ask."""
    saved = [row for row in rows if row.check is Check.SAVED]
    stays = [row for row in rows if row.check in STAYS]
    blocks: list[Block] = []
    if saved:
        blocks.append(context(t("checks-saved")))
        for row in saved:
            blocks += [section(_line(t, row)), actions(*_saved(t, row))]
    if stays:
        blocks += [divider()] if saved else []
        blocks.append(context(t("checks-stays")))
        for row in stays:
            blocks += [section(_line(t, row)), actions(*_stays(t, row))]
    return blocks


def _line(t: Texts, row: Asked) -> Md:
    """The task in bold over when it was completed, and what was expected and reported of it."""
    expected, reported = figures(t, row.expected), figures(t, row.reported)
    facts = joined(
        (
            t("check-done", at=row.done_at),
            t.term("check", row.check),
            t("check-expected", figures=expected) if expected else None,
            t("check-reported", figures=reported) if reported else None,
        ),
        by=" · ",
    )
    title = clip(esc(row.title), _TITLE_SHOWN)
    return md("*{number} {title}*\n{facts}", number=number(row.task), title=title, facts=facts)


def _saved(t: Texts, row: Asked) -> list[Element]:
    """As planned in one tap, where anything was planned; otherwise by hand."""
    value, by_hand = f"{row.task}:{row.version}", t("button-verify")
    buttons = [
        button(by_hand, "act.verify", value, accessibility_label=_which(t, row, by_hand)),
    ]
    if planned := figures(t, row.planned):
        key = "button-as-planned"
        if figures(t, row.reported):
            key = "button-as-reported" if row.planned == row.reported else "button-as-known"
        label = t(key, figures=planned)
        one_tap = button(
            label, "check.planned", value, style="primary",
            accessibility_label=_which(t, row, label),
        )  # fmt: skip
        buttons.insert(0, one_tap)
    return buttons


def _stays(t: Texts, row: Asked) -> list[Element]:
    value, gone, back = f"{row.task}:{row.version}", t("button-gone"), t("button-back")
    return [
        button(
            gone, "check.gone", value, style="primary", accessibility_label=_which(t, row, gone)
        ),
        button(back, "act.came_back", value, accessibility_label=_which(t, row, back)),
    ]


def _which(t: Texts, row: Asked, label: str) -> str:
    """A button that is read without its row still says which task it is about."""
    return t("button-check-which", title=row.title, act=label)
