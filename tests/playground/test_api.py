"""Calls of the API: tokens, scopes, lists, people, files; and the faults of bad days."""

import asyncio
from functools import partial

import aiohttp
import pytest
from slack_sdk.errors import SlackApiError
from slack_sdk.web.async_client import AsyncWebClient

from bot.playground.records import BOT_USER_ID
from bot.playground.server import start
from bot.playground.workspace import SeedChannel, SeedPerson, Workspace
from tests.playground.stage import (
    APP_TOKEN,
    BOT_TOKEN,
    CHANNELS,
    PEOPLE,
    SECRET,
    HandClock,
    make_workspace,
    manifest,
    refusal,
)


async def test_tokens_are_told_apart(quiet):
    url = quiet.server.api_url
    clients = {
        "not_authed": AsyncWebClient(base_url=url),
        "invalid_auth": AsyncWebClient(token="xoxb-other", base_url=url),
        "not_allowed_token_type": AsyncWebClient(token=APP_TOKEN, base_url=url),
    }
    for error, client in clients.items():
        assert await refusal(client.users_info(user="U1")) == error
    bot = quiet.bot.client
    assert await refusal(bot.apps_connections_open(app_token=BOT_TOKEN)) == "not_allowed_token_type"
    assert await refusal(bot.api_call("pins.add")) == "unknown_method"


async def test_the_app_learns_who_it_is(quiet):
    answer = await quiet.bot.client.auth_test()
    assert answer["user_id"] == BOT_USER_ID
    assert "chat:write" in answer.headers["x-oauth-scopes"]


async def test_a_scope_the_manifest_lacks_is_missed():
    source = manifest()
    source["oauth_config"]["scopes"]["bot"] = ["commands", "chat:write"]
    source["settings"]["event_subscriptions"]["bot_events"] = []
    ws = Workspace(source, PEOPLE, CHANNELS, None, HandClock(), BOT_TOKEN, APP_TOKEN, SECRET)
    server = await start(ws)
    client = AsyncWebClient(token=BOT_TOKEN, base_url=server.api_url)
    with pytest.raises(SlackApiError) as error:
        await client.reactions_get(channel="C1", timestamp="1.1")
    await server.stop()
    assert error.value.response["needed"] == "reactions:read"
    assert error.value.response["provided"] == "commands,chat:write"


def test_a_manifest_slack_would_not_install_is_refused_whole():
    source = manifest(slash_commands=[{"command": "cut"}])
    source["oauth_config"]["scopes"]["bot"] = ["commands"]
    source["settings"]["event_subscriptions"]["bot_events"] = ["user_change", "star_added"]
    with pytest.raises(ValueError, match=r"star_added.*user_change needs.*starts with /"):
        Workspace(source, PEOPLE, CHANNELS, None, HandClock(), BOT_TOKEN, APP_TOKEN, SECRET)


async def test_people_are_found_by_id_and_address(quiet):
    client = quiet.bot.client
    user = (await client.users_info(user="U3", include_locale=True))["user"]
    assert (user["locale"], user["tz"]) == ("en-US", "Asia/Seoul")
    assert user["profile"]["email"] == "sechan@example.kr"
    found = await client.users_lookupByEmail(email="HANA@example.kr")
    assert found["user"]["id"] == "U1"
    gone = client.users_lookupByEmail(email="geuman@example.kr")
    assert await refusal(gone) == "users_not_found"
    assert await refusal(client.users_info(user="U404")) == "user_not_found"
    members = [
        user["id"] async for page in await client.users_list(limit=2) for user in page["members"]
    ]
    assert members == [BOT_USER_ID, "U1", "U2", "U3", "U9", "USLACKBOT"]


