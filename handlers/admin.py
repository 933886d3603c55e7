"""Headquarters' door: the round, everyone's coverage, and when each bureau's ballots close."""

from typing import Any

from bot.domain.ballot_screens import RoundPanel
from bot.domain.coverage import BureauCoverage
from bot.domain.errors import BotError, Refused, Stale
from bot.domain.exemption import Ground
from bot.domain.round import Round
from bot.usecases import rounds
from bot.views import rounds as views
from handlers import lists
from handlers.ballots import back
from handlers.carried import code, day_in, in_metadata, many_in, numbers, text_in
from handlers.context import Context
from handlers.reply import PushView, Reply, Say, UpdateView
from handlers.router import Router


def register(router: Router) -> None:
    """The panel's buttons and the forms behind them."""
    router.action("admin.panel", open_panel)
    router.action("admin.first", turn)
    router.action("admin.next", turn)
    router.action("admin.bureau", open_bureau)
    router.action("admin.round", ask_for_round)
    router.action("admin.close_round", close)
    router.action("admin.votes_by", ask_for_day)
    router.view("admin.round", open_round)
    router.view("admin.votes_by", set_day)


async def open_panel(ctx: Context) -> Reply:
    """The programme as headquarters sees it; everybody else is told whom to ask."""
    return _drawn(ctx, await _panel(ctx))


async def turn(ctx: Context) -> Reply:
    """Another page, of the bureaus or of one bureau's departments."""
    *bureau, page = numbers(ctx.inbound.value, 1, 2)
    found = await _panel(ctx)
    if bureau:
        return UpdateView(views.bureau(ctx.texts, found, _row(found, bureau[0]), page=page))
    return _drawn(ctx, found, page=page)


async def open_bureau(ctx: Context) -> Reply:
    """A bureau's departments."""
    bureau = numbers(ctx.inbound.value, 1)[0]
    found = await _panel(ctx)
    return PushView(views.bureau(ctx.texts, found, _row(found, bureau)))


async def ask_for_round(ctx: Context) -> Reply:
    """The form to open a round."""
    found = await _panel(ctx)
    return PushView(views.opening(ctx.texts, found.today))


async def open_round(ctx: Context) -> Reply:
    """Open the round of a form; the panel shows it."""
    values = ctx.inbound.values
    grounds = frozenset(code(Ground, ground) for ground in many_in(values, "grounds"))
    opened = await ctx.write(
        lambda uow: rounds.open_round(
            uow,
            ctx.user,
            ctx.surface,
            name=text_in(values, "name"),
            starts_on=day_in(values, "starts_on"),
            ends_on=day_in(values, "ends_on"),
            votes_by=day_in(values, "votes_by"),
            grounds=grounds,
            now=ctx.now,
        ),
        answer=Round,
    )
    banner = ctx.texts("rounds-opened", name=opened.name)
    drawn = _drawn(ctx, await _panel(ctx), banner=banner)
    return back(ctx, drawn.view) if isinstance(drawn, UpdateView) else drawn


async def close(ctx: Context) -> Reply:
    """Close the round; where somebody was faster, the panel as it is now."""
    round_, seen = numbers(ctx.inbound.value, 2)
    try:
        closed = await ctx.write(
            lambda uow: rounds.close_round(uow, ctx.user, ctx.surface, round_, seen, ctx.now),
            answer=Round,
        )
        banner = ctx.texts("rounds-closed", name=closed.name)
    except Stale as stale:
        banner = ctx.texts(stale.key)
    return _drawn(ctx, await _panel(ctx), banner=banner)


async def ask_for_day(ctx: Context) -> Reply:
    """The form for a bureau's voting day."""
    bureau = numbers(ctx.inbound.value, 1)[0]
    found = await _panel(ctx)
    row = _row(found, bureau)
    return PushView(views.voting_day(ctx.texts, found, row))


async def set_day(ctx: Context) -> Reply:
    """Keep the voting day of a form; the bureau's screen shows it."""
    round_, bureau = in_metadata(ctx, "round"), in_metadata(ctx, "bureau")
    day = day_in(ctx.inbound.values, "votes_by")
    await ctx.write(
        lambda uow: rounds.set_votes_by(uow, ctx.user, ctx.surface, round_, bureau, day, ctx.now)
    )
    found = await _panel(ctx)
    return back(ctx, views.bureau(ctx.texts, found, _row(found, bureau)))


async def _panel(ctx: Context) -> RoundPanel:
    """The programme now; a refusal is written into the history."""

    def work(uow: Any) -> RoundPanel:
        return rounds.panel(uow, ctx.user, ctx.surface, ctx.now)

    try:
        return await ctx.read(work)
    except Refused:
        return await ctx.write(work, once=False)


def _drawn(ctx: Context, found: RoundPanel, *, page: int = 1, banner: str = "") -> Reply:
    """The panel where the person is: in chat a message, elsewhere a modal."""
    said = Say(**views.panel(ctx.texts, found, page=page, banner=banner))
    return lists.in_place(ctx, ctx.texts("admin-title"), said)


def _row(found: RoundPanel, bureau: int) -> BureauCoverage:
    row = next((row for row in found.coverage if row.unit.id == bureau), None)
    if row is None:
        raise BotError("error-stale-button")
    return row
