"""The doctor: checks what the bot needs, and says of everything wrong how to mend it."""

import json
from collections.abc import Awaitable, Callable, Collection, Mapping
from contextlib import AbstractAsyncContextManager
from dataclasses import dataclass, replace
from email.utils import parsedate_to_datetime
from functools import partial
from pathlib import Path
from typing import Any, Protocol, TextIO, TypeVar
from urllib.parse import urlsplit

import structlog
from slack_sdk.errors import SlackApiError
from slack_sdk.http_retry.builtin_async_handlers import AsyncRateLimitErrorRetryHandler
from slack_sdk.web.async_client import AsyncWebClient

from bot.clock import Clock
from bot.domain.errors import BotError
from bot.i18n.texts import Texts
from bot.settings import Settings
from bot.usecases.health import Health, look, mark
from handlers.doctor_screens import check_screens
from handlers.finding import NO_ANSWER, Finding, first_line, refusal
from handlers.slack import client_for, proxy_for

T = TypeVar("T")
log = structlog.stdlib.get_logger(__name__)

CLOCK_SECONDS = 60
"""How wrong the clock may be: Slack's signatures are refused at 300 seconds."""
_CALL_SECONDS = 10.0
_WAITS = 5
"""How often one call waits for Slack's rate limit."""
_NAMED = 3
"""How many people are named when many are meant."""
_ASKING_PAGE = 200


class Database(Protocol):
    """The way to the use-cases; `write` gives up soon when somebody holds the database."""

    async def read(self, work: Callable[[Any], T]) -> T: ...
    async def write(
        self, work: Callable[[Any], T], *, key: str | None, answer: type[T] | None
    ) -> T: ...


@dataclass(frozen=True, kw_only=True)
class Revisions:
    """The newest revision of the tables and the one the database has; None before the first."""

    stored: str | None
    newest: str
    place: str
    """Where the database is, without a password."""


def scopes_of(manifest: Path) -> tuple[str, ...]:
    """The bot scopes that a manifest file asks for."""
    asked = json.loads(manifest.read_text(encoding="utf-8"))
    return tuple(asked["oauth_config"]["scopes"]["bot"])


async def doctor(
    settings: Settings,
    t: Texts,
    clock: Clock,
    out: TextIO,
    *,
    scopes: Collection[str],
    revisions: Callable[[], Awaitable[Revisions]],
    opened: Callable[[], AbstractAsyncContextManager[Database]],
) -> int:
    """Check everything and print a line for each check; the exit code, 1 when something is wrong.

    `scopes` are the manifest's. `revisions` connects to the database and raises when it cannot; the
    database is `opened` only when its tables are the newest. Only a mark that nobody reads is left.
    """
    findings, health = await check_database(t, clock, revisions, opened)
    if health is not None:
        findings += check_organisation(t, health)
    channels = health.channels if health is not None else {}
    findings += await check_slack(settings, t, clock, scopes, channels)
    for finding in findings:
        print(t("doctor-fine" if finding.ok else "doctor-wrong", what=finding.what), file=out)
        if not finding.ok:
            print(t("doctor-mend", mend=finding.mend), file=out)
    wrong = sum(not finding.ok for finding in findings)
    print("", t("doctor-summary", checks=len(findings), wrong=wrong), sep="\n", file=out)
    return 1 if wrong else 0


async def check_database(
    t: Texts,
    clock: Clock,
    revisions: Callable[[], Awaitable[Revisions]],
    opened: Callable[[], AbstractAsyncContextManager[Database]],
) -> tuple[list[Finding], Health | None]:
    """Whether the database can be reached, is the newest and can be written; and what it says."""
    now = clock.now()
    try:
        found = await revisions()
    except Exception as error:  # every driver has errors of its own
        log.debug("the database was not reached", exc_info=True)
        what = t("doctor-database-away", reason=first_line(error))
        return [Finding(ok=False, what=what, mend=t("doctor-database-away-mend"))], None
    where = Finding(ok=True, what=t("doctor-database", place=found.place))
    if found.stored != found.newest:
        what = t("doctor-tables-old", stored=found.stored or "-", newest=found.newest)
        return [where, Finding(ok=False, what=what, mend=t("doctor-tables-old-mend"))], None
    fine = [where, Finding(ok=True, what=t("doctor-tables", newest=found.newest))]
    try:
        async with opened() as database:
            health = await database.read(partial(look, now=now))
            await database.write(partial(mark, now=now), key=None, answer=None)
    except Exception as error:  # every driver has errors of its own
        log.debug("the database was not written", exc_info=True)
        late = t("doctor-not-in-time") if isinstance(error, BotError) else ""
        what = t("doctor-database-unwritable", reason=late or first_line(error))
        return [
            *fine,
            Finding(ok=False, what=what, mend=t("doctor-database-unwritable-mend")),
        ], None
    return [*fine, Finding(ok=True, what=t("doctor-database-writable"))], health


