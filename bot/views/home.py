"""Home: mine, what waits for me, and whom to ask."""

from collections.abc import Sequence

from bot.domain.notices import Undelivered
from bot.domain.org import Hearing, Official, Role
from bot.domain.reminding import Reminding
from bot.domain.results import Home
from bot.domain.task import Listed
from bot.i18n.texts import LANGUAGES, Texts
from bot.views.ballot_panel import home_round
from bot.views.burden import home_burden
from bot.views.checks import home_checks
from bot.views.kit import (
    Block,
    Choice,
    Element,
    View,
    actions,
    button,
    context,
    divider,
    header,
    joined,
    md,
    modal,
    section,
    static_select,
)  # fmt: skip
from bot.views.kit import (
    home as home_view,
)
from bot.views.line import line
from bot.views.review_panel import home_reviews

_UNDELIVERED_SHOWN = 10
_DELEGATING = (Role.HEAD, Role.DIRECTOR)


def home(t: Texts, found: Home) -> View:
    """The Home tab of somebody who is in a unit."""
    blocks: list[Block] = []
    if found.first_time:
        blocks += [header(t("welcome-title")), section(t("welcome-text"))]
    blocks.append(
        actions(
            button(t("button-propose"), "propose.open", style="primary"),
            button(t("button-list"), "list.open"),
            button(t("button-help"), "help.open"),
            *_doors(t, found),
        )
    )
    if found.has_draft:
        blocks.append(section(t("home-draft"), button(t("button-go-on"), "propose.resume")))
    blocks += _undelivered(t, found.undelivered)
    blocks += home_reviews(t, found.reviews)
    blocks += home_checks(t, found.checks)
    if found.round_part is not None:
        blocks += home_round(t, found.round_part)
    blocks += _rows(t, found, "to_decide", found.to_decide)
    blocks += _rows(t, found, "to_take_in", found.to_take_in)
    blocks += _rows(t, found, "to_revise", found.to_revise)
    blocks += _rows(t, found, "due", found.due)
    blocks += _rows(t, found, "mine", found.mine)
    blocks += home_burden(t, found.burden)
    blocks += [divider(), *_settings(t, found)]
    blocks.append(context(_ask(t, found.hq)))
    return home_view(blocks)


def stranger(t: Texts, hq: Sequence[Official]) -> View:
    """Home of somebody who is in Slack but in no unit: they can read, and how to be added."""
    return home_view(
        [
            header(t("welcome-title")),
            section(t("welcome-text")),
            section(t("stranger-text")),
            actions(button(t("button-list"), "list.open"), button(t("button-help"), "help.open")),
            context(_ask(t, hq)),
        ]
    )


def outsider(t: Texts) -> View:
    """Home of somebody of another workspace."""
    return home_view([section(t("outsider-text"))])


def outsider_modal(t: Texts) -> View:
    """The same in place of a modal that they asked for."""
    return modal(
        t("bot-name"),
        [section(t("outsider-text"))],
        close=t("button-close"),
        callback_id="outsider",
    )


def _doors(t: Texts, found: Home) -> list[Element]:
    """Headquarters' door, where its bureaus do not show it further down; reviews for whoever
    directs a bureau or watches over all; standing in for whoever may delegate or does it."""
    part, viewer = found.round_part, found.viewer
    shown_below = part is not None and part.bureaus
    doors: list[Element] = []
    if viewer.is_hq and not shown_below:
        doors.append(button(t("home-see-rounds"), "admin.panel"))
    if viewer.is_hq or any(post.role is Role.DIRECTOR for post in viewer.posts):
        doors.append(button(t("button-reviews"), "review.panel"))
    if viewer.is_hq or any(p.stands_in or p.role in _DELEGATING for p in viewer.posts):
        doors.append(button(t("button-standing"), "standing.panel"))
    return doors


def _rows(t: Texts, found: Home, name: str, rows: Sequence[Listed]) -> list[Block]:
    if not rows:
        return []
    key = name.replace("_", "-")
    blocks: list[Block] = [divider(), header(t(f"home-{key}"))]
    for row in rows:
        open_it = button(
            t("button-open"), "task.open", str(row.id),
            accessibility_label=t("button-open-which", title=row.title),
        )  # fmt: skip
        blocks.append(section(line(t, row, found.today), open_it))
    if name in found.more:
        blocks.append(context(t("home-more")))
    return blocks


def _undelivered(t: Texts, found: Sequence[Undelivered]) -> list[Block]:
    """To headquarters: what Slack does not take, which an administrator has to see to."""
    if not found:
        return []
    many = sum(one.many for one in found)
    lines = [
        t("undelivered-line", kind=one.kind, reason=one.reason, many=one.many)
        for one in found[:_UNDELIVERED_SHOWN]
    ]
    return [
        section(md("*{title}*", title=t("undelivered-title", many=many))),
        section(joined((t("undelivered-text"), *lines))),
    ]


def _settings(t: Texts, found: Home) -> list[Block]:
    viewer = found.viewer
    hearing = [Choice(t.term("hearing", h), h.value) for h in Hearing]
    reminding = [Choice(t.term("reminding", r), r.value) for r in Reminding]
    languages = [Choice(t.term("language", code), code) for code in LANGUAGES]
    return [
        section(
            t("home-hearing"),
            static_select("home.hearing", hearing, initial=viewer.hearing.value),
        ),
        section(
            t("home-reminding"),
            static_select("home.reminding", reminding, initial=viewer.reminding.value),
        ),
        section(
            t("home-language"), static_select("home.language", languages, initial=viewer.language)
        ),
    ]


def _ask(t: Texts, hq: Sequence[Official]) -> str:
    if not hq:
        return t("home-ask-nobody")
    return t("home-ask", who=", ".join(f"{o.unit} {o.title} {o.name}" for o in hq))
