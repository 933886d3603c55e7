"""What Slack does not take is nobody's secret, and comes when it does."""

import aiohttp

from tests.stories.doing import shows
from tests.stories.test_notices import settled

POST = "chat.postMessage"


async def asked(life, path):
    """What the bot's own web server answers."""
    async with (
        aiohttp.ClientSession() as session,
        session.get(f"http://127.0.0.1:{life.bot.web.port}{path}") as response,
    ):
        return response.status, await response.text()


async def test_headquarters_and_the_operator_read_what_was_not_sent_and_why(life):
    life.ws.faults.add(POST, "error", code="invalid_blocks", times=999)
    await life.propose("member", "전시실 운영 일지 폐지")
    await settled(life)
    await life.bot.ticker.tick()
    status, ready = await asked(life, "/readyz")  # the card, and headquarters' notice of it
    assert (status, '"set_aside": 2' in ready) == (200, True)
    assert "gopbaegi_set_aside 2.0" in (await asked(life, "/metrics"))[1]
    hq = life.visitor("hq")
    await hq.open_home()
    await hq.until(lambda: hq.home)
    assert shows(hq, "보내지 못한 메시지", "home")
    assert shows(hq, "invalid_blocks", "home")


async def test_a_refused_token_is_said_by_readyz_until_it_is_taken_again(life):
    life.ws.faults.add(POST, "error", code="account_inactive", times=1)
    await life.propose("member", "전시실 운영 일지 폐지")
    await life.ws.changes.until(lambda: not list(life.ws.faults), 10)
    await life.bot.dispatcher.idle()
    status, ready = await asked(life, "/readyz")
    assert status == 503
    assert "account_inactive" in ready
    await life.ws.changes.until(lambda: [m for m in life.ws.talk.all(life.channel) if m.bot], 20)
    await settled(life)
    assert (await asked(life, "/readyz"))[0] == 200
