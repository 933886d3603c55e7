"""Tell: what is known at the moment of telling, or that nobody is to be told any more."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from bot.domain.calendar import today
from bot.domain.facts import Due, Projection
from bot.domain.notices import ChannelLost, HandedOver, MergeAsked, Undelivered, Waiting
from bot.domain.org import Person
from bot.domain.results import News
from bot.domain.rights import Act, may
from bot.domain.task import OPEN
from bot.usecases.read import home, shown_to
from bot.usecases.ticking import waited_before
from storage.unit import UnitOfWork

PERSON, CHANNEL = "person:", "channel:"
UNLINKED_FOR = timedelta(days=7)
"""How long a message waits for somebody whom nobody knows in Slack yet."""
_ROWS = 100

Load = Callable[[UnitOfWork, Person, Mapping[str, Any], datetime], Any]


@dataclass(frozen=True, kw_only=True)
class Telling:
    """What to tell, in which language, and the Slack id of the person or channel to tell it to.

    `mark` goes along with the message, so that `after_telling` knows later what it was about.
    """

    to: str
    language: str
    data: Any
    mark: int = 0


class NotYet(Exception):
    """The person is not known in Slack yet; ask again in an hour."""


def telling(uow: UnitOfWork, due: Due, now: datetime) -> Telling | None:
    """What to tell now, or None when it is not wanted any more; NotYet when it has to wait.

    Raises LookupError for a kind or version that is not known.
    """
    load = LOADS[due.fact.kind, due.fact.version]
    if not due.fact.recipient.startswith(PERSON):
        raise LookupError(due.fact.recipient)
    person = uow.people.get(int(due.fact.recipient.removeprefix(PERSON)), today(now))
    if person is None or not person.active or not person.posts:
        return None
    data = load(uow, person, due.fact.payload, now)
    if not data:
        return None
    if person.slack_id is None:
        if now - due.created_at > UNLINKED_FOR:
            return None
        raise NotYet
    mark = max((news.id for news in data), default=0) if due.fact.kind == "news" else 0
    return Telling(to=person.slack_id, language=person.language, data=data, mark=mark)


def after_telling(uow: UnitOfWork, due: Due, mark: int, now: datetime) -> None:
    """What is stored together with the fact's being told: news are told once."""
    if due.fact.kind == "news":
        person = int(due.fact.recipient.removeprefix(PERSON))
        uow.news.told([news.id for news in uow.news.untold(person, now) if news.id <= mark])


def showing(uow: UnitOfWork, projection: Projection, now: datetime) -> Telling | None:
    """What a card or Home is to show now, or None when nobody sees it."""
    if projection.kind == "card":
        task = uow.tasks.get(projection.subject)
        if task is None:
            return None
        channel = projection.recipient.removeprefix(CHANNEL)
        return Telling(to=channel, language="ko", data=shown_to(uow, None, task, now))
    if projection.kind == "home":
        person = uow.people.get(projection.subject, today(now))
        if person is None or not person.active or person.slack_id is None:
            return None
        found = home(uow, person.slack_id, now)
        if found is None:
            return None
        return Telling(to=person.slack_id, language=person.language, data=found)
    raise LookupError(projection.kind)


def _news(
    uow: UnitOfWork, person: Person, payload: Mapping[str, Any], now: datetime
) -> tuple[News, ...]:
    """Everything that person was not told yet."""
    return uow.news.untold(person.id, now)


def _handed_over(
    uow: UnitOfWork, person: Person, payload: Mapping[str, Any], now: datetime
) -> HandedOver | None:
    """Those of the tasks that are still open and still the person's own."""
    tasks = uow.tasks
    mine = [
        number
        for number in payload["tasks"]
        if (task := tasks.get(number)) and task.status in OPEN and task.owner == person.id
    ]
    names = uow.people.names(payload["from"])
    givers = tuple(names[giver] for giver in payload["from"] if giver in names)
    rows = uow.lists.of(mine)
    return HandedOver(tasks=rows, givers=givers, today=today(now)) if rows else None


def _merge_asked(
    uow: UnitOfWork, person: Person, payload: Mapping[str, Any], now: datetime
) -> MergeAsked | None:
    """Only while it is pending and the person may answer."""
    task, into = uow.tasks.get(payload["task"]), uow.tasks.get(payload["into"])
    if task is None or into is None or not task.is_undecided_merge or task.merge_into != into.id:
        return None
    if not may(person, Act.TAKE_IN, into):
        return None
    row, target = uow.lists.of([task.id, into.id])
    return MergeAsked(task=row, into=target, reason=task.remark, today=today(now))


def _waiting(
    uow: UnitOfWork, person: Person, payload: Mapping[str, Any], now: datetime
) -> Waiting | None:
    """What has waited three working days and still waits for this person."""
    before = waited_before(uow, now)
    late = {number for numbers in uow.lists.waiting(before).values() for number in numbers}
    to_decide, _ = uow.lists.to_decide(person, today(now), _ROWS)
    to_take_in, _ = uow.lists.to_take_in(person, _ROWS)
    found = Waiting(
        to_decide=tuple(row for row in to_decide if row.id in late),
        to_take_in=tuple(row for row in to_take_in if row.id in late),
        today=today(now),
    )
    return found if found.to_decide or found.to_take_in else None


def _undelivered(
    uow: UnitOfWork, person: Person, payload: Mapping[str, Any], now: datetime
) -> Undelivered:
    return Undelivered(kind=payload["kind"], reason=payload["reason"])


def _channel_lost(
    uow: UnitOfWork, person: Person, payload: Mapping[str, Any], now: datetime
) -> ChannelLost | None:
    """Only while the unit still has that channel."""
    unit = uow.units.get(payload["unit"])
    if unit is None or unit.retired or unit.channel != payload["channel"]:
        return None
    return ChannelLost(unit=unit.name, channel=payload["channel"])


LOADS: Mapping[tuple[str, int], Load] = {
    ("news", 1): _news,
    ("handed_over", 1): _handed_over,
    ("merge_asked", 1): _merge_asked,
    ("waiting", 1): _waiting,
    ("channel_lost", 1): _channel_lost,
    ("undelivered", 1): _undelivered,
}
"""How each kind and version of a fact that was ever put is told today."""
