"""What every act on a task shares: who asks, whether they may, saving it and telling others."""

from collections.abc import Mapping
from collections.abc import Set as AbstractSet
from dataclasses import dataclass, fields, is_dataclass, replace
from datetime import date, datetime
from enum import Enum
from typing import Any

from bot.clock import public_holidays
from bot.domain.calendar import Calendar, at, local, today
from bot.domain.errors import BotError, Key, Refused, Stale
from bot.domain.facts import Fact, Projection
from bot.domain.notices import heard_as, heard_by
from bot.domain.org import Hearing, Person, Place, Role
from bot.domain.results import Done, Entry, Surface
from bot.domain.rights import Act, may, may_at, possible, roles_for
from bot.domain.task import Task
from bot.domain.text import tidy
from bot.usecases.review_changes import decided_above, gathered
from storage.unit import UnitOfWork


@dataclass(frozen=True, kw_only=True)
class Ask:
    """Somebody asks for an act on a task; `seen` is the version their screen showed."""

    who: str
    surface: Surface
    task: int
    seen: int | None = None


def calendar_of(uow: UnitOfWork) -> Calendar:
    """Working days by the public holidays and the office's own days off."""
    own = uow.office.days_off()
    return Calendar(_Either(own))


class _Either:
    """Public holidays and the office's own days off as one container."""

    def __init__(self, own: frozenset[date]) -> None:
        self._own = own

    def __contains__(self, day: object) -> bool:
        return day in self._own or day in public_holidays()


def person_of(uow: UnitOfWork, slack_id: str, now: datetime) -> Person:
    """The person behind a Slack id; raise when they are in no unit and so can only read."""
    person = uow.people.by_slack(slack_id, today(now))
    if person is None or not person.posts:
        raise Refused("error-not-in-organisation", hq=hq_names(uow, now))
    return person


def hq_names(uow: UnitOfWork, now: datetime) -> str:
    """Whom to ask about the programme, by unit, post and name."""
    return ", ".join(
        f"{o.unit} {o.title} {o.name}"
        for o in uow.people.officials((Role.HQ,), Place(), today(now))
    )


def task_of(uow: UnitOfWork, number: int) -> Task:
    """The task of that number; raise when there is none."""
    task = uow.tasks.get(number)
    if task is None:
        raise BotError("error-not-found-task", number=number)
    return task


def begin(uow: UnitOfWork, ask: Ask, act: Act, now: datetime) -> tuple[Person, Task]:
    """The person and the task of an act that is allowed now.

    Raises Refused naming who may, Stale when the task changed since it was seen, and BotError
    when its state does not allow the act.
    """
    person = person_of(uow, ask.who, now)
    task = task_of(uow, ask.task)
    if not may(person, act, task):
        note_refusal(uow, ask, person, act, now)
        raise refusal(uow, act, task, now)
    if ask.seen is not None and ask.seen != task.version:
        raise Stale("error-stale", number=task.id)
    if not possible(act, task):
        raise BotError(
            "error-not-possible",
            act=Key(f"act-{_dashed(act)}"),
            status=Key(f"status-{_dashed(task.status)}"),
        )
    return person, task


def note_refusal(uow: UnitOfWork, ask: Ask, person: Person, act: Act, now: datetime) -> None:
    """Have the refusal that is about to be raised written into the history."""
    entry = Entry(
        at=now, act="refused", actor=person.id, surface=ask.surface, task=ask.task, text=act.value
    )
    uow.audit_refusal = lambda _: uow.audit.add(entry)


def refusal(uow: UnitOfWork, act: Act, task: Task, now: datetime) -> Refused:
    """The refusal that names, by post and name, who may."""
    return refusal_at(uow, act, task.place, now)


def allowed_at(
    uow: UnitOfWork, who: str, surface: Surface, act: Act, place: Place, now: datetime
) -> Person:
    """The person, who may do the act to that unit; Refused, and written down, otherwise."""
    person = person_of(uow, who, now)
    if not may_at(person, act, place):
        entry = Entry(
            at=now,
            act="refused",
            actor=person.id,
            surface=surface,
            after={"unit": place.unit},
            text=act.value,
        )
        uow.audit_refusal = lambda _: uow.audit.add(entry)
        raise refusal_at(uow, act, place, now)
    return person


def refusal_at(uow: UnitOfWork, act: Act, place: Place, now: datetime) -> Refused:
    """The refusal that names, by post and name, who may at that place."""
    roles = roles_for(act)
    officials = uow.people.officials(roles, place, today(now))
    word = Key(f"act-{_dashed(act)}")
    if not officials:
        return Refused("error-refused-vacant", act=word, hq=hq_names(uow, now))
    who = ", ".join(f"{o.unit} {o.title} {o.name}" for o in officials[:2])
    return Refused("error-not-allowed", act=word, who=who)


