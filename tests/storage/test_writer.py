"""The writer: what is acknowledged is stored, what fails fails alone, nobody waits for ever."""

import asyncio
import threading
from collections.abc import Callable
from dataclasses import dataclass

import pytest

from bot.domain.errors import BotError, Busy, NotStored, Refused, Unknown
from storage.reader import Readers
from storage.unit import UnitOfWork
from storage.writer import Writer
from tests.storage.conftest import Gate, begin, count


@dataclass(frozen=True)
class Receipt:
    number: int
    title: str


def receipt(uow: UnitOfWork) -> Receipt:
    return Receipt(uow.counters.next("task"), "점검 일지 폐지")


def stored(unit, name: str = "made") -> int:
    with unit() as uow:
        value: int = uow.counters.value(name)
        return value


async def begun(gate: Gate) -> None:
    """Hold the loop, and with it all deadlines, until the gate's write has begun."""
    await asyncio.sleep(0)
    assert gate.begun.wait(10)


async def test_a_write_is_stored_when_it_is_answered(writer: Writer, unit):
    assert await writer.write(count) == 1
    assert stored(unit) == 1


async def test_writes_that_wait_together_are_one_commit(make_writer, unit):
    commits: list[int] = []
    writer = make_writer(on_commit=lambda: commits.append(1))
    assert await begin(writer, *[writer.write(count) for _ in range(40)]) == [*range(1, 41)]
    writer.close()
    assert len(commits) == 2
    assert stored(unit) == 40


async def test_whoever_wants_to_know_of_commits_is_called_after_them(make_writer, unit):
    seen: list[int] = []
    told = threading.Event()

    def look() -> None:
        seen.append(stored(unit))
        told.set()

    writer = make_writer(on_commit=look)
    writer.start()
    await writer.write(count)
    assert await asyncio.to_thread(told.wait, 10)
    assert seen == [1]


async def test_a_failing_write_fails_alone(make_writer, unit):
    writer = make_writer()

    def fail(uow: UnitOfWork) -> int:
        uow.counters.add("half")
        uow.connection.exec_driver_sql("INSERT INTO counters (name) VALUES ('broken')")
        return 0

    def mistake(uow: UnitOfWork) -> int:
        uow.counters.add("half")
        raise BotError("error-title-empty", field="title")

    results = await begin(
        writer,
        writer.write(count),
        writer.write(fail),
        writer.write(count),
        writer.write(mistake),
        writer.write(count),
    )
    assert [results[0], results[2], results[4]] == [1, 2, 3]
    assert "NOT NULL" in str(results[1]).upper() or "null value" in str(results[1])
    assert isinstance(results[3], BotError)
    assert results[3].key == "error-title-empty"
    assert stored(unit) == 3
    assert stored(unit, "half") == 0


async def test_a_refusal_is_written_down_although_its_work_is_undone(make_writer, unit):
    writer = make_writer()

    def refused(uow: UnitOfWork) -> None:
        uow.counters.add("half")
        uow.audit_refusal = lambda error: count_refusal(uow, error)
        raise Refused("error-not-allowed", who="head")

    def count_refusal(uow: UnitOfWork, error: Refused) -> None:
        assert error.params["who"] == "head"
        uow.counters.add("refused")

    results = await begin(writer, writer.write(refused), writer.write(count))
    assert isinstance(results[0], Refused)
    assert results[1] == 1
    assert (stored(unit, "half"), stored(unit, "refused")) == (0, 1)


async def test_a_refusal_that_cannot_be_written_down_is_still_a_refusal(make_writer, unit):
    writer = make_writer()

    def refused(uow: UnitOfWork) -> None:
        uow.audit_refusal = lambda error: uow.idempotency.remember("k", None)  # type: ignore[arg-type]
        raise Refused("error-not-allowed")

    results = await begin(writer, writer.write(refused), writer.write(count))
    assert isinstance(results[0], Refused)
    assert results[1] == 1
    assert stored(unit) == 1


async def test_delivered_four_times_it_happens_once_and_is_answered_alike(make_writer, unit):
    writer = make_writer()
    four = [writer.write(receipt, key="event:E1", kind=Receipt) for _ in range(4)]
    results = await begin(writer, *four)
    assert results == [Receipt(1, "점검 일지 폐지")] * 4
    another = make_writer()
    another.start()
    assert await another.write(receipt, key="event:E1", kind=Receipt) == results[0]
    assert stored(unit, "task") == 1


async def test_a_write_that_failed_may_come_again_under_its_key(writer: Writer):
    def mistake(uow: UnitOfWork) -> Receipt:
        raise BotError("error-title-empty")

    with pytest.raises(BotError):
        await writer.write(mistake, key="view:V1", kind=Receipt)
    assert (await writer.write(receipt, key="view:V1", kind=Receipt)).number == 1


