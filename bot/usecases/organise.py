"""Organise: what an organisation file would change, and changing it, whole or not at all."""

from collections.abc import Iterable, Mapping
from dataclasses import replace
from datetime import datetime

from bot.domain import roster
from bot.domain.calendar import today
from bot.domain.facts import Fact
from bot.domain.org import Person, Place, Post
from bot.domain.reorganising import PersonChange, Plan, Stored, UnitChange, compare, own_posts
from bot.domain.results import Entry, Surface
from bot.domain.roster import Path, WantedPost
from bot.domain.roster_rows import RosterRow, Words
from bot.usecases.handing_over import hand_over, left_behind
from bot.usecases.review_planning import plan_bureaus
from storage.unit import UnitOfWork


def plan_import(uow: UnitOfWork, rows: Iterable[RosterRow], now: datetime, *, words: Words) -> Plan:
    """What importing the rows would change; raise Several with every mistake in them."""
    return compare(roster.read(rows, words), _stored(uow, now))


def apply_import(
    uow: UnitOfWork, rows: Iterable[RosterRow], now: datetime, *, words: Words, round_name: str
) -> Plan:
    """Make the organisation what the rows want and return what changed.

    Open tasks of those who move or leave are handed over; e-mail addresses without a Slack id
    are asked of Slack, at most once a day; after the first import there is a first round.
    """
    stored = _stored(uow, now)
    plan = compare(roster.read(rows, words), stored)
    places = _keep_units(uow, stored, plan)
    left = _keep_people(uow, plan.people, places, now)
    hand_over(uow, left, Surface.CLI, now)
    if not plan.is_empty:
        counts = plan.counts()
        uow.audit.add(Entry(at=now, act="import", actor=None, surface=Surface.CLI, after=counts))
    if uow.rounds.latest() is None:
        uow.rounds.add(round_name, today(now))
    plan_bureaus(uow, now)
    _ask_for_slack_ids(uow, now)
    return plan


def _stored(uow: UnitOfWork, now: datetime) -> Stored:
    return Stored(units=uow.units.all(), people=uow.people.all(today(now)))


def _keep_units(uow: UnitOfWork, stored: Stored, plan: Plan) -> Mapping[Path, Place]:
    """Store the units' changes; the places of all units by path, new ones too."""
    ids = {path: unit for unit, path in stored.paths().items()}
    for change in plan.units:
        _keep_unit(uow, change, ids)
    return {
        path: Place(
            bureau=ids[path[:1]],
            department=ids[path[:2]] if len(path) > 1 else None,
            team=ids[path] if len(path) > 2 else None,
        )
        for path in ids
    }


def _keep_unit(uow: UnitOfWork, change: UnitChange, ids: dict[Path, int]) -> None:
    old, unit = change.stored, change.wanted
    if unit is None:
        if old is not None:
            uow.units.save(replace(old, retired=True, coordinating=False))
    elif old is None:
        added = uow.units.add(
            kind=unit.kind,
            name=unit.name,
            parent=ids.get(unit.path[:-1]),
            channel=unit.channel,
            position=unit.position,
            coordinating=unit.coordinating,
        )
        ids[unit.path] = added.id
    else:
        uow.units.save(
            replace(
                old,
                name=unit.name,
                channel=unit.channel or old.channel,
                position=unit.position,
                coordinating=unit.coordinating,
                retired=False,
            )
        )


def _keep_people(
    uow: UnitOfWork,
    changes: Iterable[PersonChange],
    places: Mapping[Path, Place],
    now: datetime,
) -> Mapping[int, frozenset[Place]]:
    """Store people and their posts; the places that somebody left, by person."""
    changes = tuple(changes)
    for change in changes:
        corrected = change.corrected()
        if change.stored and corrected.keys() & {"email", "slack_id"}:
            # Two people may swap their addresses, which no two may have at once.
            email = None if "email" in corrected else change.stored.email
            slack_id = None if "slack_id" in corrected else change.stored.slack_id
            uow.people.save(replace(change.stored, email=email, slack_id=slack_id))
    left: dict[int, frozenset[Place]] = {}
    for change in changes:
        posts = tuple(_post(post, places) for post in change.wanted.posts) if change.wanted else ()
        person = _keep_person(uow, change)
        uow.posts.set(person.id, posts, today(now))
        old = own_posts(change.stored) if change.stored else ()
        left[person.id] = left_behind([p.place for p in old], [p.place for p in posts])
    return left


def _keep_person(uow: UnitOfWork, change: PersonChange) -> Person:
    corrected = change.corrected()
    if change.stored is None:
        return uow.people.add(**corrected)
    kept = replace(change.stored, **corrected)
    if corrected:
        uow.people.save(kept)
    return kept


def _post(post: WantedPost, places: Mapping[Path, Place]) -> Post:
    return Post(role=post.role, title=post.title, place=places[post.path])


def _ask_for_slack_ids(uow: UnitOfWork, now: datetime) -> None:
    for person in uow.people.all(today(now)):
        if person.email and not person.slack_id and person.posts:
            uow.outbox.put(
                Fact(
                    kind="find_by_email",
                    recipient="slack",
                    dedupe_key=f"find_by_email:{person.id}:{person.email}:{today(now)}",
                    payload={"person": person.id, "email": person.email},
                )
            )
