"""Private channels and people of other workspaces, as Slack shows them to the app."""

from collections.abc import AsyncIterator

import aiohttp
import pytest
import pytest_asyncio

from bot.playground.acting import Place
from bot.playground.records import BOT_USER_ID, ENTERPRISE_ID, TEAM_ID
from bot.playground.workspace import SeedChannel, SeedPerson
from tests.playground.blocks import actions, button, field_of, home, modal, section
from tests.playground.stage import Stage, on_sockets, refusal

PARTNER, COLLEAGUE = "U7", "W8"
THEIRS, SISTER = "T0PARTNER0", "T0SISTER00"
PRIVATE = "C3"
GUESTS = (
    SeedPerson(PARTNER, "남협력", "대리", "협력사", "nam@example.com", team=THEIRS),
    SeedPerson(
        COLLEAGUE, "구동료", "주무관", "자매기관", "gu@example.kr",
        team=SISTER, enterprise=ENTERPRISE_ID,
    ),
)  # fmt: skip


@pytest_asyncio.fixture(params=["alone", "grid"])
async def shared(request) -> AsyncIterator[Stage]:
    """A workspace with a private channel and a partner, alone or in a Grid with a colleague."""
    async for stage in on_sockets():
        for guest in GUESTS[: 1 + (request.param == "grid")]:
            stage.ws.add_person(guest)
            stage.ws.invite("C1", guest.id)
        stage.ws.create_channel(SeedChannel(PRIVATE, "감사담당관", ("U1",), private=True))
        await _quiet(stage)
        stage.bot.seen.clear()
        yield stage


async def _quiet(stage):
    await stage.ws.changes.until(lambda: stage.ws.delivery.pending == 0, 5)


def ours(stage):
    """The Grid of our own workspace; None where it is in none."""
    return ENTERPRISE_ID if COLLEAGUE in stage.ws.people else None


async def told(stage, count):
    """The events that the bot was told, with their envelopes."""
    await stage.ws.changes.until(lambda: len(stage.bot.of("event")) >= count, 5)
    await _quiet(stage)
    return stage.bot.of("event")


async def test_what_happens_to_a_private_channel_is_told_in_its_own_words(shared):
    ws = shared.ws
    ws.archive_channel(PRIVATE, by="U1")
    ws.unarchive_channel(PRIVATE, by="U1")
    ws.rename_channel(PRIVATE, "감사과")
    ws.invite(PRIVATE, "U2", by="U1")
    ws.remove(PRIVATE, "U2")
    ws.remove(PRIVATE, BOT_USER_ID, by="U1")
    ws.invite(PRIVATE, BOT_USER_ID, by="U1")
    ws.delete_channel(PRIVATE, by="U1")
    events = [body["event"] for body in await told(shared, 8)]
    assert {event["type"] for event in events} == {
        "group_archive",
        "group_unarchive",
        "group_rename",
        "member_joined_channel",
        "member_left_channel",
        "group_left",
        "group_deleted",
    }
    joined = {e["user"]: e for e in events if e["type"] == "member_joined_channel"}
    assert joined.keys() == {"U2", BOT_USER_ID}
    assert joined["U2"]["channel_type"] == "G"
    assert all("." in event["event_ts"] for event in events)


async def test_of_a_private_channel_without_the_bot_nothing_is_heard_or_seen(shared):
    shared.ws.remove(PRIVATE, BOT_USER_ID)
    await told(shared, 1)
    shared.bot.seen.clear()
    shared.ws.archive_channel(PRIVATE)
    shared.ws.archive_channel("C2")
    assert [body["event"]["channel"] for body in await told(shared, 1)] == ["C2"]
    client = shared.bot.client
    for call in (
        client.conversations_info(channel=PRIVATE),
        client.conversations_members(channel=PRIVATE),
        client.chat_postMessage(channel=PRIVATE, text="카드"),
    ):
        assert await refusal(call) == "channel_not_found"
    kinds = "public_channel,private_channel"
    listed = (await client.conversations_list(types=kinds))["channels"]
    assert PRIVATE not in {channel["id"] for channel in listed}


