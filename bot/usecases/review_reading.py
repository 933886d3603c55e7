"""Reviews as they are read: what is open in one, how it stands, and which concern a person."""

from collections.abc import Iterable
from datetime import date, datetime

from bot.domain.calendar import today
from bot.domain.errors import BotError
from bot.domain.org import Person, Place, Role, Unit, UnitKind
from bot.domain.review import REASONED, Kind, Left, Review, digest
from bot.domain.review_screens import (
    BureauReviews,
    HomeReview,
    Needing,
    Open,
    ReviewPanel,
    ReviewShown,
)
from bot.domain.rights import Act, allowed, may_at
from bot.usecases.covering import bureau_coverage
from bot.usecases.ticking import waited_before
from storage.review_plans import Plan
from storage.unit import UnitOfWork

PAGE = 10
MOST = 200
"""Tasks of one kind that are counted; nobody reads more of them in a message."""

Kinds = dict[int, tuple[Kind, ...]]


def review_of(uow: UnitOfWork, number: int) -> Review:
    """The review of that number; raise for a forged one."""
    found = uow.reviews.get(number)
    if found is None:
        raise BotError("error-stale-button")
    return found


def needing(uow: UnitOfWork, bureau: int, now: datetime, review: int | None = None) -> Kinds:
    """Why by task, in order, what needs the director's eye and was not answered by a reason."""
    found = uow.review_facts.exceptions(bureau, today(now), waited_before(uow, now), MOST)
    answered = {(a.task, a.kind) for a in uow.reviews.answers(review)} if review else set()
    open_ = {
        task: tuple(kind for kind in kinds if (task, kind) not in answered)
        for task, kinds in found.items()
    }
    return {task: kinds for task, kinds in open_.items() if kinds}


def missing(uow: UnitOfWork, bureau: int, now: datetime) -> tuple[Unit, ...]:
    """The bureau's departments without a representative task, once that is due."""
    round_ = uow.rounds.current(today(now))
    covered = bureau_coverage(uow, round_, bureau, now) if round_ else None
    return covered.missing if covered else ()


