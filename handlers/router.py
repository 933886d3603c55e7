"""The one router: which handler, who is this, in what language, and what goes back.

It owns the ack. Handlers return replies or raise; here alone an error becomes an answer.
"""

import asyncio
from collections.abc import Awaitable, Callable
from secrets import choice

import structlog

from bot.clock import Clock
from bot.domain.errors import BotError, Busy
from bot.domain.org import Person
from bot.i18n.texts import LANGUAGES, Catalogue, Texts
from handlers import outsiders
from handlers.answers import AGAIN, Answer, answer_to
from handlers.context import Context, Handler, Services
from handlers.delivering import Delivering, unexpected
from handlers.inbound import Inbound, Json, Kind
from handlers.logs import REQUEST
from handlers.metrics import Metrics
from handlers.outsiders import Workspace

Who = Callable[[str], Awaitable[Person | None]]
"""The person of the organisation behind a Slack id."""
Language = Callable[[str], Awaitable[str]]
"""The language of somebody who is in no unit, from their locale in Slack."""

LANGUAGE_SECONDS = 0.5
"""How long a stranger's locale is waited for."""
AT_ONCE = 128
"""Requests that are worked on at once; the others wait in the order they came."""
ANSWER_SECONDS = 2.5
"""When a request is over, whatever it waits for: then people hear that it was not stored."""
PATIENCE = 2.0
"""Seconds after which whoever still waits hears that the bot is busy: Slack waits for three."""
UNKNOWN_ID = "unknown"
_TYPED = ("plain_text_input", "number_input")
_LETTERS = "0123456789abcdefghjkmnpqrstvwxyz"

log = structlog.stdlib.get_logger(__name__)


