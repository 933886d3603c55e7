"""Each word of Slack's about channels and accounts, as Slack sends it, has its handler."""

from collections.abc import AsyncIterator
from itertools import count

import pytest

from bot.domain.ballot import State
from bot.domain.calendar import today
from bot.domain.slack_state import ChannelState
from bot.usecases import deliver
from handlers import people
from handlers.answers import OK
from handlers.inbound import Kind
from storage.watch import Watch
from tests.handlers.post_office import CHANNEL, PostOffice, opened
from tests.handlers.test_reactions import router
from tests.usecases import small_ballot
from tests.usecases.small_office import LEAD, MEMBER, NOW, facts, own_task

BOT, TEAM, GRID = "UBOT", "T1", "E1"
AT = 1_782_000_000
WRONG: list[object] = [None, "", "soon", "NaN", "-5", "1e400", [], {"at": 1}]
"""What is no moment."""


@pytest.fixture
async def post(engine) -> AsyncIterator[PostOffice]:
    async with opened(engine) as one:
        yield one


@pytest.fixture
def tell(post):
    """Has Slack tell of an event; the answer's status."""
    post.office.forget = lambda slack_id: None
    table, numbers = router(post.office), count(1)  # which nobody may ask who somebody is
    people.register(table)

    async def told(type, *, envelope=None, **event):
        body = {
            "type": "event_callback",
            "team_id": TEAM,
            "event_id": f"Ev{next(numbers)}",
            "event_time": AT,
            "authorizations": [{"team_id": TEAM, "enterprise_id": None, "user_id": BOT}],
            "event": {"type": type, **event},
        } | (envelope or {})
        answer = await table.answer(Kind.EVENT, body)
        return answer.status

    return told


async def channel(post):
    return await post.office.read(lambda uow: uow.slack_state.channel(CHANNEL))


async def lost(post):
    return await post.office.read(lambda uow: len(facts(uow, "channel_lost")))


async def ballot(post):
    found = await post.office.read(lambda uow: small_ballot.current(uow, 1))
    return found.state


@pytest.mark.parametrize("type", ["channel_left", "group_left"])
async def test_the_bots_own_going_is_told_to_headquarters_and_ends_nothing(post, tell, type):
    await post.office.write(small_ballot.opened)
    assert await tell(type, channel=CHANNEL, actor_id="U1", event_ts=f"{AT}.000100") == OK
    assert not (await channel(post)).member
    assert (await lost(post), await ballot(post)) == (1, State.POSTING)


@pytest.mark.parametrize(
    ("type", "state"),
    [
        ("channel_archive", ChannelState.ARCHIVED),
        ("group_archive", ChannelState.ARCHIVED),
        ("channel_deleted", ChannelState.DELETED),
        ("group_deleted", ChannelState.DELETED),
    ],
)
async def test_a_channel_of_either_kind_that_is_closed_ends_its_ballot(post, tell, type, state):
    await post.office.write(small_ballot.opened)
    assert await tell(type, channel=CHANNEL, event_ts=f"{AT}.000100") == OK
    assert (await channel(post)).state is state
    assert (await lost(post), await ballot(post)) == (1, State.VOID)


@pytest.mark.parametrize("kind", ["channel", "group"])
async def test_a_channel_that_is_back_is_open_whatever_is_heard_late(post, tell, kind):
    assert await tell(f"{kind}_unarchive", channel=CHANNEL, event_ts=f"{AT + 2}.000100") == OK
    assert await tell(f"{kind}_archive", channel=CHANNEL, event_ts=f"{AT + 1}.000100") == OK
    assert (await channel(post)).state is ChannelState.OPEN
    assert await lost(post) == 0


async def test_only_the_bots_own_coming_and_going_is_followed(post, tell):
    joined = {"channel": CHANNEL, "channel_type": "C", "team": TEAM}
    for type, user, member in (
        ("member_left_channel", "U1", True),
        ("member_left_channel", BOT, False),
        ("member_joined_channel", "U1", False),
        ("member_joined_channel", BOT, True),
    ):
        assert await tell(type, user=user, **joined) == OK
        assert (await channel(post)).member is member


async def test_what_waited_for_the_channel_is_due_once_the_bot_is_let_in(post, tell):
    watch = Watch(post.clock, deliver.LEASE)

    def put_off(uow):
        post._want(uow, own_task(uow, MEMBER))
        [due] = uow.projections.claim(1, watch)
        uow.projections.retry(due.id, 3600, error="not_in_channel")

    await post.office.write(put_off)
    assert await post.left() > 3500
    joined = {"channel": CHANNEL, "channel_type": "C", "team": TEAM}
    assert await tell("member_joined_channel", user=BOT, **joined) == OK
    assert await post.left() < 2


@pytest.mark.parametrize("kind", ["channel", "group"])
async def test_a_name_is_nobodys_business(post, tell, kind):
    shape = {"id": CHANNEL, "name": "새 이름", "created": AT}
    assert await tell(f"{kind}_rename", channel=shape, event_ts=f"{AT}.000100") == OK
    assert (await channel(post)).state_at == 0


@pytest.mark.parametrize("moment", WRONG)
async def test_a_word_whose_moment_makes_no_sense_goes_by_that_of_its_delivery(post, tell, moment):
    await tell("channel_archive", channel=CHANNEL, event_ts=moment)
    assert (await channel(post)).state_at == AT * 1_000_000
    assert await tell("channel_left", channel=CHANNEL, envelope={"event_time": moment}) == OK
    known = await channel(post)
    assert (known.member, known.member_at) == (False, 0)


@pytest.mark.parametrize("updated", [*WRONG, True, 2**70, -1, 1.5])
async def test_an_account_whose_last_change_makes_no_sense_is_followed_all_the_same(
    post, tell, updated
):
    user = {"id": MEMBER.slack_id, "team_id": TEAM, "deleted": True, "updated": updated}
    assert await tell("user_change", user=user) == OK
    person = await post.office.read(lambda uow: uow.people.by_slack(MEMBER.slack_id, today(NOW)))
    assert not person.active


NEW = "U0000077"
OUTSIDE = [
    {"team_id": "T2"},
    {"team_id": "T2", "is_stranger": True},
    {"team_id": TEAM, "is_stranger": True},
    {"team_id": "T2", "enterprise_user": {"enterprise_id": "E2"}},
    {"team_id": "E2"},
]
INSIDE = [
    {"team_id": TEAM},
    {},
    {"team_id": "T2", "enterprise_user": {"enterprise_id": GRID}},
    {"team_id": GRID},
]


async def linked(post, tell, marks):
    """Whether a new account with the lead's address is the lead once they have left."""
    await tell("user_change", user={"id": LEAD.slack_id, "deleted": True, "updated": AT})
    user = {"id": NEW, "updated": AT, "profile": {"email": LEAD.email}, **marks}
    installed = [{"team_id": TEAM, "enterprise_id": GRID, "user_id": BOT}]
    # In a shared channel the delivery may bear the other company's team.
    envelope = {"team_id": user.get("team_id", TEAM), "authorizations": installed}
    assert await tell("team_join", user=user, envelope=envelope) == OK
    found = await post.office.read(lambda uow: uow.people.by_slack(NEW, today(NOW)))
    return found is not None


@pytest.mark.parametrize("marks", OUTSIDE)
async def test_an_account_of_another_house_is_nobody_whatever_its_address(post, tell, marks):
    assert not await linked(post, tell, marks)


@pytest.mark.parametrize("marks", INSIDE)
async def test_an_account_of_this_workspace_or_its_grid_is_who_has_its_address(post, tell, marks):
    assert await linked(post, tell, marks)
