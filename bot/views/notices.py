"""Messages to one person: news, tasks handed over, a merge to answer, what waits."""

from collections.abc import Callable, Iterable, Sequence
from contextlib import suppress
from typing import Any

from bot.domain.notices import ChannelLost, HandedOver, MergeAsked, Undelivered, Waiting
from bot.domain.results import News
from bot.domain.rights import Act
from bot.domain.task import Listed
from bot.i18n.texts import Texts
from bot.views.kit import (
    Block,
    Md,
    actions,
    button,
    channel,
    clip,
    context,
    divider,
    esc,
    joined,
    md,
    message,
    phrase,
    section,
)  # fmt: skip
from bot.views.line import in_short, line, number

_ROWS = 15
_WHOSE_AND_WHEN = frozenset({Act.CONFIRM, Act.ASSIGN, Act.DUE})
"""What is news of these is who does it until when."""
_TEXT_SHOWN = 300
"""Characters once escaped, as Slack counts them; of titles too."""


def news(t: Texts, told: Sequence[News]) -> dict[str, Any]:
    """What others did to the person's tasks, the oldest first."""
    title = t("notice-news", count=len(told))
    rows = [_news_row(t, one) for one in told[:_ROWS]]
    return _fitted(
        in_short(t, title, told[0].task, told[0].title, count=len(told), what=_did(t, told[0])),
        lambda most: [section(_bold(title)), *rows[:most], *_rest(t, len(told), most)],
    )


def handed_over(t: Texts, told: HandedOver) -> dict[str, Any]:
    """One list to find new owners for."""
    title = t("notice-handed-over", count=len(told.tasks))
    text = t("notice-handed-over-text", who=", ".join(told.givers))
    return _fitted(
        _in_short(t, title, told.tasks),
        lambda most: [section(_bold(title)), section(text), *_rows(t, told.tasks, told, most)],
    )


def merge_asked(t: Texts, told: MergeAsked) -> dict[str, Any]:
    """Another department's question, with its two answers."""
    title = t("notice-merge-asked")
    value = f"{told.task.id}:{told.into.id}"
    reason = clip(esc(told.reason), _TEXT_SHOWN)
    blocks: list[Block] = [
        section(_bold(title)),
        section(t("notice-merge-text", number=told.into.id, title=told.into.title)),
        section(joined((line(t, told.task, told.today), reason)), _open_row(t, told.task)),
        actions(
            button(t("button-take-in"), "act.take_in", value, style="primary"),
            button(t("button-keep-out"), "act.keep_out", value),
        ),
    ]
    return message(_in_short(t, title, (told.task,)), blocks)


def waiting(t: Texts, told: Waiting) -> dict[str, Any]:
    """What has waited long for the person's decision."""
    title = t("notice-waiting", count=len(told.to_decide) + len(told.to_take_in))

    def drawn(most: int) -> list[Block]:
        blocks: list[Block] = [section(_bold(title)), section(t("notice-waiting-text"))]
        blocks += _rows(t, told.to_decide, told, most)
        if told.to_take_in:
            blocks += [divider(), section(t("notice-waiting-merges"))]
            blocks += _rows(t, told.to_take_in, told, most)
        return blocks

    return _fitted(_in_short(t, title, (*told.to_decide, *told.to_take_in)), drawn)


def undelivered(t: Texts, told: Undelivered) -> dict[str, Any]:
    """To headquarters: something could not be told, and what to ask the administrator."""
    return message(t("notice-undelivered", kind=told.kind, reason=told.reason))


def channel_lost(t: Texts, told: ChannelLost) -> dict[str, Any]:
    """To headquarters: where cards cannot be posted, and how to mend it."""
    shown = phrase(t, "notice-channel-lost", unit=told.unit, channel=channel(told.channel))
    return message(t("notice-channel-lost-title", unit=told.unit), [section(shown)])


def _fitted(title: str, drawn: Callable[[int], list[Block]]) -> dict[str, Any]:
    """The message with as many rows in each of its lists as Slack takes."""
    for most in range(_ROWS, 1, -1):
        blocks = drawn(most)
        with suppress(ValueError):  # too long: with fewer rows it fits
            return message(title, blocks)
    return message(title, drawn(1))


def _news_row(t: Texts, one: News) -> Block:
    title = clip(esc(one.title), _TEXT_SHOWN)
    shown = joined((
        md("*{number} {title}*", number=number(one.task), title=title),
        _did(t, one),
        _whose_and_when(t, one) if one.act in _WHOSE_AND_WHEN else None,
        clip(esc(one.text), _TEXT_SHOWN),
    ))  # fmt: skip
    return section(shown, _open(t, one.task, one.title))


def _did(t: Texts, one: News) -> str:
    act = t.term("act", one.act)
    return t("notice-did", who=one.actor, act=act) if one.actor else t("notice-done", act=act)


def _whose_and_when(t: Texts, one: News) -> Md:
    owner = t("card-owner", name=one.owner) if one.owner else None
    return joined((owner, t("line-due", due=one.due) if one.due else None), by=" · ")


def _rows(
    t: Texts, rows: Sequence[Listed], told: HandedOver | Waiting, most: int
) -> Iterable[Block]:
    for row in rows[:most]:
        yield section(line(t, row, told.today), _open_row(t, row))
    yield from _rest(t, len(rows), most)


def _rest(t: Texts, count: int, most: int) -> list[Block]:
    return [context(t("notice-more", count=count - most))] if count > most else []


def _in_short(t: Texts, title: str, rows: Sequence[Listed]) -> str:
    return in_short(t, title, rows[0].id, rows[0].title, count=len(rows))


def _open_row(t: Texts, row: Listed) -> dict[str, Any]:
    return _open(t, row.id, row.title)


def _open(t: Texts, task: int, title: str) -> dict[str, Any]:
    return button(
        t("button-open"), "task.open", str(task),
        accessibility_label=t("button-open-which", title=title),
    )  # fmt: skip


def _bold(text: str) -> Md:
    return md("*{text}*", text=text)
