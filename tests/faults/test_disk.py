"""A disk without room: the operator sees it, nobody is told that something is stored, it passes."""

import json
import resource

import aiohttp
import pytest

from tests.faults.ground import MEMBERS, opened
from tests.faults.nursery import Born
from tests.faults.test_front_door import CHANNEL

TRIES = 20_000
"""More than are asked in the longest wait; each is a request over loopback."""


@pytest.fixture
def unlimited() -> tuple[int, int]:
    """How large files may become in this process."""
    return resource.getrlimit(resource.RLIMIT_FSIZE)


def let_files_grow_to(bot: Born, limits: tuple[int, int]) -> None:
    """Let the bot's files become so large and no larger, as a full disk would."""
    resource.prlimit(bot.pid, resource.RLIMIT_FSIZE, limits)


async def readiness(url: str, wanted: int) -> None:
    """Ask until the bot says that it is ready (200), or that it is not (503)."""
    async with aiohttp.ClientSession() as session:
        for _ in range(TRIES):
            async with session.get(url) as answer:
                if answer.status == wanted:
                    return
    raise AssertionError(f"never {wanted}")


async def test_on_a_full_disk_the_bot_is_not_ready_and_nothing_is_said_to_be_stored(
    sqlite_address, unlimited
):
    async with opened(sqlite_address, http=True) as ground:
        bot = await ground.start()
        await bot.ready.wait()
        url = f"http://127.0.0.1:{ground.port}/readyz"
        person = ground.server.visitor(MEMBERS[0].slack_id)
        assert (await person.command(CHANNEL, "/cut 점검 일지 폐지")).ok
        await person.fill({"type": "abolish", "problem": "매일 씁니다."})

        let_files_grow_to(bot, (4096, unlimited[1]))
        await readiness(url, 503)
        await person.submit()
        assert any("저장하지 못했습니다" in text for text in person.texts()), person.screen()
        assert await ground.office.read(lambda uow: uow.tasks.get(1)) is None

        let_files_grow_to(bot, unlimited)
        await readiness(url, 200)
        assert (await person.submit()).ok
        number = json.loads(person.top["private_metadata"])["task"]
        assert await ground.office.read(lambda uow: uow.tasks.get(number))
        assert await ground.stopped(bot) == [0]
