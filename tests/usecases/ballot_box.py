"""A small office that votes, and a Slack that is only a table of who stands where."""

from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from typing import Any

import msgspec
import sqlalchemy as sa

from bot.domain.ballot import Ballot, Candidate, Mode, State, micros
from bot.domain.calendar import today
from bot.domain.facts import Fact
from bot.domain.org import Person, Place
from bot.domain.results import Surface
from bot.domain.roster_rows import RosterRow
from bot.domain.sealing import Seal
from bot.domain.task import Content, Effect, Type
from bot.usecases import ballot_telling, closing, update, voting
from bot.usecases.acting import Ask
from bot.usecases.opening import open_ballot
from storage.tables.delivery import outbox
from storage.tables.records import audit
from storage.unit import UnitOfWork
from tests.usecases.small_office import HEAD, LEAD, MEMBER, NOW, OFFICE, apply, own_task, row

ROADS, BRIDGES = "도로과", "교량과"
CHANNEL, OTHER_CHANNEL = "C0000001", "C0000002"
COLLEAGUE = row(8, "정주무", "주무관", "도로과/계획팀")
OTHER_HEAD = row(9, "오과장", "과장", BRIDGES, department_channel=OTHER_CHANNEL)
OTHER_MEMBER = row(10, "한주무", "주무관", "교량과/교량팀")
EVERYBODY = (*OFFICE, COLLEAGUE, OTHER_HEAD, OTHER_MEMBER)
ELECTORS = 5
STRANGER = "U0000099"
CLOSES = datetime(2026, 7, 8, 9, 0, tzinfo=UTC)
"""18:00 of a Wednesday at the office, five working days away."""
EVENING = datetime(2026, 7, 1, 11, 0, tzinfo=UTC)
MORNING = datetime(2026, 7, 2, 0, 0, tzinfo=UTC)
SECOND = timedelta(seconds=1)
HOUR = timedelta(hours=1)
SIGN = "+1"


