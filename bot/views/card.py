"""The card: a task's one message in its department's channel, updated in place."""

from typing import Any

from bot.domain.results import Shown
from bot.domain.task import ENDED
from bot.i18n.texts import Texts
from bot.views.kit import (
    Block,
    actions,
    button,
    clip,
    context,
    esc,
    joined,
    md,
    message,
    section,
)  # fmt: skip
from bot.views.line import number, standing
from bot.views.task import needs_text

_TEXT_SHOWN = 600
"""Characters once escaped, as Slack counts them."""


def card(t: Texts, shown: Shown) -> dict[str, Any]:
    """The newest state for everyone in the channel; what one may do is behind its button."""
    task = shown.task
    blocks: list[Block] = [
        section(
            md(
                "*{number} {title}*\n{standing}",
                number=number(task.id),
                title=task.content.title,
                standing=standing(t, shown),
            )
        ),
        section(clip(esc(task.content.problem), _TEXT_SHOWN)),
        context(
            joined(
                (
                    joined((shown.department, shown.team), by=" "),
                    t("card-proposer", name=shown.names.get(task.proposer, "–")),
                    t("card-joined", count=len(task.co_proposers)) if task.co_proposers else None,
                    t("card-owner", name=shown.names.get(task.owner or 0, "–"))
                    if task.owner
                    else None,
                    needs_text(t, task) if task.content.needs else None,
                    t("one-team") if shown.one_team else None,
                ),
                by=" · ",
            )
        ),
    ]
    for label, text in (
        (t("field-remark"), task.remark),
        (t("field-note"), "" if task.status in ENDED else task.note),
        (t("field-evidence"), t("evidence-stopped") if task.stopped_at_once else task.evidence),
    ):
        if text:
            text = clip(esc(text), _TEXT_SHOWN)
            blocks.append(section(md("*{label}*  {text}", label=label, text=text)))
    open_it = button(
        t("button-open"), "task.open", str(task.id),
        accessibility_label=t("button-open-which", title=task.content.title),
    )  # fmt: skip
    blocks += [actions(open_it), context(t("card-thread"))]
    return message(
        t(
            "card-text",
            task=number(task.id),
            title=task.content.title,
            status=t.term("status", task.status),
        ),
        blocks,
    )
