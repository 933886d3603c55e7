"""Standing in: heads and directors delegate, HQ names acting holders and sets days off."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime

from bot.domain import standing
from bot.domain.calendar import today
from bot.domain.errors import BotError
from bot.domain.facts import Fact
from bot.domain.org import Person, Place, Role
from bot.domain.proposing import checked_text
from bot.domain.results import Entry, Surface
from bot.domain.rights import Act
from bot.usecases.acting import allowed_at, calendar_of
from bot.usecases.review_planning import replan
from storage.office import DAYS_OFF
from storage.unit import UnitOfWork

_MANY = 100


@dataclass(frozen=True, kw_only=True)
class Asking:
    """Who asks, and from where."""

    who: str
    surface: Surface


def delegator(uow: UnitOfWork, ask: Asking, now: datetime) -> Person:
    """The head or director who may delegate; Refused, and written down, for anybody else."""
    return _may(uow, ask, Act.DELEGATE, now)


def headquarters(uow: UnitOfWork, ask: Asking, now: datetime) -> Person:
    """Somebody of headquarters; Refused, and written down, for anybody else."""
    return _may(uow, ask, Act.ADMIN, now)


def delegate(
    uow: UnitOfWork,
    ask: Asking,
    now: datetime,
    *,
    taker: int | None,
    first: date | None,
    last: date | None,
) -> int:
    """Let somebody of one's own bureau act for oneself; the delegation's id."""
    giver, day = delegator(uow, ask, now), today(now)
    posts = standing.own_posts_to_delegate(giver)
    if not posts:
        raise BotError("error-delegate-own")
    other = uow.people.get(taker, day) if taker is not None else None
    bureaus = {post.place.bureau for post in posts}
    if (
        other is None
        or not other.active
        or not any(standing.serves_in(other, bureau) for bureau in bureaus)
    ):
        raise BotError("error-delegate-whom", field="deputy")
    if other.id == giver.id:
        raise BotError("error-delegate-self", field="deputy")
    first, last = standing.period(first, last, day)
    for known in uow.standing.given(giver.id, day, _MANY):
        if known.taker == other.id and known.first <= last and first <= known.last:
            raise BotError("error-delegate-twice", field="deputy")
    number = uow.posts.delegate(giver.id, other.id, first, last)
    values = {"delegation": number, "from": giver.id, "to": other.id, **_days(first, last)}
    _record(uow, ask, giver, "delegate", values, now)
    _tell(uow, "delegated", other.id, {"delegation": number}, now)
    _refresh(uow, {giver.id, other.id})
    return number


def end_delegation(uow: UnitOfWork, ask: Asking, number: int, now: datetime) -> int:
    """Take a delegation of one's own back from today on; whom it was given to."""
    giver, day = delegator(uow, ask, now), today(now)
    found = uow.standing.delegation(number)
    if found is None or found.giver != giver.id or found.last < day:
        raise BotError("error-standing-over")
    uow.standing.end_delegation(found, day)
    values = {"delegation": number, "from": found.giver, "to": found.taker}
    _record(uow, ask, giver, "delegate_end", values, now, before=_days(found.first, found.last))
    _refresh(uow, {found.giver, found.taker})
    return found.taker


def let_act(
    uow: UnitOfWork,
    ask: Asking,
    now: datetime,
    *,
    unit: int | None,
    person: int | None,
    title: str,
    first: date | None,
    last: date | None,
) -> int:
    """Name who holds a unit's vacant post for a while; the acting post's id."""
    hq, day = headquarters(uow, ask, now), today(now)
    place, role = _vacant_post(uow, unit, day)
    other = uow.people.get(person, day) if person is not None else None
    if other is None or not other.active or not other.posts:
        raise BotError("error-acting-whom", field="acting_person")
    title = checked_text(title, "acting-title")
    if len(title) > standing.TITLE_MAX:
        raise BotError(
            "error-too-long", field="acting-title", limit=standing.TITLE_MAX, length=len(title)
        )
    first, last = standing.acting_period(first, last, day)
    at = place.unit or 0
    for known in uow.standing.acting_at(at, day):
        if (last is None or known.first <= last) and (known.last is None or first <= known.last):
            raise BotError("error-acting-twice", field="acting_unit")
    number = uow.posts.let_act(other.id, at, role, title, first, last)
    values = {"acting": number, "unit": at, "role": role.value, "person": other.id}
    _record(uow, ask, hq, "acting", {**values, **_days(first, last)}, now, text=title)
    _tell(uow, "acting_named", other.id, {"acting": number}, now)
    _refresh(uow, {hq.id, other.id})
    return number


