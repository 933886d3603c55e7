"""The named points at which fault tests kill the process."""

import os
import signal
import subprocess
import sys

import pytest
from sqlalchemy.engine import Engine

WRITES = """
import asyncio, sys
from bot.clock import Clock
from storage.engine import make_engine
from storage.writer import Writer

async def main():
    writer = Writer(make_engine(sys.argv[1]), Clock())
    writer.start()
    for _ in range(5):
        await writer.write(lambda uow: uow.counters.add("made"))
    writer.close()

asyncio.run(main())
"""


def run(engine: Engine, point: str) -> int:
    """Five writes, each a commit of its own, in a process that dies at `point`."""
    url = engine.url.render_as_string(hide_password=False)
    ended = subprocess.run(
        [sys.executable, "-c", WRITES, url],
        env={**os.environ, "GOPBAEGI_KILL_AT": point, "PYTHONPATH": os.getcwd()},
        timeout=60,
        check=False,
    )
    return ended.returncode


@pytest.mark.parametrize(
    ("point", "stored"), [("before-commit:3", 2), ("after-commit:3", 3), ("before-commit", 0)]
)
def test_a_process_killed_around_a_commit_has_stored_what_was_committed(
    engine: Engine, unit, point: str, stored: int
):
    assert run(engine, point) == -signal.SIGKILL
    with unit() as uow:
        assert uow.counters.value("made") == stored


def test_without_the_variable_nothing_is_killed(engine: Engine, unit):
    assert run(engine, "") == 0
    with unit() as uow:
        assert uow.counters.value("made") == 5
