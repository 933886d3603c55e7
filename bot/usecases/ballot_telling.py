"""What ballots tell: where their messages stand, and what each says at the moment of telling."""

from collections.abc import Mapping
from dataclasses import replace
from datetime import datetime
from typing import Any

from bot.domain.ballot import VOTING, Ballot, Candidate, Mode, State
from bot.domain.ballot_screens import (
    BallotShown,
    CandidateShown,
    Chosen,
    Outsider,
    Panel,
    VoteNow,
    Which,
)
from bot.domain.calendar import today
from bot.domain.facts import Fact, Projection
from bot.domain.org import Person
from bot.domain.rights import Act
from bot.usecases.acting import deciders_of
from bot.usecases.ballots import as_chosen, ballot_of, department_of, panel_of, shown
from bot.usecases.closing import GONE
from bot.usecases.concluding import void
from bot.usecases.telling import Load
from bot.usecases.voting import between_of
from storage.unit import UnitOfWork

Payload = Mapping[str, Any]


def posted(uow: UnitOfWork, fact: Fact, channel: str, ts: str, now: datetime) -> None:
    """A message of a ballot stands in the channel; under a candidate comes the bot's own sign."""
    ballot = ballot_of(uow, fact.payload["ballot"])
    where = f"channel:{ballot.channel}"
    if fact.kind == "ballot_message":
        uow.ballots.save(ballot, replace(ballot, ts=ts))
        uow.projections.adopt(
            Projection(kind="ballot", subject=ballot.id, recipient=where), channel, ts
        )
    elif fact.kind == "ballot_candidate":
        candidate = _candidate(uow, ballot, fact.payload["candidate"])
        uow.ballots.save_candidate(replace(candidate, ts=ts))
        uow.projections.adopt(
            Projection(kind="candidate", subject=candidate.id, recipient=where), channel, ts
        )
        if ballot.mode is Mode.SECRET:
            _ready(uow, ballot, replace(candidate, ts=ts))
            return
        payload = {"ballot": ballot.id, "candidate": candidate.id, "channel": channel, "ts": ts}
        key = f"ballot_seed:{candidate.id}"
        uow.outbox.put(Fact(kind="ballot_seed", recipient="slack", dedupe_key=key, payload=payload))


def seeded(uow: UnitOfWork, payload: Payload, answer: str, now: datetime) -> None:
    """The bot's own sign stands, or the message is gone (`answer`: Slack's code); voting begins
    with the last one."""
    ballot = ballot_of(uow, payload["ballot"])
    candidate = _candidate(uow, ballot, payload["candidate"])
    if ballot.state not in VOTING:
        return
    if answer and not candidate.out:
        void(uow, ballot, GONE[answer], now)
        return
    _ready(uow, ballot, candidate)


def _ready(uow: UnitOfWork, ballot: Ballot, candidate: Candidate) -> None:
    """One candidate can be voted for; with the last of them the vote begins."""
    uow.ballots.save_candidate(replace(candidate, seeded=True))
    candidates = uow.ballots.candidates(ballot.id)
    if ballot.state is State.POSTING and all(c.seeded or c.out for c in candidates):
        uow.ballots.save(ballot, replace(ballot, state=State.OPEN))
        uow.projections.touch("ballot", [ballot.id])


def ballot_shown(uow: UnitOfWork, number: int, now: datetime) -> BallotShown | None:
    """What the ballot's message shows to everybody in the channel."""
    ballot = uow.ballots.get(number)
    return shown(uow, ballot, None, now) if ballot else None


def candidate_shown(uow: UnitOfWork, number: int, now: datetime) -> CandidateShown | None:
    """What a candidate's message shows."""
    found = uow.ballots.candidate(number)
    if found is None:
        return None
    ballot, candidate = found
    return CandidateShown(shown=shown(uow, ballot, None, now), candidate=candidate)


def _candidate(uow: UnitOfWork, ballot: Ballot, number: int) -> Candidate:
    return next(c for c in uow.ballots.candidates(ballot.id) if c.id == number)


def _message(
    uow: UnitOfWork, _: Person | None, payload: Payload, now: datetime
) -> BallotShown | None:
    """Only while it can still be voted in: a ballot that ended unposted is told to its heads."""
    found = ballot_shown(uow, payload["ballot"], now)
    return found if found and found.ballot.state in VOTING else None


