"""Every screen has a specimen, and the doctor asks Slack whether it takes it."""

import ast
import json
from collections.abc import AsyncIterator
from datetime import UTC, datetime
from pathlib import Path

import pytest
from slack_sdk.web.async_client import AsyncWebClient

from bot import views
from bot.i18n.texts import LANGUAGES, Catalogue
from handlers import doctor_screens
from handlers.doctor_screens import METHOD, check_screens
from handlers.rendering import WORDS
from handlers.slack import client_for
from handlers.specimens import specimens
from tests.handlers.fake_slack import JSON, FakeSlack
from tests.playground.stage import BOT_TOKEN, Stage, in_silence
from tests.views import made

CATALOGUE = Catalogue.load()
KOREAN = CATALOGUE.of("ko")
NOW = datetime(2026, 7, 1, 1, 0, tzinfo=UTC)


@pytest.fixture
async def stage() -> AsyncIterator[Stage]:
    async for one in in_silence():
        yield one


@pytest.fixture
async def slack() -> AsyncIterator[FakeSlack]:
    fake = FakeSlack()
    await fake.server.start_server()
    yield fake
    await fake.server.close()


def asking(api_url: str) -> AsyncWebClient:
    return client_for(BOT_TOKEN, api_url, seconds=5)


@pytest.mark.parametrize("language", LANGUAGES)
def test_specimens_are_within_the_limits(language: str) -> None:
    for _, screen in specimens(CATALOGUE.of(language), NOW):
        if "type" in screen:
            made.accepted(dict(screen))
        elif "blocks" in screen:
            made.accepted_message(dict(screen))


def test_every_message_and_every_modal_has_a_specimen() -> None:
    drawn = {name.partition("(")[0] for name, _ in specimens(KOREAN, NOW)}
    worded = {f"{word.__module__.rpartition('.')[2]}.{word.__name__}" for word in WORDS.values()}
    assert worded <= drawn
    assert modals() <= drawn


def modals() -> set[str]:
    """The functions of the views that call `modal` or `home` themselves."""
    found = set()
    for path in Path(views.__path__[0]).glob("*.py"):
        for node in ast.parse(path.read_text(encoding="utf-8")).body:
            if not isinstance(node, ast.FunctionDef) or path.stem == "surfaces":
                continue
            called = {getattr(one.func, "id", "") for one in ast.walk(node)
                      if isinstance(one, ast.Call)}  # fmt: skip
            if called & {"modal"} and not node.name.startswith("_"):
                found.add(f"{path.stem}.{node.name}")
    return found


async def test_the_workspace_takes_every_screen_and_nothing_is_posted(stage: Stage) -> None:
    (finding,) = await check_screens(asking(stage.server.api_url), KOREAN, NOW)
    assert finding.ok
    asked = sum(bool(screen.get("blocks")) for _, screen in specimens(KOREAN, NOW))
    assert stage.ws.calls[METHOD] == asked > 60
    assert set(stage.ws.calls) == {METHOD}
    assert str(asked) in finding.what


async def test_a_screen_that_slack_does_not_take_is_named_with_slacks_words(
    slack: FakeSlack,
) -> None:
    errors = [{"code": "failed_constraint", "message": "unsupported type: x", "pointer": "/0/type"}]
    body = {"ok": False, "error": "invalid_view", "errors": errors}
    slack.say(METHOD, 200, JSON, json.dumps(body))
    slack.say(METHOD, 200, JSON, '{"ok": false, "error": "invalid_blocks", "errors": ["too long"]}')
    first, second = await check_screens(asking(slack.api), KOREAN, NOW)
    assert not first.ok
    assert "unsupported type: x (/0/type)" in first.what
    assert "acts.form(" in first.what
    assert "too long" in second.what
    assert first.mend


@pytest.mark.parametrize("code", ["unknown_method", "method_not_supported", "missing_scope"])
async def test_a_slack_that_does_not_know_the_method_is_no_fault(
    slack: FakeSlack, code: str
) -> None:
    slack.refuse(METHOD, code)
    (finding,) = await check_screens(asking(slack.api), KOREAN, NOW)
    assert finding.ok
    assert code in finding.what
    assert len(slack.of(METHOD)) == 1


@pytest.mark.parametrize("body", ["[]", "null", "17", "<html>"])
async def test_an_answer_that_is_none_is_no_fault_either(slack: FakeSlack, body: str) -> None:
    slack.say(METHOD, 200, JSON, body)
    (finding,) = await check_screens(asking(slack.api), KOREAN, NOW)
    assert finding.ok
    assert "HTTP 200" in finding.what


async def test_slack_is_not_waited_for_without_end(
    slack: FakeSlack, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(doctor_screens, "SCREENS_SECONDS", 0.3)
    body = '{"ok": false, "error": "ratelimited"}'
    slack.say(METHOD, 429, JSON, body, Retry_After="600")
    (finding,) = await check_screens(asking(slack.api), KOREAN, NOW)
    assert finding.ok
    assert "0가지만" in finding.what
