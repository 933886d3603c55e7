"""The Socket Mode edge: envelopes answered, connections that come back, a clean stop."""

import asyncio
from collections.abc import AsyncIterator
from typing import Any

import pytest

from bot.clock import Clock
from handlers import socket, waiting
from handlers.bolt import bolt_app
from handlers.context import Context
from handlers.reply import Nothing, Reply, Say
from handlers.router import AT_ONCE
from handlers.slack import client_for
from handlers.socket import Socket
from tests.handlers import payloads
from tests.handlers.conftest import House


@pytest.fixture(autouse=True)
def _impatient(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(waiting, "PAUSES", (0.01,))
    monkeypatch.setattr(socket, "LOOK_SECONDS", 0.02)


@pytest.fixture
async def link(house: House) -> AsyncIterator[Socket]:
    app = bolt_app(house.router, await house.slack.who_am_i())
    client = client_for("xoxb-test", house.fake.api, seconds=2)
    made = Socket(app, "xapp-test", client)
    yield made
    await made.stop()


def envelope(payload: dict[str, Any], kind: str = "slash_commands") -> dict[str, Any]:
    return {"envelope_id": "e1", "type": kind, "payload": payload, "accepts_response_payload": True}


async def ack(house: House) -> dict[str, Any]:
    return await asyncio.wait_for(house.fake.acks.get(), 5)


async def relinked(house: House, count: int) -> None:
    async with asyncio.timeout(5):
        while len(house.fake.links) < count:
            await house.fake.linked.wait()
            house.fake.linked.clear()


async def test_an_envelope_is_answered_without_a_signature(link: Socket, house: House) -> None:
    async def handler(context: Context) -> Reply:
        return Say(text=f"받음: {context.inbound.text}")

    house.router.command("/cut", handler)
    await link.start()
    assert link.connected
    await house.fake.send(envelope(payloads.command("payload 일지")))
    body = {"text": "받음: payload 일지", "response_type": "ephemeral"}
    assert await ack(house) == {"envelope_id": "e1", "payload": body}


async def test_envelopes_beyond_those_at_work_wait_unread_and_are_answered_in_turn(
    link: Socket, house: House
) -> None:
    left: list[float] = []
    full, may_end = asyncio.Event(), asyncio.Event()

    async def handler(_: Context) -> Reply:
        left.append(Clock().left() or 0.0)
        if len(left) == AT_ONCE:
            full.set()
        await may_end.wait()
        return Nothing()

    house.router.command("/cut", handler)
    await link.start()
    for number in range(AT_ONCE + 2):
        sent = envelope(payloads.command(f"{number}")) | {"envelope_id": f"e{number}"}
        await house.fake.send(sent)
    await asyncio.wait_for(full.wait(), 10)
    queue = link._client.message_queue if link._client else None
    assert queue
    async with asyncio.timeout(10):
        while queue.qsize() < 2:
            await asyncio.to_thread(queue.qsize)
    assert len(left) == house.router.taken == AT_ONCE
    may_end.set()
    acked = {(await ack(house))["envelope_id"] for _ in range(AT_ONCE + 2)}
    assert acked == {f"e{number}" for number in range(AT_ONCE + 2)}
    assert left[-1] < left[0], "what has waited counts"


async def test_an_event_that_failed_is_not_acked(link: Socket, house: House) -> None:
    seen: list[bool] = []

    async def handler(context: Context) -> Reply:
        seen.append(context.inbound.retried)
        if len(seen) == 1:
            raise ConnectionError("away")
        return Nothing()

    house.router.event("app_home_opened", handler)
    await link.start()
    first = envelope(payloads.event(), "events_api") | {"retry_attempt": 0, "retry_reason": ""}
    await house.fake.send(first)
    again = {"envelope_id": "e2", "retry_attempt": 1, "retry_reason": "timeout"}
    await house.fake.send(first | again)
    assert await ack(house) == {"envelope_id": "e2"}
    assert seen == [False, True]


async def test_a_first_connection_that_fails_is_tried_again(link: Socket, house: House) -> None:
    house.fake.refuse("apps.connections.open", "internal_error", "500", "fatal_error")
    await link.start()
    assert link.connected
    assert len(house.fake.of("apps.connections.open")) == 4


@pytest.mark.parametrize("goodbye", ["disconnect", "close", "cut"])
async def test_a_lost_connection_comes_back_at_a_new_address(
    link: Socket, house: House, goodbye: str
) -> None:
    async def handler(_: Context) -> Reply:
        return Nothing()

    house.router.command("/cut", handler)
    await link.start()
    house.fake.refuse("apps.connections.open", "internal_error")
    first = house.fake.links[0]
    if goodbye == "disconnect":
        await first.send_json({"type": "disconnect", "reason": "refresh_requested"})
    elif goodbye == "close":
        await first.close()
    else:
        assert first._req is not None
        assert first._req.transport is not None
        first._req.transport.abort()
    await relinked(house, 2)
    assert len(house.fake.of("apps.connections.open")) == 3
    await house.fake.send(envelope(payloads.command()))
    assert await ack(house) == {"envelope_id": "e1"}


async def test_a_stop_acks_what_is_running(link: Socket, house: House) -> None:
    began, finish = asyncio.Event(), asyncio.Event()

    async def handler(_: Context) -> Reply:
        began.set()
        await finish.wait()
        return Nothing()

    house.router.command("/cut", handler)
    await link.start()
    await house.fake.send(envelope(payloads.command()))
    await began.wait()
    stopping = asyncio.ensure_future(link.stop())
    finish.set()
    await stopping
    assert await ack(house) == {"envelope_id": "e1"}
    assert not link.connected


async def test_a_burst_of_envelopes_is_answered_whole(link: Socket, house: House) -> None:
    async def handler(_: Context) -> Reply:
        return Nothing()

    house.router.command("/cut", handler)
    await link.start()
    for number in range(300):
        sent = envelope(payloads.command(trigger_id=f"1.2.{number}"))
        await house.fake.send(sent | {"envelope_id": f"e{number}"})
    answered = {(await ack(house))["envelope_id"] for _ in range(300)}
    assert len(answered) == 300
