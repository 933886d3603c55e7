"""Closing: the hour of a ballot, the count in Slack, and what is asked there meanwhile."""

from collections.abc import Mapping
from dataclasses import replace
from datetime import datetime
from typing import Any

from bot.domain.ballot import (
    RECOUNTED_AGAIN,
    RECOUNTED_EVERY,
    SECRET_FROM,
    VOTING,
    Ballot,
    Candidate,
    Mode,
    State,
    answer_by,
    micros,
    reminded_at,
)
from bot.domain.ballot_screens import BallotShown
from bot.domain.calendar import today
from bot.domain.counting import corrections
from bot.domain.errors import BotError
from bot.domain.facts import Fact
from bot.domain.results import Surface
from bot.domain.rights import Act, has_role
from bot.usecases.acting import allowed_at, calendar_of
from bot.usecases.ballots import ballot_of, place_of, shown
from bot.usecases.concluding import conclude, record_of, void
from bot.usecases.opening import DECIDING, said
from bot.usecases.voting import reminder_key, stand
from storage.unit import UnitOfWork

_AT_A_TICK = 50
_OPEN_AT_MOST = 1000
"""Ballots that are recounted in one write; a province has some two hundred departments."""
_IN_FLIGHT = 60_000_000
"""Microseconds an event may still be on its way when Slack is asked meanwhile."""
GONE: Mapping[str, str] = {
    "message_not_found": "ballot-void-deleted",
    "is_archived": "ballot-void-archived",
}
"""What is said of a ballot whose messages Slack no longer has. That the bot is not in the channel
is none of these: it can be invited again."""


def due(uow: UnitOfWork, now: datetime) -> tuple[int, ...]:
    """The ballots that have reached their hour, or the end of what they waited for."""
    found = uow.ballots.closing(now, _AT_A_TICK) + uow.ballots.overdue(now, _AT_A_TICK)
    return tuple(ballot.id for ballot in found)


def go_on(uow: UnitOfWork, number: int, now: datetime) -> None:
    """Begin the count of one, or decide where no answer came."""
    ballot = ballot_of(uow, number)
    if ballot.state in VOTING and ballot.closes_at <= now:
        begin_count(uow, ballot, now)
    elif ballot.state is State.COUNTING:
        void(uow, ballot, "ballot-void-removed", now)  # nobody has invited the bot again
    elif ballot.until is not None and ballot.until <= now:
        conclude(uow, ballot, now, waited=True)


def look_in_between(uow: UnitOfWork, now: datetime) -> None:
    """Ask Slack now and then what stands, so that what events missed shows before the end."""
    for ballot in uow.ballots.to_recount(now, _AT_A_TICK):
        uow.ballots.save(ballot, replace(ballot, recount_at=now + RECOUNTED_EVERY))
        if ballot.mode is Mode.OPEN:
            _ask_slack(uow, ballot, now, final=False)


def events_were_dropped(uow: UnitOfWork, now: datetime) -> None:
    """Slack did not tell everything: ask it what stands, now and again once it has calmed down.

    It says so once a minute for as long as it lasts, which may be an hour; a ballot that is to be
    asked about soon is not asked about now.
    """
    soon = now + RECOUNTED_AGAIN
    for ballot in uow.ballots.to_recount(now + RECOUNTED_EVERY, _OPEN_AT_MOST):
        if ballot.recount_at is None or ballot.recount_at <= soon:
            continue
        uow.ballots.save(ballot, replace(ballot, recount_at=soon))
        if ballot.mode is Mode.OPEN:
            _ask_slack(uow, ballot, now, final=False)


def remind(uow: UnitOfWork, now: datetime) -> None:
    """On the working day before closing, once, those who have not voted and are not exempt."""
    calendar = calendar_of(uow)
    if calendar.office_moment(now) != now:
        return
    for ballot in uow.ballots.to_remind():
        if not reminded_at(ballot, calendar) <= now < ballot.closes_at:
            continue
        uow.ballots.save(ballot, replace(ballot, reminded_at=now))
        if reminded_at(ballot, calendar) <= ballot.opened_at:
            continue  # opened on that very day: the ballot's own message has just told them
        exempt = uow.exemptions.granted_teams(ballot.round)
        people = uow.people.many(sorted(uow.ballots.electors(ballot.id)), today(now))
        for person in people.values():
            teams = {p.place.team for p in person.posts if p.place.department == ballot.department}
            if teams and teams <= exempt:
                continue
            uow.outbox.put(
                Fact(
                    kind="ballot_reminder",
                    recipient=f"person:{person.id}",
                    dedupe_key=reminder_key(ballot.id, person.id),
                    payload={"ballot": ballot.id},
                )
            )


def ready(
    uow: UnitOfWork, who: str, surface: Surface, ballot: int, now: datetime
) -> tuple[BallotShown, bool]:
    """The ballot for the form that closes it, and whether to say why; raises as closing would."""
    found = ballot_of(uow, ballot)
    place = place_of(found)
    person = allowed_at(uow, who, surface, Act.BALLOT_CLOSE, place, now)
    _check_early(uow, found)
    return shown(uow, found, person, now), not has_role(person, DECIDING, place)