async def test_a_private_channel_with_the_bot_is_shown_as_one(shared):
    client = shared.bot.client
    (listed,) = (await client.conversations_list(types="private_channel"))["channels"]
    assert (listed["id"], listed["is_private"], listed["is_group"]) == (PRIVATE, True, False)
    await shared.server.visitor("U1").post(PRIVATE, "안녕하세요")
    (event,) = [body["event"] for body in await told(shared, 1)]
    assert (event["channel_type"], event["channel"]) == ("group", PRIVATE)
    found = await client.conversations_history(channel=PRIVATE)
    assert [message["text"] for message in found["messages"]] == ["안녕하세요"]
    shared.ws.manifest.scopes = tuple(s for s in shared.ws.manifest.scopes if "groups" not in s)
    assert await refusal(client.conversations_history(channel=PRIVATE)) == "missing_scope"


async def test_a_command_of_somebody_from_elsewhere_bears_their_workspace(shared):
    await shared.server.visitor(PARTNER).command("C1", "/cut")
    (body,) = shared.bot.of("command")
    assert (body["team_id"], body["team_domain"]) == (THEIRS, THEIRS.lower())
    assert "enterprise_id" not in body


async def test_a_press_on_a_message_names_our_workspace_and_the_persons_own(shared):
    ts = await shared.bot.posts("투표", section("투표"), actions(button("vote")))
    await shared.server.visitor(PARTNER).press(Place(channel="C1", ts=ts), "vote")
    (body,) = shared.bot.of("action")
    assert (body["team"]["id"], body["user"]["team_id"]) == (TEAM_ID, THEIRS)
    assert (body["enterprise"] or {}).get("id") == ours(shared)


async def test_a_view_names_the_persons_own_workspace_and_where_the_app_is_installed(shared):
    shared.bot.opens(modal(field_of("title")))
    visitor = shared.server.visitor(PARTNER)
    await visitor.command("C1", "/cut")
    await visitor.submit(values={"title": "일지"})
    (body,) = shared.bot.of("submission")
    assert (body["team"]["id"], body["user"]["team_id"]) == (THEIRS, THEIRS)
    assert (body["view"]["team_id"], body["view"]["app_installed_team_id"]) == (THEIRS, TEAM_ID)
    assert body["enterprise"] is None


async def test_events_bear_the_team_of_who_caused_them_and_for_whom_they_are(shared):
    ts = await shared.bot.posts("후보")
    visitor = shared.server.visitor(PARTNER)
    await visitor.react("C1", ts, "+1")
    await visitor.open_home()
    for body in await told(shared, 2):
        assert (body["team_id"], body["context_team_id"]) == (THEIRS, TEAM_ID)
        (installed,) = body["authorizations"]
        assert (installed["team_id"], installed["enterprise_id"]) == (TEAM_ID, ours(shared))
    external = {
        body["event"]["type"]: body["is_ext_shared_channel"] for body in shared.bot.of("event")
    }
    assert external == {"reaction_added": True, "app_home_opened": False}


async def test_a_message_of_somebody_from_elsewhere_names_their_team(shared):
    await shared.server.visitor(PARTNER).post("C1", "안녕하세요")
    (body,) = await told(shared, 1)
    assert body["event"]["user_team"] == body["event"]["source_team"] == THEIRS


async def test_a_partner_is_a_stranger_and_a_colleague_of_the_grid_is_not(shared):
    client = shared.bot.client
    partner = (await client.users_info(user=PARTNER))["user"]
    assert (partner["team_id"], partner["is_stranger"]) == (THEIRS, True)
    own = (await client.users_info(user="U1"))["user"]
    assert own.get("enterprise_user", {}).get("enterprise_id") == ours(shared)
    assert (await client.auth_test()).get("enterprise_id") == ours(shared)
    listed = {user["id"] for user in (await client.users_list())["members"]}
    assert not listed & {PARTNER, COLLEAGUE}
    assert await refusal(client.users_lookupByEmail(email="nam@example.com")) == "users_not_found"
    info = (await client.conversations_info(channel="C1"))["channel"]
    assert (info["is_ext_shared"], info["is_org_shared"]) == (True, ours(shared) is not None)
    assert THEIRS in info["shared_team_ids"]


