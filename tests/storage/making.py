"""A small province to test the stores with, and tasks in it."""

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta
from typing import Any

from bot.domain.ballot import Ballot, Mode
from bot.domain.org import Person, Place, Post, Role, Unit, UnitKind
from bot.domain.round import Round
from bot.domain.task import Content, Effect, Task, Type
from storage.unit import UnitOfWork

DAY = date(2026, 7, 1)
NOW = datetime(2026, 7, 1, 5, 0, tzinfo=UTC)
BEFORE = date(2026, 1, 1)


@dataclass(frozen=True)
class Office:
    """A bureau with two departments; the first has two teams, the second a head and no team."""

    bureau: Unit
    arts: Unit
    roads: Unit
    halls: Unit
    books: Unit
    director: Person
    head: Person
    roads_head: Person
    lead: Person
    member: Person
    hq: Person

    @property
    def halls_place(self) -> Place:
        return Place(bureau=self.bureau.id, department=self.arts.id, team=self.halls.id)

    @property
    def arts_place(self) -> Place:
        return Place(bureau=self.bureau.id, department=self.arts.id)

    @property
    def roads_place(self) -> Place:
        return Place(bureau=self.bureau.id, department=self.roads.id)

    @property
    def bureau_place(self) -> Place:
        return Place(bureau=self.bureau.id)


def office(uow: UnitOfWork) -> Office:
    """The province, stored."""
    bureau = uow.units.add(kind=UnitKind.BUREAU, name="문화체육관광국")
    above = bureau.id
    arts = uow.units.add(
        kind=UnitKind.DEPARTMENT, name="문화예술과", parent=above, channel="C1", position=1
    )
    roads = uow.units.add(kind=UnitKind.DEPARTMENT, name="도로과", parent=above, position=2)
    halls = uow.units.add(kind=UnitKind.TEAM, name="전시팀", parent=arts.id, position=3)
    books = uow.units.add(kind=UnitKind.TEAM, name="도서팀", parent=arts.id, position=4)
    at_bureau = Place(bureau=above)
    at_arts = Place(bureau=above, department=arts.id)
    at_halls = Place(bureau=above, department=arts.id, team=halls.id)
    at_roads = Place(bureau=above, department=roads.id)
    return Office(
        bureau,
        arts,
        roads,
        halls,
        books,
        director=person(uow, "김국장", Role.DIRECTOR, "국장", at_bureau),
        head=person(uow, "이과장", Role.HEAD, "과장", at_arts),
        roads_head=person(uow, "정과장", Role.HEAD, "과장", at_roads),
        lead=person(uow, "박팀장", Role.LEAD, "팀장", at_halls),
        member=person(uow, "최주무", Role.MEMBER, "주무관", at_halls),
        hq=person(uow, "한총괄", Role.HQ, "총괄", at_bureau),
    )


def person(
    uow: UnitOfWork,
    name: str,
    role: Role | None = None,
    title: str = "",
    place: Place | None = None,
) -> Person:
    """A person with one post since January, or none; their Slack id is `U-` and their name."""
    added = uow.people.add(name=name, slack_id=f"U-{name}", email=f"{name}@Example.KR")
    if role is not None:
        post = Post(role=role, title=title, place=place or Place())
        uow.posts.set(added.id, (post,), BEFORE)
    found = uow.people.get(added.id, DAY)
    assert found is not None
    return found


def content(title: str = "전시실 운영 일지 폐지", **fields: Any) -> Content:
    """What a proposal says, with fields of the content or of its effect."""
    effect = {name: fields.pop(name) for name in ("per_year", "minutes") if name in fields}
    given: dict[str, Any] = {"type": Type.ABOLISH, "problem": "매일 손으로 씁니다", **fields}
    return Content(title=title, effect=Effect(**effect, people=2 if effect else None), **given)


def task(
    uow: UnitOfWork, proposer: Person, place: Place, title: str = "일지 폐지", /, **fields: Any
) -> Task:
    """A task with the next number, stored and indexed; `fields` are the task's own."""
    made = Task(
        id=uow.tasks.next_number(),
        place=place,
        content=fields.pop("content", None) or content(title),
        proposer=proposer.id,
        **{"created_at": NOW, "waiting_since": NOW, **fields},
    )
    uow.tasks.add(made)
    uow.search.index(made)
    return made


def round_(uow: UnitOfWork) -> Round:
    """The round that is not closed, opened on that day if there is none."""
    return uow.rounds.unclosed() or uow.rounds.add("2026년 제1회", DAY)


def ballot(
    uow: UnitOfWork,
    office: Office,
    candidates: Sequence[Task] = (),
    /,
    place: Place | None = None,
    electors: Collection[int] = (),
    **fields: Any,
) -> Ballot:
    """An open ballot of the first department, with one candidate unless others are given."""
    place = place or office.arts_place
    given: dict[str, Any] = {
        "channel": "C1",
        "mode": Mode.OPEN,
        "closes_at": NOW + timedelta(days=1),
    }
    return uow.ballots.open(
        round=round_(uow).id,
        place=place,
        opened_by=office.head.id,
        opened_at=NOW,
        candidates=candidates or [task(uow, office.member, place)],
        electors=electors,
        **given | fields,
    )
