"""An open ballot of the small office's department."""

from datetime import UTC, datetime

from bot.domain.ballot import Ballot, Mode
from bot.domain.calendar import today
from bot.domain.results import Surface
from bot.usecases.opening import open_ballot
from storage.unit import UnitOfWork
from tests.usecases.small_office import HEAD, MEMBER, NOW, own_task

CLOSES = datetime(2026, 7, 8, 9, 0, tzinfo=UTC)
"""18:00 of a Wednesday at the office."""


def opened(uow: UnitOfWork, *, candidates: int = 2) -> Ballot:
    """A ballot that its head has just opened; nothing of it is posted yet."""
    round_ = uow.rounds.current(today(NOW))
    department = uow.units.by_path("교통국", "도로과")
    assert round_
    assert department
    for _ in range(candidates):
        own_task(uow, MEMBER, round=round_.id)
    made = open_ballot(
        uow, HEAD.slack_id, Surface.HOME,
        department=department.id, closes_at=CLOSES, mode=Mode.OPEN, reason="", now=NOW,
    )  # fmt: skip
    return current(uow, made.ballots[0])


def current(uow: UnitOfWork, ballot: int) -> Ballot:
    """The ballot as it stands."""
    found = uow.ballots.get(ballot)
    assert found
    return found
