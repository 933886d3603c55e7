"""Remind: each working morning, everyone who has a date to keep hears of it in one message.

A walk over the people puts a fact for whoever has something to hear. What they are told is asked
for again when it is worded, and what the message showed is kept when it was told: what could not be
told by the evening waits for the next morning, and is then the newest only.
"""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Any

from bot.domain.calendar import Calendar, today
from bot.domain.errors import BotError
from bot.domain.facts import Fact
from bot.domain.org import Person, Place, Role
from bot.domain.reminders import ROWS, Dated, Item, Reminders, Shown, shown_by
from bot.domain.reminding import SNOOZES, Reminding, Stage, to_tell
from bot.usecases.acting import calendar_of, person_of
from bot.usecases.telling import Load
from storage.unit import UnitOfWork

KIND = "reminders"

_LEADING = (Role.LEAD, Role.HEAD, Role.DIRECTOR)

Told = tuple[Item, Stage]


@dataclass(frozen=True, kw_only=True)
class Part:
    """A part of a morning's walk: who has something to hear; it goes on after `upto`."""

    day: date
    after: int
    upto: int | None
    people: frozenset[int]


@dataclass(frozen=True, kw_only=True)
class Later:
    """Somebody wants to be reminded of that date again in so many days."""

    who: str
    task: int
    kind: Dated
    position: int
    due: date
    days: int


def next_part(uow: UnitOfWork, now: datetime) -> Part | None:
    """The next part of this morning's walk; None when it is over, and outside office hours."""
    calendar, day = calendar_of(uow), today(now)
    if calendar.office_moment(now) != now:
        return None
    after = uow.reminders.walked(day)
    if after is None:
        return None
    items, upto = uow.reminders.walk(after, day)
    owners = uow.people.many({item.owner for item in items}, day)
    asked = _Asked(uow, calendar, day)
    found = {hearer for item in items if (hearer := asked.hearer(item, owners[item.owner]))}
    return Part(day=day, after=after, upto=upto, people=frozenset(found))


def put(uow: UnitOfWork, part: Part) -> int:
    """Have those people told, unless another process was faster; how many were put."""
    if uow.reminders.walked(part.day) != part.after:
        return 0
    uow.reminders.walk_on(part.day, part.upto)
    return sum(
        uow.outbox.put(
            Fact(
                kind=KIND,
                recipient=f"person:{person}",
                dedupe_key=f"{KIND}:{person}:{part.day}",
                # One after the other, so that no two messages tell the same.
                stream=f"{KIND}:{person}",
                payload={"person": person, "day": part.day.isoformat()},
            )
        )
        for person in sorted(part.people)
    )


def told(uow: UnitOfWork, mark: str, now: datetime) -> None:
    """Keep what the message with that mark has told, whatever has come or gone since."""
    day = today(now)
    for shown in shown_by(mark):
        item = uow.reminders.one(shown.task, shown.kind, shown.position, day)
        if item is not None and shown.is_of(item):
            uow.reminders.tell(item, shown.stage, day)


def snooze(uow: UnitOfWork, later: Later, now: datetime) -> date:
    """Be reminded of one's own date again in 1, 3 or 7 days; the working day it will be.

    Raises BotError when it was done, moved or given to somebody else meanwhile.
    """
    person, day = person_of(uow, later.who, now), today(now)
    item = uow.reminders.one(later.task, later.kind, later.position, day)
    if item is None or item.owner != person.id or item.due != later.due:
        raise BotError("error-reminder-over")
    if item.told in (None, Stage.LEAD) or later.days not in SNOOZES:
        raise BotError("error-reminder-over")
    until = day + timedelta(days=later.days)
    uow.reminders.snooze(item, until)
    whole = uow.reminders.one(later.task, Dated.TASK, 0, day)
    if whole is not None and _is_end_of(item, whole):
        uow.reminders.snooze(whole, until)
    return calendar_of(uow).working_from(until)


def _reminders(
    uow: UnitOfWork, person: Person, payload: Mapping[str, Any], now: datetime
) -> Reminders | None:
    """What there is to hear by now, whichever morning the fact is of."""
    day = today(now)
    own, as_lead = _to_hear(uow, person, day)
    if not own and not as_lead:
        return None
    mine, others = (_once(item for item, _ in found) for found in (own, as_lead))
    return Reminders(
        today=day,
        own=mine[:ROWS],
        as_lead=others[:ROWS],
        more=len(mine[ROWS:]) + len(others[ROWS:]),
        names=uow.people.names({item.owner for item in others[:ROWS]}),
        shown=(*_shown_of(own), *_shown_of(as_lead)),
    )


