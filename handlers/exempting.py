"""Exemptions: the panel, filing one, and the director's decisions from wherever they are."""

from functools import partial
from typing import Any

from bot.domain.ballot_screens import ExemptionShown, Filing
from bot.domain.errors import BotError
from bot.domain.exemption import Ground, Standing
from bot.usecases import exempt, exemptions
from bot.usecases.exempt import Deciding
from bot.views import exempt as views
from bot.views.kit import View
from handlers.ballots import back
from handlers.carried import code, day_in, in_metadata, number, numbers, text_in
from handlers.context import Context
from handlers.reply import PushView, Reply, Say, UpdateView
from handlers.router import Router

_FORMS = {
    Standing.FILED: views.decline_form,
    Standing.GRANTED: views.end_form,
}
"""What asks for a reason, by how the exemption has to stand."""


def register(router: Router) -> None:
    """The buttons of exemptions and the forms behind them."""
    router.action("exempt.panel", open_panel)
    router.action("exempt.file", ask_to_file)
    router.action("exempt.grant", grant)
    router.action("exempt.decline", partial(ask_why, Standing.FILED))
    router.action("exempt.end", partial(ask_why, Standing.GRANTED))
    router.view("exempt.file", file)
    router.view("exempt.decline", decline)
    router.view("exempt.end", end)


async def open_panel(ctx: Context) -> Reply:
    """The panel, above whatever the person is looking at."""
    return PushView(await _panel(ctx))


async def ask_to_file(ctx: Context) -> Reply:
    """The form to file one for a team."""
    team = numbers(ctx.inbound.value, 1)[0]

    def work(uow: Any) -> Filing:
        return exemptions.ready(uow, ctx.user, ctx.surface, team, ctx.now)

    return PushView(views.filing_form(ctx.texts, await ctx.checked(work)))


async def file(ctx: Context) -> Reply:
    """File what the form says."""
    values, team = ctx.inbound.values, in_metadata(ctx, "team")
    if "team" in values:
        team = number(values["team"]) or 0
    if not values.get("ground"):
        raise BotError("error-exemption-ground", field="ground")
    ground = code(Ground, values["ground"])

    def work(uow: Any) -> int:
        return exempt.file(
            uow,
            ctx.user,
            ctx.surface,
            ctx.now,
            team=team,
            ground=ground,
            text=text_in(values, "text"),
            until=day_in(values, "until"),
        )

    await ctx.write(work, answer=int)
    return back(ctx, await _panel(ctx, ctx.texts("exempt-done-file")))


async def grant(ctx: Context) -> Reply:
    """Grant it in one tap; in a message the decision takes the place of the question."""
    asked = _pressed(ctx)
    await ctx.write(lambda uow: exempt.decide(uow, asked, ctx.now, grant=True), answer=int)
    if ctx.inbound.message is not None:
        shown = await ctx.read(lambda uow: exemptions.one(uow, ctx.user, asked.exemption, ctx.now))
        return Say(**views.decided(ctx.texts, shown), replace=True)
    view = await _panel(ctx, ctx.texts("exempt-done-grant"))
    return UpdateView(view) if ctx.inbound.in_modal else PushView(view)


async def ask_why(standing: Standing, ctx: Context) -> Reply:
    """The form for the reason to decline it, or to end it early."""
    asked = _pressed(ctx)

    def work(uow: Any) -> ExemptionShown:
        exempt.begin(uow, asked, ctx.now, standing=standing)
        return exemptions.one(uow, ctx.user, asked.exemption, ctx.now)

    return PushView(_FORMS[standing](ctx.texts, await ctx.checked(work)))


async def decline(ctx: Context) -> Reply:
    """Decline it with the reason of the form."""
    asked, reason = _submitted(ctx), _reason(ctx)
    await ctx.write(
        lambda uow: exempt.decide(uow, asked, ctx.now, grant=False, reason=reason), answer=int
    )
    return back(ctx, await _panel(ctx, ctx.texts("exempt-done-decline")))


async def end(ctx: Context) -> Reply:
    """End it early with the reason of the form."""
    asked, reason = _submitted(ctx), _reason(ctx)
    await ctx.write(lambda uow: exempt.end_early(uow, asked, ctx.now, reason=reason), answer=int)
    return back(ctx, await _panel(ctx, ctx.texts("exempt-done-end")))


async def _panel(ctx: Context, banner: str = "") -> View:
    found = await ctx.read(lambda uow: exemptions.panel(uow, ctx.user, ctx.now))
    return views.panel(ctx.texts, found, banner=banner)


def _pressed(ctx: Context) -> Deciding:
    exemption, seen = numbers(ctx.inbound.value, 2)
    return Deciding(who=ctx.user, surface=ctx.surface, exemption=exemption, seen=seen)


def _submitted(ctx: Context) -> Deciding:
    exemption, seen = in_metadata(ctx, "exemption"), in_metadata(ctx, "seen")
    return Deciding(who=ctx.user, surface=ctx.surface, exemption=exemption, seen=seen)


def _reason(ctx: Context) -> str:
    return text_in(ctx.inbound.values, "reason")
