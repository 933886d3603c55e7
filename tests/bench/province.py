"""A province as large as one is: 19 bureaus, 171 departments, 684 teams and 3,614 people."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta

import sqlalchemy as sa
from sqlalchemy.engine import Connection

from bot.clock import FrozenClock
from bot.domain.org import Role
from bot.domain.roster_rows import RosterRow
from bot.i18n.texts import Catalogue
from bot.usecases.organise import apply_import
from handlers.roster_files import vocabulary
from storage.database import Office
from storage.tables.org import posts

BEGAN = datetime(2021, 7, 1, 1, tzinfo=UTC)
"""When the first of ten rounds began."""
NOW = datetime(2026, 7, 10, 1, tzinfo=UTC)
"""Ten o'clock on a Friday: the moment of all measurements."""
ROUNDS = 10
HALF_A_YEAR = timedelta(days=182)
BUREAUS, DEPARTMENTS, TEAMS, STAFF = 19, 9, 4, 4
"""How many there are in whatever is above them; each team also has a lead."""
_HQ = 3


@dataclass(frozen=True)
class Team:
    """A team as tasks need it: where it is, who decides, who works there."""

    bureau: int
    department: int
    team: int
    head: int
    people: tuple[int, ...]


async def settle(url: str) -> None:
    """Import the organisation into an empty database."""
    office = Office.at(url, FrozenClock(BEGAN))
    words = vocabulary(Catalogue.load()).words
    try:
        await office.write_alone(
            lambda uow: apply_import(uow, list(_roster()), BEGAN, words=words, round_name="제1회")
        )
    finally:
        await office.close()


def teams(connection: Connection) -> list[Team]:
    """All teams of the stored organisation."""
    heads: dict[int, int] = {}
    staff: dict[tuple[int, int, int], list[int]] = {}
    for post in connection.execute(sa.select(posts).order_by(posts.c.id)):
        if post.role == Role.HEAD:
            heads[post.department] = post.person
        elif post.team is not None:
            staff.setdefault((post.bureau, post.department, post.team), []).append(post.person)
    return [
        Team(bureau, department, team, heads.get(department, people[0]), tuple(people))
        for (bureau, department, team), people in staff.items()
    ]


def _roster() -> Iterator[RosterRow]:
    number = 1

    def row(title: str, *units: str, role: str = "", channel: str = "") -> RosterRow:
        nonlocal number
        number += 1
        places = dict(zip(("bureau", "department", "team"), units, strict=False))
        return RosterRow(
            line=number,
            name=f"김공무{number}",
            title=title,
            role=role,
            email=f"person{number}@example.kr",
            slack_id=f"U{number:08}",
            department_channel=channel,
            **places,
        )

    for b in range(BUREAUS):
        bureau = f"제{b + 1}국"
        yield row("국장", bureau)
        for d in range(DEPARTMENTS):
            department = f"제{b + 1}국 제{d + 1}과"
            yield row("과장", bureau, department, channel=f"C{b:03}{d:04}")
            for t in range(TEAMS):
                team = f"{department} {t + 1}팀"
                first = d == t == 0
                yield row("팀장", bureau, department, team, role="주무팀" if first else "")
                for s in range(STAFF):
                    hq = b == d == t == 0 and s < _HQ
                    yield row("주무관", bureau, department, team, role="총괄" if hq else "")
