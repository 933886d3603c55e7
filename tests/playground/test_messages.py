"""Messages, threads and reactions keep Slack's rules."""

from functools import partial
from typing import Any

import pytest

from bot.playground.records import BOT_USER_ID, NotAllowed
from tests.playground.blocks import actions, button, section
from tests.playground.stage import refusal


async def test_a_post_keeps_its_metadata_for_whoever_asks(quiet):
    key = {"event_type": "delivery", "event_payload": {"key": "k-1"}}
    client = quiet.bot.client
    await client.chat_postMessage(channel="C1", text="카드", metadata=key)
    await client.chat_postMessage(channel="C1", text="다음")
    without = await client.conversations_history(channel="C1")
    full = await client.conversations_history(channel="C1", include_all_metadata=True)
    assert [m["text"] for m in full["messages"]] == ["다음", "카드"]
    assert full["messages"][1]["metadata"] == key
    assert all("metadata" not in m for m in without["messages"])


async def test_an_update_keeps_what_it_does_not_mention(quiet):
    client = quiet.bot.client
    key = {"event_type": "delivery", "event_payload": {"key": "k-1"}}
    sent = await client.chat_postMessage(
        channel="C1", text="카드", blocks=[section("하나")], metadata=key
    )
    await client.chat_update(channel="C1", ts=sent["ts"], text="카드 2")
    found = await client.conversations_history(channel="C1", include_all_metadata=True)
    (message,) = found["messages"]
    assert message["text"] == "카드 2"
    assert message["blocks"][0]["text"]["text"] == "하나"
    assert message["metadata"] == key
    assert message["edited"]["ts"] > sent["ts"]


async def test_what_cannot_be_posted_is_refused_by_name(quiet):
    client, ws = quiet.bot.client, quiet.ws
    ts = await quiet.bot.posts("카드")
    person = await quiet.server.visitor("U1").post("C1", "사람의 글")
    reply = await client.chat_postMessage(channel="C1", text="답글", thread_ts=ts)
    post = partial(client.chat_postMessage, channel="C1", text="a")
    update = partial(client.chat_update, channel="C1", ts=ts, text="a")
    refusals = {
        "no_text": partial(client.api_call, "chat.postMessage", json={"channel": "C1"}),
        "channel_not_found": partial(post, channel="C404"),
        "not_in_channel": partial(post, channel="C2"),
        "invalid_blocks": partial(post, blocks=[section("")]),
        "invalid_metadata_format": partial(post, metadata={"event_type": "x"}),
        "thread_not_found": partial(post, thread_ts="1.1"),
        "cannot_reply_to_message": partial(post, thread_ts=reply["ts"]),
        "msg_blocks_too_long": partial(post, blocks=[section("가" * 2700) for _ in range(5)]),
        "msg_too_long": partial(update, text="가" * 4001),
        "cant_update_message": partial(update, ts=person.ts),
        "message_not_found": partial(update, ts="1.1"),
        "cant_delete_message": partial(client.chat_delete, channel="C1", ts=person.ts),
        "user_not_in_channel": partial(
            client.chat_postEphemeral, channel="C1", user="U3", text="a"
        ),
    }
    for name, call in refusals.items():
        assert await refusal(call()) == name
    ws.archive_channel("C1")
    assert await refusal(post()) == "is_archived"
    assert await refusal(update()) == "is_inactive"


async def test_an_ephemeral_message_is_seen_by_one_and_has_no_history(quiet):
    client = quiet.bot.client
    await client.chat_postEphemeral(channel="C1", user="U2", text="당신만")
    history = await client.conversations_history(channel="C1")
    assert history["messages"] == []
    assert quiet.server.visitor("U1").messages("C1") == []
    assert quiet.server.visitor("U2").texts("C1") == ["당신만"]


async def test_a_direct_message_goes_to_the_persons_id(quiet):
    client, v = quiet.bot.client, quiet.server.visitor("U3")
    sent = await client.chat_postMessage(channel="U3", text="안녕하세요")
    opened = await client.conversations_open(users="U3")
    assert sent["channel"] == opened["channel"]["id"] == v.dm
    assert v.texts(v.dm) == ["안녕하세요"]
    assert await refusal(client.conversations_open(users="U9")) == "user_disabled"
    assert await refusal(client.conversations_open(users="U404")) == "user_not_found"


