"""News that are gathered into one message: what comes too late for it leaves in another."""

from datetime import timedelta

import pytest

from bot.domain.org import Hearing
from bot.domain.results import Surface
from bot.usecases import decide, deliver, settle
from bot.usecases.acting import Ask
from bot.usecases.tell import after_telling, telling
from tests.usecases.small_office import HEAD, MEMBER, NOW, apply, facts, found
from tests.usecases.test_tell import proposed

NINE = NOW + timedelta(hours=19)
"""When the office opens the next morning."""
A_MOMENT = timedelta(milliseconds=200)
SECONDS = timedelta(seconds=5)


@pytest.fixture
def tasks(unit):
    """The unit of work, and two tasks of somebody who hears of them once a day."""
    with unit() as uow:
        apply(uow)
        settle.hear(uow, MEMBER.slack_id, Hearing.DAILY, NOW)
        yield uow, proposed(uow, MEMBER), proposed(uow, MEMBER)


def revise(uow, number, now):
    ask = Ask(who=HEAD.slack_id, surface=Surface.MODAL, task=number)
    decide.revise(uow, ask, now, comment="근거를 적어 주세요")


def claimed(uow, now):
    """The news that leave at that moment."""
    uow.clock.at = now.timestamp()
    due = deliver.claim(uow, 9, deliver.Watch(uow.clock, deliver.LEASE), now)
    return [one for one in due if deliver.kind_of(one) == "news"]


def settled(uow, due, mark, now):
    kept = lambda inner: after_telling(inner, due, mark, now, "D1", "1.0")  # noqa: E731
    deliver.told(uow, due, "D1", "1.0", kept)


def heard(uow, now):
    """Of which tasks the person is told at that moment, message by message."""
    messages = []
    while due := claimed(uow, now):
        (one,) = due
        told = telling(uow, one, now)
        if told is None:
            deliver.drop(uow, one, "not wanted")
            continue
        settled(uow, one, told.mark, now)
        messages.append([news.task for news in told.data])
    return messages


@pytest.mark.parametrize("was_settled", [True, False])
def test_what_comes_once_the_message_is_worded_leaves_in_another(tasks, was_settled):
    uow, first, second = tasks
    revise(uow, first, NOW)
    (due,) = claimed(uow, NINE)
    told = telling(uow, due, NINE)
    assert told is not None
    assert [news.task for news in told.data] == [first]
    if was_settled:
        settled(uow, due, told.mark, NINE)
    revise(uow, second, NINE - A_MOMENT)  # it was begun before, or that process's clock is behind
    if not was_settled:
        settled(uow, due, told.mark, NINE)
    assert heard(uow, NINE + SECONDS) == [[second]]
    assert found(uow, MEMBER).hearing is Hearing.DAILY


def test_what_comes_before_the_message_is_worded_leaves_with_it(tasks):
    uow, first, second = tasks
    revise(uow, first, NOW)
    (due,) = claimed(uow, NINE)
    deliver.again(uow, due, 0.0, error="unreached")
    revise(uow, second, NINE - A_MOMENT)
    assert len(facts(uow, "news")) == 1
    assert heard(uow, NINE + SECONDS) == [[first, second]]
