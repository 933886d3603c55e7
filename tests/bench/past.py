"""Five years of tasks: as many as wanted, spread over the province, most of them ended."""

import random
from collections.abc import Iterator, Sequence
from datetime import date, datetime, timedelta
from typing import Any, NamedTuple

from bot.domain.calendar import today
from bot.domain.task import UNDER_WAY, Status, Type
from tests.bench import wording
from tests.bench.province import BEGAN, HALF_A_YEAR, NOW, ROUNDS, Team

TODAY = today(NOW)
_FORMER = {
    Status.DONE: 77, Status.DECLINED: 6, Status.WITHDRAWN: 6, Status.MERGED: 9,
    Status.CONFIRMED: 0.4, Status.IN_PROGRESS: 1.2, Status.ON_HOLD: 0.4,
}  # fmt: skip
_CURRENT = {
    Status.DONE: 40, Status.DECLINED: 5, Status.WITHDRAWN: 4, Status.MERGED: 6,
    Status.SUBMITTED: 8, Status.REVISION_REQUESTED: 3, Status.CONFIRMED: 12,
    Status.IN_PROGRESS: 17, Status.ON_HOLD: 5,
}  # fmt: skip
_OWNED = UNDER_WAY | {Status.ON_HOLD, Status.DONE}
_ASKED_AFTER = {"saved": 92, "stays_6": 183, "stays_12": 365}
"""Days after completion."""
_TYPES = [kind.value for kind in Type]
_NO_OBJECT, _NO_LIST = "{}", "[]"


class Past(NamedTuple):
    """A task with what belongs to it, as rows: dates and moments as ISO text."""

    task: dict[str, Any]
    co_proposers: list[tuple[Any, ...]]
    milestones: list[tuple[Any, ...]]
    steps: list[tuple[Any, ...]]
    audit: list[tuple[Any, ...]]
    checks: list[tuple[Any, ...]]


def tasks(count: int, teams: Sequence[Team], first: int = 1) -> Iterator[Past]:
    """So many tasks in the order of their numbers, the same every time."""
    dice = random.Random(291)
    for number in range(first, first + count):
        yield _task(dice, number, (number - first) / count, dice.choice(teams))


def moment(at: datetime) -> str:
    """As both databases take it."""
    return at.strftime("%Y-%m-%d %H:%M:%S.%f")


def _task(dice: random.Random, number: int, along: float, team: Team) -> Past:
    round_ = int(along * ROUNDS)
    current = round_ == ROUNDS - 1
    created = BEGAN + HALF_A_YEAR * (along * ROUNDS)
    created = min(created, NOW - timedelta(hours=1))
    weights = _CURRENT if current else _FORMER
    status = dice.choices([*weights], [*weights.values()])[0]
    proposer = dice.choice(team.people)
    owner = dice.choice(team.people) if status in _OWNED and dice.random() < 0.97 else None
    at_bureau = dice.random() < 0.01
    per_year, minutes, people = dice.choice((12, 52, 250)), dice.choice((20, 60, 240)), 2
    hours = per_year * minutes * people / 60
    parts = _parts(dice, number, status, owner, created.date())
    open_stages = [row[4] for row in parts[0] if row[5] is None]
    done = status is Status.DONE
    task = {
        "id": number,
        "version": 3,
        "round": round_ + 1,
        "bureau": team.bureau,
        "department": None if at_bureau else team.department,
        "team": None if at_bureau else team.team,
        "title": wording.title(dice),
        "type": dice.choice(_TYPES),
        "problem": wording.problem(dice),
        "proposal": wording.proposal(dice),
        "reason": "custom",
        "needs": _NO_LIST,
        "per_year": per_year,
        "minutes": minutes,
        "people": people,
        "budget": dice.choice((None, 1200, 36000)),
        "hours": hours,
        "cooperating": _NO_LIST,
        "status": status.value,
        "proposer": proposer,
        "origin": team.team,
        "owner": owner,
        "due": None if owner is None else _due(dice, status, created.date()).isoformat(),
        "stage_due": min(open_stages, default=None),
        "hold_until": _day(dice, -3, 120) if status is Status.ON_HOLD else None,
        "held_from": "confirmed" if status is Status.ON_HOLD else None,
        "remark": "",
        "note": "",
        "opinion": "",
        "evidence": "",
        "stopped_at_once": 0,
        "merge_into": _into(dice, number, status),
        "source": "",
        "created_at": moment(created),
        "waiting_since": _waiting(dice, created) if status is Status.SUBMITTED else None,
        "confirmed_at": moment(created + timedelta(hours=1)) if status in _OWNED else None,
        "done_at": moment(min(NOW, created + timedelta(days=dice.randrange(20, 300))))
        if done
        else None,
        "reported_hours": hours * 0.8 if done and dice.random() < 0.8 else None,
        "reported_budget": None,
    }
    joined = [(number, dice.choice(team.people), 0)] if dice.random() < 0.3 else []
    history = [
        (moment(created), "propose", proposer, "modal", number, _NO_OBJECT, _NO_OBJECT, ""),
        (moment(created), "confirm", team.head, "home", number, _NO_OBJECT, _NO_OBJECT, ""),
    ]
    return Past(task, joined, *parts, history, _checks(dice, task) if done else [])


