"""Ballots that are open at the moment of the measurements, one in three departments."""

from datetime import timedelta

import sqlalchemy as sa
from sqlalchemy.engine import Connection

from storage.tables.ballots import ballot_candidates, ballot_electors, ballots, votes
from storage.tables.tasks import tasks
from tests.bench.province import NOW, ROUNDS, teams

_CANDIDATES = 5


def open_ballots(connection: Connection) -> None:
    """Open them, half of their electors having voted; departments with an odd id have no task yet
    that stands for them."""
    places: dict[int, tuple[int, int, list[int]]] = {}
    for team in teams(connection):
        place = places.setdefault(team.department, (team.bureau, team.head, []))
        place[2].extend(team.people)
    without = [department for department in places if department % 2]
    for department in without[::3]:
        bureau, head, electors = places[department]
        _open(connection, bureau, department, head, electors)


def _open(
    connection: Connection, bureau: int, department: int, head: int, electors: list[int]
) -> None:
    where = (tasks.c.round == ROUNDS, tasks.c.department == department)
    standing = connection.execute(
        sa.select(tasks.c.id, tasks.c.title, tasks.c.hours, tasks.c.created_at)
        .where(*where, tasks.c.status.in_(["submitted", "confirmed", "in_progress", "done"]))
        .order_by(tasks.c.id.desc())
        .limit(_CANDIDATES)
    ).all()
    if not standing:
        return
    opened = NOW - timedelta(days=1)
    row = {
        "version": 2, "round": ROUNDS, "bureau": bureau, "department": department,
        "channel": f"C{department:07}", "mode": "open", "state": "open", "opened_by": head,
        "opened_at": opened, "closes_at": NOW + timedelta(days=5),
        "recount_at": NOW + timedelta(minutes=59), "ts": f"1.{department:06}",
        "electors": len(electors), "turnout": 0, "remark": "",
    }  # fmt: skip
    ballot = connection.execute(
        sa.insert(ballots).values(row).returning(ballots.c.id)
    ).scalar_one()
    candidates = [
        {
            "ballot": ballot, "position": i, "task": task.id, "title": task.title,
            "hours": task.hours, "submitted_at": task.created_at, "ts": f"2.{task.id:06}",
            "seeded": True, "out": False,
        }
        for i, task in enumerate(standing, 1)
    ]  # fmt: skip
    connection.execute(sa.insert(ballot_candidates), candidates)
    chosen = connection.execute(
        sa.select(ballot_candidates.c.id).where(ballot_candidates.c.ballot == ballot)
    ).scalars()
    by_number = [*chosen]
    electing = [{"ballot": ballot, "person": person} for person in electors]
    connection.execute(sa.insert(ballot_electors), electing)
    half = electing[::2]
    voted = [row | {"candidate": by_number[i % len(by_number)]} for i, row in enumerate(half)]
    connection.execute(sa.insert(votes), voted)
