"""Really saved, really gone: what is asked about a completed task, when, and of whom."""

import calendar
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime
from enum import StrEnum

from bot.domain.calendar import today
from bot.domain.errors import BotError
from bot.domain.org import Person, Place, Role
from bot.domain.proposing import LARGEST
from bot.domain.rights import has_role, serves
from bot.domain.task import Saving, Status, Task, Type


class Check(StrEnum):
    """What is asked; the values are kept and never change."""

    SAVED = "saved"
    """A quarter on: how much was really saved?"""
    STAYS_6 = "stays_6"
    STAYS_12 = "stays_12"
    """Half a year and a year on: has the work come back?"""


class Answer(StrEnum):
    """What was answered; that the work came back ends the checks, since the task goes on."""

    AS_PLANNED = "as_planned"
    MEASURED = "measured"
    GONE = "gone"


MESSAGE = "checks"
"""The fact that asks, and the projection of its message."""
MONTHS: Mapping[Check, int] = {Check.SAVED: 3, Check.STAYS_6: 6, Check.STAYS_12: 12}
STAYS = frozenset({Check.STAYS_6, Check.STAYS_12})
LEAVES = frozenset(Type) - {Type.IMPROVE}
"""Types that do away with work, or with a part or a way of it, which may creep back in. What was
improved goes on as a matter of course."""

LEADING = (Role.LEAD, Role.HEAD, Role.DIRECTOR)
"""Who answers for a team's completed tasks besides their owners, the narrowest first."""


@dataclass(frozen=True, kw_only=True)
class Due:
    """A check whose day has come and which was not asked yet."""

    task: int
    check: Check
    owner: int | None
    place: Place


@dataclass(frozen=True, kw_only=True)
class Asked:
    """A question that waits for an answer, with what its reader has to know.

    `person` is who was asked, `owner` whose task it is; `planned` what one tap states as really
    saved.
    """

    task: int
    version: int
    check: Check
    due_on: date
    person: int
    owner: int | None
    place: Place
    title: str
    done_at: datetime
    expected: Saving
    reported: Saving

    @property
    def planned(self) -> Saving:
        """The newest word on each figure: what was reported, otherwise what was expected."""
        return _newest(self.reported, self.expected)


@dataclass(frozen=True, kw_only=True)
class Asks:
    """One page of the questions that wait for a person."""

    rows: tuple[Asked, ...]
    count: int
    page: int = 1
    more: bool = False


def may_answer(person: Person, asked: Asked) -> bool:
    """Whether the person can answer it today: it leads there, or owns the task and serves there."""
    if not person.active or not person.posts:
        return False
    if has_role(person, LEADING, asked.place):
        return True
    owns = asked.check not in STAYS and person.id == asked.owner
    return owns and serves(person, asked.place)


def planned_checks(task: Task) -> dict[Check, date]:
    """What will be asked about a task that is done, and from which day on."""
    if task.status is not Status.DONE or task.done_at is None:
        return {}
    done = today(task.done_at)
    wanted = Check if task.content.type in LEAVES else (Check.SAVED,)
    return {check: months_after(done, MONTHS[check]) for check in wanted}


def may_verify_on(task: Task) -> date | None:
    """The first day on which what was really saved can be said; None while it is not done."""
    return None if task.done_at is None else months_after(today(task.done_at), MONTHS[Check.SAVED])


def as_planned(task: Task) -> Saving:
    """What one tap states as really saved."""
    effect = task.content.effect
    return _newest(task.reported, Saving(hours=effect.hours, budget=effect.budget))


def checked(saving: Saving, field: str = "hours") -> Saving:
    """The figures of a form; raise when there are none or one of them is out of range."""
    if saving.hours is None and saving.budget is None:
        raise BotError("error-verify-nothing", field=field)
    for name, value in (("hours", saving.hours), ("budget", saving.budget)):
        if value is not None and not 0 <= value <= LARGEST:
            raise BotError("error-number-range", field=name, largest=LARGEST)
    if saving.budget is not None and saving.budget != int(saving.budget):
        raise BotError("error-whole-number", field="budget")
    return saving


def months_after(day: date, months: int) -> date:
    """The same day so many months later, or the last one of a shorter month."""
    year, month = divmod(day.year * 12 + day.month - 1 + months, 12)
    last = calendar.monthrange(year, month + 1)[1]
    return date(year, month + 1, min(day.day, last))


def _newest(newer: Saving, older: Saving) -> Saving:
    return Saving(
        hours=older.hours if newer.hours is None else newer.hours,
        budget=older.budget if newer.budget is None else newer.budget,
    )
