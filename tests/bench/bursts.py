"""Bursts over Socket Mode: a thousand proposals at once, and the reactions of three hundred."""

import asyncio
import json
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import replace
from datetime import datetime
from functools import partial
from typing import IO

import msgspec
import sqlalchemy as sa

from bot.clock import Clock
from bot.domain.ballot import Mode, State
from bot.domain.calendar import today
from bot.domain.results import Proposed, Surface
from bot.domain.task import Content, Type
from bot.usecases import opening, propose
from handlers.memory import EVERY
from storage.database import Office
from storage.engine import make_engine
from storage.tables.ballots import ballot_candidates, votes
from storage.tables.delivery import outbox
from storage.tables.org import people
from storage.tables.tasks import tasks
from storage.unit import UnitOfWork
from tests.bench import payloads, servers
from tests.bench.burst import Burst, Order
from tests.bench.office import Databases
from tests.bench.starting import resident_mb
from tests.bench.table import Row

_CANDIDATES = 5
_CHANNEL = "C0000002"
_ACK_SECONDS = 3.0
_RECEIPT_SECONDS = 2.0
_ONE_BURST = 1000
_GIVEN_UP_SECONDS = 180.0
_MEMORY_MB = 120.0


def rows(kinds: tuple[Databases, ...], log: IO[bytes], *, full: bool) -> list[Row]:
    """The rows of both bursts on both databases."""
    found = []
    for kind in kinds:
        found += _proposals(kind, _ONE_BURST, log)
        if full:
            found += _proposals(kind, 10_000, log)
        found += _reactions(kind, _ONE_BURST, log)
    return found


def _proposals(kind: Databases, count: int, log: IO[bytes]) -> list[Row]:
    url = kind.fresh()
    done, warm, after = _burst(
        url, Order(servers.free_port(), "submission", count, str(count)), log
    )
    with _reading(url) as connection:
        stored = connection.execute(sa.select(sa.func.count()).select_from(tasks)).scalar_one()
    what = f"{count:,} envelopes at once, {kind.name}"
    # Whoever hears that it was not stored sends it again: that is refused, not lost.
    lost = done.unanswered + max(0, done.stored - stored)
    told = f"{done.refused} were told to send it again" if done.refused else ""
    kept = Row(f"{what}: answered, and stored where that was said", count - lost, count, "",
               least=1, note=told)  # fmt: skip
    if count > _ONE_BURST:
        return [kept]
    acked = Row(f"{what}: stored", done.stored, count, "", least=1)
    return [
        Row(f"{what}: the last ack", done.last, _ACK_SECONDS, "s", most=1), acked, kept,
        Row(f"{what}: resident memory afterwards", after, _MEMORY_MB, "MB", most=1),
        Row(f"{what}: memory by that after one request", after, warm, "MB", most=1.1),
    ]  # fmt: skip


