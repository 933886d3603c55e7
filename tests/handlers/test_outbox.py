"""What is due leaves for Slack effectively once, whatever Slack and the network do."""

import asyncio
from dataclasses import replace
from datetime import timedelta

import pytest

from bot.domain.calendar import today
from bot.domain.facts import Fact, Projection
from bot.usecases import deliver
from bot.usecases.people import follow_user_change
from bot.usecases.undelivered import set_aside
from storage.watch import LOOK_AFTER
from tests.handlers.post_office import CHANNEL, direct, opened, person
from tests.usecases.small_office import HEAD, HQ, MEMBER, NOW, apply, row, without

POST, UPDATE = "chat.postMessage", "chat.update"
LATER = LOOK_AFTER + 1


@pytest.fixture
async def post(engine):
    async with opened(engine) as one:
        yield one


async def put(post, kind, recipient, key="one", payload=None, **more):
    fact = Fact(kind=kind, recipient=recipient, dedupe_key=key, payload=payload or {}, **more)
    await post.office.write(lambda uow: uow.outbox.put(fact))


async def test_a_card_is_posted_with_its_key_and_then_updated_in_place(post):
    number = await post.propose()
    await post.run()
    (card,) = post.posted()
    assert f"#{number}" in card.text
    assert card.metadata["event_type"] == "gopbaegi"
    assert post.reached == ["before-post", "after-post", "before-settle"]
    await post.change(number)
    await post.run()
    assert post.ws.calls[POST] == post.ws.calls[UPDATE] == len(post.posted()) == 1
    assert post.posted()[0].metadata == card.metadata


async def test_ten_changes_are_few_updates(post):
    number = await post.propose()
    await post.run()
    await asyncio.gather(*(post.change(number) for _ in range(10)))
    await post.run()
    assert 1 <= post.ws.calls[UPDATE] <= 3


async def test_a_429_is_waited_out_as_told(post):
    post.ws.faults.add(POST, "429", seconds=40)
    await post.propose()
    await post.run()
    await post.run(ahead=38)
    assert (post.ws.calls[POST], post.posted()) == (1, [])
    await post.run(ahead=3)
    assert len(post.posted()) == 1


async def test_what_was_held_up_until_the_office_closed_leaves_when_it_opens(post):
    post.ws.faults.add(POST, "429", seconds=40)
    await direct(post)
    await post.run()
    post.clock.move(timedelta(hours=4))
    await post.run(ahead=41)
    await post.run(ahead=7200)
    assert post.told(MEMBER.slack_id) == []
    post.clock.move(timedelta(hours=14, minutes=59))
    await post.run()
    assert post.told(MEMBER.slack_id) == []
    post.clock.move(timedelta(minutes=1))
    await post.run()
    assert len(post.told(MEMBER.slack_id)) == 1


@pytest.mark.parametrize("fault", ["reset", "invalid_json", "hang"])
async def test_a_post_whose_answer_is_lost_is_found_and_not_repeated(post, fault):
    await post.dispatcher(seconds=0.3).start()
    post.ws.faults.add(POST, fault)
    number = await post.propose()
    await post.run()
    await post.run(ahead=LATER)
    assert (post.ws.calls[POST], len(post.posted())) == (1, 1)
    await post.run(ahead=LATER)
    await post.change(number)
    await post.run()
    assert (post.ws.calls[POST], len(post.posted())) == (1, 1)
    assert post.ws.calls[UPDATE] >= 1


async def test_without_the_key_a_post_whose_answer_is_lost_would_be_made_twice(post):
    post.ws.faults.add(POST, "reset")
    await post.propose()
    await post.run()
    post.posted()[0].metadata = None
    await post.run(ahead=LATER)
    assert len(post.posted()) == 2


@pytest.mark.parametrize("fault", ["drop", "500", "503"])
async def test_a_post_that_never_arrived_is_made_again_after_a_look(post, fault):
    post.ws.faults.add(POST, fault)
    await post.propose()
    await post.run()
    assert post.posted() == []
    await post.run(ahead=LOOK_AFTER - 5)
    assert post.posted() == []
    await post.run(ahead=LATER)
    assert len(post.posted()) == 1
    assert post.ws.calls["conversations.history"] == 1


async def test_a_look_that_fails_too_is_made_again_before_anything_is_sent(post):
    post.ws.faults.add(POST, "reset")
    post.ws.faults.add("conversations.history", "429", seconds=20)
    await post.propose()
    await post.run()
    await post.run(ahead=LATER)
    await post.run(ahead=21)
    assert (post.ws.calls[POST], len(post.posted())) == (1, 1)


async def test_a_direct_message_is_looked_for_where_it_stands(post):
    post.ws.faults.add(POST, "reset")
    await direct(post)
    await post.run()
    await post.run(ahead=LATER)
    assert (post.ws.calls[POST], len(post.told(MEMBER.slack_id))) == (1, 1)
    assert post.ws.calls["conversations.open"] == 1


async def test_what_follows_another_message_is_a_reply_in_its_thread(post):
    await direct(post, "reply", after="opening")
    await post.run()
    assert post.told(MEMBER.slack_id) == []
    await direct(post, "opening")
    await post.run()
    await post.run(ahead=2)
    opening, reply = post.told(MEMBER.slack_id)
    assert (opening.thread_ts, reply.thread_ts) == ("", opening.ts)


