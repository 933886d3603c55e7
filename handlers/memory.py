"""Gives back to the machine what a burst took, once it is over."""

import asyncio
import ctypes
from collections.abc import Callable
from contextlib import suppress

EVERY = 5.0
"""Seconds in which nothing has to come for the process to be idle."""


class Memory:
    """Looks whether the process has become idle; `taken` is how much it has taken in so far."""

    def __init__(self, taken: Callable[[], int], *, every: float = EVERY) -> None:
        self._taken = taken
        self._every = every
        self._stopping = asyncio.Event()
        self._task: asyncio.Task[None] | None = None

    async def start(self) -> None:
        """Begin to look."""
        self._task = asyncio.create_task(self._run())

    async def stop(self) -> None:
        """Look no more."""
        self._stopping.set()
        if self._task is not None:
            await self._task

    async def _run(self) -> None:
        given_back = seen = 0
        while not self._stopping.is_set():
            with suppress(TimeoutError):
                async with asyncio.timeout(self._every):
                    await self._stopping.wait()
            before, seen = seen, self._taken()
            if seen == before and seen != given_back:
                give_back()
                given_back = seen


def give_back() -> bool:
    """Give freed memory back; False where the C library has no way to do so.

    glibc keeps what was freed between things that are still in use.
    """
    try:
        trim = ctypes.CDLL(None).malloc_trim
    except (OSError, AttributeError, TypeError):  # another C library, or another system
        return False
    return bool(trim(0))