def close_now(
    uow: UnitOfWork, who: str, surface: Surface, ballot: int, *, reason: str, now: datetime
) -> Ballot:
    """Close a ballot before its hour; headquarters says why."""
    found = ballot_of(uow, ballot)
    person = allowed_at(uow, who, surface, Act.BALLOT_CLOSE, place_of(found), now)
    _check_early(uow, found)
    reason = said(person, place_of(found), reason)
    record_of(uow, found, Act.BALLOT_CLOSE, person.id, surface, now, reason)
    return begin_count(uow, uow.ballots.save(found, replace(found, closes_at=now)), now)


def _check_early(uow: UnitOfWork, ballot: Ballot) -> None:
    """Refuse to close what is closed, not whole yet, or so early that a vote could be told."""
    if ballot.state not in VOTING:
        raise BotError("error-ballot-over")
    if ballot.state is State.POSTING:
        raise BotError("error-ballot-posting")
    if ballot.mode is Mode.SECRET and uow.votes.sealed_turnout(ballot.id) < SECRET_FROM:
        raise BotError("error-ballot-secret-early", least=SECRET_FROM)


def begin_count(uow: UnitOfWork, ballot: Ballot, now: datetime) -> Ballot:
    """Take no more votes and ask Slack what stands; a secret ballot is counted at once."""
    candidates = uow.ballots.candidates(ballot.id)
    if ballot.mode is Mode.OPEN and any(c.ts is None and not c.out for c in candidates):
        return void(uow, ballot, "ballot-void-unposted", now)
    counting = uow.ballots.save(ballot, replace(ballot, state=State.COUNTING))
    uow.projections.touch("ballot", [ballot.id])
    standing = [candidate for candidate in candidates if not candidate.out]
    if ballot.mode is Mode.SECRET or not standing:
        return conclude(uow, counting, now)
    _ask_slack(uow, counting, now, final=True)
    return counting


def counted(
    uow: UnitOfWork, payload: Mapping[str, Any], answer: Mapping[str, Any], now: datetime
) -> None:
    """What Slack shows under one candidate; with the last answer after closing, the result."""
    ballot, final = ballot_of(uow, payload["ballot"]), bool(payload["final"])
    if ballot.state not in ((State.COUNTING,) if final else VOTING):
        return
    candidates = {c.id: c for c in uow.ballots.candidates(ballot.id)}
    candidate = candidates[payload["candidate"]]
    if candidate.recounted_at is not None:
        return
    code = answer.get("gone")
    if code and not candidate.out:
        void(uow, ballot, GONE[code], now)
        return
    changed = [] if code else _correct(uow, ballot, candidate, payload, answer)
    if not final:
        stand(uow, ballot, changed, now, tell_at=calendar_of(uow).office_moment(now))
        return
    uow.ballots.save_candidate(replace(candidate, recounted_at=now))
    left = [c for c in candidates.values() if not c.out and c.id != candidate.id]
    if all(c.recounted_at is not None for c in left):
        conclude(uow, ballot, now)


def unreachable(uow: UnitOfWork, payload: Mapping[str, Any], now: datetime) -> None:
    """Slack does not let the bot into the channel whose ballot it is to count: that is waited for
    until 18:00 of the next working day."""
    if not payload.get("final"):
        return
    ballot = ballot_of(uow, payload["ballot"])
    if ballot.state is State.COUNTING and ballot.until is None:
        uow.ballots.save(ballot, replace(ballot, until=answer_by(now, calendar_of(uow))))


def _ask_slack(uow: UnitOfWork, ballot: Ballot, now: datetime, *, final: bool) -> None:
    for candidate in uow.ballots.candidates(ballot.id):
        if candidate.out or candidate.ts is None:
            continue
        key = f"ballot_count:{candidate.id}:{'final' if final else now.isoformat()}"
        payload = {"ballot": ballot.id, "candidate": candidate.id, "channel": ballot.channel}
        payload |= {"ts": candidate.ts, "final": final, "asked": micros(now)}
        uow.outbox.put(
            Fact(kind="ballot_count", recipient="slack", dedupe_key=key, payload=payload)
        )


def _correct(
    uow: UnitOfWork,
    ballot: Ballot,
    candidate: Candidate,
    payload: Mapping[str, Any],
    answer: Mapping[str, Any],
) -> list[int]:
    """Add the marks that make the log agree with Slack; whose they are."""
    ids = uow.people.by_slacks([slack_id for slack_id, _ in answer["standing"]])
    electors = uow.ballots.electors(ballot.id)
    seen = {
        (ids[slack_id], candidate.id, name.partition("::")[2])
        for slack_id, name in answer["standing"]
        if ids.get(slack_id) in electors
    }
    known = [mark for mark in uow.votes.marks(ballot.id) if mark.candidate == candidate.id]
    moment = micros(ballot.closes_at) if payload["final"] else payload["asked"] - _IN_FLIGHT
    found = corrections(known, seen, moment)
    uow.votes.mark(ballot.id, found)
    return sorted({mark.person for mark in found})
