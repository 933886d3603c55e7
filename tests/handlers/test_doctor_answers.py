"""A Slack that says ok without saying anything is told by the doctor, whatever came instead."""

from collections.abc import AsyncIterator

import pytest

from bot.i18n.texts import Catalogue
from handlers.doctor import check_bot_token, check_channels
from handlers.finding import first_line
from handlers.slack import client_for
from tests.handlers.fake_slack import JSON, FakeSlack

KOREAN = Catalogue.load().of("ko")
SHAPES = [
    "{}", '{"ok": true}', '{"ok": true, "channels": 5}', '{"ok": true, "channels": [5]}',
    '{"ok": true, "channels": [], "response_metadata": 7}', "[]", "null", '"ok"',
]  # fmt: skip


@pytest.fixture
async def slack() -> AsyncIterator[FakeSlack]:
    fake = FakeSlack()
    await fake.server.start_server()
    yield fake
    await fake.server.close()


@pytest.mark.parametrize("body", SHAPES)
async def test_channels_that_are_no_list_were_not_checked(slack: FakeSlack, body: str) -> None:
    slack.say("users.conversations", 200, JSON, body)
    client = client_for("xoxb-1", slack.api, seconds=5)
    (finding,) = await check_channels(client, KOREAN, {"C1": "도로과"})
    assert not finding.ok
    assert finding.what.startswith("조직 채널을 확인하지 못했습니다")


@pytest.mark.parametrize("body", ['{"ok": true}', '{"ok": true, "channel": 5}', "[]"])
async def test_a_channel_that_is_none_was_not_checked(slack: FakeSlack, body: str) -> None:
    slack.say("users.conversations", 200, JSON, '{"ok": true, "channels": []}')
    slack.say("conversations.info", 200, JSON, body)
    client = client_for("xoxb-1", slack.api, seconds=5)
    (finding,) = await check_channels(client, KOREAN, {"C1": "도로과"})
    assert not finding.ok


@pytest.mark.parametrize("body", ["[]", "null", "17", '"ok"', "<html>"])
async def test_a_token_that_is_answered_with_no_object_is_not_taken(
    slack: FakeSlack, body: str
) -> None:
    slack.say("auth.test", 200, JSON, body)
    finding, _ = await check_bot_token(client_for("xoxb-1", slack.api, seconds=5), KOREAN)
    assert not finding.ok
    assert "HTTP 200" in finding.what


def test_what_an_error_says_is_said_without_passwords() -> None:
    error = ValueError("http://office:geheim@proxy:port is no address\nmore")
    assert first_line(error) == "http://***@proxy:port is no address"
