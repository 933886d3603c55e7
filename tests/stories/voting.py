"""What a department does when it votes, as its people do it."""

from collections.abc import Awaitable, Callable
from datetime import UTC, datetime, timedelta
from typing import Any

import sqlalchemy as sa

from bot import wiring
from bot.playground.signed_http import SignedHttp
from bot.playground.visitor import Visitor
from bot.settings import Mode
from storage.rates import UNLIMITED
from storage.tables.records import audit
from tests.stories.test_notices import settled

CLOSING = datetime(2026, 7, 8, 9, 0, tzinfo=UTC)
"""18:00 of the fifth working day from the story's beginning."""
DAY_AFTER = datetime(2026, 7, 9, 0, 0, tzinfo=UTC)
SIGN = "+1"
FIRST, SECOND, THIRD = "전시실 운영 일지 폐지", "주간 보고 축소", "차량 운행 기록 간소화"


async def ask_to_open(life: Any) -> Visitor:
    """The head with the form that opens the department's ballot before them."""
    head: Visitor = life.visitor("head")
    await head.command(life.channel, "/cut 투표")
    await head.click("ballot.open")
    return head


async def opened(life: Any, *titles: str) -> list[str]:
    """A ballot of the roads with these candidates; the timestamps of their messages."""
    for title in titles:
        await life.propose("member", title)
    head = await ask_to_open(life)
    ack = await head.submit()
    assert ack.ok, ack
    await settled(life)
    await head.until(lambda: all(candidate(head, life.channel, title) for title in titles))
    await settled(life)
    return [str(candidate(head, life.channel, title)["ts"]) for title in titles]


def candidate(person: Visitor, channel: str, title: str) -> Any:
    """The message of one candidate, once votes for it are taken."""
    found = [m for m in person.messages(channel) if title in str(m) and "후보" in str(m)]
    below = [m for m in found if "대표 과제 투표" not in str(m)]
    return below[-1] if below and "후보가 모두 올라오면" not in str(below[-1]) else None


def ballot(person: Visitor, channel: str) -> Any:
    """The ballot's own message."""
    return person.message(channel, "대표 과제 투표")


async def heard(life: Any, seconds: float = 0) -> None:
    """Every event has arrived, and what is due after so many seconds has left."""
    await life.visitor("head").until(lambda: life.ws.delivery.pending == 0)
    life.clock.move(timedelta(seconds=seconds))
    await settled(life)


async def moved(life: Any, at: datetime) -> None:
    """The clock is moved, and what is due by then has been done, asked and told."""
    await heard(life)
    life.clock.move_to(at)
    for _ in range(2):
        await life.bot.ticker.tick()
        await settled(life)


def whispers(person: Visitor, channel: str) -> list[str]:
    """What only this person saw in a channel, oldest first."""
    found = [m for m in person.messages(channel) if m.get("is_ephemeral")]
    return ["\n".join(person.texts(message)) for message in found]


async def stopped(life: Any) -> Callable[[], Awaitable[None]]:
    """The bot is down and hears of nothing; what is returned starts it again."""
    transport = life.ws.delivery.transport
    life.ws.delivery.transport = None
    await life.bot.stop()

    async def begin() -> None:
        life.ws.delivery.transport = transport
        life.bot = await wiring.start(life.settings, Mode.ALL, life.clock, rates=UNLIMITED)
        life.deliver()
        if isinstance(transport, SignedHttp):
            await transport.close()

    return begin


async def acts(life: Any) -> list[str]:
    """The history's acts, oldest first."""

    def read(uow: Any) -> list[str]:
        return list(uow.connection.execute(sa.select(audit.c.act).order_by(audit.c.id)).scalars())

    found: list[str] = await life.bot.office.read(read)
    return found


async def represents(life: Any, department: str = "도로과") -> int | None:
    """The department's representative task."""

    def read(uow: Any) -> int | None:
        unit = uow.units.by_path("건설교통국", department)
        found = uow.representatives.of(uow.rounds.unclosed().id, unit.id)
        return found.task if found else None

    chosen: int | None = await life.bot.office.read(read)
    return chosen
