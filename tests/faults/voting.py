"""An open ballot of 300 people, a storm of 👍 on it, and a count of its own.

The count here knows nothing of the bot's: it looks at the reactions that stand in Slack, and at
what the bot was told of them, in the order of their timestamps.
"""

from collections import Counter
from collections.abc import Collection, Sequence
from dataclasses import dataclass, field
from datetime import UTC, datetime
from random import Random

from bot.domain.ballot import Ballot, Candidate, Mode, State
from bot.domain.results import Proposed, Surface
from bot.domain.task import Content, Type
from bot.playground.crowd import Gesture
from bot.playground.records import BOT_USER_ID, SeedPerson
from bot.usecases.opening import open_ballot
from bot.usecases.propose import propose
from storage.unit import UnitOfWork
from tests.faults.ground import ENDS, Ground
from tests.usecases.small_office import row

CHANNEL = "C0000001"
CLOSES = datetime(2026, 7, 8, 9, 0, tzinfo=UTC)
"""18:00 of a Wednesday at the office."""
COUNTED = datetime(2026, 7, 9, 1, 0, tzinfo=UTC)
"""The morning after; until 18:00 of the next day the bot waits for answers."""
DECIDED = datetime(2026, 7, 13, 1, 0, tzinfo=UTC)
TITLES = ("주간 업무 일지", "차량 운행 대장", "회의록 제출", "당직 보고서", "우편물 발송부")
HEAD = row(2, "이과장", "과장", "도로과", department_channel=CHANNEL)
ELECTORS = tuple(row(n, f"주무{n}", "주무관", "도로과/계획팀") for n in range(3, 273))
OTHERS = tuple(row(n, f"이웃{n}", "주무관", "도시과/도시팀") for n in range(273, 301))
STRANGER = SeedPerson("U0000999", "손님", "", "", "guest@example.com")
ROSTER = (HEAD, *ELECTORS, *OTHERS)
CROWD = (*(r.slack_id for r in ROSTER), STRANGER.id)
"""The 300 who react; those who may not vote among them."""
AGAIN = (0.0, *(0.5,) * 60)
"""Real seconds between Slack's attempts to deliver one event: it outlasts a bot's restart."""

Choices = dict[str, str]
"""Whose vote is on which candidate's message."""


def votes_of(
    standing: Collection[tuple[str, str, str]], heard: Sequence[Gesture], electors: Collection[str]
) -> tuple[Choices, set[str]]:
    """The votes, and who stands between candidates since nobody told which sign came last.

    `standing` are the signs that stand (user, message, name), `heard` what was told of signs that
    came and went, in its order.
    """
    told = {(g.user, g.ts, g.name): (moment, g.add) for moment, g in enumerate(heard)}
    choices: Choices = {}
    between = set()
    for elector in electors:
        newest: dict[str, int] = {}
        vague = set()
        for user, ts, name in standing:
            if user != elector:
                continue
            moment, came = told.get((user, ts, name), (-1, False))
            newest[ts] = max(newest.get(ts, -1), moment if came else -1)
            if not came:
                vague.add(ts)
        if not newest:
            continue
        last = max(newest, key=lambda ts: newest[ts])
        if vague - {last}:
            between.add(elector)
        else:
            choices[elector] = last
    return choices, between


