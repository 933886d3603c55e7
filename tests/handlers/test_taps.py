"""Taps are counted by person in memory, and stored together."""

from datetime import UTC, datetime

from bot.domain.errors import Busy
from handlers.inbound import Kind
from handlers.reply import Nothing
from handlers.taps import Taps
from tests.handlers import payloads


class Books:
    """Services that note what is stored, and may be too busy to."""

    def __init__(self):
        self.stored, self.busy, self.burden = [], False, self

    def now(self):
        return datetime(2026, 7, 1, tzinfo=UTC)

    async def write(self, work, *, key, answer):
        if self.busy:
            raise Busy
        return work(self)

    async def read(self, work):
        return work(self)

    def taps(self, quarter, taps):
        self.stored.append((quarter.isoformat(), dict(taps)))


async def test_taps_are_stored_together_and_what_could_not_be_is_kept():
    books = Books()
    taps = Taps(books)
    await taps.start()
    for person in (1, 2, 1):
        taps.count(person)
    books.busy = True
    await taps.flush()
    taps.count(2)
    books.busy = False
    await taps.stop()
    assert books.stored == [("2026-07-01", {1: 2, 2: 2})]


async def test_a_press_and_a_submission_are_taps_and_typing_is_none(house):
    counted: list[int] = []
    house.router._tapped = counted.append

    async def nothing(ctx):
        return Nothing()

    house.router.action("a.press", nothing)
    house.router.view("propose", nothing)
    press = payloads.press_in_home("a.press")
    typing = {**press, "actions": [{**press["actions"][0], "type": "plain_text_input"}]}
    for kind, body in (
        (Kind.ACTION, press), (Kind.ACTION, typing), (Kind.VIEW, payloads.submission()),
    ):  # fmt: skip
        await house.router.answer(kind, body)
    assert counted == [1, 1]
