"""Ticking: what falls due by itself. Each thing has a key, so two processes may tick at once."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta

from bot.domain.calendar import at, today
from bot.domain.facts import Fact
from bot.domain.org import Place
from bot.usecases.acting import calendar_of
from storage.unit import UnitOfWork

DAYS = 3
"""Working days a decision may take before it is asked about."""
KEYS_KEPT = timedelta(days=7)
"""How long what came in is remembered: Slack repeats for a day at most."""
_TITLES = 200

_PEOPLE = 500
"""Whom one write tells: nobody waits long behind it."""


@dataclass(frozen=True, kw_only=True)
class Part:
    """A part of a morning's walk over those who decide; it goes on after `upto`.

    `newest` is the day since when what came last of all that is late has waited, by person.
    """

    day: date
    after: int
    upto: int | None
    newest: Mapping[int, date]


def waited_before(uow: UnitOfWork, now: datetime) -> datetime:
    """What waits since before that moment has waited `DAYS` working days at `now`."""
    return at(calendar_of(uow).before(today(now), DAYS), time.max)


def next_part(uow: UnitOfWork, now: datetime) -> Part | None:
    """Who next is to hear this morning of what is late; None when all have, and outside office
    hours. What becomes late does so overnight, so this is asked once a day."""
    day = today(now)
    if calendar_of(uow).office_moment(now) != now:
        return None
    after = uow.waiting.walked(day)
    if after is None:
        return None
    newest: dict[int, date] = {}
    deciders = uow.waiting.deciders(day)
    for place, since in uow.waiting.newest(waited_before(uow, now)).items():
        # The department's heads; without one, or at the bureau itself, its directors.
        bureau = Place(bureau=place.bureau)
        for person in deciders.get(place, deciders.get(bureau, frozenset())):
            newest[person] = max(newest.get(person, since), since)
    left = sorted(person for person in newest if person > after)
    people = left[:_PEOPLE]
    return Part(
        day=day,
        after=after,
        upto=people[-1] if len(left) > _PEOPLE else None,
        newest={person: newest[person] for person in people},
    )


def put(uow: UnitOfWork, part: Part) -> int:
    """Put a digest for each of them for whom something new is late, unless another process was
    faster; how many were put.

    Its key names the day since when what came last has waited, so the next digest leaves with the
    next late task.
    """
    if uow.waiting.walked(part.day) != part.after:
        return 0
    uow.waiting.walk_on(part.day, part.upto)
    return sum(
        uow.outbox.put(
            Fact(
                kind="waiting",
                recipient=f"person:{person}",
                dedupe_key=f"waiting:{person}:{since}",
                payload={"person": person},
            )
        )
        for person, since in part.newest.items()
    )


def keep_house(uow: UnitOfWork) -> None:
    """Let new titles count among similar ones, and forget what came in long ago."""
    uow.search.count(_TITLES)
    uow.idempotency.forget(datetime.fromtimestamp(uow.clock.system(), UTC) - KEYS_KEPT)
