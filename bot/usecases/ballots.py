"""What a ballot looks like to somebody, and their department in the current round."""

from collections.abc import Mapping
from dataclasses import replace
from datetime import datetime

from bot.domain.ballot import (
    CHOICES_MAX,
    LIVE,
    SECRET_FROM,
    VOTING,
    Ballot,
    Candidate,
    Mode,
    Representative,
    State,
    leaders,
    micros,
    ranked,
)
from bot.domain.ballot_screens import BallotShown, Chosen, Difference, Panel
from bot.domain.calendar import today
from bot.domain.errors import BotError
from bot.domain.org import Person, Place, Role, Unit, UnitKind
from bot.domain.rights import Act, may_at
from bot.domain.round import Round
from bot.usecases.acting import person_of
from bot.usecases.covering import department_coverage
from storage.unit import UnitOfWork

_ON_A_DEPARTMENT = (Act.BALLOT_OPEN, Act.BALLOT_CLOSE, Act.BALLOT_SETTLE, Act.BALLOT_OVERRIDE)


def department_of(uow: UnitOfWork, department: int | None) -> tuple[Unit, Place]:
    """A department that exists, and where it is; raise for a button that was forged or is old."""
    unit = uow.units.get(department) if department else None
    if unit is None or unit.kind is not UnitKind.DEPARTMENT or unit.retired:
        raise BotError("error-stale-button")
    return unit, Place(bureau=unit.parent, department=unit.id)


def ballot_of(uow: UnitOfWork, number: int) -> Ballot:
    """The ballot of that id; raise for a button that was forged."""
    ballot = uow.ballots.get(number)
    if ballot is None:
        raise BotError("error-stale-button")
    return ballot


def place_of(ballot: Ballot) -> Place:
    """Where the ballot is."""
    return Place(bureau=ballot.bureau, department=ballot.department)


def is_tallied(ballot: Ballot) -> bool:
    """Whether anybody may see how many votes each candidate has."""
    if ballot.mode is Mode.OPEN:
        return True
    counted = ballot.state not in LIVE or ballot.state is State.TIED
    return counted and ballot.turnout >= SECRET_FROM


def tally_of(uow: UnitOfWork, ballot: Ballot, candidates: tuple[Candidate, ...]) -> dict[int, int]:
    """Votes by candidate as they stand, or as they were counted; empty while they are secret."""
    if not is_tallied(ballot):
        return {}
    if any(candidate.votes is not None for candidate in candidates):
        return final_votes(candidates)
    return uow.votes.tally(ballot.id)


def final_votes(candidates: tuple[Candidate, ...]) -> dict[int, int]:
    """The votes that were counted, by candidate."""
    return {candidate.id: candidate.votes or 0 for candidate in candidates}


def turnout_of(uow: UnitOfWork, ballot: Ballot) -> int:
    """How many have voted."""
    if ballot.state not in VOTING and ballot.state is not State.COUNTING:
        return ballot.turnout
    if ballot.mode is Mode.SECRET:
        return uow.votes.sealed_turnout(ballot.id)
    return uow.votes.turnout(ballot.id)


def shown(uow: UnitOfWork, ballot: Ballot, viewer: Person | None, now: datetime) -> BallotShown:
    """The ballot with every name it mentions, as the viewer (nobody: the channel) sees it."""
    day = today(now)
    place = place_of(ballot)
    candidates = uow.ballots.candidates(ballot.id)
    standings = ranked(candidates, tally_of(uow, ballot, candidates))
    if not is_tallied(ballot) or (ballot.state in LIVE and ballot.state is not State.TIED):
        standings = tuple(sorted(standings, key=lambda s: s.candidate.position))
    round_ = uow.rounds.get(ballot.round)
    unit = uow.units.get(ballot.department)
    deciders = uow.people.officials((Role.HEAD, Role.DIRECTOR), place, day)
    mine = _mine(uow, ballot, viewer, candidates)
    counted = [c.recounted_at for c in candidates if c.recounted_at is not None]
    return BallotShown(
        ballot=replace(ballot, turnout=turnout_of(uow, ballot)),
        round=round_.name if round_ else "",
        department=unit.name if unit else "",
        standings=standings,
        out=tuple(c for c in candidates if c.out),
        today=day,
        now=now,
        tallied=is_tallied(ballot),
        may=_may(viewer, ballot, standings_left=len(standings)) if viewer else frozenset(),
        elector=viewer is not None and uow.ballots.is_elector(ballot.id, viewer.id),
        voted=mine is not None or _has_sealed(uow, ballot, viewer),
        mine=mine,
        decider=deciders[0] if deciders else None,
        tied=leaders(ranked(candidates, final_votes(candidates)))
        if ballot.state is State.TIED
        else (),
        differences=_differences(uow, ballot, candidates) if counted else (),
        recounted_at=max(counted, default=None),
    )


