"""What is shown and told of reviews: plain values with names already looked up."""

from collections.abc import Set as AbstractSet
from dataclasses import dataclass, field
from datetime import date, datetime

from bot.domain.org import Unit
from bot.domain.periods import Cadence, Period
from bot.domain.review import Figures, Kind, Review
from bot.domain.rights import Act
from bot.domain.task import Listed


@dataclass(frozen=True, kw_only=True)
class Needing:
    """A task that needs the director's eye, why, and what the viewer may do about it."""

    row: Listed
    version: int
    kinds: tuple[Kind, ...]
    may: AbstractSet[Act] = frozenset()


@dataclass(frozen=True, kw_only=True)
class Open:
    """What is open in a review: one page of tasks, and how many there are in all."""

    tasks: tuple[Needing, ...] = ()
    departments: tuple[Unit, ...] = ()
    """Those of this page without a representative task, once that is due."""
    count: int = 0
    page: int = 1
    more: bool = False
    """Whether a next page exists."""
    capped: bool = False
    """Whether there are even more than `count`."""
    digest: str = ""
    """What is open on all pages, in a short name: whoever signs off says that they saw this."""


@dataclass(frozen=True, kw_only=True)
class ReviewShown:
    """A review as one viewer sees it; only who may sign it off gets its controls."""

    review: Review
    bureau: str
    today: date
    last: Figures | None = None
    """How the bureau looked at the review before."""
    open: Open = field(default_factory=Open)
    reasons: int = 0
    """How many exceptions were answered with a reason."""
    may_sign: bool = False
    signed_by: str = ""
    followed: bool = True
    """Whether it was the next review that ended it, or that its bureau was retired."""

    @property
    def mark(self) -> int:
        """Which state of the review it shows."""
        return self.review.changes


@dataclass(frozen=True, kw_only=True)
class ReviewAgain:
    """A review that is not signed off, as it is asked about again; `who` has to sign it."""

    review: Review
    bureau: str
    count: int
    capped: bool = False
    who: str = ""
    reached: bool = True
    """Whether any of them has the review in their messages."""


@dataclass(frozen=True, kw_only=True)
class ReviewPreview:
    """What the director will see in two working days, for the coordinating team."""

    bureau: str
    period: Period
    opens_at: datetime
    today: date
    open: Open


@dataclass(frozen=True, kw_only=True)
class ReviewVacant:
    """A review that nobody gets, since the post of its director is vacant, or its holders are
    not known in Slack."""

    bureau: str
    period: Period
    who: str = ""
    """Those holders; empty where the post is vacant."""


@dataclass(frozen=True, kw_only=True)
class LateReview:
    """A review that was not signed off for ten working days."""

    bureau: str
    period: Period
    opened_on: date
    who: str
    """Who has to sign it; empty where the post is vacant."""


@dataclass(frozen=True, kw_only=True)
class ReviewsLate:
    """All reviews that are late: the first ones, and how many there are."""

    rows: tuple[LateReview, ...]
    count: int


@dataclass(frozen=True, kw_only=True)
class HomeReview:
    """An open review in a director's Home."""

    review: Review
    bureau: str
    count: int
    capped: bool = False


@dataclass(frozen=True, kw_only=True)
class BureauReviews:
    """A bureau in the list of reviews: its newest review, and when the next one opens."""

    bureau: Unit
    cadence: Cadence
    newest: Review | None
    opens_at: datetime
    signed_by: str = ""


@dataclass(frozen=True, kw_only=True)
class ReviewPanel:
    """One page of the bureaus whose reviews concern the viewer."""

    rows: tuple[BureauReviews, ...]
    today: date
    page: int = 1
    more: bool = False
    may_set: bool = False
    """Whether the viewer may say how often a bureau is reviewed."""
    mine: AbstractSet[int] = frozenset()
    """Bureaus whose reviews the viewer may sign off."""
