"""Reviews: the director's message and its answers, signing off, and the list of all bureaus'."""

from typing import Any

from bot.domain.periods import Cadence
from bot.domain.results import Done
from bot.domain.review_screens import ReviewShown
from bot.usecases import review, review_planning, review_reading
from bot.usecases.acting import Ask
from bot.usecases.review import Signed
from bot.views import review as views
from bot.views import review_forms as forms
from bot.views import review_panel
from handlers import lists
from handlers.ballots import back
from handlers.carried import code, in_metadata, numbers, text_in
from handlers.context import Context
from handlers.reply import Nothing, PushView, Reply, Say, UpdateView
from handlers.router import Router


def register(router: Router) -> None:
    """The buttons of reviews and the forms behind them."""
    router.action("review.open", open_review)
    router.action("review.more", turn)
    router.action("review.first", turn)
    router.action("review.next", turn)
    router.action("review.extend", extend)
    router.action("review.reason", ask_reason)
    router.view("review.reason", submit_reason)
    router.action("review.sign", sign)
    router.view("review.sign", submit_sign)
    router.action("review.panel", open_list)
    router.action("review.panel_first", turn_list)
    router.action("review.panel_next", turn_list)
    router.action("review.cadence", set_cadence)


async def open_door(ctx: Context) -> Reply:
    """A director's open review at once, where there is just one; for everybody else the list."""
    number = await ctx.read(lambda uow: review_reading.waiting_for(uow, ctx.user, ctx.now))
    if number is None:
        return await open_list(ctx)
    return PushView(views.screen(ctx.texts, await _look(ctx, number)))


async def open_review(ctx: Context) -> Reply:
    """A review in a modal, from a button."""
    number = numbers(ctx.inbound.value, 1)[0]
    return PushView(views.screen(ctx.texts, await _look(ctx, number)))


async def turn(ctx: Context) -> Reply:
    """Another page: above the message, or in the modal's place."""
    number, page = numbers(ctx.inbound.value, 2)
    view = views.screen(ctx.texts, await _look(ctx, number, page))
    return UpdateView(view) if ctx.inbound.in_modal else PushView(view)


async def extend(ctx: Context) -> Reply:
    """Move a task's dates that have passed, in one tap."""
    task, seen = numbers(ctx.inbound.value, 2)
    ask = Ask(who=ctx.user, surface=ctx.surface, task=task, seen=seen)
    done = await ctx.write(lambda uow: review.extend(uow, ask, ctx.now), answer=Done)
    t = ctx.texts
    return await _after(ctx, t("saved-act", act=t.term("act", done.act)))


async def ask_reason(ctx: Context) -> Reply:
    """The form for a reason."""
    number, task = numbers(ctx.inbound.value, 2)
    row = await ctx.checked(
        lambda uow: review.reason_for(uow, ctx.user, ctx.surface, number, task, ctx.now)
    )
    return PushView(forms.reason(ctx.texts, number, row))


async def submit_reason(ctx: Context) -> Reply:
    """Keep the reason: the task is answered for this review."""
    number, task = in_metadata(ctx, "review"), in_metadata(ctx, "task")
    ask = Ask(who=ctx.user, surface=ctx.surface, task=task)
    text = text_in(ctx.inbound.values, "note")
    await ctx.write(
        lambda uow: review.give_reason(uow, ask, number, ctx.now, text=text), answer=Done
    )
    return await _beneath(ctx, number)


async def sign(ctx: Context) -> Reply:
    """Sign off; with something open, ask once."""
    value, _, seen = str(ctx.inbound.value).partition(":")
    number = numbers(value, 1)[0]
    done = await _sign(ctx, number, seen)
    if not done.done:
        view = forms.signing(ctx.texts, await _look(ctx, number), changed=done.changed)
        return PushView(view)
    if ctx.inbound.in_modal:
        return UpdateView(views.screen(ctx.texts, await _look(ctx, number)))
    return Nothing()


async def submit_sign(ctx: Context) -> Reply:
    """Sign off what was just shown as left open; if that has changed, show it anew."""
    number, seen = in_metadata(ctx, "review"), str(ctx.inbound.metadata.get("seen"))
    done = await _sign(ctx, number, seen, confirmed=True)
    if not done.done:
        view = forms.signing(ctx.texts, await _look(ctx, number), changed=True)
        return UpdateView(view)
    return await _beneath(ctx, number)


async def open_list(ctx: Context) -> Reply:
    """The bureaus whose reviews concern the person."""
    return await _list(ctx, 1)


async def turn_list(ctx: Context) -> Reply:
    """Another page of them."""
    return await _list(ctx, numbers(ctx.inbound.value, 1)[0])


async def set_cadence(ctx: Context) -> Reply:
    """How often a bureau is reviewed."""
    bureau, _, chosen = str(ctx.inbound.value).partition(":")
    unit, cadence = numbers(bureau, 1)[0], code(Cadence, chosen)
    await ctx.write(
        lambda uow: review_planning.set_cadence(uow, ctx.user, ctx.surface, unit, cadence, ctx.now)
    )
    return await _list(ctx, 1, around=unit, banner=ctx.texts("reviews-cadence-set"))


async def _list(ctx: Context, page: int, *, around: int | None = None, banner: str = "") -> Reply:
    found = await ctx.read(
        lambda uow: review_reading.panel(uow, ctx.user, ctx.now, page=page, around=around)
    )
    said = Say(**review_panel.panel(ctx.texts, found, banner=banner))
    return lists.in_place(ctx, ctx.texts("reviews-title"), said)


async def _sign(ctx: Context, number: int, seen: str, *, confirmed: bool = False) -> Signed:
    def work(uow: Any) -> Signed:
        return review.sign(
            uow, ctx.user, ctx.surface, number, ctx.now, seen=seen, confirmed=confirmed
        )

    return await ctx.write(work, answer=Signed)


async def _look(ctx: Context, number: int, page: int = 1) -> ReviewShown:
    return await ctx.read(
        lambda uow: review_reading.look(uow, ctx.user, number, ctx.now, page=page)
    )


async def _after(ctx: Context, banner: str) -> Reply:
    """After a tap: the message changes by itself, a modal is drawn anew."""
    if not ctx.inbound.in_modal:
        return Nothing()
    number, page = in_metadata(ctx, "review"), in_metadata(ctx, "page")
    return UpdateView(views.screen(ctx.texts, await _look(ctx, number, page), banner=banner))


async def _beneath(ctx: Context, number: int) -> Reply:
    """After a form: it closes, and the review beneath it shows the outcome."""
    if ctx.inbound.beneath is None:
        return Nothing()
    return back(ctx, views.screen(ctx.texts, await _look(ctx, number)))
