"""What reviews tell: each asked at the moment of telling whether it is still wanted."""

from collections.abc import Mapping
from datetime import date, datetime
from typing import Any

from bot.domain.calendar import today
from bot.domain.facts import Fact, Projection
from bot.domain.org import Person, Place, Role
from bot.domain.periods import ask_of, hq_hears_of, opens_at
from bot.domain.review import Review
from bot.domain.review_screens import (
    LateReview,
    ReviewAgain,
    ReviewPreview,
    ReviewShown,
    ReviewsLate,
    ReviewVacant,
)
from bot.domain.rights import has_role
from bot.usecases.acting import calendar_of
from bot.usecases.review_reading import directors_of, may_sign, open_in, reached, shown
from bot.usecases.telling import Load, NotYet
from storage.unit import UnitOfWork

Payload = Mapping[str, Any]

MESSAGE = "review"
"""The fact whose message is changed later, and the projection of it."""
LATE_ROWS = 20


def posted(uow: UnitOfWork, fact: Fact, changes: int, channel: str, ts: str, now: datetime) -> None:
    """The message stands: from now on it shows the newest state. `changes` is the one it shows.

    After an outage the first one leaves late, and whoever has just got it is not asked again.
    """
    review = uow.reviews.get(fact.payload["review"])
    if review is None:
        return
    projection = Projection(kind=MESSAGE, subject=review.id, recipient=fact.recipient)
    if review.opened_on < today(now) and not uow.reviews.have_it(review.id):
        uow.reviews.went_out(review.id, today(now))
    uow.projections.adopt(projection, channel, ts)
    if review.changes != changes:
        uow.projections.want(projection)


def review_shown(uow: UnitOfWork, person: Person, number: int, now: datetime) -> ReviewShown | None:
    """What somebody's message shows now."""
    review = uow.reviews.get(number)
    return shown(uow, review, person, now) if review else None


def _review(uow: UnitOfWork, person: Person, payload: Payload, now: datetime) -> ReviewShown | None:
    review = _still(uow, payload, now)
    return shown(uow, review, person, now) if review and may_sign(person, review) else None


def _again(uow: UnitOfWork, person: Person, payload: Payload, now: datetime) -> ReviewAgain | None:
    review = _still(uow, payload, now)
    if review is None or not may_sign(person, review):
        return None
    return _asked(uow, review, payload["ask"], now)


def _copy(uow: UnitOfWork, person: Person, payload: Payload, now: datetime) -> ReviewAgain | None:
    review = _still(uow, payload, now)
    if review is None or not _coordinates(uow, person, review.bureau):
        return None
    return _asked(uow, review, payload["ask"], now)


def _preview(
    uow: UnitOfWork, person: Person, payload: Payload, now: datetime
) -> ReviewPreview | None:
    """Only until the review itself is there."""
    plan, unit = uow.review_plans.get(payload["bureau"]), uow.units.get(payload["bureau"])
    if plan is None or unit is None or not _coordinates(uow, person, unit.id):
        return None
    boundary = date.fromisoformat(payload["boundary"])
    if plan.last is not None and plan.last >= boundary:
        return None
    return ReviewPreview(
        bureau=unit.name,
        period=plan.rhythm.covers(boundary),
        opens_at=opens_at(boundary, calendar_of(uow)),
        today=today(now),
        open=open_in(uow, unit.id, None, now),
    )


def _vacant(
    uow: UnitOfWork, person: Person, payload: Payload, now: datetime
) -> ReviewVacant | None:
    review = _still(uow, payload, now)
    if review is None or not person.is_hq:
        return None
    unit, directors = uow.units.get(review.bureau), directors_of(uow, review.bureau, now)
    if unit is None or reached(directors):
        return None
    return ReviewVacant(bureau=unit.name, period=review.period, who=_who(uow, review, now))


def _late(uow: UnitOfWork, person: Person, payload: Payload, now: datetime) -> ReviewsLate | None:
    """Every review that is late at this moment, also one that this morning's look has yet to
    reach; the list itself is cut, and says so."""
    if not person.is_hq:
        return None
    found, count = uow.reviews.late(hq_hears_of(now, calendar_of(uow)), now, LATE_ROWS)
    units = uow.units.many([review.bureau for review in found])
    rows = tuple(
        LateReview(
            bureau=units[review.bureau].name,
            period=review.period,
            opened_on=review.opened_on,
            who=_who(uow, review, now),
        )
        for review in found
    )
    return ReviewsLate(rows=rows, count=count) if rows else None


def _still(uow: UnitOfWork, payload: Payload, now: datetime) -> Review | None:
    """The review, while it waits to be signed off; one that the next review is about to end waits
    for that."""
    review = uow.reviews.get(payload["review"])
    unit = uow.units.get(review.bureau) if review and review.is_open else None
    if review is None or unit is None or unit.retired:
        return None
    plan = uow.review_plans.get(review.bureau)
    if plan is not None and plan.next_opens_at <= now:
        raise NotYet
    return review


def _asked(uow: UnitOfWork, review: Review, ask: int, now: datetime) -> ReviewAgain | None:
    """Only the newest asking: of several that waited for an outage to end it alone is told."""
    if max(review.asked, ask_of(review.opened_on, now, calendar_of(uow))) > ask:
        return None
    unit = uow.units.get(review.bureau)
    found = open_in(uow, review.bureau, None, now, review=review.id)
    directors, have_it = directors_of(uow, review.bureau, now), uow.reviews.have_it(review.id)
    return ReviewAgain(
        review=review,
        bureau=unit.name if unit else "",
        count=found.count,
        capped=found.capped,
        who=_who(uow, review, now),
        reached=any(director.id in have_it for director in directors),
    )


def _who(uow: UnitOfWork, review: Review, now: datetime) -> str:
    officials = uow.people.officials((Role.DIRECTOR,), Place(bureau=review.bureau), today(now))
    return ", ".join(f"{official.title} {official.name}" for official in officials[:2])


def _coordinates(uow: UnitOfWork, person: Person, bureau: int) -> bool:
    teams = uow.reviews.coordinating(bureau)
    return any(has_role(person, (Role.LEAD,), Place(team=team)) for team in teams)


LOADS: Mapping[tuple[str, int], Load] = {
    (MESSAGE, 1): _review,
    ("review_again", 1): _again,
    ("review_copy", 1): _copy,
    ("review_preview", 1): _preview,
    ("review_vacant", 1): _vacant,
    ("reviews_late", 1): _late,
}
"""How what reviews ever put is told today."""
