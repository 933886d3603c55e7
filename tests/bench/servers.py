"""Servers as processes of their own on the first core, the load generator on the second."""

import json
import os
import socket
import subprocess
import sys
import time
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from functools import partial
from typing import IO

import msgspec

from tests.bench.load import Measured, Order
from tests.bench.payloads import SECRET

SERVER_CORE, LOAD_CORE = 0, 1
START_SECONDS = 20.0
STOP_SECONDS = 20.0
MOST_PER_SECOND = {"help": 9000, "submission": 3000}
"""More than any server here answers: so many requests are made beforehand."""


def free_port() -> int:
    """A port that nobody listens on."""
    with socket.socket() as listening:
        listening.bind(("127.0.0.1", 0))
        return int(listening.getsockname()[1])


@contextmanager
def process(
    command: Sequence[str], port: int, core: int, log: IO[bytes], **environ: str
) -> Iterator[subprocess.Popen[bytes]]:
    """A process pinned to a core, once it listens on its port."""
    running = subprocess.Popen(
        [sys.executable, *command],
        env={**os.environ, **environ},
        stdin=subprocess.DEVNULL,
        stdout=log,
        stderr=log,
        preexec_fn=partial(pin, core),
    )
    try:
        listening(running, port)
        yield running
    finally:
        running.terminate()
        try:
            running.wait(STOP_SECONDS)
        except subprocess.TimeoutExpired:
            running.kill()
            running.wait()


def ours(database_url: str, slack_port: int, port: int) -> tuple[list[str], dict[str, str]]:
    """The bot as it is run over HTTP: command and environment."""
    return ["-m", "bot", "all"], {
        "SLACK_BOT_TOKEN": "xoxb-bench",
        "SLACK_APP_TOKEN": "",
        "SLACK_SIGNING_SECRET": SECRET,
        "SLACK_API_URL": f"http://127.0.0.1:{slack_port}/api/",
        "DATABASE_URL": database_url,
        "PORT": str(port),
        "LOG_LEVEL": "WARNING",
    }


def usual(database_url: str, port: int) -> tuple[list[str], dict[str, str]]:
    """The usual Bolt stack: command and environment."""
    return [
        "-m", "gunicorn", "--bind", f"127.0.0.1:{port}", "--worker-class", "gthread",
        "--workers", "2", "--threads", "8", "--log-level", "warning", "--keep-alive", "60",
        "tests.bench.usual:made()",
    ], {"DATABASE_URL": database_url}  # fmt: skip


def load(port: int, kind: str, in_flight: int, seconds: float, seed: int) -> Measured:
    """One measurement by a generator of its own."""
    most = MOST_PER_SECOND[kind] if in_flight > 1 else MOST_PER_SECOND[kind] // 3
    order = Order(port, kind, in_flight, seconds, int(most * (seconds + 1)), seed)
    done = subprocess.run(
        [sys.executable, "-m", "tests.bench.load"],
        input=json.dumps(order._asdict()).encode(),
        stdout=subprocess.PIPE,
        check=True,
        timeout=seconds + 60,
        preexec_fn=partial(pin, LOAD_CORE),
    )
    return msgspec.json.decode(done.stdout, type=Measured)


def pin(core: int) -> None:
    """Keep this process on one core."""
    os.sched_setaffinity(0, {core})


def listening(running: subprocess.Popen[bytes], port: int) -> None:
    """Wait until a process listens on its port; RuntimeError when it ends or takes too long."""
    until = time.monotonic() + START_SECONDS
    while time.monotonic() < until and running.poll() is None:
        with socket.socket() as asking:
            if asking.connect_ex(("127.0.0.1", port)) == 0:
                return
        time.sleep(0.02)
    raise RuntimeError("a server did not start")
