"""Opening the ballots of all departments at once: headquarters' way."""

from dataclasses import dataclass, field
from datetime import datetime

from bot.domain.ballot import CANDIDATES_MAX, LATEST, Mode, check_closing, usual_closing
from bot.domain.ballot_screens import OpeningAll
from bot.domain.calendar import at, today
from bot.domain.errors import BotError
from bot.domain.org import Place, Unit, UnitKind
from bot.domain.proposing import checked_text
from bot.domain.results import Surface
from bot.domain.rights import Act
from bot.domain.round import Round
from bot.domain.task import Task
from bot.usecases.acting import allowed_at, calendar_of
from bot.usecases.opening import (
    Opened,
    ask_for_candidates,
    current_round,
    freeze,
)
from storage.unit import UnitOfWork


def ready_all(uow: UnitOfWork, who: str, surface: Surface, now: datetime) -> OpeningAll:
    """What headquarters is shown before every department's ballot opens."""
    allowed_at(uow, who, surface, Act.ADMIN, Place(), now)
    round_ = current_round(uow, now)
    found = _everywhere(uow, round_, now)
    return OpeningAll(
        round=round_.name,
        channels=len(found.can),
        without_candidates=tuple(unit.name for unit in found.bare),
        without_channel=tuple(unit.name for unit in found.mute),
        too_many=tuple(unit.name for unit in found.crowded),
        closes_at=usual_closing(round_.votes_by, now, calendar_of(uow)),
        today=today(now),
    )


def open_all(
    uow: UnitOfWork,
    who: str,
    surface: Surface,
    *,
    closes_at: datetime,
    reason: str,
    now: datetime,
) -> Opened:
    """Open the ballot of every department that has candidates and neither a ballot nor a task.

    A bureau with a voting day of its own keeps it. Heads without candidates are asked for some.
    """
    person = allowed_at(uow, who, surface, Act.ADMIN, Place(), now)
    reason = checked_text(reason, "reason")
    round_ = current_round(uow, now)
    calendar = calendar_of(uow)
    check_closing(closes_at, now, calendar, last=round_.ends_on)
    own_days = uow.rounds.votes_by(round_.id)
    found = _everywhere(uow, round_, now)
    if not found.can:
        raise BotError("error-ballot-nothing")
    opened = []
    for unit, tasks in found.can:
        place = _at(unit)
        day = own_days.get(unit.parent or 0)
        closes = closes_at
        if day is not None and day >= calendar.after(today(now), 1):
            closes = at(calendar.working_from(day), LATEST)
        channel = unit.channel or ""
        opened.append(
            freeze(
                uow, person, surface, round_, place, channel, tasks, closes, Mode.OPEN, reason, now
            )
        )
    for unit in found.bare:
        ask_for_candidates(uow, round_, unit, now)
    return Opened(ballots=tuple(ballot.id for ballot in opened))


@dataclass(kw_only=True)
class _Departments:
    """Those without a ballot or representative task, by what they lack."""

    can: list[tuple[Unit, tuple[Task, ...]]] = field(default_factory=list)
    bare: list[Unit] = field(default_factory=list)
    mute: list[Unit] = field(default_factory=list)
    crowded: list[Unit] = field(default_factory=list)


def _everywhere(uow: UnitOfWork, round_: Round, now: datetime) -> _Departments:
    found = _Departments()
    taken = uow.representatives.of_round(round_.id)
    for unit in sorted(uow.units.all(), key=lambda unit: (unit.position, unit.id)):
        if unit.kind is not UnitKind.DEPARTMENT or unit.retired or unit.id in taken:
            continue
        if uow.ballots.live_of(round_.id, unit.id) is not None:
            continue
        tasks = uow.tasks.candidates(round_.id, unit.id)
        if not tasks:
            found.bare.append(unit)
        elif len(tasks) > CANDIDATES_MAX:
            found.crowded.append(unit)
        elif not unit.channel:
            found.mute.append(unit)
        else:
            found.can.append((unit, tasks))
    return found


def _at(unit: Unit) -> Place:
    return Place(bureau=unit.parent, department=unit.id)
