"""blocks.validate: what would be taken, what would not and where, and nothing is posted."""

import json
from collections.abc import AsyncIterator
from typing import Any

import pytest
from slack_sdk.errors import SlackApiError

from tests.playground.stage import Stage, in_silence, refusal

METHOD = "blocks.validate"
TEXT = {"type": "section", "text": {"type": "plain_text", "text": "안녕"}}
MODAL = {"type": "modal", "title": {"type": "plain_text", "text": "제목"}, "blocks": [TEXT]}


@pytest.fixture
async def stage() -> AsyncIterator[Stage]:
    async for one in in_silence():
        yield one


@pytest.mark.parametrize(
    ("part", "value"),
    [
        ("blocks", [TEXT]),
        ("message", {"blocks": [TEXT]}),
        ("view", MODAL),
        ("view", {"type": "home", "blocks": [TEXT]}),
    ],
)
async def test_what_would_be_taken_is_ok(stage: Stage, part: str, value: Any) -> None:
    data = {part: json.dumps(value)}
    assert (await stage.bot.client.api_call(METHOD, data=data))["ok"]
    assert (await stage.bot.client.blocks_validate(**{part: value}))["ok"]
    assert not stage.ws.talk.all("C1")


@pytest.mark.parametrize(
    ("part", "value", "pointer"),
    [
        ("blocks", [{"type": "nothing"}], "/blocks/0/type"),
        ("message", {"blocks": [TEXT, {"type": "nothing"}]}, "/blocks/1/type"),
        ("view", MODAL | {"title": {"type": "plain_text", "text": "가" * 25}}, "/view/title/text"),
    ],
)
async def test_what_would_not_be_is_refused_with_its_place(
    stage: Stage, part: str, value: Any, pointer: str
) -> None:
    with pytest.raises(SlackApiError) as refused:
        await stage.bot.client.api_call(METHOD, data={part: json.dumps(value)})
    answer = refused.value.response
    assert answer["error"] == f"invalid_{part}"
    assert [error["pointer"] for error in answer["errors"]] == [pointer]
    assert all(error["code"] and error["message"] for error in answer["errors"])


@pytest.mark.parametrize("parts", [(), ("blocks", "view")])
async def test_exactly_one_part_is_asked_about(stage: Stage, parts: tuple[str, ...]) -> None:
    data = dict.fromkeys(parts, json.dumps([TEXT]))
    assert await refusal(stage.bot.client.api_call(METHOD, data=data)) == "invalid_arguments"


@pytest.mark.parametrize("value", ["text", 5, None, []])
async def test_a_message_that_is_none_is_refused(stage: Stage, value: Any) -> None:
    data = {"message": json.dumps(value)}
    assert await refusal(stage.bot.client.api_call(METHOD, data=data)) == "invalid_message"
