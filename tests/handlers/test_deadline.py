"""A request has one deadline, whatever it waits for, and what goes on afterwards has none."""

import asyncio

from bot.clock import Clock
from bot.domain.errors import NotStored
from handlers.context import Context
from handlers.inbound import Kind
from handlers.reply import Nothing, Reply
from handlers.router import ANSWER_SECONDS
from tests.handlers import payloads
from tests.handlers.conftest import House, raises
from tests.playground.stage import HandClock


async def test_what_a_handler_waits_for_has_what_is_left_of_its_time(house: House) -> None:
    seen: list[float | None] = []
    ended = asyncio.Event()

    async def afterwards() -> None:
        seen.append(house.clock.left())
        ended.set()

    async def handler(_: Context) -> Reply:
        seen.append(house.clock.left())
        house.clock.ahead = 1.0
        seen.append(house.clock.left())
        house.clock.ahead = 5.0
        seen.append(house.clock.left())
        house.background.start(afterwards())
        return Nothing()

    house.router.command("/cut", handler)
    await house.send(Kind.COMMAND, payloads.command())
    await ended.wait()
    first, second, over, nobody_waits = seen
    assert first is not None
    assert second is not None
    assert ANSWER_SECONDS - 1 < first <= ANSWER_SECONDS
    assert second < first - 0.9
    assert over == 0.0
    assert nobody_waits is None
    assert house.clock.left() is None


async def test_a_refusal_that_slack_is_slow_to_show_does_not_keep_the_ack(house: House) -> None:
    let_go = house.fake.hold("views.update")

    async def late(_: Context) -> Reply:
        house.clock.ahead = ANSWER_SECONDS
        raise NotStored

    house.router.action("act.confirm", late)
    answer = await house.send(Kind.ACTION, payloads.press_in_modal("act.confirm"))
    assert answer.status == 200
    assert len(house.background) == 1, "it is still being shown"
    let_go.set()
    await house.background.drain(10)
    assert "저장 안 됨" in str(house.fake.of("views.update"))


async def test_a_refusal_that_slack_shows_at_once_is_waited_for(house: House) -> None:
    house.router.action("act.confirm", raises(NotStored()))
    await house.send(Kind.ACTION, payloads.press_in_modal("act.confirm"))
    assert len(house.background) == 0
    assert "저장 안 됨" in str(house.fake.of("views.update"))


async def test_who_waits_less_within_a_wait_waits_less_and_then_as_before() -> None:
    clock = HandClock()
    with clock.within(2.0):
        with clock.within(60.0):
            assert 1.0 < (clock.left() or 0.0) <= 2.0
        with clock.within(0.5):
            assert (clock.left() or 9.0) <= 0.5
        assert (clock.left() or 0.0) > 1.0
    assert Clock().left() is None
