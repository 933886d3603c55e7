"""A review: the director's one message, and the same in a modal."""

import json
from collections.abc import Iterable
from datetime import date
from typing import Any

from bot.domain.periods import Cadence, Period
from bot.domain.review import FALLEN, Figures, Kind, Left
from bot.domain.review_screens import Needing, Open, ReviewShown
from bot.domain.rights import Act
from bot.domain.task import Status
from bot.i18n.texts import Texts
from bot.views.ballot import panel_button
from bot.views.kit import (
    Block,
    Element,
    Md,
    View,
    actions,
    button,
    context,
    divider,
    header,
    joined,
    md,
    message,
    modal,
    section,
)  # fmt: skip
from bot.views.line import line

ACTS: dict[Kind, tuple[Act, ...]] = {
    Kind.OVERDUE: (Act.COMPLETE, Act.ASSIGN, Act.HOLD),
    Kind.BLOCKED: (Act.COMPLETE, Act.RESUME, Act.ASSIGN),
    Kind.UNDECIDED: (Act.CONFIRM, Act.HOLD),
    Kind.OWNERLESS: (Act.ASSIGN, Act.HOLD),
}
"""What a director does most about each kind of exception; the rest is behind the task."""
_MOST_BUTTONS = 5


def review(t: Texts, shown: ReviewShown) -> dict[str, Any]:
    """The message: figures, then only the exceptions, each with what one tap does about it."""
    told = title(t, shown.bureau, shown.review.period)
    if shown.review.is_open and not shown.may_sign:
        return message(told, [section(_bold(told)), section(t("review-passed-on"))])
    more = button(t("button-review-more"), "review.more", f"{shown.review.id}:2")
    blocks = [header(told), *_content(t, shown, [more] if shown.open.more else [])]
    waits = shown.review.is_open and shown.open.count
    return message(f"{told} · {_count(t, shown)}" if waits else told, blocks)


def screen(t: Texts, shown: ReviewShown, *, banner: str = "") -> View:
    """The same as a modal, page by page; whoever may not sign it only reads."""
    number, page = shown.review.id, shown.open.page
    pages: list[Element] = []
    if page > 1:
        pages.append(button(t("button-first"), "review.first", f"{number}:1"))
    if shown.open.more:
        pages.append(button(t("button-next"), "review.next", f"{number}:{page + 1}"))
    content = _content(t, shown, pages)
    if pages:
        content.append(context(t("list-page", page=page)))
    return modal(
        t("review-modal-title"),
        [
            *([section(banner)] if banner else []),
            header(title(t, shown.bureau, shown.review.period)),
            *content,
        ],
        close=t("button-close"),
        callback_id="review",
        private_metadata=json.dumps({"review": number, "page": page}),
    )


def title(t: Texts, bureau: str, period: Period) -> str:
    """What a review is called."""
    return t("review-title", bureau=bureau, period=period_of(t, period))


def period_of(t: Texts, period: Period) -> str:
    """A quarter or half-year by its name, any other time by its days."""
    match period.cadence:
        case Cadence.QUARTERLY:
            return t("review-period-quarter", year=period.year, nth=period.number)
        case Cadence.HALF_YEARLY:
            return t("review-period-half", year=period.year, nth=period.number)
        case _:
            return t("review-period-other", starts=period.starts_on, ends=period.ends_on)


def items(t: Texts, found: Open, today: date, shown: ReviewShown | None = None) -> Iterable[Block]:
    """The page's exceptions; with `shown` each has its buttons."""
    for needing in found.tasks:
        row = needing.row
        open_it = button(
            t("button-open"), "task.open", str(row.id),
            accessibility_label=t("button-open-which", title=row.title),
        )  # fmt: skip
        yield section(joined((line(t, row, today), _kinds(t, needing, today))), open_it)
        doing = list(_buttons(t, needing, shown)) if shown and shown.may_sign else []
        if doing:
            yield actions(*doing[:_MOST_BUTTONS])
    for unit in found.departments:
        told = t("review-department-missing", department=unit.name)
        yield section(_bold(told), panel_button(t, unit.id, unit.name))


