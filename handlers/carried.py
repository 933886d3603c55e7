"""What a button, a choice or a form carries of ours, read back: it may be old, or forged.

Here alone such a value becomes a number or a code of ours. Whatever could not have been drawn by
us is a screen that is out of date to the person, and never reaches the database.
"""

from collections.abc import Mapping
from datetime import date
from enum import StrEnum
from typing import Any, TypeVar

from bot.domain.errors import BotError
from handlers.context import Context

NUMBER_MAX = 2**31 - 1
"""More than anything we count; both databases can compare and store it in every column."""
_DIGITS = len(str(NUMBER_MAX))
Values = Mapping[str, Any]
"""What the inputs of a form hold, by name; one that is not what we drew holds nothing."""
_Code = TypeVar("_Code", bound=StrEnum)


def number(carried: object) -> int | None:
    """The number in a text or in metadata, None for none and for a forged one."""
    if isinstance(carried, str):
        digits = carried.isascii() and carried.isdecimal() and len(carried) <= _DIGITS
        carried = int(carried) if digits else None
    return carried if type(carried) is int and 0 <= carried <= NUMBER_MAX else None


def numbers(carried: object, *counts: int) -> list[int]:
    """The numbers a button carried, so many; raise for one that was forged or is out of date."""
    found = [number(part) for part in str(carried).split(":")]
    known = [one for one in found if one is not None]
    if len(found) not in counts or len(known) != len(found):
        raise stale()
    return known


def in_metadata(ctx: Context, name: str) -> int:
    """A number a form was made for; raise when it was forged away."""
    found = number(ctx.inbound.metadata.get(name))
    if found is None:
        raise stale()
    return found


def code(codes: type[_Code], carried: object) -> _Code:
    """The code a choice stands for; raise for one that was never offered."""
    try:
        return codes(str(carried))
    except ValueError as error:
        raise stale() from error


def text_in(values: Values, name: str) -> str:
    """What was typed into an input."""
    found = values.get(name)
    return found if isinstance(found, str) else ""


def day_in(values: Values, name: str) -> date | None:
    """The day that was chosen in an input."""
    found = values.get(name)
    return found if type(found) is date else None


def figure_in(values: Values, name: str) -> Any:
    """The int or float that was typed into an input, None for anything else."""
    found = values.get(name)
    return found if isinstance(found, int | float) else None


def many_in(values: Values, name: str) -> tuple[str, ...]:
    """What was ticked or chosen in an input that takes several."""
    found = values.get(name)
    return tuple(found) if isinstance(found, tuple | list) else ()


def stale() -> BotError:
    """What people hear of a button or form that cannot be ours as it is."""
    return BotError("error-stale-button")
