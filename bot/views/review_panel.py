"""The list of bureaus' reviews, with how often each is reviewed, and reviews in Home."""

from collections.abc import Iterable, Sequence
from typing import Any

from bot.domain.periods import Cadence
from bot.domain.review_screens import BureauReviews, HomeReview, ReviewPanel
from bot.i18n.texts import Texts
from bot.views.kit import (
    Block,
    Choice,
    Element,
    Md,
    actions,
    button,
    context,
    divider,
    header,
    joined,
    md,
    message,
    section,
    static_select,
)  # fmt: skip
from bot.views.review import period_of


def panel(t: Texts, found: ReviewPanel, *, banner: str = "") -> dict[str, Any]:
    """A page of bureaus: their newest review, the next one, and for headquarters the cadence."""
    blocks: list[Block] = [header(t("reviews-title"))]
    if banner:
        blocks.append(section(banner))
    if not found.rows:
        blocks.append(section(t("reviews-none")))
    for row in found.rows:
        blocks.append(section(_row(t, row)))
        if controls := list(_controls(t, found, row)):
            blocks.append(actions(*controls))
    pages: list[Element] = []
    if found.page > 1:
        pages.append(button(t("button-first"), "review.panel_first", "1"))
    if found.more:
        pages.append(button(t("button-next"), "review.panel_next", str(found.page + 1)))
    if pages:
        blocks += [divider(), actions(*pages), context(t("list-page", page=found.page))]
    return message(t("reviews-title"), blocks)


def home_reviews(t: Texts, found: Sequence[HomeReview]) -> list[Block]:
    """The reviews that wait for the viewer, for Home."""
    if not found:
        return []
    blocks: list[Block] = [divider(), header(t("home-reviews"))]
    for one in found:
        period = period_of(t, one.review.period)
        told = t("home-review", bureau=one.bureau, period=period, count=one.count)
        blocks.append(section(told, _open(t, one.review.id, one.bureau, primary=True)))
    return blocks


def _row(t: Texts, row: BureauReviews) -> Md:
    cadence = t("reviews-cadence", cadence=t.term("cadence", row.cadence))
    coming = t("reviews-next", opens=row.opens_at)
    return joined((_bold(row.bureau.name), _newest(t, row), f"{cadence} · {coming}"))


def _newest(t: Texts, row: BureauReviews) -> str:
    review = row.newest
    if review is None:
        return t("reviews-row-none")
    period = period_of(t, review.period)
    if review.is_open:
        return t("reviews-row-open", period=period, opened=review.opened_on)
    if review.signed_at is None:
        return t("reviews-row-superseded", period=period)
    return t("reviews-row-signed", period=period, who=row.signed_by, at=review.signed_at)


def _controls(t: Texts, found: ReviewPanel, row: BureauReviews) -> Iterable[Element]:
    if row.newest is not None:
        primary = row.newest.is_open and row.bureau.id in found.mine
        yield _open(t, row.newest.id, row.bureau.name, primary=primary)
    if found.may_set:
        choices = [Choice(t.term("cadence", c), f"{row.bureau.id}:{c}") for c in Cadence]
        yield static_select("review.cadence", choices, initial=f"{row.bureau.id}:{row.cadence}")


def _open(t: Texts, review: int, bureau: str, *, primary: bool) -> Element:
    return button(
        t("button-review-open"),
        "review.open",
        str(review),
        style="primary" if primary else None,
        accessibility_label=t("button-review-open-which", bureau=bureau),
    )


def _bold(text: str) -> Md:
    return md("*{text}*", text=text)
