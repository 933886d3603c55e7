"""The forms of ballots: opening one or all, the secret vote, closing early, changing a result."""

import json
from collections.abc import Sequence
from datetime import datetime, time

from bot.domain.ballot import CHOICES_MAX, EARLIEST, LATEST, SECRET_FROM, Mode
from bot.domain.ballot_screens import BallotShown, Opening, OpeningAll, Panel
from bot.domain.calendar import local
from bot.domain.errors import BotError
from bot.domain.proposing import TEXT_MAX
from bot.domain.task import Listed
from bot.i18n.texts import Texts
from bot.views.ballot import figures, in_sections, title
from bot.views.elements import OPTION_TEXT_MAX
from bot.views.kit import (
    Block,
    Choice,
    View,
    channel,
    checkboxes,
    context,
    date_input,
    header,
    input_block,
    modal,
    phrase,
    radio,
    section,
    static_select,
    text_input,
)  # fmt: skip
from bot.views.line import number

_HALF_HOUR = 30
_NAMES = 50
"""Names said aloud; a department of 300 has more."""
RADIO_MAX = 10
"""Slack's limit of radio buttons."""
_ROWS = 10


def opening(t: Texts, asked: Opening) -> View:
    """When a department's ballot closes, how it is voted, and where it will be posted."""
    unit = asked.department
    count = len(asked.candidates)
    blocks: list[Block] = [
        header(t("ballot-title", round=asked.round, department=unit.name)),
        *_closing_inputs(t, asked.closes_at),
        _mode_input(t, secret_possible=asked.secret_possible),
    ]
    if asked.needs_reason:
        blocks.append(_reason_input(t))
    if unit.channel:
        where = phrase(t, "ballot-posted-in", channel=channel(unit.channel), count=count)
        blocks.append(section(where))
    titles = [f"{number(row.id)} {row.title}" for row in asked.candidates[:_ROWS]]
    blocks += in_sections(titles)
    if count > _ROWS:
        blocks.append(context(t("ballot-more", count=count - _ROWS)))
    blocks.append(
        section(f"{t('ballot-electors', electors=asked.electors)} · {_outside(t, asked)}")
    )
    return modal(
        t("form-ballot-open"),
        blocks,
        submit=t("button-ballot-open"),
        close=t("button-close"),
        callback_id="ballot.open",
        private_metadata=_metadata(department=unit.id),
    )


def opening_all(t: Texts, asked: OpeningAll) -> View:
    """The same for every department, once it is known to how many channels that posts."""
    left_out = (
        ("ballot-all-no-candidates", asked.without_candidates),
        ("ballot-all-no-channel", asked.without_channel),
        ("ballot-all-too-many", asked.too_many),
    )
    sure = [Choice(t("ballot-all-sure", channels=asked.channels), "sure")]
    return modal(
        t("form-ballot-open-all"),
        [
            section(t("ballot-all-posts", round=asked.round, channels=asked.channels)),
            *(
                section(t(key, names=_few(t, names, "ballot-units-more")))
                for key, names in left_out
                if names
            ),
            *_closing_inputs(t, asked.closes_at),
            _reason_input(t),
            context(t("ballot-all-mode")),
            input_block(t("field-ballot-sure"), checkboxes("sure", sure)),
        ],
        submit=t("button-ballots-all"),
        close=t("button-close"),
        callback_id="ballot.open_all",
    )


def opened_all(t: Texts, count: int) -> View:
    """The receipt of the same."""
    return modal(
        t("form-ballot-open-all"),
        [section(t("ballot-opened-all", count=count))],
        close=t("button-close"),
        callback_id="ballot.opened_all",
    )


def vote(t: Texts, shown: BallotShown) -> View:
    """The secret vote. It starts empty: what was chosen before is not known."""
    blocks: list[Block] = [header(title(t, shown)), context(figures(t, shown))]
    standing = [found.candidate for found in shown.standings]
    if standing:
        # In full as well: options are cut at 75 characters.
        full = [t("ballot-choice", position=c.position, title=c.title) for c in standing]
        choices = [Choice(text, str(c.id)) for text, c in zip(full, standing, strict=True)]
        few = len(choices) <= RADIO_MAX
        # A radio button is one tap; a menu, which 25 fit in, is two.
        choice = (
            radio("candidate", choices)
            if few
            else static_select("candidate", choices, placeholder=t("pick"))
        )
        blocks += [
            *(() if few and max(map(len, full)) <= OPTION_TEXT_MAX else in_sections(full)),
            input_block(t("field-ballot-candidate"), choice),
            context(t("ballot-secret-text")),
        ]
    else:
        blocks.append(section(t("ballot-none-left")))
    return modal(
        t("form-ballot-vote"),
        blocks,
        submit=t("button-ballot-vote") if standing else None,
        close=t("button-close"),
        callback_id="ballot.vote",
        private_metadata=_metadata(ballot=shown.ballot.id),
    )


