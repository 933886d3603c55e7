"""What people set for themselves in Home."""

from dataclasses import replace
from datetime import datetime

from bot.domain.facts import Projection
from bot.domain.org import Hearing
from bot.domain.reminding import Reminding
from bot.usecases.acting import person_of
from storage.unit import UnitOfWork


def want_home(uow: UnitOfWork, who: str, now: datetime) -> None:
    """Ask for the person's Home to show the newest state."""
    person = person_of(uow, who, now)
    recipient = f"person:{person.id}"
    uow.projections.want(Projection(kind="home", subject=person.id, recipient=recipient))


def hear(uow: UnitOfWork, who: str, hearing: Hearing, now: datetime) -> None:
    """Choose how often to hear of others' decisions."""
    uow.people.save(replace(person_of(uow, who, now), hearing=hearing))
    want_home(uow, who, now)


def be_reminded(uow: UnitOfWork, who: str, reminding: Reminding, now: datetime) -> None:
    """Choose how often to be reminded of one's own dates."""
    uow.people.save(replace(person_of(uow, who, now), reminding=reminding))
    want_home(uow, who, now)


def speak(uow: UnitOfWork, who: str, language: str, now: datetime) -> None:
    """Choose the language of what the bot shows and sends."""
    uow.people.set_language(person_of(uow, who, now).id, language)
    want_home(uow, who, now)
