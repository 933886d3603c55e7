"""Who is in a channel is asked page by page, and not waited for too long."""

import pytest

from bot.playground.server import start
from bot.playground.workspace import SeedChannel, SeedPerson, Workspace
from bot.services import SlackServices
from handlers.slack import QUICK_SECONDS, Slack
from tests.handlers.post_office import CHANNEL, Hand
from tests.playground.stage import APP_TOKEN, BOT_TOKEN, SECRET, manifest

CALL = "conversations.members"
STAFF = [f"U{number:07}" for number in range(1200)]


@pytest.fixture
async def asked(sqlite_engine):
    """The workspace and the services that ask it."""
    clock = Hand()
    people = [SeedPerson(id, "김주무", "주무관", "교통국", f"{id}@example.kr") for id in STAFF]
    channels = [SeedChannel(CHANNEL, "도로과", tuple(STAFF))]
    ws = Workspace(manifest(), people, channels, None, clock, BOT_TOKEN, APP_TOKEN, SECRET)
    server = await start(ws)
    services = SlackServices(sqlite_engine, clock)
    services.slack = Slack(BOT_TOKEN, server.api_url, _nobody)
    await services.slack.start()
    yield ws, services
    await services.slack.stop()
    await server.stop()
    services.readers.close()


async def _nobody(slack_id: str, text: str) -> None:
    raise AssertionError(f"{slack_id} is told {text}")


async def test_every_page_is_asked_for(asked):
    ws, services = asked
    found = await services.members(CHANNEL)
    assert found is not None
    assert found >= set(STAFF)
    assert ws.calls[CALL] == 2


@pytest.mark.parametrize("fault", ["429", "500"])
async def test_nobody_is_known_when_slack_does_not_say(asked, fault):
    ws, services = asked
    ws.faults.add(CALL, fault)
    assert await services.members(CHANNEL) is None


async def test_a_slow_answer_is_not_waited_for(asked):
    ws, services = asked
    ws.faults.add(CALL, "delay", seconds=QUICK_SECONDS + 1)
    assert await services.members(CHANNEL) is None


async def test_a_channel_that_is_not_there_has_no_members(asked):
    _, services = asked
    assert await services.members("") is None
