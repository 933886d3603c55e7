"""A ballot in its channel: its message, one message a candidate, and the result."""

from collections.abc import Iterable, Sequence
from typing import Any

from bot.domain.ballot import LIVE, VOTING, Candidate, Mode, Standing, State
from bot.domain.ballot_screens import BallotShown, CandidateShown, Difference
from bot.i18n.texts import Texts
from bot.views.kit import (
    Block,
    Md,
    actions,
    button,
    clip,
    context,
    esc,
    header,
    joined,
    md,
    message,
    phrase,
    section,
)  # fmt: skip
from bot.views.line import number
from bot.views.surfaces import SECTION_MAX

_TITLE_SHOWN = 120
"""Characters once escaped: any title of ordinary letters is whole, and 25 fit in one message."""
_NAME_SHOWN = 60
_TEXT_SHOWN = 600
_BAR = "▇"
_BAR_MAX = 10
_DIFFERENCES = 10
_WITHOUT_TALLY = (State.POSTING, State.VOID)


def ballot_message(t: Texts, shown: BallotShown) -> dict[str, Any]:
    """The ballot's one message in the channel, updated in place; it calls nobody."""
    if shown.ballot.state not in LIVE:
        return _told(t, title(t, shown), shown, _recount(t, shown))
    rule = context(t(f"ballot-rule-{shown.ballot.mode}"))
    return _told(t, title(t, shown), shown, [rule, actions(*_doors(t, shown))])


def ballot_result(t: Texts, shown: BallotShown) -> dict[str, Any]:
    """The end of a ballot as a message of its own: votes, turnout, the rule that decided."""
    heading = t("ballot-result", round=shown.round, department=shown.department)
    return _told(t, heading, shown, _recount(t, shown))


def candidate_message(t: Texts, told: CandidateShown) -> dict[str, Any]:
    """One candidate under the ballot: what is voted on, and how."""
    candidate, shown = told.candidate, told.shown
    name = phrase(
        t,
        "ballot-candidate",
        position=candidate.position,
        task=number(candidate.task),
        title=candidate.title,
    )
    hours = t("line-hours", hours=t.hours(candidate.hours)) if candidate.hours else None
    facts = joined((t.term("type", candidate.type), hours), by=" · ")
    heading = md("~*{name}*~" if candidate.out else "*{name}*", name=name)
    blocks: list[Block] = [section(joined((heading, facts)))]
    texts = (("field-problem", candidate.problem), ("field-proposal", candidate.proposal))
    for label, text in texts:
        if text:
            shortened = clip(esc(text), _TEXT_SHOWN)
            blocks.append(section(md("*{label}*  {text}", label=t(label), text=shortened)))
    open_it = button(
        t("button-see-task"), "task.open", str(candidate.task),
        accessibility_label=t("button-open-which", title=candidate.title),
    )  # fmt: skip
    ballot = shown.ballot
    votes_here = ballot.mode is Mode.SECRET and ballot.state in VOTING and not candidate.out
    doors = [vote_button(t, shown), open_it] if votes_here else [open_it]
    note = _candidates_note(t, shown, candidate)
    blocks += [actions(*doors), context(note)]
    return message(joined((name, facts, note), by=" · "), blocks)


def title(t: Texts, shown: BallotShown) -> str:
    """Which ballot it is."""
    return t("ballot-title", round=shown.round, department=shown.department)


def state(t: Texts, shown: BallotShown) -> Md:
    """Where the ballot stands, and what comes next, in a sentence or two."""
    ballot = shown.ballot
    match ballot.state:
        case State.OPEN:
            return phrase(t, f"ballot-how-{ballot.mode}")
        case State.ASKING:
            return phrase(t, "ballot-asking", until=ballot.until or ballot.closes_at)
        case State.TIED:
            until = ballot.until or ballot.closes_at
            if shown.decider is None:
                return phrase(t, "ballot-tied-vacant", until=until)
            who = f"{shown.decider.unit} {shown.decider.title} {shown.decider.name}"
            return phrase(t, "ballot-tied", who=who, until=until)
        case State.DECIDED:
            return _decided(t, shown)
        case State.VOID:
            again = None if ballot.remark == "ballot-void-round" else t("ballot-void-again")
            reason = t(ballot.remark) if ballot.remark else ""
            return joined((t("ballot-void", reason=reason).rstrip(), again), by=" ")
        case _:
            return phrase(t, f"ballot-{ballot.state}")


def figures(t: Texts, shown: BallotShown) -> Md:
    """Closing time, electors as a number, turnout."""
    ballot = shown.ballot
    turnout, electors = ballot.turnout, ballot.electors
    percent = t.percent(turnout / max(electors, 1))
    return joined(
        (
            t.term("ballot-mode", ballot.mode),
            t("ballot-closes", closes=ballot.closes_at),
            t("ballot-electors", electors=electors),
            t("ballot-turnout", turnout=turnout, electors=electors, percent=percent),
        ),
        by=" · ",
    )


def tally(t: Texts, shown: BallotShown) -> list[Block]:
    """The official tally, a line a candidate: figures first, then a bar for the eye."""
    if not _has_tally(shown):
        return []
    most = max((standing.votes for standing in shown.standings), default=0)
    lines = [_line(t, shown, standing, most) for standing in shown.standings]
    lines += [
        phrase(t, "ballot-line-out", position=out.position, title=short(out.title))
        for out in shown.out
    ]
    blocks = in_sections(lines)
    if shown.ballot.mode is Mode.OPEN and shown.standings:
        blocks.append(context(t("ballot-note")))
    return blocks