async def test_threads_hang_below_their_parent(quiet):
    client, v = quiet.bot.client, quiet.server.visitor("U1")
    ts = await quiet.bot.posts("카드")
    first = await client.chat_postMessage(channel="C1", text="답글", thread_ts=ts)
    await v.post("C1", "사람의 답글", ts)
    thread = (await client.conversations_replies(channel="C1", ts=ts))["messages"]
    assert [m["text"] for m in thread] == ["카드", "답글", "사람의 답글"]
    assert thread[0]["reply_count"] == 2
    assert [m["text"] for m in v.messages("C1")] == ["카드"]
    link = await client.chat_getPermalink(channel="C1", message_ts=first["ts"])
    assert link["permalink"].endswith(f"?thread_ts={ts}&cid=C1")
    assert await refusal(client.conversations_replies(channel="C1", ts="1.1")) == "thread_not_found"


async def test_a_deleted_parent_leaves_a_tombstone_and_a_deleted_message_nothing(quiet):
    client, v = quiet.bot.client, quiet.server.visitor("U1")
    ts = await quiet.bot.posts("카드")
    await client.chat_postMessage(channel="C1", text="답글", thread_ts=ts)
    alone = await quiet.bot.posts("혼자")
    await client.chat_delete(channel="C1", ts=ts)
    await v.delete("C1", alone)
    assert [m.get("subtype") for m in v.messages("C1")] == ["tombstone"]
    gone = client.reactions_get(channel="C1", timestamp=alone)
    assert await refusal(gone) == "message_not_found"


async def test_history_comes_in_pages_between_two_times(quiet):
    client = quiet.bot.client
    stamps = [await quiet.bot.posts(str(n)) for n in range(5)]
    first = await client.conversations_history(channel="C1", limit=2)
    cursor = first["response_metadata"]["next_cursor"]
    second = await client.conversations_history(channel="C1", limit=2, cursor=cursor)
    texts = [m["text"] for page in (first, second) for m in page["messages"]]
    assert texts == ["4", "3", "2", "1"]
    assert second["has_more"]
    between = await client.conversations_history(channel="C1", oldest=stamps[1], latest=stamps[3])
    assert [m["text"] for m in between["messages"]] == ["2"]
    closed = await client.conversations_history(channel="C1", oldest=stamps[3], inclusive=True)
    assert [m["text"] for m in closed["messages"]] == ["4", "3"]
    assert await refusal(client.conversations_history(channel="C1", cursor="x")) == "invalid_cursor"


async def test_reactions_are_named_in_part_and_counted_whole(quiet):
    client = quiet.bot.client
    ts = await quiet.bot.posts("투표")
    message = quiet.ws.talk.find("C1", ts)
    message.reactions["+1"] = [f"U{n}" for n in range(100, 170)]
    part = (await client.reactions_get(channel="C1", timestamp=ts))["message"]["reactions"]
    full = await client.reactions_get(channel="C1", timestamp=ts, full=True)
    assert (len(part[0]["users"]), part[0]["count"]) == (50, 70)
    assert len(full["message"]["reactions"][0]["users"]) == 70


async def test_reactions_are_added_once_and_removed_by_their_owner(quiet):
    client, v = quiet.bot.client, quiet.server.visitor("U1")
    ts = await quiet.bot.posts("투표")
    at = {"channel": "C1", "timestamp": ts}
    await client.reactions_add(**at, name="+1")
    await v.react("C1", ts, "+1::skin-tone-2")
    await v.react("C1", ts, "+1")
    errors = [
        await refusal(client.reactions_add(**at, name="+1")),
        await refusal(client.reactions_add(**at, name="No Emoji")),
        await refusal(client.reactions_remove(**at, name="heart")),
    ]
    assert errors == ["already_reacted", "invalid_name", "no_reaction"]
    await client.reactions_remove(**at, name="+1")
    assert v.message("C1")["reactions"] == [
        {"name": "+1", "users": ["U1"], "count": 1},
        {"name": "+1::skin-tone-2", "users": ["U1"], "count": 1},
    ]
    quiet.ws.archive_channel("C1")
    assert await refusal(client.reactions_add(**at, name="eyes")) == "is_archived"
    quiet.ws.remove("C1", BOT_USER_ID)
    assert await refusal(client.reactions_get(**at)) == "not_in_channel"


