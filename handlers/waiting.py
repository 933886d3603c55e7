"""What this process waits for: said once when a wait begins and once when it is over, never fatal.

`Waits` is read by /readyz and by a metric; whoever waits for something tells it.
"""

import asyncio
import random
import threading
from collections.abc import Awaitable, Callable, Coroutine, Mapping
from contextlib import suppress
from dataclasses import dataclass
from itertools import count
from typing import Any, TypeVar

import structlog

T = TypeVar("T")

PAUSES = (0.5, 1.0, 2.0, 5.0, 10.0, 30.0)
"""Seconds between one attempt and the next; the last of them for good."""

log = structlog.stdlib.get_logger(__name__)


@dataclass(frozen=True)
class Why:
    """Why something has to be waited for.

    `word` is short and may be read by everybody who can ask /readyz: Slack's own code, a status, an
    error's name. `mend` says what an operator can do; "" when only time helps. `seconds` is how
    long the other side asks to be left alone.
    """

    word: str
    mend: str = ""
    seconds: float = 0.0


class Waits:
    """What is waited for now, by name."""

    def __init__(self) -> None:
        self._now: dict[str, str] = {}
        self._said: dict[str, set[str]] = {}

    def begin(self, what: str, why: str, mend: str = "") -> None:
        """Wait for `what`; said again while it lasts, the newest `why` is kept.

        The log has one line for a wait, and one more for each `mend` that was not said in it yet.
        """
        said = self._said.setdefault(what, set())
        if what not in self._now or mend not in {"", *said}:
            known = {"mend": mend} if mend else {}
            log.warning("waiting", name=what, reason=why, **known)
        self._now[what] = why
        said.add(mend)

    def end(self, what: str) -> None:
        """It is there; nothing happens when it was not waited for."""
        self._said.pop(what, None)
        if self._now.pop(what, None) is not None:
            log.info("no longer waiting", name=what)

    def now(self) -> Mapping[str, str]:
        """What is waited for, each with the reason."""
        return dict(self._now)


async def until(
    attempt: Callable[[], Awaitable[T]], waits: Waits, what: str, why: Callable[[Exception], Why]
) -> T:
    """The value of the first attempt that raises nothing, however many it takes.

    Between attempts there are growing pauses, or longer ones where the other side asks for them.
    """
    for number in count():
        try:
            found = await attempt()
        except Exception as error:  # whatever it is: a process that waits is not ended by it
            reason = why(error)
            waits.begin(what, reason.word, reason.mend)
            if not number:
                log.debug("the first attempt failed", name=what, exc_info=True)
            await asyncio.sleep(max(pause(number), reason.seconds))
        else:
            waits.end(what)
            return found
    raise AssertionError("counting does not end")


def pause(number: int) -> float:
    """Seconds to wait after so many attempts (from 0): what failed together does not come back
    together.
    """
    return PAUSES[min(number, len(PAUSES) - 1)] * random.uniform(1.0, 1.3)  # noqa: S311 - no secret


async def unless(stopped: "asyncio.Future[Any]", work: Coroutine[Any, Any, T]) -> T | None:
    """The value of `work`; None when `stopped` comes first, which cancels it."""
    task = asyncio.ensure_future(work)
    stopped.add_done_callback(lambda _: task.cancel())
    try:
        return await task
    except asyncio.CancelledError:
        return None


async def aside(work: Callable[[], T]) -> T:
    """The value of `work` on a thread of its own, which does not keep the process from ending."""
    loop = asyncio.get_running_loop()
    done: asyncio.Future[T] = loop.create_future()

    def settle(value: T | None, error: Exception | None) -> None:
        if done.done():  # nobody waits any more
            return
        if error is None:
            done.set_result(value)  # type: ignore[arg-type] # it is what `work` returned
        else:
            done.set_exception(error)

    def run() -> None:
        value, error = None, None
        try:
            value = work()
        except Exception as raised:  # noqa: BLE001 - it is raised again where the value is awaited
            error = raised
        with suppress(RuntimeError):  # the loop was closed meanwhile
            loop.call_soon_threadsafe(settle, value, error)

    threading.Thread(target=run, name="aside", daemon=True).start()
    return await done
