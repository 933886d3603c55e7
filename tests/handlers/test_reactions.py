"""A reaction under a candidate becomes a vote; every other one costs nothing."""

import asyncio
from typing import Any

import pytest

from bot.clock import Clock
from bot.domain.ballot import micros as of_moment
from bot.domain.calendar import today
from bot.domain.errors import BotError
from bot.i18n.texts import Catalogue
from bot.playground.records import BOT_USER_ID
from handlers import reactions
from handlers.answers import AGAIN, OK, Answer, refusal
from handlers.inbound import Kind
from handlers.metrics import Metrics
from handlers.outsiders import Workspace
from handlers.router import Router
from handlers.typed import micros
from tests.handlers.post_office import CHANNEL, opened
from tests.usecases import small_ballot
from tests.usecases.small_office import LEAD, MEMBER, NOW

EARLY = 1751346000
"""Seconds of Slack's time, before every ballot here ends."""


def router(services: Any) -> Router:
    """A router that nobody may ask who somebody is."""
    made = Router(
        who=None, language=None, catalogue=Catalogue.load(), services=services,  # type: ignore[arg-type]
        delivering=_Quiet(), clock=Clock(), metrics=Metrics(), workspace=Workspace(),  # type: ignore[arg-type]
    )  # fmt: skip
    reactions.register(made)
    return made


class _Quiet:
    """Delivers nothing: events are answered without any call."""

    async def make(self, inbound: Any, texts: Any, answer: Answer, began: float) -> None:
        assert not answer.calls

    async def refuse(self, inbound: Any, texts: Any, error: BotError) -> Answer:
        return refusal(inbound, texts, error)


def event(
    ts: str, name: str = "thumbsup", *, user: str = MEMBER.slack_id, at: str = f"{EARLY}.000100",
    added: bool = True, id: str = "E1", item: dict[str, Any] | None = None,
) -> dict[str, Any]:  # fmt: skip
    return {
        "type": "event_callback",
        "team_id": "T1",
        "event_id": id,
        "event": {
            "type": "reaction_added" if added else "reaction_removed",
            "user": user,
            "reaction": name,
            "item": item or {"type": "message", "channel": CHANNEL, "ts": ts},
            "event_ts": at,
        },
    }


@pytest.fixture
async def post(engine):
    async with opened(engine) as one:
        yield one


@pytest.fixture
async def ballot(post):
    """A ballot whose messages stand in the channel."""
    made = await post.office.write(small_ballot.opened)
    await post.go_on()
    return made.id


async def candidates(post, ballot):
    return await post.office.read(lambda uow: uow.ballots.candidates(ballot))


async def votes(post, ballot):
    """Who voted for which candidate, by Slack id."""

    def work(uow):
        people = [uow.people.by_slack(r.slack_id, today(NOW)) for r in (MEMBER, LEAD)]
        found = {p.slack_id: uow.votes.of(ballot, p.id) for p in people}
        return {slack_id: vote for slack_id, vote in found.items() if vote is not None}

    return await post.office.read(work)


async def test_a_sign_of_any_skin_tone_is_a_vote_and_the_newest_counts(post, ballot):
    first, second = await candidates(post, ballot)
    table = router(post.office)
    later = f"{EARLY}.000101"
    for number, body in enumerate(
        (
            event(second.ts, "thumbsup::skin-tone-5", at=later),
            event(first.ts, "+1"),
            event(first.ts, user=LEAD.slack_id),
        )
    ):
        answer = await table.answer(Kind.EVENT, body | {"event_id": f"E{number}"})
        assert answer.status == OK
    assert await votes(post, ballot) == {MEMBER.slack_id: second.id, LEAD.slack_id: first.id}
    gone = event(
        second.ts, "thumbsup::skin-tone-5", at=f"{EARLY}.000102", added=False, id="E9"
    )  # fmt: skip
    await table.answer(Kind.EVENT, gone)
    assert (await votes(post, ballot))[MEMBER.slack_id] == first.id


async def test_the_moment_is_kept_to_the_microsecond(post, ballot):
    first, _ = await candidates(post, ballot)
    await router(post.office).answer(Kind.EVENT, event(first.ts, at="1751346000.123457"))
    (mark,) = await post.office.read(lambda uow: uow.votes.marks(ballot))
    assert (mark.at, mark.exact) == (1751346000123457, True)
    assert of_moment(NOW) == micros(f"{NOW.timestamp():.6f}")


async def test_an_event_that_comes_four_times_is_one_mark(post, ballot):
    first, _ = await candidates(post, ballot)
    table = router(post.office)
    await asyncio.gather(*(table.answer(Kind.EVENT, event(first.ts)) for _ in range(4)))
    assert len(await post.office.read(lambda uow: uow.votes.marks(ballot))) == 1


@pytest.mark.parametrize(
    "body",
    [
        event("1.1", "tada"),
        event("1.1", "thumbsdown"),
        event("1.1", "thumbsup_all"),
        event("", item={"type": "file", "file": "F1"}),
    ],
)
async def test_other_signs_and_other_things_reach_no_database(body):
    assert (await router(None).answer(Kind.EVENT, body)).status == OK


async def test_a_sign_on_any_other_message_changes_nothing(post, ballot):
    assert (await router(post.office).answer(Kind.EVENT, event("1.1"))).status == OK
    assert await votes(post, ballot) == {}


async def test_an_event_that_could_not_be_stored_is_to_come_again(post, ballot):
    first, _ = await candidates(post, ballot)
    await asyncio.to_thread(post.office.writer.close)
    assert (await router(post.office).answer(Kind.EVENT, event(first.ts))).status == AGAIN


async def test_voting_begins_with_the_last_of_the_bots_own_signs(post):
    made = await post.office.write(small_ballot.opened)
    await post.run()
    await post.run(ahead=1.1)
    stands = await post.office.read(lambda uow: small_ballot.current(uow, made.id))
    assert stands.state == "posting"
    await post.run(ahead=1.1)
    stands = await post.office.read(lambda uow: small_ballot.current(uow, made.id))
    message, *below = post.posted()
    assert (stands.state, stands.ts) == ("open", message.ts)
    assert [m.reactions for m in below] == [{"thumbsup": [BOT_USER_ID]}] * 2
    assert [c.ts for c in await candidates(post, made.id)] == [m.ts for m in below]