@dataclass
class Box:
    """A test's one transaction, and what stands in Slack under each candidate's message."""

    uow: UnitOfWork
    standing: dict[str, list[list[str]]] = field(default_factory=dict)
    gone: dict[str, str] = field(default_factory=dict)
    """Slack's code by the message that it no longer shows."""
    answered: set[int] = field(default_factory=set)
    ballot_id: int = 0

    def __post_init__(self) -> None:
        self.uow.seal = Seal(b"a secret of these tests")
        apply(self.uow, EVERYBODY)

    # The office

    def person(self, who: RosterRow, now: datetime = NOW) -> Person:
        found = self.uow.people.by_slack(who.slack_id, today(now))
        assert found
        return found

    def unit(self, department: str = ROADS) -> int:
        found = self.uow.units.by_path("교통국", department)
        assert found
        return found.id

    def place(self, department: str = ROADS) -> Place:
        found = self.uow.units.get(self.unit(department))
        assert found
        return Place(bureau=found.parent, department=found.id)

    def task(self, owner: RosterRow = MEMBER, place_of: RosterRow = LEAD, **more: Any) -> int:
        """A candidate, with `hours` a year where a test says so."""
        round_ = self.uow.rounds.current(today(NOW))
        assert round_
        hours = more.pop("hours", None)
        if hours is not None:
            effect = Effect(per_year=hours, minutes=60, people=1)
            more["content"] = Content(
                title=f"{hours}시간 드는 일지", type=Type.ABOLISH, problem="씁니다", effect=effect
            )
        number = own_task(self.uow, owner, place_of, **{"round": round_.id, **more})
        task = self.uow.tasks.get(number)
        assert task
        self.uow.search.index(task)
        return number

    def withdraw(self, task: int, who: RosterRow = HEAD, now: datetime = NOW, **more: Any) -> None:
        """Somebody withdraws a task."""
        ask = Ask(who=who.slack_id, surface=Surface.MODAL, task=task)
        update.withdraw(self.uow, ask, now, reason="다른 과제와 겹칩니다.", **more)

    # The ballot

    def open(self, tasks: int = 2, who: RosterRow = HEAD, **more: Any) -> Ballot:
        """A ballot whose messages stand in the channel, with so many more candidates."""
        department, posted = more.pop("department", ROADS), more.pop("posted", True)
        for _ in range(tasks):
            self.task()
        given: dict[str, Any] = {
            "closes_at": CLOSES, "mode": Mode.OPEN, "reason": "", "now": NOW,
        } | more  # fmt: skip
        made = open_ballot(
            self.uow, who.slack_id, Surface.MODAL, department=self.unit(department), **given
        )
        self.ballot_id = made.ballots[0]
        if posted:
            self.post()
        return self.ballot

    def post(self) -> None:
        """Slack takes its messages and the bot's own signs."""
        self._posted("ballot_message", {}, 0)
        for candidate in self.candidates:
            self._posted("ballot_candidate", {"candidate": candidate.id}, candidate.position)
        for candidate in self.candidates:
            payload = {"ballot": self.ballot_id, "candidate": candidate.id}
            ballot_telling.seeded(self.uow, payload, "", NOW)

    def _posted(self, kind: str, more: dict[str, int], number: int) -> None:
        payload = {"ballot": self.ballot_id, **more}
        fact = Fact(kind=kind, recipient=f"channel:{CHANNEL}", dedupe_key=kind, payload=payload)
        ts = f"1782870000.{self.ballot_id:03}{number:03}"
        ballot_telling.posted(self.uow, fact, self.ballot.channel, ts, NOW)

    @property
    def ballot(self) -> Ballot:
        found = self.uow.ballots.get(self.ballot_id)
        assert found
        return found

    @property
    def candidates(self) -> tuple[Candidate, ...]:
        return self.uow.ballots.candidates(self.ballot_id)

    def position(self, candidate: int | None) -> int | None:
        return next((c.position for c in self.candidates if c.id == candidate), None)

    def vote_of(self, who: RosterRow) -> int | None:
        """The position of the candidate with somebody's live vote."""
        return self.position(self.uow.votes.of(self.ballot_id, self.person(who).id))

    @property
    def tally(self) -> list[int]:
        found = self.uow.votes.tally(self.ballot_id)
        return [found.get(candidate.id, 0) for candidate in self.candidates]

    @property
    def result(self) -> tuple[State, int | None, Any]:
        """State, the winner's position and the rule."""
        ballot = self.ballot
        won = next((c.position for c in self.candidates if c.task == ballot.winner), None)
        return ballot.state, won, ballot.rule

    # Slack

    def react(
        self, who: RosterRow | str, position: int, at: datetime = NOW, name: str = SIGN,
        *, added: bool = True, told: bool = True, heard_at: datetime | None = None,
    ) -> None:  # fmt: skip
        """Somebody's sign comes or goes at `at`; with `told` false the bot hears nothing of it."""
        slack_id = who if isinstance(who, str) else who.slack_id
        ts = self.candidates[position - 1].ts
        assert ts
        signs = self.standing.setdefault(ts, [])
        if added:
            signs.append([slack_id, name])
        else:
            signs.remove([slack_id, name])
        if told:
            self.hear(slack_id, ts, name, added=added, at=micros(at), now=heard_at or at)

    def unreact(self, who: RosterRow, position: int, at: datetime = NOW, **more: Any) -> None:
        self.react(who, position, at, added=False, **more)

    def hear(self, slack_id: str, ts: str, name: str, **more: Any) -> None:
        """An event comes, for the first time or again."""
        voting.reacted(self.uow, slack_id, self.ballot.channel, ts, name, **more)

    def tick(self, now: datetime, *, slack: bool = True) -> None:
        """What is due is done; then Slack answers what it was asked, unless it is away."""
        for number in closing.due(self.uow, now):
            closing.go_on(self.uow, number, now)
        closing.look_in_between(self.uow, now)
        closing.remind(self.uow, now)
        if slack:
            self.answer(now)

    def dropped(self, now: datetime) -> None:
        """Slack says that it drops events, and then what stands where it is asked."""
        closing.events_were_dropped(self.uow, now)
        self.answer(now)

    def answer(self, now: datetime) -> None:
        """Slack says what stands."""
        asked = sa.select(outbox.c.id, outbox.c.payload).where(outbox.c.kind == "ballot_count")
        for id, text in self.uow.connection.execute(asked.order_by(outbox.c.id)).all():
            if id in self.answered:
                continue
            self.answered.add(id)
            payload = msgspec.json.decode(text)
            said: dict[str, Any] = {"standing": self.standing.get(payload["ts"], [])}
            if payload["ts"] in self.gone:
                said = {"gone": self.gone[payload["ts"]]}
            closing.counted(self.uow, payload, said, now)

    # What was said

    def told(self, kind: str) -> list[tuple[str, datetime | None]]:
        """Recipients of a kind of fact, and from when each may leave."""
        asked = sa.select(outbox.c.recipient, outbox.c.not_before).where(outbox.c.kind == kind)
        return [(r.recipient, r.not_before) for r in self.uow.connection.execute(
            asked.order_by(outbox.c.id)
        )]  # fmt: skip

    def hears(self, who: RosterRow, kind: str, now: datetime) -> Any:
        """What somebody reads of the newest such message if it leaves now; None for nothing."""
        to = self.person(who)
        asked = sa.select(outbox.c.payload).where(
            outbox.c.kind == kind,
            outbox.c.recipient.in_([
                f"person:{to.id}", f"ephemeral:{self.ballot.channel}:{who.slack_id}",
            ]),
        )  # fmt: skip
        found = self.uow.connection.execute(asked.order_by(outbox.c.id.desc())).first()
        if found is None:
            return None
        load = ballot_telling.LOADS[kind, 1]
        return load(self.uow, to, msgspec.json.decode(found.payload), now)

    def acts(self) -> list[str]:
        return list(
            self.uow.connection.execute(sa.select(audit.c.act).order_by(audit.c.id)).scalars()
        )
