"""A department's representative task after the ballot: overridden with a reason, or replaced."""

from dataclasses import replace
from datetime import datetime

from bot.domain.ballot import Representative, Rule, State
from bot.domain.ballot_screens import Panel
from bot.domain.calendar import today
from bot.domain.errors import BotError
from bot.domain.facts import Fact
from bot.domain.org import Person
from bot.domain.proposing import checked_text
from bot.domain.results import Entry, Surface
from bot.domain.rights import Act, may_at
from bot.domain.task import Task
from bot.usecases.acting import allowed_at, calendar_of, refusal_at, want_card
from bot.usecases.ballots import department_of, panel_of
from bot.usecases.concluding import settle_otherwise
from bot.usecases.opening import current_round
from bot.usecases.review_changes import changed
from storage.unit import UnitOfWork


def ready(uow: UnitOfWork, who: str, surface: Surface, department: int, now: datetime) -> Panel:
    """The department for the form of an override; raises as the override itself would."""
    unit, place = department_of(uow, department)
    person = allowed_at(uow, who, surface, Act.BALLOT_OVERRIDE, place, now)
    found = panel_of(uow, person, unit, place, now)
    if Act.BALLOT_OVERRIDE not in found.may:
        raise BotError("error-ballot-not-decided")
    return found


def override(
    uow: UnitOfWork,
    who: str,
    surface: Surface,
    *,
    department: int,
    task: int | None,
    reason: str,
    now: datetime,
) -> Representative:
    """Make another task the representative one; why stays visible. A tie may be ended so too."""
    unit, place = department_of(uow, department)
    person = allowed_at(uow, who, surface, Act.BALLOT_OVERRIDE, place, now)
    reason = checked_text(reason, "reason")
    round_ = current_round(uow, now)
    if task is None or task not in uow.tasks.candidate_ids(round_.id, unit.id):
        raise BotError("error-ballot-not-candidate", field="task")
    former = uow.representatives.of(round_.id, unit.id)
    chosen = Representative(
        round=round_.id,
        department=unit.id,
        task=task,
        rule=Rule.OVERRIDE,
        ballot=former.ballot if former else None,
        reason=reason,
        by=person.id,
        at=now,
    )
    if former is None:
        live = uow.ballots.live_of(round_.id, unit.id)
        if live is None or live.state is not State.TIED:
            raise BotError("error-ballot-not-decided")
        settle_otherwise(uow, live, task, now)
        uow.representatives.put(replace(chosen, ballot=live.id))
    elif former.task == task:
        raise BotError("error-ballot-same", field="task")
    else:
        uow.representatives.change(chosen)
    _changed(uow, former, chosen, surface, now)
    if unit.channel:
        uow.outbox.put(
            Fact(
                kind="ballot_override",
                recipient=f"channel:{unit.channel}",
                dedupe_key=f"ballot_override:{round_.id}:{unit.id}:{now.isoformat()}",
                payload={"round": round_.id, "department": unit.id},
                not_before=calendar_of(uow).office_moment(now),
            )
        )
    return chosen


def give_way(
    uow: UnitOfWork,
    person: Person,
    surface: Surface,
    task: Task,
    replacement: int | None,
    reason: str,
    now: datetime,
) -> None:
    """A representative task that is to end without being done names the one in its place."""
    instead = named(uow, person, task, replacement, now)
    if instead is not None:
        _replace(uow, person.id, surface, task, instead, reason, now)


def named(
    uow: UnitOfWork, person: Person, task: Task, replacement: int | None, now: datetime
) -> int | None:
    """What is to take a representative task's place, as its department names it; None when it
    stands for nothing. Raises where none is named that may."""
    others = replacements(uow, task)
    if others is None:
        return None
    if not may_at(person, Act.BALLOT_OVERRIDE, task.place):
        raise refusal_at(uow, Act.BALLOT_OVERRIDE, task.place, now)
    if not others:
        raise BotError("error-representative-only")
    if replacement not in others:
        raise BotError("error-representative-replacement", field="replacement")
    return replacement


def give_way_as_named(uow: UnitOfWork, task: Task, asked: Entry, now: datetime) -> None:
    """A representative task that another department takes in gives way to what was named when
    that was `asked` for, by whom and for the reason given then; raise where nothing was named, or
    what was has ended since."""
    others = replacements(uow, task)
    if others is None:
        return
    if task.replacement is None or task.replacement not in others:
        raise BotError("error-representative-merging", number=task.id)
    _replace(uow, asked.actor, asked.surface, task, task.replacement, asked.text, now)


def replacements(uow: UnitOfWork, task: Task) -> tuple[int, ...] | None:
    """What may take a representative task's place; None when it is not one of a round still on:
    what a closed round chose is history, in which nothing is replaced."""
    former = uow.representatives.of_task(task.id)
    unclosed = uow.rounds.unclosed()
    if former is None or unclosed is None or former.round != unclosed.id:
        return None
    candidates = uow.tasks.candidate_ids(former.round, former.department)
    return tuple(number for number in candidates if number != task.id)


def _replace(
    uow: UnitOfWork,
    actor: int | None,
    surface: Surface,
    task: Task,
    replacement: int,
    reason: str,
    now: datetime,
) -> None:
    former = uow.representatives.of_task(task.id)
    if former is None:
        return
    chosen = replace(former, task=replacement, rule=Rule.REPLACED, reason=reason, by=actor, at=now)
    uow.representatives.change(chosen)
    _changed(uow, former, chosen, surface, now)


def _changed(
    uow: UnitOfWork,
    former: Representative | None,
    chosen: Representative,
    surface: Surface,
    now: datetime,
) -> None:
    """Both tasks' histories and cards say so, and the Homes of the department."""
    before = {"representative": former.task} if former else {}
    for number in {chosen.task, former.task if former else chosen.task}:
        uow.audit.add(
            Entry(
                at=now,
                act="represent" if number == chosen.task else "represent_no_more",
                actor=chosen.by,
                surface=surface,
                task=number,
                before=before,
                after={"representative": chosen.task, "rule": chosen.rule.value},
                text=chosen.reason,
            )
        )
        task = uow.tasks.get(number)
        if task is not None:
            want_card(uow, task)
            changed(uow, task.place.bureau)
    staff = uow.people.in_department(chosen.department, today(now))
    uow.projections.touch("home", [one.id for one in staff])
