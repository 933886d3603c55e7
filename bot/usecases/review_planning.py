"""When bureaus are reviewed: planned when they are first seen, and anew when something changes."""

from dataclasses import replace
from datetime import datetime

from bot.domain.calendar import Calendar, today
from bot.domain.errors import BotError
from bot.domain.org import Place, UnitKind
from bot.domain.periods import Cadence, previewed_at
from bot.domain.results import Entry, Surface
from bot.domain.review import next_opening
from bot.domain.rights import Act
from bot.usecases.acting import allowed_at, calendar_of
from storage.review_plans import Plan
from storage.unit import UnitOfWork

BATCH = 200
"""Bureaus that one tick takes up."""


def plan_bureaus(uow: UnitOfWork, now: datetime) -> int:
    """Give bureaus without a plan one from today on; how many there were."""
    found = uow.review_plans.unplanned(BATCH)
    calendar = calendar_of(uow) if found else None
    for bureau in found:
        fresh = Plan(bureau=bureau, imported_on=today(now), next_opens_at=now)
        uow.review_plans.put(scheduled(fresh, now, calendar or calendar_of(uow)))
    return len(found)


def replan(uow: UnitOfWork, now: datetime) -> None:
    """Work out every bureau's moments anew: the office's days off have changed."""
    calendar = calendar_of(uow)
    for plan in uow.review_plans.all():
        uow.review_plans.put(scheduled(plan, now, calendar))


def scheduled(plan: Plan, now: datetime, calendar: Calendar) -> Plan:
    """The plan with its next moments; a preview that leaves with the review is none."""
    boundary, opens = next_opening(plan.rhythm, now, calendar)
    preview = previewed_at(boundary, calendar)
    return replace(plan, next_opens_at=opens, next_preview_at=preview if now < opens else None)


def set_cadence(
    uow: UnitOfWork, who: str, surface: Surface, bureau: int, cadence: Cadence, now: datetime
) -> None:
    """Headquarters has a bureau reviewed by quarters or by half-years from now on."""
    person = allowed_at(uow, who, surface, Act.ADMIN, Place(bureau=bureau), now)
    unit, plan = uow.units.get(bureau), uow.review_plans.get(bureau)
    if unit is None or unit.kind is not UnitKind.BUREAU or plan is None:
        raise BotError("error-stale-button")
    if plan.cadence is cadence:
        return
    rhythm = plan.rhythm.changed(cadence, today(now))
    wanted = replace(plan, cadence=rhythm.cadence, changed_on=rhythm.changed_on)
    uow.review_plans.put(scheduled(wanted, now, calendar_of(uow)))
    uow.audit.add(
        Entry(
            at=now,
            act="review_cadence",
            actor=person.id,
            surface=surface,
            before={"cadence": plan.cadence.value},
            after={"unit": bureau, "cadence": cadence.value},
        )
    )
