"""From start to ready, and what memory that takes."""

import subprocess
import sys
import time
import urllib.error
import urllib.request
from functools import partial
from typing import IO

from tests.bench import servers

IMPORTS = "import slack_bolt.async_app, sqlalchemy, aiohttp"
_POLL = 0.005


def imports_seconds() -> float:
    """What importing the three libraries takes that no bot can do without."""
    began = time.perf_counter()
    subprocess.run(
        [sys.executable, "-c", IMPORTS],
        check=True,
        preexec_fn=partial(servers.pin, servers.SERVER_CORE),
    )
    return time.perf_counter() - began


def ready(database_url: str, slack_port: int, log: IO[bytes]) -> tuple[float, float]:
    """Seconds until the bot says that it is ready, and the megabytes it holds then."""
    port = servers.free_port()
    command, environ = servers.ours(database_url, slack_port, port)
    began = time.perf_counter()
    with servers.process(command, port, servers.SERVER_CORE, log, **environ) as running:
        until_ready(port)
        took = time.perf_counter() - began
        return took, resident_mb(running.pid)


def until_ready(port: int) -> None:
    """Wait for a bot that listens until it is up; RuntimeError when that takes too long."""
    until = time.monotonic() + servers.START_SECONDS
    while not _says_ready(port):
        if time.monotonic() > until:
            raise RuntimeError("the bot is not ready")
        time.sleep(_POLL)


def resident_mb(pid: int) -> float:
    """Resident memory of a process, in megabytes."""
    with open(f"/proc/{pid}/status", encoding="ascii") as status:
        kilobytes = next(line.split()[1] for line in status if line.startswith("VmRSS:"))
    return int(kilobytes) / 1024


def _says_ready(port: int) -> bool:
    try:
        with urllib.request.urlopen(f"http://127.0.0.1:{port}/readyz", timeout=5) as answer:
            return bool(answer.status == 200)
    except urllib.error.URLError:
        return False
