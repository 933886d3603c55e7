"""The start, while Slack or the database are away: it waits, says for what, and comes up."""

import asyncio
import json
import re
import sqlite3
from collections.abc import AsyncIterator
from pathlib import Path
from shutil import copyfile
from typing import Any

import pytest

from bot import wiring
from bot.clock import Clock
from bot.settings import Mode, Settings
from handlers import slack as calls
from handlers import waiting
from storage.migrate import migrate
from tests.handlers.fake_slack import JSON, PAGE, PLAIN, Deaf, FakeSlack
from tests.started import SECRET, said, started

TEST = "auth.test"
NO_ANSWERS = [
    (503, PLAIN, "upstream connect error"),
    (500, PAGE, "<html>"),
    (200, PAGE, "<html>Please log in to the network</html>"),
    (200, JSON, "[1]"),
    (200, JSON, "null"),
    (200, JSON, '{"ok": true}'),
    (200, JSON, '{"ok": false, "error": "invalid_auth"}'),
    (200, JSON, '{"ok": false, "error": "account_inactive"}'),
    (200, JSON, '{"ok": false, "error": "org_login_required"}'),
    (200, JSON, '{"ok": false, "error": "invented_yesterday"}'),
]


@pytest.fixture
async def slack() -> AsyncIterator[FakeSlack]:
    fake = FakeSlack()
    await fake.server.start_server()
    yield fake
    await fake.server.close()


@pytest.fixture
def settings(slack: FakeSlack, sqlite_template: Path, tmp_path: Path) -> Settings:
    copyfile(sqlite_template, tmp_path / "office.db")
    return Settings(
        bot_token="xoxb-1", signing_secret=SECRET, api_url=slack.api, port=0,
        database_url=f"sqlite:///{tmp_path / 'office.db'}",
    )  # fmt: skip


@pytest.mark.parametrize("mode", ["web", "socket"])
async def test_a_process_waits_for_slack_says_so_once_and_comes_up(
    slack: FakeSlack, settings: Settings, unused_tcp_port: int, mode: str
) -> None:
    for status, kind, body in NO_ANSWERS[:3]:
        slack.say(TEST, status, kind, body)
    held = slack.hold(TEST)
    async with started(mode, slack.api, settings.database_url, unused_tcp_port) as bot:
        held.set()
        reason = "not Slack's answer (HTTP 503)"
        found = await bot.site.until_ready(database=True, waits_for={"slack": reason})
        assert found == {"database": True, "slack": False, "waits_for": {"slack": reason}}
        assert await bot.site.until_ready() == {"database": True, "slack": True}
        code, log = await bot.ended()
    assert code == 0
    assert len(said(log, "waiting", name="slack")) == 1
    assert len(said(log, "no longer waiting", name="slack")) == 1
    assert not [line for line in log if "Traceback" in line]


async def test_a_process_whose_token_is_refused_says_how_to_mend_it_and_waits_until_it_is_stopped(
    slack: FakeSlack, settings: Settings, unused_tcp_port: int
) -> None:
    slack.refuse(TEST, *["invalid_auth"] * 1000)
    async with started("all", slack.api, settings.database_url, unused_tcp_port) as bot:
        await bot.site.until_ready(waits_for={"slack": "invalid_auth"})
        assert await bot.site.metric("gopbaegi_waits") == 1
        code, log = await bot.ended()
    assert code == 0
    (line,) = said(log, "waiting", name="slack", reason="invalid_auth")
    assert "SLACK_BOT_TOKEN" in line["mend"]
    assert "OAuth & Permissions" in line["mend"]


@pytest.mark.parametrize("state", ["refusing", "hanging"])
async def test_a_process_that_waits_for_slack_ends_at_once_when_it_is_stopped(
    slack: FakeSlack, settings: Settings, unused_tcp_port: int, state: str
) -> None:
    held, api_url = slack.hold(TEST), slack.api
    if state == "refusing":
        await slack.server.close()
    async with started("socket", api_url, settings.database_url, unused_tcp_port) as bot:
        await bot.site.until_ready(slack=False, database=True)
        code, log = await bot.ended()
    held.set()
    assert code == 0
    assert not [line for line in log if "Traceback" in line]


