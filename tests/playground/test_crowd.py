"""Colleagues react to what the bot offers: some for the page, a storm for tests."""

import asyncio
from datetime import timedelta

import pytest

from bot.playground.crowd import APART_SECONDS, Gesture
from bot.playground.records import BOT_USER_ID, NotAllowed
from bot.playground.workspace import SeedPerson

COLLEAGUES = [f"U{number}" for number in range(100, 112)]


@pytest.fixture
async def ballot(stage):
    """A stage with a dozen colleagues in C1 and a function that offers candidates there."""
    for id in COLLEAGUES:
        stage.ws.add_person(SeedPerson(id, id, "주무관", "문화체육관광국", f"{id}@example.kr"))
        stage.ws.invite("C1", id)
    stage.ws.crowd.pause = (0.0, 0.0)

    async def offer(*texts, name="+1", **more):
        stamps = []
        for text in texts:
            answer = await stage.bot.client.chat_postMessage(channel="C1", text=text, **more)
            stamps.append(answer["ts"])
            await stage.bot.client.reactions_add(channel="C1", timestamp=answer["ts"], name=name)
        return stamps

    stage.offer = offer
    return stage


async def voted(ballot, but="U1"):
    """Let the colleagues react and wait for the last of them; how many they were."""
    people = ballot.ws.crowd.start("C1", but=but)
    await over(ballot)
    return people


async def over(ballot):
    """Wait until everybody reacted and the bot heard of it."""
    ws = ballot.ws
    await ws.changes.until(lambda: not (ws.crowd.busy("C1") or ws.delivery.pending), 5)


def who(ballot, stamps, name=""):
    """Who reacted to each message, the bot aside."""
    messages = [ballot.ws.talk.find("C1", ts) for ts in stamps]
    return [
        {
            user
            for emoji, users in message.reactions.items()
            for user in users
            if user != BOT_USER_ID and name in emoji
        }
        for message in messages
    ]


async def test_every_colleague_but_the_windows_person_reacts_to_a_candidate(ballot):
    ballot.ws.change_person(COLLEAGUES[0], deleted=True)
    stamps = await ballot.offer("가", "나", "다")
    assert await voted(ballot) == 12
    votes = who(ballot, stamps)
    assert set.union(*votes) == {"U2", *COLLEAGUES[1:]}
    assert sum(map(bool, votes)) > 1
    assert who(ballot, stamps, "skin-tone") != [set(), set(), set()]


async def test_one_colleague_adds_a_second_candidate_at_the_end(ballot):
    stamps = await ballot.offer("가", "나", "다")
    people = await voted(ballot)
    assert sum(map(len, who(ballot, stamps))) == people + 1
    told = [event["user"] for event in ballot.bot.events("reaction_added")]
    assert {user for user in told if told.count(user) == 2} == {"U2"}


async def test_the_app_is_told_of_each_as_of_any_reaction(ballot):
    stamps = await ballot.offer("가", "나")
    people = await voted(ballot)
    events = ballot.bot.events("reaction_added")
    assert len(events) == people + 1
    assert {event["item"]["ts"] for event in events} == set(stamps)
    assert BOT_USER_ID not in {event["user"] for event in events}


async def test_whoever_reacted_already_does_not_react_again(ballot):
    stamps = await ballot.offer("가", "나")
    await ballot.server.visitor("U2").react("C1", stamps[0], "+1::skin-tone-4")
    assert await voted(ballot) == 12
    votes = [user for users in who(ballot, stamps) for user in users]
    assert votes.count("U2") == 1
    with pytest.raises(NotAllowed, match="crowd_done"):
        ballot.ws.crowd.start("C1", but="U1")


async def test_colleagues_press_the_emoji_that_the_bot_pressed(ballot):
    stamps = await ballot.offer("가", name="white_check_mark")
    await voted(ballot)
    message = ballot.ws.talk.find("C1", stamps[0])
    assert list(message.reactions) == ["white_check_mark"]


async def test_only_what_was_offered_together_last_gets_reactions(ballot):
    former = await ballot.offer("작년 가", "작년 나")
    ballot.clock.offset = timedelta(seconds=APART_SECONDS + 1)
    newer = await ballot.offer("올해 가", "올해 나")
    await voted(ballot)
    assert who(ballot, former) == [set(), set()]
    assert all(who(ballot, newer))


