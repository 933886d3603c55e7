"""Reminders: being reminded of a date again later."""

from datetime import date

from bot.domain.errors import BotError
from bot.domain.reminders import Dated
from bot.usecases import remind
from bot.usecases.remind import Later
from handlers.carried import numbers
from handlers.context import Context
from handlers.reply import Reply, Say
from handlers.router import Router


def register(router: Router) -> None:
    """The menu of each reminder."""
    router.action("reminder.snooze", snooze)


async def snooze(ctx: Context) -> Reply:
    """Move a reminder, and say to which day."""
    later = _later(ctx)
    day = await ctx.write(lambda uow: remind.snooze(uow, later, ctx.now), answer=date)
    return Say(text=ctx.texts("reminder-snoozed", day=day))


def _later(ctx: Context) -> Later:
    parts = str(ctx.inbound.value).split(":")
    if len(parts) != 5:
        raise BotError("error-stale-button")
    task, position, days = numbers(":".join((parts[0], parts[2], parts[4])), 3)
    try:
        kind, due = Dated(parts[1]), date.fromisoformat(parts[3])
    except ValueError as error:
        raise BotError("error-stale-button") from error
    return Later(who=ctx.user, task=task, kind=kind, position=position, due=due, days=days)
