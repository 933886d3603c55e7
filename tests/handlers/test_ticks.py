"""The ticker asks the database, and two of them put a thing once."""

import asyncio
from dataclasses import replace
from datetime import date, timedelta

from handlers.ticks import Ticker
from tests.handlers.post_office import opened
from tests.usecases.small_office import HEAD, OFFICE, apply, facts, own_task, row
from tests.usecases.small_reviews import BOUNDARY, late

ELSEWHERE = row(20, "손국장", "국장", bureau="복지국")


async def test_two_tickers_tell_a_head_once_of_what_waits(engine):
    async with opened(engine) as post:
        await post.propose()
        await post.run()
        post.clock.move(timedelta(days=5))
        tickers = [Ticker(post.office) for _ in range(2)]
        await asyncio.gather(*(ticker.tick() for _ in range(3) for ticker in tickers))
        await post.run()
        (digest,) = post.told(HEAD.slack_id)
        assert "task.open" in str(digest.blocks)
        post.clock.move(timedelta(days=1))
        for ticker in tickers:
            await ticker.tick()
        await post.run(ahead=5)
        assert len(post.told(HEAD.slack_id)) == 1


async def test_a_started_ticker_ticks_by_itself_and_stops(engine):
    async with opened(engine) as post:
        await post.propose()
        post.clock.move(timedelta(days=5))
        told = asyncio.Event()

        def arrived(_: str) -> None:
            if post.told(HEAD.slack_id):
                told.set()

        await post.dispatcher(reach=arrived).start()
        ticker = Ticker(post.office, every=0.05)
        await ticker.start()
        async with asyncio.timeout(10):
            await told.wait()
        await ticker.stop()


async def test_a_ticker_that_is_stopped_while_it_ticks_ends_that_tick_first(engine):
    began, may_end, ended = (asyncio.Event() for _ in range(3))

    class Long(Ticker):
        async def tick(self):
            began.set()
            await may_end.wait()
            await super().tick()
            ended.set()

    async with opened(engine) as post, asyncio.timeout(10):
        ticker = Long(post.office, every=0.05)
        await ticker.start()
        await began.wait()
        stopping = asyncio.create_task(ticker.stop())
        may_end.set()
        await stopping
        assert ended.is_set()


async def moved_to(post, moment):
    post.clock.move(moment - post.clock.now())


async def test_a_step_that_fails_leaves_the_others_alone(engine):
    async with opened(engine) as post:
        ticker = Ticker(post.office)
        await moved_to(post, BOUNDARY)

        def broken(uow):
            late(uow)
            own_task(uow, OFFICE[3])
            uow.office.put("waiting", "broken")
            uow.idempotency.remember("old", "null")

        await post.office.write(broken)
        post.clock.ahead += timedelta(days=9).total_seconds()
        await ticker.tick()
        assert await post.office.read(lambda uow: facts(uow, "waiting")) == []
        assert len(await post.office.read(lambda uow: facts(uow, "review"))) == 1
        assert len(await post.office.read(lambda uow: facts(uow, "reminders"))) == 1
        assert await post.office.read(lambda uow: uow.idempotency.answers(["old"])) == {}


async def test_a_bureau_whose_review_cannot_be_opened_leaves_the_others_alone(engine):
    async with opened(engine) as post:
        await post.office.write(lambda uow: apply(uow, (*OFFICE, ELSEWHERE)) and None)

        def broken(uow):
            plan = uow.review_plans.get(uow.units.by_path("교통국").id)
            uow.review_plans.put(replace(plan, last=date.max, next_preview_at=None))
            return plan.bureau

        bureau = await post.office.write(broken)
        await moved_to(post, BOUNDARY)
        await Ticker(post.office).tick()
        told = await post.office.read(lambda uow: facts(uow, "review"))
        assert len(told) == 1
        assert await post.office.read(lambda uow: uow.reviews.open_of(bureau)) is None


async def test_after_an_outage_nobody_is_asked_again_about_a_review_that_is_superseded(engine):
    async with opened(engine) as post:
        ticker = Ticker(post.office)
        await moved_to(post, BOUNDARY)
        await ticker.tick()
        await post.run()
        post.clock.move(timedelta(days=110))
        await ticker.tick()
        assert len(await post.office.read(lambda uow: facts(uow, "review"))) == 2
        assert await post.office.read(lambda uow: facts(uow, "review_again")) == []
