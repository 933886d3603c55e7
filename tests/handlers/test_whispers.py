"""What one person of a channel is told there is said at most once, and holds up nobody else."""

import pytest

from bot.domain.facts import Fact
from bot.playground.workspace import SeedPerson
from bot.usecases import deliver
from storage.watch import LOOK_AFTER
from tests.handlers.post_office import CHANNEL, opened, person
from tests.usecases.small_office import HEAD, HQ, MEMBER

CALL = "chat.postEphemeral"
LATER = deliver.LEASE + LOOK_AFTER + 1
STRANGER = "U0000099"


@pytest.fixture
async def post(engine):
    async with opened(engine) as one:
        yield one


async def whisper(post, slack_id=MEMBER.slack_id, key="one"):
    fact = Fact(
        kind="undelivered",
        recipient=f"ephemeral:{CHANNEL}:{slack_id}",
        dedupe_key=key,
        payload={"kind": "news", "reason": "x"},
    )
    await post.office.write(lambda uow: uow.outbox.put(fact))


def heard(post, slack_id=MEMBER.slack_id):
    return [message for message in post.ws.talk.all(CHANNEL, slack_id) if message.only_for]


async def test_only_that_person_sees_it(post):
    await whisper(post)
    await post.run()
    (message,) = heard(post)
    assert post.posted() == heard(post, HEAD.slack_id) == []
    assert (message.channel, message.metadata) == (CHANNEL, None)


async def test_it_is_in_the_persons_language_and_in_korean_for_a_stranger(post):
    def learn(uow):
        uow.people.set_language(person(uow, MEMBER.slack_id), "en")

    post.ws.people[STRANGER] = SeedPerson(STRANGER, "외부인", "", "", "")
    post.ws.channels[CHANNEL].members.append(STRANGER)
    await post.office.write(learn)
    await whisper(post)
    await whisper(post, STRANGER, "two")
    await post.run()
    texts = [heard(post, who)[0].text for who in (MEMBER.slack_id, STRANGER)]
    assert [text.isascii() for text in texts] == [True, False]


@pytest.mark.parametrize(("fault", "arrived"), [("reset", 1), ("drop", 0), ("500", 0)])
async def test_one_whose_end_is_unknown_is_not_said_again(post, fault, arrived):
    post.ws.faults.add(CALL, fault)
    await whisper(post)
    await post.run()
    await post.run(ahead=LATER)
    assert (post.ws.calls[CALL], len(heard(post))) == (1, arrived)
    assert post.ws.calls["conversations.history"] == 0
    assert await post.left() is None


async def test_what_a_killed_sender_had_claimed_is_not_said_again(post):
    await whisper(post)
    await post.claimed_and_killed()
    await post.run()
    await post.run(ahead=LATER)
    assert post.ws.calls[CALL] == 0
    assert await post.left() is None


async def test_a_429_is_waited_out_as_told(post):
    post.ws.faults.add(CALL, "429", seconds=40)
    await whisper(post)
    await post.run()
    await post.run(ahead=38)
    assert (post.ws.calls[CALL], heard(post)) == (1, [])
    await post.run(ahead=3)
    assert len(heard(post)) == 1


async def test_one_to_somebody_who_has_left_the_channel_is_dropped(post):
    post.ws.faults.add(CALL, "error", code="user_not_in_channel")
    await whisper(post)
    await post.run()
    await post.run(ahead=LATER)
    assert (post.ws.calls[CALL], heard(post)) == (1, [])
    assert await post.left() is None


@pytest.mark.parametrize("code", ["not_in_channel", "channel_not_found", "is_archived", "huh"])
async def test_one_that_slack_refuses_is_said_once_it_does_not_or_dropped_after_a_day(post, code):
    post.ws.faults.add(CALL, "error", code=code)
    await whisper(post)
    await post.run()
    assert heard(post) == []
    await post.run(ahead=3)
    assert len(heard(post)) == 1
    post.ws.faults.add(CALL, "error", code=code, times=60)
    await whisper(post, key="two")
    for _ in range(40):
        await post.run(ahead=deliver.LONGEST)
    assert len(heard(post)) == 1
    assert post.told(HQ.slack_id) == []
    assert await post.left() is None


async def test_many_of_them_leave_in_a_burst_and_hold_up_no_message(post):
    for number in range(30):
        await whisper(post, HEAD.slack_id, f"w{number}")
    await post.propose()
    await post.run()
    assert len(heard(post, HEAD.slack_id)) in (20, 21, 22)
    assert len(post.posted()) == 1
    await post.run(ahead=7)
    assert len(heard(post, HEAD.slack_id)) == 30