def _result(
    uow: UnitOfWork, _: Person | None, payload: Payload, now: datetime
) -> BallotShown | None:
    return ballot_shown(uow, payload["ballot"], now)


def _lost(
    uow: UnitOfWork, person: Person | None, payload: Payload, now: datetime
) -> BallotShown | None:
    """Only while the ballot still needs its channel."""
    found = shown(uow, ballot_of(uow, payload["ballot"]), person, now)
    return found if found.ballot.state in (*VOTING, State.COUNTING) else None


def _for_candidate(
    uow: UnitOfWork, _: Person | None, payload: Payload, now: datetime
) -> CandidateShown | None:
    found = candidate_shown(uow, payload["candidate"], now)
    return found if found and found.shown.ballot.state in VOTING else None


def _receipt(uow: UnitOfWork, _: Person | None, payload: Payload, now: datetime) -> VoteNow | None:
    """Only while the vote can still be changed; afterwards the result says more."""
    ballot = ballot_of(uow, payload["ballot"])
    if ballot.state not in VOTING or ballot.closes_at <= now:
        return None
    voter = uow.people.get(payload["person"], today(now))
    return VoteNow(shown=shown(uow, ballot, voter, now))


def _outsider(
    uow: UnitOfWork, _: Person | None, payload: Payload, now: datetime
) -> Outsider | None:
    unit = uow.units.get(ballot_of(uow, payload["ballot"]).department)
    return Outsider(department=unit.name, reason=payload["reason"]) if unit else None


def _reminder(
    uow: UnitOfWork, person: Person | None, payload: Payload, now: datetime
) -> BallotShown | None:
    """Only for those who still have not voted."""
    found = shown(uow, ballot_of(uow, payload["ballot"]), person, now)
    over = found.ballot.state not in VOTING or found.ballot.closes_at <= now
    return None if over or found.voted else found


def _which(uow: UnitOfWork, person: Person | None, payload: Payload, now: datetime) -> Which | None:
    """Only while it is still not known which of their signs came last."""
    ballot = ballot_of(uow, payload["ballot"])
    if person is None or ballot.state not in (*VOTING, State.COUNTING, State.ASKING):
        return None
    if person.id in uow.votes.answers(ballot.id):
        return None
    between = between_of(uow, ballot, person.id)
    if not between:
        return None
    return Which(
        shown=shown(uow, ballot, person, now),
        between=between,
        until=ballot.until or ballot.closes_at,
    )


def _tie(
    uow: UnitOfWork, person: Person | None, payload: Payload, now: datetime
) -> BallotShown | None:
    found = shown(uow, ballot_of(uow, payload["ballot"]), person, now)
    return found if Act.BALLOT_SETTLE in found.may else None


def _none(uow: UnitOfWork, person: Person | None, payload: Payload, now: datetime) -> Panel | None:
    """Only while there is nothing to vote on."""
    unit, place = department_of(uow, payload["department"])
    if person is None or person not in deciders_of(uow, place, now):
        return None
    panel = panel_of(uow, person, unit, place, now)
    return None if panel.candidates or panel.chosen else panel


def _override(uow: UnitOfWork, _: Person | None, payload: Payload, now: datetime) -> Chosen | None:
    found = uow.representatives.of(payload["round"], payload["department"])
    return as_chosen(uow, found) if found else None


def _voided(
    uow: UnitOfWork, person: Person | None, payload: Payload, now: datetime
) -> BallotShown | None:
    return shown(uow, ballot_of(uow, payload["ballot"]), person, now)


LOADS: Mapping[tuple[str, int], Load] = {
    ("ballot_message", 1): _message,
    ("ballot_candidate", 1): _for_candidate,
    ("ballot_receipt", 1): _receipt,
    ("ballot_outsider", 1): _outsider,
    ("ballot_reminder", 1): _reminder,
    ("ballot_which", 1): _which,
    ("ballot_tie", 1): _tie,
    ("ballot_lone", 1): _tie,
    ("ballot_none", 1): _none,
    ("ballot_lost", 1): _lost,
    ("ballot_result", 1): _result,
    ("ballot_override", 1): _override,
    ("ballot_void", 1): _voided,
}
"""How what ballots ever put is told today."""
