"""What Slack, or a proxy before it, does to keep the connection from coming back, in vain."""

import asyncio
import json
import socket as sockets
from collections.abc import AsyncIterator, Awaitable, Callable
from typing import Any

import pytest

from handlers import socket, waiting
from handlers.bolt import bolt_app
from handlers.context import Context
from handlers.reply import Nothing, Reply
from handlers.slack import client_for
from handlers.socket import WAITED_FOR, Socket
from handlers.waiting import Waits
from tests.handlers import payloads
from tests.handlers.conftest import House
from tests.handlers.fake_slack import JSON, PAGE, PLAIN, Deaf

OPEN = "apps.connections.open"
NO_ANSWERS = [
    (503, PLAIN, "upstream connect error"),
    (503, PAGE, "<html>Service Unavailable</html>"),
    (502, JSON, "<html>Bad Gateway</html>"),
    (200, PLAIN, "ok"),
    (200, JSON, ""),
    (200, JSON, "[]"),
    (200, JSON, '["ok"]'),
    (200, JSON, '"ok"'),
    (200, JSON, "17"),
    (200, JSON, "true"),
    (200, JSON, "null"),
    (200, JSON, "{}"),
    (200, JSON, '{"ok": true}'),
    (200, JSON, '{"ok": true, "url": 5}'),
    (200, JSON, '{"ok": true, "url": "not an address"}'),
    (200, JSON, '{"ok": true, "url": "http://127.0.0.1/"}'),
    (200, JSON, '{"ok": true, "url": "ws://"}'),
    (200, JSON, '{"ok": true, "url": "ws://[/"}'),
    (200, JSON, '{"url": "ws://127.0.0.1/"}'),
    (200, JSON, '{"ok": false}'),
    (200, JSON, '{"ok": false, "error": {"code": 1}}'),
    (200, JSON, '{"ok": false, "error": "invalid_auth"}'),
    (200, JSON, '{"ok": false, "error": "invented_yesterday"}'),
    (404, JSON, '{"ok": true, "url": "ws://127.0.0.1/"}'),
]


