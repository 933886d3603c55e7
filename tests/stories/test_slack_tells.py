"""What Slack tells of people and channels, in whatever order, and in the words of each kind."""

import pytest

from bot.domain.ballot import State
from bot.playground.records import BOT_USER_ID
from tests.stories.conftest import ROADS, slack_id
from tests.stories.test_notices import settled, told
from tests.stories.voting import CLOSING, FIRST, SECOND, SIGN, heard, moved, opened, represents
from tests.usecases.small_ballot import current

LOST = "채널에 카드를 올리지 못하고 있습니다."


@pytest.fixture(params=["public", "private"])
def channel(request, life):
    """The department's channel, of either kind."""
    life.ws.channel(life.channel).private = request.param == "private"
    return life.channel


async def official(life, who):
    day = life.clock.now().date()
    return await life.bot.office.read(lambda uow: uow.people.by_slack(slack_id(who), day))


async def state(life):
    found = await life.bot.office.read(lambda uow: current(uow, 1))
    return found.state, found.remark


@pytest.mark.parametrize("seed", range(6))
async def test_who_was_deactivated_and_is_back_has_their_rights_in_whatever_order_it_is_told(
    life, seed
):
    life.ws.delivery.repeat, life.ws.delivery.shuffle = 4, seed
    life.ws.hold_delivery()
    for deleted in (True, False, True, False):
        life.ws.change_person(slack_id("member"), deleted=deleted)
    life.ws.release()
    await heard(life)
    person = await official(life, "member")
    assert person.active
    assert person.posts
    assert await life.propose("member", FIRST) == 1


async def test_a_late_word_of_a_deactivation_leaves_an_official_their_tasks(life):
    number = await life.propose("member", FIRST)
    life.ws.hold_delivery()
    life.ws.change_person(slack_id("member"), deleted=True)
    life.ws.change_person(slack_id("member"), deleted=False)
    late, newest = life.ws.delivery.held
    for envelope in (newest, late, newest, late):
        life.ws.delivery.held = [envelope]
        life.ws.release()
        await heard(life)
    person = await official(life, "member")
    assert person.active
    task = await life.bot.office.read(lambda uow: uow.tasks.get(number))
    assert task.owner == person.id


async def test_a_removed_bot_hears_of_it_and_headquarters_does_and_the_ballot_goes_on(
    life, channel
):
    first, _ = await opened(life, FIRST, SECOND)
    head, hq = life.visitor("head"), life.visitor("hq")
    await head.remove(channel)
    await heard(life)
    await settled(life)
    assert len(told(hq, LOST)) == 1
    assert (await state(life))[0] is State.OPEN
    await head.invite(channel)
    await life.visitor("member").react(channel, first, SIGN)
    await moved(life, CLOSING)
    assert await represents(life) == 1


async def test_an_archived_channel_of_either_kind_ends_its_ballot(life, channel):
    await opened(life, FIRST, SECOND)
    await life.visitor("head").archive(channel)
    await heard(life)
    assert await state(life) == (State.VOID, "ballot-void-archived")


async def test_a_deleted_channel_of_either_kind_ends_its_ballot(life, channel):
    await opened(life, FIRST, SECOND)
    life.ws.delete_channel(channel)
    await heard(life)
    assert await state(life) == (State.VOID, "ballot-void-deleted")


async def test_a_late_word_of_an_archiving_ends_no_ballot_that_was_begun_since(life, channel):
    life.ws.hold_delivery()
    life.ws.archive_channel(channel)
    life.ws.unarchive_channel(channel)
    late, newest = life.ws.delivery.held
    life.ws.delivery.held = [newest]
    life.ws.release()
    await heard(life)
    await opened(life, FIRST, SECOND)
    life.ws.delivery.held = [late]
    life.ws.release()
    await heard(life)
    assert await state(life) == (State.OPEN, "")
    assert told(life.visitor("hq"), LOST) == []


async def test_a_card_is_changed_in_place_after_its_channel_got_another_id(life):
    number = await life.propose("member", FIRST)
    await settled(life)
    before = life.visitor("head").message(life.channel, FIRST)
    life.ws.change_channel_id(life.channel, "C0000077")
    await heard(life)
    units = await life.bot.office.read(lambda uow: uow.units.all())
    assert {unit.channel for unit in units if unit.name == ROADS} == {"C0000077"}
    head = life.visitor("head")
    await head.command("C0000077", f"/cut show {number}")
    await head.click("act.decline")
    assert (await head.submit(values={"reason": "법정 사무입니다."})).ok
    await settled(life)
    cards = [m for m in head.messages("C0000077") if FIRST in str(m)]
    assert [card["ts"] for card in cards] == [before["ts"]]
    assert "반려" in str(cards[0])


async def test_a_renamed_channel_is_the_same_channel(life, channel):
    life.ws.rename_channel(channel, "도로관리과")
    life.ws.invite(channel, slack_id("other_member"))
    life.ws.remove(channel, slack_id("other_member"))
    await heard(life)
    assert life.ws.delivery.lost == []
    assert BOT_USER_ID in life.ws.channel(channel).members
