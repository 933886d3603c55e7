"""Really saved, really gone: the questions and their one-tap answers."""

from typing import Any

from bot.domain.checks import Asks
from bot.domain.results import Done
from bot.usecases import asking, saved
from bot.usecases.acting import Ask
from bot.views import checks as views
from handlers.carried import numbers
from handlers.context import Context
from handlers.reply import PushView, Reply, Say, UpdateView
from handlers.router import Router


def register(router: Router) -> None:
    """The list of questions, and what answers one at once."""
    router.action("check.panel", open_panel)
    router.action("check.first", turn)
    router.action("check.next", turn)
    router.action("check.planned", planned)
    router.action("check.gone", gone)


async def open_panel(ctx: Context) -> Reply:
    """What waits for the viewer's answer."""
    return PushView(views.panel(ctx.texts, await _look(ctx)))


async def turn(ctx: Context) -> Reply:
    """Another page of it."""
    found = await _look(ctx, numbers(ctx.inbound.value, 1)[0])
    return UpdateView(views.panel(ctx.texts, found))


async def planned(ctx: Context) -> Reply:
    """As much was saved as planned."""
    ask = _ask(ctx)
    done = await ctx.write(lambda uow: saved.as_planned(uow, ask, ctx.now), answer=Done)
    return await _after(ctx, ctx.texts("check-done-planned", number=done.task))


async def gone(ctx: Context) -> Reply:
    """The work has not come back."""
    ask = _ask(ctx)
    number = await ctx.write(lambda uow: saved.gone(uow, ask, ctx.now), answer=int)
    return await _after(ctx, ctx.texts("check-done-gone", number=number))


async def _after(ctx: Context, banner: str) -> Reply:
    """What is still open, where the button was."""
    found = await _look(ctx)
    if ctx.inbound.in_modal:
        return UpdateView(views.panel(ctx.texts, found, banner=banner))
    return Say(**views.asked(ctx.texts, found), replace=True)


async def _look(ctx: Context, page: int = 1) -> Asks:
    def work(uow: Any) -> Asks:
        return asking.panel(uow, ctx.user, ctx.now, page=page)

    return await ctx.read(work)


def _ask(ctx: Context) -> Ask:
    task, seen = numbers(ctx.inbound.value, 2)
    return Ask(who=ctx.user, surface=ctx.surface, task=task, seen=seen)
