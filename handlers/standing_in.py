"""Standing in: the panel, delegating, acting holders and days off."""

from datetime import date
from typing import Any

from bot.domain.calendar import today
from bot.domain.errors import BotError
from bot.usecases import standing, standing_in
from bot.usecases.standing_in import Asking
from bot.views import standing as views
from bot.views.kit import Choice, View, option
from handlers.ballots import back
from handlers.carried import day_in, number, numbers, text_in
from handlers.context import Context
from handlers.reply import Options, PushView, Reply, UpdateView
from handlers.router import Router


def register(router: Router) -> None:
    """The buttons of the panel, the forms behind them and their menus."""
    router.action("standing.panel", open_panel)
    router.action("standing.delegate", ask_delegation)
    router.view("standing.delegate", delegate)
    router.action("standing.end", end_delegation)
    router.action("standing.acting", ask_acting)
    router.view("standing.acting", let_act)
    router.action("standing.end_acting", end_acting)
    router.action("standing.day_off", ask_day_off)
    router.view("standing.day_off", add_day_off)
    router.action("standing.drop_day", drop_day)
    router.options("deputy", deputies)
    router.options("acting_unit", vacancies)
    router.options("acting_person", holders)


async def open_panel(ctx: Context) -> Reply:
    """Who stands in for whom, as far as it concerns the viewer."""
    return PushView(await _panel(ctx))


async def ask_delegation(ctx: Context) -> Reply:
    """The form to delegate."""
    await ctx.checked(lambda uow: standing_in.delegator(uow, _asking(ctx), ctx.now))
    return PushView(views.delegation_form(ctx.texts, today(ctx.now)))


async def delegate(ctx: Context) -> Reply:
    """Delegate as the form says."""
    values = ctx.inbound.values

    def work(uow: Any) -> int:
        return standing_in.delegate(
            uow,
            _asking(ctx),
            ctx.now,
            taker=number(values.get("deputy")),
            first=day_in(values, "first"),
            last=day_in(values, "last"),
        )

    await ctx.write(work, answer=int)
    return back(ctx, await _panel(ctx, ctx.texts("standing-done-delegate")))


async def end_delegation(ctx: Context) -> Reply:
    """Take a delegation back."""
    which = numbers(ctx.inbound.value, 1)[0]

    def work(uow: Any) -> int:
        return standing_in.end_delegation(uow, _asking(ctx), which, ctx.now)

    await ctx.write(work, answer=int)
    return UpdateView(await _panel(ctx, ctx.texts("standing-done-end")))


async def ask_acting(ctx: Context) -> Reply:
    """The form to name an acting holder."""
    await ctx.checked(lambda uow: standing_in.headquarters(uow, _asking(ctx), ctx.now))
    return PushView(views.acting_form(ctx.texts, today(ctx.now)))


async def let_act(ctx: Context) -> Reply:
    """Name whom the form says."""
    values = ctx.inbound.values

    def work(uow: Any) -> int:
        return standing_in.let_act(
            uow,
            _asking(ctx),
            ctx.now,
            unit=number(values.get("acting_unit")),
            person=number(values.get("acting_person")),
            title=text_in(values, "acting-title"),
            first=day_in(values, "first"),
            last=day_in(values, "last"),
        )

    await ctx.write(work, answer=int)
    return back(ctx, await _panel(ctx, ctx.texts("standing-done-acting")))


async def end_acting(ctx: Context) -> Reply:
    """Let an acting post end."""
    which = numbers(ctx.inbound.value, 1)[0]

    def work(uow: Any) -> int:
        return standing_in.end_acting(uow, _asking(ctx), which, ctx.now)

    await ctx.write(work, answer=int)
    return UpdateView(await _panel(ctx, ctx.texts("standing-done-end")))


async def ask_day_off(ctx: Context) -> Reply:
    """The form to add a day off."""
    await ctx.checked(lambda uow: standing_in.headquarters(uow, _asking(ctx), ctx.now))
    return PushView(views.day_off_form(ctx.texts))


async def add_day_off(ctx: Context) -> Reply:
    """Add the day of the form."""
    day = day_in(ctx.inbound.values, "day")

    def work(uow: Any) -> date:
        return standing_in.add_day_off(uow, _asking(ctx), day, ctx.now)

    added = await ctx.write(work, answer=date)
    return back(ctx, await _panel(ctx, ctx.texts("standing-done-day-off", day=added)))


async def drop_day(ctx: Context) -> Reply:
    """Work on that day after all."""
    try:
        day = date.fromisoformat(str(ctx.inbound.value))
    except ValueError as error:
        raise BotError("error-stale-button") from error

    def work(uow: Any) -> date:
        return standing_in.remove_day_off(uow, _asking(ctx), day, ctx.now)

    dropped = await ctx.write(work, answer=date)
    return UpdateView(await _panel(ctx, ctx.texts("standing-done-drop", day=dropped)))


async def deputies(ctx: Context) -> Reply:
    """Whom the viewer may delegate to."""
    text = ctx.inbound.text
    return _options(await ctx.read(lambda u: standing.deputies(u, ctx.user, text, ctx.now)))


async def vacancies(ctx: Context) -> Reply:
    """Units with a vacant post."""
    return _options(await ctx.read(lambda u: standing.vacancies(u, ctx.inbound.text, ctx.now)))


async def holders(ctx: Context) -> Reply:
    """Everyone who serves."""
    return _options(await ctx.read(lambda u: standing.holders(u, ctx.inbound.text, ctx.now)))


def _options(found: list[tuple[int, str]]) -> Options:
    return Options([option(Choice(name, str(value))) for value, name in found])


async def _panel(ctx: Context, banner: str = "") -> View:
    found = await ctx.read(lambda uow: standing.panel(uow, ctx.user, ctx.now))
    return views.panel(ctx.texts, found, banner=banner)


def _asking(ctx: Context) -> Asking:
    return Asking(who=ctx.user, surface=ctx.surface)
