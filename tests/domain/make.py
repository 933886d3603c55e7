"""People and tasks for the rules, with only what a test is about said aloud."""

from datetime import UTC, date, datetime
from typing import Any

from bot.domain.org import Person, Place, Post, Role
from bot.domain.task import Content, Effect, Milestone, Need, Step, Task, Type

NOW = datetime(2026, 7, 1, 1, 0, tzinfo=UTC)
DAY = date(2026, 7, 1)
TEAM = Place(bureau=1, department=2, team=3)
DEPARTMENT = Place(bureau=1, department=2)
BUREAU = Place(bureau=1)
TITLES = {
    Role.MEMBER: "주무관",
    Role.LEAD: "팀장",
    Role.HEAD: "과장",
    Role.DIRECTOR: "국장",
    Role.HQ: "주무관",
}


def person(id: int, role: Role | None = Role.MEMBER, place: Place = TEAM, **fields: Any) -> Person:
    """Somebody with one post, or none."""
    posts = (Post(role=role, title=TITLES[role], place=place),) if role else ()
    return Person(id=id, name=f"사람{id}", posts=posts, **fields)


def content(**fields: Any) -> Content:
    """What a proposal says."""
    effect = {n: fields.pop(n) for n in ("per_year", "minutes", "people", "budget") if n in fields}
    given = {"title": "일지 폐지", "type": Type.ABOLISH, "problem": "손으로 씁니다."} | fields
    return Content(**given, effect=Effect(**effect))


def task(**fields: Any) -> Task:
    """A submitted task of person 1 in team 3."""
    given: dict[str, Any] = {
        "id": 1,
        "place": TEAM,
        "content": content(**fields.pop("content", {})),
        "proposer": 1,
        "origin": 3,
        "owner": 1,
        "created_at": NOW,
        "waiting_since": NOW,
    }
    return Task(**given | fields)


def milestone(code: str = "draft", due: date = DAY, **fields: Any) -> Milestone:
    """A stage of a guideline."""
    return Milestone(track=fields.pop("track", Need.GUIDELINE), code=code, due=due, **fields)


def step(owner: int = 1, **fields: Any) -> Step:
    """A line of an action plan."""
    given: dict[str, Any] = {"text": "현황 조사", "due": date(2026, 7, 15)}
    return Step(**given | fields, owner=owner)
