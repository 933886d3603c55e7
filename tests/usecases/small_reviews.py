"""A small office's review: its days, what is late in it, and what a tick makes of that."""

from datetime import UTC, date, datetime, timedelta

import sqlalchemy as sa

from bot.domain.facts import Due, Fact
from bot.domain.results import Surface
from bot.domain.task import Status
from bot.usecases import deliver, review, review_reading, tell
from bot.usecases.acting import Ask
from bot.usecases.review_ticking import bureaus_due, figures_due, open_due, tick
from bot.usecases.telling import Telling
from storage.tables.delivery import outbox
from storage.watch import Watch
from tests.usecases.small_office import DIRECTOR, MEMBER, facts, found, own_task

BOUNDARY = datetime(2026, 10, 1, 0, 0, tzinfo=UTC)
NEXT_DAY = BOUNDARY + timedelta(days=1)
PREVIEW = BOUNDARY - timedelta(days=2)
ASKED_AGAIN = datetime(2026, 10, 7, 0, 0, tzinfo=UTC)
"""The third working day after: the 5th is a substitute holiday."""
YESTERDAY = date(2026, 9, 30)
HOUR = timedelta(hours=1)


def ask(who, task, seen=None) -> Ask:
    return Ask(who=who.slack_id, surface=Surface.MESSAGE, task=task, seen=seen)


def late(uow, **fields) -> int:
    """A task of the team that was due the day before the boundary."""
    return own_task(uow, MEMBER, **{"status": Status.IN_PROGRESS, "due": YESTERDAY, **fields})


def ticked(uow, now) -> None:
    """All that a tick does of reviews."""
    for bureau in bureaus_due(uow, now):
        open_due(uow, figures_due(uow, now, bureau), now)
    tick(uow, now)


def opened(uow, now=BOUNDARY):
    """The bureau's review, opened by a tick."""
    ticked(uow, now)
    bureau = uow.units.by_path("교통국").id
    return uow.reviews.open_of(bureau)


def told(uow, kind) -> list[str]:
    return [recipient for recipient, _ in facts(uow, kind)]


def on_the_way(uow, kind="review") -> dict[str, int]:
    """What is still to be told, by whom it goes to."""
    asked = sa.select(outbox.c.recipient, outbox.c.id)
    waits = asked.where(outbox.c.kind == kind, outbox.c.settled_at.is_(None))
    return {row.recipient: row.id for row in uow.connection.execute(waits)}


def to(uow, who) -> str:
    return f"person:{found(uow, who).id}"


def due(uow, kind, who, created_at=BOUNDARY, **payload) -> Due:
    fact = Fact(kind=kind, recipient=to(uow, who), dedupe_key=kind, payload=payload)
    return Due(
        id=1, fact=fact, token="t", attempt=1, unsure=False, send_at=0.0, lease_until=9.0,
        after_channel=None, after_ts=None, created_at=created_at,
    )  # fmt: skip


def worded(uow, fact, now) -> Telling:
    """What is told of it now."""
    found = tell.telling(uow, fact, now)
    assert found is not None
    return found


def stands(uow, number, who, now=BOUNDARY) -> None:
    """The review's message has reached that person."""
    fact = due(uow, "review", who, review=number)
    tell.after_telling(uow, fact, worded(uow, fact, now).mark, now, "D1", "1.0")


def waiting(uow) -> list[tuple[str, str]]:
    """Where a review is to be shown anew; asked again, only what came since."""
    claimed = uow.projections.claim(9, Watch(uow.clock, deliver.LEASE))
    return [(one.channel, one.ts) for one in claimed if one.projection.kind == "review"]


def shown(uow, number, now=BOUNDARY) -> str:
    """What the director's screen says is open."""
    return review_reading.look(uow, DIRECTOR.slack_id, number, now).open.digest


def sign(uow, who, number, now=BOUNDARY, **fields):
    return review.sign(uow, who.slack_id, Surface.MESSAGE, number, now, **fields)
