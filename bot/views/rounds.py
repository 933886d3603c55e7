"""Headquarters' door: the round, everyone's coverage, and the forms to open and to steer it."""

import json
from collections.abc import Iterable, Sequence
from datetime import date
from typing import Any, TypeVar

from bot.domain.ballot_screens import RoundPanel
from bot.domain.coverage import BureauCoverage, DepartmentCoverage, Share
from bot.domain.exemption import Ground
from bot.domain.org import Unit
from bot.domain.round import NAME_MAX, Round
from bot.i18n.texts import Texts
from bot.views.kit import (
    Block,
    Choice,
    Element,
    View,
    actions,
    button,
    checkboxes,
    clip,
    confirm,
    context,
    date_input,
    divider,
    header,
    input_block,
    joined,
    md,
    message,
    modal,
    phrase,
    section,
    text_input,
)  # fmt: skip
from bot.views.line import number

ROWS = 10
_NAMES_SHOWN = 400
"""Characters of a row's names: ten rows of them still fit into a message."""
_T = TypeVar("_T")


def panel(t: Texts, found: RoundPanel, *, page: int = 1, banner: str = "") -> dict[str, Any]:
    """The round, and a page of bureaus with what each has brought."""
    blocks: list[Block] = [header(t("admin-title"))]
    if banner:
        blocks.append(section(banner))
    blocks += _round(t, found)
    blocks += [divider(), header(t("rounds-coverage"))] if found.coverage else []
    page = _within(found.coverage, page)
    for row in _rows(found.coverage, page):
        open_it = button(
            t("button-bureau"), "admin.bureau", str(row.unit.id),
            accessibility_label=t("button-bureau-which", bureau=row.unit.name),
        )  # fmt: skip
        blocks.append(section(_bureau_line(t, found, row), open_it))
    if found.round is not None and not found.coverage:
        blocks.append(section(t("rounds-no-bureaus")))
    blocks += _pages(t, found.coverage, page, "")
    return message(t("admin-title"), blocks)


def bureau(t: Texts, found: RoundPanel, row: BureauCoverage, *, page: int = 1) -> View:
    """A bureau's voting day and its departments, those without a task named as such once due."""
    unit = row.unit
    page = _within(row.departments, page)
    blocks: list[Block] = [
        header(unit.name),
        section(
            joined((_share(t, row.share), _voting_day(t, found, unit.id))),
            button(t("button-votes-by"), "admin.votes_by", str(unit.id)),
        ),
        divider(),
    ]
    if not row.departments:
        blocks.append(section(t("bureau-no-departments")))
    shown = _rows(row.departments, page)
    blocks += [_department(t, department, due=row.votes_over) for department in shown]
    blocks += _pages(t, row.departments, page, f"{unit.id}:")
    return modal(t("bureau-title"), blocks, close=t("button-close"), callback_id="admin.of_bureau")


def opening(t: Texts, today: date) -> View:
    """The form to open a round."""
    grounds = [Choice(t.term("ground", code), code.value) for code in Ground]
    name = text_input("name", max_length=NAME_MAX, placeholder=t("round-name-example"), focus=True)
    return modal(
        t("form-round"),
        [
            input_block(t("field-round-name"), name),
            input_block(t("field-starts-on"), date_input("starts_on", initial=today)),
            input_block(
                t("field-ends-on"), date_input("ends_on"), hint=t("round-ends-hint"), optional=True
            ),
            input_block(
                t("field-votes-by"),
                date_input("votes_by"),
                hint=t("round-votes-hint"),
                optional=True,
            ),
            input_block(
                t("field-grounds"),
                checkboxes("grounds", grounds, initial=[g.value for g in Ground]),
            ),
            context(t("round-carry-hint")),
        ],
        submit=t("button-round-open"),
        close=t("button-close"),
        callback_id="admin.round",
    )


def voting_day(t: Texts, found: RoundPanel, row: BureauCoverage) -> View:
    """The form to give a bureau a voting day of its own."""
    round_ = found.round
    day = found.votes_by.get(row.unit.id)
    own = day if round_ is not None and day != round_.votes_by else None
    return modal(
        t("form-votes-by"),
        [
            section(md("*{bureau}*", bureau=row.unit.name)),
            input_block(
                t("field-votes-by"),
                date_input("votes_by", initial=own),
                hint=t("votes-by-hint"),
                optional=True,
            ),
        ],
        submit=t("button-save"),
        close=t("button-close"),
        callback_id="admin.votes_by",
        private_metadata=json.dumps({"round": round_.id if round_ else 0, "bureau": row.unit.id}),
    )


