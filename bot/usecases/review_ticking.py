"""What falls due of reviews: previews, openings, and asking again; each under a unique key, so two
processes may tick at once, and what was missed while down is due at the next tick."""

from collections.abc import Iterable, Mapping
from dataclasses import replace
from datetime import date, datetime

from bot.domain.calendar import Calendar, today
from bot.domain.facts import Fact
from bot.domain.org import Person, Place, Role
from bot.domain.periods import ask_of, hq_hears
from bot.domain.results import Entry, Surface
from bot.domain.review import Figures, Review
from bot.usecases.acting import calendar_of
from bot.usecases.review_planning import plan_bureaus, scheduled
from storage.review_plans import Plan
from storage.unit import UnitOfWork

BATCH = 50
"""Bureaus that one write previews, and reviews that it looks at: nobody waits long behind it."""
READ = 20
"""Bureaus whose figures are read at a time."""

Found = Mapping[int, Figures | None]


def tick(uow: UnitOfWork, now: datetime) -> None:
    """Plan new bureaus, preview, and look at open reviews; nothing is told outside office
    hours."""
    plan_bureaus(uow, now)
    to_preview = uow.review_plans.to_preview(now, BATCH)
    to_look_at = uow.reviews.to_look_at(today(now), BATCH)
    if not (to_preview or to_look_at):
        return
    calendar = calendar_of(uow)
    if calendar.office_moment(now) != now:
        return
    for plan in to_preview:
        _preview(uow, plan, now, calendar)
    for review in to_look_at:
        _look(uow, review, now, calendar)


def figures_due(uow: UnitOfWork, now: datetime) -> Found:
    """How the bureaus look whose reviews are to open now; None for one whose moment has moved.

    This reads all tasks of a bureau, so it is asked before anything is written.
    """
    to_open = uow.review_plans.to_open(now, READ)
    calendar = calendar_of(uow) if to_open else None
    if calendar is None or calendar.office_moment(now) != now:
        return {}
    due = ((plan, plan.rhythm.due(now, calendar)) for plan in to_open)
    return {
        plan.bureau: uow.review_facts.figures(
            plan.bureau, plan.rhythm.covers(boundary), today(now)
        ) if boundary else None
        for plan, boundary in due
    }  # fmt: skip


def open_due(uow: UnitOfWork, found: Found, now: datetime) -> None:
    """Open the reviews of these bureaus, unless somebody else has done so meanwhile."""
    calendar = calendar_of(uow)
    for bureau, figures in found.items():
        plan = uow.review_plans.get(bureau)
        boundary = plan.rhythm.due(now, calendar) if plan else None
        if plan is not None and boundary is not None and figures is not None:
            _open(uow, plan, boundary, figures, now)
            plan = replace(plan, last=boundary)
        if plan is not None:
            uow.review_plans.put(scheduled(plan, now, calendar))


def directors_of(uow: UnitOfWork, bureau: int, now: datetime) -> tuple[Person, ...]:
    """Who may sign off the bureau's review: directors, their delegates and acting holders."""
    return uow.people.holders((Role.DIRECTOR,), Place(bureau=bureau), today(now))


def _preview(uow: UnitOfWork, plan: Plan, now: datetime, calendar: Calendar) -> None:
    """The coordinating team sees what the director will see, once a boundary."""
    boundary = plan.rhythm.preview_due(now, calendar)
    if boundary is None:  # too late, or a day off was added since it was planned
        uow.review_plans.put(scheduled(plan, now, calendar))
        return
    payload = {"bureau": plan.bureau, "boundary": boundary.isoformat()}
    for lead in _coordinating(uow, plan.bureau, now):
        key = f"review_preview:{plan.bureau}:{boundary}"
        _tell(uow, "review_preview", lead, key, payload)
    uow.review_plans.put(replace(plan, next_preview_at=None))