def open_in(
    uow: UnitOfWork,
    bureau: int,
    viewer: Person | None,
    now: datetime,
    *,
    review: int | None = None,
    page: int = 1,
) -> Open:
    """One page of what is open; tasks first, then departments. Beyond the last one, the last."""
    kinds, units = needing(uow, bureau, now, review), missing(uow, bureau, now)
    count = len(kinds) + len(units)
    page = max(1, min(page, -(-count // PAGE)))
    first, end = (page - 1) * PAGE, page * PAGE
    numbers = list(kinds)[first:end]
    rest = max(0, first - len(kinds)), max(0, end - len(kinds))
    return Open(
        tasks=tuple(_needing(uow, kinds, numbers, viewer)),
        departments=units[rest[0] : rest[1]],
        count=count,
        page=page,
        more=count > end,
        capped=_is_capped(kinds),
        digest=digest(kinds, [unit.id for unit in units]),
    )


def left_in(uow: UnitOfWork, review: Review, now: datetime) -> tuple[tuple[Left, ...], str]:
    """Everything that is open in a review, for its record, and the digest of it."""
    kinds = needing(uow, review.bureau, now, review.id)
    units = missing(uow, review.bureau, now)
    left = (
        *(Left(kinds=kinds[row.id], title=row.title, task=row.id) for row in uow.lists.of(kinds)),
        *(Left(kinds=(Kind.MISSING,), title=unit.name, department=unit.id) for unit in units),
    )
    return left, digest(kinds, [unit.id for unit in units])


def shown(
    uow: UnitOfWork, review: Review, viewer: Person | None, now: datetime, *, page: int = 1
) -> ReviewShown:
    """The review as the viewer sees it."""
    unit, before = uow.units.get(review.bureau), uow.reviews.before(review.bureau, review.boundary)
    signs = review.is_open and viewer is not None and may_sign(viewer, review)
    by = review.signed_by
    return ReviewShown(
        review=review,
        bureau=unit.name if unit else "",
        today=today(now),
        last=before.figures if before else None,
        open=open_in(
            uow, review.bureau, viewer if signs else None, now, review=review.id, page=page
        ) if review.is_open else Open(),
        reasons=len({a.task for a in uow.reviews.answers(review.id) if a.text}),
        may_sign=signs,
        signed_by=uow.people.names([by]).get(by, "") if by else "",
        followed=_is_followed(uow, review),
    )  # fmt: skip


def directors_of(uow: UnitOfWork, bureau: int, now: datetime) -> tuple[Person, ...]:
    """Who may sign off the bureau's review: directors, their delegates and acting holders."""
    return uow.people.holders((Role.DIRECTOR,), Place(bureau=bureau), today(now))


def reached(people: Iterable[Person]) -> tuple[Person, ...]:
    """Those of them who are known in Slack: the others are told once they are."""
    return tuple(person for person in people if person.slack_id is not None)


def look(uow: UnitOfWork, who: str, number: int, now: datetime, *, page: int = 1) -> ReviewShown:
    """A review for a modal; everybody may read it."""
    viewer = uow.people.by_slack(who, today(now))
    return shown(uow, review_of(uow, number), viewer, now, page=page)


def waiting_for(uow: UnitOfWork, who: str, now: datetime) -> int | None:
    """The one open review that waits for the person; None when there is none, or several."""
    viewer = uow.people.by_slack(who, today(now))
    found = uow.reviews.open_of_many(directed(viewer)) if viewer else ()
    return found[0].id if len(found) == 1 else None


def may_sign(person: Person, review: Review) -> bool:
    """Whether the person directs that bureau, or stands in for who does."""
    return may_at(person, Act.REVIEW_SIGN, Place(bureau=review.bureau))


def home_reviews(uow: UnitOfWork, viewer: Person, now: datetime) -> tuple[HomeReview, ...]:
    """The open reviews that wait for the viewer."""
    found = []
    for review in uow.reviews.open_of_many(directed(viewer)):
        unit = uow.units.get(review.bureau)
        kinds = needing(uow, review.bureau, now, review.id)
        count = len(kinds) + len(missing(uow, review.bureau, now))
        name = unit.name if unit else ""
        found.append(HomeReview(review=review, bureau=name, count=count, capped=_is_capped(kinds)))
    return tuple(found)


def directed(person: Person) -> list[int]:
    """The bureaus the person directs, or stands in for who does."""
    places = (post.place.bureau for post in person.posts if post.role is Role.DIRECTOR)
    return list(dict.fromkeys(bureau for bureau in places if bureau))


def panel(
    uow: UnitOfWork, who: str, now: datetime, *, page: int = 1, around: int | None = None
) -> ReviewPanel:
    """A page of bureaus, or the one with the bureau `around`: for headquarters all, for anybody
    else those of their own posts."""
    viewer = uow.people.by_slack(who, today(now))
    if viewer is None:
        return ReviewPanel(rows=(), today=today(now))
    own = {post.place.bureau for post in viewer.posts}
    bureaus = [
        unit
        for unit in uow.units.all()
        if unit.kind is UnitKind.BUREAU and not unit.retired and (viewer.is_hq or unit.id in own)
    ]
    index = next((i for i, unit in enumerate(bureaus) if unit.id == around), None)
    page = page if index is None else index // PAGE + 1
    page = max(1, min(page, -(-len(bureaus) // PAGE)))
    rows = (_row(uow, unit, now) for unit in bureaus[(page - 1) * PAGE : page * PAGE])
    return ReviewPanel(
        rows=tuple(row for row in rows if row),
        today=today(now),
        page=page,
        more=len(bureaus) > page * PAGE,
        may_set=viewer.is_hq,
        mine=frozenset(directed(viewer)),
    )


def _is_followed(uow: UnitOfWork, review: Review) -> bool:
    newest = uow.reviews.before(review.bureau, date.max) if review.superseded_at else None
    return newest is None or newest.id != review.id


def _row(uow: UnitOfWork, unit: Unit, now: datetime) -> BureauReviews | None:
    plan: Plan | None = uow.review_plans.get(unit.id)
    if plan is None:
        return None
    newest = uow.reviews.before(unit.id, date.max)
    by = newest.signed_by if newest else None
    return BureauReviews(
        bureau=unit,
        cadence=plan.cadence,
        newest=newest,
        opens_at=plan.next_opens_at,
        signed_by=uow.people.names([by]).get(by, "") if by else "",
    )


def _needing(
    uow: UnitOfWork, kinds: Kinds, numbers: list[int], viewer: Person | None
) -> list[Needing]:
    found = []
    for row in uow.lists.of(numbers):
        task = uow.tasks.get(row.id)
        if task is None:
            continue
        may = allowed(viewer, task) if viewer else frozenset[Act]()
        found.append(Needing(row=row, version=task.version, kinds=kinds[row.id], may=may))
    return found


def _is_capped(kinds: Kinds) -> bool:
    return any(sum(kind in ks for ks in kinds.values()) >= MOST for kind in Kind)


def reasoned(kinds: tuple[Kind, ...]) -> tuple[Kind, ...]:
    """Those of the kinds that a reason answers."""
    return tuple(kind for kind in kinds if kind in REASONED)
