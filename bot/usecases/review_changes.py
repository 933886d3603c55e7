"""What follows for the open review of a bureau when something of the bureau changes."""

from datetime import datetime, timedelta

from bot.domain.calendar import today
from bot.domain.org import Person, Role
from bot.domain.review import Answer, late_kinds
from bot.domain.rights import Act
from bot.domain.task import Task
from storage.unit import UnitOfWork

GATHERED = timedelta(minutes=5)
"""A director answers one exception after the other: what is decided within that time is one
message to the head concerned."""


def gathered(now: datetime) -> datetime:
    """When heads may hear of what a director decides at `now`: at the next full five minutes."""
    return now + GATHERED - timedelta(seconds=now.timestamp()) % GATHERED


def changed(uow: UnitOfWork, bureau: int | None) -> int | None:
    """Have the open review's messages show the newest state; its number, if there is one."""
    review = uow.reviews.changed(bureau)
    if review is not None:
        uow.projections.touch("review", [review])
    return review


def decided_above(
    uow: UnitOfWork, actor: Person, act: Act, task: Task, now: datetime
) -> frozenset[int]:
    """After an act on a task: whom to tell, since a director decided during a review what is
    their department's. Nobody where no review is open, or the actor heads the department.

    Another owner is a director's answer to a late task: it leaves the review as it is.
    """
    place, review = task.place, changed(uow, task.place.bureau)
    if review is None:
        return frozenset()
    directors = uow.people.holder_ids((Role.DIRECTOR,), place, today(now))
    uow.projections.touch("home", directors)
    if actor.id not in directors:
        return frozenset()
    if act is Act.ASSIGN:
        for kind in late_kinds(task, today(now)):
            uow.reviews.answer(
                Answer(review=review, task=task.id, kind=kind, text="", by=actor.id, at=now)
            )
    heads = uow.people.holder_ids((Role.HEAD,), place, today(now)) if place.department else ()
    return frozenset() if actor.id in heads else frozenset(heads)
