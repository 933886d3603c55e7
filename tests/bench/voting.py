"""Ballots that are open at the moment of the measurements, in a third of the departments that have
no representative task yet."""

from dataclasses import replace
from datetime import timedelta

from bot.domain.ballot import Mode, State
from bot.domain.org import Place
from storage.unit import UnitOfWork
from tests.bench.province import NOW, ROUNDS, Team, teams

_CANDIDATES = 5
_FEW = 3


def open_ballots(uow: UnitOfWork) -> None:
    """Open them; half of their electors have voted."""
    departments: dict[int, list[Team]] = {}
    for team in teams(uow.connection):
        departments.setdefault(team.department, []).append(team)
    waiting = [d for d in departments if uow.representatives.of(ROUNDS, d) is None]
    for department in waiting[::_FEW]:
        _open(uow, departments[department])


def _open(uow: UnitOfWork, staff: list[Team]) -> None:
    place = Place(bureau=staff[0].bureau, department=staff[0].department)
    standing = uow.tasks.candidates(ROUNDS, staff[0].department)[:_CANDIDATES]
    electors = [person for team in staff for person in team.people]
    if not standing:
        return
    ballot = uow.ballots.open(
        round=ROUNDS,
        place=place,
        channel=f"C{staff[0].department:07}",
        mode=Mode.OPEN,
        opened_by=staff[0].head,
        opened_at=NOW - timedelta(days=1),
        closes_at=NOW + timedelta(days=5),
        recount_at=NOW + timedelta(minutes=59),
        candidates=standing,
        electors=electors,
    )
    ts = f"1.{ballot.id:06}"
    uow.ballots.save(ballot, replace(ballot, state=State.OPEN, ts=ts))
    candidates = uow.ballots.candidates(ballot.id)
    for candidate in candidates:
        uow.ballots.save_candidate(replace(candidate, ts=f"2.{candidate.id:06}", seeded=True))
    for number, person in enumerate(electors[::2]):
        uow.votes.set(ballot.id, person, candidates[number % len(candidates)].id)
