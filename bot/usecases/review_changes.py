"""What follows for the open review of a bureau when something of the bureau changes."""

from datetime import datetime

from bot.domain.calendar import today
from bot.domain.org import Person, Place, Role
from bot.domain.rights import has_role
from storage.unit import UnitOfWork


def changed(uow: UnitOfWork, bureau: int | None) -> int | None:
    """Have the open review's messages show the newest state; its number, if there is one."""
    review = uow.reviews.changed(bureau)
    if review is not None:
        uow.projections.touch("review", [review])
    return review


def decided_above(uow: UnitOfWork, actor: Person, place: Place, now: datetime) -> frozenset[int]:
    """After a change in the bureau: whom to tell, since a director decided during a review what
    is their department's. Nobody where no review is open, or the actor heads the department."""
    if changed(uow, place.bureau) is None or place.department is None:
        return frozenset()
    if has_role(actor, (Role.HEAD,), place) or not has_role(actor, (Role.DIRECTOR,), place):
        return frozenset()
    return uow.people.holder_ids((Role.HEAD,), place, today(now)) - {actor.id}
