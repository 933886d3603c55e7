"""Comparing the organisation a file wants with the stored one: what would change, nothing else.

Nothing is deleted. Units the file no longer has are retired, and come back under their old number
when it has them again; people it no longer has leave, and keep their history. What the file says
nothing about (a blank channel or address) stays as it is, so that importing a file twice changes
nothing the second time.
"""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from typing import Any

from bot.domain.errors import BotError, Key, Several
from bot.domain.org import Person, Post, Unit
from bot.domain.roster import Path, Wanted, WantedPerson, WantedPost, WantedUnit
from bot.domain.text import folded

Line = tuple[str, Mapping[str, Any]]
"""A line of the printed plan: a catalogue key and its values."""

_ADDRESSES = ("email", "slack_id")


@dataclass(frozen=True, kw_only=True)
class Stored:
    """The organisation as it is: every unit, retired ones too, and every person, gone ones too."""

    units: tuple[Unit, ...]
    people: tuple[Person, ...]

    def chains(self) -> dict[int, tuple[Unit, ...]]:
        """Every unit with those above it, from its bureau down, by its id."""
        units = {unit.id: unit for unit in self.units}

        def chain(unit: Unit) -> tuple[Unit, ...]:
            return (*(chain(units[unit.parent]) if unit.parent else ()), unit)

        return {unit.id: chain(unit) for unit in self.units}

    def paths(self) -> dict[int, Path]:
        """Every unit's path by its id."""
        return {id: tuple(folded(u.name) for u in chain) for id, chain in self.chains().items()}


@dataclass(frozen=True, kw_only=True)
class UnitChange:
    """A unit to add (nothing stored), to retire (nothing wanted), or to bring up to date."""

    full_name: str
    stored: Unit | None
    wanted: WantedUnit | None

    def lines(self) -> Iterator[Line]:
        """What to print; a unit's place in the file alone is not worth a line."""
        unit = self.full_name
        if self.wanted is None:
            yield "roster-plan-unit-retired", {"unit": unit}
            return
        if self.stored is None:
            yield "roster-plan-unit-added", {"unit": unit}
        elif self.stored.retired:
            yield "roster-plan-unit-revived", {"unit": unit}
        elif self.stored.name != self.wanted.name:
            yield "roster-plan-unit-spelled", {"unit": unit, "name": self.wanted.name}
        if self.wanted.channel and (not self.stored or self.stored.channel != self.wanted.channel):
            yield "roster-plan-unit-channel", {"unit": unit, "channel": self.wanted.channel}
        if self.wanted.coordinating != (self.stored is not None and self.stored.coordinating):
            params = {"unit": unit, "coordinating": self.wanted.coordinating}
            yield "roster-plan-unit-coordinating", params


@dataclass(frozen=True, kw_only=True)
class PersonChange:
    """Someone who comes (nothing stored), leaves (nothing wanted), moves or is corrected."""

    stored: Person | None
    wanted: WantedPerson | None
    opened: tuple[WantedPost, ...] = ()
    ended: tuple[Post, ...] = ()
    retitled: tuple[WantedPost, ...] = ()
    main_changes: bool = False
    """Whether posts that stay come in another order, so that another is the main one."""

    def corrected(self) -> dict[str, Any]:
        """The name and addresses that the file has otherwise."""
        said = {name: getattr(self.wanted, name, None) for name in ("name", *_ADDRESSES)}
        return {
            name: value
            for name, value in said.items()
            if value and value != getattr(self.stored, name, None)
        }

    @property
    def is_empty(self) -> bool:
        """Whether the person is as the file has them."""
        moves = self.opened or self.ended or self.retitled or self.main_changes
        return not moves and not self.corrected()

    def lines(self, units: Mapping[Path, str], old: Mapping[int, str]) -> Iterator[Line]:
        """What to print, given the full names of wanted units by path and of stored ones by id."""
        person = self.wanted or self.stored
        name = {"name": person.name if person else ""}
        if self.wanted is None:
            yield "roster-plan-leaves", name
        elif self.stored is None:
            yield "roster-plan-joins", name
        else:
            for field, value in self.corrected().items():
                params = name | {"column": _label(field), "after": value}
                before = getattr(self.stored, field)
                key = "roster-plan-corrected" if before else "roster-plan-filled"
                yield key, params | {"before": before}
        for post in self.ended:
            unit = old.get(post.place.unit or 0, "")
            yield "roster-plan-post-ended", name | {"unit": unit, "title": post.title}
        for new in self.opened:
            params = {"unit": units[new.path], "title": new.title, "role": Key(f"role-{new.role}")}
            yield "roster-plan-post-opened", name | params
        for same in self.retitled:
            unit = units[same.path]
            yield "roster-plan-post-retitled", name | {"unit": unit, "title": same.title}
        if self.main_changes:
            yield "roster-plan-main-changes", name


@dataclass(frozen=True, kw_only=True)
class Plan:
    """Everything an import would change, parents before their children."""

    units: tuple[UnitChange, ...]
    people: tuple[PersonChange, ...]
    warnings: tuple[BotError, ...]
    printed: tuple[Line, ...] = ()
    """The plan as lines for whoever decides on it, the summary first."""

    @property
    def is_empty(self) -> bool:
        """Whether the stored organisation is already what the file wants."""
        return not self.units and not self.people

    def counts(self) -> dict[str, int]:
        """How many units and people change and in which way."""
        return {
            "units_added": sum(unit.stored is None for unit in self.units),
            "units_retired": sum(unit.wanted is None for unit in self.units),
            "units_changed": sum(None not in (unit.stored, unit.wanted) for unit in self.units),
            "people_added": sum(person.stored is None for person in self.people),
            "people_left": sum(person.wanted is None for person in self.people),
            "people_changed": sum(None not in (p.stored, p.wanted) for p in self.people),
        }


