"""The hand on the playground's clock: the programme's time goes forward, system time never."""

import json
from datetime import UTC, datetime, timedelta

import aiohttp
import pytest

from bot.__main__ import Hand, later
from bot.clock import Clock, FrozenClock, public_holidays
from bot.domain.calendar import Calendar, at, local
from bot.playground.server import start
from tests.playground.stage import make_bot, make_workspace

CALENDAR = Calendar(public_holidays())
DAY = timedelta(days=1)


def office(text):
    """A moment on the office's wall clock."""
    return datetime.fromisoformat(f"{text}+09:00")


@pytest.mark.parametrize(
    ("now", "to", "then"),
    [
        ("2026-07-01T10:30", "day", "2026-07-02T10:30"),
        ("2026-07-03T10:30", "day", "2026-07-04T10:30"),
        ("2026-07-01T08:59", "morning", "2026-07-01T09:00"),
        ("2026-07-01T09:00", "morning", "2026-07-02T09:00"),
        ("2026-07-03T10:30", "morning", "2026-07-06T09:00"),
        ("2026-09-23T10:30", "morning", "2026-09-28T09:00"),
        ("2026-07-01T09:00", "quarter", "2026-10-01T09:00"),
        ("2026-12-31T17:00", "quarter", "2027-01-04T09:00"),
        ("2027-01-02T12:00", "quarter", "2027-01-04T09:00"),
        ("2027-01-04T09:00", "quarter", "2027-04-01T09:00"),
        ("2028-09-29T12:00", "quarter", "2028-10-06T09:00"),
    ],
)
def test_the_clock_moves_to_the_next_day_working_morning_or_first_morning_of_a_quarter(
    now, to, then
):
    assert later(CALENDAR, office(now), to) == office(then)


def test_no_other_move_is_known():
    with pytest.raises(ValueError, match="yesterday"):
        later(CALENDAR, office("2026-07-01T10:00"), "yesterday")


def test_a_clock_goes_forward_only_and_system_time_stays():
    clock = Clock()
    ahead = clock.now() + DAY
    clock.advance_to(ahead)
    assert clock.now() - ahead < timedelta(seconds=5)
    assert abs(clock.system() - Clock().system()) < 5
    with pytest.raises(ValueError, match="past"):
        clock.advance_to(ahead - DAY)


async def test_a_move_is_acted_on_before_it_is_answered(tmp_path):
    clock = FrozenClock(office("2026-07-01T10:00"))
    ws = make_workspace(clock)
    hand, heard = Hand(clock, ws.store), []

    async def moved():
        heard.append(clock.now())

    hand.moved = moved
    await hand.move("morning")
    ws.store.close()
    assert heard == [office("2026-07-02T09:00")]


async def test_a_restart_goes_on_from_where_the_clock_stood(tmp_path):
    clock = FrozenClock(office("2026-07-01T10:00"))
    ws = make_workspace(clock, tmp_path / "playground.db")
    await Hand(clock, ws.store).move("quarter")
    ws.store.close()
    clock = FrozenClock(office("2026-07-01T11:00"))
    ws = make_workspace(clock, tmp_path / "playground.db")
    Hand(clock, ws.store).set_out()
    ws.store.close()
    assert clock.now() == office("2026-10-01T09:00")


def test_at_night_the_clock_sets_out_on_the_next_working_morning():
    clock = FrozenClock(office("2026-07-03T22:00"))
    ws = make_workspace(clock)
    Hand(clock, ws.store).set_out()
    ws.store.close()
    assert clock.now() == at(local(office("2026-07-06T00:00")).date())


def test_in_office_hours_a_clock_that_runs_sets_out_where_it_is():
    clock = Clock()
    clock.advance_to(CALENDAR.next_morning(clock.now()) + timedelta(hours=1))
    ws = make_workspace(clock)
    before = clock.now()
    Hand(clock, ws.store).set_out()
    ws.store.close()
    assert timedelta() <= clock.now() - before < timedelta(seconds=5)


async def test_messages_posted_after_a_move_bear_the_new_date_and_stay_in_order():
    clock = Clock()
    ws = make_workspace(clock)
    hand = Hand(clock, ws.store)
    server = await start(ws, now=clock.now, move=hand.move)
    bot = make_bot(server.api_url)
    before = await bot.posts("오늘")
    await hand.move("quarter")
    after = [await bot.posts("다음 분기") for _ in range(3)]
    found = await bot.client.conversations_history(channel="C1", oldest=str(clock.system() - 60))
    await server.stop()
    assert before < after[0] < after[1] < after[2]
    shown = datetime.fromtimestamp(float(after[0]), UTC)
    assert timedelta() <= clock.now() - shown < timedelta(seconds=5)
    assert [m["text"] for m in found["messages"]] == ["다음 분기"] * 3 + ["오늘"]


async def test_every_window_hears_of_a_move():
    clock = FrozenClock(office("2026-07-01T10:00"))
    ws = make_workspace(clock)
    server = await start(ws, now=clock.now, move=Hand(clock, ws.store).move)
    async with aiohttp.ClientSession() as session:
        one = await session.ws_connect(f"{server.url}/page/ws?user=U1")
        two = await session.ws_connect(f"{server.url}/page/ws?user=U2")
        await one.send_json({"id": 1, "do": "move", "to": "day"})
        heard = json.loads((await two.receive()).data)
        await one.send_json({"id": 2, "do": "move", "to": "yesterday"})
        answers = [json.loads((await one.receive()).data) for _ in range(3)]
    await server.stop()
    assert heard["push"] == "clock"
    assert datetime.fromisoformat(heard["clock"]["now"]) == office("2026-07-02T10:00")
    assert [a.get("error") for a in answers if a.get("re") == 2] == ["bad_request"]
