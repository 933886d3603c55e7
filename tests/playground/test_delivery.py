"""Events reach the bot as Slack sends them: retried, several times, out of order."""

import asyncio
import json

import aiohttp
import pytest

from bot.playground.records import BOT_USER_ID
from bot.playground.signed_http import sign
from tests.playground.blocks import actions, button
from tests.playground.stage import APP_TOKEN


async def reacted(stage, *names):
    """Reactions by a person on a message of the bot."""
    ts = await stage.bot.posts("투표")
    for name in names:
        await stage.server.visitor("U1").react("C1", ts, name)
    return ts


async def test_a_reaction_is_told_with_its_event_id(stage):
    ts = await reacted(stage, "+1::skin-tone-3")
    await stage.server.visitor("U1").until(lambda: stage.bot.events("reaction_added"))
    (body,) = stage.bot.of("event")
    assert body["event"]["reaction"] == "+1::skin-tone-3"
    assert body["event"]["item"] == {"type": "message", "channel": "C1", "ts": ts}
    assert body["event"]["item_user"] == BOT_USER_ID
    assert body["event_id"].startswith("Ev")
    assert body["authorizations"][0]["user_id"] == BOT_USER_ID


async def test_the_bots_own_reactions_are_delivered_and_dropped_by_bolt(stage):
    ts = await stage.bot.posts("투표")
    await stage.bot.client.reactions_add(channel="C1", timestamp=ts, name="+1")
    await stage.server.visitor("U1").until(lambda: stage.ws.delivery.pending == 0)
    assert stage.bot.events("reaction_added") == []
    assert stage.ws.delivery.lost == []


async def test_an_event_that_fails_is_retried_three_times_and_then_lost(stage):
    stage.ws.delivery.schedule = (0.0, 0.01, 0.01)
    stage.ws.delivery.ack_timeout = 0.1

    @stage.bot.on("event")
    async def failing(**_):
        raise RuntimeError("no")

    await reacted(stage, "+1")
    await stage.server.visitor("U1").until(lambda: stage.ws.delivery.lost)
    assert len({body["event_id"] for body in stage.bot.of("event")}) == 1
    retries = [(number, reason) for number, reason in stage.bot.retries if number != "0"]
    assert [number for number, _ in retries] == ["1", "2", "3"]
    assert {reason for _, reason in retries} <= {"timeout", "http_error"}


async def test_events_held_back_arrive_as_one_shuffled_pile(stage):
    stage.ws.delivery.repeat, stage.ws.delivery.shuffle = 4, 7
    stage.ws.hold_delivery()
    names = ["one", "two", "three", "four", "five"]
    await reacted(stage, *names)
    assert stage.bot.of("event") == []
    stage.ws.release()
    await stage.server.visitor("U1").until(lambda: stage.ws.delivery.pending == 0)
    told = [event["reaction"] for event in stage.bot.events("reaction_added")]
    assert sorted(told) == sorted(names * 4)
    assert told != [name for name in names for _ in range(4)]


async def test_an_event_nobody_subscribed_to_is_not_sent(stage):
    v = stage.server.visitor("U3")
    await v.post("C2", "봇이 없는 방")
    await stage.server.visitor("U1").post("C1", "봇이 있는 방")
    await v.until(lambda: stage.bot.events("message"))
    assert [event["text"] for event in stage.bot.events("message")] == ["봇이 있는 방"]


async def test_after_all_connections_closed_the_app_comes_back(socket_stage):
    ws, v = socket_stage.ws, socket_stage.server.visitor("U1")
    await ws.kick()
    await v.until(lambda: ws.calls["apps.connections.open"] == 2 and ws.delivery.online)
    assert (await v.command("C1", "/cut")).ok


async def test_after_the_line_was_cut_the_app_comes_back(socket_stage):
    ws, v = socket_stage.ws, socket_stage.server.visitor("U1")
    await ws.kick(rudely=True)
    await v.until(lambda: ws.calls["apps.connections.open"] == 2 and ws.delivery.online)
    assert (await v.command("C1", "/cut")).ok


async def test_a_disconnect_frame_makes_the_app_connect_anew(socket_stage):
    ws, v = socket_stage.ws, socket_stage.server.visitor("U1")
    await ws.disconnect("warning")
    await v.until(lambda: ws.calls["apps.connections.open"] == 2)
    assert (await v.command("C1", "/cut")).ok


