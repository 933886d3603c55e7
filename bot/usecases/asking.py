"""Asking: what is due about completed tasks, all of one person in one message a day.

Who does not answer is not asked again by a message of its own: the questions wait in Home.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date, datetime
from itertools import chain
from typing import Any

from bot.domain.calendar import today
from bot.domain.checks import LEADING, STAYS, Asked, Asks, Due, may_answer
from bot.domain.facts import Fact, Projection
from bot.domain.org import Person, Place
from bot.domain.rights import serves
from bot.usecases.acting import calendar_of, person_of
from bot.usecases.handing_over import ask_others, unanswerable
from bot.usecases.saved import MESSAGE
from bot.usecases.telling import Load
from storage.unit import UnitOfWork

ROWS = 10
AT_ONCE = 500
"""How many one tick takes up."""
PEOPLE = 10
"""Whose questions are looked at together."""
_MOST = 100
"""How many of a person's questions are counted and can be paged through."""


def ask_due(uow: UnitOfWork, now: datetime) -> int:
    """Have everyone asked what is due about their tasks; how many messages were put.

    Who was asked already that day hears of the rest on the next working day, and so does nobody:
    a unit without anybody to ask is looked at again then.
    """
    calendar, day = calendar_of(uow), today(now)
    if calendar.office_moment(now) != now:
        return 0
    found = uow.savings.due(day, AT_ONCE)
    if not found:
        return 0
    later, put = calendar.after(day, 1), 0
    for person, due in _by_person(uow, found, now).items():
        if person is not None and _put(uow, person, now):
            uow.savings.ask(due, person, day)
            put += 1
        else:
            uow.savings.move(due, later)
    return put


@dataclass(frozen=True, kw_only=True)
class Part:
    """A part of a day's walk over those who were asked something; it goes on after `upto`."""

    day: date
    after: int
    upto: int | None
    given_up: tuple[Asked, ...]


def next_part(uow: UnitOfWork, now: datetime, *, at_once: int = PEOPLE) -> Part | None:
    """What the next people were asked and can no longer answer, since they stood in until the day
    before or their post was filled; None once everyone was looked at that day.

    It begins at midnight: what is found out by the morning leaves with the morning's messages.
    """
    day = today(now)
    after = uow.savings.walked(day)
    if after is None:
        return None
    people = uow.savings.asked_people(after, at_once)
    return Part(
        day=day,
        after=after,
        upto=people[-1] if len(people) == at_once else None,
        given_up=unanswerable(uow, people, now),
    )


def pass_on(uow: UnitOfWork, part: Part) -> None:
    """Have others asked, unless another process was faster."""
    if uow.savings.walked(part.day) == part.after:
        uow.savings.walk_on(part.day, part.upto)
        ask_others(uow, part.given_up)


def panel(uow: UnitOfWork, who: str, now: datetime, *, page: int = 1) -> Asks:
    """One page of what waits for the viewer's answer."""
    return asks_of(uow, person_of(uow, who, now), now, page=page)


def asks_of(uow: UnitOfWork, person: Person, now: datetime, *, page: int = 1) -> Asks:
    """What waits for the person: what they were asked, and for a lead what was asked of others
    about the team's tasks and has become the lead's."""
    rows = {
        (one.task, one.check): one
        for one in chain(_own(uow, person), _as_lead(uow, person, now))
    }  # fmt: skip
    found = sorted(rows.values(), key=lambda one: (one.due_on, one.task), reverse=True)
    pages = max(1, -(-len(found) // ROWS))
    page = min(max(1, page), pages)
    start = (page - 1) * ROWS
    return Asks(
        rows=tuple(found[start : start + ROWS]), count=len(found), page=page, more=page < pages
    )


def posted(uow: UnitOfWork, fact: Fact, channel: str, ts: str) -> None:
    """The message stands: from now on it shows what is still open."""
    person = int(fact.recipient.removeprefix("person:"))
    projection = Projection(kind=MESSAGE, subject=person, recipient=fact.recipient)
    uow.projections.adopt(projection, channel, ts)


def message_shown(uow: UnitOfWork, person: Person, _: int, now: datetime) -> Asks:
    """What the person's newest message shows now."""
    return asks_of(uow, person, now)


def _by_person(uow: UnitOfWork, found: Iterable[Due], now: datetime) -> dict[int | None, list[Due]]:
    """Whom each question goes to: the owner who still serves there, otherwise the lead; None
    where there is nobody."""
    found = tuple(found)
    owners = uow.people.many({due.owner for due in found if due.owner is not None}, today(now))
    leads: dict[Place, int | None] = {}
    asked: dict[int | None, list[Due]] = {}
    for due in found:
        owner = owners.get(due.owner) if due.owner is not None else None
        if due.check not in STAYS and owner is not None and _is_there(owner, due.place):
            asked.setdefault(owner.id, []).append(due)
            continue
        if due.place not in leads:
            leads[due.place] = lead_of(uow, due.place, today(now))
        asked.setdefault(leads[due.place], []).append(due)
    return asked


def lead_of(uow: UnitOfWork, place: Place, day: date) -> int | None:
    """Who is asked for a place: the team's lead, else the head, else the director; the first of
    them who is known in Slack."""
    holders = (one for role in LEADING for one in uow.people.holders((role,), place, day))
    return next((holder.id for holder in holders if holder.slack_id), None)


def _is_there(person: Person, place: Place) -> bool:
    """Whether somebody can be asked and works where the task's work is done."""
    return person.active and person.slack_id is not None and serves(person, place)


def _put(uow: UnitOfWork, person: int, now: datetime) -> bool:
    day = today(now).isoformat()
    return uow.outbox.put(
        Fact(
            kind=MESSAGE,
            recipient=f"person:{person}",
            dedupe_key=f"{MESSAGE}:{person}:{day}",
            stream=f"{MESSAGE}:{person}",
            payload={"person": person, "day": day},
        )
    )


def _own(uow: UnitOfWork, person: Person) -> Iterable[Asked]:
    for one in uow.savings.waiting_for(person.id, _MOST):
        if may_answer(person, one):
            yield one


def _as_lead(uow: UnitOfWork, person: Person, now: datetime) -> Iterable[Asked]:
    """Whether work came back is for whoever leads now; the rest only once who was asked cannot
    answer it any more."""
    units = {post.place.unit for post in person.posts if post.role in LEADING}
    found = uow.savings.waiting_in([unit for unit in units if unit is not None], _MOST)
    asked = uow.people.many({one.person for one in found}, today(now))
    for one in found:
        other = asked.get(one.person)
        if one.check in STAYS or other is None or not may_answer(other, one):
            yield one


def _load(
    uow: UnitOfWork, person: Person, payload: Mapping[str, Any], now: datetime
) -> Asks | None:
    """Only what is still open."""
    found = asks_of(uow, person, now)
    return found if found.rows else None


LOADS: Mapping[tuple[str, int], Load] = {(MESSAGE, 1): _load}
"""How each kind and version of these questions is told today."""