def _content(t: Texts, shown: ReviewShown, pages: list[Element]) -> list[Block]:
    review_ = shown.review
    blocks = [section(_figures(t, review_.figures, shown.last))]
    blocks.append(context(t("review-as-of", at=review_.opened_at)))
    if not review_.is_open:
        return [*blocks, divider(), section(_ended(t, shown))]
    if not shown.open.count:
        key = "review-nothing-open" if shown.may_sign else "review-nothing-left"
        blocks += [divider(), section(t(key))]
    else:
        told = _bold(_count(t, shown))
        text = t("review-open-text") if shown.may_sign else None
        blocks += [
            divider(),
            section(joined((told, text))),
            *items(t, shown.open, shown.today, shown),
        ]
    if shown.reasons:
        blocks.append(context(t("review-reasons", count=shown.reasons)))
    doors = list(pages)
    if shown.may_sign:
        value = f"{review_.id}:{shown.open.digest}"
        doors.insert(0, button(t("button-review-sign"), "review.sign", value, style="primary"))
    return [*blocks, divider(), actions(*doors)] if doors else blocks


def _count(t: Texts, shown: ReviewShown) -> str:
    key = "review-open-capped" if shown.open.capped else "review-open"
    return t(key, count=shown.open.count)


def _figures(t: Texts, now: Figures, last: Figures | None) -> Md:
    """Where the bureau stands, against the last review; the three savings in lines of their own."""
    done, overdue = t("review-done", count=now.done), t("review-overdue", count=now.overdue)
    if last is not None:
        done = t("review-last", figure=done, last=last.done)
        overdue = t("review-last", figure=overdue, last=last.overdue)
    statuses = _statuses(t, now, (s for s in Status if s not in FALLEN))
    fallen = _statuses(t, now, FALLEN)
    besides = t("review-besides", statuses=fallen) if fallen else None
    return joined(
        (
            joined((_bold(t("review-tasks", count=now.tasks)), statuses, besides), by="  "),
            joined((done, overdue), by=" · "),
            t("review-expected", hours=t.hours(now.expected)),
            t("review-reported", hours=t.hours(now.reported)),
            t("review-verified", hours=t.hours(now.verified)),
        )
    )


def _statuses(t: Texts, now: Figures, of: Iterable[Status]) -> Md:
    shown = (f"{t.term('status', s)} {now.by_status[s]}" for s in of if now.by_status.get(s))
    return joined(shown, by=" · ")


def _ended(t: Texts, shown: ReviewShown) -> Md:
    review_ = shown.review
    if review_.signed_at is None:
        return joined([t("review-superseded" if shown.followed else "review-retired")])
    left: tuple[Left, ...] = review_.seen.left if review_.seen else ()
    return joined(
        (
            _bold(t("review-signed", who=shown.signed_by, at=review_.signed_at)),
            t("review-signed-left", count=len(left)) if left else None,
            t("review-reasons", count=shown.reasons) if shown.reasons else None,
        )
    )


def _buttons(t: Texts, needing: Needing, shown: ReviewShown) -> Iterable[Element]:
    """Those that would work for the viewer, each once."""
    row, value = needing.row, f"{needing.row.id}:{needing.version}"
    late = Kind.OVERDUE in needing.kinds or Kind.BLOCKED in needing.kinds
    if late and needing.may & {Act.DUE, Act.RESUME}:
        label = t("button-review-extend")
        what = t("button-review-what", title=row.title, act=label)
        yield button(label, "review.extend", value, accessibility_label=what)
    wanted = (act for kind in needing.kinds for act in ACTS.get(kind, ()))
    for act in dict.fromkeys(wanted):
        if act in needing.may:
            done = act is Act.COMPLETE
            label = t("button-review-complete") if done else t.term("act", act)
            what = t("button-review-what", title=row.title, act=label)
            yield button(label, f"act.{act.value}", value, accessibility_label=what)
    if late:
        label = t("button-review-reason")
        what = t("button-review-what", title=row.title, act=label)
        reason = f"{shown.review.id}:{row.id}"
        yield button(label, "review.reason", reason, accessibility_label=what)


def _kinds(t: Texts, needing: Needing, today: date) -> Md:
    return joined((_bold(_days_late(t, needing, kind, today)) for kind in needing.kinds), by=" · ")


def kind_of(t: Texts, needing: Needing, kind: Kind) -> str:
    """Why, in a word."""
    if kind is Kind.BLOCKED and needing.row.status is Status.ON_HOLD:
        return t("review-kind-held")
    return t.term("review-kind", kind)


def _days_late(t: Texts, needing: Needing, kind: Kind, today: date) -> str:
    """The same; of an overdue task, which the line above calls so, by how many days."""
    due = needing.row.due
    if kind is Kind.OVERDUE and due is not None:
        return t("review-days-late", days=(today - due).days)
    return kind_of(t, needing, kind)


def _bold(text: str) -> Md:
    return md("*{text}*", text=text)
