"""Exemptions: the panel, the forms to file, decline and end one, and the messages about them."""

import json
from collections.abc import Sequence
from typing import Any

from bot.domain.ballot_screens import ExemptionPanel, ExemptionShown, Filing
from bot.domain.calendar import today
from bot.domain.exemption import Ground, Standing
from bot.domain.proposing import TEXT_MAX
from bot.domain.rights import Act
from bot.i18n.texts import Texts
from bot.views.elements import OPTIONS_MAX
from bot.views.kit import (
    Block,
    Choice,
    Md,
    View,
    actions,
    button,
    clip,
    context,
    date_input,
    esc,
    header,
    input_block,
    joined,
    md,
    message,
    modal,
    radio,
    section,
    static_select,
    text_input,
)  # fmt: skip

_TEXT_SHOWN = 600
"""Characters once escaped, as Slack counts them."""


def panel(t: Texts, found: ExemptionPanel, *, banner: str = "") -> View:
    """What the viewer decides on, the exemptions of their teams, and the way to file one."""
    blocks: list[Block] = [section(banner)] if banner else []
    blocks.append(
        section(t("exempt-explained", round=found.round.name))
        if found.round
        else section(t("error-exemption-no-round"))
    )
    if found.to_decide:
        blocks += [header(t("exempt-to-decide")), *rows(t, found.to_decide)]
    if found.own:
        blocks += [header(t("exempt-own")), *rows(t, found.own)]
    if found.more:
        blocks.append(context(t("exempt-more")))
    again = {one.exemption.place.team for one in found.own if Act.EXEMPT_FILE in one.may}
    if team := next((team for team in found.teams if team.id not in again), None):
        file = button(t("button-exempt-file"), "exempt.file", str(team.id), style="primary")
        blocks.append(actions(file))
    elif found.round and not found.own and not found.to_decide:
        blocks.append(section(t("exempt-none")))
    return modal(t("exempt-title"), blocks, close=t("button-close"), callback_id="exempt")


def rows(t: Texts, shown: Sequence[ExemptionShown]) -> list[Block]:
    """Each exemption with the buttons that would work for the viewer."""
    blocks: list[Block] = []
    for one in shown:
        blocks.append(section(line(t, one)))
        blocks += controls(t, one)
    return blocks


def line(t: Texts, shown: ExemptionShown, *, named: bool = True) -> Md:
    """Department and team in bold over the ground, how it stands, how long, and what was said.

    Not `named` where a heading names the team already.
    """
    exemption = shown.exemption
    until = exemption.until
    facts = joined(
        (
            t.term("ground", exemption.ground),
            t.term("exemption", exemption.standing),
            t("exempt-until", until=until) if until else t("exempt-round", round=shown.round),
        ),
        by=" · ",
    )
    filed = t("exempt-filed", who=shown.filed_by, at=exemption.filed_at)
    decided = (
        t("exempt-decided", who=shown.decided_by, at=exemption.decided_at)
        if shown.decided_by and exemption.decided_at
        else None
    )
    decider = (
        t("exempt-decider", who=f"{who.unit} {who.title} {who.name}")
        if (who := shown.decider)
        and exemption.standing is Standing.FILED
        and Act.EXEMPT_DECIDE not in shown.may
        else None
    )
    remark = (
        md("{label}: {text}", label=t("field-why"), text=clip(esc(exemption.remark), _TEXT_SHOWN))
        if exemption.remark
        else None
    )
    return joined(
        (
            md("*{unit}*", unit=unit(shown)) if named else None,
            facts,
            clip(esc(exemption.text), _TEXT_SHOWN),
            joined((filed, decided, decider), by=" · "),
            remark,
        )
    )


def unit(shown: ExemptionShown) -> str:
    """The team as it is named to people of other departments."""
    return f"{shown.department} {shown.team}"


def controls(t: Texts, shown: ExemptionShown) -> list[Block]:
    """The row of buttons beneath an exemption; nothing where the viewer can do nothing."""
    exemption = shown.exemption
    value = f"{exemption.id}:{exemption.version}"

    def read_as(act: str) -> str:
        return t("button-exempt-which", unit=unit(shown), act=act)

    if Act.EXEMPT_FILE in shown.may:
        again = t("button-exempt-again")
        return [
            actions(
                button(
                    again, "exempt.file", str(exemption.place.team),
                    accessibility_label=read_as(again),
                )
            )
        ]  # fmt: skip
    if Act.EXEMPT_DECIDE not in shown.may:
        return []
    if exemption.standing is Standing.GRANTED:
        end = t("button-exempt-end")
        return [actions(button(end, "exempt.end", value, accessibility_label=read_as(end)))]
    grant, decline = t("button-exempt-grant"), t("button-exempt-decline")
    return [
        actions(
            button(
                grant, "exempt.grant", value, style="primary", accessibility_label=read_as(grant)
            ),
            button(decline, "exempt.decline", value, accessibility_label=read_as(decline)),
        )
    ]


