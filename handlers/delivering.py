"""Makes the calls of answers, and sees to it that people hear of what went wrong."""

import asyncio
from collections.abc import Awaitable
from typing import Any

import structlog

from bot.clock import Clock
from bot.domain.errors import BotError, Unknown
from bot.i18n.texts import Texts
from bot.views.kit import esc
from handlers.answers import AGAIN, Answer, refusal, tell
from handlers.background import Background
from handlers.inbound import Inbound, Kind
from handlers.slack import Slack, error_of

ACK_SECONDS = 2.5
"""When the ack goes, though calls to Slack are still under way."""
SHOW_SECONDS = 0.4
"""What the showing of a refusal may take of an ack that is due already."""
_PASSED_BY = frozenset({"not_found", "hash_conflict"})
"""The view was closed meanwhile, or somebody was faster: nothing is wrong."""

log = structlog.stdlib.get_logger(__name__)


class Delivering:
    """From answers to calls; a refusal that cannot be shown in place goes to the person."""

    def __init__(self, slack: Slack, background: Background, clock: Clock) -> None:
        self._slack = slack
        self._background = background
        self._clock = clock

    async def make(self, inbound: Inbound, texts: Texts, answer: Answer, began: float) -> None:
        """Make the calls; those not done when the ack has to go are awaited in the background.

        `began` is monotonic. Raises what Slack's client raises, as long as the ack has not gone.
        """
        if not answer.calls:
            return
        calls = asyncio.ensure_future(self._reply(answer))
        left = began + ACK_SECONDS - self._clock.monotonic()
        done, _ = await asyncio.wait({calls}, timeout=max(left, 0.0))
        if done:
            calls.result()
        else:
            self._background.start(self._late(inbound, texts, calls))

    async def refuse(self, inbound: Inbound, texts: Texts, error: BotError) -> Answer:
        """Tell the person of an error; the answer that is left to give."""
        if isinstance(error, Unknown):
            self._follow(inbound, texts, error)
        try:
            answer = refusal(inbound, texts, error)
        except Exception:  # whatever it was, the person hears of it
            log.exception("a refusal cannot be shown", kind=inbound.kind, error=error.key)
            return await self._tell(inbound, texts, unexpected(inbound))
        if not answer.calls:
            return answer
        showing = asyncio.ensure_future(self._shown(inbound, texts, error, answer))
        left = max(self._clock.left() or 0.0, SHOW_SECONDS)
        done, _ = await asyncio.wait({showing}, timeout=left)
        if done:
            return showing.result()
        self._background.adopt(showing)
        return Answer()

    async def _shown(
        self, inbound: Inbound, texts: Texts, error: BotError, answer: Answer
    ) -> Answer:
        try:
            for call in answer.calls:
                await self._slack.make(call)
        except Exception:  # whatever it was, the person is told by message
            log.warning("a refusal was not shown", kind=inbound.kind, exc_info=True)
            return await self._tell(inbound, texts, error)
        return answer

    async def _reply(self, answer: Answer) -> None:
        for call in answer.calls:
            try:
                await self._slack.make(call)
            except Exception as error:  # raised again unless the view is just gone
                if call.method != "views.update" or error_of(error) not in _PASSED_BY:
                    raise

    async def _late(self, inbound: Inbound, texts: Texts, calls: "asyncio.Future[None]") -> None:
        try:
            await calls
        except Exception:  # the ack has gone: only the log and the person are left
            log.exception("a call failed after the ack", kind=inbound.kind, id=inbound.id)
            if inbound.kind is not Kind.EVENT:
                await self._tell(inbound, texts, unexpected(inbound))

    async def _tell(self, inbound: Inbound, texts: Texts, error: BotError) -> Answer:
        """Send the error to the person; where that fails too, Slack is to show a failure."""
        if inbound.user is None:
            return Answer(AGAIN)
        try:
            await self._say(inbound.user, texts(error.key, **error.params))
        except Exception:  # then Slack itself is to show a failure
            log.exception("a person could not be told", kind=inbound.kind, id=inbound.id)
            return Answer(AGAIN)
        return Answer()

    async def _say(self, user: str, text: str) -> None:
        await self._slack.make(tell(user, esc(text)))

    def _follow(self, inbound: Inbound, texts: Texts, error: Unknown) -> None:
        """Tell the person what became of a write as soon as that is known."""
        log.warning("the outcome of a write is not known", kind=inbound.kind, id=inbound.id)
        if error.outcome is None or inbound.user is None or inbound.kind is Kind.EVENT:
            return
        self._background.start(self._outcome(inbound, inbound.user, texts, error.outcome))

    async def _outcome(
        self, inbound: Inbound, user: str, texts: Texts, outcome: Awaitable[Any]
    ) -> None:
        try:
            await outcome
        except Unknown:
            text = texts("outcome-unknown")
        except BotError as error:
            text = texts(error.key, **error.params)
        except Exception:  # whatever it was, the person waits for the outcome
            log.exception("a write failed", kind=inbound.kind, id=inbound.id)
            ours = unexpected(inbound)
            text = texts(ours.key, **ours.params)
        else:
            text = texts("outcome-stored")
        await self._say(user, text)


def unexpected(inbound: Inbound) -> BotError:
    """What people hear of an error that is ours: a reference that finds it in the log."""
    return BotError("error-unexpected", reference=inbound.request_id)
