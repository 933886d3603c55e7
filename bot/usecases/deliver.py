"""Deliver: what is due to leave for Slack, who sends it now, and what became of it.

Nothing that was promised is given up: what Slack refuses is asked again, and what holds others up
for too long is set aside from its stream, told to headquarters, and asked again each hour.
"""

import math
from collections.abc import Callable
from datetime import datetime

from bot.domain.ballot import VOTING, Ballot, State
from bot.domain.calendar import today
from bot.domain.facts import Due, DueProjection, Fact
from bot.usecases import closing, concluding
from bot.usecases.acting import calendar_of
from bot.usecases.channels import lost
from bot.usecases.telling import EPHEMERAL
from storage.moments import AGREE as AGREE
from storage.outbox import NOT_YET, OutboxStore
from storage.projections import ProjectionStore
from storage.rates import SLACK as SLACK
from storage.rates import Bucket
from storage.rates import Rates as Rates
from storage.unit import UnitOfWork
from storage.watch import Watch as Watch

LEASE = 40.0
"""Seconds one sender has from the moment it may send: a look for an earlier call, and the call."""
SHORTEST, LONGEST = 2.0, 3600.0
"""Seconds between two tries of what Slack refuses: at first, and at most."""
A_DAY = 86400.0
"""Seconds after which what Slack refuses for no known reason is set aside."""
UNDELIVERED = "undelivered"
"""The kind of the notice to headquarters that something could not be told."""

_ARCHIVED = frozenset({"is_archived", "is_inactive"})

Leased = Due | DueProjection


def due_in(uow: UnitOfWork, watch: Watch, rates: Rates = SLACK) -> float | None:
    """In how many seconds a claim may next give something; None: nothing waits."""
    waits = (uow.outbox.due_in(watch, rates=rates), uow.projections.due_in(watch, rates=rates))
    return min((wait for wait in waits if wait is not None), default=None)


def claim(
    uow: UnitOfWork, limit: int, watch: Watch, now: datetime, rates: Rates = SLACK
) -> list[Leased]:
    """Lease at most `limit` facts and projections that may leave within the next second."""
    claimed: list[Leased] = [*uow.outbox.claim(now, limit, watch, rates=rates)]
    if room := limit - len(claimed):
        claimed += uow.projections.claim(room, watch, rates=rates)
    return claimed


def told(
    uow: UnitOfWork,
    due: Due,
    channel: str | None,
    ts: str | None,
    also: Callable[[UnitOfWork], object] | None = None,
) -> None:
    """The fact was told, there; `also` is what is stored along with that."""
    uow.outbox.settle(due.id, channel, ts)
    if also is not None:
        also(uow)


def shown(uow: UnitOfWork, due: DueProjection, channel: str | None, ts: str | None) -> None:
    """The claimed version is what people see now, there."""
    uow.projections.shown(due.id, due.version, channel, ts)


def found(uow: UnitOfWork, due: DueProjection, channel: str, ts: str) -> None:
    """An earlier post of the card had arrived: some older version of it is there."""
    uow.projections.shown(due.id, 0, channel, ts)


def again(
    uow: UnitOfWork, due: Leased, pause: float, *, unsure: bool = False, error: str | None = None
) -> None:
    """Hand it out again after `pause` seconds, unless somebody else has it meanwhile."""
    store(uow, due).retry(due.id, pause, unsure=unsure, error=error, attempt=due.attempt)


def wait(uow: UnitOfWork, due: Due, until: datetime) -> None:
    """Hand the fact out again at that moment, by the office's clock."""
    uow.outbox.retry(
        due.id, 0.0, unsure=due.unsure, error=NOT_YET, attempt=due.attempt, not_before=until
    )


def set_back(uow: UnitOfWork, now: datetime) -> None:
    """The clock was set back: what waits for the office to open may have been told to wait in hours
    that have not come yet."""
    uow.outbox.ask_again(now)


def slow_down(uow: UnitOfWork, due: Leased, seconds: float, rates: Rates = SLACK) -> None:
    """Slack asked to wait: nothing of this kind leaves for so many seconds."""
    for bucket in _buckets(due, rates):
        uow.buckets.hold(bucket, seconds)
    again(uow, due, seconds, error="ratelimited")


