"""Voting: what a reaction or a secret choice does to the one live vote a person has."""

from datetime import UTC, datetime

from bot.domain.ballot import (
    LIVE,
    VOTING,
    Ballot,
    Candidate,
    Mode,
    State,
    is_sign,
    micros,
)
from bot.domain.ballot_screens import BallotShown
from bot.domain.calendar import today
from bot.domain.counting import Live, Mark, live
from bot.domain.errors import BotError
from bot.domain.facts import Fact
from bot.domain.org import Person, Role
from bot.domain.rights import has_role
from bot.domain.sealing import NOBODY
from bot.usecases.acting import calendar_of, person_of
from bot.usecases.ballots import ballot_of, place_of, shown
from storage.unit import UnitOfWork

_RECEIPT_SECONDS = 2
"""A voter's changes within so many seconds are one receipt."""
_TAKES_MARKS = VOTING | {State.COUNTING, State.ASKING}


def reacted(
    uow: UnitOfWork,
    slack_id: str,
    channel: str,
    ts: str,
    name: str,
    *,
    added: bool,
    at: int,
    now: datetime,
) -> None:
    """Somebody's reaction came or went at `at` (Slack's microseconds).

    It is kept as a mark, however late and however often it is told; only what happened before
    closing moves a vote.
    """
    found = uow.ballots.candidate_at(channel, ts) if is_sign(name) else None
    if found is None:
        return
    ballot, candidate = found
    if ballot.mode is Mode.SECRET or ballot.state not in _TAKES_MARKS:
        return
    person = uow.people.by_slack(slack_id, today(now))
    if person is None or not uow.ballots.is_elector(ballot.id, person.id):
        if added and ballot.state in VOTING:
            _tell_outsider(uow, ballot, person, slack_id)
        return
    mark = Mark(
        person=person.id,
        candidate=candidate.id,
        variant=name.partition("::")[2],
        at=at,
        added=added,
    )
    if (
        uow.votes.mark(ballot.id, [mark])
        and ballot.state in VOTING
        and at < micros(ballot.closes_at)
    ):
        stand(uow, ballot, [person.id], now, tell_at=now)


def stand(
    uow: UnitOfWork, ballot: Ballot, people: list[int], now: datetime, *, tell_at: datetime
) -> None:
    """Have these people's live votes follow their marks; each hears, from `tell_at`, where theirs
    is then."""
    standing = {c.id for c in uow.ballots.candidates(ballot.id) if not c.out}
    answers = uow.votes.answers(ballot.id)
    closed = micros(ballot.closes_at)
    known = uow.people.many(people, today(now))
    moved = False
    for person in people:
        marks = uow.votes.marks(ballot.id, person)
        found = live(marks, standing, until=closed, answer=answers.get(person))
        if found.between:
            ask_which(uow, ballot, {person: found}, now)
        if found.candidate != uow.votes.of(ballot.id, person):
            uow.votes.set(ballot.id, person, found.candidate)
            _put_receipt(uow, ballot, known.get(person), tell_at)
            moved = True
    if moved:
        uow.projections.touch("ballot", [ballot.id])
        uow.projections.touch("home", people)


def cast(uow: UnitOfWork, who: str, ballot: int, candidate: int, now: datetime) -> BallotShown:
    """Give or change a secret vote.

    Nothing else is written here: no history, no key of the request, no message; anything that
    was stored together with the vote could tell whose it is.
    """
    person = person_of(uow, who, now)
    found = votable(uow, person, ballot, now)
    nonce = uow.ballots.nonce(found.id)
    if nonce is None:
        raise BotError("error-ballot-over")
    if uow.ballots.check(found.id) != uow.seal.voter(nonce, NOBODY):
        raise BotError("error-ballot-other-secret")
    _standing(uow, found, candidate)
    uow.votes.seal(found.id, uow.seal.voter(nonce, person.id), candidate)
    uow.projections.touch("ballot", [found.id])
    return shown(uow, found, person, now)


def ready(uow: UnitOfWork, who: str, ballot: int, now: datetime) -> BallotShown:
    """The ballot for a secret vote's form; raises as the vote itself would."""
    person = person_of(uow, who, now)
    return shown(uow, votable(uow, person, ballot, now), person, now)


