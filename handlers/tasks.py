"""One task: opening it, and every act on it, from any button."""

from dataclasses import replace
from functools import partial
from typing import Any

from bot.domain.errors import Stale
from bot.domain.results import Done, Shown
from bot.domain.rights import ON_A_TASK, Act
from bot.usecases import decide, propose, read, update
from bot.usecases.acting import Ask
from bot.views import acts
from bot.views import task as views
from bot.views.kit import channel, joined, md, phrase, with_banner, with_typed
from handlers.carried import in_metadata, numbers, stale
from handlers.context import Context
from handlers.filled import WORK
from handlers.reply import Many, Nothing, PushView, Reply, UpdateView
from handlers.router import Router

NOTHING = Nothing()
_AT_ONCE = {
    Act.RESUME: decide.resume,
    Act.STOPPED: update.stopped,
    Act.JOIN: propose.join,
}
"""The acts that ask for nothing: one tap does them."""
_ON_A_MERGE = {Act.TAKE_IN: decide.take_in, Act.KEEP_OUT: decide.keep_out}
"""The answers to another department's question; the button says which merge it is about."""
EFFECT = "effect"
"""The second half of editing, a form of its own."""


def register(router: Router) -> None:
    """The buttons of a task and the forms behind them."""
    router.action("task.open", open_task)
    router.action("task.earlier", earlier)
    for act in _ON_A_MERGE:
        router.action(f"act.{act.value}", partial(answer_merge, act))
    for act in ON_A_TASK:
        if act in _AT_ONCE:
            router.action(f"act.{act.value}", partial(at_once, act))
        else:
            router.action(f"act.{act.value}", partial(ask_for, act.value))
    router.action(f"act.{EFFECT}", partial(ask_for, EFFECT))
    router.action("act.step", step)
    router.view("act", submit)


async def open_task(ctx: Context) -> Reply:
    """The whole task above whatever the person is looking at."""
    return await open_number(ctx, numbers(ctx.inbound.value, 1)[0])


async def open_number(ctx: Context, number: int) -> Reply:
    """The whole task in a modal."""
    return PushView(views.show(ctx.texts, await _read(ctx, number)))


async def open_edit(ctx: Context, number: int) -> Reply:
    """The form to edit a task, straight from chat."""
    return _form(ctx, await _ready(ctx, _ask(ctx, number), Act.EDIT), Act.EDIT)


async def earlier(ctx: Context) -> Reply:
    """The same task with an earlier part of its history."""
    number, before = numbers(ctx.inbound.value, 2)
    found = await ctx.read(
        lambda uow: read.show(uow, ctx.user, number, ctx.now, history_before=before)
    )
    return UpdateView(views.show(ctx.texts, found))


async def at_once(act: Act, ctx: Context) -> Reply:
    """Carry out an act that asks for nothing."""
    least = 2 if act in (Act.RESUME, Act.STOPPED) else 1
    number, *seen = numbers(ctx.inbound.value, least, 2)
    ask = _ask(ctx, number, *seen)
    done = await ctx.write(lambda uow: _AT_ONCE[act](uow, ask, ctx.now), answer=Done)
    return await _after(ctx, done)


async def answer_merge(act: Act, ctx: Context) -> Reply:
    """Take a task in or keep it out."""
    number, into = numbers(ctx.inbound.value, 2)
    ask = _ask(ctx, number)
    done = await ctx.write(lambda uow: _ON_A_MERGE[act](uow, ask, ctx.now, into=into), answer=Done)
    return await _after(ctx, done)


async def ask_for(act: str, ctx: Context) -> Reply:
    """Open an act's form, or confirm at once where nothing is left to ask."""
    number, seen, *index = numbers(ctx.inbound.value, 2, 3)
    ask = _ask(ctx, number, seen)
    of = _of(act)
    found = await _ready(ctx, ask, of)
    if of is Act.CONFIRM and found.task.content.needs and found.task.owner:
        done = await ctx.write(lambda uow: decide.confirm(uow, ask, ctx.now), answer=Done)
        return await _after(ctx, done)
    return _form(ctx, found, act, *index)


