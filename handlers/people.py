"""What Slack tells of people and channels."""

from collections.abc import Mapping
from typing import Any

from bot.usecases import channels, people
from handlers.context import Context
from handlers.reply import Nothing, Reply
from handlers.router import Router


def register(router: Router) -> None:
    """The events that are followed; the manifest subscribes to these and Home's alone."""
    router.event("user_change", changed)
    router.event("team_join", joined)
    router.event("channel_archive", archived)
    router.event("channel_deleted", deleted)
    router.event("channel_id_changed", renumbered)
    router.event("member_left_channel", left)


async def changed(ctx: Context) -> Reply:
    """Somebody was deactivated, came back, or has another e-mail or language."""
    user = ctx.inbound.event["user"]
    await ctx.write(
        lambda uow: people.follow_user_change(
            uow,
            user["id"],
            deleted=bool(user.get("deleted")),
            email=_own_address(ctx, user),
            locale=user.get("locale"),
            now=ctx.now,
        ),
        once=False,
    )
    ctx.services.forget(str(user["id"]))
    return Nothing()


async def joined(ctx: Context) -> Reply:
    """Somebody new in Slack may be in the organisation's file already."""
    user = ctx.inbound.event["user"]
    email = _own_address(ctx, user)
    await ctx.write(lambda uow: people.joined(uow, user["id"], email, ctx.now), once=False)
    ctx.services.forget(str(user["id"]))
    return Nothing()


async def archived(ctx: Context) -> Reply:
    """Nothing can be posted in a channel any more."""
    return await _lost(ctx, void="ballot-void-archived")


async def deleted(ctx: Context) -> Reply:
    """A channel is gone for good."""
    return await _lost(ctx, void="ballot-void-deleted")


async def renumbered(ctx: Context) -> Reply:
    """A channel has another id."""
    event = ctx.inbound.event
    old, new = str(event["old_channel_id"]), str(event["new_channel_id"])
    await ctx.write(lambda uow: channels.renumbered(uow, old, new))
    return Nothing()


async def left(ctx: Context) -> Reply:
    """Only the bot's own leaving matters: it can post no more cards there until it is back."""
    if ctx.inbound.event.get("user") == ctx.inbound.bot_user:
        return await _lost(ctx)
    return Nothing()


async def _lost(ctx: Context, *, void: str = "") -> Reply:
    """The department's cards have no place until HQ names another; ballots there may be void."""
    channel = str(ctx.inbound.event["channel"])
    await ctx.write(lambda uow: channels.lost(uow, channel, ctx.now, void=void))
    return Nothing()


def _own_address(ctx: Context, user: Mapping[str, Any]) -> str | None:
    """The account's e-mail address, if this workspace vouches for it.

    Whoever has an official's address would be that official. So guests, bots, people of other
    workspaces and addresses that nobody confirmed are not linked by it.
    """
    outside = any(
        user.get(mark) for mark in ("is_bot", "is_stranger", "is_restricted", "is_ultra_restricted")
    )
    if outside or user.get("is_email_confirmed") is False:
        return None
    if user.get("team_id") not in (None, ctx.inbound.team):
        return None
    email = (user.get("profile") or {}).get("email")
    return str(email) if email else None
