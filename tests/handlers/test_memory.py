"""What a burst took is given back once the process is idle."""

import asyncio
import platform

import pytest

from handlers.memory import Memory, give_back

PIECES, SIZE, KEPT_EACH = 4000, 20_000, 100

glibc = pytest.mark.skipif(
    platform.libc_ver()[0] != "glibc", reason="only glibc keeps what was freed and can be asked"
)


def resident() -> int:
    """Bytes of this process that stand in memory."""
    with open("/proc/self/statm", encoding="ascii") as told:
        return int(told.read().split()[1]) * 4096


def burst() -> list[bytearray]:
    """Much is taken and freed again, but for a little that lies in between."""
    pieces = [bytearray(SIZE) for _ in range(PIECES)]
    return pieces[::KEPT_EACH]


@glibc
def test_what_was_freed_between_things_in_use_goes_back_to_the_machine():
    kept = burst()
    before = resident()
    assert give_back()
    assert before - resident() > PIECES * SIZE / 2
    assert kept


@glibc
async def test_it_is_given_back_once_nothing_comes_any_more():
    taken = 0
    memory = Memory(lambda: taken, every=0.001)
    await memory.start()
    kept, taken = burst(), 1
    before = resident()
    async with asyncio.timeout(20):
        while before - await asyncio.to_thread(resident) < PIECES * SIZE / 2:
            pass
    await memory.stop()
    assert kept
