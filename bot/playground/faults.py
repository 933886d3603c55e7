"""Faults on request: what Slack and the network do on bad days, per method."""

from collections.abc import Iterator
from dataclasses import dataclass

from bot.playground.records import Json

KINDS = frozenset({"429", "500", "503", "reset", "drop", "delay", "hang", "invalid_json", "error"})
"""`reset`: the effect happens, then the connection drops. `drop`: it drops before. `delay`:
`seconds` late. `hang`: no answer until the caller gives up; the effect happens. `error`: Slack's
error `code`, without effect."""


@dataclass
class Fault:
    """A fault that strikes the next `times` calls of a method (`*` = any)."""

    method: str
    kind: str
    times: int
    seconds: float
    code: str

    def json(self) -> Json:
        """As the page shows it."""
        return {
            "method": self.method,
            "kind": self.kind,
            "times": self.times,
            "seconds": self.seconds,
        }


class Faults:
    """The faults still to come, in the order they were asked for."""

    def __init__(self) -> None:
        self._waiting: list[Fault] = []

    def add(
        self, method: str, kind: str, times: int = 1, seconds: float = 1.0, code: str = ""
    ) -> None:
        """Let the next `times` calls of `method` fail; `seconds` is Retry-After or the delay."""
        if kind not in KINDS:
            raise ValueError(f"no such fault: {kind}")
        if kind == "error" and not code:
            raise ValueError("the fault 'error' needs a code")
        self._waiting.append(Fault(method, kind, times, seconds, code))

    def clear(self, method: str = "*") -> None:
        """Forget the faults of a method, or all of them."""
        self._waiting = [f for f in self._waiting if method != "*" and f.method != method]

    def take(self, method: str) -> Fault | None:
        """The fault that strikes this call, if any; it is used up by one."""
        for fault in self._waiting:
            if fault.method in (method, "*"):
                fault.times -= 1
                if fault.times <= 0:
                    self._waiting.remove(fault)
                return fault
        return None

    def __iter__(self) -> Iterator[Fault]:
        return iter(list(self._waiting))
