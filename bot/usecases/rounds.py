"""Rounds: headquarters opens one at a time, says when ballots close, and closes it."""

from dataclasses import replace
from datetime import date, datetime
from typing import Any, cast

from bot.domain import round as rules
from bot.domain.ballot_screens import RoundPanel
from bot.domain.calendar import today
from bot.domain.errors import BotError, Stale
from bot.domain.exemption import Ground
from bot.domain.org import Place, UnitKind
from bot.domain.results import Entry, Surface
from bot.domain.rights import Act
from bot.domain.round import Round
from bot.usecases.acting import allowed_at, calendar_of
from bot.usecases.concluding import void
from bot.usecases.covering import coverage_of, voting_days
from bot.usecases.exempt import run_out
from storage.unit import UnitOfWork


def panel(uow: UnitOfWork, who: str, surface: Surface, now: datetime) -> RoundPanel:
    """The programme as headquarters sees it; Refused, naming headquarters, for everybody else."""
    allowed_at(uow, who, surface, Act.ADMIN, Place(), now)
    found, day = uow.rounds.unclosed(), today(now)
    bare = RoundPanel(round=found, last=uow.rounds.last_closed(), today=day)
    if found is None:
        return bare
    covered = coverage_of(uow, found, now)
    return replace(
        bare,
        coverage=covered,
        votes_by=voting_days(uow, found, [one.unit.id for one in covered]),
        live_ballots=uow.ballots.count_live(found.id),
        carried=uow.rounds.carried(found.id),
    )


def open_round(
    uow: UnitOfWork,
    who: str,
    surface: Surface,
    *,
    name: str,
    starts_on: date | None,
    ends_on: date | None,
    votes_by: date | None,
    grounds: frozenset[Ground],
    now: datetime,
) -> Round:
    """Open a round; what was proposed since the last one ended belongs to it.

    One that is over is closed first; one that is not makes it an error.
    """
    person = allowed_at(uow, who, surface, Act.ADMIN, Place(), now)
    close_over(uow, now)
    if uow.rounds.unclosed() is not None:
        raise BotError("error-round-open")
    tidied = rules.check(
        name=name,
        starts_on=starts_on,
        ends_on=ends_on,
        votes_by=votes_by,
        grounds=grounds,
        calendar=calendar_of(uow),
    )
    first = cast(date, starts_on)  # without one the rules have just refused
    opened = uow.rounds.add(tidied, first, ends_on, votes_by=votes_by, grounds=grounds)
    taken_up = uow.rounds.take_up(opened.id)
    after = {"round": opened.id, "name": tidied, "tasks": taken_up, **_days(opened)}
    _record(uow, "round_opened", person.id, surface, after, now)
    return opened


def close_round(
    uow: UnitOfWork, who: str, surface: Surface, round: int, seen: int, now: datetime
) -> Round:
    """Close a round for good; `seen` is the version the screen showed."""
    person = allowed_at(uow, who, surface, Act.ADMIN, Place(), now)
    found = _round(uow, round)
    if found.version != seen:
        raise Stale("error-stale-round")
    return _close(uow, found, person.id, surface, now)


def close_over(uow: UnitOfWork, now: datetime) -> Round | None:
    """Close the round whose last day has passed, if there is one."""
    found = uow.rounds.unclosed()
    if found is None or not found.is_over(today(now)):
        return None
    return _close(uow, found, None, Surface.TICK, now)


def set_votes_by(
    uow: UnitOfWork,
    who: str,
    surface: Surface,
    round: int,
    bureau: int,
    day: date | None,
    now: datetime,
) -> None:
    """Give a bureau a voting day of its own, or (None) the round's again.

    Ballots that are open keep their closing time.
    """
    person = allowed_at(uow, who, surface, Act.ADMIN, Place(), now)
    found, unit = _round(uow, round), uow.units.get(bureau)
    if unit is None or unit.kind is not UnitKind.BUREAU or unit.retired:
        raise BotError("error-stale-button")
    if found.closed_at is not None:
        raise BotError("error-round-closed")
    if day is not None:
        if day < today(now):
            raise BotError("error-date-past", field="votes_by")
        calendar = calendar_of(uow)
        for mistake in rules.check_votes_by(day, found.starts_on, found.ends_on, calendar):
            raise mistake
    before = uow.rounds.votes_by(found.id).get(bureau)
    uow.rounds.set_votes_by(found.id, bureau, day)
    uow.audit.add(
        Entry(
            at=now,
            act="votes_by",
            actor=person.id,
            surface=surface,
            before={"votes_by": before.isoformat() if before else None},
            after={
                "round": found.id,
                "unit": bureau,
                "votes_by": day.isoformat() if day else None,
            },
        )
    )
    _refresh(uow, now)


def _close(
    uow: UnitOfWork, found: Round, actor: int | None, surface: Surface, now: datetime
) -> Round:
    """Closed: its exemptions end and ballots still under way are void; tasks go on."""
    closed = uow.rounds.save(found, rules.close(found, now))
    run_out(uow, now)
    for ballot in uow.ballots.live(closed.id):
        void(uow, ballot, "ballot-void-round", now)
    after = {"round": closed.id, "name": closed.name, **_days(closed)}
    _record(uow, "round_closed", actor, surface, after, now)
    return closed


def _round(uow: UnitOfWork, number: int) -> Round:
    found = uow.rounds.get(number)
    if found is None:
        raise BotError("error-stale-button")
    return found


def _days(round_: Round) -> dict[str, str]:
    days = {"starts_on": round_.starts_on, "ends_on": round_.ends_on, "votes_by": round_.votes_by}
    return {name: day.isoformat() for name, day in days.items() if day is not None}


def _record(
    uow: UnitOfWork,
    act: str,
    actor: int | None,
    surface: Surface,
    after: dict[str, Any],
    now: datetime,
) -> None:
    uow.audit.add(Entry(at=now, act=act, actor=actor, surface=surface, after=after))
    _refresh(uow, now)


def _refresh(uow: UnitOfWork, now: datetime) -> None:
    """Headquarters' Homes show it at once; everyone else's when they are next opened."""
    uow.projections.touch("home", [person.id for person in uow.people.hq(today(now))])
