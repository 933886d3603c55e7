"""Burden: what the bot sends each person and what it asks of them, counted and never named."""

from collections.abc import Mapping
from datetime import date, datetime, timedelta

from bot.domain.burden import ASKED_FOR, GOAL, Quarter, Spread, quarter_of, spread
from bot.domain.calendar import today
from bot.domain.facts import Fact
from bot.usecases.telling import PERSON
from storage.unit import UnitOfWork


def message_told(uow: UnitOfWork, fact: Fact, now: datetime) -> None:
    """Count a direct message that has reached a person, unless they asked for its kind."""
    if fact.recipient.startswith(PERSON) and fact.kind not in ASKED_FOR:
        person = int(fact.recipient.removeprefix(PERSON))
        uow.burden.message(quarter_of(today(now)), person)


def tapped(uow: UnitOfWork, taps: Mapping[int, int], now: datetime) -> None:
    """Count so many presses and submissions by person."""
    uow.burden.taps(quarter_of(today(now)), taps)


def quarters(uow: UnitOfWork, now: datetime) -> tuple[Quarter, ...]:
    """This quarter and the one before, how the counts are spread over everyone."""
    day = today(now)
    this = quarter_of(day)
    last = quarter_of(this - timedelta(days=1))
    people = uow.burden.people(day)
    return tuple(_quarter(uow, starts_on, people, day) for starts_on in (this, last))


def _quarter(uow: UnitOfWork, starts_on: date, people: int, day: date) -> Quarter:
    nothing = Quarter(starts_on=starts_on, messages=Spread(), taps=Spread(), people=people, over=0)
    if not nothing.is_open:
        return nothing
    messages, taps = uow.burden.spread(starts_on)
    return Quarter(
        starts_on=starts_on,
        messages=spread(messages, people),
        taps=spread(taps, people),
        people=people,
        over=uow.burden.over(starts_on, GOAL, day),
    )
