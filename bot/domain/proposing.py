"""The proposer's rules: what a proposal must say, editing, joining and taking it back."""

from dataclasses import replace
from datetime import datetime

from bot.domain.errors import BotError, Several
from bot.domain.org import Person, Place
from bot.domain.task import Content, Effect, Need, Status, Task
from bot.domain.text import one_line, refuse_personal, tidy

TITLE_MAX = 100
TEXT_MAX = 2000
LARGEST = 1_000_000_000
_RANGES = {"per_year": 100_000, "minutes": 100_000, "people": 100_000, "budget": LARGEST}
"""The largest sensible value of each number, so that a slip of the finger is caught."""


def checked(content: Content) -> Content:
    """The content tidied; raise with every mistake named at once."""
    tidied = replace(
        content,
        title=one_line(content.title),
        problem=tidy(content.problem),
        proposal=tidy(content.proposal),
        cooperating=tuple(dict.fromkeys(content.cooperating)),
    )
    errors = [
        *_text_errors("title", tidied.title, TITLE_MAX, required=True),
        *_text_errors("problem", tidied.problem, TEXT_MAX, required=True),
        *_text_errors("proposal", tidied.proposal, TEXT_MAX, required=False),
        *_effect_errors(tidied.effect),
    ]
    if Need.IMMEDIATE in tidied.needs and len(tidied.needs) > 1:
        errors.append(BotError("error-immediate-alone", field="needs"))
    if errors:
        raise Several(errors)
    return tidied


def checked_text(text: str, field: str, *, required: bool = True) -> str:
    """A tidy comment, note or reason; raise BotError when it is missing or must not be kept."""
    text = tidy(text)
    errors = _text_errors(field, text, TEXT_MAX, required=required)
    if errors:
        raise errors[0]
    return text


def _text_errors(field: str, text: str, limit: int, *, required: bool) -> list[BotError]:
    if required and not text:
        return [BotError(f"error-required-{field}", field=field)]
    if len(text) > limit:
        return [BotError("error-too-long", field=field, limit=limit, length=len(text))]
    try:
        refuse_personal(text, field)
    except BotError as error:
        return [error]
    return []


def _effect_errors(effect: Effect) -> list[BotError]:
    errors = []
    for field, largest in _RANGES.items():
        value = getattr(effect, field)
        if value is not None and not isinstance(value, int):
            errors.append(BotError("error-whole-number", field=field))
        elif value is not None and not 0 <= value <= largest:
            errors.append(BotError("error-number-range", field=field, largest=largest))
    return errors


def propose(
    person: Person,
    content: Content,
    place: Place,
    *,
    number: int,
    round: int | None,
    now: datetime,
    source: str = "",
) -> Task:
    """A new task of `place`, submitted and waiting for its head's decision.

    The proposer owns it while the work is their own department's; otherwise nobody does yet.
    """
    at_home = any(post.place.department == place.department for post in person.posts)
    return Task(
        id=number,
        round=round,
        place=place,
        content=checked(content),
        proposer=person.id,
        origin=person.main.place.unit if person.main else None,
        owner=person.id if at_home and place.department is not None else None,
        created_at=now,
        waiting_since=now,
        source=source,
    )


def edit(task: Task, content: Content, now: datetime) -> Task:
    """The task with new content; an answer to a revision request submits it again."""
    edited = replace(task, content=checked(content))
    if task.status is Status.REVISION_REQUESTED:
        edited = replace(edited, status=Status.SUBMITTED, waiting_since=now)
    return edited


def join(task: Task, person: Person) -> Task:
    """The task with one more co-proposer."""
    return replace(task, co_proposers=(*task.co_proposers, person.id))


def withdraw(task: Task, reason: str) -> Task:
    """The task taken back; it stays readable."""
    remark = checked_text(reason, "reason", required=False)
    return replace(
        task,
        status=Status.WITHDRAWN,
        remark=remark,
        waiting_since=None,
        merge_into=None,
        replacement=None,
    )
