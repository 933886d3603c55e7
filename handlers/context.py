"""What a handler is given: the payload, the person, their words, and the way to the use-cases."""

from collections.abc import Awaitable, Callable
from datetime import datetime
from typing import Any, Protocol, TypeVar

from bot.domain.errors import Refused
from bot.domain.org import Person
from bot.domain.results import Surface
from bot.i18n.texts import Texts
from handlers.inbound import Inbound, Kind
from handlers.reply import Reply

T = TypeVar("T")


class UseCases(Protocol):
    """The way to the use-cases and the time they go by."""

    def now(self) -> datetime:
        """Programme time."""

    async def write(
        self, work: Callable[[Any], T], *, key: str | None, answer: type[T] | None
    ) -> T:
        """Run `work` with a unit of work and return its value once that is committed.

        A known `key` gets the stored value, decoded as `answer`, and `work` is not run.
        """

    async def read(self, work: Callable[[Any], T]) -> T:
        """Run `work` with a unit of work that only reads."""


class Services(UseCases, Protocol):
    """What a request needs besides; wiring has it all."""

    async def known(self, key: str) -> bool:
        """Whether a write with that key is stored."""

    def forget(self, slack_id: str) -> None:
        """Something about that person changed; what is remembered of them for seconds is old."""

    async def permalink(self, channel: str, ts: str) -> str:
        """The address of a message; empty when Slack does not say."""

    async def members(self, channel: str) -> frozenset[str] | None:
        """The Slack ids of who is in a channel; None when Slack does not say in time."""


class Context:
    """One request of one person."""

    __slots__ = ("_writes", "actor", "inbound", "services", "texts")

    def __init__(
        self, inbound: Inbound, actor: Person | None, texts: Texts, services: Services
    ) -> None:
        self.inbound = inbound
        self.actor = actor
        """None for people of no unit, and where nobody acted."""
        self.texts = texts
        self.services = services
        self._writes = 0

    @property
    def now(self) -> datetime:
        """Programme time."""
        return self.services.now()

    @property
    def user(self) -> str:
        """The Slack id of who acts; KeyError for a payload of nobody."""
        if self.inbound.user is None:
            raise KeyError("a payload without a user")
        return self.inbound.user

    @property
    def surface(self) -> Surface:
        """Where it is done."""
        if self.inbound.in_modal:
            return Surface.MODAL
        if self.inbound.kind is Kind.COMMAND:
            return Surface.COMMAND
        return Surface.HOME if self.inbound.in_home else Surface.MESSAGE

    async def write(
        self, work: Callable[[Any], T], *, answer: type[T] | None = None, once: bool = True
    ) -> T:
        """Run a use-case that changes something; a repeated delivery gets the first answer.

        `answer` is the type of a value other than None. Each write of a request has a key of its
        own, in the order they are made. With `once` false a repetition runs again.
        """
        key = self.inbound.key if once else None
        if key is not None:
            self._writes += 1
            key = key if self._writes == 1 else f"{key}#{self._writes}"
        return await self.services.write(work, key=key, answer=answer)

    async def answered(self) -> bool:
        """Whether this very request was stored before: it is a repeated delivery."""
        key = self.inbound.key
        return key is not None and await self.services.known(key)

    async def read(self, work: Callable[[Any], T]) -> T:
        """Run a use-case that only looks."""
        return await self.services.read(work)

    async def checked(self, work: Callable[[Any], T]) -> T:
        """Look before a form is shown; a refusal is written down as the act's own would be."""
        try:
            return await self.read(work)
        except Refused:
            return await self.write(work, once=False)


Handler = Callable[[Context], Awaitable[Reply]]
