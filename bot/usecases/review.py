"""What directors do in a review: move dates, give reasons, and sign it off."""

from dataclasses import dataclass, replace
from datetime import datetime

from bot.domain.calendar import today
from bot.domain.errors import BotError
from bot.domain.org import Person, Place, Role
from bot.domain.proposing import checked_text
from bot.domain.results import Done, Entry, Surface
from bot.domain.review import Answer, Left, Review, Seen, extended
from bot.domain.rights import Act, possible
from bot.domain.task import Listed, Status
from bot.usecases import update
from bot.usecases.acting import Ask, allowed_at, begin, calendar_of, finish, task_of
from bot.usecases.review_changes import changed
from bot.usecases.review_reading import left_in, needing, reasoned, review_of
from storage.unit import UnitOfWork


@dataclass(frozen=True, kw_only=True)
class Signed:
    """A review signed off with what was left open; or not yet, since that was not seen before."""

    review: int
    done: bool
    left: int = 0
    changed: bool = False
    """Whether what is open is not what was shown."""


def extend(uow: UnitOfWork, ask: Ask, now: datetime) -> Done:
    """Move the dates of a task that have passed, two weeks from today."""
    held = task_of(uow, ask.task).status is Status.ON_HOLD
    person, task = begin(uow, ask, Act.RESUME if held else Act.DUE, now)
    after = extended(task, now, calendar_of(uow))
    return finish(uow, ask, person, Act.HOLD if held else Act.DUE, task, after, now)


def reason_for(
    uow: UnitOfWork, who: str, surface: Surface, review: int, task: int, now: datetime
) -> Listed:
    """The task for the form of its reason; raises as `give_reason` would."""
    found, _ = _begin(uow, who, surface, review, now)
    if not reasoned(needing(uow, found.bureau, now, found.id).get(task, ())):
        raise BotError("error-review-answered", number=task)
    return uow.lists.of([task])[0]


def give_reason(uow: UnitOfWork, ask: Ask, review: int, now: datetime, *, text: str) -> Done:
    """Answer a late or blocked task with the reason; while it goes on that is its progress note.

    Raises BotError when nothing of the task is open any more that a reason answers.
    """
    text = checked_text(text, "note")
    found, person = _begin(uow, ask.who, ask.surface, review, now)
    kinds = reasoned(needing(uow, found.bureau, now, found.id).get(ask.task, ()))
    if not kinds:
        raise BotError("error-review-answered", number=ask.task)
    for kind in kinds:
        uow.reviews.answer(
            Answer(review=found.id, task=ask.task, kind=kind, text=text, by=person.id, at=now)
        )
    task = task_of(uow, ask.task)
    if possible(Act.NOTE, task):
        return update.note(uow, replace(ask, seen=None), now, text=text)
    # What is on hold takes no progress note: the reason stands in its history alone.
    return finish(uow, ask, person, Act.NOTE, task, task, now, text=text)


def sign(
    uow: UnitOfWork,
    who: str,
    surface: Surface,
    review: int,
    now: datetime,
    *,
    seen: str | None = None,
    confirmed: bool = False,
) -> Signed:
    """Sign a review off; what is left is recorded as not acted upon.

    With something open it takes somebody who was asked about that (`confirmed`) and saw all of
    it: `seen` is the digest of what their screen showed. Time alone makes tasks overdue, so it is
    compared with what is open now; when it differs, the review's messages are shown anew.
    """
    found, person = _begin(uow, who, surface, review, now)
    left, state = left_in(uow, found, now)
    if left and (seen != state or not confirmed):
        differs = seen is not None and seen != state
        if differs:
            changed(uow, found.bureau)
        return Signed(review=found.id, done=False, left=len(left), changed=differs)
    signed = found.signed(person.id, Seen(left=left), now)
    uow.reviews.end(found, signed)
    uow.projections.touch("review", [found.id])
    directors = uow.people.holder_ids((Role.DIRECTOR,), Place(bureau=found.bureau), today(now))
    uow.projections.touch("home", directors)
    _record(uow, signed, person, surface, left, now)
    return Signed(review=found.id, done=True, left=len(left))


def _begin(
    uow: UnitOfWork, who: str, surface: Surface, review: int, now: datetime
) -> tuple[Review, Person]:
    """The open review and who may sign it; a refusal names who that is, and is written down."""
    found = review_of(uow, review)
    person = allowed_at(uow, who, surface, Act.REVIEW_SIGN, Place(bureau=found.bureau), now)
    if not found.is_open:
        found.signed(person.id, Seen(), now)
    return found, person


def _record(
    uow: UnitOfWork,
    review: Review,
    person: Person,
    surface: Surface,
    left: tuple[Left, ...],
    now: datetime,
) -> None:
    """Write the sign-off down, and in the history of each task left open that nothing was done."""
    after = {
        "review": review.id,
        "unit": review.bureau,
        "boundary": review.boundary.isoformat(),
        "missing": [one.department for one in left if one.department],
    }
    entry = Entry(at=now, act="review_signed", actor=person.id, surface=surface, after=after)
    uow.audit.add(entry)
    for one in left:
        if one.task is not None:
            about = {"review": review.id, "kinds": [kind.value for kind in one.kinds]}
            uow.audit.add(replace(entry, act="review_left", task=one.task, after=about))