def filing_form(t: Texts, form: Filing) -> View:
    """The form to file one."""
    blocks: list[Block] = [context(form.round.name)]
    if len(form.teams) > 1:
        blocks.append(
            input_block(
                t("field-exempt-team"),
                static_select("team", _teams(form), initial=str(form.team), placeholder=t("pick")),
            )
        )
    else:
        blocks.append(section(md("*{unit}*", unit=form.teams[form.team])))
    grounds = [
        Choice(t.term("ground", ground), ground.value, t.term("ground-explained", ground))
        for ground in Ground
        if ground in form.round.grounds
    ]
    blocks += [
        input_block(t("field-exempt-ground"), radio("ground", grounds)),
        input_block(
            t("field-exempt-text"),
            text_input("text", multiline=True, max_length=TEXT_MAX,
                       placeholder=t("exempt-text-example")),
            hint=t("exempt-text-hint"),
            optional=True,
        ),
        input_block(
            t("field-exempt-until"),
            date_input("until"),
            hint=t("exempt-until-hint"),
            optional=True,
        ),
    ]  # fmt: skip
    return modal(
        t("form-exempt-file"),
        blocks,
        submit=t("button-exempt-send"),
        close=t("button-close"),
        callback_id="exempt.file",
        private_metadata=json.dumps({"team": form.team}),
    )


def decline_form(t: Texts, shown: ExemptionShown) -> View:
    """The form that asks why it is not granted."""
    return modal(
        t("form-exempt-decline"),
        _why(t, shown),
        submit=t("button-exempt-decline"),
        close=t("button-close"),
        callback_id="exempt.decline",
        private_metadata=_seen(shown),
    )


def end_form(t: Texts, shown: ExemptionShown) -> View:
    """The form that asks why it ends before its time."""
    return modal(
        t("form-exempt-end"),
        _why(t, shown),
        submit=t("button-exempt-end"),
        close=t("button-close"),
        callback_id="exempt.end",
        private_metadata=_seen(shown),
    )


def filed(t: Texts, shown: ExemptionShown) -> dict[str, Any]:
    """To the director: decide in one tap; to headquarters: that nobody can."""
    again = today(shown.exemption.filed_at) < shown.today
    title = t("notice-exemption-waits" if again else "notice-exemption-filed", unit=unit(shown))
    ask = "notice-exemption-ask" if Act.EXEMPT_DECIDE in shown.may else "notice-exemption-vacant"
    return message(
        title,
        [
            section(md("*{title}*", title=title)),
            section(line(t, shown, named=False)),
            section(t(ask)),
            *controls(t, shown),
        ],
    )


def decided(t: Texts, shown: ExemptionShown) -> dict[str, Any]:
    """How it was decided, and what may be done then."""
    standing = t.term("exemption", shown.exemption.standing)
    return _told(t, shown, t("notice-exemption-decided", unit=unit(shown), standing=standing))


def ended(t: Texts, shown: ExemptionShown) -> dict[str, Any]:
    """That it has ended, and what that asks of the team: nothing more once the round is over."""
    goes_on = Act.EXEMPT_FILE in shown.may
    then = t("notice-exemption-take-part" if goes_on else "notice-exemption-next-round")
    return _told(t, shown, t("notice-exemption-ended", unit=unit(shown)), then)


def _told(t: Texts, shown: ExemptionShown, title: str, then: str = "") -> dict[str, Any]:
    return message(
        title,
        [
            section(md("*{title}*", title=title)),
            section(line(t, shown, named=False)),
            *([section(then)] if then else []),
            actions(button(t("button-exempt-panel"), "exempt.panel")),
        ],
    )


def _why(t: Texts, shown: ExemptionShown) -> list[Block]:
    field = text_input("reason", multiline=True, max_length=TEXT_MAX)
    return [section(line(t, shown)), input_block(t("field-why"), field)]


def _teams(form: Filing) -> list[Choice]:
    """As many as a menu holds; the one that was asked for is among them."""
    ids = sorted(form.teams, key=lambda team: team != form.team)[:OPTIONS_MAX]
    kept = frozenset(ids)
    return [Choice(name, str(team)) for team, name in form.teams.items() if team in kept]


def _seen(shown: ExemptionShown) -> str:
    return json.dumps({"exemption": shown.exemption.id, "seen": shown.exemption.version})
