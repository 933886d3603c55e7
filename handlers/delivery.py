"""One delivery: worded, sent when it may be, looked for when its end is unknown, settled."""

import asyncio
import math
from collections.abc import Callable, Mapping
from contextlib import suppress
from datetime import datetime
from typing import Any, TypeVar

import structlog
from slack_sdk.web.async_client import AsyncWebClient

from bot.clock import Clock
from bot.domain.errors import BotError
from bot.domain.facts import Due, DueProjection
from bot.usecases import deliver, tell
from bot.usecases.deliver import Leased
from bot.usecases.telling import EPHEMERAL, PERSON, NotYet
from handlers import sending
from handlers.causes import Cause
from handlers.context import UseCases
from handlers.questions import Asker, Question
from handlers.rendering import Rendered, Renderers, Unrenderable
from handlers.sending import Letter, Limited, Rejected, Sent, Unclear, Unreached

_AN_HOUR = 3600.0
_AT_ONCE, _SOON, _A_DAY = 0.0, 60.0, deliver.A_DAY
"""Seconds after which what is refused is set aside: nothing will change; our fault, or the
database's for a moment; nobody knows."""
UNREACHED = "unreached"
"""Why nothing can be sent when there is no way to Slack."""
_REACHED = frozenset({"sent", "found", "shown", "answered"})
"""Outcomes for which Slack was asked and said yes."""
_BARRED_MAX = 60.0
"""Seconds between two tries while nothing at all can be sent."""
_SETTLE_PAUSES = (1.0, 2.0)
"""Seconds between the tries to store what became of a send."""
_DRIFT = 2 * 86400.0
"""How much earlier than stored a message is looked for: clocks differ, and may have been set."""

