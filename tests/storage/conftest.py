"""Writers, and what they are given to do."""

import asyncio
import threading
from collections.abc import Awaitable, Callable, Iterator
from typing import Any

import pytest
from sqlalchemy.engine import Engine

from bot.clock import Clock
from storage.unit import UnitOfWork
from storage.writer import Writer


@pytest.fixture
def make_writer(engine: Engine, clock: Clock) -> Iterator[Callable[..., Writer]]:
    """Makes writers on the engine that are closed after the test."""
    writers: list[Writer] = []

    def make(**options: object) -> Writer:
        writers.append(Writer(engine, clock, **options))  # type: ignore[arg-type]
        return writers[-1]

    yield make
    for writer in writers:
        writer.close()


@pytest.fixture
def writer(make_writer: Callable[..., Writer]) -> Writer:
    """A writer at work."""
    started = make_writer()
    started.start()
    return started


async def begin(writer: Writer, *writes: Awaitable[Any]) -> list[Any]:
    """Queue all, then start, so that they share a batch; what became of each."""
    asked = asyncio.gather(*writes, return_exceptions=True)
    await asyncio.sleep(0)
    assert writer.waiting == len(writes)
    writer.start()
    return await asked


def count(uow: UnitOfWork) -> int:
    """A write that leaves a trace: how often it was made."""
    return uow.counters.add("made")


class Gate:
    """A write that is begun and does not end until it is let go."""

    def __init__(self) -> None:
        self.begun = threading.Event()
        self._open = threading.Event()

    def work(self, uow: UnitOfWork) -> int:
        """Wait inside the transaction."""
        self.begun.set()
        self._open.wait(20)
        return uow.counters.add("gate")

    def open(self) -> None:
        """Let the write go on."""
        self._open.set()


@pytest.fixture
def gate() -> Iterator[Gate]:
    """A gate that is opened at the latest when the test ends."""
    made = Gate()
    yield made
    made.open()
