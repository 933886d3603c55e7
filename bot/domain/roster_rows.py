"""The rows of an organisation file: what one line says, its role, and its mistakes.

A post's role follows from its title and from the unit its row names. Whose title ends as those of
heads of departments or of team leads do is that; whose title ends as that of a chief of anything
does leads the unit of the row; everyone else is a member. The role column overrides the title and
is the only way to run the programme. The words themselves come from the catalogues.
"""

import re
from collections.abc import Mapping
from dataclasses import dataclass
from itertools import takewhile
from typing import Any

from bot.domain.errors import BotError, Key
from bot.domain.org import Role
from bot.domain.text import folded, one_line

LONGEST = 100
"""Characters in one cell; no name of a unit or person is longer."""
CHIEFS = (Role.DIRECTOR, Role.HEAD, Role.LEAD)
"""Who leads a bureau, a department and a team."""

_EMAIL = re.compile(r"[^@\s,;<>]+@[^@\s,;<>]+\.[^@\s.,;<>]+")
_SLACK_ID = re.compile(r"[UW][A-Z0-9]{5,20}")
_CHANNEL = re.compile(r"[CG][A-Z0-9]{5,20}")
_BRACKETS = re.compile(r"\([^()]*\)")


@dataclass(frozen=True, kw_only=True)
class RosterRow:
    """One line of an organisation file as it was written; blank is the empty text."""

    line: int
    bureau: str = ""
    department: str = ""
    team: str = ""
    name: str = ""
    title: str = ""
    email: str = ""
    slack_id: str = ""
    bureau_channel: str = ""
    department_channel: str = ""
    role: str = ""

    @property
    def names(self) -> tuple[str, ...]:
        """The units from the bureau down to the one the post is in, ending at the first blank."""
        return tuple(takewhile(bool, (self.bureau, self.department, self.team)))


@dataclass(frozen=True, kw_only=True)
class Words:
    """The folded words by which titles and the role column are understood."""

    chief: tuple[str, ...]
    head: tuple[str, ...]
    lead: tuple[str, ...]
    acting: tuple[str, ...]
    """What may follow a title without changing it, as that its holder is only acting."""
    roles: Mapping[str, Role]
    coordinating: tuple[str, ...]


def tidied(row: RosterRow) -> RosterRow:
    """The row with one spelling of everything: e-mail in small letters, ids out of copied links."""
    cells = {name: _cell(value) for name, value in vars(row).items() if isinstance(value, str)}
    for name in ("slack_id", "bureau_channel", "department_channel"):
        cells[name] = cells[name].rpartition("/")[2].upper()
    cells["email"] = cells["email"].lower().removeprefix("mailto:")
    return RosterRow(line=row.line, **cells)


def _cell(text: str) -> str:
    """The tidy text; a lone dash or dot is how people write an empty cell."""
    tidy = one_line(text)
    return tidy if folded(tidy) else ""


def row_errors(row: RosterRow, words: Words) -> list[BotError]:
    """Every mistake that a tidy row shows by itself."""

    def error(key: str, column: str = "", **params: Any) -> BotError:
        if column:
            params["column"] = Key(f"roster-label-{column.replace('_', '-')}")
        return BotError(key, line=row.line, **params)

    errors = [
        error("roster-missing", column)
        for column in ("bureau", "name", "title")
        if not getattr(row, column)
    ]
    if row.team and not row.department:
        errors.append(error("roster-team-without-department", team=row.team))
    if row.department_channel and not row.department:
        errors.append(error("roster-channel-without-department"))
    if not row.email and not row.slack_id:
        errors.append(error("roster-no-address", name=row.name))
    errors += [
        error(f"roster-malformed-{column.replace('_', '-')}", value=getattr(row, column)[:LONGEST])
        for column, pattern in _PATTERNS.items()
        if getattr(row, column) and not pattern.fullmatch(getattr(row, column))
    ]
    errors += [
        error("roster-too-long", column, limit=LONGEST)
        for column in ("bureau", "department", "team", "name", "title", "email")
        if len(getattr(row, column)) > LONGEST
    ]
    role = folded(row.role)
    if role and role not in words.roles and role not in words.coordinating:
        errors.append(error("roster-unknown-role", role=row.role[:LONGEST]))
    if role in words.coordinating and not row.team:
        errors.append(error("roster-coordinating-without-team"))
    if not errors:
        errors += [
            error(_MISFITS[wanted], title=row.title)
            for wanted in roles_of(row, words)
            if wanted in _MISFITS and CHIEFS[len(row.names) - 1] is not wanted
        ]
    return errors


_PATTERNS = {
    "email": _EMAIL,
    "slack_id": _SLACK_ID,
    "bureau_channel": _CHANNEL,
    "department_channel": _CHANNEL,
}
_MISFITS = {
    Role.DIRECTOR: "roster-director-not-at-bureau",
    Role.HEAD: "roster-head-not-at-department",
    Role.LEAD: "roster-lead-not-at-team",
}


def roles_of(row: RosterRow, words: Words) -> tuple[Role, ...]:
    """The role of a tidy row's post; who runs the programme keeps the unit they lead beside it."""
    given = words.roles.get(folded(row.role))
    by_title = _by_title(row, words)
    if given is Role.HQ:
        return (Role.HQ,) if by_title is Role.MEMBER else (by_title, Role.HQ)
    return (given or by_title,)


def _by_title(row: RosterRow, words: Words) -> Role:
    title = folded(_BRACKETS.sub("", row.title))
    for word in words.acting:
        title = title.removesuffix(word)
    if title.endswith(words.lead):
        return Role.LEAD
    if title.endswith(words.head):
        return Role.HEAD
    if title.endswith(words.chief) and row.names:
        return CHIEFS[len(row.names) - 1]
    return Role.MEMBER
