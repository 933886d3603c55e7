"""Read: one task with its history, a list, a search, and the Home tab; open to everyone."""

from dataclasses import replace
from datetime import date, datetime
from functools import partial

from bot.domain.calendar import today
from bot.domain.carrying import is_one_team
from bot.domain.errors import BotError
from bot.domain.org import Official, Person, Place, Role, UnitKind
from bot.domain.results import Home, Page, Query, Shown
from bot.domain.rights import Act, allowed, has_role
from bot.domain.task import ENDED, OPEN, Listed, Task
from bot.domain.text import is_visible
from bot.usecases import asking, burden, saved
from bot.usecases.acting import Ask, begin, task_of
from bot.usecases.home_round import home_round
from bot.usecases.representing import replacements
from bot.usecases.review_reading import home_reviews
from bot.usecases.undelivered import set_aside
from storage.unit import UnitOfWork

HISTORY_PAGE = 8
HOME_ROWS = 5
CHOICES = 50
_ENDING = frozenset({Act.WITHDRAW, Act.DECLINE, Act.MERGE})
"""What ends a task without its being done: a representative one then names its replacement."""
PAGES_REACHED = 100
"""How far a page is looked for by its number alone."""


def show(
    uow: UnitOfWork, who: str, number: int, now: datetime, *, history_before: int | None = None
) -> Shown:
    """The task as this viewer sees it, with the buttons that would work for them."""
    viewer = uow.people.by_slack(who, today(now))
    return shown_to(uow, viewer, task_of(uow, number), now, history_before=history_before)


def shown_to(
    uow: UnitOfWork,
    viewer: Person | None,
    task: Task,
    now: datetime,
    *,
    history_before: int | None = None,
) -> Shown:
    """The task with every name it mentions looked up; nobody in particular sees no buttons."""
    day = today(now)
    place = task.place
    units = uow.units.many(
        [
            u
            for u in (place.bureau, place.department, place.team, *task.content.cooperating)
            if u is not None
        ]
    )
    named = {*task.proposers, *(step.owner for step in task.plan)}
    if task.owner is not None:
        named.add(task.owner)
    planners = uow.people.many([step.owner for step in task.plan], day) if task.plan else {}
    deciders: tuple[Official, ...] = ()
    if task.status not in ENDED:
        of = partial(uow.people.officials, place=place, on=day)
        deciders = of((Role.HEAD,)) or of((Role.DIRECTOR,))
    round_ = uow.rounds.get(task.round) if task.round is not None else None
    # Who tried what they might not is for headquarters, not for colleagues.
    history, more = uow.audit.of_task(
        task.id,
        before=history_before,
        limit=HISTORY_PAGE,
        refusals=viewer is not None and viewer.is_hq,
    )
    for found in history:
        owners = (found.entry.before.get("owner"), found.entry.after.get("owner"))
        named |= {owner for owner in owners if owner is not None}

    def name(unit: int | None) -> str:
        return units[unit].name if unit in units else ""

    return Shown(
        task=task,
        may=_may(viewer, task, now) if viewer else frozenset(),
        today=day,
        bureau=name(place.bureau),
        department=name(place.department),
        team=name(place.team),
        channel=units[place.department].channel if place.department in units else None,
        cooperating=tuple(name(unit) for unit in task.content.cooperating),
        names=uow.people.names(list(named)),
        one_team=is_one_team(task.plan, planners, place.team),
        merging_in=_merging_in(uow, viewer, task),
        decider=deciders[0] if deciders else None,
        history=history,
        more_history=more,
        round=round_.name if round_ else "",
        carried=round_ is not None and round_.closed_at is not None and task.status in OPEN,
        representative=uow.representatives.of_task(task.id) is not None,
    )


def _may(viewer: Person, task: Task, now: datetime) -> frozenset[Act]:
    """What would work now: a saving is verified a quarter after completion at the earliest."""
    early = frozenset() if saved.verifiable(task, now) else frozenset({Act.VERIFY})
    return allowed(viewer, task) - early


