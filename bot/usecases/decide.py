"""Decide: what heads of departments and directors of bureaus do with a task."""

from collections.abc import Iterator
from collections.abc import Set as AbstractSet
from dataclasses import replace
from datetime import date, datetime

from bot.domain import deciding
from bot.domain.errors import BotError
from bot.domain.facts import Fact
from bot.domain.results import Done, Entry
from bot.domain.rights import Act, may
from bot.domain.task import OPEN, Need, Status, Task
from bot.usecases import saved
from bot.usecases.acting import (
    Ask,
    begin,
    calendar_of,
    deciders_of,
    finish,
    note_refusal,
    person_of,
    record,
    refusal,
    task_of,
    want_card,
)  # fmt: skip
from bot.usecases.concluding import candidate_out
from bot.usecases.handing_over import taken_up_again
from bot.usecases.representing import give_way, give_way_as_named, named
from bot.usecases.update import check_owner
from storage.unit import UnitOfWork

_READ_AT_ONCE = 50
"""Entries of a task's history."""


def confirm(
    uow: UnitOfWork,
    ask: Ask,
    now: datetime,
    *,
    needs: AbstractSet[Need] | None = None,
    owner: int | None = None,
    due: date | None = None,
) -> Done:
    """Decide that it will be done, with its track, owner and date; None keeps what is written."""
    person, task = begin(uow, ask, Act.CONFIRM, now)
    check_owner(uow, task, owner, now)
    after = deciding.confirm(
        task,
        needs=task.content.needs if needs is None else needs,
        owner=owner,
        due=due,
        lead=uow.office.lead_times(),
        calendar=calendar_of(uow),
        now=now,
    )
    return finish(uow, ask, person, Act.CONFIRM, task, after, now)


def revise(uow: UnitOfWork, ask: Ask, now: datetime, *, comment: str) -> Done:
    """Ask the proposer to mend something first."""
    person, task = begin(uow, ask, Act.REVISE, now)
    after = deciding.revise(task, comment)
    return finish(uow, ask, person, Act.REVISE, task, after, now, text=after.remark)


def hold(uow: UnitOfWork, ask: Ask, now: datetime, *, until: date | None, reason: str) -> Done:
    """Put it off until a date."""
    person, task = begin(uow, ask, Act.HOLD, now)
    after = deciding.hold(task, until=until, reason=reason, now=now)
    return finish(uow, ask, person, Act.HOLD, task, after, now, text=after.remark)


def resume(uow: UnitOfWork, ask: Ask, now: datetime) -> Done:
    """Take it up again before or after the hold's date."""
    person, task = begin(uow, ask, Act.RESUME, now)
    return finish(uow, ask, person, Act.RESUME, task, deciding.resume(task, now), now)


def decline(
    uow: UnitOfWork, ask: Ask, now: datetime, *, reason: str, replacement: int | None = None
) -> Done:
    """Refuse it with the reason; a representative one only by naming its `replacement`."""
    person, task = begin(uow, ask, Act.DECLINE, now)
    after = deciding.decline(task, reason)
    give_way(uow, person, ask.surface, task, replacement, after.remark, now)
    done = finish(uow, ask, person, Act.DECLINE, task, after, now, text=after.remark)
    candidate_out(uow, task, now)
    return done


def reopen(uow: UnitOfWork, ask: Ask, now: datetime, *, reason: str) -> Done:
    """Take an ended task up again."""
    person, task = begin(uow, ask, Act.REOPEN, now)
    lead, calendar = uow.office.lead_times(), calendar_of(uow)
    after = deciding.reopen(task, reason, lead=lead, calendar=calendar, now=now)
    saved.forget(uow, task)
    done = finish(uow, ask, person, Act.REOPEN, task, after, now, text=after.remark)
    ended = task.done_at or _last(uow, task, Act.DECLINE).at
    return taken_up_again(uow, ask, person, done, ended, now)