@dataclass
class Poll:
    """One ballot in a workspace, and what people did under its candidates."""

    ground: Ground
    ballot: int
    heard: list[Gesture] = field(default_factory=list)
    """What Slack delivered to the bot."""

    @property
    def stamps(self) -> list[str]:
        """The candidates' messages."""
        return [message.ts for message in self.ground.ws.crowd.offers(CHANNEL)]

    async def ready(self) -> None:
        """Wait until one can vote for every candidate."""
        await self.ground.ws.changes.until(lambda: len(self.stamps) == len(TITLES), ENDS)

    def storm(self, reactions: int, seed: int) -> None:
        """So many reactions at once; each is delivered twice, all of them in any order."""
        ws = self.ground.ws
        ws.delivery.repeat, ws.delivery.shuffle, ws.delivery.schedule = 2, seed, AGAIN
        ws.hold_delivery()
        self.heard += ws.crowd.storm(CHANNEL, self.stamps, CROWD, reactions, seed)
        ws.release()

    def unheard(self, taken_back: int, reactions: int, seed: int) -> None:
        """What nobody tells the bot, as when it is down for longer than Slack repeats events."""
        ws = self.ground.ws
        ws.delivery.transport, transport = None, ws.delivery.transport
        for user, ts, name in Random(seed).sample(sorted(self.standing()), taken_back):
            ws.talk.unreact(ws.talk.find(CHANNEL, ts), user, name)
        ws.crowd.storm(CHANNEL, self.stamps, CROWD, reactions, seed)
        ws.delivery.transport = transport

    def standing(self) -> set[tuple[str, str, str]]:
        """Every sign of a person that stands in Slack."""
        found = (self.ground.ws.talk.find(CHANNEL, ts) for ts in self.stamps)
        return {
            (user, message.ts, name)
            for message in found
            for name, users in message.reactions.items()
            for user in users
            if user != BOT_USER_ID
        }

    def expected(self) -> tuple[Choices, set[str]]:
        """What our own count says, and who stands between candidates."""
        return votes_of(self.standing(), self.heard, {r.slack_id for r in ELECTORS})

    async def delivered(self, share: float = 1.0) -> None:
        """Wait until that share of what is on its way was taken by the bot."""
        delivery = self.ground.ws.delivery
        left = delivery.pending * (1 - share)
        await self.ground.ws.changes.until(lambda: delivery.pending <= left, ENDS)

    async def live(self) -> Choices:
        """The live votes as the bot has them."""

        def work(uow: UnitOfWork) -> Choices:
            stamps = {c.id: c.ts or "" for c in uow.ballots.candidates(self.ballot)}
            people = uow.people.by_slacks(CROWD)
            found = {who: uow.votes.of(self.ballot, person) for who, person in people.items()}
            return {who: stamps[choice] for who, choice in found.items() if choice is not None}

        return await self.ground.office.read(work)

    async def result(self) -> tuple[State, dict[str, int], int]:
        """The ballot's state, the count it was ended with, and its turnout."""

        def work(uow: UnitOfWork) -> tuple[Ballot, tuple[Candidate, ...]]:
            ballot = uow.ballots.get(self.ballot)
            assert ballot
            return ballot, uow.ballots.candidates(ballot.id)

        ballot, candidates = await self.ground.office.read(work)
        return ballot.state, {c.ts or "": c.votes or 0 for c in candidates}, ballot.turnout

    def told(self, words: str, channel: str = CHANNEL) -> int:
        """How many messages of the bot in a channel say that."""
        found = self.ground.ws.talk.all(channel)
        return sum(message.bot and words in message.text for message in found)


def wrong(votes: Choices, expected: Choices) -> int:
    """How many people's votes are not where they should be."""
    return sum(votes.get(who) != expected.get(who) for who in votes.keys() | expected.keys())


def tally_of(votes: Choices) -> dict[str, int]:
    """How many votes each candidate's message has."""
    return dict(Counter(votes.values()))


async def polled(ground: Ground) -> Poll:
    """A ballot with its candidates, just opened; nothing of it is posted yet."""
    ground.free = True

    def work(uow: UnitOfWork) -> int:
        now = ground.clock.now()
        for title in TITLES:
            content = Content(title=f"{title} 폐지", type=Type.ABOLISH, problem="매일 씁니다.")
            propose(uow, ELECTORS[0].slack_id, Surface.COMMAND, Proposed(content=content), now)
        department = uow.units.by_path(HEAD.bureau, HEAD.department)
        assert department
        made = open_ballot(
            uow, HEAD.slack_id, Surface.HOME,
            department=department.id, closes_at=CLOSES, mode=Mode.OPEN, reason="", now=now,
        )  # fmt: skip
        return made.ballots[0]

    return Poll(ground, await ground.office.write_alone(work))
