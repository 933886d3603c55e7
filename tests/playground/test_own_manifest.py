"""The app's own manifest is one the workspace installs, and allows what the bot calls."""

import json
from pathlib import Path

import pytest
from slack_sdk.web.async_client import AsyncWebClient

from bot.clock import Clock
from bot.playground.manifest import Manifest
from bot.playground.server import start
from bot.playground.workspace import Workspace
from tests.playground.blocks import home, modal
from tests.playground.stage import APP_TOKEN, BOT_TOKEN, CHANNELS, PEOPLE, SECRET

SOURCE = json.loads(Path(__file__).parents[2].joinpath("manifest.json").read_text("utf-8"))


def test_the_manifest_of_this_app_is_installed_as_it_is():
    manifest = Manifest(SOURCE)
    assert manifest.command("/cut")
    assert manifest.interactive
    assert manifest.socket_mode


@pytest.fixture
async def workspace():
    """A workspace where this app is installed."""
    ws = Workspace(SOURCE, PEOPLE, CHANNELS, None, Clock(), BOT_TOKEN, APP_TOKEN, SECRET)
    server = await start(ws)
    yield ws, AsyncWebClient(token=BOT_TOKEN, base_url=server.api_url)
    await server.stop()


async def test_every_call_of_the_bot_is_within_its_scopes(workspace):
    ws, client = workspace
    assert (await client.auth_test())["ok"]
    dm = (await client.conversations_open(users="U1"))["channel"]["id"]
    for channel in ("C1", dm):
        ts = (await client.chat_postMessage(channel=channel, text="카드"))["ts"]
        await client.chat_update(channel=channel, ts=ts, text="새 카드")
        await client.chat_getPermalink(channel=channel, message_ts=ts)
        await client.conversations_history(channel=channel, include_all_metadata=True)
        await client.conversations_replies(channel=channel, ts=ts)
    await client.chat_postEphemeral(channel="C1", user="U1", text="알림")
    await client.conversations_info(channel="C1")
    await client.users_info(user="U1", include_locale=True)
    await client.users_lookupByEmail(email="hana@example.kr")
    await client.views_publish(user_id="U1", view=home())
    triggers = ws.modals.triggers
    view = (await client.views_open(trigger_id=triggers.issue("U1"), view=modal()))["view"]
    await client.views_update(view_id=view["id"], view=modal())
    await client.views_push(trigger_id=triggers.issue("U1", view["id"]), view=modal())
