"""Ballots: a department's panel, opening and closing, the secret vote, ties and overrides."""

from dataclasses import replace
from typing import Any

from bot.domain.ballot import Ballot, Mode, Representative
from bot.domain.ballot_screens import BallotShown, Opening
from bot.domain.errors import BotError
from bot.usecases import (
    ballots,
    closing,
    concluding,
    opening,
    opening_all,
    representing,
    voting,
)
from bot.usecases.opening import Opened
from bot.views import ballot_forms as forms
from bot.views import ballot_panel as panels
from bot.views.kit import View
from handlers.carried import code, day_in, in_metadata, number, numbers, text_in
from handlers.context import Context
from handlers.reply import Many, Nothing, PushView, Reply, Say, UpdateView
from handlers.router import Router


def register(router: Router) -> None:
    """The buttons of ballots and the forms behind them."""
    router.action("ballot.panel", panel)
    router.action("ballot.open", ask_opening)
    router.view("ballot.open", submit_opening)
    router.action("ballot.open_all", ask_opening_all)
    router.view("ballot.open_all", submit_opening_all)
    # Secret votes are counted nowhere: a person's count that moves as a vote comes tells whose.
    router.action("ballot.vote", ask_vote, counted=False)
    router.view("ballot.vote", submit_vote, counted=False)
    router.action("ballot.close", ask_closing)
    router.view("ballot.close", submit_closing)
    router.action("ballot.settle", settle)
    router.action("ballot.lone", settle)
    router.action("ballot.which", which)
    router.action("ballot.override", ask_override)
    router.view("ballot.override", submit_override)


async def open_panel(ctx: Context, department: int | None = None) -> Reply:
    """A department in the current round; the person's own unless another is named."""
    found = await ctx.read(lambda uow: ballots.panel(uow, ctx.user, department, ctx.now))
    return PushView(panels.panel(ctx.texts, found))


async def panel(ctx: Context) -> Reply:
    """The panel from a button."""
    return await open_panel(ctx, numbers(ctx.inbound.value, 1)[0])


async def ask_opening(ctx: Context) -> Reply:
    """The form that opens a ballot, with the electors who are not in the channel by name."""
    department = numbers(ctx.inbound.value, 1)[0]

    def work(uow: Any) -> Opening:
        return opening.ready(uow, ctx.user, ctx.surface, department, ctx.now)

    found = await ctx.checked(work)
    members = await ctx.services.members(found.department.channel or "")
    if members is not None:
        away = await ctx.read(lambda uow: opening.outside(uow, department, members, ctx.now))
        found = replace(found, outside=tuple(away))
    return PushView(forms.opening(ctx.texts, found))


async def submit_opening(ctx: Context) -> Reply:
    """Open the ballot; its panel says that the messages are on their way."""
    department, values = in_metadata(ctx, "department"), ctx.inbound.values

    def work(uow: Any) -> Opened:
        return opening.open_ballot(
            uow,
            ctx.user,
            ctx.surface,
            department=department,
            closes_at=opening.moment(day_in(values, "day"), text_in(values, "hour")),
            mode=code(Mode, values.get("mode") or Mode.OPEN),
            reason=text_in(values, "reason"),
            now=ctx.now,
        )

    await ctx.write(work, answer=Opened)
    return await back_to_panel(ctx, department, ctx.texts("ballot-opened"))


async def ask_opening_all(ctx: Context) -> Reply:
    """The form that opens every department's ballot; says to how many channels it will post."""
    found = await ctx.checked(
        lambda uow: opening_all.ready_all(uow, ctx.user, ctx.surface, ctx.now)
    )
    return PushView(forms.opening_all(ctx.texts, found))


async def submit_opening_all(ctx: Context) -> Reply:
    """Open them all."""
    values = ctx.inbound.values

    def work(uow: Any) -> Opened:
        return opening_all.open_all(
            uow,
            ctx.user,
            ctx.surface,
            closes_at=opening.moment(day_in(values, "day"), text_in(values, "hour")),
            reason=text_in(values, "reason"),
            now=ctx.now,
        )

    done = await ctx.write(work, answer=Opened)
    return UpdateView(forms.opened_all(ctx.texts, len(done.ballots)))


async def ask_vote(ctx: Context) -> Reply:
    """The form of a secret vote."""
    ballot = numbers(ctx.inbound.value, 1)[0]
    found = await ctx.read(lambda uow: voting.ready(uow, ctx.user, ballot, ctx.now))
    return PushView(forms.vote(ctx.texts, found))


