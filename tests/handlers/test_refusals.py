"""What people hear when something went wrong, and what they keep."""

import asyncio
import re
from typing import Any

import pytest

from bot.domain.errors import BotError, Busy, NotStored, Refused, Several, Stale, Unknown
from bot.views.kit import modal, section
from handlers import delivering
from handlers.context import Context
from handlers.inbound import ATTEMPT, Kind
from handlers.reply import (
    OpenView,
    Reply,
    UpdateView,
)
from tests.handlers import payloads
from tests.handlers.conftest import House, raises, replies

VIEW = modal("다음", [section("내용")], callback_id="next")


def shown(view: dict[str, Any]) -> str:
    return str(view["blocks"][0]["text"]["text"])


async def test_mistakes_are_shown_beneath_their_inputs_all_at_once(house: House) -> None:
    title = BotError("error-required-title", field="title")
    problem = BotError("error-required-problem", field="problem")
    house.router.view("propose", raises(Several([title, problem])))
    answer = await house.send(Kind.VIEW, payloads.submission())
    assert answer.body == {
        "response_action": "errors",
        "errors": {"title": "제목", "b2": "현황"},
    }


@pytest.mark.parametrize(
    "error", [Stale("error-stale"), Several([BotError("error-stale", field="elsewhere")])]
)
async def test_a_refused_submission_comes_back_with_what_was_typed(
    house: House, error: BotError
) -> None:
    house.router.view("propose", raises(error))
    answer = await house.send(Kind.VIEW, payloads.submission())
    assert answer.body is not None
    assert answer.body["response_action"] == "update"
    view = answer.body["view"]
    assert shown(view) == "&lt;먼저&gt;"
    assert view["blocks"][1]["element"]["initial_value"] == "운영 일지"
    assert "hash" not in view


async def test_a_refused_press_in_a_modal_or_home_gets_a_banner_there(house: House) -> None:
    house.router.action("act.note", raises(Refused("error-stale")))
    await house.send(Kind.ACTION, payloads.press_in_modal())
    await house.send(Kind.ACTION, payloads.press_in_home())
    (updated,), (published,) = house.fake.of("views.update"), house.fake.of("views.publish")
    assert updated["view_id"] == "V1"
    assert shown(updated["view"]) == "&lt;먼저&gt;"
    assert updated["view"]["blocks"][1]["element"]["initial_value"] == "운영 일지"
    assert published["user_id"] == "U1"
    assert shown(published["view"]) == "&lt;먼저&gt;"


async def test_a_refused_press_in_a_message_is_told_to_that_person_only(house: House) -> None:
    house.router.action("act.note", raises(Refused("error-stale")))
    await house.send(Kind.ACTION, payloads.press_in_message(house.fake.response_url))
    assert house.fake.of("respond") == [
        {"text": "&lt;먼저&gt;", "response_type": "ephemeral", "replace_original": False}
    ]


async def test_a_refusal_that_cannot_be_shown_in_place_is_told_directly(house: House) -> None:
    house.router.action("act.note", raises(Refused("error-stale")))
    house.fake.refuse("views.update", "not_found", "not_found")
    assert (await house.send(Kind.ACTION, payloads.press_in_modal())).status == 200
    assert house.told == [("U1", "&lt;먼저&gt;")]
    house.telling_fails = True
    assert (await house.send(Kind.ACTION, payloads.press_in_modal())).status == 500


async def test_an_unexpected_error_is_told_with_its_reference_and_keeps_the_command(
    house: House,
) -> None:
    house.router.command("/cut", raises(ZeroDivisionError()))
    answer = await house.send(Kind.COMMAND, payloads.command("<일지> 폐지"))
    assert answer.status == 200
    assert answer.body is not None
    assert re.fullmatch(r"참조 [0-9a-z]{5}-\d+", answer.body["text"])
    assert answer.body["blocks"][1]["elements"][0]["text"] == "/cut &lt;일지&gt; 폐지"


async def test_an_error_without_words_is_still_told(house: House) -> None:
    house.router.view("propose", raises(BotError("error-that-nobody-wrote")))
    answer = await house.send(Kind.VIEW, payloads.submission())
    assert answer.status == 200
    assert house.told[0][1].startswith("참조 ")


async def test_a_modal_that_does_not_open_is_told(house: House) -> None:
    house.router.command("/cut", replies(OpenView(VIEW)))
    house.fake.refuse("views.open", "expired_trigger_id")
    answer = await house.send(Kind.COMMAND, payloads.command("일지"))
    assert answer.body is not None
    assert answer.body["text"].startswith("참조 ")


async def test_an_id_without_handler_is_told_but_an_event_comes_again(house: House) -> None:
    answer = await house.send(Kind.COMMAND, payloads.command())
    assert answer.body is not None
    assert answer.body["text"].startswith("참조 ")
    assert (await house.send(Kind.EVENT, payloads.event("unheard_of"))).status == 500


@pytest.mark.parametrize(
    ("error", "status"),
    [
        (Busy(), 500), (NotStored(), 500), (Unknown(), 500), (KeyError("x"), 500),
        (Refused("error-stale"), 200),
    ],
)  # fmt: skip
async def test_an_event_comes_again_only_when_that_can_help(
    house: House, error: Exception, status: int
) -> None:
    house.router.event("app_home_opened", raises(error))
    assert (await house.send(Kind.EVENT, payloads.event())).status == status
    assert house.told == []


@pytest.mark.parametrize(
    ("outcome", "told"),
    [(None, "저장됨"), (NotStored(), "저장 안 됨"), (Unknown(), "모름"), (OSError(), "참조 ")],
)
async def test_an_unknown_outcome_keeps_the_modal_and_follows_by_message(
    house: House, outcome: Exception | None, told: str
) -> None:
    future: asyncio.Future[None] = asyncio.get_running_loop().create_future()
    house.router.view("propose", raises(Unknown(future)))
    answer = await house.send(Kind.VIEW, payloads.submission())
    assert answer.body is not None
    assert shown(answer.body["view"]) == "확인 중"
    assert house.told == []
    if outcome is None:
        future.set_result(None)
    else:
        future.set_exception(outcome)
    await house.background.drain(2)
    assert house.told[0][0] == "U1"
    assert house.told[0][1].startswith(told)


async def test_sending_again_after_an_unknown_outcome_is_the_same_submission(house: House) -> None:
    keys: list[str | None] = []

    async def handler(context: Context) -> Reply:
        keys.append(context.inbound.key)
        raise Unknown

    house.router.view("propose", handler)
    first = await house.send(Kind.VIEW, payloads.submission(private_metadata='{"task":1}'))
    assert first.body is not None
    metadata = first.body["view"]["private_metadata"]
    again = payloads.submission(private_metadata=metadata, hash="h2")
    await house.send(Kind.VIEW, again)
    again["view"]["state"]["values"]["title"]["title"]["value"] = "다른 제목"
    await house.send(Kind.VIEW, again)
    assert f'"{ATTEMPT}":"h1"' in metadata
    assert keys[0] == keys[1] != keys[2]


async def test_an_ack_does_not_wait_for_slow_calls(
    house: House, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(delivering, "ACK_SECONDS", 0.05)
    released = house.fake.hold("views.update")
    house.fake.refuse("views.update", "fatal_error")
    house.router.action("update", replies(UpdateView(VIEW)))
    answer = await house.send(Kind.ACTION, payloads.press_in_modal("update"))
    assert answer.status == 200
    assert house.told == []
    assert len(house.background) == 1
    released.set()
    await house.background.drain(2)
    assert house.told[0][1].startswith("참조 ")