def end_acting(uow: UnitOfWork, ask: Asking, number: int, now: datetime) -> int:
    """Let an acting post end today; whose it was."""
    hq, day = headquarters(uow, ask, now), today(now)
    found = uow.standing.acting_post(number)
    if found is None or (found.last is not None and found.last < day):
        raise BotError("error-standing-over")
    uow.standing.end_acting(found, day)
    values = {"acting": number, "unit": found.unit, "person": found.person}
    _record(uow, ask, hq, "acting_end", values, now, before=_days(found.first, found.last))
    _refresh(uow, {hq.id, found.person})
    return found.person


def add_day_off(uow: UnitOfWork, ask: Asking, day: date | None, now: datetime) -> date:
    """A working day becomes a day off of the office's own."""
    hq, known = headquarters(uow, ask, now), uow.office.days_off()
    added = standing.day_off(day, today(now), calendar_of(uow), known)
    _set_days_off(uow, ask, hq, known | {added}, {"added": added}, now)
    return added


def remove_day_off(uow: UnitOfWork, ask: Asking, day: date, now: datetime) -> date:
    """A day off of the office's own is worked on after all."""
    hq, known = headquarters(uow, ask, now), uow.office.days_off()
    if day not in known or day <= today(now):
        raise BotError("error-standing-over")
    _set_days_off(uow, ask, hq, known - {day}, {"removed": day}, now)
    return day


def _set_days_off(
    uow: UnitOfWork,
    ask: Asking,
    hq: Person,
    days: frozenset[date],
    change: Mapping[str, date],
    now: datetime,
) -> None:
    uow.office.put(DAYS_OFF, sorted(days))
    replan(uow, now)
    values = {name: day.isoformat() for name, day in change.items()}
    _record(uow, ask, hq, "days_off", values, now)


def _may(uow: UnitOfWork, ask: Asking, act: Act, now: datetime) -> Person:
    person = uow.people.by_slack(ask.who, today(now))
    posts = person.posts if person else ()
    deciding = [post for post in posts if post.role in (Role.HEAD, Role.DIRECTOR)]
    place = next((post.place for post in (*deciding, *posts)), Place())
    return allowed_at(uow, ask.who, ask.surface, act, place, now)


def _vacant_post(uow: UnitOfWork, unit: int | None, day: date) -> tuple[Place, Role]:
    """The unit's post, which nobody may hold in their own right; raise otherwise."""
    found = uow.units.get(unit) if unit is not None else None
    if found is None or found.retired:
        raise BotError("error-acting-unit", field="acting_unit")
    role, place = standing.ROLE_OF[found.kind], standing.place_of_unit(found.kind, found.id)
    for holder in uow.people.holders((role,), place, day):
        if any(
            post.role is role and post.stands_in is None and post.place.unit == found.id
            for post in holder.posts
        ):
            raise BotError("error-acting-held", field="acting_unit", who=holder.name)
    return place, role


def _tell(
    uow: UnitOfWork, kind: str, person: int, payload: Mapping[str, int], now: datetime
) -> None:
    (number,) = payload.values()
    uow.outbox.put(
        Fact(
            kind=kind,
            recipient=f"person:{person}",
            dedupe_key=f"{kind}:{number}",
            payload=payload,
            not_before=calendar_of(uow).office_moment(now),
        )
    )


def _refresh(uow: UnitOfWork, people: set[int]) -> None:
    uow.projections.touch("home", people)


def _days(first: date, last: date | None) -> dict[str, str | None]:
    return {"first": first.isoformat(), "last": last.isoformat() if last else None}


def _record(
    uow: UnitOfWork,
    ask: Asking,
    actor: Person,
    act: str,
    after: Mapping[str, object],
    now: datetime,
    *,
    before: Mapping[str, object] | None = None,
    text: str = "",
) -> None:
    uow.audit.add(
        Entry(
            at=now,
            act=act,
            actor=actor.id,
            surface=ask.surface,
            before=before or {},
            after=after,
            text=text,
        )
    )