async def submit_vote(ctx: Context) -> Reply:
    """Give a secret vote. No key of the request is kept: it would hold the choice."""
    ballot = in_metadata(ctx, "ballot")
    chosen = number(ctx.inbound.values.get("candidate"))
    if chosen is None:
        raise BotError("error-ballot-choose", field="candidate")

    def work(uow: Any) -> BallotShown:
        return voting.cast(uow, ctx.user, ballot, chosen, ctx.now)

    return UpdateView(forms.voted(ctx.texts, await ctx.write(work, once=False)))


async def ask_closing(ctx: Context) -> Reply:
    """The form that closes a ballot before its hour."""
    ballot = numbers(ctx.inbound.value, 1, 2)[0]
    found = await ctx.checked(
        lambda uow: closing.ready(uow, ctx.user, ctx.surface, ballot, ctx.now)
    )
    shown, reason = found
    return PushView(forms.closing(ctx.texts, shown, needs_reason=reason))


async def submit_closing(ctx: Context) -> Reply:
    """Close it now."""
    ballot = in_metadata(ctx, "ballot")
    reason = text_in(ctx.inbound.values, "reason")

    def work(uow: Any) -> Ballot:
        return closing.close_now(uow, ctx.user, ctx.surface, ballot, reason=reason, now=ctx.now)

    done = await ctx.write(work, answer=Ballot)
    return await back_to_panel(ctx, done.department, ctx.texts("ballot-closed-now"))


async def settle(ctx: Context) -> Reply:
    """The head's choice among tied candidates, or of the lone one."""
    ballot, candidate = numbers(ctx.inbound.value, 2)

    def work(uow: Any) -> Ballot:
        return concluding.settle(uow, ctx.user, ctx.surface, ballot, candidate, ctx.now)

    done = await ctx.write(work, answer=Ballot)
    return await told(ctx, done.department, ctx.texts("ballot-settled", number=done.winner or 0))


async def which(ctx: Context) -> Reply:
    """Somebody says which of several candidates they mean."""
    ballot, candidate = numbers(ctx.inbound.value, 2)

    def work(uow: Any) -> Ballot:
        found = voting.answer(uow, ctx.user, ballot, candidate, ctx.now)
        concluding.answered(uow, found, ctx.now)
        return found

    done = await ctx.write(work, answer=Ballot)
    return await told(ctx, done.department, ctx.texts("ballot-answered"))


async def ask_override(ctx: Context) -> Reply:
    """The form that makes another task the representative one."""
    department = numbers(ctx.inbound.value, 1)[0]
    found = await ctx.checked(
        lambda uow: representing.ready(uow, ctx.user, ctx.surface, department, ctx.now)
    )
    return PushView(forms.override(ctx.texts, found))


async def submit_override(ctx: Context) -> Reply:
    """Make it so; the channel hears why."""
    department, values = in_metadata(ctx, "department"), ctx.inbound.values

    def work(uow: Any) -> Representative:
        return representing.override(
            uow,
            ctx.user,
            ctx.surface,
            department=department,
            task=number(values.get("task")),
            reason=text_in(values, "reason"),
            now=ctx.now,
        )

    await ctx.write(work, answer=Representative)
    return await back_to_panel(ctx, department, ctx.texts("ballot-overridden"))


async def back_to_panel(ctx: Context, department: int, banner: str) -> Reply:
    """After a form: the panel beneath it, or in its place."""
    found = await ctx.read(lambda uow: ballots.panel(uow, ctx.user, department, ctx.now))
    return back(ctx, panels.panel(ctx.texts, found, banner=banner))


def back(ctx: Context, view: View) -> Reply:
    """The outcome in the modal beneath the form, which closes, or in the form's own place."""
    if ctx.inbound.beneath is not None:
        return Many((Nothing(), UpdateView(view, beneath=True)))
    return UpdateView(view)


async def told(ctx: Context, department: int, text: str) -> Reply:
    """After a press: the outcome where the button was."""
    if ctx.inbound.in_modal:
        found = await ctx.read(lambda uow: ballots.panel(uow, ctx.user, department, ctx.now))
        return UpdateView(panels.panel(ctx.texts, found, banner=text))
    if ctx.inbound.in_home:
        return Nothing()
    return Say(text=text, replace=True)
