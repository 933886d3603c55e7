"""Home and its settings."""

from bot.domain.errors import BotError
from bot.domain.org import Hearing
from bot.domain.reminding import Reminding
from bot.i18n.texts import LANGUAGES
from bot.usecases import read, settle
from bot.views import home as views
from handlers.context import Context
from handlers.reply import Nothing, Publish, Reply
from handlers.router import Router


def register(router: Router) -> None:
    """Opening Home, and what can be set there."""
    router.event("app_home_opened", opened)
    router.action("home.hearing", hearing)
    router.action("home.reminding", reminding)
    router.action("home.language", language)


async def opened(ctx: Context) -> Reply:
    """Show Home; for people of a unit it is kept up to date from then on."""
    if ctx.inbound.event.get("tab") != "home":
        return Nothing()
    if ctx.actor is None or not ctx.actor.posts:
        hq = await ctx.read(lambda uow: read.headquarters(uow, ctx.now))
        return Publish(views.stranger(ctx.texts, hq))
    await ctx.write(lambda uow: settle.want_home(uow, ctx.user, ctx.now))
    return Nothing()


async def hearing(ctx: Context) -> Reply:
    """How often to hear of others' decisions."""
    try:
        chosen = Hearing(str(ctx.inbound.value))
    except ValueError as error:
        raise BotError("error-stale-button") from error
    await ctx.write(lambda uow: settle.hear(uow, ctx.user, chosen, ctx.now))
    return Nothing()


async def reminding(ctx: Context) -> Reply:
    """How often to be reminded of one's own dates."""
    try:
        chosen = Reminding(str(ctx.inbound.value))
    except ValueError as error:
        raise BotError("error-stale-button") from error
    await ctx.write(lambda uow: settle.be_reminded(uow, ctx.user, chosen, ctx.now))
    return Nothing()


async def language(ctx: Context) -> Reply:
    """The language of everything the person reads from now on."""
    chosen = str(ctx.inbound.value)
    if chosen not in LANGUAGES:
        raise BotError("error-stale-button")
    await ctx.write(lambda uow: settle.speak(uow, ctx.user, chosen, ctx.now))
    ctx.services.forget(ctx.user)
    return Nothing()