def votable(uow: UnitOfWork, person: Person, ballot: int, now: datetime) -> Ballot:
    """The secret ballot in which the person may vote now."""
    found = ballot_of(uow, ballot)
    if found.mode is not Mode.SECRET:
        raise BotError("error-ballot-not-secret")
    if found.state not in VOTING or now >= found.closes_at:
        raise BotError("error-ballot-over")
    if not uow.ballots.is_elector(found.id, person.id):
        raise BotError("error-ballot-not-elector")
    return found


def answer(uow: UnitOfWork, who: str, ballot: int, candidate: int, now: datetime) -> Ballot:
    """Somebody who stood on several candidates says which one they mean; the ballot they did in."""
    person = person_of(uow, who, now)
    found = ballot_of(uow, ballot)
    if found.state not in _TAKES_MARKS or (found.until is not None and found.until <= now):
        raise BotError("error-ballot-over")
    if person.id not in uow.votes.asked(found.id):
        raise BotError("error-ballot-not-elector")
    between = between_of(uow, found, person.id)
    if between and candidate not in {one.id for one in between}:
        raise BotError("error-ballot-not-candidate", field="candidate")
    uow.votes.answer(found.id, person.id, candidate)
    if found.state in VOTING:
        stand(uow, found, [person.id], now, tell_at=now)
    return found


def between_of(uow: UnitOfWork, ballot: Ballot, person: int) -> tuple[Candidate, ...]:
    """The candidates of whom nobody knows which the person chose last before the end."""
    standing = {c.id: c for c in uow.ballots.candidates(ballot.id) if not c.out}
    marks = uow.votes.marks(ballot.id, person)
    found = live(marks, standing, until=micros(ballot.closes_at))
    return tuple(standing[number] for number in found.between)


def ask_which(uow: UnitOfWork, ballot: Ballot, found: dict[int, Live], now: datetime) -> None:
    """Ask those between several candidates, once each; nobody knows which sign came last."""
    new = [person for person in found if person not in uow.votes.asked(ballot.id)]
    uow.votes.ask(ballot.id, new, now)
    for person in new:
        uow.outbox.put(
            Fact(
                kind="ballot_which",
                recipient=f"person:{person}",
                dedupe_key=f"ballot_which:{ballot.id}:{person}",
                payload={"ballot": ballot.id},
                not_before=calendar_of(uow).office_moment(now),
            )
        )


def reminder_key(ballot: int, person: int) -> str:
    """The key of a person's reminder to vote."""
    return f"ballot_reminder:{ballot}:{person}"


def _standing(uow: UnitOfWork, ballot: Ballot, candidate: int) -> Candidate:
    for one in uow.ballots.candidates(ballot.id):
        if one.id == candidate and not one.out:
            return one
    raise BotError("error-ballot-not-candidate", field="candidate")


def _put_receipt(uow: UnitOfWork, ballot: Ballot, person: Person | None, tell_at: datetime) -> None:
    if person is None or person.slack_id is None:
        return
    slot = int(tell_at.timestamp()) // _RECEIPT_SECONDS + 1
    uow.outbox.put(
        Fact(
            kind="ballot_receipt",
            recipient=f"ephemeral:{ballot.channel}:{person.slack_id}",
            dedupe_key=f"ballot_receipt:{ballot.id}:{person.id}:{slot}",
            payload={"ballot": ballot.id, "person": person.id},
            not_before=datetime.fromtimestamp(slot * _RECEIPT_SECONDS, UTC),
        )
    )


def _tell_outsider(uow: UnitOfWork, ballot: Ballot, person: Person | None, slack_id: str) -> None:
    """Say once why a sign does not count."""
    reason = "outsider"
    if person is not None and has_role(person, (Role.HEAD,), place_of(ballot)):
        reason = "head"
    elif person is not None and any(
        post.place.department == ballot.department for post in person.posts
    ):
        reason = "newcomer"
    if ballot.state in LIVE:
        uow.outbox.put(
            Fact(
                kind="ballot_outsider",
                recipient=f"ephemeral:{ballot.channel}:{slack_id}",
                dedupe_key=f"ballot_outsider:{ballot.id}:{slack_id}",
                payload={"ballot": ballot.id, "reason": reason},
            )
        )