async def test_a_reply_whose_answer_is_lost_is_looked_for_in_its_thread(post):
    await direct(post, "opening")
    await post.run()
    post.ws.faults.add(POST, "reset")
    await direct(post, "reply", after="opening")
    await post.run(ahead=2)
    await post.run(ahead=LATER)
    assert (post.ws.calls[POST], len(post.told(MEMBER.slack_id))) == (2, 2)
    assert post.ws.calls["conversations.replies"] == 1


async def test_what_a_killed_sender_had_claimed_is_looked_for_and_sent_by_another(post):
    await post.propose()
    await post.claimed_and_killed()
    await post.run()
    assert post.posted() == []
    await post.run(ahead=deliver.LEASE + LATER)
    assert len(post.posted()) == 1
    assert post.ws.calls["conversations.history"] == 1


async def test_two_senders_share_the_work_and_the_rate_of_a_channel(post):
    await post.dispatcher().start()
    await post.dispatcher().start()
    for _ in range(4):
        await post.propose()
    await post.run()
    assert len(post.posted()) == 1
    for _ in range(4):
        await post.run(ahead=1.1)
    texts = [message.text for message in post.posted()]
    assert len(texts) == len(set(texts)) == 4


async def test_a_deleted_card_stays_deleted(post):
    number = await post.propose()
    await post.run()
    post.ws.talk.delete(post.posted()[0])
    for _ in range(2):
        await post.change(number)
        await post.run()
    assert post.posted() == []
    assert post.ws.calls[POST] == 1


async def test_headquarters_hears_once_of_a_channel_that_the_bot_is_not_in(engine):
    async with opened(engine, bot=False) as post:
        for _ in range(2):
            await post.propose()
        await post.run()
        await post.run(ahead=2)
        assert post.posted() == []
        (notice,) = post.told(HQ.slack_id)
        assert CHANNEL in str(notice.blocks)


async def test_what_cannot_be_worded_is_set_aside_and_headquarters_hears_once(post):
    await put(post, "unheard_of", "person:1", key="one")
    await put(post, "unheard_of", "person:1", key="two")
    await post.run()
    await post.run(ahead=2)
    assert len(post.told(HQ.slack_id)) == 1
    await post.run(ahead=3600)
    assert post.ws.calls[POST] == 1
    found = await post.office.read(set_aside)
    assert [(one.kind, one.reason, one.many) for one in found] == [
        ("unheard_of", "unrenderable: unknown", 2)
    ]


async def test_who_is_deactivated_in_slack_is_not_written_to(post):
    await direct(post)
    post.ws.people[MEMBER.slack_id].deleted = True
    await post.run()
    await post.run(ahead=3600)
    assert post.told(MEMBER.slack_id) == post.told(HQ.slack_id) == []
    assert await post.left()
    await post.office.write(
        lambda uow: (
            follow_user_change(uow, MEMBER.slack_id, deleted=True, email=None, locale=None, now=NOW)
            and None
        )
    )
    await post.run(ahead=3600)
    assert await post.left() is None


async def test_a_message_waits_for_who_is_not_linked_to_slack_yet(post):
    await direct(post)

    def link(uow, slack_id):
        found = uow.people.by_email(MEMBER.email, today(NOW))
        uow.people.save(replace(found, slack_id=slack_id))

    await post.office.write(lambda uow: link(uow, None))
    await post.run()
    assert post.ws.calls[POST] == 0
    await post.office.write(lambda uow: link(uow, MEMBER.slack_id))
    await post.run(ahead=3601)
    assert len(post.told(MEMBER.slack_id)) == 1


async def test_a_revoked_token_loses_nothing(post):
    post.ws.faults.add(POST, "error", code="token_revoked")
    await post.propose()
    await post.run()
    assert post.posted() == []
    await post.run(ahead=61)
    assert len(post.posted()) == 1


async def test_slack_is_asked_whose_an_address_is(post):
    nameless = row(5, "최주무", "주무관", "도로과/계획팀", slack_id="")
    stranger = row(9, "오주무", "주무관", "도로과/계획팀", slack_id="")
    rows = (*without(MEMBER), nameless, stranger)

    def forget(uow):
        found = uow.people.by_slack(MEMBER.slack_id, today(NOW))
        uow.people.save(replace(found, slack_id=None))
        apply(uow, rows)

    await post.office.write(forget)
    await post.run()
    mail = [MEMBER.email, stranger.email]
    found = await post.office.read(lambda uow: [uow.people.by_email(m, today(NOW)) for m in mail])
    assert [one.slack_id for one in found] == [MEMBER.slack_id, None]
    assert post.ws.calls["users.lookupByEmail"] == 2


async def test_a_home_is_published_and_published_again_when_unclear(post):
    def want(uow):
        number = person(uow, HEAD.slack_id)
        recipient = f"person:{number}"
        uow.projections.want(Projection(kind="home", subject=number, recipient=recipient))

    post.ws.faults.add("views.publish", "reset")
    await post.office.write(want)
    await post.run()
    await post.run(ahead=10)
    assert post.ws.calls["views.publish"] == 2
    await post.run(ahead=60)
    assert post.ws.calls["views.publish"] == 2


async def test_stopping_ends_what_is_under_way_and_leaves_the_rest_due(post):
    post.ws.faults.add(POST, "delay", seconds=0.3)
    await post.propose()
    begun = asyncio.Event()
    first = post.dispatcher(reach=lambda _: begun.set())
    await first.start()
    await begun.wait()
    await first.stop()
    assert len(post.posted()) == 1
    await direct(post)
    await post.dispatcher().start()
    post.dispatchers.remove(first)
    await post.run()
    assert len(post.told(MEMBER.slack_id)) == 1
    assert post.ws.calls[POST] == 2
