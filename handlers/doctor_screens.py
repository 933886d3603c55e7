"""The doctor's look at what is drawn: Slack itself says of every screen whether it takes it."""

import asyncio
import json
from collections.abc import Mapping
from datetime import datetime
from typing import Any

from slack_sdk.errors import SlackApiError
from slack_sdk.web.async_client import AsyncWebClient

from bot.i18n.texts import Texts
from handlers.finding import NO_ANSWER, Finding, first_line, refusal
from handlers.slack import pooled, told_to_wait
from handlers.specimens import Screen, specimens

SCREENS_SECONDS = 60.0
"""How long Slack is asked about screens; it says that special rates apply, not which."""
METHOD = "blocks.validate"
_INVALID = frozenset({"invalid_blocks", "invalid_message", "invalid_view"})


async def check_screens(client: AsyncWebClient, t: Texts, now: datetime) -> list[Finding]:
    """Whether Slack takes a specimen of each screen and message; a line for each that it does not.

    Nothing is posted. Where Slack does not know the method, or asks to wait for longer than
    `SCREENS_SECONDS`, that is said and is nothing wrong.
    """
    screens = [(name, screen) for name, screen in specimens(t, now) if screen.get("blocks")]
    findings: list[Finding] = []
    asked, reason = 0, ""
    try:
        async with asyncio.timeout(SCREENS_SECONDS), pooled(client):
            for name, screen in screens:
                wrong = await _wrong_with(client, screen)
                asked += 1
                if wrong:
                    what = t("doctor-screen-wrong", screen=name, reason=wrong)
                    findings.append(Finding(ok=False, what=what, mend=t("doctor-screen-mend")))
    except SlackApiError as error:
        reason = refusal(error)
    except NO_ANSWER as error:
        reason = first_line(error)
    if reason:
        what = t("doctor-screens-unknown", count=asked, all=len(screens), reason=reason)
        return [*findings, Finding(ok=True, what=what)]
    return findings or [Finding(ok=True, what=t("doctor-screens", count=asked))]


async def _wrong_with(client: AsyncWebClient, screen: Screen) -> str:
    """What Slack finds wrong with a screen, "" for nothing; any other "no" is raised."""
    message = {"message": {"blocks": screen["blocks"]}}
    given = {"view": screen} if "type" in screen else message
    # As a form: the SDK's own method puts it into the address, where a whole view has no room.
    data = {part: json.dumps(value, ensure_ascii=False) for part, value in given.items()}
    while True:
        try:
            await client.api_call(METHOD, data=data)
        except SlackApiError as error:
            seconds = told_to_wait(error)
            if seconds:
                await asyncio.sleep(seconds)
                continue
            if refusal(error) not in _INVALID:
                raise
            answer: Any = error.response
            return "; ".join(map(_said, answer.get("errors") or ())) or refusal(error)
        return ""


def _said(error: Any) -> str:
    """One of Slack's errors in a line; its documents and its answers differ on their shape."""
    if not isinstance(error, Mapping):
        return str(error)
    where = error.get("pointer")
    text = str(error.get("message") or error.get("code") or "?")
    return f"{text} ({where})" if where else text
