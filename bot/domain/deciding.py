"""The head's and director's rules: confirm, ask for revision, hold, decline, merge, reopen."""

from collections.abc import Set as AbstractSet
from dataclasses import replace
from datetime import date, datetime

from bot.domain.calendar import Calendar, today
from bot.domain.errors import BotError
from bot.domain.proposing import checked_text
from bot.domain.task import OPEN, UNDECIDED, Need, Saving, Status, Task
from bot.domain.tracks import LeadTimes, final_due


def confirm(
    task: Task,
    *,
    needs: AbstractSet[Need],
    owner: int | None,
    due: date | None,
    lead: LeadTimes,
    calendar: Calendar,
    now: datetime,
) -> Task:
    """The task decided on: at once in progress when immediate, otherwise with its milestones."""
    if not needs:
        raise BotError("error-pick-needs", field="needs")
    if Need.IMMEDIATE in needs and len(needs) > 1:
        raise BotError("error-immediate-alone", field="needs")
    owner = owner or task.owner
    if owner is None:
        raise BotError("error-pick-owner", field="owner")
    day = today(now)
    immediate = Need.IMMEDIATE in needs
    return replace(
        task,
        content=replace(task.content, needs=frozenset(needs)),
        status=Status.IN_PROGRESS if immediate else Status.CONFIRMED,
        owner=owner,
        due=_not_past(due or final_due(needs, lead, day, calendar), day),
        milestones=lead.milestones(needs, day, calendar),
        confirmed_at=now,
        waiting_since=None,
        merge_into=None,
        replacement=None,
        remark="",
    )


def revise(task: Task, comment: str) -> Task:
    """The task handed back to its proposer with what to mend: the gentle way to say not yet."""
    comment = checked_text(comment, "comment")
    return replace(task, status=Status.REVISION_REQUESTED, remark=comment, waiting_since=None)


def hold(task: Task, *, until: date | None, reason: str, now: datetime) -> Task:
    """The task put off until a date, after which it waits for a decision again."""
    if until is None:
        raise BotError("error-required-until", field="until")
    if until <= today(now):
        raise BotError("error-date-past", field="until")
    reason = checked_text(reason, "reason", required=False)
    return replace(
        task, status=Status.ON_HOLD, held_from=task.status, hold_until=until, remark=reason
    )


def resume(task: Task, now: datetime) -> Task:
    """The held task back where it stood; if undecided then, it waits from now on."""
    status = task.held_from or Status.SUBMITTED
    return replace(
        task,
        status=status,
        held_from=None,
        hold_until=None,
        waiting_since=now if status in UNDECIDED else None,
    )


def decline(task: Task, reason: str) -> Task:
    """The task refused, with the reason its proposer is told."""
    reason = checked_text(reason, "reason")
    return replace(
        task,
        status=Status.DECLINED,
        remark=reason,
        waiting_since=None,
        merge_into=None,
        replacement=None,
    )


def merge(task: Task, target: Task, reason: str) -> tuple[Task, Task]:
    """Both tasks after a merge; another department's head has to take it in first."""
    if target.id == task.id:
        raise BotError("error-merge-self", field="target")
    if target.status not in OPEN:
        raise BotError("error-merge-ended", field="target", number=target.id)
    remark = checked_text(reason, "reason", required=False)
    waiting = replace(task, merge_into=target.id, remark=remark)
    if (task.place.bureau, task.place.department) != (target.place.bureau, target.place.department):
        return waiting, target
    return take_in(waiting, target)


def take_in(task: Task, target: Task) -> tuple[Task, Task]:
    """The merge carried out: the proposers join the task that goes on."""
    if target.status not in OPEN:
        raise BotError("error-merge-ended", field="target", number=target.id)
    joined = tuple(p for p in task.proposers if p not in target.proposers)
    return (
        replace(
            task,
            status=Status.MERGED,
            waiting_since=None,
            merge_into=target.id,
            replacement=None,
        ),
        replace(target, co_proposers=(*target.co_proposers, *joined)),
    )


def keep_out(task: Task, now: datetime) -> Task:
    """The merge refused by the other head; the task stands as before, and a decision on it is
    awaited from now on."""
    since = task.waiting_since and now
    return replace(task, merge_into=None, replacement=None, waiting_since=since)


def reopen(task: Task, reason: str, *, lead: LeadTimes, calendar: Calendar, now: datetime) -> Task:
    """A done task in progress again, its reported and verified savings no longer counting; a
    declined one submitted again."""
    remark = checked_text(reason, "reason")
    if task.status is Status.DECLINED:
        return replace(task, status=Status.SUBMITTED, remark=remark, waiting_since=now)
    day = today(now)
    due = task.due if task.due and task.due > day else lead.due(Need.IMMEDIATE, day, calendar)
    return replace(
        task,
        status=Status.IN_PROGRESS,
        remark=remark,
        due=due,
        done_at=None,
        evidence="",
        stopped_at_once=False,
        reported=Saving(),
        verified=Saving(),
    )


def assign(task: Task, owner: int | None) -> Task:
    """The task with another owner."""
    if owner is None:
        raise BotError("error-pick-owner", field="owner")
    return replace(task, owner=owner)


def set_due(task: Task, due: date | None, now: datetime) -> Task:
    """The task with another due date."""
    if due is None:
        raise BotError("error-required-due", field="due")
    return replace(task, due=_not_past(due, today(now)))


def _not_past(due: date, day: date) -> date:
    if due < day:
        raise BotError("error-date-past", field="due")
    return due
