"""What Slack tells of people and channels.

It tells late, twice and in any order, so everything goes on with Slack's own moment of it.
"""

from collections.abc import Callable, Mapping
from datetime import datetime
from decimal import Decimal, InvalidOperation
from typing import Any

from bot.usecases import channels, people
from handlers.context import Context, Handler
from handlers.inbound import Json
from handlers.reply import Nothing, Reply
from handlers.router import Router

Happened = Callable[[Any, str, int, datetime], None]
"""A use-case for what happened to a channel, at Slack's microseconds."""

_LATEST_SECOND = 2**40
"""No date of Slack's is beyond it, and its microseconds fit into 63 bits."""


def register(router: Router) -> None:
    """The events that are followed; the manifest subscribes to these and Home's alone.

    Of a private channel Slack tells in words of its own, which mean the same. Nobody is looked up:
    a thousand people may be let into a channel at once.
    """
    heard: dict[str, Handler] = {
        "user_change": changed,
        "team_join": changed,
        "channel_id_changed": renumbered,
        "member_joined_channel": _about_the_bot(channels.invited),
        "member_left_channel": _about_the_bot(channels.left),
    }
    for kind in ("channel", "group"):
        heard |= {
            f"{kind}_archive": _about_channel(channels.archived),
            f"{kind}_unarchive": _about_channel(channels.unarchived),
            f"{kind}_deleted": _about_channel(channels.deleted),
            # The bot's own going: nobody else's is told by these.
            f"{kind}_left": _about_channel(channels.left),
            f"{kind}_rename": renamed,
        }
    for type, handler in heard.items():
        router.event(type, handler, nameless=True)


async def changed(ctx: Context) -> Reply:
    """Somebody is new in Slack, was deactivated, came back, or has another e-mail or language.

    Somebody new may be in the organisation's file already.
    """
    user, heard = ctx.inbound.event["user"], _moment(ctx.inbound.body)
    updated = _seconds(user.get("updated")) or heard // 1_000_000
    await ctx.write(
        lambda uow: people.follow_user_change(
            uow,
            user["id"],
            deleted=bool(user.get("deleted")),
            email=_own_address(ctx, user),
            locale=user.get("locale"),
            now=ctx.now,
            updated=updated,
            heard=heard,
        ),
        once=False,
    )
    ctx.services.forget(str(user["id"]))
    return Nothing()


async def renumbered(ctx: Context) -> Reply:
    """A channel has another id."""
    event, at = ctx.inbound.event, _moment(ctx.inbound.body)
    old, new = str(event["old_channel_id"]), str(event["new_channel_id"])
    await ctx.write(lambda uow: channels.renumbered(uow, old, new, ctx.now, at))
    return Nothing()


async def renamed(ctx: Context) -> Reply:
    """A channel has another name, which is stored nowhere: its id is, and people see Slack's."""
    return Nothing()


def _about_channel(happened: Happened) -> Handler:
    """Slack tells what happened to a channel."""

    async def handler(ctx: Context) -> Reply:
        channel, at = str(ctx.inbound.event["channel"]), _moment(ctx.inbound.body)
        await ctx.write(lambda uow: happened(uow, channel, at, ctx.now))
        return Nothing()

    return handler


def _about_the_bot(happened: Happened) -> Handler:
    """Somebody came or went: only the bot's own coming and going matters."""
    follow = _about_channel(happened)

    async def handler(ctx: Context) -> Reply:
        if ctx.inbound.event.get("user") != ctx.inbound.bot_user:
            return Nothing()
        return await follow(ctx)

    return handler


def _moment(body: Json) -> int:
    """When it happened in microseconds, the same in every delivery; 0 where Slack does not say."""
    for told in (body["event"].get("event_ts"), body.get("event_time")):
        try:
            seconds = Decimal(str(told))
            if 0 < seconds < _LATEST_SECOND:
                return int(seconds * 1_000_000)
        except InvalidOperation:  # no number, or none that can be compared
            continue
    return 0


def _seconds(told: object) -> int:
    """When an account changed last; 0 where that is no date."""
    return told if type(told) is int and 0 < told < _LATEST_SECOND else 0


def _own_address(ctx: Context, user: Mapping[str, Any]) -> str | None:
    """The account's e-mail address, if this workspace vouches for it.

    Whoever has an official's address would be that official. So guests, bots, people of other
    workspaces and addresses that nobody confirmed are not linked by it.
    """
    outside = any(
        user.get(mark) for mark in ("is_bot", "is_stranger", "is_restricted", "is_ultra_restricted")
    )
    if outside or user.get("is_email_confirmed") is False or not _is_of_this_house(ctx, user):
        return None
    email = (user.get("profile") or {}).get("email")
    return str(email) if email else None


def _is_of_this_house(ctx: Context, user: Mapping[str, Any]) -> bool:
    """Whether the account is of this workspace, or of another one of its Enterprise Grid.

    Where the bot is installed is what its authorization says: in a shared channel the team of the
    delivery itself may be the other company's.
    """
    team = user.get("team_id")
    ours = (ctx.inbound.body.get("authorizations") or [{}])[0]
    grid = ours.get("enterprise_id")
    theirs = (user.get("enterprise_user") or {}).get("enterprise_id")
    return team in (None, ours.get("team_id") or ctx.inbound.team) or (
        grid is not None and grid in (team, theirs)
    )
