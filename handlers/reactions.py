"""Votes: reactions that come to a candidate's message and go from it."""

from decimal import Decimal

from bot.domain.ballot import is_sign
from bot.usecases import voting
from handlers.context import Context
from handlers.reply import Nothing, Reply
from handlers.router import Router


def register(router: Router) -> None:
    """Both events of reactions, which come by the hundred when a ballot opens."""
    router.event("reaction_added", added, nameless=True)
    router.event("reaction_removed", removed, nameless=True)


async def added(ctx: Context) -> Reply:
    """Somebody reacted."""
    return await _reacted(ctx, added=True)


async def removed(ctx: Context) -> Reply:
    """Somebody took a reaction back."""
    return await _reacted(ctx, added=False)


async def _reacted(ctx: Context, *, added: bool) -> Reply:
    """Most reactions are no votes: another sign, or on a file; those write nothing."""
    event = ctx.inbound.event
    name, item = str(event["reaction"]), event["item"]
    if item["type"] != "message" or not is_sign(name):
        return Nothing()
    channel, ts, at = str(item["channel"]), str(item["ts"]), micros(event["event_ts"])
    await ctx.write(
        lambda uow: voting.reacted(
            uow, ctx.user, channel, ts, name, added=added, at=at, now=ctx.now
        )
    )
    return Nothing()


def micros(ts: str) -> int:
    """A timestamp of Slack's in microseconds; a float would not keep the last of them."""
    return int(Decimal(ts) * 1_000_000)
