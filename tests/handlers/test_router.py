"""The router: the right handler for a payload, and the right answer for a reply."""

import asyncio
from typing import Any

import pytest

from bot.domain.errors import Busy
from bot.views.kit import modal, section
from handlers.context import Context
from handlers.inbound import Kind
from handlers.reply import (
    ClearViews,
    Errors,
    Many,
    Nothing,
    OpenView,
    Options,
    Publish,
    PushView,
    Reply,
    Say,
    UpdateView,
)
from handlers.router import AT_ONCE, PATIENCE
from tests.handlers import payloads
from tests.handlers.conftest import House, raises, replies

VIEW = modal("다음", [section("내용")], callback_id="next")


async def test_a_command_reaches_its_handler_with_person_words_and_key(house: House) -> None:
    seen: list[Context] = []

    async def handler(context: Context) -> Reply:
        seen.append(context)
        return Say(text="좋습니다")

    house.router.command("/cut", handler)
    answer = await house.send(Kind.COMMAND, payloads.command("일지 폐지"))
    assert answer.status == 200
    assert answer.body == {"text": "좋습니다", "response_type": "ephemeral"}
    context = seen[0]
    assert context.actor is not None
    assert context.actor.name == "김하늘"
    assert context.texts("error-busy") == "바쁨"
    assert context.inbound.text == "일지 폐지"
    assert context.inbound.channel == "C1"
    assert context.inbound.key is not None


async def test_an_id_is_looked_up_by_what_stands_before_its_colon(house: House) -> None:
    seen: list[str] = []

    async def handler(context: Context) -> Reply:
        seen.append(context.inbound.argument)
        return Nothing()

    house.router.action("task.confirm", handler)
    await house.send(Kind.ACTION, payloads.press_in_modal("task.confirm:12:3"))
    assert seen == ["12:3"]


async def test_who_waits_too_long_for_a_turn_hears_busy_with_what_they_typed(house: House) -> None:
    begun: list[str] = []
    full, may_end = asyncio.Event(), asyncio.Event()

    async def handler(context: Context) -> Reply:
        begun.append(context.inbound.text)
        if len(begun) == AT_ONCE:
            full.set()
        await may_end.wait()
        return Nothing()

    house.router.command("/cut", handler)
    house.router.event("app_mention", handler)
    first = [
        asyncio.ensure_future(house.send(Kind.COMMAND, payloads.command(str(number))))
        for number in range(AT_ONCE)
    ]
    late = asyncio.ensure_future(house.send(Kind.COMMAND, payloads.command("일지 폐지")))
    event = asyncio.ensure_future(house.send(Kind.EVENT, payloads.event("app_mention")))
    await full.wait()
    house.clock.ahead = PATIENCE + 0.1
    may_end.set()
    assert [answer.status for answer in await asyncio.gather(*first)] == [200] * AT_ONCE
    answer = await late
    assert answer.body is not None
    assert answer.body["text"] == "바쁨"
    assert "일지 폐지" in str(answer.body["blocks"])
    assert (await event).status == 500, "Slack sends an event again"
    assert begun == [str(number) for number in range(AT_ONCE)]


async def test_an_id_has_one_handler(house: House) -> None:
    house.router.view("propose", replies(Nothing()))
    house.router.action("propose", replies(Nothing()))
    with pytest.raises(ValueError, match="propose"):
        house.router.view("propose", replies(Nothing()))
    assert house.router.ids(Kind.VIEW) == {"propose"}


async def test_strangers_are_spoken_to_in_the_language_of_their_locale(house: House) -> None:
    house.router.command("/cut", raises(Busy()))
    answer = await house.send(Kind.COMMAND, payloads.command(user_id=payloads.STRANGER))
    assert answer.body is not None
    assert answer.body["text"] == "EN 바쁨"


async def test_a_locale_that_cannot_be_looked_up_is_korean(house: House) -> None:
    house.router.command("/cut", raises(Busy()))
    answer = await house.send(Kind.COMMAND, payloads.command(user_id="U404"))
    assert answer.body is not None
    assert answer.body["text"] == "바쁨"


async def test_a_modal_opens_before_the_ack(house: House) -> None:
    house.router.command("/cut", replies(OpenView(VIEW)))
    answer = await house.send(Kind.COMMAND, payloads.command())
    assert answer.body is None
    assert house.fake.of("views.open") == [{"trigger_id": "1.2.abc", "view": VIEW}]


async def test_a_submission_is_answered_in_its_ack(house: House) -> None:
    cases: list[tuple[Reply, dict[str, Any] | None]] = [
        (Nothing(), None),
        (UpdateView(VIEW), {"response_action": "update", "view": VIEW}),
        (PushView(VIEW), {"response_action": "push", "view": VIEW}),
        (ClearViews(), {"response_action": "clear"}),
        (
            Errors({"title": "짧음", "problem": "없음"}),
            {"response_action": "errors", "errors": {"title": "짧음", "b2": "없음"}},
        ),
    ]
    for number, (reply, body) in enumerate(cases):
        house.router.view(f"form{number}", replies(reply))
        answer = await house.send(Kind.VIEW, payloads.submission(callback_id=f"form{number}"))
        assert answer.body == body
    assert house.fake.calls == []


