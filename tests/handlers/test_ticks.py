"""The ticker asks the database, and two of them put a thing once."""

import asyncio
from datetime import timedelta

from handlers.ticks import Ticker
from tests.handlers.post_office import opened
from tests.usecases.small_office import HEAD


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