def check_organisation(t: Texts, health: Health) -> list[Finding]:
    """Whether there are people whom Slack can reach, somebody in charge, and channels."""
    if not health.people:
        return [Finding(ok=False, what=t("doctor-nobody"), mend=t("doctor-nobody-mend"))]
    lost = health.without_slack
    reached = Finding(ok=True, what=t("doctor-people", count=health.people))
    if lost:
        names = ", ".join(lost[:_NAMED])
        what = t("doctor-people-lost", count=len(lost), names=names, more=len(lost) > _NAMED)
        reached = Finding(ok=False, what=what, mend=t("doctor-people-lost-mend"))
    hq = Finding(ok=True, what=t("doctor-hq", count=health.hq))
    if not health.hq:
        hq = Finding(ok=False, what=t("doctor-no-hq"), mend=t("doctor-no-hq-mend"))
    if health.channels:
        return [reached, hq]
    none = Finding(ok=False, what=t("doctor-no-channels"), mend=t("doctor-no-channels-mend"))
    return [reached, hq, none]


async def check_slack(
    settings: Settings,
    t: Texts,
    clock: Clock,
    scopes: Collection[str],
    channels: Mapping[str, str],
) -> list[Finding]:
    """The way to Slack, the tokens, what the bot's may do, the clock against Slack's, the units'
    channels, and what is drawn.
    """
    client = client_for(settings.bot_token, settings.api_url, seconds=_CALL_SECONDS)
    client.retry_handlers.append(AsyncRateLimitErrorRetryHandler(max_retry_count=_WAITS))
    token, headers = await check_bot_token(client, t)
    findings = [check_proxy(t, settings.api_url), token, await check_app_token(client, settings, t)]
    if headers is not None:
        findings.append(check_clock(t, clock, headers))
    if token.ok and headers is not None:
        findings.append(check_scopes(t, scopes, headers))
        findings += await check_channels(client, t, channels)
        asking = client_for(settings.bot_token, settings.api_url, seconds=_CALL_SECONDS)
        findings += await check_screens(asking, t, clock.now())
    return findings


def check_proxy(t: Texts, url: str) -> Finding:
    """Which proxy the way to Slack goes through, its password left out."""
    proxy = proxy_for(url)
    if proxy is None:
        return Finding(ok=True, what=t("doctor-no-proxy"))
    found = urlsplit(proxy)
    place = found.netloc.rpartition("@")[2]
    hidden = "***@" if "@" in found.netloc else ""
    return Finding(ok=True, what=t("doctor-proxy", proxy=f"{found.scheme}://{hidden}{place}"))


async def check_bot_token(
    client: AsyncWebClient, t: Texts
) -> tuple[Finding, Mapping[str, str] | None]:
    """Whether Slack takes the bot's token; with the headers of its answer if it answered."""
    wrong = Finding(ok=False, what=t("doctor-no-bot-token"), mend=t("doctor-bot-token-mend"))
    if not client.token:
        return wrong, None
    try:
        found = await client.auth_test()
    except SlackApiError as error:
        what = t("doctor-bot-token-refused", reason=refusal(error))
        return replace(wrong, what=what), error.response.headers
    except NO_ANSWER as error:
        what = t("doctor-slack-away", url=client.base_url, reason=first_line(error))
        return Finding(ok=False, what=what, mend=t("doctor-slack-away-mend")), None
    what = t("doctor-bot-token", team=str(found["team"]), bot=str(found["user"]))
    return Finding(ok=True, what=what), found.headers