async def test_a_submission_may_update_the_modal_beneath_and_publish_home(house: House) -> None:
    house.router.view("propose", replies(Many((UpdateView(VIEW, beneath=True), Publish(VIEW)))))
    answer = await house.send(Kind.VIEW, payloads.submission(previous_view_id="V0"))
    assert answer.body is None
    assert house.fake.calls == [
        ("views.update", {"view_id": "V0", "view": VIEW}),
        ("views.publish", {"user_id": "U1", "view": VIEW}),
    ]


async def test_a_press_in_a_modal_updates_or_pushes(house: House) -> None:
    house.router.action("update", replies(UpdateView(VIEW, hash="h1")))
    house.router.action("push", replies(PushView(VIEW)))
    await house.send(Kind.ACTION, payloads.press_in_modal("update"))
    await house.send(Kind.ACTION, payloads.press_in_modal("push"))
    assert house.fake.calls == [
        ("views.update", {"view_id": "V1", "view": VIEW, "hash": "h1"}),
        ("views.push", {"trigger_id": "1.2.abc", "view": VIEW}),
    ]


async def test_an_update_that_somebody_overtook_is_no_failure(house: House) -> None:
    house.router.action("update", replies(UpdateView(VIEW, hash="h1")))
    house.fake.refuse("views.update", "hash_conflict")
    answer = await house.send(Kind.ACTION, payloads.press_in_modal("update"))
    assert answer.status == 200
    assert house.told == []


async def test_a_press_in_a_message_is_answered_through_its_response_url(house: House) -> None:
    house.router.action("a", replies(Say(text="보세요")))
    house.router.action("b", replies(Say(text="끝", replace=True)))
    for action in ("a", "b"):
        body = payloads.press_in_message(house.fake.response_url, action, thread_ts="9.5")
        await house.send(Kind.ACTION, body)
    first = {"text": "보세요", "response_type": "ephemeral", "replace_original": False}
    assert house.fake.of("respond") == [
        first | {"thread_ts": "9.5"},
        {"text": "끝", "response_type": "ephemeral", "replace_original": True},
    ]


async def test_what_has_no_place_is_said_to_the_person(house: House) -> None:
    house.router.shortcut("propose", replies(Say(text="없습니다")))
    await house.send(Kind.SHORTCUT, payloads.shortcut())
    assert house.told == [("U1", "없습니다")]


async def test_an_external_menu_gets_its_choices(house: House) -> None:
    async def handler(context: Context) -> Reply:
        return Options([{"text": context.inbound.text}])

    house.router.options("department", handler)
    answer = await house.send(Kind.OPTIONS, payloads.suggestion("문화"))
    assert answer.body == {"options": [{"text": "문화"}]}


async def test_each_write_of_a_request_happens_once_however_often_it_is_delivered(
    house: House,
) -> None:
    runs: list[str] = []

    async def handler(context: Context) -> Reply:
        for name in ("a", "b"):
            await context.write(lambda _, name=name: runs.append(name))  # type: ignore[misc]
        await context.write(lambda _: runs.append("always"), once=False)
        return Nothing()

    house.router.event("app_home_opened", handler)
    for _ in range(4):
        await house.send(Kind.EVENT, payloads.event())
    assert [run for run in runs if run != "always"] == ["a", "b"]
    assert runs.count("always") == 4


async def test_what_has_no_shape_of_slack_is_answered_and_never_raises(house: House) -> None:
    house.router.command("/cut", replies(Nothing()))
    for kind in Kind:
        assert (await house.send(kind, {})).status == 400
    odd: list[tuple[Kind, dict[str, Any]]] = [
        (Kind.ACTION, {"actions": [{"action_id": 3}]}),
        (Kind.ACTION, {"actions": [{"action_id": "x"}], "view": "odd", "user": ["U1"]}),
        (Kind.VIEW, {"view": {"callback_id": "x", "type": "modal", "blocks": [{}]}}),
        (Kind.EVENT, {"event": {"type": "x", "user": {"id": 3}}}),
    ]
    for kind, body in odd:
        assert (await house.send(kind, body)).status in (200, 400, 500)


async def test_payloads_are_counted_by_ids_of_the_table_only(house: House) -> None:
    house.router.command("/cut", replies(Nothing()))
    await house.send(Kind.COMMAND, payloads.command())
    await house.send(Kind.ACTION, payloads.press_in_modal("forged-by-somebody"))
    page = house.metrics.page().decode()
    assert 'gopbaegi_inbound_total{id="/cut",kind="command",outcome="ok"} 1.0' in page
    assert "forged-by-somebody" not in page
