"""Standing in: delegations of heads and directors, acting holders of vacant posts, days off."""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import date

from bot.domain.calendar import Calendar
from bot.domain.errors import BotError
from bot.domain.org import Person, Place, Post, Role, UnitKind

TITLE_MAX = 40
LONGEST = 366
"""Days a delegation may last, so that a slip of the finger in the year is caught."""
DAYS_OFF_A_YEAR = 20
"""How many days off of its own an office may have: on each of them the bot is silent."""
_YEARS_AHEAD = 2
ROLE_OF = {
    UnitKind.BUREAU: Role.DIRECTOR,
    UnitKind.DEPARTMENT: Role.HEAD,
    UnitKind.TEAM: Role.LEAD,
}
"""The post that may be vacant at each level."""


@dataclass(frozen=True, kw_only=True)
class Delegation:
    """`taker` acts for `giver` in all their posts as head or director; both days count."""

    id: int
    giver: int
    taker: int
    first: date
    last: date


@dataclass(frozen=True, kw_only=True)
class ActingPost:
    """Somebody holds a unit's vacant post for a while, both days included."""

    id: int
    unit: int
    role: Role
    title: str
    person: int
    first: date
    last: date | None


@dataclass(frozen=True, kw_only=True)
class StandIn:
    """One delegation or acting post as it is read: names with posts, and the unit's name."""

    id: int
    who: str
    first: date
    last: date | None
    instead_of: str = ""
    """The giver of a delegation, or the vacant post with its unit."""


@dataclass(frozen=True, kw_only=True)
class StandingPanel:
    """What the viewer may see and set; `delegates` and `runs` say which parts are theirs."""

    today: date
    delegates: bool = False
    runs: bool = False
    given: tuple[StandIn, ...] = ()
    taken: tuple[StandIn, ...] = ()
    acting: tuple[StandIn, ...] = ()
    days_off: tuple[date, ...] = ()
    more: bool = False
    """Whether some list has more than is shown."""


@dataclass(frozen=True, kw_only=True)
class StandingTold:
    """What somebody who is to stand in is told."""

    found: StandIn
    acting: bool


def own_posts_to_delegate(person: Person) -> tuple[Post, ...]:
    """The posts that the person may delegate: as head or director, in their own right."""
    roles = (Role.HEAD, Role.DIRECTOR)
    return tuple(p for p in person.posts if p.role in roles and p.stands_in is None)


def period(first: date | None, last: date | None, today: date) -> tuple[date, date]:
    """The days of a delegation; raise when one is missing or they make no sense."""
    if first is None:
        raise BotError("error-standing-from", field="first")
    if last is None:
        raise BotError("error-standing-to", field="last")
    if first < today:
        raise BotError("error-date-past", field="first")
    if last < first:
        raise BotError("error-standing-order", field="last")
    if (last - first).days > LONGEST:
        raise BotError("error-standing-long", field="last", days=LONGEST)
    return first, last


def acting_period(first: date | None, last: date | None, today: date) -> tuple[date, date | None]:
    """The days of an acting post, which may be open; raise when they make no sense."""
    if first is None:
        raise BotError("error-standing-from", field="first")
    if first < today:
        raise BotError("error-date-past", field="first")
    if last is not None and last < first:
        raise BotError("error-standing-order", field="last")
    return first, last


def day_off(
    day: date | None, today: date, calendar: Calendar, known: Collection[date] = ()
) -> date:
    """A day off of the office's own, besides those `known`; raise when nobody would work on it
    anyway, when it lies beyond the year after next, or when its year has enough of them."""
    if day is None:
        raise BotError("error-day-off-which", field="day")
    if day <= today:
        raise BotError("error-day-off-past", field="day")
    last = date(today.year + _YEARS_AHEAD, 12, 31)
    if day > last:
        raise BotError("error-day-off-far", field="day", last=last)
    if not calendar.is_working(day):
        raise BotError("error-day-off-already", field="day", day=day)
    if sum(one.year == day.year for one in known) >= DAYS_OFF_A_YEAR:
        raise BotError("error-day-off-many", field="day", year=day.year, limit=DAYS_OFF_A_YEAR)
    return day


def serves_in(person: Person, bureau: int | None) -> bool:
    """Whether one of the person's own posts is in the bureau."""
    return bureau is not None and any(
        post.place.bureau == bureau and post.stands_in is None for post in person.posts
    )


def place_of_unit(kind: UnitKind, unit: int) -> Place:
    """A place by which the holders of a unit's post are found."""
    match kind:
        case UnitKind.BUREAU:
            return Place(bureau=unit)
        case UnitKind.DEPARTMENT:
            return Place(department=unit)
        case UnitKind.TEAM:
            return Place(team=unit)
