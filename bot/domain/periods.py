"""Quarters and half-years, and the days a bureau is reviewed by them.

A review belongs to a bureau and a *boundary*: the first day of a quarter or half-year. What it
covers follows from the boundary before it, not from the cadence, so a bureau may change between
quarters and half-years at any time: no day is covered twice and none is left out.
"""

from dataclasses import dataclass, replace
from datetime import date, datetime, timedelta
from enum import StrEnum

from bot.domain.calendar import Calendar, at, today

PREVIEW = 2
"""Working days before the opening that the coordinating team sees a review."""
AGAIN = (3, 7)
"""Working days after the opening that the director is asked a second and a third time."""
HQ_HEARS = 10
"""Working days after the opening that headquarters hears of a review not signed off."""
_DAY = timedelta(days=1)


class Cadence(StrEnum):
    """How often a bureau is reviewed."""

    QUARTERLY = "quarterly"
    HALF_YEARLY = "half_yearly"

    @property
    def months(self) -> int:
        """The length of a period; every boundary of half-years is one of quarters as well."""
        return 3 if self is Cadence.QUARTERLY else 6

    @property
    def other(self) -> "Cadence":
        """The one it is changed to."""
        return Cadence.HALF_YEARLY if self is Cadence.QUARTERLY else Cadence.QUARTERLY


@dataclass(frozen=True)
class Period:
    """From one day to another, both included."""

    starts_on: date
    ends_on: date

    @property
    def boundary(self) -> date:
        """The day after, at which it is reviewed."""
        return self.ends_on + _DAY

    @property
    def cadence(self) -> Cadence | None:
        """Whether it is a quarter or a half-year; None when it is neither, as after downtime."""
        return next((c for c in Cadence if self == period_of(self.starts_on, c)), None)

    @property
    def year(self) -> int:
        """The year it ends in."""
        return self.ends_on.year

    @property
    def number(self) -> int | None:
        """Which quarter (1–4) or half (1–2) of its year it is; None when it is neither."""
        cadence = self.cadence
        return None if cadence is None else (self.starts_on.month - 1) // cadence.months + 1


def latest_boundary(day: date, cadence: Cadence) -> date:
    """The last boundary up to `day`, which may be one itself."""
    return date(day.year, day.month - (day.month - 1) % cadence.months, 1)


def next_boundary(day: date, cadence: Cadence) -> date:
    """The first boundary after `day`."""
    boundary = latest_boundary(day, cadence)
    month = boundary.month + cadence.months
    return date(boundary.year + month // 12, month % 12, 1)


def period_of(day: date, cadence: Cadence) -> Period:
    """The quarter or half-year that `day` lies in."""
    return Period(latest_boundary(day, cadence), next_boundary(day, cadence) - _DAY)


def period_ending_before(day: date, cadence: Cadence) -> Period:
    """The last quarter or half-year that is over on `day`."""
    return period_of(latest_boundary(day, cadence) - _DAY, cadence)


def opens_at(boundary: date, calendar: Calendar) -> datetime:
    """When the director gets the review: 09:00 of the first working day from the boundary on."""
    return at(calendar.working_from(boundary))


def previewed_at(boundary: date, calendar: Calendar) -> datetime:
    """When the coordinating team sees it: 09:00, `PREVIEW` working days before it opens."""
    return at(calendar.before(calendar.working_from(boundary), PREVIEW))


def ask_of(opened_on: date, now: datetime, calendar: Calendar) -> int:
    """Which time a director who has not signed off is asked at `now`: 1, 2 or 3.

    `opened_on` is the day the message really went out, late when the bot was down: nobody is
    asked twice in one day. Asks that were missed are passed over, the newest counts.
    """
    return 1 + sum(at(calendar.after(opened_on, days)) <= now for days in AGAIN)


def hq_hears_of(now: datetime, calendar: Calendar) -> date:
    """The day up to which reviews that are not signed off at `now` must have been opened to belong
    on headquarters' list."""
    day = today(now)
    return calendar.before(day + _DAY if at(day) <= now else day, HQ_HEARS + 1)


@dataclass(frozen=True, kw_only=True)
class Rhythm:
    """How a bureau is reviewed, and how far it has been.

    A boundary is reviewed when it is one of the cadence that was in force until the day before.
    """

    imported_on: date
    """The first review is that of the first boundary after this day."""
    cadence: Cadence = Cadence.QUARTERLY
    changed_on: date | None = None
    """Boundaries up to this day were under the other cadence, as far as they are still open."""
    last: date | None = None
    """The boundary of the last review that was opened, signed off or not."""

    def changed(self, cadence: Cadence, day: date) -> "Rhythm":
        """The rhythm with this cadence from `day` on.

        What was changed there and back since a boundary has never changed as far as that one is
        concerned. Older ones need no memory: the first half-year's boundary among them counts
        under both cadences, and the newest review covers all before it.
        """
        if cadence is self.cadence:
            return self
        boundary = latest_boundary(day, Cadence.QUARTERLY)
        same = self._in_force(boundary) is cadence
        return replace(self, cadence=cadence, changed_on=boundary - _DAY if same else day)

    def due(self, now: datetime, calendar: Calendar) -> date | None:
        """The boundary whose review should be open by `now` and is not; None when there is none.

        After several periods of downtime it is the newest, which covers them all. Whether `now`
        lies in office hours is the caller's question.
        """
        boundary = latest_boundary(today(now), Cadence.QUARTERLY)
        while boundary > self._reviewed_until:
            if self._counts(boundary):
                # One that is about to open covers those before it, which nobody is asked about
                # meanwhile: between a boundary and its opening there is no working day.
                return boundary if opens_at(boundary, calendar) <= now else None
            boundary = latest_boundary(boundary - _DAY, Cadence.QUARTERLY)
        return None

    def preview_due(self, now: datetime, calendar: Calendar) -> date | None:
        """The boundary whose preview should be there by `now`, until its review opens."""
        latest = latest_boundary(today(now), Cadence.QUARTERLY)
        for boundary in (latest, next_boundary(latest, Cadence.QUARTERLY)):
            begun = previewed_at(boundary, calendar) <= now < opens_at(boundary, calendar)
            if begun and self._counts(boundary):
                return boundary
        return None

    def covers(self, boundary: date) -> Period:
        """The time a review at `boundary` is about: all since the last one.

        The first one covers the whole quarter or half-year that the import lies in, and what
        followed until the boundary.
        """
        first = latest_boundary(self.imported_on, self._in_force(boundary))
        return Period(self.last or first, boundary - _DAY)

    @property
    def _reviewed_until(self) -> date:
        return max(self.imported_on, self.last or self.imported_on)

    def _counts(self, boundary: date) -> bool:
        """Whether it is still to be reviewed."""
        if boundary <= self._reviewed_until:
            return False
        return boundary == latest_boundary(boundary, self._in_force(boundary))

    def _in_force(self, boundary: date) -> Cadence:
        """The cadence until the day before the boundary, if that is not reviewed yet."""
        if self.changed_on is None or boundary > self.changed_on:
            return self.cadence
        return self.cadence.other
