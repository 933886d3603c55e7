"""Ticking: what falls due by itself. Each thing has a key, so two processes may tick at once."""

from collections.abc import Mapping
from datetime import UTC, datetime, time, timedelta

from bot.domain.calendar import at, local, today
from bot.domain.facts import Fact
from bot.domain.org import Place, Role
from bot.usecases.acting import calendar_of
from storage.unit import UnitOfWork

DAYS = 3
"""Working days a decision may take before it is asked about."""
KEYS_KEPT = timedelta(days=7)
"""How long what came in is remembered: Slack repeats for a day at most."""
_TITLES = 200

Late = Mapping[Place, tuple[int, ...]]


def waited_before(uow: UnitOfWork, now: datetime) -> datetime:
    """What waits since before that moment has waited `DAYS` working days at `now`."""
    return at(calendar_of(uow).before(today(now), DAYS), time.max)


def late(uow: UnitOfWork, now: datetime) -> Late:
    """What heads are to hear of now, by who has to decide; nothing outside office hours."""
    if calendar_of(uow).office_moment(now) != now:
        return {}
    return uow.lists.waiting(waited_before(uow, now))


def tell_heads(uow: UnitOfWork, found: Late, now: datetime) -> int:
    """Put a digest for each decider for whom something new is late; how many were put.

    Its key names what began to wait last, so the next digest leaves with the next late task.
    """
    newest: dict[int, tuple[datetime, int]] = {}
    for place, numbers in found.items():
        since = max((_since(uow, number, now), number) for number in numbers)
        for head in _deciders(uow, place, now):
            newest[head] = max(newest.get(head, since), since)
    return sum(
        uow.outbox.put(
            Fact(
                kind="waiting",
                recipient=f"person:{head}",
                dedupe_key=f"waiting:{head}:{number}:{local(moment).date()}",
                payload={"person": head},
            )
        )
        for head, (moment, number) in newest.items()
    )


def keep_house(uow: UnitOfWork) -> None:
    """Let new titles count among similar ones, and forget what came in long ago."""
    uow.search.count(_TITLES)
    uow.idempotency.forget(datetime.fromtimestamp(uow.clock.system(), UTC) - KEYS_KEPT)


def _deciders(uow: UnitOfWork, place: Place, now: datetime) -> tuple[int, ...]:
    """The department's heads; without one, or at the bureau itself, its director."""
    heads = uow.people.holders((Role.HEAD,), place, today(now)) if place.department else ()
    found = heads or uow.people.holders((Role.DIRECTOR,), place, today(now))
    return tuple(person.id for person in found)


def _since(uow: UnitOfWork, number: int, now: datetime) -> datetime:
    """Since when it waits: a task on hold since the day its hold ended."""
    task = uow.tasks.get(number)
    if task is None:
        return now
    if task.hold_until is not None:
        return at(task.hold_until)
    return task.waiting_since or task.created_at
