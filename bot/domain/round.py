"""A round: one campaign of the programme, opened and closed by headquarters."""

from dataclasses import dataclass, field, replace
from datetime import date, datetime

from bot.domain.calendar import Calendar, today
from bot.domain.errors import BotError, Several
from bot.domain.exemption import Ground
from bot.domain.proposing import checked_text

NAME_MAX = 60
DAYS_BEFORE_SESSION = 3
"""Working days between the end of a bureau's ballots and its report session."""


@dataclass(frozen=True, kw_only=True)
class Round:
    """A campaign; what is proposed between rounds counts for the next.

    At most one is not closed: from its first day it is the current one, before that it is planned.
    """

    id: int
    version: int = 1
    name: str
    starts_on: date
    ends_on: date | None = None
    """Its last day; without one it lasts until headquarters closes it."""
    votes_by: date | None = None
    """The day ballots close unless a bureau has a day of its own."""
    grounds: frozenset[Ground] = field(default=frozenset(Ground))
    """The grounds of exemption it accepts."""
    closed_at: datetime | None = None

    def is_current(self, day: date) -> bool:
        """Whether it runs on that day."""
        return self.closed_at is None and self.starts_on <= day and not self.is_over(day)

    def is_over(self, day: date) -> bool:
        """Whether its last day has passed."""
        return self.ends_on is not None and self.ends_on < day


def check(
    *,
    name: str,
    starts_on: date | None,
    ends_on: date | None,
    votes_by: date | None,
    grounds: frozenset[Ground],
    calendar: Calendar,
) -> str:
    """The tidied name of a round that can be opened; names every mistake at once."""
    mistakes: list[BotError] = []
    tidied = ""
    try:
        tidied = checked_text(name, "name")
    except BotError as error:
        mistakes.append(error)
    if len(tidied) > NAME_MAX:
        mistakes.append(
            BotError("error-too-long", field="name", limit=NAME_MAX, length=len(tidied))
        )
    if starts_on is None:
        mistakes.append(BotError("error-required-starts", field="starts_on"))
    elif ends_on is not None and ends_on < starts_on:
        mistakes.append(BotError("error-round-ends", field="ends_on"))
    if votes_by is not None:
        mistakes += check_votes_by(votes_by, starts_on, ends_on, calendar)
    if not grounds:
        mistakes.append(BotError("error-round-grounds", field="grounds"))
    if mistakes:
        raise mistakes[0] if len(mistakes) == 1 else Several(mistakes)
    return tidied


def check_votes_by(
    votes_by: date, starts_on: date | None, ends_on: date | None, calendar: Calendar
) -> list[BotError]:
    """What is wrong with a day on which ballots are to close."""
    outside = (starts_on is not None and votes_by <= starts_on) or (
        ends_on is not None and votes_by > ends_on
    )
    if outside:
        return [BotError("error-round-votes", field="votes_by")]
    if not calendar.is_working(votes_by):
        return [BotError("error-ballot-day-off", field="votes_by")]
    return []


def close(round: Round, now: datetime) -> Round:
    """The round closed for good."""
    if round.closed_at is not None:
        raise BotError("error-round-closed")
    day = today(now)
    ends_on = day if round.ends_on is None or round.ends_on > day else round.ends_on
    return replace(round, closed_at=now, ends_on=max(ends_on, round.starts_on))
