"""Lists and searches: in chat as a message of one's own, from Home in a modal."""

from dataclasses import replace

from bot.domain.errors import BotError
from bot.domain.results import Query, Scope
from bot.domain.task import Status
from bot.usecases import read
from bot.views import kit
from bot.views import lists as views
from handlers.context import Context
from handlers.reply import PushView, Reply, Say, UpdateView
from handlers.router import Router

_FORGED = (ValueError, KeyError, TypeError, AttributeError, OverflowError, RecursionError)
"""What reading a query raises that no button of ours carries."""


def register(router: Router) -> None:
    """The buttons and menus of a list."""
    router.action("list.open", open_list)
    router.action("list.first", turn)
    router.action("list.next", turn)
    router.action("list.scope", narrow)
    router.action("list.status", narrow)


async def answer(ctx: Context, query: Query) -> Reply:
    """The page of a query, where the person is."""
    found = await ctx.read(lambda uow: read.page(uow, ctx.inbound.user or "", query, ctx.now))
    return in_place(ctx, ctx.texts("list-title"), Say(**views.page(ctx.texts, found)))


def in_place(ctx: Context, title: str, said: Say) -> Reply:
    """A message in chat; a modal with the same content from Home and in modals."""
    if not (ctx.inbound.in_modal or ctx.inbound.in_home):
        return replace(said, replace=ctx.inbound.message is not None)
    view = kit.modal(title, list(said.blocks), close=ctx.texts("button-close"), callback_id="list")
    return UpdateView(view) if ctx.inbound.in_modal else PushView(view)


async def open_list(ctx: Context) -> Reply:
    """All tasks, from a button."""
    return await answer(ctx, Query())


async def turn(ctx: Context) -> Reply:
    """Another page."""
    return await answer(ctx, _query(ctx.inbound.value))


async def narrow(ctx: Context) -> Reply:
    """Another scope or status; the menu's block carries what the other one says."""
    query = _query(ctx.inbound.action.get("block_id"))
    chosen = str(ctx.inbound.value)
    try:
        if ctx.inbound.id == "list.scope":
            return await answer(ctx, replace(query, scope=Scope(chosen)))
        if chosen in (views.ANY, views.OVERDUE):
            overdue = chosen == views.OVERDUE
            return await answer(ctx, replace(query, status=None, overdue=overdue))
        return await answer(ctx, replace(query, status=Status(chosen), overdue=False))
    except ValueError as error:
        raise BotError("error-stale-button") from error


def _query(packed: object) -> Query:
    try:
        return views.unpacked(str(packed))
    except _FORGED as error:
        raise BotError("error-stale-button") from error
