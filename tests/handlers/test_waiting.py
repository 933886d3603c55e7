"""What is waited for is said once when it begins, once when it is over, and can be asked for."""

import asyncio
import itertools
import threading

import aiohttp
import pytest
from structlog.testing import capture_logs

from handlers import waiting
from handlers.metrics import Metrics
from handlers.waiting import Waits, Why, aside, pause, until
from handlers.web import Web


def test_a_wait_is_said_once_and_once_when_it_is_over() -> None:
    waits = Waits()
    with capture_logs() as lines:
        for why in ("HTTP 503", "TimeoutError", "HTTP 503"):
            waits.begin("slack", why)
        assert waits.now() == {"slack": "HTTP 503"}
        waits.end("slack")
        waits.end("slack")
    assert waits.now() == {}
    assert [(line["event"], line["name"]) for line in lines] == [
        ("waiting", "slack"),
        ("no longer waiting", "slack"),
    ]


def test_what_can_be_mended_is_said_as_soon_as_it_is_known_and_once() -> None:
    waits = Waits()
    with capture_logs() as lines:
        waits.begin("slack", "HTTP 503")
        for _ in range(3):
            waits.begin("slack", "invalid_auth", "Put the right token there.")
            waits.begin("slack", "HTTP 503")
        waits.end("slack")
        waits.begin("slack", "invalid_auth", "Put the right token there.")
    assert [line.get("mend", "") for line in lines if line["event"] == "waiting"] == [
        "",
        "Put the right token there.",
        "Put the right token there.",
    ]


def test_waits_do_not_end_each_other() -> None:
    waits = Waits()
    waits.begin("slack", "invalid_auth")
    waits.begin("database", "OperationalError")
    waits.end("slack")
    assert waits.now() == {"database": "OperationalError"}


async def test_readiness_names_what_is_waited_for() -> None:
    async def fine() -> bool:
        return True

    waits, metrics = Waits(), Metrics()
    ready = {"database": fine}
    web = Web(app=None, metrics=metrics, ready=ready, waits=waits, host="127.0.0.1", port=0)
    await web.start()
    async with aiohttp.ClientSession(f"http://127.0.0.1:{web.port}") as asking:
        waits.begin("token", "invalid_auth")
        async with asking.get("/readyz") as answer:
            assert answer.status == 503
            assert await answer.json() == {
                "database": True,
                "waits_for": {"token": "invalid_auth"},
            }
        waits.end("token")
        async with asking.get("/readyz") as answer:
            assert (answer.status, await answer.json()) == (200, {"database": True})
    await web.stop()


async def test_attempts_are_made_until_one_succeeds(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(waiting, "PAUSES", (0.0,))
    waits, seen = Waits(), []

    async def attempt() -> int:
        seen.append(dict(waits.now()))
        if len(seen) < 4:
            raise RecursionError
        return len(seen)

    assert await until(attempt, waits, "it", lambda error: Why(type(error).__name__)) == 4
    assert seen == [{}, *[{"it": "RecursionError"}] * 3]
    assert waits.now() == {}


def test_pauses_grow_to_half_a_minute() -> None:
    lengths = [pause(number) for number in range(9)]
    assert lengths[0] < 1
    assert 30 <= lengths[-1] < 40
    assert all(a <= b * 1.3 for a, b in itertools.pairwise(lengths))


async def test_work_aside_gives_its_value_or_its_error() -> None:
    assert await aside(lambda: 7) == 7
    with pytest.raises(ZeroDivisionError):
        await aside(lambda: 1 // 0)


async def test_work_aside_keeps_nobody_who_gave_up_waiting() -> None:
    finish = threading.Event()
    working = asyncio.ensure_future(aside(finish.wait))
    await asyncio.wait({working}, timeout=0.01)
    working.cancel()
    with pytest.raises(asyncio.CancelledError):
        await working
    assert all(one.daemon for one in threading.enumerate() if one.name == "aside")
    finish.set()
