"""Mornings of reminders, played without Slack: what is put, what is told and to whom."""

from datetime import UTC, date, datetime, timedelta

from bot.domain.facts import Fact
from bot.domain.reminders import Dated
from bot.domain.task import Status
from bot.usecases import remind
from bot.usecases.tell import after_telling, telling
from tests.usecases.small_office import MEMBER, facts, own_task, row
from tests.usecases.test_tell import due as leased

DUE = date(2026, 7, 15)
DAY = timedelta(days=1)
COURSE = [date(2026, 7, 8), date(2026, 7, 14), date(2026, 7, 20), date(2026, 8, 3),
          date(2026, 8, 18)]  # fmt: skip
"""When the owner hears of `DUE`; the Monday before the last day replaces a holiday."""
TO_LEAD = date(2026, 8, 31)
COLLEAGUE = row(8, "정주무", "주무관", "도로과/계획팀")


def at(day, hour=9, minute=0):
    """That hour of a day at the office."""
    return datetime(day.year, day.month, day.day, hour, minute, tzinfo=UTC) - timedelta(hours=9)


def due_task(uow, owner=MEMBER, **fields):
    """A task under way that is due on `DUE`."""
    return own_task(uow, owner, **{"status": Status.IN_PROGRESS, "due": DUE, **fields})


def walk(uow, now):
    """Put what there is to tell; how many messages that is."""
    put = 0
    while (part := remind.next_part(uow, now)) is not None:
        put += remind.put(uow, part)
    return put


def open_facts(uow, now):
    """The facts of that morning as they are claimed."""
    day = now.astimezone(UTC) + timedelta(hours=9)
    return [
        leased(Fact(kind="reminders", recipient=recipient, dedupe_key="k", payload=payload))
        for recipient, payload in facts(uow, "reminders")
        if payload["day"] == day.date().isoformat()
    ]


def told(uow, now):
    """What is told at that moment, and kept: to whom, of what, and of what as a lead."""
    heard = {}
    for fact in open_facts(uow, now):
        told = telling(uow, fact, now)
        if told is None:
            continue
        after_telling(uow, fact, told.mark, now, "D1", "1.0")
        own, as_lead = ([(i.task, i.kind, i.position) for i in items]
                        for items in (told.data.own, told.data.as_lead))  # fmt: skip
        assert told.to not in heard
        heard[told.to] = (own, as_lead)
    return heard


def morning(uow, day, hour=9):
    """The same, once what there is to tell was put."""
    walk(uow, at(day, hour))
    return told(uow, at(day, hour))


def mornings(uow, days=75, first=date(2026, 7, 1), skip=()):
    """Every morning on which anything is told, and what."""
    every = (first + n * DAY for n in range(days))
    return {day: heard for day in every if day not in skip and (heard := morning(uow, day))}


def task_item(number):
    """How the date of a task itself is named."""
    return (number, Dated.TASK, 0)
