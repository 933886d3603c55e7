"""Standing in: who acts for whom and the office's days off, the forms to set them, the message."""

from collections.abc import Sequence
from datetime import date
from typing import Any

from bot.domain.standing import TITLE_MAX, StandIn, StandingPanel, StandingTold
from bot.i18n.texts import Texts
from bot.views.kit import (
    Block,
    Md,
    View,
    actions,
    button,
    confirm,
    context,
    date_input,
    divider,
    external_select,
    header,
    input_block,
    joined,
    md,
    message,
    modal,
    section,
    text_input,
)  # fmt: skip


def panel(t: Texts, found: StandingPanel, *, banner: str = "") -> View:
    """What lasts today or begins later, with the buttons that would work for the viewer."""
    blocks: list[Block] = [section(banner)] if banner else []
    if found.delegates:
        blocks += [header(t("standing-given")), *_given(t, found)]
    if found.taken:
        blocks += [header(t("standing-taken")), *(section(_line(t, one)) for one in found.taken)]
    if found.runs:
        blocks += [header(t("standing-acting")), *_acting(t, found)]
        blocks += [divider(), header(t("standing-days-off")), *_days_off(t, found)]
    if not blocks:
        blocks.append(section(t("standing-none")))
    if found.more:
        blocks.append(context(t("standing-more")))
    return modal(t("standing-title"), blocks, close=t("button-close"), callback_id="standing")


def delegation_form(t: Texts, today: date) -> View:
    """Who acts for the viewer, and from when to when."""
    return modal(
        t("form-delegate"),
        [
            context(t("delegate-explained")),
            input_block(
                t("field-deputy"),
                external_select("deputy", placeholder=t("pick-person"), min_query=0),
            ),
            input_block(t("field-first"), date_input("first", initial=today)),
            input_block(t("field-last"), date_input("last")),
        ],
        submit=t("button-save"),
        close=t("button-close"),
        callback_id="standing.delegate",
    )


def acting_form(t: Texts, today: date) -> View:
    """Who holds which vacant post, and from when to when."""
    title = text_input("acting-title", max_length=TITLE_MAX, placeholder=t("acting-title-example"))
    return modal(
        t("form-acting"),
        [
            input_block(
                t("field-acting-unit"),
                external_select("acting_unit", placeholder=t("pick-unit"), min_query=0),
                hint=t("acting-unit-hint"),
            ),
            input_block(t("field-acting-title"), title),
            input_block(
                t("field-acting-person"),
                external_select("acting_person", placeholder=t("pick-person")),
            ),
            input_block(t("field-first"), date_input("first", initial=today)),
            input_block(
                t("field-last"), date_input("last"), hint=t("acting-last-hint"), optional=True
            ),
        ],
        submit=t("button-save"),
        close=t("button-close"),
        callback_id="standing.acting",
    )


def day_off_form(t: Texts) -> View:
    """Which working day the office takes off."""
    return modal(
        t("form-day-off"),
        [input_block(t("field-day-off"), date_input("day"), hint=t("day-off-hint"))],
        submit=t("button-save"),
        close=t("button-close"),
        callback_id="standing.day_off",
    )


def told(t: Texts, found: StandingTold) -> dict[str, Any]:
    """To whoever is to stand in: for whom, and how long."""
    title = t("notice-acting" if found.acting else "notice-delegated", what=found.found.instead_of)
    return message(title, [section(md("*{title}*", title=title)), section(_days(t, found.found))])


def _given(t: Texts, found: StandingPanel) -> list[Block]:
    blocks = [section(t("standing-given-none"))] if not found.given else []
    for one in found.given:
        end = button(
            t("button-standing-end"), "standing.end", str(one.id), confirm=_sure(t),
            accessibility_label=t("button-standing-which", who=one.who),
        )  # fmt: skip
        blocks.append(section(_line(t, one), end))
    return [*blocks, actions(button(t("button-delegate"), "standing.delegate"))]


def _acting(t: Texts, found: StandingPanel) -> list[Block]:
    blocks = [section(t("standing-acting-none"))] if not found.acting else []
    for one in found.acting:
        end = button(
            t("button-standing-end"), "standing.end_acting", str(one.id), confirm=_sure(t),
            accessibility_label=t("button-standing-which", who=one.who),
        )  # fmt: skip
        blocks.append(section(_line(t, one), end))
    return [*blocks, actions(button(t("button-acting"), "standing.acting"))]


def _days_off(t: Texts, found: StandingPanel) -> list[Block]:
    days: Sequence[date] = found.days_off
    blocks = [section(t("standing-days-off-none"))] if not days else []
    for day in days:
        drop = button(
            t("button-day-off-drop"), "standing.drop_day", day.isoformat(),
            accessibility_label=t("button-day-off-which", day=day),
        )  # fmt: skip
        blocks.append(section(t.date(day), drop))
    return [*blocks, actions(button(t("button-day-off"), "standing.day_off"))]


def _line(t: Texts, one: StandIn) -> Md:
    """Who in bold, for whom, and the days."""
    who = md("*{who}*", who=one.who)
    return joined((who, joined((one.instead_of or None, _days(t, one)), by=" · ")))


def _days(t: Texts, one: StandIn) -> str:
    if one.last is None:
        return t("standing-from", first=one.first)
    return t("standing-days", first=one.first, last=one.last)


def _sure(t: Texts) -> dict[str, Any]:
    return confirm(
        t("standing-end-title"), t("standing-end-text"), yes=t("button-yes"), no=t("button-no")
    )