def refused(
    uow: UnitOfWork,
    due: Leased,
    why: str,
    now: datetime,
    *,
    unsure: bool = False,
    patience: float = math.inf,
    longest: float = LONGEST,
) -> bool:
    """Hand it out again after a pause that grows to `longest` seconds.

    Once it has waited `patience` seconds it is set aside: it holds up nothing any more, and
    headquarters hears of it once. Returns whether it has just been set aside. What one person was
    to see in passing is not worth that: it is dropped after a day.
    """
    if recipient_of(due).startswith(EPHEMERAL):
        patience = math.inf
        if due.waited >= A_DAY:
            drop(uow, due, why)
            return False
    grown = min(max(due.waited, SHORTEST), longest)
    aside = not due.parked and due.waited + grown >= patience
    store(uow, due).retry(
        due.id,
        LONGEST if due.parked or aside else grown,
        unsure=unsure,
        refused=True,
        error=why,
        attempt=due.attempt,
        parked=now if aside else None,
    )
    if aside:
        _tell_hq(uow, due, why, now)
    return aside


def nowhere(uow: UnitOfWork, due: Leased, why: str, now: datetime, *, unsure: bool = False) -> None:
    """Its channel takes nothing until somebody mends that, of which headquarters hears; not again
    for what has waited an hour already."""
    refused(uow, due, why, now, unsure=unsure)
    ballot = _ballot_shown_by(uow, due)
    if why in _ARCHIVED and ballot is not None:
        concluding.void(uow, ballot, "ballot-void-archived", now)
    if isinstance(due, Due) and due.fact.recipient == "slack":
        closing.unreachable(uow, due.fact.payload, now)
    if due.waited < LONGEST and (channel := channel_of(due)):
        lost(uow, channel, now)


def drop(uow: UnitOfWork, due: Leased, why: str) -> None:
    """It is not wanted any more, or there is nobody to hear it."""
    store(uow, due).drop(due.id, why)


def removed(uow: UnitOfWork, due: Leased, why: str, now: datetime) -> None:
    """Somebody deleted the message, which stays so; a ballot without its messages is void."""
    drop(uow, due, why)
    ballot = _ballot_shown_by(uow, due)
    if ballot is not None:
        concluding.void(uow, ballot, "ballot-void-deleted", now)


def store(uow: UnitOfWork, due: Leased) -> OutboxStore | ProjectionStore:
    """Where it is kept."""
    return uow.outbox if isinstance(due, Due) else uow.projections


def recipient_of(due: Leased) -> str:
    """Whom it goes to, as in `Fact`."""
    return due.fact.recipient if isinstance(due, Due) else due.projection.recipient


def channel_of(due: Leased) -> str | None:
    """The channel it goes to or asks about; None for what goes to a person."""
    if isinstance(due, Due) and due.fact.recipient == "slack":
        channel: str | None = due.fact.payload.get("channel")
        return channel
    kind, _, where = recipient_of(due).partition(":")
    return where if kind == "channel" else None


def kind_of(due: Leased) -> str:
    """What it is."""
    return due.fact.kind if isinstance(due, Due) else due.projection.kind


def _tell_hq(uow: UnitOfWork, due: Leased, why: str, now: datetime) -> None:
    """Their Home shows it, and there is one notice a day for each kind and reason; none about such
    notices themselves."""
    kind, hq = kind_of(due), uow.people.hq(today(now))
    uow.projections.touch("home", [person.id for person in hq])
    if kind == UNDELIVERED:
        return
    for person in hq:
        uow.outbox.put(
            Fact(
                kind=UNDELIVERED,
                recipient=f"person:{person.id}",
                dedupe_key=f"{UNDELIVERED}:{person.id}:{kind}:{why}:{today(now)}",
                payload={"kind": kind, "reason": why},
                not_before=calendar_of(uow).office_moment(now),
            )
        )


def _ballot_shown_by(uow: UnitOfWork, due: Leased) -> Ballot | None:
    """The live ballot one of whose messages this is."""
    if isinstance(due, Due):
        return None
    ballot = None
    if due.projection.kind == "ballot":
        ballot = uow.ballots.get(due.projection.subject)
    elif due.projection.kind == "candidate":
        found = uow.ballots.candidate(due.projection.subject)
        ballot = None if found is None or found[1].out else found[0]
    live = ballot is not None and ballot.state in (*VOTING, State.COUNTING)
    return ballot if live else None


def _buckets(due: Leased, rates: Rates) -> tuple[Bucket, ...]:
    if isinstance(due, Due):
        return rates.for_post(due.fact.recipient)
    if due.projection.kind == "home":
        return rates.for_home()
    return rates.for_post(due.projection.recipient) if due.ts is None else rates.for_update()