def finish(
    uow: UnitOfWork,
    ask: Ask,
    person: Person,
    act: Act,
    before: Task,
    after: Task,
    now: datetime,
    *,
    text: str = "",
) -> Done:
    """Store the changed task with its history, its card and the news for those concerned."""
    text = tidy(text)
    saved = uow.tasks.save(before, after)
    if saved.content != before.content or saved.status != before.status:
        uow.search.index(saved)
    record(uow, ask.surface, person.id, act, before, saved, now, text)
    want_card(uow, saved)
    refresh_homes(uow, person, before, saved, now)
    heads = decided_above(uow, person, act, saved, now)
    tell(uow, person, act, before, saved, text, now, heads=heads)
    return Done(task=saved.id, version=saved.version, act=act, status=saved.status)


def record(
    uow: UnitOfWork,
    surface: Surface,
    actor: int | None,
    act: Act,
    before: Task | None,
    after: Task,
    now: datetime,
    text: str = "",
) -> None:
    """Write the history entry: only the fields that differ."""
    old, new = _plain(before) if before else {}, _plain(after)
    changed = [name for name in new if name != "version" and old.get(name) != new[name]]
    uow.audit.add(
        Entry(
            at=now,
            act=act.value,
            actor=actor,
            surface=surface,
            task=after.id,
            before={name: old[name] for name in changed if name in old},
            after={name: new[name] for name in changed},
            text=text,
        )
    )


def want_card(uow: UnitOfWork, task: Task) -> str | None:
    """Ask for the task's card to show its newest state; return its channel, if there is one."""
    department = uow.units.get(task.place.department) if task.place.department else None
    channel = department.channel if department else None
    if channel:
        uow.projections.want(
            Projection(kind="card", subject=task.id, recipient=f"channel:{channel}")
        )
    return channel


def deciders_of(uow: UnitOfWork, place: Place, now: datetime) -> tuple[Person, ...]:
    """Who decides there: the department's heads; without one, or at the bureau, its directors."""
    heads = uow.people.holders((Role.HEAD,), place, today(now)) if place.department else ()
    return heads or uow.people.holders((Role.DIRECTOR,), place, today(now))


def refresh_homes(
    uow: UnitOfWork, actor: Person, before: Task | None, after: Task, now: datetime
) -> None:
    """Have the Homes that were opened once show the change, of all whom the task concerns."""
    owners = {after.owner, before.owner if before else None}
    day, heads = today(now), frozenset[int]()
    if after.place.department:
        heads = uow.people.holder_ids((Role.HEAD,), after.place, day)
    deciders = heads or uow.people.holder_ids((Role.DIRECTOR,), after.place, day)
    concerned = {actor.id, *after.proposers, *owners, *deciders} - {None}
    uow.projections.touch("home", [p for p in concerned if p is not None])


def tell(
    uow: UnitOfWork,
    actor: Person,
    act: Act,
    before: Task,
    after: Task,
    text: str,
    now: datetime,
    *,
    heads: AbstractSet[int] = frozenset(),
) -> None:
    """Let those concerned hear of what another did, as often as each asked for; also `heads`, who
    hear of whatever it was."""
    concerned = (heard_by(act, before, after) | heads) - {None, actor.id}
    people = uow.people.many([p for p in concerned if p is not None], today(now))
    for person in people.values():
        if not person.active:
            continue
        news = uow.news.add(person.id, after.id, heard_as(act, after), actor.id, text, now)
        soon = gathered(now) if person.id in heads else now
        slot = heard_at(calendar_of(uow), person.hearing, soon)
        fact = Fact(
            kind="news",
            recipient=f"person:{person.id}",
            dedupe_key=f"news:{person.id}:{slot.isoformat()}",
            # One after the other, so that no two messages tell the same news; another stream
            # for each way of hearing, so that a weekly one does not hold up those sent now.
            stream=f"news:{person.id}:{person.hearing}",
            not_before=slot,
            payload={"person": person.id},
        )
        if slot == now or not (uow.outbox.put(fact) or uow.news.gathers(fact.dedupe_key)):
            uow.outbox.put(replace(fact, dedupe_key=f"news:{person.id}:{news}"))


def heard_at(calendar: Calendar, hearing: Hearing, now: datetime) -> datetime:
    """When news may reach a person: within office hours, at once or with the digest."""
    if hearing is Hearing.NOW:
        return calendar.office_moment(now)
    morning = calendar.next_morning(now)
    if hearing is Hearing.WEEKLY:
        return at(calendar.week_opens(local(morning).date()))
    return morning


def _dashed(code: str) -> str:
    return code.replace("_", "-")


def _plain(task: Task) -> dict[str, Any]:
    """The task's fields as plain values, the content's own fields beside the others."""
    values = {f.name: getattr(task, f.name) for f in fields(task)}
    content = values.pop("content")
    values |= {f.name: getattr(content, f.name) for f in fields(content)}
    return {name: _value(value) for name, value in values.items()}


def _value(value: Any) -> Any:
    match value:
        case Enum():
            return value.value
        case datetime() | date():
            return value.isoformat()
        case frozenset():
            return sorted(_value(v) for v in value)
        case tuple():
            return [_value(v) for v in value]
        case Mapping():
            return {k: _value(v) for k, v in value.items()}
        case _ if is_dataclass(value) and not isinstance(value, type):
            return {f.name: _value(getattr(value, f.name)) for f in fields(value)}
        case _:
            return value
