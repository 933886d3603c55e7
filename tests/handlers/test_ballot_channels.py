"""A ballot whose channel or messages are gone is void; one that may go on goes on."""

import pytest

from bot.domain.ballot import State
from bot.usecases import channels
from tests.handlers.post_office import CHANNEL, opened
from tests.usecases import small_ballot
from tests.usecases.small_office import HEAD, HQ, NOW


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


async def test_a_ballot_that_cannot_be_posted_is_void_and_headquarters_hears_of_the_channel(
    engine,
):
    async with opened(engine, bot=False) as post:
        await post.office.write(small_ballot.opened)
        await post.go_on()
        assert await stands(post) == (State.VOID, "ballot-void-removed")
        assert len(post.told(HQ.slack_id)) == 1
        assert post.posted() == []