async def test_candidates_in_a_thread_are_offered_together(ballot):
    await ballot.offer("다른 것")
    parent = await ballot.bot.posts("투표")
    stamps = await ballot.offer("가", "나", thread_ts=parent)
    assert [m.ts for m in ballot.ws.crowd.offers("C1")] == stamps


async def test_without_an_offer_an_outsider_or_an_open_channel_nobody_reacts(ballot):
    await ballot.bot.posts("카드")
    with pytest.raises(NotAllowed, match="crowd_done"):
        ballot.ws.crowd.start("C1", but="U1")
    await ballot.offer("가")
    with pytest.raises(NotAllowed, match="not_in_channel"):
        ballot.ws.crowd.start("C1", but="U3")
    await ballot.server.visitor("U1").archive("C1")
    with pytest.raises(NotAllowed, match="is_archived"):
        ballot.ws.crowd.start("C1", but="U1")


async def test_the_rest_goes_on_when_a_candidate_is_deleted_on_the_way(ballot):
    stamps = await ballot.offer("가", "나")
    ballot.ws.crowd.start("C1", but="U1")
    await ballot.server.visitor("U1").delete("C1", stamps[0])
    await over(ballot)
    assert [m.ts for m in ballot.ws.crowd.offers("C1")] == stamps[1:]
    assert who(ballot, stamps[1:])[0]


async def test_a_channel_archived_on_the_way_hears_no_more(ballot):
    stamps = await ballot.offer("가", "나")
    ballot.ws.crowd.start("C1", but="U1")
    ballot.ws.archive_channel("C1")
    await ballot.ws.crowd.stop()
    assert who(ballot, stamps) == [set(), set()]


async def test_a_second_press_waits_for_the_first_to_end(ballot):
    await ballot.offer("가", "나")
    ballot.ws.crowd.start("C1", but="U1")
    with pytest.raises(NotAllowed, match="crowd_busy"):
        ballot.ws.crowd.start("C1", but="U1")


async def test_a_thousand_reactions_of_three_hundred_people_arrive_doubled_and_shuffled(stage):
    users = [f"U{number}" for number in range(1000, 1300)]
    for id in users:
        stage.ws.add_person(SeedPerson(id, id, "", "", f"{id}@example.kr"))
        stage.ws.invite("C1", id)
    await over(stage)
    stamps = [await stage.bot.posts(f"후보 {number}") for number in range(5)]
    stage.ws.delivery.repeat, stage.ws.delivery.shuffle = 2, 1
    stage.ws.delivery.ack_timeout = 60.0
    stage.ws.hold_delivery()
    done = stage.ws.crowd.storm("C1", stamps, users, 1000, seed=5)
    stage.ws.release()
    await stage.server.visitor("U1").until(lambda: stage.ws.delivery.pending == 0, 60)

    assert len(done) == 1000
    assert 100 < sum(not gesture.add for gesture in done) < 400
    told = [b["event_id"] for b in stage.bot.of("event") if "reaction" in b["event"]]
    assert (len(told), len(set(told))) == (2000, 1000)
    standing: set[tuple[str, str, str]] = set()
    for gesture in done:
        key = (gesture.user, gesture.ts, gesture.name)
        standing = standing | {key} if gesture.add else standing - {key}
    assert standing == {
        (user, ts, name)
        for ts in stamps
        for name, fans in stage.ws.talk.find("C1", ts).reactions.items()
        for user in fans
    }


async def test_the_same_seed_makes_the_same_storm(quiet):
    stamps = [await quiet.bot.posts("가"), await quiet.bot.posts("나")]
    storm = quiet.ws.crowd.storm
    first = storm("C1", stamps[:1], ["U1", "U2"], 20, seed=3)
    again = storm("C1", stamps[1:], ["U1", "U2"], 20, seed=3)
    assert [Gesture(g.user, stamps[1], g.name, g.add) for g in first] == again


async def test_stopping_the_workspace_ends_the_vote(ballot):
    ballot.ws.crowd.pause = (60.0, 60.0)
    await ballot.offer("가")
    ballot.ws.crowd.start("C1", but="U1")
    async with asyncio.timeout(5):
        await ballot.ws.crowd.stop()
    assert len(ballot.ws.talk.find("C1", ballot.ws.crowd.offers("C1")[0].ts).reactions) == 1
