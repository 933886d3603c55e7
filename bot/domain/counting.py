"""The count of a ballot as a pure function of the reactions that stand and the order we know.

What Slack tells is kept as marks: somebody's 👍 on a candidate came or went, at a moment. The last
mark of one reaction decides whether it stands, so marks may come twice and in any order. A count
in Slack itself adds marks of its own where it differs; those know that, but not when.
"""

from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass, field
from itertools import groupby

LONG_AGO = -1
"""Before every moment Slack knows."""

Seen = tuple[int, int, str]
"""One standing reaction: person, candidate, and the variant of the sign (its skin tone)."""


@dataclass(frozen=True, kw_only=True, order=True)
class Mark:
    """Somebody's sign on a candidate came (`added`) or went.

    `at` is in microseconds of Slack's time. Of a mark that is not `exact` only the outcome is
    known: by `at` it had come or gone, nobody knows when.
    """

    person: int
    candidate: int
    variant: str
    at: int
    added: bool
    exact: bool = True


@dataclass(frozen=True, kw_only=True)
class Live:
    """Where a person's vote stands: on one candidate, on none, or between several."""

    candidate: int | None = None
    between: tuple[int, ...] = ()
    """Candidates of whom nobody knows which was chosen last; then there is no candidate."""


@dataclass(frozen=True, kw_only=True)
class Count:
    """One vote a person; `unsure` are the people between several candidates."""

    votes: Mapping[int, int] = field(default_factory=dict)
    unsure: Mapping[int, tuple[int, ...]] = field(default_factory=dict)

    def of(self, candidate: int) -> int:
        """How many votes a candidate has."""
        return sum(1 for voted in self.votes.values() if voted == candidate)


def corrections(marks: Iterable[Mark], seen: Collection[Seen], moment: int) -> list[Mark]:
    """The marks that make the log agree with what stood at `moment`.

    `seen` is what Slack shows when asked, somewhat after `moment`. The first mark after the moment
    tells more than that: what came late had not stood, what went late had.
    """
    before: dict[Seen, Mark] = {}
    later: dict[Seen, Mark] = {}
    for mark in sorted(marks, key=_when):
        key = (mark.person, mark.candidate, mark.variant)
        if _by(mark, moment):
            before[key] = mark
        else:
            later.setdefault(key, mark)
    found = []
    for key in sorted({*before, *later, *seen}):
        stood = key in before and before[key].added
        stands = not later[key].added if key in later else key in seen
        if stands != stood:
            person, candidate, variant = key
            found.append(
                Mark(
                    person=person,
                    candidate=candidate,
                    variant=variant,
                    at=moment,
                    added=stands,
                    exact=False,
                )
            )
    return found


def live(
    marks: Iterable[Mark],
    candidates: Collection[int],
    *,
    until: int | None = None,
    answer: int | None = None,
) -> Live:
    """Where one person's vote stands: on the candidate whose sign, still standing, came last.

    Only `candidates` count, and nothing that came or went at `until` or later. `answer` is what
    the person said when asked; it counts when that sign stands.
    """
    last: dict[tuple[int, str], Mark] = {}
    for mark in sorted(marks, key=_when):
        if until is not None and not _by(mark, until):
            continue
        key = (mark.candidate, mark.variant)
        # A count that finds what is known already says nothing new about when.
        if mark.exact or key not in last or last[key].added != mark.added:
            last[key] = mark
    known: dict[int, int] = {}
    vague: set[int] = set()
    for mark in last.values():
        if not mark.added or mark.candidate not in candidates:
            continue
        known.setdefault(mark.candidate, LONG_AGO)
        if mark.exact:
            known[mark.candidate] = max(known[mark.candidate], mark.at)
        else:
            vague.add(mark.candidate)
    if not known:
        return Live()
    if answer in known:
        return Live(candidate=answer)
    newest = max(known, key=lambda candidate: (known[candidate], -candidate))
    if vague - {newest}:
        return Live(between=tuple(sorted(known)))
    return Live(candidate=newest)


def count(
    marks: Iterable[Mark],
    electors: Collection[int],
    candidates: Collection[int],
    *,
    until: int | None = None,
    answers: Mapping[int, int] | None = None,
) -> Count:
    """The count of everyone's vote; people outside the electorate have none."""
    votes: dict[int, int] = {}
    unsure: dict[int, tuple[int, ...]] = {}
    for person, own in groupby(sorted(marks), key=lambda mark: mark.person):
        if person not in electors:
            continue
        stands = live(own, candidates, until=until, answer=(answers or {}).get(person))
        if stands.candidate is not None:
            votes[person] = stands.candidate
        elif stands.between:
            unsure[person] = stands.between
    return Count(votes=votes, unsure=unsure)


def _when(mark: Mark) -> tuple[int, bool, bool]:
    """Of one moment, what a count said comes last, and going after coming."""
    return mark.at, not mark.exact, not mark.added


def _by(mark: Mark, moment: int) -> bool:
    """Whether it had happened by `moment`; what happens at the moment itself is late."""
    return mark.at < moment or (mark.at == moment and not mark.exact)
