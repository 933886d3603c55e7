"""Propose: a draft kept while typing, similar tasks first, then one stored task and its card."""

from collections.abc import Mapping
from datetime import datetime
from typing import Any

from bot.domain import proposing
from bot.domain.calendar import today
from bot.domain.errors import BotError
from bot.domain.org import Person, Place, UnitKind
from bot.domain.results import Done, Draft, Proposed, Surface
from bot.domain.rights import Act
from bot.domain.task import Listed
from bot.domain.text import refuse_personal
from bot.usecases.acting import (
    Ask,
    begin,
    finish,
    person_of,
    record,
    refresh_homes,
    want_card,
)
from storage.unit import UnitOfWork


def keep_draft(uow: UnitOfWork, who: str, values: Mapping[str, Any], at: datetime) -> None:
    """Keep what somebody has typed so far; an older keystroke never overwrites a newer one."""
    person = person_of(uow, who, at)
    uow.drafts.put(person.id, {k: v for k, v in values.items() if not _personal(v)}, at)


def draft_of(uow: UnitOfWork, who: str, now: datetime) -> Draft | None:
    """What the person had begun to write, or None; raise when they may not propose."""
    return uow.drafts.get(person_of(uow, who, now).id)


def discard_draft(uow: UnitOfWork, who: str, now: datetime) -> None:
    """Forget the draft: the person chose to begin anew."""
    uow.drafts.clear(person_of(uow, who, now).id)


def similar_to(uow: UnitOfWork, who: str, proposed: Proposed, now: datetime) -> tuple[Listed, ...]:
    """Up to three similar tasks of the whole province, after the proposal itself was checked."""
    person = person_of(uow, who, now)
    _place(uow, person, proposed.department)
    content = proposing.checked(proposed.content)
    return uow.search.similar(content.title, limit=3)


def propose(uow: UnitOfWork, who: str, surface: Surface, proposed: Proposed, now: datetime) -> Done:
    """Store a proposal with its history and its card, and forget its draft."""
    person = person_of(uow, who, now)
    # Between rounds it counts for the planned one, or without a round until one is opened.
    round_ = uow.rounds.unclosed()
    counts = round_ is not None and not round_.is_over(today(now))
    task = proposing.propose(
        person,
        proposed.content,
        _place(uow, person, proposed.department),
        number=uow.tasks.next_number(),
        round=round_.id if round_ and counts else None,
        now=now,
        source=proposed.source,
    )
    uow.tasks.add(task)
    uow.search.index(task)
    record(uow, surface, person.id, Act.PROPOSE, None, task, now)
    want_card(uow, task)
    refresh_homes(uow, person, None, task, now)
    uow.drafts.clear(person.id)
    return Done(task=task.id, version=task.version, act=Act.PROPOSE, status=task.status)


def join(uow: UnitOfWork, ask: Ask, now: datetime) -> Done:
    """Join a task as co-proposer instead of proposing the same again."""
    person, task = begin(uow, ask, Act.JOIN, now)
    done = finish(uow, ask, person, Act.JOIN, task, proposing.join(task, person), now)
    uow.drafts.clear(person.id)
    return done


def _place(uow: UnitOfWork, person: Person, department: int | None) -> Place:
    """Where the work is done: one of the person's own posts, or another department."""
    for post in person.posts:
        if post.place.department and department in (None, post.place.department):
            return post.place
    unit = uow.units.get(department) if department else None
    if unit is None or unit.kind is not UnitKind.DEPARTMENT or unit.retired:
        raise BotError("error-pick-department", field="department")
    return Place(bureau=unit.parent, department=unit.id)


def _personal(value: Any) -> bool:
    """Whether a text must not be kept, not even as a draft."""
    try:
        refuse_personal(value if isinstance(value, str) else "", "draft")
    except BotError:
        return True
    return False