def _reactions(kind: Databases, count: int, log: IO[bytes]) -> list[Row]:
    url = kind.fresh()
    place = asyncio.run(_ballot(url))
    order = Order(servers.free_port(), "reaction", count, " ".join(place))
    done, _, _ = _burst(url, order, log)
    wanted = payloads.standing(payloads.reactions(count, _CANDIDATES))
    with _reading(url) as connection:
        found = connection.execute(
            sa.select(people.c.slack_id, ballot_candidates.c.position)
            .join_from(votes, people, people.c.id == votes.c.person)
            .join(ballot_candidates, ballot_candidates.c.id == votes.c.candidate)
        ).all()
        is_receipt = outbox.c.kind == "ballot_receipt"
        receipts = connection.execute(
            sa.select(sa.func.count()).select_from(outbox).where(is_receipt)
        ).scalar_one()
    counted = {(row.slack_id, row.position - 1) for row in found}
    right = {(payloads.voter(voter), candidate) for voter, candidate in wanted.items()}
    spans = int(done.last // _RECEIPT_SECONDS) + 2
    what = f"{count:,} reactions of {payloads.VOTERS}, {kind.name}"
    wrong = len(counted ^ right)
    return [
        Row(f"{what}: the last ack", done.last, _ACK_SECONDS, "s", most=1,
            note=f"{done.again} had to be sent again" if done.again else ""),
        Row(f"{what}: votes counted right", len(right) - wrong, len(right), "", least=1),
        Row(f"{what}: receipts, by one a voter each two seconds", receipts,
            payloads.VOTERS * spans, "", most=1),
    ]  # fmt: skip


def _burst(url: str, order: Order, log: IO[bytes]) -> tuple[Burst, float, float]:
    """A Slack that sends, a bot that connects to it, and what came of it; the bot's megabytes
    before a burst of proposals, and after it."""
    port = servers.free_port()
    command, environ = servers.ours(url, order.port, port)
    environ |= {"SLACK_APP_TOKEN": "xapp-bench", "SLACK_SIGNING_SECRET": ""}
    sending = subprocess.Popen(
        [sys.executable, "-m", "tests.bench.burst"],
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        preexec_fn=partial(servers.pin, servers.LOAD_CORE),
    )
    try:
        if sending.stdin is None or sending.stdout is None:
            raise RuntimeError("a process without an input or output")
        sending.stdin.write(json.dumps(order._asdict()).encode() + b"\n")
        sending.stdin.flush()
        servers.listening(sending, order.port)
        with servers.process(command, port, servers.SERVER_CORE, log, **environ) as bot:
            before = after = 0.0
            if order.kind == "submission":
                sending.stdout.readline()
                before = _settled_mb(bot.pid)
            told, _ = sending.communicate(b"\n", timeout=_GIVEN_UP_SECONDS)
            if order.kind == "submission":
                after = _settled_mb(bot.pid)
    finally:
        sending.kill()
        sending.wait()
    found = msgspec.json.decode(told, type=Burst)
    print(f"  {order.many:,} of {order.kind}: {found}", file=sys.stderr)
    return found, before, after


def _settled_mb(pid: int) -> float:
    """What the bot holds once it has found itself idle."""
    time.sleep(2.5 * EVERY)
    return resident_mb(pid)


async def _ballot(url: str) -> list[str]:
    """Open the voters' ballot, its messages standing; the channel and each candidate's ts."""
    clock = Clock()
    office = Office.at(url, clock)
    try:
        return await office.write_alone(partial(_opened, now=clock.now()))
    finally:
        await office.close()


def _opened(uow: UnitOfWork, now: datetime) -> list[str]:
    opener = uow.people.hq(today(now))[0].slack_id or ""
    for number in range(_CANDIDATES):
        content = Content(title=payloads.title(number), type=Type.ABOLISH, problem="매일 씁니다.")
        asked = Proposed(content=content)
        propose.propose(uow, payloads.voter(number), Surface.MODAL, asked, now)
    voter = uow.people.by_slack(payloads.voter(0), today(now))
    if voter is None or voter.main is None or voter.main.place.department is None:
        raise LookupError("a voter")
    department = voter.main.place.department
    opened = opening.open_ballot(
        uow,
        opener,
        Surface.MODAL,
        department=department,
        closes_at=opening.ready(uow, opener, Surface.MODAL, department, now).closes_at,
        mode=Mode.OPEN,
        reason="반응을 세는 속도를 재려고 엽니다.",
        now=now,
    )
    ballot = uow.ballots.get(opened.ballots[0])
    if ballot is None:
        raise LookupError("the ballot")
    uow.ballots.save(ballot, replace(ballot, state=State.OPEN, ts="1.000001"))
    candidates = uow.ballots.candidates(ballot.id)
    stamps = [f"2.{candidate.id:06}" for candidate in candidates]
    for candidate, ts in zip(candidates, stamps, strict=True):
        uow.ballots.save_candidate(replace(candidate, ts=ts, seeded=True))
    told = {"state": "sent", "settled_at": now}
    uow.connection.execute(sa.update(outbox).values(told))
    return [_CHANNEL, *stamps]


@contextmanager
def _reading(url: str) -> Iterator[sa.Connection]:
    engine = make_engine(url)
    with engine.connect() as connection:
        yield connection
    engine.dispose()
