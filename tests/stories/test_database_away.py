"""A database that is locked or away: whoever waits hears in time that nothing was stored."""

import asyncio
import io
from collections.abc import AsyncIterator, Awaitable, Callable, Iterator
from contextlib import asynccontextmanager, contextmanager
from typing import Any

import pytest
import sqlalchemy as sa
from sqlalchemy.engine import Engine

from bot.clock import Clock
from bot.playground.visitor import Visitor
from storage.batch import WRITER_LOCK
from storage.engine import make_engine

NOT_STORED = "저장하지 못했습니다. 다시 시도해 주세요."
SLACK_WAITS = 3.0
TITLE, OTHER = "전시실 운영 일지 폐지", "주간 보고 축소"


@contextmanager
def another_process(life: Any) -> Iterator[Engine]:
    """A way to the database that has nothing to do with the bot's own."""
    engine = make_engine(life.settings.database_url)
    yield engine
    engine.dispose()


@contextmanager
def writing(life: Any) -> Iterator[None]:
    """Another process writes all the while."""
    with another_process(life) as engine, engine.begin() as connection:
        if engine.dialect.name == "postgresql":
            connection.exec_driver_sql(f"SELECT pg_advisory_xact_lock({WRITER_LOCK})")
        yield


async def in_time(doing: Awaitable[Any]) -> Any:
    """What comes of it, which has to come while Slack still waits."""
    clock = Clock()
    began = clock.monotonic()
    done = await doing
    assert clock.monotonic() - began < SLACK_WAITS
    return done


def heard(person: Visitor, channel: str) -> list[str]:
    """Everything a person sees: in their modals, and said to them alone in the channel."""
    whispers = [m for m in person.messages(channel) if m.get("is_ephemeral")]
    said = [text for message in whispers for text in person.texts(message)]
    return said + (person.texts() if person.views else [])


async def filled(life: Any, who: str) -> Visitor:
    """Somebody with a form before them that only has to be sent."""
    person: Visitor = life.visitor(who)
    await person.command(life.channel, "/cut " + TITLE)
    await person.fill({"type": "abolish", "problem": "매일 씁니다."})
    return person


@pytest.mark.everywhere
async def test_while_another_process_writes_everybody_is_answered_in_time(life, log):
    await life.propose("member", OTHER)
    sender, presser = await filled(life, "member"), await life.open("head", 1)
    stranger, asking = life.visitor("colleague"), life.visitor("lead")
    with writing(life):
        await asyncio.gather(
            in_time(sender.submit()),
            in_time(presser.click("act.confirm")),
            # Whom the bot meets for the first time it welcomes, which is a write.
            in_time(stranger.command(life.channel, "/cut help")),
            in_time(asking.command(life.channel, "/cut list")),
        )
        assert NOT_STORED in heard(sender, life.channel)
        assert stranger.messages(life.channel)[-1]["is_ephemeral"]
        assert any(OTHER in text for text in heard(asking, life.channel))
    ack = await sender.submit()
    assert ack.ok
    assert await life.bot.office.read(lambda uow: uow.tasks.get(2).content.title) == TITLE


@asynccontextmanager
async def tables_kept(life: Any) -> AsyncIterator[None]:
    """Somebody keeps the people's table to themselves: not even a look comes through."""
    with another_process(life) as engine, engine.begin() as connection:
        await asyncio.to_thread(
            connection.exec_driver_sql, "LOCK TABLE people, tasks IN ACCESS EXCLUSIVE MODE"
        )
        yield


@asynccontextmanager
async def no_server(life: Any) -> AsyncIterator[None]:
    """The server refuses every connection and has ended those there were."""
    url = sa.make_url(life.settings.database_url)
    admin = make_engine(url.set(database="postgres"))
    commanding = admin.execution_options(isolation_level="AUTOCOMMIT")
    with commanding.connect() as connection:
        connection.exec_driver_sql("ALTER DATABASE gopbaegi ALLOW_CONNECTIONS false")
        connection.exec_driver_sql(
            "SELECT pg_terminate_backend(pid, 5000) FROM pg_stat_activity "
            "WHERE datname = 'gopbaegi'"
        )
        try:
            yield
        finally:
            connection.exec_driver_sql("ALTER DATABASE gopbaegi ALLOW_CONNECTIONS true")
    admin.dispose()


@pytest.mark.postgres
@pytest.mark.parametrize("away", [tables_kept, no_server])
async def test_with_the_database_away_nobody_reads_of_an_unexpected_error(
    life, away: Callable[[Any], Any], log: io.StringIO
):
    sender = await filled(life, "member")
    looking, asking = life.visitor("lead"), life.visitor("colleague")
    for person in (looking, asking):
        await person.command(life.channel, "/cut help")
    life.bot.router._who.__self__._people.clear()
    async with away(life):
        await asyncio.gather(
            in_time(sender.submit()),
            in_time(looking.command(life.channel, "/cut list")),
            in_time(asking.command(life.channel, "/cut " + TITLE)),
        )
        for person in (sender, looking, asking):
            assert NOT_STORED in heard(person, life.channel), person.screen()
    told = [line for line in log.getvalue().splitlines() if "cannot be used for reading" in line]
    assert told
    assert len(told) == 1 or away is tables_kept, "others may be read meanwhile"
    assert "a handler failed" not in log.getvalue()
    assert (await sender.submit()).ok
    assert await life.bot.office.read(lambda uow: uow.tasks.get(1).content.title) == TITLE
