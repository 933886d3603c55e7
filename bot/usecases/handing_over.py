"""Handing over: a task stays with its unit, so who moves or leaves gives up owning it that day.

The unit's lead, else the head of its department, else the director of its bureau becomes owner
meanwhile and gets one list to reassign; where all of these are vacant nobody owns it. So it is with
what was completed, once it is taken up again; until then only its open questions pass on.
"""

from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import replace
from datetime import datetime

from bot.domain.calendar import today
from bot.domain.checks import LEADING, MESSAGE, Asked, may_answer
from bot.domain.facts import Fact
from bot.domain.org import Person, Place
from bot.domain.results import Done, Entry, Surface
from bot.domain.rights import serves
from bot.usecases.acting import Ask, calendar_of, task_of, want_card
from bot.usecases.review_changes import changed as review_changed
from storage.unit import UnitOfWork


def left_behind(old: Iterable[Place], new: Iterable[Place] = ()) -> frozenset[Place]:
    """The units somebody no longer serves in, each as the place that ends there."""
    return _served(old) - _served(new)


def hand_over(
    uow: UnitOfWork, left: Mapping[int, Iterable[Place]], surface: Surface, now: datetime
) -> None:
    """Give the open tasks that people (by id) own in the units they left to who answers there,
    and have what they were asked about completed ones asked there too.

    The posts must have changed already: the taker is who holds them now.
    """
    lists: dict[int, list[tuple[int, int]]] = {}
    for person, places in left.items():
        numbers = {n for place in places for n in uow.tasks.owned_in(person, place)}
        for number in sorted(numbers):
            taker = _pass_on(uow, number, surface, now)
            if taker:
                lists.setdefault(taker.id, []).append((number, person))
    for taker_id, given in lists.items():
        _tell(uow, taker_id, given, now)
    ask_others(uow, unanswerable(uow, left, now))


def taken_up_again(
    uow: UnitOfWork, ask: Ask, person: Person, done: Done, ended: datetime, now: datetime
) -> Done:
    """What the person has just taken up again is passed on when its owner has left since it
    `ended`."""
    task, day = task_of(uow, done.task), today(now)
    if task.owner is None:
        return done
    owner = uow.people.get(task.owner, day)
    at_work = owner is not None and serves(owner, task.place)
    if at_work and not uow.posts.left(task.owner, task.place, today(ended), day):
        return done
    taker = _pass_on(uow, task.id, ask.surface, now)
    if taker is not None and taker.id != person.id:
        _tell(uow, taker.id, [(task.id, task.owner)], now)
    return replace(done, version=task_of(uow, task.id).version)


def _tell(uow: UnitOfWork, taker: int, given: Sequence[tuple[int, int]], now: datetime) -> None:
    """The taker gets one list of these tasks, each with who owned it."""
    tasks, givers = zip(*given, strict=True)
    uow.projections.touch("home", [taker])
    uow.outbox.put(
        Fact(
            kind="handed_over",
            recipient=f"person:{taker}",
            dedupe_key=f"handed_over:{taker}:{givers[0]}:{tasks[0]}:{now.isoformat()}",
            payload={"tasks": sorted(tasks), "from": sorted(set(givers))},
            not_before=calendar_of(uow).office_moment(now),
        )
    )


def unanswerable(uow: UnitOfWork, people: Collection[int], now: datetime) -> tuple[Asked, ...]:
    """What these people were asked and can no longer answer."""
    asked = uow.savings.waiting_of(people)
    known = uow.people.many({one.person for one in asked}, today(now))
    return tuple(one for one in asked if not may_answer(known[one.person], one))


def ask_others(uow: UnitOfWork, given_up: Collection[Asked]) -> None:
    """These questions are asked anew, of whom they go to now."""
    uow.savings.ask_anew(given_up)
    for kind in (MESSAGE, "home"):
        uow.projections.touch(kind, {one.person for one in given_up})


def _pass_on(uow: UnitOfWork, number: int, surface: Surface, now: datetime) -> Person | None:
    task = task_of(uow, number)
    holders = uow.people.holders(LEADING, task.place, today(now))
    taker = next((holder for holder in holders if holder.id != task.owner), None)
    saved = uow.tasks.save(task, replace(task, owner=taker.id if taker else None))
    uow.audit.add(
        Entry(
            at=now,
            act="handed_over",
            actor=None,
            surface=surface,
            task=task.id,
            before={"owner": task.owner},
            after={"owner": saved.owner},
        )
    )
    want_card(uow, saved)
    review_changed(uow, saved.place.bureau)
    return taker


def _served(places: Iterable[Place]) -> frozenset[Place]:
    """Every level of the places: who serves in a team serves in its department and bureau."""
    return frozenset(
        level
        for place in places
        for level in (
            Place(bureau=place.bureau),
            Place(bureau=place.bureau, department=place.department),
            place,
        )
        if level.unit is not None
    )
