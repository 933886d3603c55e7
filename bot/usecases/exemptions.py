"""What exemptions look like to somebody: their teams' own, those to decide, and the messages."""

from collections.abc import Collection, Iterable, Iterator, Mapping
from datetime import date, datetime
from typing import Any

from bot.domain.ballot_screens import ExemptionPanel, ExemptionShown, Filing
from bot.domain.calendar import today
from bot.domain.errors import BotError
from bot.domain.exemption import Exemption, Standing
from bot.domain.org import Person, Place, Post, Role, Unit, UnitKind
from bot.domain.results import Surface
from bot.domain.rights import Act, may_at
from bot.domain.round import Round
from bot.usecases.acting import allowed_at, person_of
from bot.usecases.telling import Load
from storage.unit import UnitOfWork

ROWS = 10
OPEN = frozenset({Standing.FILED, Standing.GRANTED})
"""One of these at most a team a round."""


def panel(uow: UnitOfWork, who: str, now: datetime) -> ExemptionPanel:
    """The exemptions of the viewer's teams in this round, after those they decide on."""
    viewer = person_of(uow, who, now)
    day = today(now)
    round_ = fileable_round(uow, day)
    asked = to_decide(uow, viewer, ROWS + 1, now)
    if round_ is None:
        return _cut(ExemptionPanel(round=None, teams=(), today=day), asked, ())
    managed = _managed(uow, viewer)
    served = {post.place.team for post in viewer.posts if post.place.team is not None}
    newest = uow.exemptions.of_teams(round_.id, {*served, *(team.id for team in managed)})
    waiting = {one.exemption.id for one in asked}
    own = sorted(
        (found for found in newest.values() if found.id not in waiting),
        key=lambda found: (found.standing not in OPEN, -found.id),
    )
    bare = ExemptionPanel(round=round_, teams=_without_open(managed, newest), today=day)
    return _cut(bare, asked, shown(uow, own[: ROWS + 1], viewer, now))


def ready(uow: UnitOfWork, who: str, surface: Surface, team: int, now: datetime) -> Filing:
    """What the form to file one offers; raises as filing would, before anything is typed."""
    person = allowed_at(uow, who, surface, Act.EXEMPT_FILE, place_of(uow, team), now)
    round_ = round_to_file_for(uow, now)
    managed = _managed(uow, person)
    newest = uow.exemptions.of_teams(round_.id, {unit.id for unit in managed})
    teams = {unit.id: unit for unit in _without_open(managed, newest)}
    if team not in teams:
        raise BotError("error-exemption-exists")
    above = uow.units.many({unit.parent for unit in teams.values() if unit.parent is not None})
    return Filing(
        round=round_,
        teams={id: f"{above[unit.parent or 0].name} {unit.name}" for id, unit in teams.items()},
        team=team,
        today=today(now),
    )


def to_decide(
    uow: UnitOfWork, viewer: Person, limit: int, now: datetime
) -> tuple[ExemptionShown, ...]:
    """At most `limit` exemptions that wait for the viewer's decision, the oldest first."""
    bureaus = dict.fromkeys(p.place.bureau for p in viewer.posts if p.role is Role.DIRECTOR)
    found = [e for b in bureaus if b is not None for e in uow.exemptions.filed(b, limit)]
    found.sort(key=lambda exemption: (exemption.filed_at, exemption.id))
    return shown(uow, found[:limit], viewer, now)


def one(uow: UnitOfWork, who: str, number: int, now: datetime) -> ExemptionShown:
    """One exemption as this viewer sees it; raise for a button that was forged."""
    found = uow.exemptions.get(number)
    if found is None:
        raise BotError("error-stale-button")
    return shown(uow, (found,), person_of(uow, who, now), now)[0]


def shown(
    uow: UnitOfWork, exemptions: Collection[Exemption], viewer: Person, now: datetime
) -> tuple[ExemptionShown, ...]:
    """The exemptions with the names they mention, and what the viewer could do to each now."""
    day = today(now)
    places = {found.place for found in exemptions}
    units = uow.units.many({u for p in places for u in (p.bureau, p.department, p.team) if u})
    names = uow.people.names(
        {p for found in exemptions for p in (found.filed_by, found.decided_by) if p is not None}
    )
    rounds = {number: uow.rounds.get(number) for number in {e.round for e in exemptions}}
    deciders = {
        bureau: uow.people.officials((Role.DIRECTOR,), Place(bureau=bureau), day)
        for bureau in {place.bureau for place in places}
    }

    def name(unit: int | None) -> str:
        return units[unit].name if unit in units else ""

    return tuple(
        ExemptionShown(
            exemption=found,
            team=name(found.place.team),
            department=name(found.place.department),
            bureau=name(found.place.bureau),
            round=round_.name if (round_ := rounds[found.round]) else "",
            filed_by=names.get(found.filed_by, ""),
            decided_by=names.get(found.decided_by) if found.decided_by is not None else None,
            may=_may(viewer, found, round_, day),
            decider=next(iter(deciders[found.place.bureau]), None),
            today=day,
        )
        for found in exemptions
    )


