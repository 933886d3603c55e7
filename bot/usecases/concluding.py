"""The end of a ballot: counted, decided by votes, head or rule, and told."""

from dataclasses import replace
from datetime import datetime
from typing import Any

from bot.domain.ballot import (
    VOTING,
    Ballot,
    Candidate,
    Mode,
    Representative,
    Rule,
    State,
    answer_by,
    by_rule,
    leaders,
    micros,
    ranked,
)
from bot.domain.calendar import today
from bot.domain.counting import Count, Live, count
from bot.domain.errors import BotError
from bot.domain.facts import Fact
from bot.domain.org import Role
from bot.domain.results import Entry, Surface
from bot.domain.rights import Act
from bot.usecases.acting import allowed_at, calendar_of, deciders_of, want_card
from bot.usecases.ballots import ballot_of, place_of
from bot.usecases.opening import ask_for_candidates
from bot.usecases.review_changes import changed
from bot.usecases.voting import ask_which
from storage.unit import UnitOfWork


def answered(uow: UnitOfWork, ballot: Ballot, now: datetime) -> None:
    """After an answer: the result does not wait longer than for the last of them."""
    if ballot.state is State.ASKING and uow.votes.asked(ballot.id) <= set(
        uow.votes.answers(ballot.id)
    ):
        conclude(uow, ballot, now, waited=True)


def settle(
    uow: UnitOfWork, who: str, surface: Surface, ballot: int, candidate: int, now: datetime
) -> Ballot:
    """The head chooses among tied candidates, or takes the lone one at once."""
    found = ballot_of(uow, ballot)
    person = allowed_at(uow, who, surface, Act.BALLOT_SETTLE, place_of(found), now)
    candidates = uow.ballots.candidates(found.id)
    standings = ranked(candidates, final_votes(candidates))
    if found.state is State.TIED:
        eligible, rule = leaders(standings), Rule.TIE_HEAD
    elif found.state in VOTING and len(standings) == 1:
        eligible, rule = (standings[0].candidate,), Rule.LONE_HEAD
    else:
        raise BotError("error-ballot-not-tied")
    chosen = next((c for c in eligible if c.id == candidate), None)
    if chosen is None:
        raise BotError("error-ballot-not-candidate")
    if rule is Rule.LONE_HEAD:
        found = replace(found, turnout=_freeze(uow, found, candidates))
    return win(uow, found, chosen, rule, person.id, surface, now)


def void(uow: UnitOfWork, ballot: Ballot, why: str, now: datetime) -> Ballot:
    """The ballot does not count and may be opened again; those who answer for it hear why."""
    ended = replace(ballot, state=State.VOID, remark=why, ended_at=now, until=None)
    saved = _end(uow, ballot, ended)
    record_of(uow, saved, "ballot_void", None, Surface.TICK, now, "")
    deciders = deciders_of(uow, place_of(ballot), now)
    for person in sorted({ballot.opened_by, *(decider.id for decider in deciders)}):
        tell_of(uow, saved, "ballot_void", f"person:{person}", now)
    return saved


def settle_otherwise(uow: UnitOfWork, ballot: Ballot, task: int, now: datetime) -> Ballot:
    """A tied ballot ended from above, in favour of that task."""
    ended = replace(
        ballot, state=State.DECIDED, winner=task, rule=Rule.OVERRIDE, ended_at=now, until=None
    )
    return _end(uow, ballot, ended)


def conclude(uow: UnitOfWork, ballot: Ballot, now: datetime, *, waited: bool = False) -> Ballot:
    """Count; wait for those who are between candidates; then decide."""
    candidates = uow.ballots.candidates(ballot.id)
    if ballot.mode is Mode.OPEN and not waited:
        unsure = _count(uow, ballot, candidates).unsure
        fresh = {
            p: Live(between=b) for p, b in unsure.items() if p not in uow.votes.asked(ballot.id)
        }
        if fresh:
            ask_which(uow, ballot, fresh, now)
            until = answer_by(now, calendar_of(uow))
            uow.projections.touch("ballot", [ballot.id])
            turnout = len(_count(uow, ballot, candidates).votes)
            asking = replace(ballot, state=State.ASKING, until=until, turnout=turnout)
            return uow.ballots.save(ballot, asking)
    turnout = _freeze(uow, ballot, candidates)
    return _decide(uow, ballot, replace(ballot, turnout=turnout), now)


def win(
    uow: UnitOfWork,
    ballot: Ballot,
    candidate: Candidate,
    rule: Rule,
    by: int | None,
    surface: Surface,
    now: datetime,
) -> Ballot:
    """The candidate is the representative task; the channel hears the result."""
    uow.representatives.put(
        Representative(
            round=ballot.round,
            department=ballot.department,
            task=candidate.task,
            rule=rule,
            ballot=ballot.id,
            by=by,
            at=now,
        )
    )
    won = replace(
        ballot, state=State.DECIDED, winner=candidate.task, rule=rule, ended_at=now, until=None
    )
    saved = _end(uow, ballot, won)
    record_of(uow, saved, "represent", by, surface, now, "", task=candidate.task)
    tell_of(uow, saved, "ballot_result", f"channel:{ballot.channel}", now)
    changed(uow, ballot.bureau)
    task = uow.tasks.get(candidate.task)
    if task is not None:
        want_card(uow, task)
    return saved