@pytest.fixture(autouse=True)
def _impatient(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(waiting, "PAUSES", (0.01,))
    monkeypatch.setattr(socket, "LOOK_SECONDS", 0.02)


@pytest.fixture
def waits() -> Waits:
    return Waits()


@pytest.fixture
async def link(house: House, waits: Waits) -> AsyncIterator[Socket]:
    async def handler(_: Context) -> Reply:
        return Nothing()

    house.router.command("/cut", handler)
    app = bolt_app(house.router, await house.slack.who_am_i())
    made = Socket(app, "xapp-test", client_for("xoxb-test", house.fake.api, seconds=2), waits)
    yield made
    await made.stop()


async def until(holds: Callable[[], bool], changes: Callable[[], Awaitable[Any]]) -> None:
    async with asyncio.timeout(10):
        while not holds():
            await changes()


async def a_moment() -> None:
    """Let others go on."""
    await asyncio.sleep(0)


async def linked_again(house: House, count: int) -> None:
    async def one_more() -> None:
        await house.fake.linked.wait()
        house.fake.linked.clear()

    await until(lambda: len(house.fake.links) >= count, one_more)


async def answers(house: House) -> None:
    """A command over the newest link is acked."""
    frame = {"envelope_id": "e9", "type": "slash_commands", "payload": payloads.command()}
    await house.fake.send(frame | {"accepts_response_payload": True})
    assert (await asyncio.wait_for(house.fake.acks.get(), 5))["envelope_id"] == "e9"


@pytest.mark.parametrize(("status", "kind", "body"), NO_ANSWERS)
async def test_after_a_cut_no_answer_keeps_the_connection_away(
    link: Socket, house: House, waits: Waits, status: int, kind: str, body: str
) -> None:
    await link.start()
    house.fake.say(OPEN, status, kind, body)
    await house.fake.links[0].close()
    await linked_again(house, 2)
    await answers(house)
    assert link.connected
    assert not waits.now()


@pytest.mark.parametrize(("status", "kind", "body"), NO_ANSWERS[::5])
async def test_at_the_start_no_answer_ends_the_process(
    link: Socket, house: House, status: int, kind: str, body: str
) -> None:
    for _ in range(3):
        house.fake.say(OPEN, status, kind, body)
    await link.start()
    await answers(house)


async def test_what_is_waited_for_is_told_with_slacks_own_word(
    link: Socket, house: House, waits: Waits
) -> None:
    house.fake.refuse(OPEN, *["not_allowed_token_type"] * 1000)
    starting = asyncio.ensure_future(link.start())
    await until(lambda: len(house.fake.of(OPEN)) > 1, a_moment)
    assert waits.now() == {WAITED_FOR: "not_allowed_token_type"}
    assert not link.connected
    house.fake.errors.clear()
    await starting
    assert not waits.now()
    assert link.connected


async def test_an_address_that_refuses_is_not_tried_for_ever(link: Socket, house: House) -> None:
    with sockets.socket() as nobody:
        nobody.bind(("127.0.0.1", 0))
        url = f"ws://127.0.0.1:{nobody.getsockname()[1]}/"
        house.fake.say(OPEN, 200, JSON, json.dumps({"ok": True, "url": url}))
        await link.start()
    await answers(house)
    assert len(house.fake.of(OPEN)) == 2


async def test_a_page_at_the_sockets_address_is_left_again(link: Socket, house: House) -> None:
    url = str(house.fake.server.make_url("/nothing").with_scheme("ws"))
    house.fake.say(OPEN, 200, JSON, json.dumps({"ok": True, "url": url}))
    await link.start()
    await answers(house)


@pytest.mark.parametrize("goodbye", ["close", "link_disabled", "too_many_websockets", "warning"])
async def test_a_slack_that_hangs_up_before_its_greeting_is_asked_again(
    link: Socket, house: House, goodbye: str
) -> None:
    house.fake.goodbyes.extend([goodbye] * 3)
    await link.start()
    await answers(house)
    assert len(house.fake.links) == 4


async def test_without_a_greeting_nothing_is_connected(
    link: Socket, house: House, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(socket, "CONNECT_SECONDS", 0.1)
    house.fake.greets = False
    starting = asyncio.ensure_future(link.start())
    await linked_again(house, 3)
    assert not link.connected
    house.fake.greets = True
    await starting
    await answers(house)


@pytest.mark.parametrize("reason", ["link_disabled", "refresh_requested", "warning", "no such"])
async def test_after_a_goodbye_it_is_not_connected_until_it_is_again(
    link: Socket, house: House, reason: str
) -> None:
    await link.start()
    held = house.fake.hold(OPEN)
    await house.fake.send({"type": "disconnect", "reason": reason})
    await until(lambda: not link.connected, a_moment)
    held.set()
    await linked_again(house, 2)
    await answers(house)


async def test_a_slack_that_hangs_up_at_once_is_asked_at_growing_intervals(
    link: Socket, house: House, monkeypatch: pytest.MonkeyPatch
) -> None:
    asked: list[int] = []

    def pause(number: int) -> float:
        asked.append(number)
        return 0.0

    monkeypatch.setattr(socket, "pause", pause)
    await link.start()
    for count in range(1, 5):
        await house.fake.links[-1].close()
        await linked_again(house, count + 1)
        await until(lambda: link.connected, a_moment)
    assert asked == [0, 1, 2]


async def test_whatever_is_raised_in_keeping_the_connection_does_not_end_it(
    link: Socket, house: House, monkeypatch: pytest.MonkeyPatch
) -> None:
    await link.start()
    real = link._connect
    raised: list[Any] = []

    async def fails_once(client: Any) -> None:
        if not raised:
            raised.append(client)
            raise AttributeError("'str' object has no attribute 'get'")
        await real(client)

    monkeypatch.setattr(link, "_connect", fails_once)
    await house.fake.links[0].close()
    await linked_again(house, 2)
    await answers(house)


@pytest.mark.parametrize(
    "frame",
    [
        "{",
        "[]",
        "null",
        "hello",
        "",
        "{}",
        '{"type": "unheard_of"}',
        '{"type": 5, "envelope_id": 7, "payload": 9}',
        '{"type": "slash_commands", "payload": {"command": "/cut"}}',
        '{"type": "slash_commands", "envelope_id": "x", "payload": []}',
        '{"type": "slash_commands", "envelope_id": "x", "payload": "text"}',
        '{"type": "events_api", "envelope_id": "x", "payload": {}}',
        '{"type": "unheard_of", "envelope_id": "x", "payload": {}}',
        '{"envelope_id": "x", "payload": {}}',
    ],
)
async def test_a_frame_that_means_nothing_is_passed_over(
    link: Socket, house: House, frame: str
) -> None:
    await link.start()
    await house.fake.links[-1].send_str(frame)
    await house.fake.links[-1].send_bytes(b"\x00")
    await answers(house)
    assert len(house.fake.links) == 1


async def test_an_ack_on_a_closed_connection_is_lost_and_the_next_is_not(
    link: Socket, house: House
) -> None:
    began, finish = asyncio.Event(), asyncio.Event()

    async def slow(_: Context) -> Reply:
        began.set()
        await finish.wait()
        return Nothing()

    house.router.action("help.open", slow)
    await link.start()
    press = payloads.press_in_home("help.open")
    await house.fake.send({"envelope_id": "e1", "type": "interactive", "payload": press})
    await began.wait()
    held = house.fake.hold(OPEN)
    await house.fake.links[0].close()
    finish.set()
    held.set()
    await linked_again(house, 2)
    await answers(house)


async def test_a_peer_that_answers_no_goodbye_is_left_in_two_seconds(
    link: Socket, house: House
) -> None:
    deaf = Deaf()
    await deaf.start()
    house.fake.say(OPEN, 200, JSON, json.dumps({"ok": True, "url": deaf.url}))
    await link.start()
    now = asyncio.get_running_loop().time
    began = now()
    await link.stop()
    took = now() - began
    await deaf.stop()
    assert took < socket.CLOSE_SECONDS + 1
