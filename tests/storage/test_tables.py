"""Column types and settings that must mean the same on both databases."""

from datetime import UTC, datetime, timedelta, timezone

import pytest
import sqlalchemy as sa
from sqlalchemy.engine import Engine
from sqlalchemy.exc import StatementError

from storage.tables.delivery import idempotency

SEOUL = timezone(timedelta(hours=9))


def test_moments_come_back_aware_in_utc_and_sort_as_moments(engine: Engine):
    moments = {
        "noon in Seoul": datetime(2026, 7, 1, 12, tzinfo=SEOUL),
        "sooner, in London": datetime(2026, 7, 1, 2, 59, 59, 999999, tzinfo=UTC),
        "later, with a fraction": datetime(2026, 7, 1, 12, 0, 0, 1, tzinfo=SEOUL),
    }
    with engine.begin() as connection:
        rows = [{"key": key, "answer": "1", "at": at} for key, at in moments.items()]
        connection.execute(sa.insert(idempotency), rows)
        found = connection.execute(
            sa.select(idempotency.c.key, idempotency.c.at).order_by(idempotency.c.at)
        ).all()
        until_noon = connection.execute(
            sa.select(sa.func.count()).where(idempotency.c.at <= moments["noon in Seoul"])
        ).scalar_one()
    assert [row.key for row in found] == sorted(moments, key=lambda key: moments[key])
    assert all(row.at == moments[row.key] for row in found)
    assert all(row.at.utcoffset() == timedelta(0) for row in found)
    assert until_noon == 2


def test_a_moment_without_a_zone_is_refused(engine: Engine):
    naive = {"key": "k", "answer": "1", "at": datetime(2026, 7, 1)}  # noqa: DTZ001
    with engine.begin() as connection, pytest.raises(StatementError, match="time zone"):
        connection.execute(sa.insert(idempotency), naive)


def test_what_came_in_long_ago_can_be_forgotten(unit, clock):
    with unit() as uow:
        uow.idempotency.remember("old", "1")
        clock.at += 3600
        uow.idempotency.remember("new", "2")
        border = datetime.fromtimestamp(clock.at - 1, UTC)
        assert uow.idempotency.forget(border) == 1
        assert uow.idempotency.answers(["old", "new"]) == {"new": "2"}


def test_a_counter_starts_at_nought_and_counts_both_ways(unit):
    with unit() as uow:
        assert uow.counters.value("tasks") == 0
        assert uow.counters.add("tasks", 5) == 5
        assert uow.counters.add("tasks", -2) == 3
        assert uow.counters.next("tasks") == 4


@pytest.mark.parametrize("engine", ["sqlite"], indirect=True)
def test_sqlite_keeps_what_was_committed_when_the_power_fails(engine: Engine):
    with engine.connect() as connection:
        settings = {
            name: connection.exec_driver_sql(f"PRAGMA {name}").scalar_one()
            for name in ("journal_mode", "synchronous", "foreign_keys", "busy_timeout")
        }
    assert settings == {
        "journal_mode": "wal",
        "synchronous": 2,
        "foreign_keys": 1,
        "busy_timeout": 1000,
    }
