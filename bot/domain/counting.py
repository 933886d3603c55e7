"""The count of a ballot as a pure function of the reactions that stand and the order we know.

What Slack tells is kept as marks: somebody's 👍 on a candidate came or went, at a moment. The last
mark of one reaction decides whether it stands, so marks may come twice and in any order. A count
in Slack itself adds marks of its own where it differs; those know that, but not when.
"""

from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass, field, replace
from itertools import groupby

LONG_AGO = -1
"""Before every moment Slack knows."""
FOUND_WITHIN = 600_000_000
"""Microseconds in which a count of some moment is made: what it found may have come meanwhile."""

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
    the person said when asked; it decides where nothing else tells which came last.
    """
    signs: dict[tuple[int, str], _Sign] = {}
    late: dict[tuple[int, str], Mark] = {}
    for mark in sorted(marks, key=_when):
        key = (mark.candidate, mark.variant)
        if until is None or _by(mark, until):
            signs[key] = _after(signs.get(key), mark)
        else:
            late.setdefault(key, mark)
    for key, mark in late.items():
        # What came late had not stood, what went late had, whatever a count in between has found.
        if mark.added == (key in signs and signs[key].stands):
            told = replace(mark, at=until or mark.at, added=not mark.added, exact=False)
            signs[key] = _after(signs.get(key), told)
    since: dict[int, int] = {}
    latest: dict[int, int] = {}
    for (candidate, _), sign in signs.items():
        if sign.stands and candidate in candidates:
            since[candidate] = max(since.get(candidate, LONG_AGO), sign.since)
            latest[candidate] = max(latest.get(candidate, LONG_AGO), sign.latest)
    if not since:
        return Live()
    newest = max(since.values())
    last = sorted(candidate for candidate in since if latest[candidate] >= newest)
    if len(last) == 1 or all(since[one] == latest[one] for one in last):
        return Live(candidate=last[0])
    if answer in last:
        return Live(candidate=answer)
    return Live(between=tuple(last))


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


@dataclass(frozen=True)
class _Sign:
    """Whether a sign stands, and between which moments it came to do so."""

    stands: bool
    since: int
    latest: int
    known: int
    """The moment of the mark that told so."""


def _after(former: _Sign | None, mark: Mark) -> _Sign:
    """The sign after one more mark, the marks taken in order."""
    if mark.exact:
        return _Sign(mark.added, mark.at, mark.at, mark.at)
    if former is None:
        return _Sign(mark.added, LONG_AGO, mark.at + FOUND_WITHIN, mark.at)
    if former.stands == mark.added:
        return former  # a count that finds what is known already says nothing new about when
    return _Sign(mark.added, former.known, mark.at + FOUND_WITHIN, mark.at)


def _when(mark: Mark) -> tuple[int, bool, bool]:
    """Of one moment, what a count said comes last, and going after coming."""
    return mark.at, not mark.exact, not mark.added


def _by(mark: Mark, moment: int) -> bool:
    """Whether it had happened by `moment`; what happens at the moment itself is late."""
    return mark.at < moment or (mark.at == moment and not mark.exact)
