"""Coverage: who has brought what a round asks for. Full coverage is the aim."""

from collections.abc import Iterable, Mapping
from collections.abc import Set as AbstractSet
from dataclasses import dataclass, field

from bot.domain.org import Unit, UnitKind


@dataclass(frozen=True, kw_only=True)
class Share:
    """So many of so many."""

    part: int
    whole: int

    @property
    def percent(self) -> int:
        """Rounded down, so that 100 % means all of them; nothing asked for is all done."""
        return self.part * 100 // self.whole if self.whole else 100

    @property
    def full(self) -> bool:
        """Whether none is missing."""
        return self.part >= self.whole


@dataclass(frozen=True, kw_only=True)
class DepartmentCoverage:
    """A department: its representative task, and its teams that have a task or are exempt."""

    unit: Unit
    representative: int | None
    exempt: bool
    """Wholly: it has teams and each of them is exempt."""
    teams: Share
    missing: tuple[Unit, ...]
    """Teams with neither a task nor an exemption, in organisation order."""

    @property
    def covered(self) -> bool:
        """Whether it counts for its bureau."""
        return self.representative is not None or self.exempt


@dataclass(frozen=True, kw_only=True)
class BureauCoverage:
    """A bureau: its departments with a representative task or wholly exempt."""

    unit: Unit
    departments: tuple[DepartmentCoverage, ...]
    votes_over: bool = True
    """Whether its ballots' date has passed; only then is a representative missing."""

    @property
    def share(self) -> Share:
        """How many departments are covered."""
        covered = sum(department.covered for department in self.departments)
        return Share(part=covered, whole=len(self.departments))

    @property
    def missing(self) -> tuple[Unit, ...]:
        """Departments that lack a representative task, once that is due."""
        if not self.votes_over:
            return ()
        return tuple(d.unit for d in self.departments if not d.covered)


@dataclass(frozen=True, kw_only=True)
class RoundFacts:
    """What of a round the coverage is made from."""

    representatives: Mapping[int, int] = field(default_factory=dict)
    """Task number by department."""
    with_task: AbstractSet[int] = frozenset()
    """Teams that proposed a task of the round that still stands."""
    exempt: AbstractSet[int] = frozenset()
    """Teams whose exemption was granted and has not ended."""
    votes_over: AbstractSet[int] = frozenset()
    """Bureaus whose ballots' date has passed."""


def coverage(units: Iterable[Unit], facts: RoundFacts) -> tuple[BureauCoverage, ...]:
    """The coverage of every bureau that is not retired, in organisation order."""
    by_parent: dict[int | None, list[Unit]] = {}
    for unit in sorted(units, key=lambda unit: (unit.position, unit.id)):
        if not unit.retired:
            by_parent.setdefault(unit.parent, []).append(unit)
    return tuple(
        BureauCoverage(
            unit=bureau,
            departments=tuple(
                _department(unit, by_parent.get(unit.id, []), facts)
                for unit in by_parent.get(bureau.id, [])
                if unit.kind is UnitKind.DEPARTMENT
            ),
            votes_over=bureau.id in facts.votes_over,
        )
        for bureau in by_parent.get(None, [])
        if bureau.kind is UnitKind.BUREAU
    )


def _department(unit: Unit, teams: list[Unit], facts: RoundFacts) -> DepartmentCoverage:
    missing = tuple(t for t in teams if t.id not in facts.with_task and t.id not in facts.exempt)
    return DepartmentCoverage(
        unit=unit,
        representative=facts.representatives.get(unit.id),
        exempt=bool(teams) and all(team.id in facts.exempt for team in teams),
        teams=Share(part=len(teams) - len(missing), whole=len(teams)),
        missing=missing,
    )