async def test_a_colleague_of_the_grid_acts_as_one_of_the_house():
    async for stage in on_sockets():
        for guest in GUESTS:
            stage.ws.add_person(guest)
        stage.ws.invite("C1", COLLEAGUE)
        visitor = stage.server.visitor(COLLEAGUE)
        await visitor.command("C1", "/cut")
        (command,) = stage.bot.of("command")
        assert (command["team_id"], command["enterprise_id"]) == (SISTER, ENTERPRISE_ID)
        ts = await stage.bot.posts("투표", actions(button("vote")))
        await visitor.press(Place(channel="C1", ts=ts), "vote")
        (press,) = stage.bot.of("action")
        assert (press["user"]["team_id"], press["enterprise"]["id"]) == (SISTER, ENTERPRISE_ID)
        assert press["team"]["enterprise_id"] == ENTERPRISE_ID
        user = (await stage.bot.client.users_info(user=COLLEAGUE))["user"]
        assert user["enterprise_user"]["enterprise_id"] == ENTERPRISE_ID
        assert "is_stranger" not in user


async def test_home_is_published_to_people_of_elsewhere_too(shared):
    await shared.bot.client.views_publish(user_id=PARTNER, view=home(section("안내")))
    assert shared.server.visitor(PARTNER).texts("home") == ["안내"]


@pytest.fixture
async def ask(shared):
    """Asks for something in somebody's window; the answer."""

    async def asked(user, op, **args):
        async with (
            aiohttp.ClientSession() as session,
            session.ws_connect(f"{shared.server.url}/page/ws?user={user}") as line,
        ):
            await line.send_json({"id": 1, "do": op, **args})
            while (frame := await line.receive_json()).get("re") != 1:
                pass
            return frame

    return asked


async def test_a_window_shows_the_channels_that_its_person_may_find(shared, ask):
    found = {user: await ask(user, "start") for user in ("U1", "U2", PARTNER)}
    channels = {
        user: {c["id"] for c in start["channels"] if c["kind"] == "channel"}
        for user, start in found.items()
    }
    assert channels == {"U1": {"C1", "C2", PRIVATE}, "U2": {"C1", "C2"}, PARTNER: {"C1"}}
    homes = {person["id"]: person["home"] for person in found["U1"]["people"]}
    assert (homes["U1"], homes[PARTNER], homes.get(COLLEAGUE, "grid")) == ("", "stranger", "grid")


@pytest.mark.parametrize(("user", "channel"), [("U2", PRIVATE), (PARTNER, "C2")])
async def test_nobody_joins_a_channel_that_they_cannot_find(shared, ask, user, channel):
    assert (await ask(user, "join", channel=channel))["error"] == "channel_not_found"
    assert user not in shared.ws.channel(channel).members


@pytest.mark.parametrize(("op", "on"), [("archive", True), ("bot", False)])
async def test_a_partner_manages_no_channel_and_a_member_does(shared, ask, op, on):
    assert (await ask(PARTNER, op, channel="C1", on=on))["error"] == "restricted_action"
    assert (await ask("U1", op, channel="C1", on=on))["ok"]
    assert (await ask("U1", op, channel="C1", on=not on))["ok"]
    dm = shared.ws.im("U1").id
    assert (await ask("U1", op, channel=dm, on=on))["error"] == "restricted_action"
    types = [body["event"]["type"] for body in await told(shared, 2)]
    wanted = {
        "archive": {"channel_archive", "channel_unarchive"},
        "bot": {"channel_left", "member_joined_channel"},
    }
    assert set(types) == wanted[op]


async def test_who_is_put_out_of_a_private_channel_does_not_see_it_any_more(shared):
    shared.ws.invite(PRIVATE, "U2")
    async with (
        aiohttp.ClientSession() as session,
        session.ws_connect(f"{shared.server.url}/page/ws?user=U2") as line,
    ):
        await line.send_json({"id": 1, "do": "start"})
        while (await line.receive_json()).get("re") != 1:
            pass
        shared.ws.remove(PRIVATE, "U2")
        pushed = [await line.receive_json() for _ in range(2)]
    assert pushed[-1] == {"push": "channel", "channel": {"id": PRIVATE, "deleted": True}}
