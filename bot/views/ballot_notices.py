"""What voters and heads are told of a ballot: receipts, reminders, questions with their answers."""

from collections.abc import Iterable
from typing import Any

from bot.domain.ballot import VOTING, Candidate, Mode
from bot.domain.ballot_screens import BallotShown, Chosen, Outsider, Panel, VoteNow, Which
from bot.i18n.texts import Texts
from bot.views.ballot import my_vote, panel_button, title, vote_button
from bot.views.kit import (
    Block,
    Md,
    actions,
    button,
    channel,
    clip,
    esc,
    joined,
    md,
    message,
    phrase,
    section,
)  # fmt: skip
from bot.views.line import number

_REASON_SHOWN = 600
_TITLE_SHOWN = 200
"""Characters once escaped: 25 of them fit in one message."""


def ballot_receipt(t: Texts, told: VoteNow) -> dict[str, Any]:
    """To the voter alone: where their vote stands at this moment."""
    shown = told.shown
    vote = my_vote(t, shown)
    until = None
    if shown.ballot.state in VOTING:
        has_vote = shown.mine is not None or shown.voted
        key = "ballot-may-change" if has_vote else "ballot-may-vote"
        until = t(key, closes=shown.ballot.closes_at)
    return message(joined((vote or t("ballot-mine-none"), until)))


def ballot_outsider(t: Texts, told: Outsider) -> dict[str, Any]:
    """To somebody whose sign does not count, and why, once."""
    return message(t(f"ballot-outsider-{told.reason}", department=told.department))


def ballot_reminder(t: Texts, shown: BallotShown) -> dict[str, Any]:
    """To an elector without a vote, on the working day before closing."""
    ballot = shown.ballot
    key = "ballot-reminder-where" if ballot.mode is Mode.OPEN else "ballot-reminder-secret"
    reminded = t("ballot-reminder", closes=ballot.closes_at)
    blocks = [
        section(_bold(title(t, shown))),
        section(joined((reminded, phrase(t, key, channel=channel(ballot.channel))))),
    ]
    if ballot.mode is Mode.SECRET:
        blocks.append(actions(vote_button(t, shown)))
    return message(joined((title(t, shown), reminded), by=" · "), blocks)


def ballot_which(t: Texts, told: Which) -> dict[str, Any]:
    """To somebody who stands on several candidates: which one they mean."""
    blocks = [
        section(_bold(t("ballot-which"))),
        section(joined((title(t, told.shown), t("ballot-which-text", until=told.until)))),
        *(_answer(t, found, _choose_which(t, found)) for found in told.between),
    ]
    return message(t("ballot-which"), blocks)


def ballot_tie(t: Texts, shown: BallotShown) -> dict[str, Any]:
    """To whoever settles a tie: the tied candidates, a tap each, and until when."""
    told = t("ballot-tie", department=shown.department)
    until = shown.ballot.until or shown.ballot.closes_at
    blocks = [
        section(_bold(told)),
        section(joined((title(t, shown), t("ballot-tie-text", until=until)))),
        *settling(t, shown.tied),
    ]
    return message(told, blocks)


def ballot_lone(t: Texts, shown: BallotShown) -> dict[str, Any]:
    """To the head: the only candidate needs a tap, or stands at closing."""
    told = t("ballot-lone", department=shown.department)
    closes = shown.ballot.closes_at
    blocks = [
        section(_bold(told)),
        section(joined((title(t, shown), t("ballot-lone-text", closes=closes)))),
        *lone(t, shown),
    ]
    return message(told, blocks)


def ballot_none(t: Texts, panel: Panel) -> dict[str, Any]:
    """To the head: there is nothing to vote on yet."""
    unit = panel.department
    told = t("ballot-none", department=unit.name)
    doors = actions(
        button(t("button-propose"), "propose.open", style="primary"),
        panel_button(t, unit.id, unit.name),
    )
    return message(told, [section(_bold(told)), section(t("ballot-none-text")), doors])


