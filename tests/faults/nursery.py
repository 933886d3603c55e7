"""Where bots are born: a process that has imported everything forks each of them at once.

A line on its input is a bot to start, as JSON; on its output it says of each, by its process id,
when it was born, when it was ready and how it ended. It ends itself, and every bot with it, when
its input closes.
"""

import asyncio
import json
import os
import select
import signal
import subprocess
import sys
import traceback
from collections.abc import Mapping
from contextlib import suppress
from functools import cache
from pathlib import Path

ROOT = Path(__file__).parents[2]


class Born:
    """A bot's process; it may be killed at any moment."""

    def __init__(self, pid: int) -> None:
        self.pid = pid
        self.returncode: int | None = None
        """As that of a subprocess: minus the signal that ended it."""
        self.ready, self.ended = asyncio.Event(), asyncio.Event()

    async def wait(self) -> int:
        """Wait for its end; its exit code."""
        await self.ended.wait()
        assert self.returncode is not None
        return self.returncode

    async def begun(self) -> None:
        """Wait until it is at work, or has ended before."""
        waits = [asyncio.ensure_future(event.wait()) for event in (self.ready, self.ended)]
        await asyncio.wait(waits, return_when=asyncio.FIRST_COMPLETED)
        for wait in waits:
            wait.cancel()

    def kill(self) -> None:
        """End it, as a power cut would."""
        self._signal(signal.SIGKILL)

    def terminate(self) -> None:
        """Ask it to stop."""
        self._signal(signal.SIGTERM)

    def _signal(self, number: signal.Signals) -> None:
        if self.returncode is None:
            with suppress(ProcessLookupError):  # its end was not told yet
                os.kill(self.pid, number)


class Nursery:
    """The nursery as tests see it; one event loop uses it at a time."""

    def __init__(self) -> None:
        self._process = subprocess.Popen(
            [sys.executable, "-m", __name__],
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            cwd=ROOT,
        )
        assert self._process.stdin
        assert self._process.stdout
        self._ask, self._hear = self._process.stdin, self._process.stdout
        self._waiting: list[asyncio.Future[Born]] = []
        self._living: dict[int, Born] = {}
        self._rest = b""

    def open(self) -> None:
        """Listen on the loop that runs now."""
        asyncio.get_running_loop().add_reader(self._hear, self._heard)

    async def close(self) -> None:
        """End every bot and listen no more."""
        for born in list(self._living.values()):
            born.kill()
            await born.wait()
        asyncio.get_running_loop().remove_reader(self._hear)

    async def bear(self, mode: str, environ: Mapping[str, str]) -> Born:
        """Start a bot in a mode, with nothing but that environment."""
        born: asyncio.Future[Born] = asyncio.get_running_loop().create_future()
        self._waiting.append(born)
        self._ask.write(json.dumps({"mode": mode, "environ": dict(environ)}).encode() + b"\n")
        self._ask.flush()
        return await born

    def end(self) -> None:
        """End the nursery itself."""
        self._ask.close()
        self._hear.close()
        self._process.wait(10)

    def _heard(self) -> None:
        *lines, self._rest = (self._rest + os.read(self._hear.fileno(), 65536)).split(b"\n")
        for line in lines:
            pid, said = json.loads(line)
            if said == "born":
                self._living[pid] = born = Born(pid)
                self._waiting.pop(0).set_result(born)
            elif said == "ready":
                self._living[pid].ready.set()
            else:
                gone = self._living.pop(pid)
                gone.returncode = said
                gone.ended.set()


@cache
def nursery() -> Nursery:
    """The one of this run."""
    return Nursery()


def _serve() -> None:
    """The nursery itself: fork what is asked for, and tell of each end."""
    from tests.faults import bot  # noqa: F401 -- all that a bot imports is there before the fork

    woken, wake = os.pipe()
    os.set_blocking(wake, False)
    signal.signal(signal.SIGCHLD, lambda *_: None)
    signal.set_wakeup_fd(wake)
    living: set[int] = set()
    rest = b""
    while True:
        ready, _, _ = select.select([0, woken], [], [])
        if woken in ready:
            os.read(woken, 4096)
            _bury(living)
        if 0 in ready:
            asked = os.read(0, 65536)
            if not asked:
                break
            *lines, rest = (rest + asked).split(b"\n")
            for line in lines:
                _fork(line, living)
    for pid in living:
        os.kill(pid, signal.SIGKILL)


def _fork(line: bytes, living: set[int]) -> None:
    told, tell = os.pipe()  # it waits for its birth to be told before it says anything itself
    pid = os.fork()
    if not pid:
        os.read(told, 1)
        _live(**json.loads(line))
    living.add(pid)
    _tell(pid, "born")
    os.write(tell, b"!")
    os.close(told)
    os.close(tell)


def _bury(living: set[int]) -> None:
    for pid in sorted(living):
        found, status = os.waitpid(pid, os.WNOHANG)
        if found:
            living.remove(pid)
            _tell(pid, os.waitstatus_to_exitcode(status))


def _tell(pid: int, said: str | int, out: int = 1) -> None:
    os.write(out, json.dumps([pid, said]).encode() + b"\n")


def _live(mode: str, environ: dict[str, str]) -> None:
    """The life of a bot, which knows nothing of where it was born."""
    from tests.faults import bot

    signal.set_wakeup_fd(-1)
    signal.signal(signal.SIGCHLD, signal.SIG_DFL)
    os.dup2(os.open(os.devnull, os.O_RDONLY), 0)
    out = os.dup(1)
    os.dup2(2, 1)
    code = 1
    try:
        os.environ.clear()
        os.environ.update(environ)
        bot.live(mode, lambda: _tell(os.getpid(), "ready", out))
        code = 0
    except BaseException:  # noqa: BLE001 -- the fork ends here, whatever it was
        traceback.print_exc()
    finally:
        os._exit(code)


if __name__ == "__main__":
    _serve()
