"""Opening ballots: candidates and electorate as they are at that moment, frozen."""

from dataclasses import dataclass
from datetime import date, datetime, time
from typing import Any

from bot.domain.ballot import (
    RECOUNTED_EVERY,
    SECRET_FROM,
    Ballot,
    Mode,
    check_closing,
    check_opening,
    usual_closing,
)
from bot.domain.ballot_screens import Opening
from bot.domain.calendar import at, local, today
from bot.domain.errors import BotError
from bot.domain.facts import Fact
from bot.domain.org import Person, Place, Role, Unit
from bot.domain.proposing import checked_text
from bot.domain.results import Entry, Surface
from bot.domain.rights import Act, has_role
from bot.domain.round import Round
from bot.domain.sealing import NOBODY
from bot.domain.task import Task
from bot.domain.text import is_visible
from bot.usecases.acting import allowed_at, calendar_of, deciders_of
from bot.usecases.ballots import department_of
from bot.usecases.covering import department_coverage
from storage.unit import UnitOfWork

DECIDING = (Role.HEAD, Role.DIRECTOR)
"""Who opens a ballot of their own; anybody else says why."""


@dataclass(frozen=True, kw_only=True)
class Opened:
    """What an opening came to; what a receipt needs and an idempotent answer keeps."""

    ballots: tuple[int, ...]


def ready(uow: UnitOfWork, who: str, surface: Surface, department: int, now: datetime) -> Opening:
    """What the opener is shown first; raises as the opening itself would."""
    unit, place = department_of(uow, department)
    person = allowed_at(uow, who, surface, Act.BALLOT_OPEN, place, now)
    round_, _, tasks = _openable(uow, unit, now)
    electors = electorate(uow, place, now)
    check_opening(len(tasks), len(electors), Mode.OPEN)
    votes_by = uow.rounds.votes_by(round_.id).get(place.bureau or 0, round_.votes_by)
    return Opening(
        department=unit,
        round=round_.name,
        candidates=uow.lists.of([task.id for task in tasks]),
        electors=len(electors),
        closes_at=usual_closing(votes_by, now, calendar_of(uow)),
        secret_possible=len(electors) >= SECRET_FROM and bool(uow.seal.secret),
        needs_reason=not has_role(person, DECIDING, place),
        today=today(now),
    )


def outside(uow: UnitOfWork, department: int, members: frozenset[str], now: datetime) -> list[str]:
    """Electors who are not in the department's channel (`members`: Slack ids), by name."""
    _, place = department_of(uow, department)
    staff = [p for p in electorate(uow, place, now) if p.slack_id not in members]
    names = uow.people.names([person.id for person in staff])
    return [names[person.id] for person in staff]


def open_ballot(
    uow: UnitOfWork,
    who: str,
    surface: Surface,
    *,
    department: int,
    closes_at: datetime,
    mode: Mode,
    reason: str,
    now: datetime,
) -> Opened:
    """Open a department's ballot; headquarters says why."""
    unit, place = department_of(uow, department)
    person = allowed_at(uow, who, surface, Act.BALLOT_OPEN, place, now)
    reason = said(person, place, reason)
    round_, channel, tasks = _openable(uow, unit, now)
    check_closing(closes_at, now, calendar_of(uow), last=round_.ends_on)
    ballot = freeze(
        uow, person, surface, round_, place, channel, tasks, closes_at, mode, reason, now
    )
    return Opened(ballots=(ballot.id,))


def electorate(uow: UnitOfWork, place: Place, now: datetime) -> tuple[Person, ...]:
    """All staff of the department at this moment except its head, who settles ties."""
    staff = uow.people.in_department(place.department or 0, today(now))
    return tuple(
        person for person in staff if person.active and not has_role(person, (Role.HEAD,), place)
    )


def ask_for_candidates(uow: UnitOfWork, round_: Round, unit: Unit, now: datetime) -> None:
    """Ask the head of a department that has no candidate, unless all its teams are exempt."""
    covered = department_coverage(uow, round_, unit.id, now)
    if covered is not None and covered.exempt:
        return
    for head in deciders_of(uow, Place(bureau=unit.parent, department=unit.id), now):
        uow.outbox.put(
            Fact(
                kind="ballot_none",
                recipient=f"person:{head.id}",
                dedupe_key=f"ballot_none:{round_.id}:{unit.id}:{head.id}:{today(now)}",
                payload={"department": unit.id},
                not_before=calendar_of(uow).office_moment(now),
            )
        )