def _open(uow: UnitOfWork, plan: Plan, boundary: date, figures: Figures, now: datetime) -> None:
    """Open the review of the boundary that is due; the one before it ends."""
    _supersede(uow, plan.bureau, now)
    period = plan.rhythm.covers(boundary)
    review = uow.reviews.open(
        bureau=plan.bureau, period=period, figures=figures, day=today(now), now=now
    )
    if review is not None:
        _record(uow, review, "review_opened", now)
        _ask_directors(uow, review, now)


def _supersede(uow: UnitOfWork, bureau: int, now: datetime) -> None:
    former = uow.reviews.open_of(bureau)
    if former is None:
        return
    uow.reviews.end(former, replace(former, superseded_at=now))
    uow.projections.touch("review", [former.id])
    _record(uow, former, "review_superseded", now)


def _look(uow: UnitOfWork, review: Review, now: datetime, calendar: Calendar) -> None:
    """Once each working day: who came since gets the message, and who waits is asked again."""
    day, asked, hq_told = today(now), review.asked, review.hq_told
    inherited = _ask_directors(uow, review, now)
    ask = ask_of(review.opened_on, now, calendar)
    if ask > asked:
        asked = ask
        _ask_again(uow, review, ask, inherited, now)
    if hq_told is None and hq_hears(review.opened_on, now, calendar):
        hq_told = day
        _tell_hq(uow, day, now)
    uow.reviews.looked(review.id, day, asked=asked, hq_told=hq_told)
    uow.projections.touch("review", [review.id])


def _ask_directors(uow: UnitOfWork, review: Review, now: datetime) -> frozenset[int]:
    """The message for everybody who may sign and has none yet; who they are.

    A vacant post is headquarters' to fill, which hears of it once a boundary.
    """
    directors = directors_of(uow, review.bureau, now)
    payload = {"review": review.id}
    if not directors:
        for person in uow.people.hq(today(now)):
            key = f"review_vacant:{review.id}"
            _tell(uow, "review_vacant", person.id, key, payload)
    told = frozenset(
        director.id
        for director in directors
        if _tell(uow, "review", director.id, f"review:{review.id}", payload)
    )
    uow.projections.touch("home", told)
    return told


def _ask_again(
    uow: UnitOfWork, review: Review, ask: int, inherited: frozenset[int], now: datetime
) -> None:
    """Who has had the message for days is asked again, and the coordinating team knows of it."""
    payload = {"review": review.id, "ask": ask}
    for director in directors_of(uow, review.bureau, now):
        if director.id not in inherited:
            key = f"review_again:{review.id}:{ask}"
            _tell(uow, "review_again", director.id, key, payload)
    for lead in _coordinating(uow, review.bureau, now):
        _tell(uow, "review_copy", lead, f"review_copy:{review.id}:{ask}", payload)


def _tell_hq(uow: UnitOfWork, day: date, now: datetime) -> None:
    """One list a day of all that are late."""
    for person in uow.people.hq(today(now)):
        payload = {"day": day.isoformat()}
        _tell(uow, "reviews_late", person.id, f"reviews_late:{day}", payload)


def _coordinating(uow: UnitOfWork, bureau: int, now: datetime) -> Iterable[int]:
    """The leads of the coordinating team, or of each where a bureau has several."""
    for team in uow.reviews.coordinating(bureau):
        lead = uow.people.lead_of(team, today(now))
        if lead is not None:
            yield lead.id


def _tell(uow: UnitOfWork, kind: str, person: int, key: str, payload: Mapping[str, object]) -> bool:
    """Tell a person once; whether it is the first time."""
    return uow.outbox.put(
        Fact(
            kind=kind,
            recipient=f"person:{person}",
            dedupe_key=f"{key}:{person}",
            payload=payload,
        )
    )


def _record(uow: UnitOfWork, review: Review, act: str, now: datetime) -> None:
    after = {"review": review.id, "unit": review.bureau, "boundary": review.boundary.isoformat()}
    uow.audit.add(Entry(at=now, act=act, actor=None, surface=Surface.TICK, after=after))
