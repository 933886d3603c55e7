"""Working days and office hours in Korea; the days off are given, not looked up."""

from collections.abc import Container
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from zoneinfo import ZoneInfo

SEOUL = ZoneInfo("Asia/Seoul")
OPENS = time(9)
CLOSES = time(18)
_SATURDAY = 5


def local(moment: datetime) -> datetime:
    """The moment on the wall clock of the office."""
    return moment.astimezone(SEOUL)


def today(now: datetime) -> date:
    """The office's date at `now`."""
    return local(now).date()


def at(day: date, hour: time = OPENS) -> datetime:
    """The moment of `hour` on `day` at the office."""
    return datetime.combine(day, hour, SEOUL)


@dataclass(frozen=True)
class Calendar:
    """Working days: Monday to Friday except public holidays and the office's own days off."""

    days_off: Container[date]

    def is_working(self, day: date) -> bool:
        """Whether the office works on `day`."""
        return day.weekday() < _SATURDAY and day not in self.days_off

    def working_from(self, day: date) -> date:
        """`day` itself when it is a working day, otherwise the next one."""
        while not self.is_working(day):
            day += timedelta(days=1)
        return day

    def after(self, day: date, working_days: int) -> date:
        """The working day that comes `working_days` working days after `day`."""
        for _ in range(working_days):
            day = self.working_from(day + timedelta(days=1))
        return day

    def before(self, day: date, working_days: int) -> date:
        """The working day that lies `working_days` working days before `day`."""
        for _ in range(working_days):
            day -= timedelta(days=1)
            while not self.is_working(day):
                day -= timedelta(days=1)
        return day

    def week_opens(self, day: date) -> date:
        """The first day from `day` on that begins a week's work: Monday, or the next working day
        when that is a day off."""
        monday = day - timedelta(days=day.weekday())
        opening = self.working_from(monday)
        return opening if opening >= day else self.working_from(monday + timedelta(days=7))

    def office_moment(self, now: datetime) -> datetime:
        """`now` within 09:00–18:00 of a working day, otherwise the next such 09:00."""
        here = local(now)
        if self.is_working(here.date()) and OPENS <= here.time() < CLOSES:
            return now
        day = here.date() if here.time() < OPENS else here.date() + timedelta(days=1)
        return at(self.working_from(day))

    def next_morning(self, now: datetime) -> datetime:
        """09:00 of the first working day that has not yet begun to work at `now`."""
        here = local(now)
        day = here.date() if here.time() < OPENS else here.date() + timedelta(days=1)
        return at(self.working_from(day))
