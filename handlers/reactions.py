"""Votes: reactions that come to a candidate's message and go from it, and those Slack dropped."""

from collections.abc import Mapping

import structlog

from bot.domain.ballot import is_sign
from bot.usecases import closing, voting
from handlers.context import Context
from handlers.inbound import RATE_LIMITED
from handlers.reply import Nothing, Reply
from handlers.router import Router
from handlers.typed import micros

log = structlog.stdlib.get_logger(__name__)


def register(router: Router) -> None:
    """The events of reactions, which come by the hundred when a ballot opens."""
    router.event("reaction_added", added, nameless=True)
    router.event("reaction_removed", removed, nameless=True)
    router.event(RATE_LIMITED, dropped, nameless=True)


async def added(ctx: Context) -> Reply:
    """Somebody reacted."""
    return await _reacted(ctx, added=True)


async def removed(ctx: Context) -> Reply:
    """Somebody took a reaction back."""
    return await _reacted(ctx, added=False)


async def dropped(ctx: Context) -> Reply:
    """Slack drops events, reactions among them: what stands is asked instead."""
    log.warning("Slack drops events, open ballots are recounted")
    await ctx.write(lambda uow: closing.events_were_dropped(uow, ctx.now), once=False)
    return Nothing()


async def _reacted(ctx: Context, *, added: bool) -> Reply:
    """Most reactions are no votes: another sign, or on a file; those write nothing."""
    event = ctx.inbound.event
    name, item, at = str(event.get("reaction")), event.get("item"), micros(event.get("event_ts"))
    if not isinstance(item, Mapping) or item.get("type") != "message" or not is_sign(name):
        return Nothing()
    if at is None or ctx.inbound.user is None:
        log.warning("a reaction of nobody, or of no moment")
        return Nothing()
    channel, ts = str(item.get("channel")), str(item.get("ts"))
    await ctx.write(
        lambda uow: voting.reacted(
            uow, ctx.user, channel, ts, name, added=added, at=at, now=ctx.now
        )
    )
    return Nothing()
