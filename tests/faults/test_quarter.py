"""At the boundary of a quarter every director hears of the review exactly once, come what may."""

import pytest

from tests.faults.ground import POST
from tests.faults.quarter import A_MINUTE, CALM, NINE, hours, quarter

AN_HOUR = 3600.0
FEW = 12


async def test_a_worker_that_was_down_tells_everyone_once_in_the_next_office_hours(sqlite_address):
    async with quarter(sqlite_address, FEW) as one:
        for moment in (hours(NINE, -1), hours(NINE, 11)):
            one.ground.come(moment)
            heard = await one.finish()
            assert (heard.lost, heard.left) == (FEW, 0), "nothing leaves out of hours"
        for later in (25, 49):
            one.ground.come(hours(NINE, later))
            heard = await one.finish()
            assert heard.clean, heard


@pytest.mark.parametrize(
    ("database", "count"),
    [("sqlite", 2), pytest.param("postgres", 4, marks=pytest.mark.postgres)],
)
async def test_workers_that_start_together_at_nine_tell_everyone_once(request, database, count):
    address = request.getfixturevalue(f"{database}_address")
    async with quarter(address, FEW, CALM) as one:
        one.ground.come(NINE)
        workers = [await one.ground.start("worker") for _ in range(count)]
        await one.all_told()
        assert await one.ground.stopped(*workers) == [0] * count
        heard = await one.finish()
        assert heard.clean, heard


@pytest.mark.parametrize(
    ("database", "point"),
    [
        ("sqlite", "before-commit:7"),
        pytest.param("postgres", "after-commit:7", marks=pytest.mark.postgres),
        ("sqlite", "before-post:2"),
        pytest.param("postgres", "after-post:2", marks=pytest.mark.postgres),
        ("sqlite", "before-settle:2"),
    ],
)
async def test_killed_at_a_named_point_everyone_has_heard_once_in_the_end(request, database, point):
    address = request.getfixturevalue(f"{database}_address")
    async with quarter(address, FEW) as one:
        one.ground.come(NINE)
        assert await one.ground.killed(await one.ground.start("worker", kill_at=point))
        one.ground.later(A_MINUTE)
        heard = await one.finish()
        assert heard.clean, heard


async def test_a_clock_an_hour_back_and_an_hour_ahead_makes_nobody_hear_twice(sqlite_address):
    async with quarter(sqlite_address, FEW) as one:
        one.ground.come(NINE)
        assert await one.ground.killed(await one.ground.start("worker", kill_at="after-post:3"))
        told = one.told
        assert 0 < told < FEW
        one.moved(-AN_HOUR)
        one.ground.later(A_MINUTE)
        assert await one.ground.killed(await one.ground.start("worker", kill_at="after-commit:30"))
        assert one.told == told, "at eight nothing leaves"
        one.moved(AN_HOUR)
        one.ground.later(AN_HOUR + A_MINUTE)
        heard = await one.finish()
        assert heard.clean, heard
        for back in (-AN_HOUR, AN_HOUR):
            one.moved(back)
            assert await one.finish() == heard


@pytest.mark.parametrize("blind", [False, True])
async def test_on_a_bad_day_of_slack_everyone_hears_once_and_only_without_the_look_some_twice(
    sqlite_address, blind
):
    async with quarter(sqlite_address, FEW) as one:
        for kind in ("429", "500", "reset"):
            one.ground.ws.faults.add(POST, kind, times=2)
        one.ground.come(NINE)
        heard = await one.finish(blind=blind)
        assert list(one.ground.ws.faults) == []
        assert (heard.lost, heard.left) == (0, 0)
        assert heard.doubled == (2 if blind else 0)
