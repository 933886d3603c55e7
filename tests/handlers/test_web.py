"""The HTTP edge: signed requests through Bolt, health, readiness, metrics, a clean stop."""

import asyncio
import json
from typing import Any
from urllib.parse import urlencode

import aiohttp
import pytest

from handlers.context import Context
from handlers.reply import Nothing, OpenView, Reply, Say, UpdateView
from handlers.web import Web
from tests.handlers import payloads
from tests.handlers.conftest import FORM, House, Site


async def test_a_signed_command_is_answered_in_the_ack(site: Site, house: House) -> None:
    async def handler(context: Context) -> Reply:
        return Say(text=f"받음: {context.inbound.text}")

    house.router.command("/cut", handler)
    status, text = await site.post(urlencode(payloads.command("일지 폐지")))
    assert status == 200
    assert json.loads(text) == {"text": "받음: 일지 폐지", "response_type": "ephemeral"}


async def test_a_title_may_hold_the_word_payload(site: Site, house: House) -> None:
    async def handler(context: Context) -> Reply:
        return Say(text=context.inbound.text)

    house.router.command("/cut", handler)
    for title in ("payload 점검 폐지", "payload 점검+폐지 " * 3000):
        status, text = await site.post(urlencode(payloads.command(title)))
        assert status == 200
        assert json.loads(text)["text"].strip() == title.strip()


async def test_every_kind_of_payload_finds_its_handler(site: Site, house: House) -> None:
    seen: list[str] = []

    async def handler(context: Context) -> Reply:
        seen.append(context.inbound.kind)
        return Nothing()

    house.router.action("act.note", handler)
    house.router.view("propose", handler)
    house.router.closed("propose", handler)
    house.router.options("department", handler)
    house.router.shortcut("propose", handler)
    house.router.shortcut("propose_message", handler)
    house.router.event("app_home_opened", handler)
    bodies: list[Any] = [
        payloads.press_in_modal(), payloads.press_in_home(), payloads.submission(),
        payloads.closed(), payloads.suggestion("가"), payloads.shortcut(),
        payloads.message_shortcut("https://x/1"),
    ]  # fmt: skip
    for body in bodies:
        assert (await site.post(urlencode({"payload": json.dumps(body)})))[0] == 200
    assert (await site.post(json.dumps(payloads.event()), "application/json"))[0] == 200
    assert seen == [
        "action", "action", "view", "closed", "options", "shortcut", "shortcut", "event",
    ]  # fmt: skip


async def test_a_submission_without_more_to_say_has_an_empty_ack(site: Site, house: House) -> None:
    async def handler(_: Context) -> Reply:
        return Nothing()

    house.router.view("propose", handler)
    body = urlencode({"payload": json.dumps(payloads.submission())})
    assert await site.post(body) == (200, "")


async def test_an_event_that_failed_is_told_to_slack_and_its_retry_is_known(
    site: Site, house: House
) -> None:
    retried: list[bool] = []

    async def handler(context: Context) -> Reply:
        retried.append(context.inbound.retried)
        if len(retried) == 1:
            raise ConnectionError("away")
        return Nothing()

    house.router.event("app_home_opened", handler)
    body = json.dumps(payloads.event())
    assert (await site.post(body, "application/json"))[0] == 500
    assert (await site.post(body, "application/json", X_Slack_Retry_Num="1"))[0] == 200
    assert retried == [False, True]


async def test_what_the_bot_did_itself_is_acked_and_goes_nowhere(site: Site) -> None:
    body = json.dumps(payloads.event("reaction_added", user="UBOT"))
    assert (await site.post(body, "application/json"))[0] == 200


async def test_slack_may_ask_whether_the_address_is_right(site: Site) -> None:
    body = json.dumps({"type": "url_verification", "token": "t", "challenge": "abc"})
    assert (await site.post(body, "application/json"))[1].count("abc") == 1


@pytest.mark.parametrize(
    "headers",
    [
        {"X_Slack_Signature": "v0=" + "0" * 64},
        {"X_Slack_Signature": "v0=가나"},
        {"X_Slack_Signature": ""},
        {"X_Slack_Request_Timestamp": "1000000000"},
        {"X_Slack_Request_Timestamp": "soon"},
        {"X_Slack_Request_Timestamp": "²"},
        {"X_Slack_Request_Timestamp": "1" * 13},
        {"X_Slack_Request_Timestamp": "1" * 5000},
    ],
)
async def test_an_unsigned_request_reaches_nobody(
    site: Site, house: House, headers: dict[str, str]
) -> None:
    seen: list[Context] = []

    async def handler(context: Context) -> Reply:
        seen.append(context)
        return Nothing()

    house.router.command("/cut", handler)
    status, _ = await site.post(urlencode(payloads.command()), **headers)
    assert status == 401
    assert seen == []