async def step(ctx: Context) -> Reply:
    """The menu of a step of the action plan: done, not done, change, remove."""
    value, _, verb = str(ctx.inbound.value).rpartition(":")
    number, seen, index = numbers(value, 3)
    ask = _ask(ctx, number, seen)
    if verb == "edit":
        return _form(ctx, await _ready(ctx, ask, Act.PLAN), Act.PLAN, index)
    if verb not in ("remove", "done", "undo"):
        raise stale()

    def work(uow: Any) -> Done:
        if verb == "remove":
            return update.drop_step(uow, ask, ctx.now, index=index)
        return update.tick_step(uow, ask, ctx.now, index=index, done=verb == "done")

    return await _after(ctx, await ctx.write(work, answer=Done))


async def submit(ctx: Context) -> Reply:
    """Carry out the act of a form; where somebody was faster, show both states."""
    under = _under(ctx)
    ask = _ask(ctx, under.task, under.seen)
    work = WORK[under.act]
    try:
        done = await ctx.write(
            lambda uow: work(uow, ask, ctx.now, ctx.inbound.values, under.index), answer=Done
        )
    except Stale as newer:
        return await _sent_back(ctx, under, newer)
    reply = await _after(ctx, done)
    if ctx.inbound.beneath and isinstance(reply, UpdateView):
        return Many((NOTHING, replace(reply, beneath=True)))
    return reply


async def shown(ctx: Context, number: int, *, banner: str) -> Reply:
    """The task as it is now in place of the modal the person is in, or in a new one."""
    view = views.show(ctx.texts, await _read(ctx, number), banner=banner)
    return UpdateView(view) if ctx.inbound.in_modal else PushView(view)


async def receipt(ctx: Context, number: int) -> Reply:
    """The proposal's receipt: its number, what happens next and by whom, and its card."""
    t, found = ctx.texts, await _read(ctx, number)
    who = found.decider
    lines = (
        md("*{line}*", line=t("receipt", number=number)),
        t("receipt-next", who=f"{who.unit} {who.title} {who.name}")
        if who
        else t("receipt-next-vacant"),
        phrase(t, "receipt-channel", channel=channel(found.channel)) if found.channel else None,
    )
    return UpdateView(views.show(t, found, banner=joined(lines)))


def _under(ctx: Context) -> acts.Under:
    """What a form was made for; raise for one that was forged."""
    act, index = ctx.inbound.metadata.get("act"), None
    if not isinstance(act, str) or act not in WORK:
        raise stale()
    if ctx.inbound.metadata.get("index") is not None:
        index = in_metadata(ctx, "index")
    return acts.Under(in_metadata(ctx, "task"), in_metadata(ctx, "seen"), act, index)


async def _sent_back(ctx: Context, under: acts.Under, newer: Stale) -> Reply:
    """The same form for the newest version, what the person typed still in it."""
    found = await _ready(ctx, _ask(ctx, under.task), _of(under.act))
    view = acts.form(ctx.texts, found, replace(under, seen=found.task.version))
    view = with_typed(view, ctx.inbound.state)
    view["blocks"] = [*acts.newest(ctx.texts, found), *view["blocks"]]
    return UpdateView(with_banner(view, ctx.texts(newer.key, **newer.params)))


async def _ready(ctx: Context, ask: Ask, act: Act) -> Shown:
    """The task for an act's form; a refusal is written into the history, as the act's would be."""
    return await ctx.checked(lambda uow: read.ready(uow, ask, act, ctx.now))


def _of(act: str) -> Act:
    return Act.EDIT if act == EFFECT else Act(act)


def _form(ctx: Context, found: Shown, act: str, index: int | None = None) -> Reply:
    under = acts.Under(found.task.id, found.task.version, act, index)
    return PushView(acts.form(ctx.texts, found, under))


async def _after(ctx: Context, done: Done) -> Reply:
    t = ctx.texts
    return await shown(ctx, done.task, banner=t("saved-act", act=t.term("act", done.act)))


async def _read(ctx: Context, number: int) -> Shown:
    return await ctx.read(lambda uow: read.show(uow, ctx.inbound.user or "", number, ctx.now))


def _ask(ctx: Context, number: int, seen: int | None = None) -> Ask:
    return Ask(who=ctx.user, surface=ctx.surface, task=number, seen=seen)
