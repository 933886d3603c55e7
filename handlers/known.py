"""Who is behind a Slack id, and in what language they read."""

import asyncio
from dataclasses import replace

import structlog

from bot.clock import Clock
from bot.domain.calendar import today
from bot.domain.errors import BotError
from bot.domain.org import Person
from bot.i18n.texts import language_of
from bot.usecases.people import meet
from handlers.context import UseCases
from handlers.slack import Slack

LOCALE_SECONDS = 0.5
"""How long somebody's locale is waited for, once."""
MEET_SECONDS = 1.0
"""How long it is waited for altogether that somebody is met: their request comes first."""
KNOWN_SECONDS = 5.0
"""How long somebody's name and language are remembered; rights are always asked anew."""

log = structlog.stdlib.get_logger(__name__)


class Known:
    """Who is behind a Slack id and in what language, remembered for a few seconds."""

    def __init__(self, office: UseCases, slack: Slack, clock: Clock) -> None:
        self._office = office
        self._slack = slack
        self._clock = clock
        self._people: dict[str, tuple[float, Person | None]] = {}
        self._languages: dict[str, str] = {}
        self._met: set[int] = set()

    async def who(self, slack_id: str) -> Person | None:
        """The person of the organisation behind a Slack id."""
        found = self._people.get(slack_id)
        if found and self._clock.monotonic() < found[0]:
            return found[1]
        day = today(self._clock.now())
        person: Person | None = await self._office.read(
            lambda uow: uow.people.by_slack(slack_id, day)
        )
        if person is not None and person.id not in self._met:
            person = await self._meet(person, slack_id)
        self._people[slack_id] = (self._clock.monotonic() + KNOWN_SECONDS, person)
        return person

    async def _meet(self, person: Person, slack_id: str) -> Person:
        """The person in their own language, asked of Slack the first time they are met."""
        self._met.add(person.id)
        if await self._office.read(lambda uow: uow.people.is_welcomed(person.id)):
            return person
        try:
            with self._clock.within(MEET_SECONDS):
                async with asyncio.timeout(LOCALE_SECONDS):
                    language = await self.language(slack_id)
                now = self._office.now()
                await self._office.write(
                    lambda uow: meet(uow, person.id, language, now), key=None, answer=None
                )
        except Exception as error:  # what they asked for matters more than the words it comes in
            known = isinstance(error, BotError)
            log.warning("a person's language is not known", exc_info=None if known else error)
            return person
        return replace(person, language=language)

    def forget(self, slack_id: str) -> None:
        """Something about the person changed: ask anew."""
        self._people.pop(slack_id, None)

    async def language(self, slack_id: str) -> str:
        """The language of a stranger's locale in Slack."""
        if slack_id not in self._languages:
            found = await self._slack.client.users_info(user=slack_id, include_locale=True)
            self._languages[slack_id] = language_of(found["user"].get("locale"))
        return self._languages[slack_id]
