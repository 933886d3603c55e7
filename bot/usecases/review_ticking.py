"""What falls due of reviews: previews, openings, and asking again; each under a unique key, so two
processes may tick at once, and what was missed while down is due at the next tick."""

from collections.abc import Iterable, Mapping
from dataclasses import replace
from datetime import date, datetime

from bot.domain.calendar import Calendar, today
from bot.domain.facts import Fact
from bot.domain.periods import ask_of, hq_hears_of
from bot.domain.results import Entry, Surface
from bot.domain.review import Figures, Review
from bot.usecases.acting import calendar_of
from bot.usecases.review_planning import plan_bureaus, scheduled
from bot.usecases.review_reading import directors_of, reached
from storage.review_plans import Plan
from storage.unit import UnitOfWork

BATCH = 50
"""Bureaus that one write previews, and reviews that it looks at: nobody waits long behind it."""
AT_ONCE = 400
"""Bureaus whose reviews one tick opens."""

Found = Mapping[int, Figures | None]


def tick(uow: UnitOfWork, now: datetime) -> None:
    """Plan new bureaus, preview, and look at open reviews; nothing is told outside office
    hours."""
    plan_bureaus(uow, now)
    to_preview = uow.review_plans.to_preview(now, BATCH)
    to_look_at = uow.reviews.to_look_at(today(now), now, BATCH)
    if not (to_preview or to_look_at):
        return
    calendar = calendar_of(uow)
    if calendar.office_moment(now) != now:
        return
    for plan in to_preview:
        _preview(uow, plan, now, calendar)
    for review in to_look_at:
        _look(uow, review, now, calendar)


def bureaus_due(uow: UnitOfWork, now: datetime) -> tuple[int, ...]:
    """Whose reviews are to open now; nobody's outside office hours."""
    found = uow.review_plans.to_open(now, AT_ONCE)
    if not found or calendar_of(uow).office_moment(now) != now:
        return ()
    return tuple(plan.bureau for plan in found)


def figures_due(uow: UnitOfWork, now: datetime, bureau: int) -> Found:
    """How a bureau looks whose review is to open now; None when its moment has moved.

    This reads all tasks of the bureau, so it is asked before anything is written.
    """
    plan, calendar = uow.review_plans.get(bureau), calendar_of(uow)
    if plan is None or calendar.office_moment(now) != now:
        return {}
    boundary = plan.rhythm.due(now, calendar)
    if boundary is None:
        return {bureau: None}
    return {bureau: uow.review_facts.figures(bureau, plan.rhythm.covers(boundary), today(now))}


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
        _ask(uow, review, _directors(uow, review, now))


def _supersede(uow: UnitOfWork, bureau: int, now: datetime) -> None:
    former = uow.reviews.open_of(bureau)
    if former is None:
        return
    uow.reviews.end(former, replace(former, superseded_at=now))
    uow.projections.touch("review", [former.id])
    _record(uow, former, "review_superseded", now)


def _look(uow: UnitOfWork, review: Review, now: datetime, calendar: Calendar) -> None:
    """Once each working day: who came since gets the message, and who waits is asked again. A
    bureau that was retired is reviewed no more.

    Whoever Slack refused (`lost`) gets the message anew, or is asked in its place.
    """
    unit = uow.units.get(review.bureau)
    if unit is None or unit.retired:
        _supersede(uow, review.bureau, now)
        return
    day, asked, hq_told = today(now), review.asked, review.hq_told
    directors, have_it = _directors(uow, review, now), uow.reviews.have_it(review.id)
    lost = _lost(uow, review, [director for director in directors if director not in have_it])
    ask, again = ask_of(review.opened_on, now, calendar), []
    # After an outage the message itself may still be on its way: it comes first.
    is_due = ask > asked and bool(have_it or lost.issuperset(directors))
    if is_due:
        asked, again = ask, [director for director in directors if director in have_it | lost]
    _ask(uow, review, [director for director in directors if director not in again])
    if is_due and (again or not directors):
        _ask_again(uow, review, ask, again, now)
    is_late = review.opened_on <= hq_hears_of(now, calendar)
    if hq_told is None and is_late and _tell_hq(uow, day, now):
        hq_told = day
    uow.reviews.looked(review.id, day, asked=asked, hq_told=hq_told)
    uow.projections.touch("review", [review.id])


def _directors(uow: UnitOfWork, review: Review, now: datetime) -> list[int]:
    """Everybody who may sign and is known in Slack: the first look after they are gives others
    the message.

    Where nobody is, headquarters has to name an acting holder or to mend the file, and hears of
    it once a boundary.
    """
    everybody = directors_of(uow, review.bureau, now)
    directors = [director.id for director in reached(everybody)]
    if not directors:
        why = "review_unlinked" if everybody else "review_vacant"
        for person in reached(uow.people.hq(today(now))):
            payload = {"review": review.id}
            _tell(uow, "review_vacant", person.id, f"{why}:{review.id}", payload)
    return directors


def _lost(uow: UnitOfWork, review: Review, directors: Iterable[int]) -> frozenset[int]:
    """Those whose message could not be told, which is forgotten: it may be put again."""
    keys = {f"{_key(review)}:{director}": director for director in directors}
    return frozenset(keys[key] for key in uow.outbox.forget_dropped(keys))


def _ask(uow: UnitOfWork, review: Review, directors: Iterable[int]) -> None:
    """The message for those who have none yet."""
    payload, key = {"review": review.id}, _key(review)
    told = [director for director in directors if _tell(uow, "review", director, key, payload)]
    uow.projections.touch("home", told)


def _key(review: Review) -> str:
    return f"review:{review.id}"


def _ask_again(
    uow: UnitOfWork, review: Review, ask: int, directors: Iterable[int], now: datetime
) -> None:
    """They have had the message for days, and the coordinating team gets a copy; that alone where
    nobody can be asked."""
    payload = {"review": review.id, "ask": ask}
    for director in directors:
        _tell(uow, "review_again", director, f"review_again:{review.id}:{ask}", payload)
    for lead in _coordinating(uow, review.bureau, now):
        _tell(uow, "review_copy", lead, f"review_copy:{review.id}:{ask}", payload)


def _tell_hq(uow: UnitOfWork, day: date, now: datetime) -> bool:
    """One list a day of all that are late; whether there is anybody who gets it."""
    people = reached(uow.people.hq(today(now)))
    for person in people:
        payload = {"day": day.isoformat()}
        _tell(uow, "reviews_late", person.id, f"reviews_late:{day}", payload)
    return bool(people)


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