def _round(t: Texts, found: RoundPanel) -> list[Block]:
    round_ = found.round
    if round_ is None:
        last = found.last
        blocks: list[Block] = [section(t("rounds-none"))]
        if last is not None and last.ends_on is not None:
            blocks.append(
                context(t("rounds-last", name=last.name, starts=last.starts_on, ends=last.ends_on))
            )
        opened = button(t("button-round-open"), "admin.round", style="primary")
        return [*blocks, actions(opened)]
    everyone = [department for row in found.coverage for department in row.departments]
    total = Share(part=sum(d.covered for d in everyone), whole=len(everyone))
    grounds = ", ".join(t.term("ground", g) for g in Ground if g in round_.grounds)
    facts = (
        joined((_standing(t, round_, found.today), _period(t, round_)), by=" · "),
        _day(t, round_.votes_by),
        t("rounds-total", percent=_percent(t, total), part=total.part, whole=total.whole)
        if everyone
        else None,
    )
    more = (
        t("rounds-live", count=found.live_ballots) if found.live_ballots else None,
        t("rounds-carried", count=found.carried) if found.carried else None,
        t("rounds-grounds", grounds=grounds),
    )
    return [
        section(joined((md("*{name}*", name=round_.name), *facts))),
        context(joined(more, by=" · ")),
        actions(*_buttons(t, found, round_)),
    ]


def _buttons(t: Texts, found: RoundPanel, round_: Round) -> Iterable[Element]:
    if round_.is_over(found.today):
        yield button(t("button-round-open"), "admin.round", style="primary")
    if round_.is_current(found.today):
        yield button(t("button-ballots-all"), "ballot.open_all", style="primary")
    sure = phrase(t, "rounds-close-sure", name=round_.name, count=found.live_ballots)
    yield button(
        t("button-round-close"),
        "admin.close_round",
        f"{round_.id}:{round_.version}",
        style="danger",
        confirm=confirm(
            t("rounds-close-sure-title"), sure,
            yes=t("button-round-close"), no=t("button-no"), style="danger",
        ),
    )  # fmt: skip


def _standing(t: Texts, round_: Round, today: date) -> str:
    if round_.is_current(today):
        return t("rounds-running")
    return t("rounds-over") if round_.is_over(today) else t("rounds-planned")


def _period(t: Texts, round_: Round) -> str:
    if round_.ends_on is None:
        return t("rounds-period-open", starts=round_.starts_on)
    return t("rounds-period", starts=round_.starts_on, ends=round_.ends_on)


def _bureau_line(t: Texts, found: RoundPanel, row: BureauCoverage) -> str:
    missing = t("rounds-missing", names=_names(row.missing)) if row.missing else None
    day = found.votes_by.get(row.unit.id)
    own_day = found.round is not None and day != found.round.votes_by
    return joined(
        (
            md("*{bureau}*", bureau=row.unit.name),
            joined((_share(t, row.share), _day(t, day) if own_day else None), by=" · "),
            missing,
        )
    )


def _department(t: Texts, found: DepartmentCoverage, *, due: bool) -> Block:
    if found.representative is not None:
        stands = t("department-representative", task=number(found.representative))
    elif found.exempt:
        stands = t("department-exempt")
    else:
        stands = t("department-missing") if due else t("department-not-yet")
    teams = found.teams
    lines = (
        joined((md("*{name}*", name=found.unit.name), stands), by=" · "),
        t("department-teams", part=teams.part, whole=teams.whole) if teams.whole else None,
        t("department-teams-missing", names=_names(found.missing)) if found.missing else None,
    )
    open_it = None
    if found.representative is not None:
        open_it = button(
            t("button-open"), "task.open", str(found.representative),
            accessibility_label=f"{found.unit.name} · {stands}",
        )  # fmt: skip
    return section(joined(lines), open_it)


def _voting_day(t: Texts, found: RoundPanel, bureau_id: int) -> str:
    return _day(t, found.votes_by.get(bureau_id))


def _day(t: Texts, day: date | None) -> str:
    return t("rounds-votes-by", day=day) if day else t("rounds-votes-by-none")


def _share(t: Texts, share: Share) -> str:
    return t("rounds-share", percent=_percent(t, share), part=share.part, whole=share.whole)


def _percent(t: Texts, share: Share) -> str:
    return t("figure-percent", percent=share.percent)


def _names(units: Sequence[Unit]) -> str:
    return clip(", ".join(unit.name for unit in units), _NAMES_SHOWN)


def _within(rows: Sequence[object], page: int) -> int:
    """The page itself, or the last one when there are fewer by now."""
    return max(1, min(page, -(-len(rows) // ROWS)))


def _rows(rows: Sequence[_T], page: int) -> Sequence[_T]:
    return rows[(page - 1) * ROWS : page * ROWS]


def _pages(t: Texts, rows: Sequence[object], page: int, of: str) -> list[Block]:
    """Buttons to the first and the next page; `of` says whose pages they are."""
    found: list[Element] = []
    if page > 1:
        found.append(button(t("button-first"), "admin.first", f"{of}1"))
    if len(rows) > page * ROWS:
        found.append(button(t("button-next"), "admin.next", f"{of}{page + 1}"))
    return [actions(*found), context(t("list-page", page=page))] if found else []
