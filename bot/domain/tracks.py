"""How long things take: the milestones and the due date that follow from what a task needs."""

from collections.abc import Mapping
from collections.abc import Set as AbstractSet
from dataclasses import dataclass
from datetime import date, timedelta
from types import MappingProxyType

from bot.domain.calendar import Calendar
from bot.domain.task import Milestone, Need

_STAGES: Mapping[Need, tuple[tuple[str, float], ...]] = MappingProxyType(
    {
        Need.BUDGET: (("request", 0.3), ("review", 0.7), ("approved", 1.0)),
        Need.ORDINANCE: (
            ("notice", 0.3),
            ("committee", 0.5),
            ("assembly", 0.85),
            ("promulgation", 1.0),
        ),
        Need.GUIDELINE: (("draft", 0.4), ("consultation", 0.7), ("issue", 1.0)),
        Need.MINISTRY: (("submission", 0.2), ("reply", 0.7), ("application", 1.0)),
    }
)
"""The stages of each track and when they are due, as a share of its lead time."""


@dataclass(frozen=True, kw_only=True)
class LeadTimes:
    """How long each track takes, in days, and the office's budget calendar (month, day).

    What is counted in days ends on a working day: the next one when it falls on a day off. The
    days of the budget calendar stay what they are, as 1 January does, the day a budget begins;
    reminders of them leave on working days all the same.
    """

    immediate: int = 14
    ordinance: int = 150
    guideline: int = 60
    ministry: int = 180
    supplementary: tuple[tuple[int, int], ...] = ((5, 31), (9, 30))
    supplementary_notice: int = 60
    regular_request: tuple[int, int] = (8, 31)

    def due(self, need: Need, today: date, calendar: Calendar) -> date:
        """When a track begun `today` ends."""
        if need is Need.BUDGET:
            return self._budget_due(today)
        return calendar.working_from(today + timedelta(days=int(getattr(self, need.value))))

    def _budget_due(self, today: date) -> date:
        """The earliest budget that can still carry it: supplementary, or next year's."""
        earliest = today + timedelta(days=self.supplementary_notice)
        years = (today.year, today.year + 1, today.year + 2)
        candidates = [date(year, month, day) for year in years for month, day in self.supplementary]
        choices = [day for day in candidates if day >= earliest]
        in_time = today <= date(today.year, *self.regular_request)
        choices.append(date(today.year + (1 if in_time else 2), 1, 1))
        return min(choices)

    def milestones(
        self, needs: AbstractSet[Need], today: date, calendar: Calendar
    ) -> tuple[Milestone, ...]:
        """The milestones of every track in order of their dates; none when it is immediate."""
        found = []
        for need in needs - {Need.IMMEDIATE}:
            end = self.due(need, today, calendar)
            length = (end - today).days
            for code, share in _STAGES[need]:
                day = calendar.working_from(today + timedelta(round(length * share)))
                # The last one is due with its track, on a day off too when the budget begins then.
                found.append(Milestone(track=need, code=code, due=min(day, end)))
        return tuple(sorted(found, key=lambda m: (m.due, m.track, m.code)))


def final_due(needs: AbstractSet[Need], lead: LeadTimes, today: date, calendar: Calendar) -> date:
    """The due date of the whole task: the latest of its tracks."""
    return max(lead.due(need, today, calendar) for need in needs)