def voted(t: Texts, shown: BallotShown) -> View:
    """The last view of a secret vote: that it was given, never for what."""
    return modal(
        t("form-ballot-vote"),
        [
            section(t("ballot-voted-now")),
            context(f"{title(t, shown)} · {figures(t, shown)}"),
        ],
        close=t("button-close"),
        callback_id="ballot.voted",
    )


def closing(t: Texts, shown: BallotShown, *, needs_reason: bool = False) -> View:
    """Closing earlier than announced; headquarters (`needs_reason`) says why."""
    ballot = shown.ballot
    blocks: list[Block] = [
        section(title(t, shown)),
        context(figures(t, shown)),
        section(t("ballot-close-text")),
    ]
    if needs_reason:
        blocks.append(_reason_input(t))
    return modal(
        t("form-ballot-close"),
        blocks,
        submit=t("button-ballot-close"),
        close=t("button-close"),
        callback_id="ballot.close",
        private_metadata=_metadata(ballot=ballot.id, version=ballot.version),
    )


def override(t: Texts, panel: Panel) -> View:
    """Another representative task, with a reason; BotError where there is no other."""
    chosen = panel.chosen.task.id if panel.chosen else None
    others = [row for row in panel.candidates if row.id != chosen]
    if not others:
        raise BotError("error-representative-only")
    return modal(
        t("form-ballot-override"),
        [
            input_block(
                t("field-ballot-task"),
                static_select("task", _tasks(others), placeholder=t("pick")),
            ),
            _reason_input(t),
            context(t("ballot-override-text")),
        ],
        submit=t("button-save"),
        close=t("button-close"),
        callback_id="ballot.override",
        private_metadata=_metadata(department=panel.department.id),
    )


def _tasks(rows: Sequence[Listed]) -> list[Choice]:
    return [Choice(f"{number(row.id)} {row.title}", str(row.id)) for row in rows[:CHOICES_MAX]]


def _closing_inputs(t: Texts, closes_at: datetime) -> list[Block]:
    proposed = local(closes_at)
    minutes = range(_minutes(EARLIEST), _minutes(LATEST) + 1, _HALF_HOUR)
    hours = [f"{minute // 60:02}:{minute % 60:02}" for minute in minutes]
    usual = f"{proposed:%H:%M}"
    select = static_select(
        "hour",
        [Choice(hour, hour) for hour in hours],
        initial=usual if usual in hours else None,
        placeholder=t("pick"),
    )
    return [
        input_block(t("field-ballot-day"), date_input("day", initial=proposed.date())),
        input_block(t("field-ballot-hour"), select),
    ]


def _mode_input(t: Texts, *, secret_possible: bool) -> Block:
    modes = [
        Choice(t.term("ballot-mode", mode), mode.value, t(f"ballot-mode-{mode}-what"))
        for mode in Mode
        if mode is Mode.OPEN or secret_possible
    ]
    hints = [t("ballot-mode-fixed")]
    if not secret_possible:
        hints.append(t("ballot-mode-few", least=SECRET_FROM))
    return input_block(
        t("field-ballot-mode"),
        radio("mode", modes, initial=Mode.OPEN.value),
        hint=" ".join(hints),
    )


def _reason_input(t: Texts) -> Block:
    return input_block(t("field-why"), text_input("reason", multiline=True, max_length=TEXT_MAX))


def _outside(t: Texts, asked: Opening) -> str:
    """Who would not see the ballot where it is posted."""
    if asked.outside is None:
        return t("ballot-outside-unknown")
    if not asked.outside:
        return t("ballot-outside-none")
    names = _few(t, asked.outside, "ballot-names-more")
    return t("ballot-outside", count=len(asked.outside), names=names)


def _few(t: Texts, names: Sequence[str], more: str) -> str:
    """The first names, and how many others there are."""
    said = ", ".join(names[:_NAMES])
    return t(more, names=said, count=len(names) - _NAMES) if len(names) > _NAMES else said


def _minutes(hour: time) -> int:
    return hour.hour * 60 + hour.minute


def _metadata(**values: int) -> str:
    return json.dumps(values)
