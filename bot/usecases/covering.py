"""Covering: how far the province, a bureau or a department has brought what a round asks for."""

from collections.abc import Iterable
from dataclasses import replace
from datetime import date, datetime

from bot.domain.calendar import today
from bot.domain.coverage import BureauCoverage, DepartmentCoverage, coverage
from bot.domain.org import Unit, UnitKind
from bot.domain.round import Round
from storage.unit import UnitOfWork


def coverage_of(uow: UnitOfWork, round_: Round, now: datetime) -> tuple[BureauCoverage, ...]:
    """Every bureau's coverage, in organisation order."""
    return _covered(uow, round_, uow.units.all(), now)


def bureau_coverage(
    uow: UnitOfWork, round_: Round, bureau: int, now: datetime
) -> BureauCoverage | None:
    """One bureau's coverage; None when it is no bureau, or retired."""
    unit = uow.units.get(bureau)
    if unit is None or unit.kind is not UnitKind.BUREAU:
        return None
    departments = uow.units.children(bureau)
    teams = [team for department in departments for team in uow.units.children(department.id)]
    return next(iter(_covered(uow, round_, [unit, *departments, *teams], now)), None)


def department_coverage(
    uow: UnitOfWork, round_: Round, department: int, now: datetime
) -> DepartmentCoverage | None:
    """One department's coverage; None when it is no department, or retired."""
    unit = uow.units.get(department)
    bureau = uow.units.get(unit.parent) if unit and unit.parent else None
    if unit is None or bureau is None or unit.kind is not UnitKind.DEPARTMENT:
        return None
    found = _covered(uow, round_, [bureau, unit, *uow.units.children(department)], now)
    return next((one for above in found for one in above.departments), None)


def voting_days(uow: UnitOfWork, round_: Round, bureaus: Iterable[int]) -> dict[int, date]:
    """The day on which each bureau's ballots close: its own, else the round's, if one is set."""
    own = uow.rounds.votes_by(round_.id)
    days = {bureau: own.get(bureau, round_.votes_by) for bureau in bureaus}
    return {bureau: day for bureau, day in days.items() if day is not None}


def _covered(
    uow: UnitOfWork, round_: Round, units: Iterable[Unit], now: datetime
) -> tuple[BureauCoverage, ...]:
    units, day = tuple(units), today(now)
    facts = uow.rounds.facts(round_, day)
    if round_.closed_at is not None or round_.is_over(day):
        facts = replace(facts, votes_over=frozenset(unit.id for unit in units))
    return coverage(units, facts)