async def test_channels_are_listed_with_their_members(quiet):
    client = quiet.bot.client
    quiet.ws.archive_channel("C2")
    everything = (await client.conversations_list())["channels"]
    assert [(c["id"], c["is_member"]) for c in everything] == [("C1", True), ("C2", False)]
    living = (await client.conversations_list(exclude_archived=True))["channels"]
    assert [c["id"] for c in living] == ["C1"]
    mine = (await client.users_conversations(user="U3"))["channels"]
    assert [c["id"] for c in mine] == ["C2"]
    members = await client.conversations_members(channel="C1", limit=2)
    assert members["members"] == ["U1", "U2"]
    cursor = members["response_metadata"]["next_cursor"]
    rest = await client.conversations_members(channel="C1", limit=2, cursor=cursor)
    assert rest["members"] == [BOT_USER_ID]
    info = (await client.conversations_info(channel="C1", include_num_members=True))["channel"]
    assert (info["name"], info["num_members"]) == ("문화정책과", 3)
    assert await refusal(client.conversations_info(channel="C404")) == "channel_not_found"
    assert await refusal(client.conversations_history(channel="C2")) == "not_in_channel"


async def test_what_happens_to_people_and_channels_is_told(stage):
    ws = stage.ws
    ws.add_person(SeedPerson("U5", "새사람", "주무관", "감사실", "new@example.kr"))
    ws.change_person("U2", deleted=True)
    ws.invite("C1", "U5", by="U1")
    ws.rename_channel("C1", "문화산업과")
    ws.archive_channel("C1")
    ws.unarchive_channel("C1")
    ws.change_channel_id("C1", "C11")
    ws.remove("C11", "U5")
    ws.create_channel(SeedChannel("C7", "없앨 방", ("U1",)))
    ws.delete_channel("C7")
    await stage.server.visitor("U1").until(lambda: len(stage.bot.of("event")) == 9)
    told = {body["event"]["type"]: body["event"] for body in stage.bot.of("event")}
    assert told["team_join"]["user"]["id"] == "U5"
    assert told["user_change"]["user"]["deleted"] is True
    assert told["member_joined_channel"]["inviter"] == "U1"
    assert told["channel_rename"]["channel"]["name"] == "문화산업과"
    assert told["channel_archive"]["channel"] == "C1"
    assert told["channel_unarchive"]["channel"] == "C1"
    assert told["channel_id_changed"]["new_channel_id"] == "C11"
    assert told["member_left_channel"]["user"] == "U5"
    assert told["channel_deleted"]["channel"] == "C7"
    gone = stage.bot.client.conversations_info(channel="C7")
    assert await refusal(gone) == "channel_not_found"


async def test_the_bot_hears_of_its_own_removal(stage):
    stage.ws.remove("C1", BOT_USER_ID, by="U1")
    await stage.server.visitor("U1").until(lambda: stage.bot.events("channel_left"))
    (event,) = stage.bot.events("channel_left")
    assert (event["channel"], event["actor_id"]) == ("C1", "U1")
    assert stage.bot.events("member_left_channel") == []
    assert await refusal(stage.bot.posts("카드")) == "not_in_channel"


async def test_a_file_goes_up_in_three_steps_and_down_with_the_token(quiet):
    client = quiet.bot.client
    answer = await client.files_upload_v2(
        channel="C1", filename="총괄표.xlsx", content=b"bytes", initial_comment="여기요"
    )
    file = answer["file"]
    shown = quiet.server.visitor("U1").message("C1", "여기요")
    assert shown["files"][0]["name"] == "총괄표.xlsx"
    info = (await client.files_info(file=file["id"]))["file"]
    assert info["shares"]["public"]["C1"][0]["ts"] == shown["ts"]
    async with aiohttp.ClientSession() as session:
        auth = {"Authorization": f"Bearer {BOT_TOKEN}"}
        async with session.get(file["url_private"], headers=auth) as got:
            assert await got.read() == b"bytes"
        async with session.get(file["url_private"], allow_redirects=False) as got:
            assert got.status == 302
        async with session.get(file["permalink"]) as got:
            assert await got.read() == b"bytes"


async def test_a_file_without_its_bytes_cannot_be_shared(quiet):
    client = quiet.bot.client
    ticket = await client.files_getUploadURLExternal(filename="a.txt", length=3)
    done = partial(client.files_completeUploadExternal, files=[{"id": ticket["file_id"]}])
    assert await refusal(done(channel_id="C1")) == "file_not_found"
    async with aiohttp.ClientSession() as session:
        async with session.post(ticket["upload_url"], data=b"four") as got:
            assert got.status == 400
        async with session.post(ticket["upload_url"], data=b"abc") as got:
            assert await got.text() == "OK - 3"
    assert await refusal(done(channel_id="C2")) == "not_in_channel"
    await done()
    assert (await client.files_info(file=ticket["file_id"]))["file"]["shares"]["public"] == {}