def _parts(
    dice: random.Random, number: int, status: Status, owner: int | None, created: date
) -> tuple[list[tuple[Any, ...]], list[tuple[Any, ...]]]:
    """Milestones of a track and steps of a plan; most of what ended has none."""
    if owner is None:
        return [], []
    often = 0.6 if status in UNDER_WAY else 0.1
    milestones, steps = [], []
    if dice.random() < often / 2:
        for position, code in enumerate(("draft", "budget_review")):
            due = _due(dice, status, created).isoformat()
            done_on = None if status in UNDER_WAY and dice.random() < 0.7 else due
            milestones.append((number, position, "budget", code, due, done_on, ""))
    if dice.random() < often:
        for position in range(2):
            due = _due(dice, status, created).isoformat()
            done_on = None if status in UNDER_WAY and dice.random() < 0.7 else due
            steps.append((number, position, "자료 정리", owner, due, done_on))
    return milestones, steps


def _checks(dice: random.Random, task: dict[str, Any]) -> list[tuple[Any, ...]]:
    """What is asked about it afterwards; nine in ten have been answered so far."""
    done_on = date.fromisoformat(task["done_at"][:10])
    unit = task["team"] or task["bureau"]
    made: list[tuple[Any, ...]] = []
    for kind, days in _ASKED_AFTER.items():
        due = done_on + timedelta(days=days)
        person = task["owner"] or task["proposer"]
        where = (task["id"], kind, unit, due.isoformat())
        if due > TODAY:
            made.append((*where, None, None, None, None, None))
        elif dice.random() < 0.1:
            made.append((*where, due.isoformat(), person, None, None, None))
        else:
            at = moment(datetime.combine(due, datetime.min.time()))
            made.append((*where, due.isoformat(), person, at, "gone", person))
    return made


def _due(dice: random.Random, status: Status, created: date) -> date:
    """One in five of what is under way is late."""
    if status in UNDER_WAY:
        return TODAY + timedelta(days=dice.randrange(-50, 200))
    return created + timedelta(days=dice.randrange(60, 300))


def _day(dice: random.Random, first: int, last: int) -> str:
    return (TODAY + timedelta(days=dice.randrange(first, last))).isoformat()


def _into(dice: random.Random, number: int, status: Status) -> int | None:
    """What was merged, or waits to be: into one proposed somewhat earlier."""
    merges = status is Status.MERGED or (status is Status.SUBMITTED and dice.random() < 0.02)
    return max(1, number - dice.randrange(1, 500)) if merges and number > 1 else None


def _waiting(dice: random.Random, created: datetime) -> str:
    """What is undecided came in lately; one in twenty waits longer than it may."""
    return moment(max(created, NOW - timedelta(days=dice.expovariate(1.0))))