async def test_a_process_whose_connection_was_cut_is_not_deaf_after_a_proxys_page(
    slack: FakeSlack, settings: Settings, unused_tcp_port: int
) -> None:
    async with started("socket", slack.api, settings.database_url, unused_tcp_port) as bot:
        await bot.site.until_ready()
        for _ in range(2):
            slack.say("apps.connections.open", 503, PLAIN, "upstream connect error")
        await slack.links[0].close()
        waits = {"socket": "not Slack's answer (HTTP 503)"}
        await bot.site.until_ready(slack=False, waits_for=waits)
        await bot.site.until_ready()
        code, log = await bot.ended()
    assert code == 0
    assert len(slack.links) == 2
    assert len(said(log, "waiting", name="socket")) == 1


async def test_a_process_leaves_a_slack_that_answers_no_goodbye(
    slack: FakeSlack, settings: Settings, unused_tcp_port: int
) -> None:
    deaf = Deaf()
    await deaf.start()
    slack.say("apps.connections.open", 200, JSON, json.dumps({"ok": True, "url": deaf.url}))
    async with started("socket", slack.api, settings.database_url, unused_tcp_port) as bot:
        await bot.site.until_ready()
        async with asyncio.timeout(8):
            code, _ = await bot.ended()
    await deaf.stop()
    assert code == 0


