"""Handing over: a task stays with its unit, so who moves or leaves gives up owning it that day.

The unit's lead, else the head of its department, else the director of its bureau becomes owner
meanwhile and gets one list to reassign; where all of these are vacant nobody owns it.
"""

from collections.abc import Iterable, Mapping
from dataclasses import replace
from datetime import datetime

from bot.domain.calendar import today
from bot.domain.facts import Fact
from bot.domain.org import Person, Place, Role
from bot.domain.results import Entry, Surface
from bot.usecases.acting import calendar_of, task_of, want_card
from storage.unit import UnitOfWork

_TAKERS = (Role.LEAD, Role.HEAD, Role.DIRECTOR)


def left_behind(old: Iterable[Place], new: Iterable[Place] = ()) -> frozenset[Place]:
    """The units somebody no longer serves in, each as the place that ends there."""
    return _served(old) - _served(new)


def hand_over(
    uow: UnitOfWork, left: Mapping[int, Iterable[Place]], surface: Surface, now: datetime
) -> None:
    """Give the open tasks that people (by id) own in the units they left to who answers there.

    The posts must have changed already: the taker is who holds them now.
    """
    lists: dict[int, list[tuple[int, int]]] = {}
    for person, places in left.items():
        numbers = {n for place in places for n in uow.tasks.owned_in(person, place)}
        for number in sorted(numbers):
            taker = _pass_on(uow, number, surface, now)
            if taker:
                lists.setdefault(taker.id, []).append((number, person))
    when = calendar_of(uow).office_moment(now)
    uow.projections.touch("home", list(lists))
    for taker_id, given in lists.items():
        tasks, givers = zip(*given, strict=True)
        uow.outbox.put(
            Fact(
                kind="handed_over",
                recipient=f"person:{taker_id}",
                dedupe_key=f"handed_over:{taker_id}:{givers[0]}:{now.isoformat()}",
                payload={"tasks": sorted(tasks), "from": sorted(set(givers))},
                not_before=when,
            )
        )


def _pass_on(uow: UnitOfWork, number: int, surface: Surface, now: datetime) -> Person | None:
    task = task_of(uow, number)
    holders = uow.people.holders(_TAKERS, task.place, today(now))
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