def _to_hear(uow: UnitOfWork, person: Person, day: date) -> tuple[list[Told], list[Told]]:
    """What the person is to hear of their own dates, and as a lead of others', once of each."""
    asked = _Asked(uow, calendar_of(uow), day)
    own: list[Told] = [
        (item, stage)
        for item in uow.reminders.of_person(person.id, day)
        if (stage := asked.stage(item, person)) and stage is not Stage.LEAD
    ]
    others = list(_others(uow, person, asked, day))
    owners = uow.people.many({item.owner for item in others}, day)
    as_lead: list[Told] = [
        (item, Stage.LEAD)
        for item in others
        if (stage := asked.stage(item, owners[item.owner]))
        and (stage is Stage.LEAD or not _serves(owners[item.owner]))
        and asked.lead_of(item.place) == person.id
    ]
    return own, sorted(as_lead, key=lambda one: (one[0].due, one[0].task))


def _others(uow: UnitOfWork, person: Person, asked: "_Asked", day: date) -> Iterator[Item]:
    """The dates of all units that the person answers for, each once."""
    seen = set()
    for place in dict.fromkeys(_places(uow, person, asked)):
        for item in uow.reminders.of_unit(place, day):
            if (key := (item.task, item.kind, item.position)) not in seen:
                seen.add(key)
                yield item


def _places(uow: UnitOfWork, person: Person, asked: "_Asked") -> Iterator[Place]:
    """The units that the person leads; a director those departments that have no head as well."""
    for post in person.posts:
        if post.role in (Role.LEAD, Role.HEAD):
            yield post.place
        elif post.role is Role.DIRECTOR:
            yield post.place
            for unit in uow.units.all():
                if unit.parent == post.place.bureau:
                    below = Place(bureau=unit.parent, department=unit.id)
                    if asked.lead_of(below) == person.id:
                        yield below


class _Asked:
    """What was asked of one day, so that it is asked once."""

    def __init__(self, uow: UnitOfWork, calendar: Calendar, day: date) -> None:
        self._uow = uow
        self._calendar = calendar
        self._day = day
        self._leads: dict[Place, int | None] = {}

    def hearer(self, item: Item, owner: Person) -> int | None:
        """Who hears of the date this morning: its owner, or the lead; None when nobody does."""
        stage = self.stage(item, owner)
        if stage is None:
            return None
        if stage is Stage.LEAD or not _serves(owner):
            return self.lead_of(item.place)
        return owner.id if owner.slack_id else None

    def stage(self, item: Item, owner: Person) -> Stage | None:
        """The stage to tell, as the owner wants it; what was told once of somebody who left is
        told no more."""
        if item.told is Stage.LEAD:
            return None
        choice = owner.reminding if _serves(owner) else Reminding.DAILY
        found = self._to_tell(item, choice, None)
        if found is None or item.told is not None:
            return found
        # Nothing was told of it yet: whoever set the date needs no reminder of the same day.
        return self._to_tell(item, choice, self._uow.reminders.since(item))

    def lead_of(self, place: Place) -> int | None:
        """Who answers for the place: the team's lead, else the head, else the director."""
        if place not in self._leads:
            on = self._day
            holders: Iterable[Person] = (
                holder
                for role in _LEADING
                for holder in self._uow.people.holders((role,), place, on)
                if holder.slack_id
            )
            self._leads[place] = next((holder.id for holder in holders), None)
        return self._leads[place]

    def _to_tell(self, item: Item, choice: Reminding, since: date | None) -> Stage | None:
        return to_tell(
            item.due,
            self._day,
            self._calendar,
            choice=choice,
            told=item.told,
            snoozed=item.snoozed,
            since=since,
        )


def _once(items: Iterable[Item]) -> tuple[Item, ...]:
    """The dates as they are read: with its last milestone a task is due by itself."""
    found = tuple(items)
    return tuple(one for one in found if not any(_is_end_of(other, one) for other in found))


def _shown_of(found: list[Told]) -> Iterator[Shown]:
    """Those that the message shows, and the tasks that are due with a milestone it shows; the rest
    is told the next morning."""
    rows = _once(item for item, _ in found)[:ROWS]
    for item, stage in found:
        if item in rows or any(_is_end_of(one, item) for one in rows):
            yield Shown(
                task=item.task,
                kind=item.kind,
                position=item.position,
                owner=item.owner,
                due=item.due,
                stage=stage,
            )


def _is_end_of(item: Item, whole: Item) -> bool:
    """Whether it is the milestone on whose date its task is due."""
    return (
        item.kind is Dated.MILESTONE
        and whole.kind is Dated.TASK
        and (item.task, item.due) == (whole.task, whole.due)
    )


def _serves(person: Person) -> bool:
    return person.active and bool(person.posts)


LOADS: Mapping[tuple[str, int], Load] = {(KIND, 1): _reminders}
"""How each kind and version of a reminder is told today."""