def merge(
    uow: UnitOfWork,
    ask: Ask,
    now: datetime,
    *,
    target: int | None,
    reason: str,
    replacement: int | None = None,
) -> Done:
    """Merge it into another task; another department's head is asked to take it in first.

    A representative task gives way to `replacement`, or to the target where that may stand; where
    another head is asked, not before that head agrees.
    """
    person, task = begin(uow, ask, Act.MERGE, now)
    if target is None:
        raise BotError("error-required-target", field="target")
    into = uow.tasks.get(target)
    if into is None:
        raise BotError("error-not-found-task", field="target", number=target)
    after, joined = deciding.merge(task, into, reason)
    instead = replacement or target
    if after.status is Status.MERGED:
        give_way(uow, person, ask.surface, task, instead, after.remark, now)
        _join(uow, ask, person.id, into, joined, now)
    else:
        standing = named(uow, person, task, instead, now)
        after = replace(after, replacement=standing, merge_asked_at=now)
        _ask_head(uow, task, into, now)
        want_card(uow, into)
    done = finish(uow, ask, person, Act.MERGE, task, after, now, text=after.remark)
    if after.status is Status.MERGED:
        candidate_out(uow, task, now)
    return done


def take_in(uow: UnitOfWork, ask: Ask, now: datetime, *, into: int) -> Done:
    """The other head takes the task in: its proposers join the one that goes on, `into`."""
    task, target = _asked_of(uow, ask, Act.TAKE_IN, into, now)
    person = person_of(uow, ask.who, now)
    after, joined = deciding.take_in(task, target)
    give_way_as_named(uow, task, _last(uow, task, Act.MERGE), now)
    _join(uow, ask, person.id, target, joined, now)
    done = finish(uow, ask, person, Act.TAKE_IN, task, after, now)
    candidate_out(uow, task, now)
    return done


def keep_out(uow: UnitOfWork, ask: Ask, now: datetime, *, into: int) -> Done:
    """The other head does not take the task in; it stands as before."""
    task, target = _asked_of(uow, ask, Act.KEEP_OUT, into, now)
    person = person_of(uow, ask.who, now)
    done = finish(uow, ask, person, Act.KEEP_OUT, task, deciding.keep_out(task, now), now)
    want_card(uow, target)
    return done


def _asked_of(uow: UnitOfWork, ask: Ask, act: Act, into: int, now: datetime) -> tuple[Task, Task]:
    """The waiting task and the one it is to join, after the right over the latter was checked.

    `into` is the one that was seen: an answer to an earlier merge is none to a later one.
    """
    person = person_of(uow, ask.who, now)
    task = task_of(uow, ask.task)
    target = uow.tasks.get(into) if task.merge_into == into else None
    if target is None or not task.is_undecided_merge or task.status not in OPEN:
        raise BotError("error-merge-settled", number=task.id)
    if not may(person, act, target):
        note_refusal(uow, ask, person, act, now)
        raise refusal(uow, act, target, now)
    return task, target


def _last(uow: UnitOfWork, task: Task, act: Act) -> Entry:
    """The last time that the act was done to the task."""
    return next(entry for entry in _history(uow, task) if entry.act == act)


def _history(uow: UnitOfWork, task: Task) -> Iterator[Entry]:
    """What was done to the task, the newest first."""
    before, older = None, True
    while older:
        lines, older = uow.audit.of_task(task.id, before, _READ_AT_ONCE, refusals=False)
        for line in lines:
            before = line.entry.id
            yield line.entry


def _join(uow: UnitOfWork, ask: Ask, actor: int, into: Task, joined: Task, now: datetime) -> None:
    saved = uow.tasks.save(into, joined)
    record(uow, ask.surface, actor, Act.JOIN, into, saved, now)
    want_card(uow, saved)


def _ask_head(uow: UnitOfWork, task: Task, into: Task, now: datetime) -> None:
    when = calendar_of(uow).office_moment(now)
    heads = deciders_of(uow, into.place, now)
    uow.projections.touch("home", [head.id for head in heads])
    for head in heads:
        uow.outbox.put(
            Fact(
                kind="merge_asked",
                recipient=f"person:{head.id}",
                dedupe_key=f"merge_asked:{task.id}:{task.version}:{head.id}",
                payload={"task": task.id, "into": into.id},
                not_before=when,
            )
        )