def my_vote(t: Texts, shown: BallotShown) -> Md | None:
    """The viewer's own vote as far as it is known; None for those who have none to give."""
    if not shown.elector:
        return None
    if shown.ballot.mode is Mode.SECRET:
        # Once it has ended nobody knows any more who voted.
        open_still = shown.ballot.state in VOTING
        return (
            phrase(t, "ballot-voted" if shown.voted else "ballot-not-voted") if open_still else None
        )
    if shown.mine is None:
        return phrase(t, "ballot-mine-none")
    return phrase(t, "ballot-mine", position=shown.mine.position, title=short(shown.mine.title))


def vote_button(t: Texts, shown: BallotShown) -> dict[str, Any]:
    """The door to the secret vote."""
    return button(
        t("button-ballot-vote"),
        "ballot.vote",
        str(shown.ballot.id),
        style="primary",
        accessibility_label=t("button-ballot-vote-which", department=shown.department),
    )


def panel_button(t: Texts, department: int, name: str) -> dict[str, Any]:
    """The door to everything about a department's ballot."""
    return button(
        t("button-ballot-panel"),
        "ballot.panel",
        str(department),
        accessibility_label=t("button-ballot-panel-which", department=name),
    )


def in_sections(lines: Iterable[str]) -> list[Block]:
    """The lines in as few sections as hold them."""
    texts: list[Md] = []
    for line in map(esc, lines):
        if texts and len(texts[-1]) + len(line) < SECTION_MAX:
            texts[-1] = joined((texts[-1], line))
        else:
            texts.append(line)
    return [section(text) for text in texts]


def short(title: str) -> str:
    """A title in a line of many."""
    return clip(esc(title), _TITLE_SHOWN)


def _doors(t: Texts, shown: BallotShown) -> list[dict[str, Any]]:
    ballot = shown.ballot
    panel = panel_button(t, ballot.department, shown.department)
    if ballot.mode is Mode.SECRET and ballot.state is State.OPEN:
        return [vote_button(t, shown), panel]
    return [panel]


def _decided(t: Texts, shown: BallotShown) -> Md:
    ballot = shown.ballot
    known = (*(standing.candidate for standing in shown.standings), *shown.out)
    winner = next((found.title for found in known if found.task == ballot.winner), "–")
    decided = phrase(t, "ballot-decided", task=number(ballot.winner or 0), title=short(winner))
    return joined((decided, t.term("rule", ballot.rule) if ballot.rule else None))


def _has_tally(shown: BallotShown) -> bool:
    return shown.tallied and shown.ballot.state not in _WITHOUT_TALLY


def _line(t: Texts, shown: BallotShown, standing: Standing, most: int) -> Md:
    candidate = standing.candidate
    line = phrase(
        t,
        "ballot-line",
        position=candidate.position,
        title=short(candidate.title),
        votes=standing.votes,
    )
    bar = _BAR * (-(-standing.votes * _BAR_MAX // most) if most > _BAR_MAX else standing.votes)
    if not _is_winner(shown, candidate):
        return joined((line, bar), by=" ")
    return joined((md("*{line}*", line=line), bar, "·", _representative(t)), by=" ")


def _representative(t: Texts) -> Md:
    return md("*{word}*", word=t("ballot-representative"))


def _is_winner(shown: BallotShown, candidate: Candidate) -> bool:
    return shown.ballot.state is State.DECIDED and shown.ballot.winner == candidate.task


def _recount(t: Texts, shown: BallotShown) -> list[Block]:
    """What the count in Slack showed that events had not told, at most ten lines of it."""
    at = shown.recounted_at
    if at is None:
        return []
    if not shown.differences:
        return [context(t("ballot-recounted-same", at=at))]
    more = len(shown.differences) - _DIFFERENCES
    lines = [
        t("ballot-recounted", at=at) + " " + t("ballot-recounted-differs"),
        *(_difference(t, found) for found in shown.differences[:_DIFFERENCES]),
        t("ballot-more", count=more) if more > 0 else None,
    ]
    return [context(joined(lines))]


def _difference(t: Texts, found: Difference) -> Md:
    return phrase(
        t,
        "ballot-difference-added" if found.added else "ballot-difference-removed",
        name=clip(esc(found.name), _NAME_SHOWN),
        task=number(found.task),
        title=short(found.title),
    )


def _candidates_note(t: Texts, shown: BallotShown, candidate: Candidate) -> Md:
    """How to vote for it, or what became of it."""
    ballot = shown.ballot
    votes = None
    if candidate.votes is not None and shown.tallied and ballot.state is not State.VOID:
        votes = t("ballot-candidate-votes", votes=candidate.votes)
    match ballot.state:
        case State.VOID:
            note = t("ballot-candidate-void")
        case stands if candidate.out:
            secret = "-secret" if ballot.mode is Mode.SECRET else ""
            return phrase(t, f"ballot-candidate-out{secret if stands in VOTING else '-ended'}")
        case stands if stands in VOTING:
            note = t(f"ballot-candidate-{ballot.mode}")
        case _:
            note = t("ballot-candidate-closed")
    chosen = _representative(t) if _is_winner(shown, candidate) else None
    return joined((chosen, votes, note), by=" · ")


def _told(t: Texts, heading: str, shown: BallotShown, more: Sequence[Block]) -> dict[str, Any]:
    """The message; for those who hear it the tally is in words, without bars."""
    stands, figured = state(t, shown), figures(t, shown)
    blocks = [header(heading), section(stands), context(figured), *tally(t, shown), *more]
    votes = [_words(t, standing) for standing in shown.standings if _has_tally(shown)]
    return message(joined((heading, stands, figured, *votes), by=" · "), blocks)


def _words(t: Texts, standing: Standing) -> Md:
    candidate = standing.candidate
    return phrase(
        t,
        "ballot-words",
        position=candidate.position,
        title=short(candidate.title),
        votes=standing.votes,
    )
