"""A morning's reminders: what is due or overdue, each to open or to be reminded of later."""

from typing import Any

from bot.domain.reminders import Dated, Item, Reminders
from bot.domain.reminding import SNOOZES
from bot.i18n.texts import Texts
from bot.views.kit import (
    Block,
    Choice,
    Md,
    actions,
    button,
    clip,
    context,
    divider,
    esc,
    joined,
    md,
    message,
    section,
    static_select,
)  # fmt: skip
from bot.views.line import in_short, number

_TITLE_SHOWN = 200
_TEXT_SHOWN = 100
"""Characters once escaped, as Slack counts them; so short that the longest `ROWS` fit."""


def reminders(t: Texts, told: Reminders) -> dict[str, Any]:
    """One message: the person's own dates, then what they hear of as a lead."""
    first, count = (*told.own, *told.as_lead)[0], len(told.own) + len(told.as_lead) + told.more
    heading = t("reminders" if told.own else "reminders-of-others", count=count)
    away = _away(t, first, told)
    short = in_short(t, heading, first.task, first.title, count=count, what=away)
    return message(short, _drawn(t, told, heading))


def _drawn(t: Texts, told: Reminders, heading: str) -> list[Block]:
    blocks: list[Block] = [section(_bold(heading))]
    for item in told.own:
        blocks += [section(_line(t, item, told)), actions(*_controls(t, item))]
    if told.as_lead:
        blocks += [divider()] if told.own else []
        blocks += [section(_bold(t("reminders-lead")))] if told.own else []
        blocks.append(context(t("reminders-lead-text")))
        blocks += [
            section(_line(t, item, told, owner=told.names.get(item.owner, "")), _open(t, item))
            for item in told.as_lead
        ]
    if told.more:
        blocks.append(context(t("reminders-more", count=told.more)))
    return blocks


def _line(t: Texts, item: Item, told: Reminders, owner: str = "") -> Md:
    """The task in bold over what is due of it, whose it is, when, and how far away that is."""
    facts = joined(
        (
            t.term("dated", item.kind),
            _text(t, item),
            owner,
            t("reminder-due", due=item.due),
            _away(t, item, told),
        ),
        by=" · ",
    )
    title = clip(esc(item.title), _TITLE_SHOWN)
    return md("*{number} {title}*\n{facts}", number=number(item.task), title=title, facts=facts)


def _away(t: Texts, item: Item, told: Reminders) -> str:
    days = (item.due - told.today).days
    return t("reminder-late", days=-days) if days < 0 else t("reminder-left", days=days)


def _text(t: Texts, item: Item) -> str:
    """What of the task is due, beyond the task itself."""
    if item.kind is Dated.MILESTONE:
        return t.term("milestone", item.text)
    return clip(esc(item.text), _TEXT_SHOWN)


def _controls(t: Texts, item: Item) -> list[dict[str, Any]]:
    """Open it, or be reminded again in so many days."""
    which = f"{item.task}:{item.kind}:{item.position}:{item.due}"
    later = [Choice(t("reminder-again-in", days=days), f"{which}:{days}") for days in SNOOZES]
    return [
        _open(t, item),
        static_select("reminder.snooze", later, placeholder=t("reminder-again")),
    ]


def _open(t: Texts, item: Item) -> dict[str, Any]:
    return button(
        t("button-open"), "task.open", str(item.task),
        accessibility_label=t("button-open-which", title=item.title),
    )  # fmt: skip


def _bold(text: str) -> Md:
    return md("*{text}*", text=text)
