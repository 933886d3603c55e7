"""What is told around reviews: asked again, the copy, the preview, vacant posts, headquarters'
list."""

from typing import Any

from bot.domain.review_screens import (
    LateReview,
    ReviewAgain,
    ReviewPreview,
    ReviewsLate,
    ReviewVacant,
)
from bot.i18n.texts import Texts
from bot.views.kit import (
    Block,
    Md,
    actions,
    button,
    context,
    divider,
    joined,
    md,
    message,
    section,
)  # fmt: skip
from bot.views.review import items, period_of


def again(t: Texts, told: ReviewAgain) -> dict[str, Any]:
    """To the director: it still waits."""
    title = t("review-again", bureau=told.bureau, period=period_of(t, told.review.period))
    text = t("review-again-text", opened=told.review.opened_on, count=told.count)
    return message(title, [section(_bold(title)), section(text), actions(_open(t, told))])


def copy(t: Texts, told: ReviewAgain) -> dict[str, Any]:
    """To the coordinating team: the director was asked again."""
    title = t("review-copy", bureau=told.bureau, period=period_of(t, told.review.period))
    if not told.who:
        text = t("review-copy-vacant", count=told.count)
    elif told.reached:
        text = t("review-copy-text", who=told.who, count=told.count)
    else:
        text = t("review-copy-unlinked", who=told.who, count=told.count)
    return message(title, [section(_bold(title)), section(text), actions(_open(t, told))])


def preview(t: Texts, told: ReviewPreview) -> dict[str, Any]:
    """To the coordinating team: what the director will see."""
    title = t("review-preview", bureau=told.bureau, period=period_of(t, told.period))
    found = told.open
    if not found.count:
        text = t("review-preview-nothing", opens=told.opens_at)
        return message(title, [section(_bold(title)), section(text)])
    text = t("review-preview-text", opens=told.opens_at, count=found.count)
    blocks: list[Block] = [section(_bold(title)), section(text), divider()]
    blocks += items(t, found, told.today)
    if rest := found.count - len(found.tasks) - len(found.departments):
        blocks.append(context(t("review-more-left", count=rest)))
    return message(title, blocks)


def vacant(t: Texts, told: ReviewVacant) -> dict[str, Any]:
    """To headquarters: nobody gets it, and what helps."""
    title = t("review-vacant", bureau=told.bureau, period=period_of(t, told.period))
    why = t("review-unlinked-text", who=told.who) if told.who else t("review-vacant-text")
    return message(title, [section(_bold(title)), section(why)])


def late(t: Texts, told: ReviewsLate) -> dict[str, Any]:
    """To headquarters: all that are not signed off, in one list that says when it is cut."""
    title = t("reviews-late", count=told.count)
    blocks: list[Block] = [section(_bold(title))]
    blocks += [section(_late(t, row)) for row in told.rows]
    if rest := told.count - len(told.rows):
        blocks.append(context(t("reviews-late-more", count=rest)))
    blocks.append(actions(button(t("button-reviews"), "review.panel")))
    return message(title, blocks)


def _late(t: Texts, row: LateReview) -> Md:
    period = period_of(t, row.period)
    if row.who:
        text = t("reviews-late-row", period=period, opened=row.opened_on, who=row.who)
    else:
        text = t("reviews-late-row-vacant", period=period, opened=row.opened_on)
    return joined((_bold(row.bureau), text))


def _open(t: Texts, told: ReviewAgain) -> dict[str, Any]:
    return button(
        t("button-review-open"),
        "review.open",
        str(told.review.id),
        style="primary",
        accessibility_label=t("button-review-open-which", bureau=told.bureau),
    )


def _bold(text: str) -> Md:
    return md("*{text}*", text=text)