async def check_app_token(client: AsyncWebClient, settings: Settings, t: Texts) -> Finding:
    """Whether Slack opens Socket Mode for the app's token, where there is one."""
    if not settings.app_token:
        if settings.signing_secret:
            return Finding(ok=True, what=t("doctor-over-http"))
        return Finding(ok=False, what=t("doctor-no-way"), mend=t("doctor-no-way-mend"))
    try:
        await client.apps_connections_open(app_token=settings.app_token)
    except SlackApiError as error:
        what = t("doctor-app-token-refused", reason=refusal(error))
        return Finding(ok=False, what=what, mend=t("doctor-app-token-mend"))
    except NO_ANSWER as error:
        what = t("doctor-slack-away", url=client.base_url, reason=first_line(error))
        return Finding(ok=False, what=what, mend=t("doctor-slack-away-mend"))
    return Finding(ok=True, what=t("doctor-app-token"))


def check_clock(t: Texts, clock: Clock, headers: Mapping[str, str]) -> Finding:
    """How far this machine's clock is from Slack's, by the Date of its answer."""
    try:
        theirs = parsedate_to_datetime(headers["Date"]).timestamp()
    except (KeyError, ValueError):
        mend = t("doctor-slack-away-mend")
        return Finding(ok=False, what=t("doctor-clock-unknown"), mend=mend)
    seconds = round(clock.system() - theirs)
    if abs(seconds) <= CLOCK_SECONDS:
        return Finding(ok=True, what=t("doctor-clock"))
    what = t("doctor-clock-off", seconds=abs(seconds), ahead=seconds > 0)
    return Finding(ok=False, what=what, mend=t("doctor-clock-off-mend"))


def check_scopes(t: Texts, wanted: Collection[str], headers: Mapping[str, str]) -> Finding:
    """Whether the token has every scope that the manifest asks for."""
    granted = {scope.strip() for scope in headers.get("x-oauth-scopes", "").split(",")}
    missing = sorted(set(wanted) - granted)
    if not missing:
        return Finding(ok=True, what=t("doctor-scopes"))
    what = t("doctor-scopes-missing", scopes=", ".join(missing))
    return Finding(ok=False, what=what, mend=t("doctor-scopes-missing-mend"))


async def check_channels(
    client: AsyncWebClient, t: Texts, channels: Mapping[str, str]
) -> list[Finding]:
    """Whether the bot can post in each channel of a unit; a line for each where it cannot."""
    findings: list[Finding] = []
    try:
        open_to_bot = await _channels_of_bot(client)
        closed = sorted(channels.keys() - open_to_bot)
        asked = [await check_channel(client, t, channel, channels[channel]) for channel in closed]
        findings += [finding for finding in asked if finding is not None]
    except SlackApiError as error:
        what = t("doctor-channels-unknown", reason=refusal(error))
        findings.append(Finding(ok=False, what=what, mend=t("doctor-scopes-missing-mend")))
    except NO_ANSWER as error:
        what = t("doctor-channels-unknown", reason=first_line(error))
        findings.append(Finding(ok=False, what=what, mend=t("doctor-slack-away-mend")))
    if channels and not findings:
        return [Finding(ok=True, what=t("doctor-channels", count=len(channels)))]
    return findings


async def check_channel(
    client: AsyncWebClient, t: Texts, channel: str, units: str
) -> Finding | None:
    """Why the bot cannot post in a channel; None when it can after all."""
    named = {"channel": channel, "units": units}
    try:
        found = (await client.conversations_info(channel=channel))["channel"]
    except SlackApiError as error:
        if refusal(error) != "channel_not_found":
            raise
        # A private channel is as good as none to a bot that is not in it.
        what, mend = t("doctor-channel-gone", **named), t("doctor-channel-gone-mend")
        return Finding(ok=False, what=what, mend=mend)
    if found.get("is_archived"):
        what, mend = t("doctor-channel-archived", **named), t("doctor-channel-archived-mend")
        return Finding(ok=False, what=what, mend=mend)
    if not found.get("is_member"):
        what, mend = t("doctor-channel-outside", **named), t("doctor-channel-outside-mend")
        return Finding(ok=False, what=what, mend=mend)
    return None


async def _channels_of_bot(client: AsyncWebClient) -> set[str]:
    """The open channels the bot is in: asked for together, since an office has hundreds."""
    found: set[str] = set()
    cursor = ""
    while True:
        page = await client.users_conversations(
            types="public_channel,private_channel",
            exclude_archived=True,
            limit=_ASKING_PAGE,
            cursor=cursor or None,
        )
        found |= {channel["id"] for channel in page["channels"]}
        cursor = (page.get("response_metadata") or {}).get("next_cursor") or ""
        if not cursor:
            return found
