"""A ballot whose channel or messages are gone is void; one that may go on goes on."""

from datetime import timedelta

import pytest

from bot.domain.ballot import State
from bot.playground.records import BOT_USER_ID
from bot.usecases import channels, closing, deliver
from tests.handlers.post_office import CHANNEL, opened
from tests.usecases import small_ballot
from tests.usecases.small_office import HEAD, HQ, MEMBER, NOW


@pytest.fixture
async def post(engine):
    async with opened(engine) as one:
        yield one


async def stands(post, ballot=1):
    found = await post.office.read(lambda uow: small_ballot.current(uow, ballot))
    return found.state, found.remark


async def open_ballot(post):
    await post.office.write(small_ballot.opened)
    await post.go_on()
    assert await stands(post) == (State.OPEN, "")


def vote(post):
    """Somebody votes, of which only Slack knows."""
    post.ws.talk.react(post.posted()[1], MEMBER.slack_id, "thumbsup")


async def close(post):
    """The ballot reaches its hour."""
    found = await post.office.read(lambda uow: small_ballot.current(uow, 1))
    post.clock.move_to(found.closes_at)
    await tick(post)


async def tick(post):
    for number in await post.office.read(lambda uow: closing.due(uow, post.clock.now())):
        await post.office.write(lambda uow, n=number: closing.go_on(uow, n, post.clock.now()))
    await post.run(ahead=5)


async def touch(post):
    """Have every message of the ballot shown anew."""

    def work(uow):
        uow.projections.touch("ballot", [1])
        uow.projections.touch("candidate", [c.id for c in uow.ballots.candidates(1)])

    await post.office.write(work)
    await post.run(ahead=5)


@pytest.mark.parametrize("why", ["ballot-void-archived", "ballot-void-deleted"])
async def test_a_channel_that_is_archived_or_deleted_ends_its_ballots(post, why):
    await open_ballot(post)
    await post.office.write(lambda uow: channels.lost(uow, CHANNEL, NOW, void=why))
    assert await stands(post) == (State.VOID, why)
    await post.run(ahead=5)
    assert post.told(HEAD.slack_id)


async def test_the_bots_own_leaving_ends_no_ballot(post):
    await open_ballot(post)
    await post.office.write(lambda uow: channels.lost(uow, CHANNEL, NOW))
    assert await stands(post) == (State.OPEN, "")


async def test_a_ballot_follows_its_channel_to_another_id(post):
    await open_ballot(post)
    await post.office.write(lambda uow: channels.renumbered(uow, CHANNEL, "C0000009", NOW))
    found = await post.office.read(lambda uow: uow.ballots.in_channel("C0000009"))
    assert [ballot.id for ballot in found] == [1]


async def test_cards_shown_and_promised_follow_their_channel_to_another_id(post):
    shown = await post.propose()
    await post.run()
    post.ws.faults.add("chat.postMessage", "error", code="channel_not_found")
    await post.propose()
    await post.run(ahead=2)
    post.ws.change_channel_id(CHANNEL, "C0000009")
    await post.office.write(lambda uow: channels.renumbered(uow, CHANNEL, "C0000009", NOW))
    await post.change(shown)
    await post.run(ahead=2)
    assert len(post.posted("C0000009")) == 2
    assert (post.ws.calls["chat.update"], await post.left()) == (1, None)


async def test_an_archived_channel_is_noticed_by_the_next_message_too(post):
    await open_ballot(post)
    post.ws.channels[CHANNEL].archived = True
    await touch(post)
    assert await stands(post) == (State.VOID, "ballot-void-archived")


@pytest.mark.parametrize("which", [0, 1])
async def test_a_ballot_one_of_whose_messages_was_deleted_is_void(post, which):
    await open_ballot(post)
    post.ws.talk.delete(post.posted()[which])
    await touch(post)
    assert await stands(post) == (State.VOID, "ballot-void-deleted")


async def test_a_ballot_that_cannot_be_posted_waits_for_the_bots_invitation(engine):
    async with opened(engine, bot=False) as post:
        await post.office.write(small_ballot.opened)
        await post.go_on()
        assert await stands(post) == (State.POSTING, "")
        assert len(post.told(HQ.slack_id)) == len(post.told(HEAD.slack_id)) == 1
        assert CHANNEL in str(post.told(HEAD.slack_id)[0].blocks)
        post.ws.channels[CHANNEL].members.append(BOT_USER_ID)
        await post.office.write(lambda uow: channels.invited(uow, CHANNEL, 0, NOW))
        await post.go_on()
        assert await stands(post) == (State.OPEN, "")


async def test_a_ballot_that_could_not_be_posted_before_its_hour_is_void_and_says_so(engine):
    async with opened(engine, bot=False) as post:
        await post.office.write(small_ballot.opened)
        await post.go_on()
        await close(post)
        assert await stands(post) == (State.VOID, "ballot-void-unposted")


@pytest.mark.parametrize("code", ["not_in_channel", "channel_not_found"])
async def test_the_count_waits_for_a_bot_that_was_removed_until_the_next_working_day(post, code):
    await open_ballot(post)
    vote(post)
    post.ws.faults.add("reactions.get", "error", code=code, times=99)
    await close(post)
    assert await stands(post) == (State.COUNTING, "")
    post.ws.faults.clear()
    await post.office.write(lambda uow: channels.invited(uow, CHANNEL, 0, NOW))
    await post.run()
    assert await stands(post) == (State.DECIDED, "")


async def test_a_count_to_which_the_bot_is_not_let_in_again_is_void(post):
    await open_ballot(post)
    post.ws.faults.add("reactions.get", "error", code="not_in_channel", times=99)
    await close(post)
    post.clock.move(timedelta(days=2))
    await tick(post)
    assert await stands(post) == (State.VOID, "ballot-void-removed")


@pytest.mark.parametrize("code", ["account_inactive", "huh", "invalid_arguments"])
async def test_the_count_outlasts_what_slack_says_of_the_token_or_for_no_reason(post, code):
    await open_ballot(post)
    vote(post)
    post.ws.faults.add("reactions.get", "error", code=code, times=6)
    await close(post)
    assert (await stands(post))[0] is State.COUNTING
    for _ in range(12):
        await post.run(ahead=deliver.LONGEST)
    assert await stands(post) == (State.DECIDED, "")