def panel(uow: UnitOfWork, who: str, department: int | None, now: datetime) -> Panel:
    """A department, the viewer's own unless another is named, in the current round."""
    viewer = person_of(uow, who, now)
    own = next((p.place.department for p in viewer.posts if p.place.department), None)
    if department is None and own is None:
        raise BotError("error-ballot-no-department")
    unit, place = department_of(uow, department or own)
    return panel_of(uow, viewer, unit, place, now)


def panel_of(uow: UnitOfWork, viewer: Person, unit: Unit, place: Place, now: datetime) -> Panel:
    """The department as the viewer sees it, with what may be done."""
    found = summary_of(uow, viewer, unit, place, now)
    if found.round is None:
        return found
    candidates = uow.tasks.candidate_ids(found.round.id, unit.id, CHOICES_MAX + 1)
    is_live = found.ballot is not None and found.ballot.ballot.state in LIVE
    may = set(found.ballot.may) if found.ballot else set()
    undecided = not is_live and found.chosen is None
    if undecided and candidates and may_at(viewer, Act.BALLOT_OPEN, place):
        may.add(Act.BALLOT_OPEN)
    if found.chosen is not None and may_at(viewer, Act.BALLOT_OVERRIDE, place):
        may.add(Act.BALLOT_OVERRIDE)
    return replace(
        found,
        candidates=uow.lists.of(candidates[:CHOICES_MAX]),
        capped=len(candidates) > CHOICES_MAX,
        may=frozenset(may),
    )


def summary_of(uow: UnitOfWork, viewer: Person, unit: Unit, place: Place, now: datetime) -> Panel:
    """How the department stands in the current round: what Home shows of it."""
    day = today(now)
    bureau = uow.units.get(place.bureau) if place.bureau else None
    bare = Panel(department=unit, bureau=bureau.name if bureau else "", round=None, today=day)
    round_ = uow.rounds.current(day)
    if round_ is None:
        return replace(bare, planned=uow.rounds.unclosed())
    ballot = uow.ballots.live_of(round_.id, unit.id) or uow.ballots.latest_of(round_.id, unit.id)
    return replace(
        bare,
        round=round_,
        ballot=shown(uow, ballot, viewer, now) if ballot else None,
        chosen=chosen_of(uow, round_, unit.id),
        coverage=department_coverage(uow, round_, unit.id, now),
    )


def chosen_of(uow: UnitOfWork, round_: Round, department: int) -> Chosen | None:
    """The department's representative task of the round, if there is one."""
    found = uow.representatives.of(round_.id, department)
    return as_chosen(uow, found) if found else None


def as_chosen(uow: UnitOfWork, found: Representative) -> Chosen:
    """A representative task with the names it is read with."""
    rows = uow.lists.of([found.task])
    by = uow.people.names([found.by]).get(found.by) if found.by is not None else None
    return Chosen(representative=found, task=rows[0], by=by)


def _may(viewer: Person, ballot: Ballot, *, standings_left: int) -> frozenset[Act]:
    """What the viewer could do to the ballot now."""
    possible: Mapping[Act, bool] = {
        Act.BALLOT_CLOSE: ballot.state in VOTING,
        Act.BALLOT_SETTLE: ballot.state is State.TIED
        or (ballot.state in VOTING and standings_left == 1),
        Act.BALLOT_OVERRIDE: ballot.state is State.TIED,
    }
    place = place_of(ballot)
    return frozenset(act for act, now in possible.items() if now and may_at(viewer, act, place))


def _mine(
    uow: UnitOfWork, ballot: Ballot, viewer: Person | None, candidates: tuple[Candidate, ...]
) -> Candidate | None:
    if viewer is None or ballot.mode is Mode.SECRET:
        return None
    voted = uow.votes.of(ballot.id, viewer.id)
    return next((c for c in candidates if c.id == voted), None)


def _has_sealed(uow: UnitOfWork, ballot: Ballot, viewer: Person | None) -> bool:
    if viewer is None or ballot.mode is Mode.OPEN:
        return False
    nonce = uow.ballots.nonce(ballot.id)
    return nonce is not None and uow.seal.voter(nonce, viewer.id) in uow.votes.sealed(ballot.id)


def _differences(
    uow: UnitOfWork, ballot: Ballot, candidates: tuple[Candidate, ...]
) -> tuple[Difference, ...]:
    """What the count at closing found other than it was told: the marks it had to add."""
    closed = micros(ballot.closes_at)
    electors = uow.ballots.electors(ballot.id)
    by_id = {candidate.id: candidate for candidate in candidates}
    found = sorted(
        {
            (mark.person, mark.candidate, mark.added)
            for mark in uow.votes.marks(ballot.id)
            if not mark.exact and mark.at == closed and mark.person in electors
        }
    )
    names = uow.people.names([person for person, _, _ in found])
    return tuple(
        Difference(
            name=names.get(person, ""),
            task=by_id[candidate].task,
            title=by_id[candidate].title,
            added=added,
        )
        for person, candidate, added in found
    )