def own_posts(person: Person) -> tuple[Post, ...]:
    """The posts a person holds themself, not by delegation or as acting holder."""
    return tuple(post for post in person.posts if post.stands_in is None)


def compare(wanted: Wanted, stored: Stored) -> Plan:
    """What to change; raise Several where an address belongs to somebody else already."""
    paths = stored.paths()
    old_names = {id: " ".join(u.name for u in chain) for id, chain in stored.chains().items()}
    new_names = {unit.path: unit.full_name for unit in wanted.units}
    known = {paths[unit.id]: unit for unit in stored.units}
    units = tuple(_unit_changes(wanted, known, old_names))
    people = tuple(_person_changes(wanted, stored, paths))
    warnings = (*wanted.warnings, *_warnings(people, stored))
    plan = Plan(units=units, people=people, warnings=warnings)
    counts = {name.replace("_", "-"): count for name, count in plan.counts().items()}
    summary = "roster-plan-nothing" if plan.is_empty else "roster-plan-summary"
    lines: list[Line] = [(summary, counts)]
    lines += [line for unit in units for line in unit.lines()]
    lines += [line for person in people for line in person.lines(new_names, old_names)]
    lines += [(warning.key, warning.params) for warning in warnings]
    return replace(plan, printed=tuple(lines))


def _unit_changes(
    wanted: Wanted, known: Mapping[Path, Unit], names: Mapping[int, str]
) -> Iterator[UnitChange]:
    for unit in wanted.units:
        old = known.get(unit.path)
        if old is None or not _is_as_wanted(old, unit):
            yield UnitChange(full_name=unit.full_name, stored=old, wanted=unit)
    paths = {unit.path for unit in wanted.units}
    for path, old in known.items():
        if path not in paths and not old.retired:
            yield UnitChange(full_name=names[old.id], stored=old, wanted=None)


def _is_as_wanted(old: Unit, unit: WantedUnit) -> bool:
    asked = (unit.name, unit.channel or old.channel, unit.coordinating, unit.position)
    return not old.retired and asked == (old.name, old.channel, old.coordinating, old.position)


def _person_changes(
    wanted: Wanted, stored: Stored, paths: Mapping[int, Path]
) -> Iterator[PersonChange]:
    matches = _matched(wanted, stored)
    for person in wanted.people:
        old = matches.get(person.line)
        own = own_posts(old) if old else ()
        held = {(paths.get(post.place.unit or 0), post.role): post for post in own}
        asked = {(post.path, post.role): post for post in person.posts}
        stay = [key for key in asked if key in held]
        change = PersonChange(
            stored=old,
            wanted=person,
            opened=tuple(post for key, post in asked.items() if key not in held),
            ended=tuple(post for key, post in held.items() if key not in asked),
            retitled=tuple(asked[key] for key in stay if asked[key].title != held[key].title),
            main_changes=stay != [key for key in held if key in asked],
        )
        if not change.is_empty:
            yield change
    found = {person.id for person in matches.values()}
    for gone in stored.people:
        if gone.id not in found and own_posts(gone):
            yield PersonChange(stored=gone, wanted=None, ended=own_posts(gone))


def _matched(wanted: Wanted, stored: Stored) -> dict[int, Person]:
    """The stored person of each wanted one by its line: by Slack id first, then by e-mail."""
    matches: dict[int, Person] = {}
    for field in reversed(_ADDRESSES):
        taken = {person.id for person in matches.values()}
        free = {
            getattr(person, field): person
            for person in stored.people
            if getattr(person, field) and person.id not in taken
        }
        for person in wanted.people:
            old = free.get(getattr(person, field))
            if old and person.line not in matches:
                matches[person.line] = old
    _refuse_shared(wanted, stored, matches)
    return matches


def _refuse_shared(wanted: Wanted, stored: Stored, matches: Mapping[int, Person]) -> None:
    """Raise where two people would have one address afterwards."""
    matched = {person.id for person in matches.values()}
    errors = []
    for field in _ADDRESSES:
        others = [person for person in stored.people if person.id not in matched]
        held = {getattr(person, field): person.name for person in others}
        for person in wanted.people:
            old = matches.get(person.line)
            value = getattr(person, field) or getattr(old, field, None)
            if value and value in held:
                params = {"name": person.name, "column": _label(field), "holder": held[value]}
                errors.append(BotError("roster-address-taken", line=person.line, **params))
            held[value] = person.name
    if errors:
        raise Several(errors)


def _warnings(people: tuple[PersonChange, ...], stored: Stored) -> Iterator[BotError]:
    """A file of one bureau would send everybody else away: say so before it is applied."""
    serving = sum(bool(own_posts(person)) for person in stored.people)
    leaving = sum(person.wanted is None for person in people)
    if leaving * 2 > serving:
        yield BotError("roster-warn-many-leave", leaving=leaving, serving=serving)


def _label(field: str) -> Key:
    return Key(f"roster-label-{field.replace('_', '-')}")
