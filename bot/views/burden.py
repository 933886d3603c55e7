"""What the programme costs people, for headquarters: spreads over everyone and no names."""

from collections.abc import Sequence

from bot.domain.burden import FEWEST, GOAL, Quarter, Spread
from bot.i18n.texts import Texts
from bot.views.kit import Block, Md, context, divider, header, joined, md, section


def home_burden(t: Texts, quarters: Sequence[Quarter]) -> list[Block]:
    """This quarter and the last; among few people only why they are not shown."""
    if not quarters:
        return []
    blocks: list[Block] = [divider(), header(t("burden-title"))]
    if not all(quarter.is_open for quarter in quarters):
        return [*blocks, section(t("burden-few", fewest=FEWEST))]
    blocks += [section(_quarter(t, quarter)) for quarter in quarters]
    return [*blocks, context(t("burden-explained"))]


def _quarter(t: Texts, found: Quarter) -> Md:
    number = (found.starts_on.month - 1) // 3 + 1
    title = t("review-period-quarter", year=found.starts_on.year, nth=number)
    return joined(
        (
            md("*{title}*", title=title),
            _spread(t, t("burden-messages"), found.messages),
            _spread(t, t("burden-taps"), found.taps),
            t("burden-goal", goal=GOAL, over=found.over),
        )
    )


def _spread(t: Texts, label: str, found: Spread) -> str:
    return t("burden-spread", label=label, median=found.median, ninth=found.ninth, most=found.most)
