"""What could not be told so far: it is asked again each hour, and shown to headquarters."""

from bot.domain.notices import Undelivered
from storage.unit import UnitOfWork


def how_much(uow: UnitOfWork) -> int:
    """How many messages are set aside."""
    return sum(one.many for one in set_aside(uow))


def set_aside(uow: UnitOfWork) -> tuple[Undelivered, ...]:
    """By kind and reason, how much is set aside; the most first."""
    found = uow.outbox.parked() + uow.projections.parked()
    return tuple(
        Undelivered(kind=kind, reason=reason, many=many)
        for (kind, reason), many in found.most_common()
    )
