"""The rules of carrying a task out: notes, the action plan, milestones, completion."""

from dataclasses import replace
from datetime import date, datetime

from bot.domain.calendar import today
from bot.domain.errors import BotError
from bot.domain.org import Person, Role
from bot.domain.proposing import LARGEST, checked_text
from bot.domain.task import Milestone, Saving, Status, Step, Task

PLAN_MAX = 5


def note(task: Task, text: str) -> Task:
    """The task with its newest progress note; the first one starts it."""
    return replace(_started(task), note=checked_text(text, "note"))


def opine(task: Task, text: str) -> Task:
    """The task with its team lead's opinion, which never blocks it."""
    return replace(task, opinion=checked_text(text, "opinion"))


def keep_step(task: Task, index: int | None, step: Step) -> Task:
    """The task with one step of its action plan changed, or added when `index` is None."""
    step = replace(step, text=checked_text(step.text, "step"))
    if index is None:
        if len(task.plan) >= PLAN_MAX:
            raise BotError("error-plan-too-long", limit=PLAN_MAX)
        return replace(_started(task), plan=(*task.plan, step))
    _check_step(task, index)
    step = replace(step, done_on=task.plan[index].done_on)
    return replace(task, plan=(*task.plan[:index], step, *task.plan[index + 1 :]))


def drop_step(task: Task, index: int) -> Task:
    """The task without one step of its action plan."""
    _check_step(task, index)
    return replace(task, plan=(*task.plan[:index], *task.plan[index + 1 :]))


def tick_step(task: Task, index: int, done: bool, now: datetime) -> Task:
    """The action plan with one step marked done, or not done after all."""
    _check_step(task, index)
    step = replace(task.plan[index], done_on=today(now) if done else None)
    return replace(task, plan=(*task.plan[:index], step, *task.plan[index + 1 :]))


def milestone(
    task: Task, index: int, *, due: date | None, done: bool, text: str, now: datetime
) -> Task:
    """One milestone with its date, done mark and note; the task is due when its last one is."""
    if not 0 <= index < len(task.milestones):
        raise BotError("error-no-such-step")
    if due is None:
        raise BotError("error-required-due", field="due")
    old = task.milestones[index]
    new = replace(
        old,
        due=due,
        done_on=(old.done_on or today(now)) if done else None,
        note=checked_text(text, "note", required=False),
    )
    milestones = (*task.milestones[:index], new, *task.milestones[index + 1 :])
    changed = replace(task, milestones=milestones, due=_last_due(milestones))
    return _started(changed) if done else changed


def complete(task: Task, *, evidence: str, reported: Saving, now: datetime) -> Task:
    """The task done, with one line of evidence; the hours really saved may follow later."""
    for field, value in (("hours", reported.hours), ("budget", reported.budget)):
        if value is not None and not 0 <= value <= LARGEST:
            raise BotError("error-number-range", field=field, largest=LARGEST)
    if reported.budget is not None and reported.budget != int(reported.budget):
        raise BotError("error-whole-number", field="budget")
    return replace(
        task,
        status=Status.DONE,
        done_at=now,
        evidence=checked_text(evidence, "evidence"),
        reported=reported,
        merge_into=None,
        replacement=None,
    )


def stopped(task: Task, now: datetime) -> Task:
    """The task done in one tap: the work was stopped at once, which is its evidence."""
    return replace(
        task,
        status=Status.DONE,
        done_at=now,
        stopped_at_once=True,
        merge_into=None,
        replacement=None,
    )


def is_one_team(plan_: tuple[Step, ...], people: dict[int, Person], team: int | None) -> bool:
    """Whether the team's lead and at least one of its members each own a step."""
    owners = {step.owner for step in plan_}
    roles = {
        post.role
        for owner in owners & people.keys()
        for post in people[owner].posts
        if team is not None and post.place.team == team
    }
    return {Role.LEAD, Role.MEMBER} <= roles


def _check_step(task: Task, index: int) -> None:
    if not 0 <= index < len(task.plan):
        raise BotError("error-no-such-step")


def _started(task: Task) -> Task:
    return replace(task, status=Status.IN_PROGRESS) if task.status is Status.CONFIRMED else task


def _last_due(milestones: tuple[Milestone, ...]) -> date:
    return max(m.due for m in milestones)
