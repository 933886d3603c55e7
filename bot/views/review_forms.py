"""The two small forms of a review: the question before things are left open, and the reason."""

import json

from bot.domain.proposing import TEXT_MAX
from bot.domain.review_screens import ReviewShown
from bot.domain.task import Listed
from bot.i18n.texts import Texts
from bot.views.kit import (
    Block,
    View,
    clip,
    context,
    esc,
    input_block,
    joined,
    md,
    modal,
    section,
    text_input,
)  # fmt: skip
from bot.views.line import number
from bot.views.review import kind_of

_TITLE_SHOWN = 150
"""Characters once escaped."""


def signing(t: Texts, shown: ReviewShown, *, changed: bool = False) -> View:
    """What is left, asked once; `changed`: it is not what was shown a moment ago."""
    blocks: list[Block] = [section(t("review-sign-changed"))] if changed else []
    blocks.append(section(t("review-sign-ask", count=shown.open.count)))
    names = [
        *(
            md(
                "*{number} {title}*  {kinds}",
                number=number(needing.row.id),
                title=clip(esc(needing.row.title), _TITLE_SHOWN),
                kinds=", ".join(kind_of(t, needing, kind) for kind in needing.kinds),
            )
            for needing in shown.open.tasks
        ),
        *(t("review-department-missing", department=u.name) for u in shown.open.departments),
    ]
    blocks.append(section(joined(names)))
    if rest := shown.open.count - len(names):
        blocks.append(context(t("review-more-left", count=rest)))
    return modal(
        t("form-review-sign"),
        blocks,
        submit=t("button-review-sign-left"),
        close=t("button-close"),
        callback_id="review.sign",
        private_metadata=json.dumps({"review": shown.review.id, "seen": shown.open.digest}),
    )


def reason(t: Texts, review: int, row: Listed) -> View:
    """Why a task is late, for this review."""
    field = text_input("note", multiline=True, max_length=TEXT_MAX, focus=True)
    return modal(
        t("form-review-reason"),
        [
            context(f"{number(row.id)} {row.title}"),
            input_block(t("field-review-reason"), field, hint=t("review-reason-hint")),
        ],
        submit=t("button-save"),
        close=t("button-close"),
        callback_id="review.reason",
        private_metadata=json.dumps({"review": review, "task": row.id}),
    )
