"""One delivery: worded, sent when it may be, looked for when its end is unknown, settled."""

import asyncio
from collections.abc import Callable, Mapping
from contextlib import suppress
from datetime import datetime
from typing import Any

import structlog
from slack_sdk.web.async_client import AsyncWebClient

from bot.clock import Clock
from bot.domain.errors import BotError
from bot.domain.facts import Due
from bot.usecases import deliver, tell
from bot.usecases.deliver import Leased
from bot.usecases.telling import EPHEMERAL, NotYet
from handlers import sending
from handlers.context import UseCases
from handlers.questions import Asker, Question
from handlers.rendering import Rendered, Renderers, Unrenderable
from handlers.sending import (
    DELETED,
    FINAL,
    NOBODY,
    NOWHERE,
    TOKEN,
    Letter,
    Limited,
    Rejected,
    Sent,
    Unclear,
    Unreached,
)  # fmt: skip

_AN_HOUR = 3600.0
_TOKEN_PAUSE = 60.0
_PAUSE_MAX = 300.0
_LOAD_ATTEMPTS = 5
_SETTLE_ATTEMPTS = 3
_SLACK_SECONDS = 600.0
"""How much earlier than stored a message is looked for: clocks differ."""

log = structlog.stdlib.get_logger(__name__)


class Delivery:
    """Sends one claimed fact or projection and says what became of it."""

    def __init__(
        self,
        services: UseCases,
        client: AsyncWebClient,
        clock: Clock,
        renderers: Renderers,
        questions: Mapping[str, Question],
        reach: Callable[[Any], None],
        stopping: asyncio.Event,
        rates: deliver.Rates,
    ) -> None:
        self._services = services
        self._client = client
        self._asker = Asker(client)
        self._clock = clock
        self._renderers = renderers
        self._questions = questions
        self._reach = reach
        self._stopping = stopping
        self._rates = rates

    async def send(self, due: Leased) -> str:
        """Send it; the outcome in a word. BotError when the end could not be stored."""
        if not await self._may_start(due):
            await self._again(due, 0.0, unsure=due.unsure)
            return "left"
        try:
            return await self._sent(due)
        except Limited as error:
            until = self._clock.system() + error.seconds
            if due.unsure:
                await self._again(due, until, unsure=True, error="ratelimited")
            else:
                await self._store(lambda uow: deliver.slow_down(uow, due, until, self._rates))
            return "limited"
        except Unreached:
            await self._again(due, self._backoff(due), unsure=due.unsure, error="unreached")
            return "unreached"
        except Unclear as error:
            if _is_ephemeral(due):
                return await self._perhaps(due)
            await self._again(due, self._backoff(due), unsure=_is_post(due), error=str(error))
            return "unclear"
        except Rejected as error:
            return await self._rejected(due, error.code)

    async def _sent(self, due: Leased) -> str:
        if isinstance(due, Due) and due.fact.recipient == "slack":
            return await self._ask(due)
        if due.unsure and _is_ephemeral(due):
            return await self._perhaps(due)
        try:
            rendered = await self._services.read(
                lambda uow: self._renderers.render(uow, due, self._clock.now())
            )
        except NotYet as wait:
            await self._later(due, wait.until)
            return "not yet"
        except Unrenderable as error:
            return await self._park(due, f"unrenderable: {error}", error)
        except Exception as error:  # whatever it was, the fact is kept and HQ told
            if due.attempt >= _LOAD_ATTEMPTS:
                return await self._park(due, f"unloadable: {type(error).__name__}", error)
            log.warning("a fact could not be loaded", id=due.id, exc_info=error)
            await self._again(due, self._backoff(due), unsure=due.unsure)
            return "unloadable"
        if rendered is None:
            await self._store(lambda uow: deliver.drop(uow, due, "not wanted"))
            return "not wanted"
        if _is_post(due):
            return await self._post(due, rendered)
        return await self._show(due, rendered)

    async def _post(self, due: Leased, rendered: Rendered) -> str:
        thread = due.after_ts if isinstance(due, Due) else None
        letter = Letter(
            to=rendered.to,
            content=rendered.content,
            token=due.token,
            mark=rendered.mark,
            thread=thread,
            only_for=rendered.only_for,
        )
        if due.unsure:
            found = await sending.look(self._client, letter, self._since(due))
            if found is not None:
                await self._settle(due, found, found_again=True)
                return "found"
        if self._clock.system() + sending.CALL_SECONDS > due.lease_until:
            await self._again(due, 0.0, unsure=due.unsure, error="late")
            return "late"
        self._reach("before-post")
        sent = await sending.post(self._client, letter)
        self._reach("after-post")
        await self._settle(due, sent)
        return "sent"

    async def _show(self, due: Leased, rendered: Rendered) -> str:
        """Update a card that is there, or publish a Home; both may be repeated."""
        if isinstance(due, Due):
            raise TypeError("a fact is always a post")
        if due.ts is None or due.channel is None:
            await sending.publish(self._client, rendered.to, rendered.content)
        else:
            await sending.update(self._client, due.channel, due.ts, rendered.content)
        await self._store(lambda uow: deliver.shown(uow, due, None, None))
        return "shown"

    async def _ask(self, due: Due) -> str:
        question = self._questions.get(due.fact.kind)
        if question is None:
            return await self._park(due, "unknown question")
        try:
            answer = await question.ask(self._asker, due.fact.payload)
            now = self._clock.now()
            await self._store(
                lambda uow: deliver.told(
                    uow, due, None, None,
                    lambda inner: question.take(inner, due.fact.payload, answer, now),
                )
            )  # fmt: skip
        except (Limited, Unreached, Unclear, Rejected):
            raise
        except Exception as error:  # whatever it was, it is asked again for a while
            if due.attempt >= _LOAD_ATTEMPTS:
                return await self._park(due, f"unanswerable: {type(error).__name__}", error)
            log.warning("an answer could not be taken", id=due.id, exc_info=error)
            await self._again(due, self._backoff(due))
            return "unanswered"
        return "answered"

    async def _settle(self, due: Leased, sent: Sent, *, found_again: bool = False) -> None:
        self._reach("before-settle")
        now = self._clock.now()
        if isinstance(due, Due):
            fact = due
            await self._store(
                lambda uow: deliver.told(
                    uow, fact, sent.channel, sent.ts,
                    lambda inner: tell.after_telling(
                        inner, fact, sent.mark, now, sent.channel, sent.ts
                    ),
                )
            )  # fmt: skip
            return
        card = due
        settle = deliver.found if found_again else deliver.shown
        await self._store(lambda uow: settle(uow, card, sent.channel, sent.ts))

    async def _perhaps(self, due: Leased) -> str:
        """Nobody can look for what one person saw or did not: it is not said twice."""
        if not isinstance(due, Due):
            raise TypeError("only a fact is ephemeral")
        await self._store(lambda uow: deliver.told(uow, due, None, None))
        return "perhaps"

    async def _rejected(self, due: Leased, code: str) -> str:
        """Slack said no; what follows depends on who can mend it."""
        now = self._clock.now()
        if code in TOKEN:
            log.error("Slack refuses the bot", error=code)
            await self._again(
                due, self._clock.system() + _TOKEN_PAUSE, unsure=due.unsure, error=code
            )
            return "refused"
        if code in DELETED:
            log.info("removed", kind=deliver.kind_of(due), id=due.id)
            await self._store(lambda uow: deliver.removed(uow, due, code, now))
            return "removed"
        if code in FINAL or code in NOBODY:
            log.info("dropped", kind=deliver.kind_of(due), id=due.id, reason=code)
            await self._store(lambda uow: deliver.drop(uow, due, code))
            return "dropped"
        if code in NOWHERE:
            log.warning("undeliverable", kind=deliver.kind_of(due), id=due.id, reason=code)
            await self._store(lambda uow: deliver.undeliverable(uow, due, code, now))
            return "undeliverable"
        return await self._park(due, code)

    async def _park(self, due: Leased, why: str, error: BaseException | None = None) -> str:
        kind, now = deliver.kind_of(due), self._clock.now()
        log.error("parked", kind=kind, id=due.id, reason=why, exc_info=error)
        await self._store(lambda uow: deliver.park(uow, due, why, now))
        return "parked"

    async def _again(
        self, due: Leased, at: float, *, unsure: bool = False, error: str | None = None
    ) -> None:
        await self._store(lambda uow: deliver.again(uow, due, at, unsure=unsure, error=error))

    async def _later(self, due: Leased, until: datetime | None) -> None:
        """Wait for the office to open, or an hour where nobody knows how long."""
        if isinstance(due, Due) and until is not None:
            await self._store(lambda uow: deliver.wait(uow, due, until))
            return
        at = self._clock.system() + _AN_HOUR
        await self._again(due, at, unsure=due.unsure, error="not yet")

    async def _store(self, work: Callable[[Any], None]) -> None:
        """Store an end, trying for a while: what is sent and not stored costs a look-up."""
        for attempt in range(1, _SETTLE_ATTEMPTS + 1):
            try:
                await self._services.write(work, key=None, answer=None)
                return
            except BotError:
                if attempt == _SETTLE_ATTEMPTS:
                    raise
                with suppress(TimeoutError):
                    async with asyncio.timeout(attempt):
                        await self._stopping.wait()

    async def _may_start(self, due: Leased) -> bool:
        """Wait for the moment to send; False when the process stops before."""
        seconds = due.send_at - self._clock.system()
        if seconds <= 0 or self._stopping.is_set():
            return not self._stopping.is_set()
        with suppress(TimeoutError):
            async with asyncio.timeout(seconds):
                await self._stopping.wait()
        return not self._stopping.is_set()

    def _since(self, due: Leased) -> float:
        """From when on (system seconds) an earlier call's message would stand in Slack."""
        if not isinstance(due, Due):
            return 0.0
        age = (self._clock.now() - due.created_at).total_seconds()
        # Programme time may have been moved back since: then everything is looked through.
        return self._clock.system() - age - _SLACK_SECONDS if age >= 0 else 0.0

    def _backoff(self, due: Leased) -> float:
        pause: float = min(2.0**due.attempt, _PAUSE_MAX)
        return self._clock.system() + pause


def _is_post(due: Leased) -> bool:
    if isinstance(due, Due):
        return due.fact.recipient != "slack"
    return due.ts is None and due.projection.kind != "home"


def _is_ephemeral(due: Leased) -> bool:
    return isinstance(due, Due) and due.fact.recipient.startswith(EPHEMERAL)