def final_votes(candidates: tuple[Candidate, ...]) -> dict[int, int]:
    """The votes that were counted, by candidate."""
    return {candidate.id: candidate.votes or 0 for candidate in candidates}


def tell_of(uow: UnitOfWork, ballot: Ballot, kind: str, recipient: str, now: datetime) -> None:
    """Tell somebody, once, something of the ballot."""
    uow.outbox.put(
        Fact(
            kind=kind,
            recipient=recipient,
            dedupe_key=f"{kind}:{ballot.id}:{recipient}",
            payload={"ballot": ballot.id},
            not_before=calendar_of(uow).office_moment(now),
        )
    )


def record_of(
    uow: UnitOfWork,
    ballot: Ballot,
    act: str,
    actor: int | None,
    surface: Surface,
    now: datetime,
    text: str,
    *,
    task: int | None = None,
) -> None:
    """Write down what became of the ballot, in a task's history where it is about one."""
    after: dict[str, Any] = {"ballot": ballot.id, "unit": ballot.department}
    if ballot.rule is not None:
        after["rule"] = ballot.rule.value
    if ballot.remark:
        after["remark"] = ballot.remark
    uow.audit.add(
        Entry(at=now, act=act, actor=actor, surface=surface, task=task, after=after, text=text)
    )


def _count(uow: UnitOfWork, ballot: Ballot, candidates: tuple[Candidate, ...]) -> Count:
    return count(
        uow.votes.marks(ballot.id),
        uow.ballots.electors(ballot.id),
        {candidate.id for candidate in candidates if not candidate.out},
        until=micros(ballot.closes_at),
        answers=uow.votes.answers(ballot.id),
    )


def _freeze(uow: UnitOfWork, ballot: Ballot, candidates: tuple[Candidate, ...]) -> int:
    """Write the final count down; how many voted."""
    if ballot.mode is Mode.SECRET:
        tally, turnout = uow.votes.sealed_tally(ballot.id), uow.votes.sealed_turnout(ballot.id)
    else:
        votes = _count(uow, ballot, candidates).votes
        for person in uow.votes.voters(ballot.id) | set(votes):
            if uow.votes.of(ballot.id, person) != votes.get(person):
                uow.votes.set(ballot.id, person, votes.get(person))
        tally, turnout = uow.votes.tally(ballot.id), len(votes)
    for candidate in candidates:
        uow.ballots.save_candidate(replace(candidate, votes=tally.get(candidate.id, 0)))
    return turnout


def _decide(uow: UnitOfWork, stored: Ballot, ballot: Ballot, now: datetime) -> Ballot:
    candidates = uow.ballots.candidates(ballot.id)
    standings = ranked(candidates, final_votes(candidates))
    if not standings:
        empty = replace(ballot, state=State.EMPTY, ended_at=now, until=None)
        saved = _end(uow, stored, empty)
        tell_of(uow, saved, "ballot_result", f"channel:{ballot.channel}", now)
        unit, round_ = uow.units.get(ballot.department), uow.rounds.get(ballot.round)
        if unit is not None and round_ is not None:
            ask_for_candidates(uow, round_, unit, now)
        return saved
    first = leaders(standings)
    if len(first) == 1:
        rule = Rule.LONE if len(standings) == 1 else Rule.VOTES
        return win(uow, ballot, first[0], rule, None, Surface.TICK, now)
    deciders = deciders_of(uow, place_of(ballot), now)
    if not deciders:
        winner, rule = by_rule(first)
        return win(uow, ballot, winner, rule, None, Surface.TICK, now)
    until = answer_by(now, calendar_of(uow))
    tied = uow.ballots.save(stored, replace(ballot, state=State.TIED, until=until))
    uow.projections.touch("ballot", [ballot.id])
    for decider in deciders:
        tell_of(uow, tied, "ballot_tie", f"person:{decider.id}", now)
    uow.projections.touch("home", [decider.id for decider in deciders])
    return tied


def _end(uow: UnitOfWork, stored: Ballot, ended: Ballot) -> Ballot:
    """Store an end; of a secret ballot only the tally stays."""
    saved = uow.ballots.save(stored, ended)
    if ended.mode is Mode.SECRET:
        uow.ballots.destroy_nonce(ended.id)
        uow.votes.forget_sealed(ended.id)
    uow.projections.touch("ballot", [ended.id])
    uow.projections.touch("candidate", [c.id for c in uow.ballots.candidates(ended.id)])
    day = today(ended.ended_at or ended.closes_at)
    heads = uow.people.holder_ids((Role.HEAD, Role.DIRECTOR), place_of(ended), day)
    uow.projections.touch("home", sorted(uow.ballots.electors(ended.id) | heads))
    return saved
