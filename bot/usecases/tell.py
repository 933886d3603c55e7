"""Tell: what is known at the moment of telling, or that nobody is to be told any more."""

from collections.abc import Callable, Mapping
from datetime import date, datetime, timedelta
from typing import Any

from bot.domain.calendar import today
from bot.domain.facts import Due, Projection
from bot.domain.notices import ChannelLost, HandedOver, MergeAsked, Undelivered, Waiting
from bot.domain.org import Person
from bot.domain.results import News, Shown
from bot.domain.rights import Act, may
from bot.domain.task import OPEN
from bot.i18n.texts import LANGUAGES
from bot.usecases import (
    asking,
    ballot_telling,
    burden,
    exemptions,
    remind,
    review_telling,
    saved,
    standing,
)
from bot.usecases.acting import calendar_of
from bot.usecases.read import home, shown_to
from bot.usecases.telling import (
    AT_ONCE,
    CHANNEL,
    EPHEMERAL,
    PERSON,
    STAYING,
    Load,
    NotYet,
    Show,
    Telling,
)  # fmt: skip
from bot.usecases.ticking import waited_before
from storage.unit import UnitOfWork

UNLINKED_FOR = timedelta(days=7)
"""How long a message waits for somebody whom nobody knows in Slack yet."""
_ROWS = 100


def telling(uow: UnitOfWork, due: Due, now: datetime) -> Telling | None:
    """What to tell now, or None when it is not wanted any more; NotYet when it has to wait, also
    for the office to open: what was put in time may have been held up.

    Raises LookupError for a kind, version or recipient that is not known.
    """
    load, recipient = LOADS[due.fact.kind, due.fact.version], due.fact.recipient
    if due.fact.kind not in AT_ONCE and (opens := calendar_of(uow).office_moment(now)) != now:
        raise NotYet(opens)
    if recipient.startswith(PERSON):
        return _to_person(uow, load, due, now)
    if recipient.startswith(CHANNEL):
        data = load(uow, None, due.fact.payload, now)
        to = recipient.removeprefix(CHANNEL)
        return Telling(to=to, language=LANGUAGES[0], data=data) if data else None
    if recipient.startswith(EPHEMERAL):
        return _to_one_of_channel(uow, load, due, now)
    raise LookupError(recipient)


def after_telling(
    uow: UnitOfWork, due: Due, mark: str, now: datetime, channel: str, ts: str
) -> None:
    """What is stored together with the fact's being told there: news are told once, a ballot
    knows its messages, and what people are sent is counted."""
    burden.message_told(uow, due.fact, now)
    if due.fact.kind == "news":
        person = int(due.fact.recipient.removeprefix(PERSON))
        last = int(mark or 0)
        uow.news.told([news.id for news in uow.news.untold(person, now) if news.id <= last])
    elif due.fact.kind == remind.KIND:
        remind.told(uow, mark, now)
    elif due.fact.kind == review_telling.MESSAGE:
        review_telling.posted(uow, due.fact, int(mark or 0), channel, ts, now)
    elif due.fact.kind == saved.MESSAGE:
        asking.posted(uow, due.fact, channel, ts)
    elif due.fact.kind in STAYING:
        ballot_telling.posted(uow, due.fact, channel, ts, now)


def showing(uow: UnitOfWork, projection: Projection, now: datetime) -> Telling | None:
    """What a card or Home is to show now, or None when nobody sees it."""
    if projection.kind == "home":
        person = uow.people.get(projection.subject, today(now))
        if person is None or not person.active or person.slack_id is None:
            return None
        found = home(uow, person.slack_id, now)
        if found is None:
            return None
        return Telling(to=person.slack_id, language=person.language, data=found)
    if projection.recipient.startswith(PERSON):
        return _shown_to_person(uow, projection, now)
    data = SHOWS[projection.kind](uow, projection.subject, now)
    to = projection.recipient.removeprefix(CHANNEL)
    return Telling(to=to, language=LANGUAGES[0], data=data) if data else None


def _to_person(uow: UnitOfWork, load: Load, due: Due, now: datetime) -> Telling | None:
    """A direct message to somebody who still serves."""
    person = uow.people.get(int(due.fact.recipient.removeprefix(PERSON)), _day(due, now))
    if person is None or not person.active or not person.posts:
        return None
    data = load(uow, person, due.fact.payload, now)
    if not data:
        return None
    if person.slack_id is None:
        if now - due.created_at > UNLINKED_FOR:
            return None
        raise NotYet
    mark = ""
    if due.fact.kind == "news":
        mark = str(data[-1].id)
    elif due.fact.kind in (remind.KIND, review_telling.MESSAGE):
        mark = str(data.mark)
    return Telling(to=person.slack_id, language=person.language, data=data, mark=mark)


def _day(due: Due, now: datetime) -> date:
    """The day on which it is asked who serves: not one before there was anything to tell, though a
    clock that was set back may show it, since who came meanwhile would never hear."""
    return today(max(now, due.created_at))


def _shown_to_person(uow: UnitOfWork, projection: Projection, now: datetime) -> Telling | None:
    """What a direct message that is kept up to date shows whoever got it."""
    who = int(projection.recipient.removeprefix(PERSON))
    person = uow.people.get(who, today(now))
    if person is None or not person.active or person.slack_id is None:
        return None
    data = PERSONAL[projection.kind](uow, person, projection.subject, now)
    return Telling(to=person.slack_id, language=person.language, data=data) if data else None


def _to_one_of_channel(uow: UnitOfWork, load: Load, due: Due, now: datetime) -> Telling | None:
    """A line that one person of a channel sees, whoever that is."""
    channel, _, slack_id = due.fact.recipient.removeprefix(EPHEMERAL).partition(":")
    person = uow.people.by_slack(slack_id, _day(due, now))
    if person is not None and not person.active:
        return None
    data = load(uow, person, due.fact.payload, now)
    language = LANGUAGES[0] if person is None else person.language
    return Telling(to=channel, only_for=slack_id, language=language, data=data) if data else None


def _card(uow: UnitOfWork, number: int, now: datetime) -> Shown | None:
    task = uow.tasks.get(number)
    return None if task is None else shown_to(uow, None, task, now)


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
    to_decide, _ = uow.lists.to_decide(person, today(now), _ROWS, before=before)
    to_take_in, _ = uow.lists.to_take_in(person, _ROWS, before=before)
    if not to_decide and not to_take_in:
        return None
    return Waiting(to_decide=to_decide, to_take_in=to_take_in, today=today(now))


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
    **ballot_telling.LOADS,
    **exemptions.LOADS,
    **remind.LOADS,
    **review_telling.LOADS,
    **asking.LOADS,
    **standing.LOADS,
}
"""How each kind and version of a fact that was ever put is told today."""

SHOWS: Mapping[str, Show] = {
    "card": _card,
    "ballot": ballot_telling.ballot_shown,
    "candidate": ballot_telling.candidate_shown,
}
"""What each kind of projection in a channel shows."""

PERSONAL: Mapping[str, Callable[[UnitOfWork, Person, int, datetime], Any]] = {
    review_telling.MESSAGE: review_telling.review_shown,
    saved.MESSAGE: asking.message_shown,
}
"""What each kind of direct message that is kept up to date shows its reader."""
