"""Update: what proposers, owners and leads do to a task while it is open."""

from collections.abc import Callable
from datetime import date, datetime

from bot.domain import carrying, deciding, proposing
from bot.domain.calendar import today
from bot.domain.errors import BotError
from bot.domain.org import UnitKind
from bot.domain.results import Done
from bot.domain.rights import Act
from bot.domain.task import Content, Saving, Step, Task
from bot.usecases import saved
from bot.usecases.acting import Ask, begin, finish
from bot.usecases.concluding import candidate_out
from bot.usecases.representing import give_way
from storage.unit import UnitOfWork


def edit(uow: UnitOfWork, ask: Ask, now: datetime, *, change: Callable[[Content], Content]) -> Done:
    """Change what is written; an answer to a revision request submits the task again."""

    def edited(task: Task) -> Task:
        content = change(task.content)
        _check_departments(uow, set(content.cooperating) - set(task.content.cooperating))
        return proposing.edit(task, content, now)

    return _do(uow, ask, Act.EDIT, now, edited)


def withdraw(
    uow: UnitOfWork, ask: Ask, now: datetime, *, reason: str, replacement: int | None = None
) -> Done:
    """Take a task back; a representative one names its `replacement`."""
    person, task = begin(uow, ask, Act.WITHDRAW, now)
    after = proposing.withdraw(task, reason)
    give_way(uow, person, ask.surface, task, replacement, after.remark, now)
    done = finish(uow, ask, person, Act.WITHDRAW, task, after, now, text=reason)
    candidate_out(uow, task, now)
    return done


def note(uow: UnitOfWork, ask: Ask, now: datetime, *, text: str) -> Done:
    """Write how it is going."""
    return _do(uow, ask, Act.NOTE, now, lambda task: carrying.note(task, text), text=text)


def opine(uow: UnitOfWork, ask: Ask, now: datetime, *, text: str) -> Done:
    """Give the team's opinion, which never blocks."""
    return _do(uow, ask, Act.OPINION, now, lambda task: carrying.opine(task, text), text=text)


def keep_step(uow: UnitOfWork, ask: Ask, now: datetime, *, index: int | None, step: Step) -> Done:
    """Add a step to the action plan or change one; its owner serves where the work is done."""

    def change(task: Task) -> Task:
        check_owner(uow, task, step.owner, now)
        return carrying.keep_step(task, index, step)

    return _do(uow, ask, Act.PLAN, now, change)


def drop_step(uow: UnitOfWork, ask: Ask, now: datetime, *, index: int) -> Done:
    """Take a step out of the action plan."""
    return _do(uow, ask, Act.PLAN, now, lambda task: carrying.drop_step(task, index))


def tick_step(uow: UnitOfWork, ask: Ask, now: datetime, *, index: int, done: bool) -> Done:
    """Mark one step of the plan done, or not done after all."""
    return _do(uow, ask, Act.PLAN, now, lambda task: carrying.tick_step(task, index, done, now))


def milestone(
    uow: UnitOfWork,
    ask: Ask,
    now: datetime,
    *,
    index: int,
    due: date | None,
    done: bool,
    text: str,
) -> Done:
    """Keep one milestone: its date, done mark and note."""
    return _do(
        uow,
        ask,
        Act.MILESTONE,
        now,
        lambda task: carrying.milestone(task, index, due=due, done=done, text=text, now=now),
        text=text,
    )


def complete(uow: UnitOfWork, ask: Ask, now: datetime, *, evidence: str, reported: Saving) -> Done:
    """Report completion with one line of evidence."""
    person, task = begin(uow, ask, Act.COMPLETE, now)
    after = carrying.complete(task, evidence=evidence, reported=reported, now=now)
    saved.plan(uow, after)
    return finish(uow, ask, person, Act.COMPLETE, task, after, now, text=evidence)


def stopped(uow: UnitOfWork, ask: Ask, now: datetime) -> Done:
    """Complete an immediate task in one tap: the work was stopped already."""
    person, task = begin(uow, ask, Act.STOPPED, now)
    after = carrying.stopped(task, now)
    saved.plan(uow, after)
    return finish(uow, ask, person, Act.STOPPED, task, after, now)


def assign(uow: UnitOfWork, ask: Ask, now: datetime, *, owner: int | None) -> Done:
    """Give the task another owner from the department that does the work."""

    def change(task: Task) -> Task:
        check_owner(uow, task, owner, now)
        return deciding.assign(task, owner)

    return _do(uow, ask, Act.ASSIGN, now, change)


def set_due(uow: UnitOfWork, ask: Ask, now: datetime, *, due: date | None, reason: str) -> Done:
    """Move the due date."""
    text = proposing.checked_text(reason, "reason", required=False)
    return _do(uow, ask, Act.DUE, now, lambda task: deciding.set_due(task, due, now), text=text)


def check_owner(uow: UnitOfWork, task: Task, owner: int | None, now: datetime) -> None:
    """Raise when the owner does not serve in the department (or bureau) that does the work."""
    if owner is None:
        return
    person = uow.people.get(owner, today(now))
    at_work = person is not None and any(
        post.place.bureau == task.place.bureau
        and (task.place.department is None or post.place.department == task.place.department)
        for post in person.posts
    )
    if not at_work:
        raise BotError("error-owner-elsewhere", field="owner")


def _check_departments(uow: UnitOfWork, added: set[int]) -> None:
    """Raise when a department that is to cooperate does not exist, or no longer does.

    Only those that are added: one that was retired since must not keep the rest from being mended.
    """
    known = uow.units.many(added)
    serving = {id for id, u in known.items() if u.kind is UnitKind.DEPARTMENT and not u.retired}
    if added - serving:
        raise BotError("error-pick-department", field="cooperating")


def _do(
    uow: UnitOfWork,
    ask: Ask,
    act: Act,
    now: datetime,
    change: Callable[[Task], Task],
    *,
    text: str = "",
) -> Done:
    person, task = begin(uow, ask, act, now)
    return finish(uow, ask, person, act, task, change(task), now, text=text)
