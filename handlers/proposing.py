"""Proposing: the form, its draft, similar tasks and the receipt."""

from collections.abc import Mapping
from datetime import timedelta
from typing import Any

from bot.domain.errors import BotError
from bot.domain.proposing import TITLE_MAX
from bot.domain.results import Done, Proposed, Surface
from bot.domain.task import Content, Type
from bot.domain.text import one_line, tidy
from bot.usecases import propose, read
from bot.usecases.acting import Ask
from bot.views import proposing as views
from bot.views.kit import readable
from handlers import filled, tasks
from handlers.carried import code, many_in, number, numbers, stale, text_in
from handlers.context import Context
from handlers.reply import PushView, Reply, UpdateView
from handlers.router import Router
from handlers.typed import micros

CLOCKS_DIFFER = 1.0
"""Seconds by which Slack's clock and ours may differ; what is that late came in its order."""
_LINK_MAX = 300
"""Characters of a message's address; Slack's own have some eighty."""
TYPED_TEXTS = ("title", "type", "problem")
TYPED = (*TYPED_TEXTS, "needs", "department")


def register(router: Router) -> None:
    """The ways to the form, its inputs, and what follows it."""
    for door in ("propose.open", "propose.resume"):
        router.action(door, open_form)
    for field in TYPED:
        router.action(field, keep)
    router.action("propose.discard", discard)
    router.action("propose.rewrite", rewrite)
    router.action("propose.join", join)
    router.shortcut("propose", open_form)
    router.shortcut("propose_message", from_message)
    router.view("propose", submit)
    router.view("propose.anyway", submit_anyway)


async def open_form(ctx: Context, *, title: str = "", source: str = "") -> Reply:
    """The form, with the draft when there is one and no title was given."""
    draft = await ctx.read(lambda uow: propose.draft_of(uow, ctx.user, ctx.now))
    typed: dict[str, Any] = {}
    if title:
        typed = {"title": one_line(title)[:TITLE_MAX], "source": source}
        if len(title) > TITLE_MAX or source:
            typed["problem"] = title
    elif draft:
        typed = dict(draft.values)
    return PushView(views.form(ctx.texts, typed, offered=not title and any(typed.values())))


async def from_message(ctx: Context) -> Reply:
    """The form with a message's text and link."""
    message = ctx.inbound.message
    if message is None:
        return await open_form(ctx)
    link = await ctx.services.permalink(message.channel, message.ts)
    return await open_form(ctx, title=tidy(readable(message.text)), source=link)


async def keep(ctx: Context) -> Reply:
    """Keep what was typed so far; what arrives late counts from when it was typed."""
    typed = _typed(ctx)
    late = ctx.inbound.received - _pressed(ctx) / 1_000_000
    at = ctx.now - timedelta(seconds=late) if late > CLOCKS_DIFFER else ctx.now
    await ctx.write(lambda uow: propose.keep_draft(uow, ctx.user, typed, at), once=False)
    return tasks.NOTHING


async def discard(ctx: Context) -> Reply:
    """An empty form in place of the draft."""
    await ctx.write(lambda uow: propose.discard_draft(uow, ctx.user, ctx.now))
    return UpdateView(views.form(ctx.texts, {}, fresh=str(_pressed(ctx))))


async def rewrite(ctx: Context) -> Reply:
    """Back from the similar tasks to what was written."""
    return UpdateView(views.form(ctx.texts, await _draft(ctx)))


async def submit(ctx: Context) -> Reply:
    """Show similar tasks if there are any, otherwise store the proposal."""
    typed = _typed(ctx)
    proposed = _proposed(typed)
    found = await ctx.read(lambda uow: propose.similar_to(uow, ctx.user, proposed, ctx.now))
    if found and not await ctx.answered():
        await ctx.write(lambda uow: propose.keep_draft(uow, ctx.user, typed, ctx.now), once=False)
        return UpdateView(views.similar(ctx.texts, found, read.day(ctx.now)))
    return await _store(ctx, proposed)


async def submit_anyway(ctx: Context) -> Reply:
    """Store the proposal although similar tasks exist."""
    typed = {} if await ctx.answered() else await _draft(ctx)
    return await _store(ctx, _proposed(typed) if typed else None)


async def join(ctx: Context) -> Reply:
    """Join a similar task instead of proposing the same again."""
    number = numbers(ctx.inbound.value, 1)[0]
    ask = Ask(who=ctx.user, surface=Surface.MODAL, task=number)
    await ctx.write(lambda uow: propose.join(uow, ask, ctx.now), answer=Done)
    return await tasks.shown(ctx, number, banner=ctx.texts("joined", number=number))


async def _store(ctx: Context, proposed: Proposed | None) -> Reply:
    def work(uow: Any) -> Done:
        if proposed is None:
            raise BotError("propose-draft-gone")
        return propose.propose(uow, ctx.user, Surface.MODAL, proposed, ctx.now)

    done = await ctx.write(work, answer=Done)
    return await tasks.receipt(ctx, done.task)


def _pressed(ctx: Context) -> int:
    """When it was typed or pressed, in microseconds of Slack's time."""
    at = micros(ctx.inbound.action.get("action_ts"))
    if at is None:
        raise stale()
    return at


async def _draft(ctx: Context) -> Mapping[str, Any]:
    draft = await ctx.read(lambda uow: propose.draft_of(uow, ctx.user, ctx.now))
    if draft is None or not draft.values:
        raise BotError("propose-draft-gone")
    return draft.values


def _typed(ctx: Context) -> dict[str, Any]:
    """What the form holds, as a draft keeps it; a menu's choice with its label."""
    values = ctx.inbound.values
    typed: dict[str, Any] = {n: said for n in TYPED_TEXTS if (said := text_in(values, n))}
    typed["needs"] = list(many_in(values, "needs"))
    for block in (ctx.inbound.state.get("values") or {}).values():
        if chosen := block.get("department", {}).get("selected_option"):
            typed["department"] = {"text": chosen["text"]["text"], "value": chosen["value"]}
    source = ctx.inbound.metadata.get("source")
    if isinstance(source, str) and 0 < len(source) <= _LINK_MAX:
        typed["source"] = source
    return typed


def _proposed(typed: Mapping[str, Any]) -> Proposed:
    """The proposal in what was typed; raise when no type was chosen or a value was forged."""
    department = typed.get("department")
    if not typed.get("type"):
        raise BotError("error-required-type", field="type")
    return Proposed(
        content=Content(
            title=typed.get("title", ""),
            type=code(Type, typed["type"]),
            problem=typed.get("problem", ""),
            needs=filled.needs(typed),
        ),
        department=(number(department["value"]) or 0) if department else None,
        source=typed.get("source", ""),
    )
