"""Reading an organisation file: from its rows to the organisation it wants, or to every mistake."""

from collections.abc import Iterable
from dataclasses import dataclass, replace
from typing import Any

from bot.domain.errors import BotError, Key, Several
from bot.domain.org import Role, UnitKind
from bot.domain.roster_rows import CHIEFS, RosterRow, Words, roles_of, row_errors, tidied
from bot.domain.text import folded

Path = tuple[str, ...]
"""A unit by the folded names from its bureau down, so that spacing makes no second unit."""

KINDS = (UnitKind.BUREAU, UnitKind.DEPARTMENT, UnitKind.TEAM)


@dataclass(frozen=True, kw_only=True)
class WantedUnit:
    """A unit as the file has it; `channel` is None where the file says nothing."""

    path: Path
    name: str
    full_name: str
    channel: str | None = None
    coordinating: bool = False
    position: int = 0

    @property
    def kind(self) -> UnitKind:
        """The level, which follows from the depth."""
        return KINDS[len(self.path) - 1]


@dataclass(frozen=True, kw_only=True)
class WantedPost:
    """A post as the file has it."""

    role: Role
    title: str
    path: Path


@dataclass(frozen=True, kw_only=True)
class WantedPerson:
    """Someone of the file with every post they hold; blank addresses say nothing."""

    line: int
    name: str
    email: str | None = None
    slack_id: str | None = None
    posts: tuple[WantedPost, ...] = ()


@dataclass(frozen=True, kw_only=True)
class Wanted:
    """The organisation a file asks for, parents before their children, and what looks odd."""

    units: tuple[WantedUnit, ...]
    people: tuple[WantedPerson, ...]
    warnings: tuple[BotError, ...] = ()


def read(rows: Iterable[RosterRow], words: Words) -> Wanted:
    """The wanted organisation; raise Several with every mistake of every row."""
    rows = [tidied(row) for row in rows]
    if not rows:
        raise Several([BotError("roster-empty")])
    errors = [error for row in rows for error in row_errors(row, words)]
    staff = _Staff(rows)
    for row in rows:
        staff.take(row, roles_of(row, words))
    units = _units(rows, words, errors)
    if errors or staff.errors:
        found = [*errors, *staff.errors]
        raise Several(sorted(found, key=lambda error: int(error.params["line"])))
    people = staff.people()
    return Wanted(units=units, people=people, warnings=tuple(_warnings(units, people)))


def _path(names: Iterable[str]) -> Path:
    return tuple(map(folded, names))


def _units(rows: list[RosterRow], words: Words, errors: list[BotError]) -> tuple[WantedUnit, ...]:
    """Every unit that a row names, in the file's order; mistakes are added to `errors`."""
    units: dict[Path, WantedUnit] = {}
    said: dict[tuple[str, Path], tuple[object, int]] = {}

    def say(what: str, path: Path, value: object, line: int) -> None:
        first, other = said.setdefault((what, path), (value, line))
        if first != value:
            unit = units[path].full_name
            errors.append(BotError(f"roster-two-{what}", line=line, other=other, unit=unit))

    for row in rows:
        names, path = row.names, _path(row.names)
        for depth, name in enumerate(names, 1):
            full_name = " ".join(names[:depth])
            unit = WantedUnit(path=path[:depth], name=name, full_name=full_name)
            units.setdefault(unit.path, unit)
        for depth, channel in enumerate((row.bureau_channel, row.department_channel), 1):
            if channel and depth <= len(path):
                say("channels", path[:depth], channel, row.line)
                units[path[:depth]] = replace(units[path[:depth]], channel=channel)
        if folded(row.role) in words.coordinating and len(path) == len(KINDS):
            say("coordinating", path[:1], path, row.line)
            units[path] = replace(units[path], coordinating=True)
    return tuple(_in_order(units))


def _in_order(units: dict[Path, WantedUnit]) -> Iterable[WantedUnit]:
    """Parents before children and siblings as first seen, numbered through."""
    rank = {path: number for number, path in enumerate(units)}
    ranks = {path: [rank[path[:i]] for i in range(1, len(path) + 1)] for path in units}
    ordered = sorted(units, key=ranks.__getitem__)
    return (replace(units[path], position=at) for at, path in enumerate(ordered, 1))


class _Staff:
    """Puts the posts of one person together: rows with the same e-mail or Slack id are one."""

    def __init__(self, rows: list[RosterRow]) -> None:
        self.errors: list[BotError] = []
        self._slack_of: dict[str, tuple[str, int]] = {}
        self._email_of: dict[str, tuple[str, int]] = {}
        self._people: dict[str, WantedPerson] = {}
        for row in rows:
            if row.email and row.slack_id:
                self._tie(self._slack_of, "slack-id", row.email, row.slack_id, row.line)
                self._tie(self._email_of, "email", row.slack_id, row.email, row.line)

    def take(self, row: RosterRow, roles: tuple[Role, ...]) -> None:
        """Add the row's posts to its person; rows that name nobody were reported already."""
        if not row.names or not row.name or not (row.email or row.slack_id):
            return
        slack_id = row.slack_id or self._slack_of.get(row.email, ("", 0))[0]
        email = row.email or self._email_of.get(row.slack_id, ("", 0))[0]
        person = self._people.setdefault(
            slack_id or email,
            WantedPerson(
                line=row.line, name=row.name, email=email or None, slack_id=slack_id or None
            ),
        )
        if folded(person.name) != folded(row.name):
            self._error("roster-two-names", row.line, person.line, name=row.name, first=person.name)
            return
        path = _path(row.names)
        held = {(post.path, post.role) for post in person.posts}
        new = [role for role in roles if (path, role) not in held]
        if not new:
            self._error("roster-duplicate", row.line, person.line, name=row.name)
        posts = tuple(WantedPost(role=role, title=row.title, path=path) for role in new)
        self._people[slack_id or email] = replace(person, posts=person.posts + posts)

    def people(self) -> tuple[WantedPerson, ...]:
        """Everyone in the order of their first row."""
        return tuple(self._people.values())

    def _tie(
        self, ties: dict[str, tuple[str, int]], what: str, known: str, value: str, line: int
    ) -> None:
        first, other = ties.setdefault(known, (value, line))
        if first != value:
            column = Key(f"roster-label-{what}")
            self._error("roster-two-addresses", line, other, column=column, known=known)

    def _error(self, key: str, line: int, other: int, **params: Any) -> None:
        self.errors.append(BotError(key, line=line, other=other, **params))


def _warnings(
    units: tuple[WantedUnit, ...], people: tuple[WantedPerson, ...]
) -> Iterable[BotError]:
    """What may be meant so, but is worth a look before it is applied."""
    leaders: dict[tuple[Path, Role], list[str]] = {}
    for person in people:
        for post in person.posts:
            leaders.setdefault((post.path, post.role), []).append(person.name)
            if post.role is Role.MEMBER and len(post.path) < len(KINDS):
                yield BotError("roster-warn-no-team", line=person.line, name=person.name)
    for unit in units:
        role = CHIEFS[len(unit.path) - 1]
        names = leaders.get((unit.path, role), [])
        params = {"unit": unit.full_name, "role": Key(f"role-{role}")}
        if len(names) > 1:
            yield BotError("roster-warn-several", names=", ".join(names), **params)
        elif not names and role is not Role.LEAD:
            yield BotError("roster-warn-nobody", **params)
    if not any(role is Role.HQ for _, role in leaders):
        yield BotError("roster-warn-no-hq")
