"""Questions to Slack: each is asked here, and its answer given to a use-case."""

from collections.abc import Awaitable, Callable, Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from slack_sdk.web.async_client import AsyncWebClient

from bot.usecases.people import found_by_email
from handlers.sending import Rejected, made

Payload = Mapping[str, Any]


@dataclass(frozen=True)
class Question:
    """How to ask Slack, and the use-case (unit of work, payload, answer, now) that hears it."""

    ask: Callable[[AsyncWebClient, Payload], Awaitable[Any]]
    take: Callable[[Any, Payload, Any, datetime], object]


async def _whose_address(client: AsyncWebClient, payload: Payload) -> str | None:
    try:
        found = await made(client.users_lookupByEmail(email=payload["email"]))
    except Rejected as error:
        if error.code == "users_not_found":
            return None
        raise
    user = found["user"]
    return None if user.get("deleted") else str(user["id"])


def _take_address(uow: Any, payload: Payload, answer: Any, now: datetime) -> object:
    return found_by_email(uow, payload["person"], answer, now)


QUESTIONS: Mapping[str, Question] = {
    "find_by_email": Question(_whose_address, _take_address),
}
