"""Ballots for the views: small ones to read, and the fullest there can be."""

from datetime import UTC, datetime
from typing import Any

from bot.domain.ballot import (
    CANDIDATES_MAX,
    Ballot,
    Candidate,
    Mode,
    Representative,
    Rule,
    Standing,
    State,
)
from bot.domain.ballot_screens import BallotShown, Chosen, Difference, ExemptionShown, Panel
from bot.domain.coverage import BureauCoverage, DepartmentCoverage, Share
from bot.domain.exemption import Exemption, Ground
from bot.domain.org import Official, Unit, UnitKind
from bot.domain.rights import Act
from bot.domain.round import Round
from tests.domain import make
from tests.views import made

NOW = datetime(2026, 7, 1, 1, 0, tzinfo=UTC)
CLOSES = datetime(2026, 7, 8, 9, 0, tzinfo=UTC)
ROUND = Round(id=1, name="2026년 제1회", starts_on=made.DAY)
HEAD = Official(name="김하늘", title="과장", unit="문화정책과")
UNIT = Unit(id=2, kind=UnitKind.DEPARTMENT, name="문화정책과", parent=1, channel="C0000001")
TITLES = ("전시실 운영 일지 폐지", "주간 회의 자료 통합", "민원 대장 전산화")
FULL_TITLES = ("&" * 100,) * CANDIDATES_MAX
LONG_TITLES = ("가" * 100,) * CANDIDATES_MAX
ACTS = frozenset(act for act in Act if act.startswith("ballot"))


def ballot(**fields: Any) -> Ballot:
    """An open ballot of twelve electors."""
    given: dict[str, Any] = {
        "id": 7, "version": 3, "round": 1, "bureau": 1, "department": 2, "channel": "C0000001",
        "mode": Mode.OPEN, "state": State.OPEN, "opened_by": 9, "opened_at": NOW,
        "closes_at": CLOSES, "electors": 12, "turnout": 8,
    }  # fmt: skip
    return Ballot(**given | fields)


def candidate(position: int, title: str = TITLES[0], **fields: Any) -> Candidate:
    """A candidate whose id is 100 and whose task's number 10 more than its position."""
    given: dict[str, Any] = {
        "id": 100 + position, "ballot": 7, "position": position, "task": 10 + position,
        "title": title, "hours": 120.0, "submitted_at": NOW,
    }  # fmt: skip
    return Candidate(**given | fields)


def shown(
    titles: tuple[str, ...] = TITLES, votes: tuple[int, ...] = (5, 2, 1), **fields: Any
) -> BallotShown:
    """A ballot as its channel sees it; fields of the ballot and of the screen by name."""
    own = {name: fields.pop(name) for name in list(fields) if name in Ballot.__annotations__}
    given: dict[str, Any] = {
        "ballot": ballot(**own), "round": ROUND.name, "department": UNIT.name,
        "standings": tuple(
            Standing(candidate=candidate(n, title), votes=votes[n - 1] if n <= len(votes) else 0)
            for n, title in enumerate(titles, 1)
        ),
        "today": made.DAY, "now": NOW, "decider": HEAD,
    }  # fmt: skip
    return BallotShown(**given | fields)


def decided(rule: Rule = Rule.VOTES, **fields: Any) -> BallotShown:
    """A ballot that chose its first candidate."""
    return shown(state=State.DECIDED, winner=11, rule=rule, ended_at=CLOSES, **fields)


def differences(count: int, name: str = "이바다", title: str = TITLES[0]) -> dict[str, Any]:
    """So many differences between Slack and what was told."""
    found = tuple(
        Difference(name=name, task=11, title=title, added=bool(n % 2)) for n in range(count)
    )
    return {"differences": found, "recounted_at": CLOSES}


def chosen(rule: Rule = Rule.VOTES, **fields: Any) -> Chosen:
    """A representative task."""
    representative = Representative(
        round=1, department=2, task=12, rule=rule, at=NOW, reason=fields.pop("reason", "")
    )
    return Chosen(representative=representative, task=made.row(title=TITLES[1]), **fields)


def units(count: int, kind: UnitKind = UnitKind.TEAM) -> tuple[Unit, ...]:
    """So many units with the longest names."""
    return tuple(
        Unit(id=50 + n, kind=kind, name=f"지역건설교통정책{n}", parent=2) for n in range(count)
    )


def coverage(part: int = 5, whole: int = 6, missing: int = 1) -> DepartmentCoverage:
    """A department of which so many teams have brought a task."""
    return DepartmentCoverage(
        unit=UNIT,
        representative=None,
        exempt=False,
        teams=Share(part=part, whole=whole),
        missing=units(missing),
    )


def bureau(name: str = "문화체육관광국", departments: int = 1) -> BureauCoverage:
    """A bureau without a single representative task."""
    rows = (coverage(),) * departments
    return BureauCoverage(unit=Unit(id=1, kind=UnitKind.BUREAU, name=name), departments=rows)


def panel(**fields: Any) -> Panel:
    """The door of a department in a round without a ballot."""
    given: dict[str, Any] = {
        "department": UNIT, "bureau": "문화체육관광국", "round": ROUND, "today": made.DAY,
        "coverage": coverage(),
    }  # fmt: skip
    return Panel(**given | fields)


def exemption() -> ExemptionShown:
    """An exemption that waits for a director."""
    filed = Exemption(
        id=1, round=1, place=make.TEAM, ground=Ground.OTHER, text="감사 준비", filed_by=1,
        filed_at=NOW,
    )  # fmt: skip
    return ExemptionShown(
        exemption=filed, team="계획팀", department=UNIT.name, bureau="문화체육관광국",
        round=ROUND.name, filed_by=made.NAME, today=made.DAY,
    )  # fmt: skip
