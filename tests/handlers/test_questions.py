"""What Slack is asked about a ballot's messages, and what the use-cases hear of it."""

from typing import Any

import pytest

from bot.domain.facts import Fact
from bot.playground.records import BOT_USER_ID
from handlers.questions import QUESTIONS, Question
from tests.handlers.post_office import CHANNEL, opened
from tests.usecases.small_office import HEAD, LEAD, MEMBER

SEED, COUNT = "ballot_seed", "ballot_count"
ADD, GET = "reactions.add", "reactions.get"


@pytest.fixture
async def post(engine):
    async with opened(engine) as one:
        yield one


@pytest.fixture
async def message(post):
    """A message of the bot in the channel."""
    return post.ws.talk.post(post.ws.channels[CHANNEL], BOT_USER_ID, "후보")


@pytest.fixture
async def asked(post, message):
    """Asks something about the message and gives the newest answer that was taken."""
    answers: list[Any] = []

    def take(uow, payload, answer, now):
        answers.append(answer)

    questions = {kind: Question(QUESTIONS[kind].ask, take) for kind in (SEED, COUNT)}
    await post.dispatcher(questions=questions).start()

    async def ask(kind):
        payload = {"ballot": 1, "candidate": 1, "channel": CHANNEL, "ts": message.ts}
        key = f"{kind}{len(answers)}"
        fact = Fact(kind=kind, recipient="slack", dedupe_key=key, payload=payload)
        await post.office.write(lambda uow: uow.outbox.put(fact))
        await post.run()
        return answers[-1] if answers else None

    return ask


async def test_the_bots_own_sign_is_put_once_however_often_it_is_asked_for(post, message, asked):
    assert await asked(SEED) == ""
    assert await asked(SEED) == ""
    assert post.ws.calls[ADD] == 2
    assert message.reactions == {"thumbsup": [BOT_USER_ID]}


@pytest.mark.parametrize(
    ("method", "kind", "code"),
    [
        (method, kind, code)
        for method, kind in ((ADD, SEED), (GET, COUNT))
        for code in ("message_not_found", "is_archived")
    ],
)
async def test_a_message_that_is_gone_is_an_answer(post, asked, method, kind, code):
    post.ws.faults.add(method, "error", code=code)
    assert await asked(kind) == (code if kind == SEED else {"gone": code})


@pytest.mark.parametrize(("method", "kind"), [(ADD, SEED), (GET, COUNT)])
async def test_a_bot_that_is_not_in_the_channel_is_asked_for_once_more(post, asked, method, kind):
    post.ws.faults.add(method, "error", code="not_in_channel")
    assert await asked(kind) is None
    await post.run(ahead=3)
    assert await asked(kind) == ("" if kind == SEED else {"standing": []})


async def test_only_the_sign_in_any_skin_tone_is_counted_and_the_bot_left_out(post, message, asked):
    talk = post.ws.talk
    assert await asked(COUNT) == {"standing": []}
    await asked(SEED)
    talk.react(message, HEAD.slack_id, "thumbsup")
    talk.react(message, MEMBER.slack_id, "thumbsup::skin-tone-3")
    talk.react(message, MEMBER.slack_id, "+1")
    talk.react(message, LEAD.slack_id, "tada")
    talk.react(message, LEAD.slack_id, "thumbsdown")
    standing = (await asked(COUNT))["standing"]
    assert sorted(map(tuple, standing)) == sorted(
        [
            (HEAD.slack_id, "thumbsup"),
            (MEMBER.slack_id, "thumbsup::skin-tone-3"),
            (MEMBER.slack_id, "+1"),
        ]
    )
    assert post.ws.calls["auth.test"] == 1


async def test_everybody_is_named_however_many_reacted(message, asked):
    message.reactions["thumbsup"] = [BOT_USER_ID, *(f"U{n:07}" for n in range(300))]
    assert len((await asked(COUNT))["standing"]) == 300


@pytest.mark.parametrize(("method", "kind"), [(ADD, SEED), (GET, COUNT)])
async def test_a_429_and_a_revoked_token_lose_no_question(post, asked, method, kind):
    post.ws.faults.add(method, "429", seconds=40)
    assert await asked(kind) is None
    post.ws.faults.add(method, "error", code="token_revoked")
    await post.run(ahead=41)
    await post.run(ahead=61)
    assert post.ws.calls[method] == 3
    assert await asked(kind) == ("" if kind == SEED else {"standing": []})


@pytest.mark.parametrize("fault", ["reset", "500", "invalid_json"])
async def test_an_unclear_end_is_asked_about_again(post, message, asked, fault):
    post.ws.faults.add(ADD, fault)
    assert await asked(SEED) is None
    await post.run(ahead=10)
    assert message.reactions == {"thumbsup": [BOT_USER_ID]}
    assert post.ws.calls[ADD] == 2