def page(uow: UnitOfWork, who: str, query: Query, now: datetime) -> Page:
    """One page of a list or a search.

    A page asked for by its number alone is reached from the first one; beyond the last page it is
    the last that is shown.
    """
    viewer = uow.people.by_slack(who, today(now))
    if query.words:
        return uow.search.find(query, today(now))
    asked = replace(query, page=1) if query.before is None else query
    found = uow.lists.page(asked, viewer, today(now))
    while found.more and found.query.page < min(query.page, PAGES_REACHED):
        asked = replace(asked, page=found.query.page + 1, before=found.rows[-1].id)
        found = uow.lists.page(asked, viewer, today(now))
    return found


def home(uow: UnitOfWork, who: str, now: datetime) -> Home | None:
    """The Home tab, or None for somebody who is in no unit."""
    day = today(now)
    viewer = uow.people.by_slack(who, day)
    if viewer is None or viewer.main is None:
        return None
    lists = {
        "mine": uow.lists.mine(viewer.id, HOME_ROWS),
        "to_decide": uow.lists.to_decide(viewer, day, HOME_ROWS),
        "to_revise": uow.lists.to_revise(viewer.id, HOME_ROWS),
        "due": uow.lists.due(viewer.id, day, HOME_ROWS),
        "to_take_in": uow.lists.to_take_in(viewer, HOME_ROWS),
    }
    rows = {name: found for name, (found, _) in lists.items()}
    unit = uow.units.get(viewer.main.place.unit) if viewer.main.place.unit else None
    round_ = uow.rounds.current(day)
    return Home(
        viewer=viewer,
        unit=unit.name if unit else "",
        today=day,
        first_time=not any(rows.values()),
        has_draft=uow.drafts.get(viewer.id) is not None,
        round=round_,
        round_part=home_round(uow, viewer, round_, now),
        reviews=home_reviews(uow, viewer, now),
        more=frozenset(name for name, (_, more) in lists.items() if more),
        hq=uow.people.officials((Role.HQ,), Place(), day),
        checks=asking.asks_of(uow, viewer, now).count,
        burden=burden.quarters(uow, now) if viewer.is_hq else (),
        undelivered=set_aside(uow) if viewer.is_hq else (),
        **rows,
    )


def _merging_in(uow: UnitOfWork, viewer: Person | None, task: Task) -> tuple[Listed, ...]:
    """What waits to be merged into this task, for those who may take it in."""
    if viewer is None or not has_role(viewer, (Role.HEAD, Role.DIRECTOR), task.place):
        return ()
    return uow.lists.merging_into(task.id)


def ready(uow: UnitOfWork, ask: Ask, act: Act, now: datetime) -> Shown:
    """The task for an act's form; raises as the act itself would, before anything is typed."""
    person, task = begin(uow, ask, act, now)
    if act is Act.VERIFY:
        saved.refuse_early(task, now)
    found = shown_to(uow, person, task, now)
    instead = replacements(uow, task) if act in _ENDING else None
    if instead is None:
        return found
    if not instead:
        raise BotError("error-representative-only")
    return replace(found, replacements=uow.lists.of(instead))


def headquarters(uow: UnitOfWork, now: datetime) -> tuple[Official, ...]:
    """Whom to ask about the programme."""
    return uow.people.officials((Role.HQ,), Place(), today(now))


def staff_of(uow: UnitOfWork, number: int, text: str, now: datetime) -> list[tuple[int, str]]:
    """Who may own a task: the staff of the department that does the work, by name and title."""
    place = task_of(uow, number).place
    name, *more = text.split() or [""]
    found = uow.people.search(name, place.department, today(now), CHOICES)
    names = uow.people.names([person.id for person in found])
    return [
        (person.id, names[person.id])
        for person in found
        if all(word in names[person.id] for word in more)
    ]


def departments(uow: UnitOfWork, text: str) -> list[tuple[int, str]]:
    """Departments whose name contains the text."""
    return [(u.id, u.name) for u in uow.units.search(text, UnitKind.DEPARTMENT, CHOICES)]


def tasks_like(uow: UnitOfWork, text: str, now: datetime) -> tuple[Listed, ...]:
    """Tasks by title or number, for a menu."""
    return uow.search.find(Query(words=text), today(now)).rows if is_visible(text) else ()


def day(now: datetime) -> date:
    """The office's date."""
    return today(now)