T = TypeVar("T")
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
        hears: Callable[[str], object],
    ) -> None:
        """`hears` is told why nothing can be sent, and "" once it can."""
        self._services = services
        self._client = client
        self._asker = Asker(client)
        self._clock = clock
        self._renderers = renderers
        self._questions = questions
        self._reach = reach
        self._stopping = stopping
        self._rates = rates
        self._hears = hears
        self._barred_until = 0.0
        self._pause = 0.0

    @property
    def barred_for(self) -> float | None:
        """Seconds until one may try again, after which one alone should; None: nothing bars."""
        if not self._pause:
            return None
        return max(self._barred_until - self._clock.steady(), 0.0)

    async def send(self, due: Leased) -> str:
        """Send it; the outcome in a word. BotError when the end could not be stored."""
        if not await self._may_start(due):
            await self._again(due, unsure=due.unsure)
            return "left"
        try:
            outcome = await self._sent(due)
        except Limited as error:
            self._open()
            return await self._limited(due, error.seconds)
        except Unreached:
            return await self._bar(due, UNREACHED)
        except Unclear as error:
            if _is_ephemeral(due):
                return await self._perhaps(due)
            unsure = due.unsure or _is_post(due)
            await self._refused(due, str(error), _A_DAY, unsure=unsure)
            return "unclear"
        except Rejected as error:
            if error.cause is Cause.TOKEN:
                return await self._bar(due, error.code)
            self._open()
            return await self._rejected(due, error)
        if outcome in _REACHED:
            self._open()
        return outcome

    def _open(self) -> None:
        """Slack has answered: whatever barred everything is over."""
        if self._pause:
            self._pause = 0.0
            self._hears("")

    async def _bar(self, due: Leased, why: str) -> str:
        """Nothing can be sent, through no fault of this one; or nothing of its kind."""
        now = self._clock.steady()
        if not self._pause:
            self._hears(why)
        if now >= self._barred_until:  # not for each of those that were under way together
            self._pause = min(max(2 * self._pause, 1.0), _BARRED_MAX)
            self._barred_until = now + self._pause
        await self._refused(due, why, math.inf, unsure=due.unsure, longest=_BARRED_MAX)
        return "barred"

    async def _limited(self, due: Leased, seconds: float) -> str:
        if due.unsure:  # the look was limited, and not what it looks for
            await self._again(due, seconds, unsure=True, error="ratelimited")
        else:
            await self._store(lambda uow: deliver.slow_down(uow, due, seconds, self._rates))
        return "limited"

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
            return await self._unready(due, f"unrenderable: {error}", _AT_ONCE, error)
        except BotError as error:  # the database is away
            await self._again(due, 1.0, unsure=due.unsure, error=error.key)
            return "unloadable"
        except Exception as error:  # noqa: BLE001 - whatever it was, the fact is kept
            why = f"unloadable: {type(error).__name__}"
            return await self._unready(due, why, _SOON, error)
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
        if self._clock.steady() + sending.CALL_SECONDS > due.lease_until:
            await self._again(due, unsure=due.unsure, error="late")
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
            return await self._unready(due, "unknown question", _AT_ONCE)
        try:
            answer = await question.ask(self._asker, due.fact.payload)
            now = self._clock.now()
            await self._store(
                lambda uow: deliver.told(
                    uow, due, None, None,
                    lambda inner: question.take(inner, due.fact.payload, answer, now),
                )
            )  # fmt: skip
        except (Limited, Unreached, Unclear, Rejected, BotError):
            raise
        except Exception as error:  # noqa: BLE001 - whatever it was, it is asked again
            return await self._unready(due, f"unanswerable: {type(error).__name__}", _SOON, error)
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

    async def _rejected(self, due: Leased, error: Rejected) -> str:
        """Slack said no; what follows depends on who can mend it."""
        code, cause, now = error.code, error.cause, self._clock.now()
        about = {"kind": deliver.kind_of(due), "id": due.id, "reason": code}
        if cause is Cause.GONE and isinstance(due, DueProjection) and due.ts is not None:
            log.info("removed", **about)
            await self._store(lambda uow: deliver.removed(uow, due, code, now))
            return "removed"
        if cause is Cause.PERSON and isinstance(due, Due) and _is_to_person(due):
            log.info("dropped", **about)
            await self._store(lambda uow: deliver.drop(uow, due, code))
            return "dropped"
        if cause is Cause.PLACE and deliver.channel_of(due):
            log.warning("undeliverable", **about)
            await self._store(lambda uow: deliver.nowhere(uow, due, code, now, unsure=due.unsure))
            return "undeliverable"
        patience = _AT_ONCE if cause is Cause.OURS else _A_DAY
        await self._refused(due, code, patience, unsure=due.unsure)
        return "refused"

    async def _unready(
        self, due: Leased, why: str, patience: float, error: BaseException | None = None
    ) -> str:
        """It cannot be made ready for sending, which is our fault."""
        log.error("not sent", kind=deliver.kind_of(due), id=due.id, reason=why, exc_info=error)
        await self._refused(due, why, patience, unsure=due.unsure)
        return "unready"

    async def _refused(
        self,
        due: Leased,
        why: str,
        patience: float,
        *,
        unsure: bool,
        longest: float = deliver.LONGEST,
    ) -> None:
        """Have it sent again later; once it has been refused for so long, set it aside."""
        kind, now = deliver.kind_of(due), self._clock.now()
        aside = await self._store(
            lambda uow: deliver.refused(
                uow, due, why, now, unsure=unsure, patience=patience, longest=longest
            )
        )
        if aside:
            log.error("set aside, and asked again each hour", kind=kind, id=due.id, reason=why)
        else:
            log.info("refused", kind=kind, id=due.id, reason=why)

    async def _again(
        self, due: Leased, pause: float = 0.0, *, unsure: bool = False, error: str | None = None
    ) -> None:
        await self._store(lambda uow: deliver.again(uow, due, pause, unsure=unsure, error=error))

    async def _later(self, due: Leased, until: datetime | None) -> None:
        """Wait for the office to open, or an hour where nobody knows how long."""
        if isinstance(due, Due) and until is not None:
            await self._store(lambda uow: deliver.wait(uow, due, until))
            return
        await self._again(due, _AN_HOUR, unsure=due.unsure, error="not yet")

    async def _store(self, work: Callable[[Any], T]) -> T:
        """Store an end, trying for a while: what is sent and not stored costs a look-up."""
        for seconds in _SETTLE_PAUSES:
            try:
                return await self._services.write(work, key=None, answer=None)
            except BotError as error:
                log.info("an end is stored later", error=error.key)
                with suppress(TimeoutError):
                    async with asyncio.timeout(seconds):
                        await self._stopping.wait()
        return await self._services.write(work, key=None, answer=None)

    async def _may_start(self, due: Leased) -> bool:
        """Wait for the moment to send; False when the process stops before."""
        seconds = due.send_at - self._clock.steady()
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
        return self._clock.system() - age - _DRIFT if age >= 0 else 0.0


def _is_post(due: Leased) -> bool:
    if isinstance(due, Due):
        return due.fact.recipient != "slack"
    return due.ts is None and due.projection.kind != "home"


def _is_to_person(due: Due) -> bool:
    return due.fact.recipient.startswith((PERSON, EPHEMERAL))


def _is_ephemeral(due: Leased) -> bool:
    return isinstance(due, Due) and due.fact.recipient.startswith(EPHEMERAL)
