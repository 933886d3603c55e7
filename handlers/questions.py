"""Questions to Slack: each is asked here, and its answer given to a use-case."""

from collections.abc import Awaitable, Callable, Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from slack_sdk.web.async_client import AsyncWebClient

from bot.domain.ballot import SIGN, is_sign
from bot.usecases import ballot_telling, closing
from bot.usecases.people import found_by_email
from handlers.sending import Rejected, done, made

Payload = Mapping[str, Any]


class Asker:
    """Slack as questions see it; it is asked once which user the bot is."""

    def __init__(self, client: AsyncWebClient) -> None:
        self.client = client
        self._own_user: str | None = None

    async def own_user(self) -> str:
        """The bot's own user id."""
        if self._own_user is None:
            asked = self.client.auth_test()
            self._own_user = await made(asked, lambda answer: str(answer["user_id"]))
        return self._own_user


@dataclass(frozen=True)
class Question:
    """How to ask Slack, and the use-case (unit of work, payload, answer, now) that hears it."""

    ask: Callable[[Asker, Payload], Awaitable[Any]]
    take: Callable[[Any, Payload, Any, datetime], object]


async def _whose_address(slack: Asker, payload: Payload) -> str | None:
    asked = slack.client.users_lookupByEmail(email=payload["email"])
    try:
        return await made(asked, _serving)
    except Rejected as error:
        if error.code == "users_not_found":
            return None
        raise


def _serving(answer: Any) -> str | None:
    user = answer["user"]
    return None if user.get("deleted") else str(user["id"])


def _take_address(uow: Any, payload: Payload, answer: Any, now: datetime) -> object:
    return found_by_email(uow, payload["person"], answer, now)


async def _seed(slack: Asker, payload: Payload) -> str:
    """Put the bot's own sign under a candidate; Slack's code when it cannot stand there."""
    place = {"channel": payload["channel"], "timestamp": payload["ts"]}
    try:
        await made(slack.client.reactions_add(name=SIGN, **place), done)
    except Rejected as error:
        if error.code == "already_reacted":
            return ""
        if error.code not in closing.GONE:
            raise
        return error.code
    return ""


async def _standing(slack: Asker, payload: Payload) -> Mapping[str, Any]:
    """Who holds which variant of the sign under a candidate, the bot left out; or Slack's code
    when the message is gone."""
    own = await slack.own_user()
    place = {"channel": payload["channel"], "timestamp": payload["ts"]}
    try:
        # Without `full` Slack names about fifty people.
        found = await made(slack.client.reactions_get(full=True, **place), _signs)
    except Rejected as error:
        if error.code not in closing.GONE:
            raise
        return {"gone": error.code}
    return {"standing": [sign for sign in found if sign[0] != own]}


def _signs(answer: Any) -> list[list[str]]:
    return [
        [user, reaction["name"]]
        for reaction in answer["message"].get("reactions", ())
        if is_sign(reaction["name"])
        for user in reaction["users"]
    ]


QUESTIONS: Mapping[str, Question] = {
    "find_by_email": Question(_whose_address, _take_address),
    "ballot_seed": Question(_seed, ballot_telling.seeded),
    "ballot_count": Question(_standing, closing.counted),
}