async def test_a_rate_limit_says_how_long_to_wait(quiet):
    quiet.ws.faults.add("chat.postMessage", "429", times=2, seconds=7)
    for _ in range(2):
        with pytest.raises(SlackApiError) as error:
            await quiet.bot.posts("카드")
        assert error.value.response.status_code == 429
        assert error.value.response.headers["Retry-After"] == "7"
    await quiet.bot.posts("카드")
    assert quiet.ws.calls["chat.postMessage"] == 3
    assert [entry.result["ok"] for entry in quiet.ws.log] == [False, False, True]


@pytest.mark.parametrize(
    ("kind", "posted"),
    [("500", 0), ("503", 0), ("drop", 0), ("reset", 1), ("invalid_json", 1), ("hang", 1)],
)
async def test_a_fault_takes_effect_or_not_as_its_name_says(quiet, kind, posted):
    client = AsyncWebClient(
        token=BOT_TOKEN, base_url=quiet.server.api_url, retry_handlers=[], timeout=1
    )
    quiet.ws.faults.add("chat.postMessage", kind)
    with pytest.raises((SlackApiError, aiohttp.ClientError, asyncio.TimeoutError)):
        await client.chat_postMessage(channel="C1", text="카드")
    assert len(quiet.server.visitor("U1").messages("C1")) == posted


async def test_the_sdks_own_retry_posts_twice_after_a_reset(quiet):
    quiet.ws.faults.add("chat.postMessage", "reset")
    await quiet.bot.posts("두 번")
    assert quiet.server.visitor("U1").texts("C1") == ["두 번", "두 번"]


async def test_a_fault_can_be_late_or_any_error(quiet):
    quiet.ws.faults.add("*", "error", code="fatal_error")
    assert await refusal(quiet.bot.posts("카드")) == "fatal_error"
    quiet.ws.faults.add("chat.postMessage", "delay", seconds=0.01)
    await quiet.bot.posts("카드")
    quiet.ws.faults.add("chat.postMessage", "429", times=9)
    quiet.ws.faults.clear("chat.postMessage")
    await quiet.bot.posts("카드")
    with pytest.raises(ValueError, match="no such fault"):
        quiet.ws.faults.add("chat.postMessage", "earthquake")


async def test_the_workspace_lasts_between_runs(tmp_path):
    path = tmp_path / "workspace.db"
    first = await start(make_workspace(path=path))
    client = AsyncWebClient(token=BOT_TOKEN, base_url=first.api_url)
    v = first.visitor("U1")
    ts = (await client.chat_postMessage(channel="C1", text="카드"))["ts"]
    await client.views_publish(user_id="U1", view={"type": "home", "blocks": []})
    await client.chat_postEphemeral(channel="C1", user="U1", text="잊힐 말")
    await v.react("C1", ts, "+1")
    await v.post("C1", "답글", ts)
    uploaded = await v.upload("a.txt", b"abc")
    first.ws.change_person("U2", title="과장")
    first.ws.archive_channel("C2")
    await first.stop()

    second = await start(make_workspace(path=path))
    v = second.visitor("U1")
    assert v.texts("C1") == ["카드"]
    assert v.message("C1")["reactions"][0]["users"] == ["U1"]
    assert [m["text"] for m in v.messages("C1", ts)] == ["카드", "답글"]
    assert v.home["type"] == "home"
    assert second.ws.store.bytes_of(uploaded["id"]) == b"abc"
    assert second.ws.people["U2"].title == "과장"
    assert second.ws.channels["C2"].archived
    assert (await v.post("C1", "새 글")).ts > ts
    await second.stop()


async def test_it_listens_on_this_machine_only(quiet):
    with pytest.raises(ValueError, match="this machine only"):
        await start(make_workspace(), host="0.0.0.0")  # noqa: S104 - the point of the test
