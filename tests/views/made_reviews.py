"""Reviews for the views: small ones to read, and the fullest there can be."""

from datetime import UTC, date, datetime
from typing import Any

from bot.domain.org import Unit, UnitKind
from bot.domain.review import Figures, Kind, Left, Review, Seen
from bot.domain.review_screens import Needing, Open, ReviewShown
from bot.domain.rights import ON_A_TASK
from bot.domain.task import Status
from tests.views import made

NOW = datetime(2026, 10, 1, 0, 0, tzinfo=UTC)
DAY = date(2026, 10, 1)
FIGURES = Figures(
    by_status={status.value: 1234 for status in Status},
    done=1234,
    overdue=1234,
    expected=123456.5,
    reported=98765.5,
    verified=4321.5,
)
LATE = (Kind.OVERDUE, Kind.BLOCKED, Kind.OWNERLESS)
BUREAU = "문화체육관광국"


def review(**fields: Any) -> Review:
    """An open review of the third quarter."""
    given: dict[str, Any] = {
        "id": 3, "version": 1, "bureau": 1, "boundary": DAY, "starts_on": date(2026, 7, 1),
        "ends_on": date(2026, 9, 30), "opened_at": NOW, "opened_on": DAY, "looked_on": DAY,
        "figures": FIGURES,
    }  # fmt: skip
    return Review(**given | fields)


def signed(**fields: Any) -> Review:
    """A review that was signed off with two things left."""
    left = tuple(Left(kinds=(Kind.OVERDUE,), title="일지", task=n) for n in (1, 2))
    return review(signed_by=1, signed_at=NOW, seen=Seen(left=left), **fields)


def needing(number: int = 12, *kinds: Kind, **fields: Any) -> Needing:
    """A task in which everything is as long as it may be, and every act allowed."""
    given: dict[str, Any] = {"version": 4, "may": frozenset(ON_A_TASK)}
    return Needing(row=made.row(number), kinds=kinds or LATE, **given | fields)


def department(number: int) -> Unit:
    """A department without a representative task."""
    return Unit(id=number, kind=UnitKind.DEPARTMENT, name=f"지역건설교통정책{number}과", parent=1)


def full(**fields: Any) -> Open:
    """A page of ten tasks of many more."""
    tasks = tuple(needing(number) for number in range(1, 11))
    return Open(**{"tasks": tasks, "count": 812, "more": True, "capped": True, **fields})


def shown(**fields: Any) -> ReviewShown:
    """A review as its director sees it."""
    given: dict[str, Any] = {
        "review": review(), "bureau": BUREAU, "today": DAY, "last": FIGURES, "may_sign": True,
    }  # fmt: skip
    return ReviewShown(**given | fields)
