"""A department in the round: the door of its ballot, and its place in Home."""

import json
from collections.abc import Iterable, Sequence

from bot.domain.ballot import LIVE, VOTING, Ballot, Mode, State
from bot.domain.ballot_screens import BallotShown, HomeRound, Panel
from bot.domain.coverage import Share
from bot.domain.org import Unit
from bot.domain.rights import Act
from bot.i18n.texts import Texts
from bot.views.ballot import figures, in_sections, my_vote, panel_button, state, tally, vote_button
from bot.views.ballot_notices import lone, reasons, settling
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
    modal,
    section,
)  # fmt: skip
from bot.views.line import line, number

_ROWS = 10
_NAMES = 50


def panel(t: Texts, found: Panel, *, banner: str = "") -> View:
    """Round, ballot, the viewer's vote, the representative task, coverage, and what may be done."""
    unit = found.department
    where = joined((found.bureau, found.round.name if found.round else None), by=" · ")
    blocks: list[Block] = [section(banner)] if banner else []
    blocks += [header(unit.name), context(where)]
    if found.round is None:
        blocks.append(section(joined((t("ballot-no-round"), _planned(t, found)))))
    blocks += [*_chosen(t, found), *_ballot(t, found), *_doors(t, found)]
    blocks += [*_settle(t, found), *_would_stand(t, found)]
    if found.coverage:
        blocks += [divider(), *_teams(t, found)]
    return modal(
        t("ballot-panel-title"),
        blocks,
        close=t("button-close"),
        callback_id="ballot.panel",
        private_metadata=json.dumps({"department": unit.id}),
    )


def home_round(t: Texts, found: HomeRound) -> list[Block]:
    """What Home shows of the round, by what concerns the viewer; nothing where nothing does."""
    blocks: list[Block] = []
    if found.panel is not None:
        blocks += [header(t("home-round")), *_my_department(t, found.panel)]
    if found.to_settle:
        blocks += [section(_bold(t("home-to-settle"))), *_to_settle(t, found)]
    if found.to_decide:
        see = button(t("home-see-exemptions"), "exempt.panel")
        blocks.append(section(t("home-exemptions", count=len(found.to_decide)), see))
    if found.bureau is not None:
        bureau = found.bureau
        share = _share(t, "ballot-coverage-departments", bureau.share, bureau.unit)
        missing = _missing(t, "ballot-coverage-missing-departments", bureau.missing)
        blocks.append(section(joined((share, missing))))
    if found.bureaus:
        see = button(t("home-see-rounds"), "admin.panel")
        lines = [_share(t, "ballot-coverage-bureau-line", b.share, b.unit) for b in found.bureaus]
        blocks += [section(_bold(t("ballot-coverage-bureaus")), see), *in_sections(lines)]
    return [divider(), *blocks] if blocks else []


def _planned(t: Texts, found: Panel) -> str | None:
    if found.planned is None:
        return None
    return t("ballot-planned", round=found.planned.name, starts=found.planned.starts_on)


def _chosen(t: Texts, found: Panel) -> list[Block]:
    chosen = found.chosen
    if chosen is None:
        return []
    open_it = button(
        t("button-open"), "task.open", str(chosen.task.id),
        accessibility_label=t("button-open-which", title=chosen.task.title),
    )  # fmt: skip
    # Its line says that it is the representative task.
    return [section(line(t, chosen.task, found.today), open_it), context(reasons(t, chosen))]


def _ballot(t: Texts, found: Panel) -> list[Block]:
    shown = found.ballot
    if shown is None:
        return [section(t("ballot-no-ballot"))] if found.round and not found.chosen else []
    # What was decided stands above already, and may have been changed since; how to vote
    # concerns electors only.
    told_above = shown.ballot.state is State.DECIDED and found.chosen is not None
    others = shown.ballot.state is State.OPEN and not shown.elector
    word = _bold(t.term("ballot-state", shown.ballot.state))
    told = joined((word if told_above or others else state(t, shown), my_vote(t, shown)))
    return [section(told), context(figures(t, shown)), *tally(t, shown)]


def _doors(t: Texts, found: Panel) -> list[Block]:
    """The buttons that work for the viewer now; one of them stands out."""
    unit, shown = found.department, found.ballot
    doors: list[Element] = []
    if shown is not None and _may_vote(shown):
        doors.append(vote_button(t, shown))
    if Act.BALLOT_OPEN in found.may:
        label, value = t("button-ballot-open"), str(unit.id)
        doors.append(button(label, "ballot.open", value, style=None if doors else "primary"))
    if Act.BALLOT_CLOSE in found.may and shown is not None:
        value = f"{shown.ballot.id}:{shown.ballot.version}"
        doors.append(button(t("button-ballot-close"), "ballot.close", value))
    if Act.BALLOT_OVERRIDE in found.may:
        doors.append(button(t("button-ballot-override"), "ballot.override", str(unit.id)))
    return [actions(*doors)] if doors else []


