"""Everything a person can be told went wrong, as values with catalogue keys."""

from collections.abc import Awaitable, Mapping
from typing import Any


class BotError(Exception):
    """A refusal or mistake that is told to the person in their language.

    `key` is a message of the catalogues and `params` its variables; `field` names the input it
    belongs to (an action id without its prefix), so that a form can show it in place.
    """

    def __init__(self, key: str, *, field: str | None = None, **params: Any) -> None:
        super().__init__(key, params)
        self.key = key
        self.field = field
        self.params: Mapping[str, Any] = params


class Several(BotError):
    """Several mistakes of one form, so that they are all named at once."""

    def __init__(self, errors: list[BotError]) -> None:
        super().__init__(errors[0].key, field=errors[0].field, **errors[0].params)
        self.errors = errors


class Refused(BotError):
    """The person has no right to the act; it is audited. `params` say who may."""


class Stale(BotError):
    """Somebody else changed the task first; nothing the person typed is lost."""


class Busy(BotError):
    """Too much is waiting; nothing was stored and trying again is right."""

    def __init__(self) -> None:
        super().__init__("error-busy")


class NotStored(BotError):
    """Nothing was stored: the write was taken out of the queue or rolled back, or the database
    could not even be asked what it was about."""

    def __init__(self) -> None:
        super().__init__("error-not-stored")


class Unknown(BotError):
    """The write has begun and its end is not known yet; it follows by message.

    `outcome` gives its value or raises the error it ended in, once that is known; None when
    nobody will ever know.
    """

    def __init__(self, outcome: Awaitable[Any] | None = None) -> None:
        super().__init__("error-checking")
        self.outcome = outcome


class Key(str):
    """An error parameter that is itself a catalogue key, worded in the reader's language."""
