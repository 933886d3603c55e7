"""One task in one line, as lists, Home and notices show it."""

from datetime import date

from bot.domain.results import Shown
from bot.domain.task import UNDER_WAY, Listed
from bot.i18n.texts import Texts
from bot.views.kit import Md, clip, esc, joined, md

_TITLE_SHOWN = 300
"""Characters once escaped: any title of ordinary letters is whole."""


def line(t: Texts, row: Listed, today: date) -> Md:
    """`#12 title` in bold over its type, status, department, owner, due date and hours."""
    overdue = row.status in UNDER_WAY and row.due is not None and row.due < today
    facts = joined(
        (
            representative(t) if row.representative else None,
            t.term("type", row.type),
            t.term("status", row.status),
            t("status-overdue") if overdue else None,
            t("line-carried", round=row.carried) if row.carried else None,
            row.department,
            row.owner,
            t("line-due", due=row.due) if row.due else None,
            _hours(t, row),
        ),
        by=" · ",
    )
    title = clip(esc(row.title), _TITLE_SHOWN)
    return md("*{number} {title}*\n{facts}", number=number(row.id), title=title, facts=facts)


def _hours(t: Texts, row: Listed) -> str | None:
    """Hours a year as expected; once more is known each figure is named, and none is added."""
    if row.reported is None and row.verified is None:
        return t("line-hours", hours=t.hours(row.hours)) if row.hours else None
    return joined(
        (
            t("line-expected", hours=t.hours(row.hours)) if row.hours else None,
            None if row.reported is None else t("line-reported", hours=t.hours(row.reported)),
            None if row.verified is None else t("line-verified", hours=t.hours(row.verified)),
        ),
        by=" · ",
    )


def number(task: int) -> str:
    """How a task is referred to in chat: #12."""
    return f"#{task}"


def in_short(t: Texts, heading: str, task: int, title: str, *, count: int, what: str = "") -> str:
    """What a notification shows of a message about so many tasks: the first of them by name, and
    of a single one `what` there is to know."""
    named = f"{heading} · {number(task)} {title}"
    if count > 1:
        return t("line-and-more", named=named, count=count - 1)
    return f"{named} · {what}" if what else named


def representative(t: Texts) -> Md:
    """How a department's one task of a round is marked."""
    return md("*{word}*", word=t("ballot-representative"))


def standing(t: Texts, shown: Shown) -> Md:
    """Type, status, overdue and the date that matters now, in one line; its round where it is an
    earlier one."""
    task = shown.task
    day = t("line-due", due=task.due) if task.due else None
    if task.hold_until and task.held_from:
        day = t("line-hold-until", until=task.hold_until)
    return joined(
        (
            representative(t) if shown.representative else None,
            t.term("type", task.content.type),
            t.term("status", task.status),
            t("status-overdue") if task.is_overdue(shown.today) else None,
            day,
            t("line-carried", round=shown.round) if shown.carried else shown.round,
        ),
        by=" · ",
    )