def _may_vote(shown: BallotShown) -> bool:
    ballot = shown.ballot
    return shown.elector and ballot.mode is Mode.SECRET and ballot.state is State.OPEN


def _settle(t: Texts, found: Panel) -> list[Block]:
    shown = found.ballot
    if shown is None or Act.BALLOT_SETTLE not in found.may:
        return []
    if shown.ballot.state is State.TIED:
        return settling(t, shown.tied)
    return lone(t, shown) if shown.ballot.state in VOTING else []


def _would_stand(t: Texts, found: Panel) -> list[Block]:
    """What a ballot would be about, while there is none and nothing is settled."""
    live = found.ballot is not None and found.ballot.ballot.state in LIVE
    if live or found.chosen is not None or found.round is None:
        return []
    count = len(found.candidates)
    key = "ballot-would-stand-capped" if found.capped else "ballot-would-stand"
    blocks: list[Block] = [section(t(key, count=count))]
    for row in found.candidates[:_ROWS]:
        open_it = button(
            t("button-open"), "task.open", str(row.id),
            accessibility_label=t("button-open-which", title=row.title),
        )  # fmt: skip
        blocks.append(section(line(t, row, found.today), open_it))
    if count > _ROWS and not found.capped:
        blocks.append(context(t("ballot-more", count=count - _ROWS)))
    return blocks


def _teams(t: Texts, found: Panel) -> list[Block]:
    coverage = found.coverage
    if coverage is None or not coverage.teams.whole:
        return []
    missing = _missing(t, "ballot-coverage-missing-teams", coverage.missing)
    return [section(joined((_share(t, "ballot-coverage-teams", coverage.teams), missing)))]


def _my_department(t: Texts, found: Panel) -> list[Block]:
    unit, shown = found.department, found.ballot
    parts: list[str | None] = [md("*{name}*", name=unit.name)]
    if found.round is None:
        parts += [t("ballot-no-round"), _planned(t, found)]
    else:
        parts[0] = md("*{round} · {name}*", round=found.round.name, name=unit.name)
    if found.chosen is not None:
        title = f"{number(found.chosen.task.id)} {found.chosen.task.title}"
        parts.append(joined((t("ballot-representative"), title), by=" "))
    elif shown is not None:
        word = t.term("ballot-state", shown.ballot.state)
        parts.append(joined((word, figures(t, shown)), by=" · "))
        if shown.ballot.state in LIVE:
            parts.append(my_vote(t, shown))
    elif found.round is not None:
        parts.append(t("ballot-no-ballot"))
    if found.coverage is not None and found.coverage.teams.whole:
        parts.append(_share(t, "ballot-coverage-teams", found.coverage.teams))
    return [section(joined(parts), panel_button(t, unit.id, unit.name))]


def _to_settle(t: Texts, found: HomeRound) -> Iterable[Block]:
    """A row a ballot; their departments are those that Home knows by name anyway."""
    bureaus = (*found.bureaus, *([found.bureau] if found.bureau else []))
    names = {row.unit.id: row.unit.name for bureau in bureaus for row in bureau.departments}
    if found.panel is not None:
        names[found.panel.department.id] = found.panel.department.name
    for ballot in found.to_settle[:_ROWS]:
        yield _settle_row(t, ballot, names.get(ballot.department, "–"))
    if len(found.to_settle) > _ROWS:
        yield context(t("ballot-more", count=len(found.to_settle) - _ROWS))


def _settle_row(t: Texts, ballot: Ballot, name: str) -> Block:
    key = "home-to-settle-tied" if ballot.state is State.TIED else "home-to-settle-lone"
    return section(t(key, department=name), panel_button(t, ballot.department, name))


def _share(t: Texts, key: str, share: Share, unit: Unit | None = None) -> str:
    percent = t("figure-percent", percent=share.percent)
    name = unit.name if unit else ""
    return t(key, unit=name, part=share.part, whole=share.whole, percent=percent)


def _missing(t: Texts, key: str, units: Sequence[Unit]) -> str | None:
    if not units:
        return None
    names = ", ".join(unit.name for unit in units[:_NAMES])
    if len(units) > _NAMES:
        names = t("ballot-units-more", names=names, count=len(units) - _NAMES)
    return t(key, names=names)


def _bold(text: str) -> Md:
    return md("*{text}*", text=text)