def ask_for_the_lone(uow: UnitOfWork, ballot: Ballot, now: datetime) -> None:
    """Put the only candidate to whoever decides: a tap takes it at once."""
    place = Place(bureau=ballot.bureau, department=ballot.department)
    for head in deciders_of(uow, place, now):
        uow.outbox.put(
            Fact(
                kind="ballot_lone",
                recipient=f"person:{head.id}",
                dedupe_key=f"ballot_lone:{ballot.id}:{head.id}",
                payload={"ballot": ballot.id},
                not_before=calendar_of(uow).office_moment(now),
            )
        )


def said(person: Person, place: Place, reason: str) -> str:
    """The reason as it is kept; those who act for a department not theirs have to give one."""
    needed = not has_role(person, DECIDING, place)
    if needed and not is_visible(reason):
        raise BotError("error-ballot-reason", field="reason")
    return checked_text(reason, "reason", required=needed)


def moment(day: date | None, hour: str) -> datetime:
    """The closing time from a day and an hour such as 18:00; raise when either is missing."""
    if day is None:
        raise BotError("error-ballot-day", field="day")
    try:
        return at(day, time.fromisoformat(hour))
    except ValueError as error:
        raise BotError("error-ballot-hour", field="hour") from error


def _openable(uow: UnitOfWork, unit: Unit, now: datetime) -> tuple[Round, str, tuple[Task, ...]]:
    """The round, channel and candidates of a department whose ballot can open now."""
    round_ = current_round(uow, now)
    if uow.representatives.of(round_.id, unit.id) is not None:
        raise BotError("error-representative-exists")
    if uow.ballots.live_of(round_.id, unit.id) is not None:
        raise BotError("error-ballot-open")
    if not unit.channel:
        raise BotError("error-ballot-no-channel", department=unit.name)
    return round_, unit.channel, uow.tasks.candidates(round_.id, unit.id)


def current_round(uow: UnitOfWork, now: datetime) -> Round:
    """The round that runs now; raise between rounds."""
    round_ = uow.rounds.current(today(now))
    if round_ is None:
        raise BotError("error-ballot-no-round")
    return round_


def freeze(
    uow: UnitOfWork,
    person: Person,
    surface: Surface,
    round_: Round,
    place: Place,
    channel: str,
    tasks: tuple[Task, ...],
    closes_at: datetime,
    mode: Mode,
    reason: str,
    now: datetime,
) -> Ballot:
    """Freeze it, write it down, and have its messages posted one after the other."""
    electors = electorate(uow, place, now)
    check_opening(len(tasks), len(electors), mode, sealed=bool(uow.seal.secret))
    ballot = uow.ballots.open(
        round=round_.id,
        place=place,
        channel=channel,
        mode=mode,
        opened_by=person.id,
        opened_at=now,
        closes_at=closes_at,
        recount_at=now + RECOUNTED_EVERY,
        candidates=tasks,
        electors=[elector.id for elector in electors],
    )
    if nonce := uow.ballots.nonce(ballot.id):
        uow.ballots.keep_check(ballot.id, uow.seal.voter(nonce, NOBODY))
    after: dict[str, Any] = {"ballot": ballot.id, "unit": place.department, "mode": mode.value}
    after |= {"closes_at": local(closes_at).isoformat(), "tasks": [task.id for task in tasks]}
    uow.audit.add(
        Entry(
            at=now, act=Act.BALLOT_OPEN, actor=person.id, surface=surface, after=after, text=reason
        )
    )
    _post(uow, ballot, now)
    uow.projections.touch("home", [elector.id for elector in electors])
    return ballot


def _post(uow: UnitOfWork, ballot: Ballot, now: datetime) -> None:
    """The ballot's message, then one for each candidate; a lone one is put to the head as well."""
    where, stream = f"channel:{ballot.channel}", f"ballot:{ballot.id}"
    uow.outbox.put(
        Fact(
            kind="ballot_message",
            recipient=where,
            dedupe_key=f"ballot_message:{ballot.id}",
            stream=stream,
            payload={"ballot": ballot.id},
        )
    )
    candidates = uow.ballots.candidates(ballot.id)
    for candidate in candidates:
        uow.outbox.put(
            Fact(
                kind="ballot_candidate",
                recipient=where,
                dedupe_key=f"ballot_candidate:{candidate.id}",
                stream=stream,
                payload={"ballot": ballot.id, "candidate": candidate.id},
            )
        )
    if len(candidates) == 1:
        ask_for_the_lone(uow, ballot, now)
