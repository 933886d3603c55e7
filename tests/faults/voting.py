"""An open ballot of 300 people, a storm of 👍 on it, and a count of its own.

The count here knows nothing of the bot's: it looks at the reactions that stand in Slack, and at
what the bot was told of them, in the order of their timestamps.
"""

from collections import Counter
from collections.abc import Collection, Sequence
from dataclasses import dataclass, field
from datetime import UTC, datetime
from functools import partial
from random import Random

from bot.domain.ballot import Ballot, Candidate, Mode, State
from bot.domain.results import Proposed, Surface
from bot.domain.task import Content, Type
from bot.playground.crowd import Gesture
from bot.playground.records import BOT_USER_ID, SeedPerson
from bot.usecases.closing import go_on
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

STORM = 1000

Choices = dict[str, str]
"""Whose vote is on which candidate's message."""


def votes_of(
    standing: Collection[tuple[str, str, str]], heard: Sequence[Gesture], electors: Collection[str]
) -> tuple[Choices, set[str]]:
    """The votes, and who stands between candidates since nobody told which sign came last.

    `standing` are the signs that stand (user, message, name), `heard` what was told of signs that
    came and went, in its order. A sign of which nothing was told may have come at any time, one
    that was last told to be gone at any time after that.
    """
    told = {(g.user, g.ts, g.name): (moment, g.add) for moment, g in enumerate(heard)}
    earliest: dict[str, dict[str, int]] = {elector: {} for elector in electors}
    latest: dict[str, dict[str, int]] = {elector: {} for elector in electors}
    for user, ts, name in standing:
        if user in earliest:
            moment, came = told.get((user, ts, name), (-1, False))
            earliest[user][ts] = max(moment, earliest[user].get(ts, -1))
            latest[user][ts] = max(moment if came else len(heard), latest[user].get(ts, -1))
    choices: Choices = {}
    between = set()
    for user, stood in earliest.items():
        last = {ts for ts, moment in latest[user].items() if moment >= max(stood.values())}
        if len(last) == 1:
            choices[user] = last.pop()
        elif last:
            between.add(user)
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
        """The ballot's state, the votes it was ended with by candidate, and its turnout."""

        def work(uow: UnitOfWork) -> tuple[Ballot, tuple[Candidate, ...]]:
            ballot = uow.ballots.get(self.ballot)
            assert ballot
            return ballot, uow.ballots.candidates(ballot.id)

        ballot, candidates = await self.ground.office.read(work)
        return ballot.state, {c.ts or "": c.votes for c in candidates if c.votes}, ballot.turnout


def wrong(votes: Choices, expected: Choices) -> int:
    """How many people's votes are not where they should be."""
    return sum(votes.get(who) != expected.get(who) for who in votes.keys() | expected.keys())


@dataclass(frozen=True)
class Outcome:
    """What became of a storm."""

    reactions: int
    undelivered: int
    """Events that Slack gave up on; there have to be none."""
    wrong: int
    """People whose vote was not where our own count has it, before closing and after."""
    unsure: int
    """People who stood between candidates, rightly; their votes may not count."""
    miscounted: bool
    """Whether the result's numbers are others than those of our own count."""


async def stormed(ground: Ground, points: Sequence[str], seed: int) -> Outcome:
    """A storm on a ballot, with a kill at each named point ("": at some moment of it); then more
    that nobody tells the bot, and the ballot's end."""
    poll = await polled(ground)
    bot = await ground.start()
    await poll.ready()
    await ground.stopped(bot)
    bots = [await ground.start(kill_at=points[0])]
    await bots[0].ready.wait()
    poll.storm(STORM, seed)
    for number, point in enumerate(points):
        if not point:
            await poll.delivered(1 / (number + 2))
            bots[-1].kill()
        assert await ground.killed(bots[-1])
        bots.append(await ground.start(kill_at="".join(points[number + 1 : number + 2])))
    await poll.delivered()
    told, between = poll.expected()
    astray = wrong(await poll.live(), told) + len(between)
    assert await ground.stopped(bots[-1]) == [0]

    poll.unheard(taken_back=20, reactions=60, seed=seed)
    told, between = poll.expected()
    ground.come(COUNTED)
    ground.every = 0.3
    asked = ground.ws.calls["reactions.get"] + len(TITLES)
    bot = await ground.start("worker")
    await ground.ws.changes.until(lambda: ground.ws.calls["reactions.get"] >= asked, ENDS)
    assert await ground.stopped(bot) == [0]
    assert (await poll.result())[0] is State.ASKING
    await ground.office.write(partial(go_on, number=poll.ballot, now=DECIDED))
    astray += wrong(await poll.live(), told)
    state, counted, turnout = await poll.result()
    assert state in (State.DECIDED, State.TIED)
    return Outcome(
        reactions=len(poll.heard),
        undelivered=len(ground.ws.delivery.lost),
        wrong=astray,
        unsure=len(between),
        miscounted=(counted, turnout) != (Counter(told.values()), len(told)),
    )


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