async def test_an_answer_of_nothing_needs_no_kind_and_any_other_does(writer: Writer, unit):
    def nothing(uow: UnitOfWork) -> None:
        uow.counters.add("made")

    for _ in range(2):
        assert await writer.write(nothing, key="k") is None  # type: ignore[func-returns-value]
    with pytest.raises(TypeError):
        await writer.write(count, key="other")
    assert stored(unit) == 1


async def test_a_write_that_waited_too_long_is_taken_out(writer: Writer, gate: Gate, unit):
    first = asyncio.create_task(writer.write(gate.work))
    await begun(gate)
    with pytest.raises(NotStored):
        await writer.write(count, deadline=0.01)
    gate.open()
    assert await first == 1
    assert await writer.write(gate.work) == 2
    assert stored(unit) == 0


async def test_a_write_that_began_is_told_as_unknown_and_its_outcome_follows(
    writer: Writer, gate: Gate
):
    asked = asyncio.create_task(writer.write(gate.work, deadline=0.01))
    await begun(gate)
    with pytest.raises(Unknown) as told:
        await asked
    gate.open()
    assert told.value.outcome is not None
    assert await told.value.outcome == 1


async def test_an_outcome_that_follows_may_be_an_error(writer: Writer, gate: Gate):
    def late_mistake(uow: UnitOfWork) -> int:
        gate.work(uow)
        raise BotError("error-title-empty")

    asked = asyncio.create_task(writer.write(late_mistake, deadline=0.01))
    await begun(gate)
    with pytest.raises(Unknown) as told:
        await asked
    gate.open()
    assert told.value.outcome is not None
    with pytest.raises(BotError) as followed:
        await told.value.outcome
    assert followed.value.key == "error-title-empty"


async def test_beyond_a_full_queue_people_hear_busy_at_once(make_writer, unit):
    writer = make_writer(queue=3)
    waiting = [asyncio.create_task(writer.write(count)) for _ in range(3)]
    await asyncio.sleep(0)
    with pytest.raises(Busy):
        await writer.write(count)
    writer.start()
    assert await asyncio.gather(*waiting) == [1, 2, 3]
    assert stored(unit) == 3


async def test_a_caller_who_left_takes_the_waiting_write_along(writer: Writer, gate: Gate, unit):
    first = asyncio.create_task(writer.write(gate.work))
    await begun(gate)
    leaving = asyncio.create_task(writer.write(count))
    await asyncio.sleep(0)
    leaving.cancel()
    await asyncio.gather(leaving, return_exceptions=True)
    gate.open()
    await first
    await writer.write(gate.work)
    assert stored(unit) == 0


async def test_an_import_has_a_transaction_of_its_own(make_writer, unit):
    commits: list[int] = []
    writer = make_writer(on_commit=lambda: commits.append(1))
    await begin(
        writer,
        writer.write(count),
        writer.write(count, alone=True),
        writer.write(count),
        writer.write(count),
    )
    writer.close()
    assert len(commits) == 3


async def test_closing_commits_what_waits_and_takes_nothing_more(make_writer, unit):
    writer = make_writer()
    asked = [asyncio.create_task(writer.write(count)) for _ in range(100)]
    await asyncio.sleep(0)
    writer.start()
    await asyncio.to_thread(writer.close)
    assert sorted(await asyncio.gather(*asked)) == [*range(1, 101)]
    with pytest.raises(NotStored):
        await writer.write(count)
    assert stored(unit) == 100


async def test_two_writers_never_give_a_number_twice(make_writer: Callable[..., Writer], unit):
    """Two writers stand for two processes: nothing but the database is shared."""
    writers = [make_writer(), make_writer()]
    for writer in writers:
        writer.start()
    numbers = await asyncio.gather(*(writers[n % 2].write(count) for n in range(300)))
    assert sorted(numbers) == [*range(1, 301)]
    assert stored(unit) == 300


async def test_readers_see_what_was_committed_and_change_nothing(engine, clock, writer: Writer):
    readers = Readers(engine, clock)
    await writer.write(count)
    assert await readers.read(lambda uow: uow.counters.value("made")) == 1
    with pytest.raises(Exception, match=r"readonly|read-only"):
        await readers.read(count)
    with pytest.raises(BotError):
        await readers.read(_mistake)
    assert await writer.write(count) == 2
    await asyncio.to_thread(readers.close)


async def test_reading_does_not_wait_for_a_write(engine, clock, writer: Writer, gate: Gate):
    readers = Readers(engine, clock)
    first = asyncio.create_task(writer.write(gate.work))
    await begun(gate)
    assert await readers.read(lambda uow: uow.counters.value("gate")) == 0
    gate.open()
    await first
    await asyncio.to_thread(readers.close)


def _mistake(uow: UnitOfWork) -> None:
    raise BotError("error-no-such-task")
