"""When an owner is reminded of one date: a task's, a milestone's or a step's.

The rule: seven days before, one day before, then every second Monday while overdue, three times;
two weeks after that it belongs to the lead's digest. The first Monday after the date is the first
of the three. Reminders leave in the morning of working days, so a stage that falls on a day off
moves to the next working day. When stages meet on one day, only the newest is told. Where days
off carry the day before past the date itself, that reminder is the first of the overdue ones.

Who remembers what was told does so by item, date and stage, and after "remind me later" by the
day it was moved to as well. Another date starts anew: nothing was told of it, nothing moved.
How far away a date is, a message reads off the date; a stage tells when, not what.
"""

from datetime import date, timedelta
from enum import StrEnum

from bot.domain.calendar import Calendar

AHEAD = timedelta(days=7)
"""Nobody is reminded earlier than this before a date."""
SNOOZES = (1, 3, 7)
"""The days that "remind me later" offers."""
_DAY = timedelta(days=1)
_FORTNIGHT = timedelta(days=14)
_WEEK = 7


class Stage(StrEnum):
    """The reminders of one date in their order; the values are kept and never change."""

    WEEK = "week"
    DAY = "day"
    LATE_1 = "late_1"
    LATE_2 = "late_2"
    LATE_3 = "late_3"
    LEAD = "lead"
    """No longer the owner's: it is told in the digest of the team's lead."""

    def comes_after(self, other: "Stage | None") -> bool:
        """Whether it is a later reminder than `other`; any is later than none."""
        return other is None or _ORDER.index(self) > _ORDER.index(other)


_ORDER = tuple(Stage)
_EARLY = frozenset({Stage.WEEK, Stage.DAY})


class Reminding(StrEnum):
    """How often a person wants to be reminded of their own dates."""

    DAILY = "daily"
    """Each working morning, of what was reached since the last."""
    WEEKLY = "weekly"
    """On the first working day of the week, of all that was reached since the last."""
    OVERDUE = "overdue"
    """Only of what is overdue, each working morning."""


def days_of(due: date, calendar: Calendar) -> dict[Stage, date]:
    """The working day each stage of `due` is reached on, in order; some may share a day."""
    monday = due + timedelta(days=_WEEK - due.weekday())
    day_before = calendar.working_from(due - _DAY)
    first = day_before if day_before > due else calendar.working_from(monday)
    return {
        Stage.WEEK: calendar.working_from(due - AHEAD),
        Stage.DAY: day_before,
        Stage.LATE_1: first,
        Stage.LATE_2: calendar.working_from(monday + _FORTNIGHT),
        Stage.LATE_3: calendar.working_from(monday + 2 * _FORTNIGHT),
        Stage.LEAD: calendar.working_from(monday + 3 * _FORTNIGHT),
    }


def stage_of(
    due: date,
    today: date,
    calendar: Calendar,
    *,
    choice: Reminding = Reminding.DAILY,
    since: date | None = None,
) -> Stage | None:
    """The newest stage of `due` that somebody of that choice should know of `today`, or None.

    A bot that was down over a day tells the newest on the next and none that is older. `since` is
    the day on which the date was set: whoever set it needs no reminder of a stage already reached.
    """
    newest = None
    for stage, day in days_of(due, calendar).items():
        if since is not None and day <= since:
            continue
        if choice is Reminding.OVERDUE and stage in _EARLY:
            continue
        told_on = calendar.week_opens(day) if choice is Reminding.WEEKLY else day
        if told_on <= today:
            newest = stage
    return newest


def to_tell(
    due: date,
    today: date,
    calendar: Calendar,
    *,
    choice: Reminding = Reminding.DAILY,
    told: Stage | None = None,
    snoozed: date | None = None,
    since: date | None = None,
) -> Stage | None:
    """The stage of `due` to tell this morning; None when there is nothing to say.

    `told` is the newest stage that was told of this date. `snoozed` is the day to which its last
    reminder was moved, until it was told again: nothing before that day, and on the first working
    day from then on the newest stage, though it was told before and whatever the choice, for this
    was asked for. What the lead was told is not told again.
    """
    if not calendar.is_working(today) or (snoozed is not None and today < snoozed):
        return None
    newest = stage_of(due, today, calendar, choice=choice, since=since)
    if newest is not None and newest.comes_after(told):
        return newest
    return told if snoozed is not None and told is not Stage.LEAD else None