async def test_without_a_connection_a_command_fails_at_once(quiet):
    answer = await quiet.server.visitor("U1").command("C1", "/cut")
    assert answer.error == "dispatch_failed"


async def test_an_envelope_whose_connection_closed_goes_over_another(quiet):
    async with aiohttp.ClientSession() as session:
        one, two = await connect(quiet, session), await connect(quiet, session)
        assert [(await c.receive_json())["num_connections"] for c in (one, two)] == [1, 2]
        command = quiet.server.visitor("U1").command("C1", "/cut")
        answer, envelope = await answered(command, one, two)
        assert answer.ok
        assert envelope["type"] == "slash_commands"
        assert envelope["accepts_response_payload"] is True


async def answered(command, one, two):
    """Close the connection that got the envelope, and acknowledge it on the other."""
    task = asyncio.ensure_future(command)
    got = {asyncio.ensure_future(c.receive_json()): c for c in (one, two)}
    done, waiting = await asyncio.wait(got, return_when=asyncio.FIRST_COMPLETED)
    first = done.pop()
    await got[first].close()
    again = await waiting.pop()
    assert again == first.result()
    other = two if got[first] is one else one
    await other.send_str(json.dumps({"envelope_id": again["envelope_id"], "payload": {}}))
    return await task, again


async def connect(stage, session):
    """A bare websocket of the app."""
    answer = await stage.bot.client.apps_connections_open(app_token=APP_TOKEN)
    return await session.ws_connect(answer["url"])


async def test_an_eleventh_connection_is_one_too_many(quiet):
    async with aiohttp.ClientSession() as session:
        sockets = [await connect(quiet, session) for _ in range(11)]
        frame = await sockets[-1].receive_json()
    assert (frame["type"], frame["reason"]) == ("disconnect", "too_many_websockets")


async def test_an_address_of_a_websocket_grows_old(quiet):
    answer = await quiet.bot.client.apps_connections_open(app_token=APP_TOKEN)
    quiet.clock.ahead = 31
    async with aiohttp.ClientSession() as session:
        with pytest.raises(aiohttp.WSServerHandshakeError):
            await session.ws_connect(answer["url"])


async def test_the_request_url_proves_itself(http_stage):
    assert await http_stage.ws.delivery.transport.verify()


async def test_requests_are_signed_as_slacks_own_example():
    secret = "8f742231b10e8888abcd99yyyzzz85a5"
    body = (
        b"token=xyzz0WbapA4vBCDEFasx0q6G&team_id=T1DC2JH3J&team_domain=testteamnow"
        b"&channel_id=G8PSS9T3V&channel_name=foobar&user_id=U2CERLKJA&user_name=roadrunner"
        b"&command=%2Fwebhook-collect&text=&response_url=https%3A%2F%2Fhooks.slack.com%2F"
        b"commands%2FT1DC2JH3J%2F397700885554%2F96rGlfmibIGlgcZRskXaIFfN"
        b"&trigger_id=398738663015.47445629121.803a0bc887a14d10d2c447fce8b6703c"
    )
    expected = "v0=a2114d57b48eac39b9ad189dd8316235a7b4a8d21a10bd27519666489c69b503"
    assert sign(secret, "1531420618", body) == expected


async def test_a_bot_with_another_secret_refuses_what_we_send(http_stage):
    http_stage.ws.delivery.transport._secret = "another"
    answer = await http_stage.server.visitor("U1").command("C1", "/cut")
    assert (answer.error, answer.status) == ("dispatch_failed", 401)


async def test_connections_are_refused_when_delivery_is_http(http_stage):
    client = http_stage.bot.client
    with pytest.raises(Exception, match="not_allowed"):
        await client.apps_connections_open(app_token=APP_TOKEN)


async def test_a_press_in_a_thread_says_so(stage):
    ts = await stage.bot.posts("카드")
    await stage.bot.client.chat_postMessage(
        channel="C1", text="답글", thread_ts=ts, blocks=[actions(button("ok"))]
    )
    v = stage.server.visitor("U1")
    await v.click("ok", v.message("C1", thread_ts=ts))
    assert stage.bot.of("action")[0]["container"]["thread_ts"] == ts
