"""A task as rows of its tables, and back."""

from collections import defaultdict
from collections.abc import Iterable
from typing import Any

import sqlalchemy as sa

from bot.domain.org import Place
from bot.domain.task import (
    Content,
    Effect,
    Milestone,
    Need,
    Reason,
    Saving,
    Status,
    Step,
    Task,
    Type,
)
from storage.tables.tasks import co_proposers, milestones, steps

_Row = sa.Row[*tuple[Any, ...]]

_SAME = (
    "version", "round", "proposer", "origin", "owner", "due", "hold_until", "remark", "note",
    "opinion", "evidence", "stopped_at_once", "merge_into", "replacement", "source",
    "created_at", "merge_asked_at", "waiting_since", "confirmed_at", "done_at",
)  # fmt: skip
"""Fields of a task that are columns of the same name and value."""

_FACTORS = ("per_year", "minutes", "people", "budget")

_ANY_PART = {
    "person": sa.BigInteger,
    "text": sa.Text,
    "code": sa.Text,
    "due": sa.Date,
    "done_on": sa.Date,
    "note": sa.Text,
}
"""What a part of a task, of whatever kind, may have."""


def parts(number: sa.BindParameter[int]) -> sa.CompoundSelect[Any]:
    """Everything that belongs to a task in one statement: co-proposers, milestones and steps."""

    def of(table: sa.Table, **named: sa.Column[Any]) -> sa.Select[Any]:
        has = {name: table.c[name] for name in _ANY_PART if name in table.c} | named
        return sa.select(
            sa.literal_column(f"'{table.name}'", sa.Text).label("part"),
            table.c.position,
            *(
                has.get(name, sa.cast(sa.null(), type_)).label(name)
                for name, type_ in _ANY_PART.items()
            ),
        ).where(table.c.task == number)

    return sa.union_all(
        of(co_proposers),
        of(milestones, text=milestones.c.track),
        of(steps, person=steps.c.owner),
    ).order_by("part", "position")


def columns(task: Task) -> dict[str, Any]:
    """The task's own columns, all but its number."""
    content, effect = task.content, task.content.effect
    values = {name: getattr(task, name) for name in _SAME}
    for factor in _FACTORS:
        values[factor] = getattr(effect, factor)
    return values | {
        "bureau": task.place.bureau,
        "department": task.place.department,
        "team": task.place.team,
        "title": content.title,
        "type": content.type.value,
        "problem": content.problem,
        "proposal": content.proposal,
        "reason": content.reason.value if content.reason else None,
        "needs": sorted(content.needs),
        "hours": effect.hours,
        "stage_due": min((m.due for m in task.milestones if m.done_on is None), default=None),
        "cooperating": content.cooperating,
        "status": task.status.value,
        "held_from": task.held_from.value if task.held_from else None,
        "reported_hours": task.reported.hours,
        "reported_budget": task.reported.budget,
        "verified_hours": task.verified.hours,
        "verified_budget": task.verified.budget,
    }


def children(task: Task) -> dict[sa.Table, list[dict[str, Any]]]:
    """The rows of each table of what belongs to the task, in order."""
    return {
        co_proposers: _numbered(task, ({"person": person} for person in task.co_proposers)),
        milestones: _numbered(
            task,
            (
                {
                    "track": milestone.track.value,
                    "code": milestone.code,
                    "due": milestone.due,
                    "done_on": milestone.done_on,
                    "note": milestone.note,
                }
                for milestone in task.milestones
            ),
        ),
        steps: _numbered(
            task,
            (
                {
                    "text": step.text,
                    "owner": step.owner,
                    "due": step.due,
                    "done_on": step.done_on,
                }
                for step in task.plan
            ),
        ),
    }


def task_of(row: _Row, belonging: Iterable[_Row]) -> Task:
    """The task of a row and of the rows of its `parts`."""
    fields = row._mapping
    of: dict[str, list[_Row]] = defaultdict(list)
    for part in belonging:
        of[part.part].append(part)
    return Task(
        id=row.id,
        place=Place(bureau=row.bureau, department=row.department, team=row.team),
        content=Content(
            title=row.title,
            type=Type(row.type),
            problem=row.problem,
            proposal=row.proposal,
            reason=Reason(row.reason) if row.reason else None,
            needs=frozenset(map(Need, row.needs)),
            effect=Effect(**{name: fields[name] for name in _FACTORS}),
            cooperating=tuple(row.cooperating),
        ),
        status=Status(row.status),
        held_from=Status(row.held_from) if row.held_from else None,
        co_proposers=tuple(r.person for r in of[co_proposers.name]),
        milestones=tuple(
            Milestone(track=Need(r.text), code=r.code, due=r.due, done_on=r.done_on, note=r.note)
            for r in of[milestones.name]
        ),
        plan=tuple(
            Step(text=r.text, owner=r.person, due=r.due, done_on=r.done_on) for r in of[steps.name]
        ),
        reported=Saving(hours=row.reported_hours, budget=row.reported_budget),
        verified=Saving(hours=row.verified_hours, budget=row.verified_budget),
        **{name: fields[name] for name in _SAME},
    )


def _numbered(task: Task, rows: Iterable[dict[str, Any]]) -> list[dict[str, Any]]:
    return [{"task": task.id, "position": i, **row} for i, row in enumerate(rows)]