def place_of(uow: UnitOfWork, team: int) -> Place:
    """Where a team is; raise for a button that was forged or names a team that is gone."""
    unit = uow.units.get(team)
    if unit is None or unit.kind is not UnitKind.TEAM or unit.retired or unit.parent is None:
        raise BotError("error-stale-button")
    department = uow.units.get(unit.parent)
    return Place(
        bureau=department.parent if department else None, department=unit.parent, team=unit.id
    )


def round_to_file_for(uow: UnitOfWork, now: datetime) -> Round:
    """The round that runs or is planned; raise when there is none."""
    round_ = fileable_round(uow, today(now))
    if round_ is None:
        raise BotError("error-exemption-no-round")
    return round_


def fileable_round(uow: UnitOfWork, day: date) -> Round | None:
    """The same, or None."""
    round_ = uow.rounds.unclosed()
    return round_ if round_ is not None and not round_.is_over(day) else None


def _cut(
    bare: ExemptionPanel, asked: tuple[ExemptionShown, ...], own: tuple[ExemptionShown, ...]
) -> ExemptionPanel:
    """The panel with as many rows as a list may have, those to decide first."""
    return ExemptionPanel(
        round=bare.round,
        teams=bare.teams,
        to_decide=asked[:ROWS],
        own=own[: ROWS - len(asked[:ROWS])],
        more=len(asked) + len(own) > ROWS,
        today=bare.today,
    )


def _managed(uow: UnitOfWork, person: Person) -> tuple[Unit, ...]:
    """The teams for which the person's posts give the right to file, in organisation order."""
    found: dict[int, Unit] = {}
    for post in person.posts:
        found |= {unit.id: unit for unit in _teams_under(uow, post)}
    return tuple(unit for unit in found.values() if unit.kind is UnitKind.TEAM)


def _teams_under(uow: UnitOfWork, post: Post) -> Iterator[Unit]:
    place = post.place
    if post.role is Role.LEAD and place.team is not None:
        yield from (unit for unit in uow.units.many((place.team,)).values() if not unit.retired)
    elif post.role is Role.HEAD and place.department is not None:
        yield from uow.units.children(place.department)
    elif post.role is Role.DIRECTOR and place.bureau is not None:
        for department in uow.units.children(place.bureau):
            yield from uow.units.children(department.id)


def _without_open(teams: Iterable[Unit], newest: Mapping[int, Exemption]) -> tuple[Unit, ...]:
    return tuple(
        team for team in teams if team.id not in newest or newest[team.id].standing not in OPEN
    )


def _may(viewer: Person, found: Exemption, round_: Round | None, day: date) -> frozenset[Act]:
    if found.standing in OPEN:
        act, possible = Act.EXEMPT_DECIDE, True
    else:
        act = Act.EXEMPT_FILE
        possible = round_ is not None and round_.closed_at is None and not round_.is_over(day)
    return frozenset({act}) if possible and may_at(viewer, act, found.place) else frozenset()


def _filed(
    uow: UnitOfWork, person: Person, payload: Mapping[str, Any], now: datetime
) -> ExemptionShown | None:
    """Only while it waits: for its director, or for headquarters where that post is vacant."""
    found = _of(uow, payload, {Standing.FILED})
    if found is None:
        return None
    if not may_at(person, Act.EXEMPT_DECIDE, found.place):
        directors = uow.people.holder_ids((Role.DIRECTOR,), found.place, today(now))
        if directors or not person.is_hq:
            return None
    return shown(uow, (found,), person, now)[0]


def _decided(
    uow: UnitOfWork, person: Person, payload: Mapping[str, Any], now: datetime
) -> ExemptionShown | None:
    """What was decided, for the lead and for who filed it; not when it has ended meanwhile."""
    found = _of(uow, payload, {Standing.GRANTED, Standing.DECLINED})
    return _for_team(uow, person, found, now)


def _ended(
    uow: UnitOfWork, person: Person, payload: Mapping[str, Any], now: datetime
) -> ExemptionShown | None:
    """That it has ended, for the same."""
    return _for_team(uow, person, _of(uow, payload, {Standing.ENDED}), now)


def _of(
    uow: UnitOfWork, payload: Mapping[str, Any], standings: Collection[Standing]
) -> Exemption | None:
    found = uow.exemptions.get(payload["exemption"])
    return found if found is not None and found.standing in standings else None


def _for_team(
    uow: UnitOfWork, person: Person, found: Exemption | None, now: datetime
) -> ExemptionShown | None:
    if found is None:
        return None
    if person.id != found.filed_by and not may_at(person, Act.EXEMPT_FILE, found.place):
        return None
    return shown(uow, (found,), person, now)[0]


LOADS: Mapping[tuple[str, int], Load] = {
    ("exemption_filed", 1): _filed,
    ("exemption_decided", 1): _decided,
    ("exemption_ended", 1): _ended,
}
"""How the facts of exemptions are told."""