@pytest.mark.parametrize(
    "body", ["{", "[]", "[1]", '"x"', "payload={", "payload=%5B%5D", "payload=3"]
)
async def test_a_body_that_is_no_payload_is_refused_quietly(site: Site, body: str) -> None:
    for kind in (FORM, "application/json"):
        status, _ = await site.post(body, kind)
        assert 400 <= status < 500


async def test_signed_nonsense_is_answered(site: Site) -> None:
    for body in ('{"event": 3}', '{"type": "block_actions", "actions": [{"action_id": 3}]}'):
        assert (await site.post(body, "application/json"))[0] >= 400


async def test_half_a_character_is_answered_too(site: Site, house: House) -> None:
    async def handler(context: Context) -> Reply:
        raise ConnectionError(context.inbound.key)

    house.router.view("propose", handler)
    body = payloads.submission()
    body["view"]["state"]["values"]["title"]["title"]["value"] = "\ud83d"
    status, text = await site.post(urlencode({"payload": json.dumps(body)}))
    assert status == 200
    assert json.loads(text)["response_action"] == "update"


async def test_health_readiness_and_metrics_are_there(site: Site, house: House) -> None:
    house.metrics.gauge("queue", "Writes that wait.", lambda: 7)
    assert (await site.get("/healthz"))[0] == 200
    assert await site.get("/readyz") == (200, '{"database": true, "slack": true}')
    site.ready["database"] = False
    assert await site.get("/readyz") == (503, '{"database": false, "slack": true}')
    site.ready["slack"] = False
    assert (await site.get("/readyz"))[0] == 503
    status, page = await site.get("/metrics")
    assert status == 200
    assert "gopbaegi_queue 7.0" in page


async def test_without_an_app_nothing_is_taken_from_slack(house: House) -> None:
    web = Web(app=None, metrics=house.metrics, ready={}, host="127.0.0.1", port=0)
    await web.start()
    async with aiohttp.ClientSession() as client:
        site = Site(web, client)
        assert (await site.get("/readyz"))[0] == 200
        assert (await site.post(urlencode(payloads.command())))[0] == 404
    await web.stop()


async def test_a_stop_waits_for_running_requests_and_takes_no_new_ones(
    site: Site, house: House
) -> None:
    began, finish = asyncio.Event(), asyncio.Event()

    async def handler(_: Context) -> Reply:
        began.set()
        await finish.wait()
        return Say(text="다 됨")

    house.router.command("/cut", handler)
    running = asyncio.ensure_future(site.post(urlencode(payloads.command())))
    await began.wait()
    url = site.url("/healthz")
    stopping = asyncio.ensure_future(site.web.stop())
    async with asyncio.timeout(5):
        while True:
            try:
                async with aiohttp.ClientSession() as other, other.get(url):
                    await asyncio.wait({stopping}, timeout=0.01)
            except aiohttp.ClientError:
                break
    finish.set()
    status, text = await running
    await stopping
    assert status == 200
    assert json.loads(text)["text"] == "다 됨"


async def test_a_port_that_is_taken_is_said(site: Site, house: House) -> None:
    web = Web(app=None, metrics=house.metrics, ready={}, host="127.0.0.1", port=site.web.port)
    with pytest.raises(OSError, match="address"):
        await web.start()


async def test_calls_go_to_the_slack_of_the_settings(site: Site, house: House) -> None:
    view = {"type": "modal", "blocks": []}

    async def opens(_: Context) -> Reply:
        return OpenView(view)

    async def updates(_: Context) -> Reply:
        return UpdateView(view)

    house.router.command("/cut", opens)
    house.router.action("act.note", updates)
    await site.post(urlencode(payloads.command()))
    await site.post(urlencode({"payload": json.dumps(payloads.press_in_modal())}))
    assert [method for method, _ in house.fake.calls] == [
        "auth.test", "views.open", "views.update",
    ]  # fmt: skip