class Router:
    """The table of handlers and the way of each payload through it."""

    def __init__(
        self,
        *,
        who: Who,
        language: Language,
        catalogue: Catalogue,
        services: Services,
        delivering: Delivering,
        clock: Clock,
        metrics: Metrics,
        workspace: Workspace,
        tapped: Callable[[int], object] = lambda person: None,
    ) -> None:
        self._who = who
        self._language = language
        self._catalogue = catalogue
        self._services = services
        self._delivering = delivering
        self._clock = clock
        self._metrics = metrics
        self._workspace = workspace
        self._tapped = tapped
        self._table: dict[Kind, dict[str, Handler]] = {kind: {} for kind in Kind}
        self._nameless: set[str] = set()
        self._uncounted: set[tuple[Kind, str]] = set()
        self._taken = 0
        # Ten thousand begun at once would all be late; so the first are answered in time.
        self._room = asyncio.Semaphore(AT_ONCE)
        # So that references of several processes, and of one after a restart, differ.
        self._process = "".join(choice(_LETTERS) for _ in range(5))

    def command(self, name: str, handler: Handler) -> None:
        """A slash command, with its slash."""
        self._add(Kind.COMMAND, name, handler)

    def action(self, action_id: str, handler: Handler, *, counted: bool = True) -> None:
        """A press or a change of an element; ids may go on with ":" and an argument.

        What is not `counted` is no tap of anybody: a count is stored with whose it is.
        """
        self._add(Kind.ACTION, action_id, handler)
        if not counted:
            self._uncounted.add((Kind.ACTION, action_id))

    def view(self, callback_id: str, handler: Handler, *, counted: bool = True) -> None:
        """A submission of a modal; `counted` as for an action."""
        self._add(Kind.VIEW, callback_id, handler)
        if not counted:
            self._uncounted.add((Kind.VIEW, callback_id))

    def closed(self, callback_id: str, handler: Handler) -> None:
        """A modal closed by the person; Slack sends no values along."""
        self._add(Kind.CLOSED, callback_id, handler)

    def shortcut(self, callback_id: str, handler: Handler) -> None:
        """A global or message shortcut."""
        self._add(Kind.SHORTCUT, callback_id, handler)

    def options(self, action_id: str, handler: Handler) -> None:
        """The choices of an external menu."""
        self._add(Kind.OPTIONS, action_id, handler)

    def event(self, type: str, handler: Handler, *, nameless: bool = False) -> None:
        """An event; delivered again until it was answered without an error.

        `nameless` is for what comes in bursts from everybody: who caused it is not looked up, and
        so the handler has neither actor nor their language.
        """
        self._add(Kind.EVENT, type, handler)
        if nameless:
            self._nameless.add(type)

    @property
    def taken(self) -> int:
        """How many payloads were taken in so far."""
        return self._taken

    def ids(self, kind: Kind) -> frozenset[str]:
        """What has a handler."""
        return frozenset(self._table[kind])

    def _add(self, kind: Kind, id: str, handler: Handler) -> None:
        if not id or ":" in id or id in self._table[kind]:
            raise ValueError(f"{kind} {id!r} is empty, has a colon or has a handler already")
        self._table[kind][id] = handler

    async def answer(self, kind: Kind, body: Json, *, retried: bool = False) -> Answer:
        """The answer to a payload; calls that belong to it are made. Never raises.

        Its time began with the deadline of whoever took it in, or begins now.
        """
        with self._clock.within(ANSWER_SECONDS):
            waited = ANSWER_SECONDS - (self._clock.left() or 0.0)
            return await self._answer(kind, body, self._clock.monotonic() - waited, retried)

    async def _answer(self, kind: Kind, body: Json, began: float, retried: bool) -> Answer:
        self._taken += 1
        request_id = f"{self._process}-{self._taken}"
        REQUEST.set(request_id)
        try:
            inbound = Inbound.of(
                kind, body,
                request_id=request_id, received=self._clock.system(), retried=retried,
            )  # fmt: skip
        except (KeyError, TypeError, IndexError, AttributeError, RecursionError):
            log.warning("a payload of no known shape", kind=kind)
            answer, id, outcome = Answer(400), UNKNOWN_ID, "malformed"
        else:
            handler = self._table[kind].get(inbound.id)
            id = UNKNOWN_ID if handler is None else inbound.id
            try:
                async with self._room:
                    if self._workspace.is_home_of(inbound):
                        answer, outcome = await self._handled(inbound, handler, began)
                    else:
                        answer, outcome = await self._turned_away(inbound, began)
            except Exception:
                log.exception("a payload could not be answered", kind=kind, id=id)
                answer, outcome = Answer(AGAIN), "failed"
        self._metrics.answered(kind, id, outcome, self._clock.monotonic() - began)
        return answer

    async def _handled(
        self, inbound: Inbound, handler: Handler | None, began: float
    ) -> tuple[Answer, str]:
        texts = self._catalogue.of(LANGUAGES[0])
        try:
            nameless = inbound.kind is Kind.EVENT and inbound.id in self._nameless
            if self._clock.monotonic() - began > PATIENCE:
                raise Busy
            actor, texts = await self._whose(None if nameless else inbound.user)
            if actor is not None and self._is_tap(inbound):
                self._tapped(actor.id)
            if handler is None:
                log.error("nothing handles this", kind=inbound.kind, id=inbound.id)
                return await self._failed(inbound, texts), "unhandled"
            context = Context(inbound, actor, texts, self._services)
            answer = answer_to(inbound, await handler(context))
            await self._delivering.make(inbound, texts, answer, began)
        except BotError as error:
            return await self._delivering.refuse(inbound, texts, error), "refused"
        except Exception:
            log.exception("a handler failed", kind=inbound.kind, id=inbound.id)
            return await self._failed(inbound, texts), "failed"
        return answer, "ok"

    async def _turned_away(self, inbound: Inbound, began: float) -> tuple[Answer, str]:
        """Whoever is of another workspace is nobody of ours, even under an id of ours."""
        seen = inbound.kind not in (Kind.OPTIONS, Kind.CLOSED, Kind.EVENT)
        home = inbound.kind is Kind.EVENT and inbound.id == "app_home_opened"
        language = await self._strangers(inbound.user) if seen or home else LANGUAGES[0]
        texts = self._catalogue.of(language)
        answer = answer_to(
            inbound, await outsiders.answer(Context(inbound, None, texts, self._services))
        )
        await self._delivering.make(inbound, texts, answer, began)
        return answer, "outsider"

    async def _failed(self, inbound: Inbound, texts: Texts) -> Answer:
        if inbound.kind is Kind.EVENT:
            return Answer(AGAIN)
        return await self._delivering.refuse(inbound, texts, unexpected(inbound))

    async def _whose(self, user: str | None) -> tuple[Person | None, Texts]:
        person = None if user is None else await self._who(user)
        language = await self._strangers(user) if person is None else person.language
        return person, self._catalogue.of(language)

    async def _strangers(self, user: str | None) -> str:
        if user is not None:
            try:
                with self._clock.within(LANGUAGE_SECONDS):
                    return await asyncio.wait_for(self._language(user), self._clock.left())
            except Exception:
                # The words matter more than the language they come in.
                log.warning("a locale could not be looked up", exc_info=True)
        return LANGUAGES[0]

    def _is_tap(self, inbound: Inbound) -> bool:
        """A press, a choice or a submission: not what a field sends while somebody types."""
        if (inbound.kind, inbound.id) in self._uncounted:
            return False
        if inbound.kind is Kind.ACTION:
            return inbound.action.get("type") not in _TYPED
        return inbound.kind is Kind.VIEW