async def test_a_response_url_works_five_times_within_half_an_hour(socket_stage):
    urls = []

    @socket_stage.bot.on("command")
    async def kept(ack, body, respond, **_):
        urls.append(respond)
        await ack()

    v = socket_stage.server.visitor("U1")
    await v.command("C1", "/cut")
    await v.command("C1", "/cut")
    for number in range(5):
        assert (await urls[0](f"답 {number}")).status_code == 200
    assert (await urls[0]("여섯째")).status_code == 404
    await urls[1](text="모두에게", response_type="in_channel")
    socket_stage.clock.ahead = 1801
    assert (await urls[1]("늦은 답")).status_code == 404
    assert len(v.messages("C1")) == 6
    assert socket_stage.server.visitor("U2").texts("C1") == ["모두에게"]


async def test_an_ephemeral_answer_is_replaced_and_deleted_by_its_own_button(stage):
    replies: list[dict[str, Any]] = [
        {"text": "둘째 쪽", "replace_original": True},
        {"delete_original": True},
    ]

    @stage.bot.on("action")
    async def paged(ack, respond, **_):
        await ack()
        await respond(**replies.pop(0))

    stage.bot.answers("command", {"text": "첫 쪽", "blocks": [actions(button("next"))]})
    v = stage.server.visitor("U1")
    await v.command("C1", "/cut list")
    page = v.message("C1")
    await v.click("next", page)
    await v.until(lambda: v.message("C1", "둘째 쪽"))
    assert "message" not in stage.bot.of("action")[0]
    await v.press(page, "next")
    await v.until(lambda: v.messages("C1") == [])


async def test_a_command_answered_to_the_channel_is_seen_by_all(stage):
    stage.bot.answers("command", {"text": "모두", "response_type": "in_channel"})
    await stage.server.visitor("U1").command("C1", "/cut")
    assert stage.server.visitor("U2").texts("C1") == ["모두"]


async def test_what_ends_a_vote_is_told_and_refused(socket_stage):
    """The message is deleted, the channel archived, the bot put out of it."""
    stage, client = socket_stage, socket_stage.bot.client
    v = stage.server.visitor("U1")
    gone, ts = await stage.bot.posts("지울 후보"), await stage.bot.posts("후보")
    at = {"channel": "C1", "timestamp": ts}
    await v.delete("C1", gone)
    refused = [await refusal(client.reactions_get(channel="C1", timestamp=gone))]
    await v.archive("C1")
    refused += [await refusal(client.reactions_add(**at, name="+1"))]
    with pytest.raises(NotAllowed, match="is_archived"):
        await v.react("C1", ts, "+1")
    assert (await client.reactions_get(**at, full=True))["ok"]
    await v.unarchive("C1")
    await v.remove("C1")
    refused += [await refusal(client.reactions_get(**at))]
    refused += [await refusal(client.reactions_add(**at, name="+1"))]
    await v.react("C1", ts, "+1")
    await v.invite("C1")
    await v.react("C1", ts, "+1::skin-tone-3")
    refused += [await refusal(client.reactions_get(channel="C404", timestamp=ts))]
    assert refused == [
        "message_not_found",
        "is_archived",
        "not_in_channel",
        "not_in_channel",
        "channel_not_found",
    ]
    await v.until(lambda: stage.ws.delivery.pending == 0)
    told = {body["event"]["type"] for body in stage.bot.of("event")}
    assert told == {
        "channel_archive",
        "channel_unarchive",
        "channel_left",
        "member_joined_channel",
        "reaction_added",
    }
    # What happened while the bot was away is told to nobody.
    assert [e["reaction"] for e in stage.bot.events("reaction_added")] == ["+1::skin-tone-3"]
