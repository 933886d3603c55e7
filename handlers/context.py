"""What a handler is given: the payload, the person, their words, and the way to the use-cases."""

from collections.abc import Awaitable, Callable
from typing import Any, Protocol, TypeVar

from bot.domain.org import Person
from bot.i18n.texts import Texts
from handlers.inbound import Inbound
from handlers.reply import Reply

T = TypeVar("T")


class Services(Protocol):
    """The way to the use-cases; wiring has it."""

    async def write(
        self, work: Callable[[Any], T], *, key: str | None, answer: type[T] | None
    ) -> T:
        """Run `work` with a unit of work and return its value once that is committed.

        A known `key` gets the stored value, decoded as `answer`, and `work` is not run.
        """

    async def read(self, work: Callable[[Any], T]) -> T:
        """Run `work` with a unit of work that only reads."""


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

    async def read(self, work: Callable[[Any], T]) -> T:
        """Run a use-case that only looks."""
        return await self.services.read(work)


Handler = Callable[[Context], Awaitable[Reply]]