@pytest.fixture
def _impatient(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(waiting, "PAUSES", (0.01,))


@pytest.mark.usefixtures("_impatient")
@pytest.mark.parametrize(("status", "kind", "body"), NO_ANSWERS)
async def test_no_answer_to_auth_test_ends_the_start(
    slack: FakeSlack, settings: Settings, status: int, kind: str, body: str
) -> None:
    slack.say(TEST, status, kind, body)
    slack.say(TEST, status, kind, body)
    bot = await wiring.start(settings, Mode.ALL, Clock())
    assert not bot.waits.now()
    await bot.stop()
    assert len(slack.of(TEST)) == 3


async def test_slack_is_left_alone_as_long_as_it_asks(
    slack: FakeSlack, settings: Settings, monkeypatch: pytest.MonkeyPatch
) -> None:
    asked: list[float] = []
    real = asyncio.sleep

    async def sleep(seconds: float) -> None:
        asked.append(seconds)
        await real(0)

    monkeypatch.setattr(asyncio, "sleep", sleep)
    for status, after in ((429, "7"), (503, "8"), (429, "9" * 12), (429, "soon")):
        slack.say(TEST, status, JSON, '{"ok": false, "error": "ratelimited"}', Retry_After=after)
    bot = await wiring.start(settings, Mode.WEB, Clock())
    await bot.stop()
    assert asked[:4] == [7.0, 8.0, calls.WAIT_MOST, 30.0]


async def test_auth_test_may_take_longer_than_a_call_before_an_ack(
    slack: FakeSlack, settings: Settings, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(calls, "QUICK_SECONDS", 0.05)
    held = slack.hold(TEST)
    starting = asyncio.ensure_future(wiring.start(settings, Mode.WEB, Clock()))
    await asyncio.wait({starting}, timeout=0.3)
    assert not starting.done()
    held.set()
    bot = await starting
    await bot.stop()
    assert len(slack.of(TEST)) == 1


async def test_what_slack_sends_before_the_bot_knows_itself_is_to_be_sent_again(
    slack: FakeSlack, settings: Settings, unused_tcp_port: int
) -> None:
    held = slack.hold(TEST)
    async with started("web", slack.api, settings.database_url, unused_tcp_port) as bot:
        await bot.site.until_ready(slack=False, database=True)
        assert await bot.site.command() == 503
        held.set()
        await bot.site.until_ready()
        assert await bot.site.command() == 200


async def test_a_worker_needs_no_answer_of_slack_to_begin(
    slack: FakeSlack, settings: Settings
) -> None:
    slack.refuse(TEST, *["invalid_auth"] * 9)
    bot = await wiring.start(settings, Mode.WORKER, Clock())
    await bot.stop()
    assert not slack.of(TEST)


async def test_a_process_waits_for_a_locked_sqlite_file(
    slack: FakeSlack, settings: Settings, unused_tcp_port: int, tmp_path: Path
) -> None:
    holder = sqlite3.connect(tmp_path / "office.db", isolation_level=None)
    holder.execute("BEGIN EXCLUSIVE")
    async with started("web", slack.api, settings.database_url, unused_tcp_port) as bot:
        waits = {"database": "OperationalError"}
        body = await bot.site.until_ready(waits_for=waits)
        assert body == {"database": False, "slack": False, "waits_for": waits}
        assert await bot.site.command() == 503
        holder.execute("ROLLBACK")
        holder.close()
        await bot.site.until_ready()
        code, log = await bot.ended()
    assert code == 0
    (line,) = said(log, "waiting", name="database")
    assert "DATABASE_URL" in line["mend"]
    assert len(said(log, "no longer waiting", name="database")) == 1


@pytest.mark.usefixtures("_impatient")
async def test_a_folder_that_cannot_be_written_is_waited_for(
    slack: FakeSlack, settings: Settings, tmp_path: Path
) -> None:
    blocked = tmp_path / "data"
    blocked.write_text("a file where the folder should be")
    url = f"sqlite:///{blocked / 'office.db'}"
    at = Settings(bot_token="xoxb-1", api_url=slack.api, port=0, database_url=url)
    starting = asyncio.ensure_future(wiring.start(at, Mode.WORKER, Clock()))
    await asyncio.wait({starting}, timeout=0.3)
    assert not starting.done()
    blocked.unlink()
    bot = await starting
    assert await bot.office.ready()
    await bot.stop()


@pytest.mark.postgres
async def test_a_process_waits_until_the_tables_are_the_newest(
    slack: FakeSlack, unused_tcp_port: int, empty_postgres: Any
) -> None:
    url = empty_postgres.render_as_string(hide_password=False)
    async with started("web", slack.api, url, unused_tcp_port) as bot:
        async with asyncio.timeout(30):
            while "waits_for" not in (body := (await bot.site.ready())[1]):
                assert not body["database"]
        assert re.fullmatch(r"revision None, needed is \w+", body["waits_for"]["database"])
        await asyncio.to_thread(migrate, empty_postgres)
        await bot.site.until_ready()
        code, log = await bot.ended()
    assert code == 0
    (line,) = said(log, "waiting", name="database")
    assert "python -m bot migrate" in line["mend"]


async def test_a_process_waits_for_a_postgresql_that_is_away(
    slack: FakeSlack, unused_tcp_port_factory: Any
) -> None:
    away = f"postgresql://bot:geheim@127.0.0.1:{unused_tcp_port_factory()}/office"
    async with started("web", slack.api, away, unused_tcp_port_factory()) as bot:
        await bot.site.until_ready(waits_for={"database": "OperationalError"})
        code, log = await bot.ended()
    assert code == 0
    assert len(said(log, "waiting", name="database")) == 1
    assert "geheim" not in "".join(log)


async def test_a_file_that_a_newer_bot_used_says_to_update(
    slack: FakeSlack, settings: Settings, unused_tcp_port: int, tmp_path: Path
) -> None:
    with sqlite3.connect(tmp_path / "office.db") as newer:
        newer.execute("UPDATE alembic_version SET version_num = '9999'")
    async with started("worker", slack.api, settings.database_url, unused_tcp_port) as bot:
        async with asyncio.timeout(30):
            while "waits_for" not in (body := (await bot.site.ready())[1]):
                assert not body["database"]
        assert body["waits_for"]["database"].startswith("revision 9999, needed is ")
        code, log = await bot.ended()
    assert code == 0
    (line,) = said(log, "waiting", name="database")
    assert "update the bot" in line["mend"]
