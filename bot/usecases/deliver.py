"""Deliver: what is due to leave for Slack, who sends it now, and what became of it."""

from collections.abc import Callable
from datetime import datetime

from bot.domain.ballot import VOTING, Ballot, State
from bot.domain.calendar import today
from bot.domain.facts import Due, DueProjection, Fact
from bot.usecases import ballot_telling, concluding
from bot.usecases.acting import calendar_of
from bot.usecases.channels import lost
from bot.usecases.telling import ASKED, STAYING
from storage.outbox import OutboxStore
from storage.projections import ProjectionStore
from storage.rates import SLACK as SLACK
from storage.rates import Bucket
from storage.rates import Rates as Rates
from storage.unit import UnitOfWork

LEASE = 40.0
"""Seconds one sender has from the moment it may send: a look for an earlier call, and the call."""
UNDELIVERED = "undelivered"
"""The kind of the notice to headquarters that something could not be told."""

_ARCHIVED = frozenset({"is_archived", "is_inactive"})

Leased = Due | DueProjection


def next_due_at(uow: UnitOfWork, rates: Rates = SLACK) -> float | None:
    """When (system seconds) a claim may next give something; None: nothing waits."""
    moments = (uow.outbox.next_due_at(rates=rates), uow.projections.next_due_at(rates=rates))
    return min((moment for moment in moments if moment is not None), default=None)


def claim(
    uow: UnitOfWork, limit: int, now: datetime, system: float, rates: Rates = SLACK
) -> list[Leased]:
    """Lease at most `limit` facts and projections that may leave within the next second."""
    claimed: list[Leased] = [*uow.outbox.claim(now, system, limit, LEASE, rates=rates)]
    if room := limit - len(claimed):
        claimed += uow.projections.claim(system, room, LEASE, rates=rates)
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
    uow: UnitOfWork, due: Leased, at: float, *, unsure: bool = False, error: str | None = None
) -> None:
    """Hand it out again from `at` (system seconds), unless somebody else has it meanwhile."""
    store(uow, due).retry(due.id, at, unsure, error=error, attempt=due.attempt)


def wait(uow: UnitOfWork, due: Due, until: datetime) -> None:
    """Hand the fact out again at that moment, by the office's clock."""
    uow.outbox.retry(
        due.id, 0.0, due.unsure, error="not yet", attempt=due.attempt, not_before=until
    )


def slow_down(uow: UnitOfWork, due: Leased, until: float, rates: Rates = SLACK) -> None:
    """Slack asked to wait: nothing of this kind leaves before `until`."""
    for bucket in _buckets(due, rates):
        uow.buckets.hold(bucket, until)
    again(uow, due, until, error="ratelimited")


def drop(uow: UnitOfWork, due: Leased, why: str) -> None:
    """It is not wanted any more, or there is nobody to hear it."""
    store(uow, due).drop(due.id, why)


def undeliverable(uow: UnitOfWork, due: Leased, why: str, now: datetime) -> None:
    """Its channel takes nothing: dropped, and headquarters hears of the channel once a day."""
    drop(uow, due, why)
    kind, _, where = recipient_of(due).partition(":")
    if kind == "channel":
        lost(uow, where, now, void="ballot-void-archived" if why in _ARCHIVED else "")
    _unposted(uow, due, now)


def removed(uow: UnitOfWork, due: Leased, why: str, now: datetime) -> None:
    """Somebody deleted the message, which stays so; a ballot without its messages is void."""
    drop(uow, due, why)
    ballot = _ballot_shown_by(uow, due)
    if ballot is not None and ballot.state in (*VOTING, State.COUNTING):
        concluding.void(uow, ballot, "ballot-void-deleted", now)


def park(uow: UnitOfWork, due: Leased, why: str, now: datetime) -> None:
    """It cannot be worded or Slack does not take it as it is; headquarters hears of it once."""
    store(uow, due).park(due.id, why)
    _tell_hq(uow, due, why, now)
    _unposted(uow, due, now)


def store(uow: UnitOfWork, due: Leased) -> OutboxStore | ProjectionStore:
    """Where it is kept."""
    return uow.outbox if isinstance(due, Due) else uow.projections


def recipient_of(due: Leased) -> str:
    """Whom it goes to, as in `Fact`."""
    return due.fact.recipient if isinstance(due, Due) else due.projection.recipient


def kind_of(due: Leased) -> str:
    """What it is."""
    return due.fact.kind if isinstance(due, Due) else due.projection.kind


def _tell_hq(uow: UnitOfWork, due: Leased, why: str, now: datetime) -> None:
    """One notice a day for each kind and reason; none about such notices themselves."""
    kind = kind_of(due)
    if kind == UNDELIVERED:
        return
    for person in uow.people.hq(today(now)):
        uow.outbox.put(
            Fact(
                kind=UNDELIVERED,
                recipient=f"person:{person.id}",
                dedupe_key=f"{UNDELIVERED}:{person.id}:{kind}:{why}:{today(now)}",
                payload={"kind": kind, "reason": why},
                not_before=calendar_of(uow).office_moment(now),
            )
        )


def _unposted(uow: UnitOfWork, due: Leased, now: datetime) -> None:
    if isinstance(due, Due) and due.fact.kind in STAYING | ASKED:
        ballot_telling.unposted(uow, due.fact, now)


def _ballot_shown_by(uow: UnitOfWork, due: Leased) -> Ballot | None:
    """The ballot one of whose messages this is."""
    if isinstance(due, Due):
        return None
    if due.projection.kind == "ballot":
        return uow.ballots.get(due.projection.subject)
    if due.projection.kind == "candidate":
        found = uow.ballots.candidate(due.projection.subject)
        return None if found is None or found[1].out else found[0]
    return None


def _buckets(due: Leased, rates: Rates) -> tuple[Bucket, ...]:
    if isinstance(due, Due):
        return rates.for_post(due.fact.recipient)
    if due.projection.kind == "home":
        return rates.for_home()
    return rates.for_post(due.projection.recipient) if due.ts is None else rates.for_update()
