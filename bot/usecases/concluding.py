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
from bot.domain.task import Task
from bot.usecases.acting import allowed_at, calendar_of, deciders_of, want_card
from bot.usecases.ballots import ballot_of, final_votes, place_of
from bot.usecases.opening import ask_for_candidates, ask_for_the_lone
from bot.usecases.review_changes import changed
from bot.usecases.voting import ask_which, reminder_key, stand
from storage.unit import UnitOfWork


def answered(uow: UnitOfWork, ballot: Ballot, now: datetime) -> None:
    """After an answer: the result does not wait longer than for the last of them."""
    if ballot.state is not State.ASKING:
        return
    if not _count(uow, ballot, uow.ballots.candidates(ballot.id)).unsure:
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
        ends = min(now, found.closes_at)
        found = replace(found, turnout=_freeze(uow, found, candidates), closes_at=ends)
    return win(uow, found, chosen, rule, person.id, surface, now)


def void(uow: UnitOfWork, ballot: Ballot, why: str, now: datetime) -> Ballot:
    """The ballot does not count and may be opened again; those who answer for it hear why."""
    ended = replace(ballot, state=State.VOID, remark=why, ended_at=now, until=None)
    saved = _end(uow, ballot, ended)
    record_of(uow, saved, "ballot_void", None, Surface.TICK, now, "")
    for person in answer_for(uow, ballot, now):
        tell_of(uow, saved, "ballot_void", f"person:{person}", now)
    return saved


def answer_for(uow: UnitOfWork, ballot: Ballot, now: datetime) -> list[int]:
    """Who answers for a ballot: whoever opened it, and those who decide in its department."""
    deciders = deciders_of(uow, place_of(ballot), now)
    return sorted({ballot.opened_by, *(decider.id for decider in deciders)})


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
        counted = _count(uow, ballot, candidates)
        if counted.unsure:
            # Waited for too: those who were asked before, whose message may not have left yet.
            ask_which(uow, ballot, {p: Live(between=b) for p, b in counted.unsure.items()}, now)
            until = answer_by(now, calendar_of(uow))
            uow.projections.touch("ballot", [ballot.id])
            turnout = len(counted.votes)
            asking = replace(ballot, state=State.ASKING, until=until, turnout=turnout)
            return uow.ballots.save(ballot, asking)
    turnout = _freeze(uow, ballot, candidates)
    return _decide(uow, ballot, replace(ballot, turnout=turnout), now)


def candidate_out(uow: UnitOfWork, task: Task, now: datetime) -> None:
    """A task that can no longer be chosen leaves its ballot; its votes fall back.

    A tie is decided anew without it, and a ballot without any candidate ends.
    """
    found = uow.ballots.of_task(task.id)
    if found is None or found[1].out:
        return
    ballot, candidate = found
    uow.ballots.save_candidate(replace(candidate, out=True))
    uow.projections.touch("candidate", [candidate.id])
    uow.projections.touch("ballot", [ballot.id])
    left = [c for c in uow.ballots.candidates(ballot.id) if not c.out]
    if not left or ballot.state is State.TIED:
        conclude(uow, ballot, now, waited=True)
        return
    if ballot.mode is Mode.OPEN and ballot.state in VOTING:
        people, tell_at = uow.votes.marks_on(candidate.id), calendar_of(uow).office_moment(now)
        stand(uow, ballot, sorted(people), now, tell_at=tell_at)
    if len(left) == 1 and ballot.state in VOTING:
        ask_for_the_lone(uow, ballot, now)


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


def tell_of(uow: UnitOfWork, ballot: Ballot, kind: str, recipient: str, now: datetime) -> None:
    """Tell somebody, once, something of the ballot."""
    uow.outbox.put(
        Fact(
            kind=kind,
            recipient=recipient,
            dedupe_key=f"{kind}:{ballot.id}:{ballot.version}:{recipient}",
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
    """The count as it is known now, which the live votes follow."""
    found = count(
        uow.votes.marks(ballot.id),
        uow.ballots.electors(ballot.id),
        {candidate.id for candidate in candidates if not candidate.out},
        until=micros(ballot.closes_at),
        answers=uow.votes.answers(ballot.id),
    )
    for person in uow.votes.voters(ballot.id) | set(found.votes):
        if uow.votes.of(ballot.id, person) != found.votes.get(person):
            uow.votes.set(ballot.id, person, found.votes.get(person))
    return found


def _freeze(uow: UnitOfWork, ballot: Ballot, candidates: tuple[Candidate, ...]) -> int:
    """Write the final count down; how many voted. Of secret votes only the tally stays."""
    if ballot.mode is Mode.OPEN:
        turnout = len(_count(uow, ballot, candidates).votes)
        tally = uow.votes.tally(ballot.id)
    elif uow.ballots.nonce(ballot.id) is None:
        return ballot.turnout  # counted before
    else:
        counts = uow.votes.sealed_tally(ballot.id)
        tally = {c.id: counts.get(c.id, 0) for c in candidates if not c.out}
        turnout = sum(tally.values())
        _unlink(uow, ballot)
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
    until = stored.until if stored.state is State.TIED else None
    if not deciders or (until is not None and until <= now):
        winner, rule = by_rule(first)
        return win(uow, ballot, winner, rule, None, Surface.TICK, now)
    until = until or answer_by(now, calendar_of(uow))
    tied = uow.ballots.save(stored, replace(ballot, state=State.TIED, until=until))
    uow.projections.touch("ballot", [ballot.id])
    for decider in deciders:
        tell_of(uow, tied, "ballot_tie", f"person:{decider.id}", now)
    uow.projections.touch("home", [decider.id for decider in deciders])
    return tied


def _end(uow: UnitOfWork, stored: Ballot, ended: Ballot) -> Ballot:
    """Store an end, and have everybody see it."""
    saved = uow.ballots.save(stored, ended)
    if ended.mode is Mode.SECRET:
        _unlink(uow, ended)
    uow.projections.touch("ballot", [ended.id])
    uow.projections.touch("candidate", [c.id for c in uow.ballots.candidates(ended.id)])
    day = today(ended.ended_at or ended.closes_at)
    heads = uow.people.holder_ids((Role.HEAD, Role.DIRECTOR), place_of(ended), day)
    uow.projections.touch("home", sorted(uow.ballots.electors(ended.id) | heads))
    return saved


def _unlink(uow: UnitOfWork, ballot: Ballot) -> None:
    """From now on nobody can tell, not even with the secret, who voted or for what.

    What became of the reminders tells who had voted, so these go as well.
    """
    uow.ballots.destroy_nonce(ballot.id)
    uow.votes.forget_sealed(ballot.id)
    electors = sorted(uow.ballots.electors(ballot.id))
    uow.outbox.forget([reminder_key(ballot.id, person) for person in electors])
    uow.forgot = True
