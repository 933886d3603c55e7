"""Who stands in for whom, as the viewer may see and set it, and what is told of it."""

from collections.abc import Iterable, Mapping
from datetime import datetime
from typing import Any

from bot.domain.calendar import today
from bot.domain.org import Person
from bot.domain.standing import (
    ActingPost,
    Delegation,
    StandIn,
    StandingPanel,
    StandingTold,
    own_posts_to_delegate,
)
from bot.usecases.acting import person_of
from bot.usecases.telling import Load
from storage.unit import UnitOfWork

ROWS = 10
CHOICES = 50


def panel(uow: UnitOfWork, who: str, now: datetime) -> StandingPanel:
    """What lasts today or begins later: the viewer's own, and for headquarters everything."""
    viewer, day = person_of(uow, who, now), today(now)
    given = uow.standing.given(viewer.id, day, ROWS + 1)
    taken = uow.standing.taken(viewer.id, day, ROWS + 1)
    acting = uow.standing.acting_posts(day, ROWS + 1) if viewer.is_hq else ()
    off = sorted(d for d in uow.office.days_off() if d > day) if viewer.is_hq else []
    return StandingPanel(
        today=day,
        delegates=bool(own_posts_to_delegate(viewer)),
        runs=viewer.is_hq,
        given=_delegations(uow, given[:ROWS], given=True),
        taken=_delegations(uow, taken[:ROWS], given=False),
        acting=_acting(uow, acting[:ROWS]),
        days_off=tuple(off[:ROWS]),
        more=any(len(rows) > ROWS for rows in (given, taken, acting, off)),
    )


def deputies(uow: UnitOfWork, who: str, text: str, now: datetime) -> list[tuple[int, str]]:
    """Whom the viewer may delegate to: the staff of their bureaus, by name and title."""
    viewer, day = person_of(uow, who, now), today(now)
    bureaus = {post.place.bureau for post in own_posts_to_delegate(viewer)} - {None}
    name, *more = text.split() or [""]
    found = [
        person
        for bureau in sorted(b for b in bureaus if b is not None)
        for person in uow.standing.staff(bureau, name, day, CHOICES)
        if person != viewer.id
    ]
    return _named(uow, found[:CHOICES], more)


def holders(uow: UnitOfWork, text: str, now: datetime) -> list[tuple[int, str]]:
    """Who may hold a post for a while: anybody who serves, by name and title."""
    name, *more = text.split() or [""]
    found = uow.people.search(name, None, today(now), CHOICES)
    return _named(uow, [person.id for person in found], more)


def vacancies(uow: UnitOfWork, text: str, now: datetime) -> list[tuple[int, str]]:
    """Units whose post nobody holds, each after the one above it."""
    *above, name = text.split() or [""]
    found = uow.standing.vacant(name, today(now), CHOICES)
    names = uow.standing.names_of_units(found)
    return [(unit, names[unit]) for unit in found if all(word in names[unit] for word in above)]


def _named(
    uow: UnitOfWork, people: Iterable[int], words: Iterable[str] = ()
) -> list[tuple[int, str]]:
    """Names with posts in that order, of those in which all `words` are."""
    people = list(dict.fromkeys(people))
    names = uow.people.names(people)
    return [(one, names[one]) for one in people if all(word in names[one] for word in words)]


def _delegations(
    uow: UnitOfWork, found: Iterable[Delegation], *, given: bool
) -> tuple[StandIn, ...]:
    found = tuple(found)
    names = uow.people.names({one.giver for one in found} | {one.taker for one in found})
    return tuple(
        StandIn(
            id=one.id,
            who=names[one.taker],
            instead_of="" if given else names[one.giver],
            first=one.first,
            last=one.last,
        )
        for one in found
    )


def _acting(uow: UnitOfWork, found: Iterable[ActingPost]) -> tuple[StandIn, ...]:
    found = tuple(found)
    names = uow.people.names({one.person for one in found})
    units = uow.standing.names_of_units({one.unit for one in found})
    return tuple(
        StandIn(
            id=one.id,
            who=names[one.person],
            instead_of=f"{units[one.unit]} {one.title}",
            first=one.first,
            last=one.last,
        )
        for one in found
    )


def _delegated(
    uow: UnitOfWork, person: Person, payload: Mapping[str, Any], now: datetime
) -> StandingTold | None:
    """Only while it lasts or is still to begin."""
    found = uow.standing.delegation(payload["delegation"])
    if found is None or found.taker != person.id or found.last < today(now):
        return None
    return StandingTold(found=_delegations(uow, (found,), given=False)[0], acting=False)


def _acting_named(
    uow: UnitOfWork, person: Person, payload: Mapping[str, Any], now: datetime
) -> StandingTold | None:
    """The same of an acting post, which may have no end."""
    found = uow.standing.acting_post(payload["acting"])
    if found is None or found.person != person.id:
        return None
    if found.last is not None and found.last < today(now):
        return None
    return StandingTold(found=_acting(uow, (found,))[0], acting=True)


LOADS: Mapping[tuple[str, int], Load] = {
    ("delegated", 1): _delegated,
    ("acting_named", 1): _acting_named,
}
"""How what is told of standing in is told today."""