def ballot_lost(t: Texts, shown: BallotShown) -> dict[str, Any]:
    """To the head: the ballot's channel does not let the bot in, and how that is mended."""
    told = t("ballot-lost", department=shown.department)
    where = phrase(t, "ballot-lost-text", channel=channel(shown.ballot.channel))
    return message(
        joined((told, title(t, shown)), by=" · "), [section(_bold(told)), section(where)]
    )


def ballot_void(t: Texts, shown: BallotShown) -> dict[str, Any]:
    """To the head: the ballot became void, why, and how to have another."""
    ballot = shown.ballot
    told = t("ballot-void-told", department=shown.department)
    why = (t(ballot.remark), t(ballot.remark.replace("-void-", "-mend-"))) if ballot.remark else ()
    blocks = [
        section(_bold(told)),
        section(joined((title(t, shown), joined(why, by=" ")))),
        actions(panel_button(t, ballot.department, shown.department)),
    ]
    return message(joined((told, *why), by=" "), blocks)


def ballot_override(t: Texts, chosen: Chosen) -> dict[str, Any]:
    """To the channel: another representative task, who decided it and why."""
    task = chosen.task
    heading = t("ballot-override", department=task.department)
    open_it = button(
        t("button-open"), "task.open", str(task.id),
        accessibility_label=t("button-open-which", title=task.title),
    )  # fmt: skip
    why = reasons(t, chosen)
    words = joined((heading, f"{number(task.id)} {task.title}", why), by=" · ")
    shown = md("*{number} {title}*", number=number(task.id), title=task.title)
    return message(words, [section(_bold(heading)), section(shown, open_it), section(why)])


def reasons(t: Texts, chosen: Chosen) -> Md:
    """Why a task is the representative one, and who decided where a person did."""
    representative = chosen.representative
    reason = clip(esc(representative.reason), _REASON_SHOWN)
    return joined(
        (
            t.term("rule", representative.rule),
            phrase(t, "ballot-why", reason=reason) if reason else None,
            phrase(t, "ballot-override-by", who=chosen.by) if chosen.by else None,
        )
    )


def settling(t: Texts, tied: Iterable[Candidate]) -> list[Block]:
    """The tied candidates with the tap that makes one the representative task."""
    return [_answer(t, found, _choose_tied(t, found)) for found in tied]


def lone(t: Texts, shown: BallotShown) -> list[Block]:
    """The only candidate with the same tap, while it is the only one."""
    if len(shown.standings) != 1:
        return []
    only = shown.standings[0].candidate
    return [_answer(t, only, _choose_lone(t, only))]


def _answer(t: Texts, candidate: Candidate, choose: dict[str, Any]) -> Block:
    """A candidate beside the button that chooses it."""
    named = md(
        "*{position}. {title}*",
        position=candidate.position,
        title=clip(esc(candidate.title), _TITLE_SHOWN),
    )
    hours = t("line-hours", hours=t.hours(candidate.hours)) if candidate.hours else None
    return section(joined((named, hours)), choose)


def _choose_which(t: Texts, candidate: Candidate) -> dict[str, Any]:
    label = t("button-ballot-which-what", title=candidate.title)
    return button(
        t("button-ballot-which"), "ballot.which", _value(candidate), accessibility_label=label
    )


def _choose_tied(t: Texts, candidate: Candidate) -> dict[str, Any]:
    label = t("button-ballot-settle-what", title=candidate.title)
    return button(
        t("button-ballot-settle"), "ballot.settle", _value(candidate), accessibility_label=label
    )


def _choose_lone(t: Texts, candidate: Candidate) -> dict[str, Any]:
    label = t("button-ballot-settle-what", title=candidate.title)
    return button(
        t("button-ballot-settle"), "ballot.lone", _value(candidate), accessibility_label=label
    )


def _value(candidate: Candidate) -> str:
    return f"{candidate.ballot}:{candidate.id}"


def _bold(text: str) -> Md:
    return md("*{text}*", text=text)
