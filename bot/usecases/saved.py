"""Really saved, really gone: the answers about a completed task, and planning what is asked."""

from dataclasses import replace
from datetime import datetime

from bot.domain import checks, deciding
from bot.domain.calendar import today
from bot.domain.checks import STAYS, Answer, Check
from bot.domain.errors import BotError
from bot.domain.org import Person
from bot.domain.results import Done, Entry
from bot.domain.rights import Act
from bot.domain.task import Saving, Status, Task
from bot.usecases.acting import Ask, begin, calendar_of, finish, task_of
from bot.usecases.handing_over import taken_up_again
from storage.unit import UnitOfWork

MESSAGE = checks.MESSAGE


def plan(uow: UnitOfWork, task: Task) -> None:
    """Have asked in time what there is to ask about a task that is done now."""
    uow.savings.plan(task.id, task.place, checks.planned_checks(task))


def forget(uow: UnitOfWork, task: Task) -> None:
    """Ask nothing any more: the task is taken up again."""
    _shown_to(uow, uow.savings.forget(task.id))


def verify(uow: UnitOfWork, ask: Ask, now: datetime, *, saving: Saving) -> Done:
    """Say what was really saved; whoever may can mend it later."""
    person, task = begin(uow, ask, Act.VERIFY, now)
    return _verified(uow, ask, person, task, checks.checked(saving), Answer.MEASURED, now)


def as_planned(uow: UnitOfWork, ask: Ask, now: datetime) -> Done:
    """Say in one tap that as much was saved as was reported or, without a report, expected."""
    _still_asked(uow, ask.task, frozenset({Check.SAVED}))
    person, task = begin(uow, ask, Act.VERIFY, now)
    saving = checks.checked(checks.as_planned(task))
    return _verified(uow, ask, person, task, saving, Answer.AS_PLANNED, now)


def gone(uow: UnitOfWork, ask: Ask, now: datetime) -> int:
    """Say in one tap that the work has not come back; the task's number."""
    open_ = _still_asked(uow, ask.task, STAYS)
    person, task = begin(uow, replace(ask, seen=None), Act.CAME_BACK, now)
    kinds = [kind for kind in STAYS & open_.keys() if open_[kind] is not None]
    uow.savings.answer(task.id, kinds, Answer.GONE, person.id, now)
    after = {"checks": sorted(kinds)}
    uow.audit.add(
        Entry(
            at=now, act="stays_gone", actor=person.id, surface=ask.surface, task=task.id,
            after=after,
        )
    )  # fmt: skip
    _shown_to(uow, {open_[kind] for kind in kinds} | {person.id})
    return task.id


def came_back(uow: UnitOfWork, ask: Ask, now: datetime, *, reason: str) -> Done:
    """Say what came back: the task is taken up again, and its savings no longer count."""
    person, task = begin(uow, ask, Act.CAME_BACK, now)
    lead, calendar = uow.office.lead_times(), calendar_of(uow)
    after = deciding.reopen(task, reason, lead=lead, calendar=calendar, now=now)
    forget(uow, task)
    done = finish(uow, ask, person, Act.CAME_BACK, task, after, now, text=after.remark)
    return taken_up_again(uow, ask, person, done, task.done_at or now, now)


def verifiable(task: Task, now: datetime) -> bool:
    """Whether a quarter has passed, so that what was really saved can be known."""
    first = checks.may_verify_on(task)
    return first is not None and first <= today(now)


def refuse_early(task: Task, now: datetime) -> None:
    """Raise while that quarter has not passed."""
    if not verifiable(task, now):
        raise BotError("error-verify-early", day=checks.may_verify_on(task))


def _verified(
    uow: UnitOfWork,
    ask: Ask,
    person: Person,
    task: Task,
    saving: Saving,
    answer: Answer,
    now: datetime,
) -> Done:
    refuse_early(task, now)
    asked = uow.savings.open_of(task.id)
    if Check.SAVED in asked:
        uow.savings.answer(task.id, [Check.SAVED], answer, person.id, now)
        _shown_to(uow, {asked[Check.SAVED], person.id})
    after = replace(task, verified=saving)
    return finish(uow, ask, person, Act.VERIFY, task, after, now)


def _still_asked(uow: UnitOfWork, number: int, kinds: frozenset[Check]) -> dict[Check, int | None]:
    """The open checks of a task; raise when none of `kinds` waits for an answer any more."""
    task = task_of(uow, number)
    if task.status is not Status.DONE:
        raise BotError("error-check-over", number=number)
    found = uow.savings.open_of(number)
    if not any(found.get(kind) is not None for kind in kinds):
        raise BotError("error-check-answered", number=number)
    return found


def _shown_to(uow: UnitOfWork, people: frozenset[int] | set[int | None]) -> None:
    """Have the questions they see be those that are still open."""
    known = [person for person in people if person is not None]
    uow.projections.touch(MESSAGE, known)
    uow.projections.touch("home", known)
