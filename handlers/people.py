"""What Slack tells of people and channels."""

from bot.usecases import channels, people
from handlers.context import Context
from handlers.reply import Nothing, Reply
from handlers.router import Router


def register(router: Router) -> None:
    """The events that are followed; the manifest subscribes to these and Home's alone."""
    router.event("user_change", changed)
    router.event("team_join", joined)
    router.event("channel_archive", lost)
    router.event("channel_deleted", lost)
    router.event("channel_id_changed", renumbered)
    router.event("member_left_channel", left)


async def changed(ctx: Context) -> Reply:
    """Somebody was deactivated, came back, or has another e-mail or language."""
    user = ctx.inbound.event["user"]
    profile = user.get("profile") or {}
    await ctx.write(
        lambda uow: people.follow_user_change(
            uow,
            user["id"],
            deleted=bool(user.get("deleted")),
            email=profile.get("email"),
            locale=user.get("locale"),
            now=ctx.now,
        ),
        once=False,
    )
    return Nothing()


async def joined(ctx: Context) -> Reply:
    """Somebody new in Slack may be in the organisation's file already."""
    user = ctx.inbound.event["user"]
    email = (user.get("profile") or {}).get("email")
    await ctx.write(lambda uow: people.joined(uow, user["id"], email, ctx.now), once=False)
    return Nothing()


async def lost(ctx: Context) -> Reply:
    """A channel is gone: its department's cards have no place until HQ names another."""
    channel = str(ctx.inbound.event["channel"])
    await ctx.write(lambda uow: channels.lost(uow, channel, ctx.now))
    return Nothing()


async def renumbered(ctx: Context) -> Reply:
    """A channel has another id."""
    event = ctx.inbound.event
    old, new = str(event["old_channel_id"]), str(event["new_channel_id"])
    await ctx.write(lambda uow: channels.renumbered(uow, old, new))
    return Nothing()


async def left(ctx: Context) -> Reply:
    """Only the bot's own leaving matters: it can post no more cards there."""
    if ctx.inbound.event.get("user") == ctx.inbound.bot_user:
        return await lost(ctx)
    return Nothing()
