"""People act, the bot answers: the same over Socket Mode and over signed HTTP."""

import pytest

from bot.playground.acting import Place
from bot.playground.records import NotAllowed
from tests.playground.blocks import actions, button, field_of, home, modal, option, section
from tests.playground.stage import refusal


async def test_a_command_opens_a_modal_and_its_submission_carries_what_was_typed(stage):
    stage.bot.opens(modal(field_of("title"), field_of("why", initial_value="매일 씁니다")))
    v = stage.server.visitor("U1")
    ack = await v.command("C1", "/cut  전시실 <운영> 일지 폐지 ")
    assert ack.ok
    assert stage.bot.of("command")[0]["text"] == "전시실 <운영> 일지 폐지"
    missing = await v.submit()
    assert missing.errors == {"title": "required"}
    assert stage.bot.of("submission") == []
    await v.submit(values={"title": "일지 폐지"})
    (body,) = stage.bot.of("submission")
    values = body["view"]["state"]["values"]
    assert values["title"]["title"] == {"type": "plain_text_input", "value": "일지 폐지"}
    assert values["why"]["why"]["value"] == "매일 씁니다"
    assert v.views == []


async def test_a_command_with_should_escape_arrives_escaped(stage):
    await stage.server.visitor("U1").command("C1", "/safe <!channel> & 일지")
    (body,) = stage.bot.of("command")
    assert body["text"] == "&lt;!channel&gt; &amp; 일지"
    assert body["channel_name"] == "문화정책과"
    assert body["user_name"] == "hana"


async def test_the_answer_to_a_command_is_seen_by_its_writer_alone(stage):
    stage.bot.answers("command", "도움말입니다")
    one, two = stage.server.visitor("U1"), stage.server.visitor("U2")
    await one.command("C1", "/cut help")
    assert one.message("C1", "도움말")["is_ephemeral"]
    assert two.messages("C1") == []


async def test_errors_from_the_bot_keep_the_modal_open(stage):
    stage.bot.opens(modal(field_of("title")))
    errors = {"title": "주민등록번호는 쓸 수 없습니다"}
    stage.bot.answers("submission", {"response_action": "errors", "errors": errors})
    v = stage.server.visitor("U1")
    await v.command("C1", "/cut")
    answer = await v.submit(values={"title": "900101-1234567"})
    assert (answer.error, answer.errors) == ("errors", errors)
    assert v.value("title") == "900101-1234567"


async def test_a_submission_can_update_push_and_clear(stage):
    stage.bot.opens(modal(field_of("first")))
    stage.bot.answers(
        "submission",
        {"response_action": "update", "view": modal(field_of("second"))},
        {"response_action": "push", "view": modal(field_of("third"))},
        {"response_action": "clear"},
    )
    v = stage.server.visitor("U1")
    await v.command("C1", "/cut")
    first = v.top
    await v.submit(values={"first": "1"})
    assert v.top["id"] == first["id"]
    assert v.top["hash"] != first["hash"]
    await v.submit(values={"second": "2"})
    assert len(v.views) == 2
    assert v.top["previous_view_id"] == first["id"]
    await v.submit(values={"third": "3"})
    assert v.views == []
    assert stage.ws.problems == []


@pytest.mark.parametrize(
    "answer",
    [
        {"response_action": "errors", "errors": {"nowhere": "?"}},
        {"response_action": "update", "view": {"type": "modal"}},
        {"response_action": "push", "view": None},
    ],
)
async def test_an_answer_slack_would_not_understand_is_kept_as_a_problem(socket_stage, answer):
    socket_stage.bot.opens(modal(field_of("title")))
    socket_stage.bot.answers("submission", answer)
    v = socket_stage.server.visitor("U1")
    await v.command("C1", "/cut")
    assert (await v.submit(values={"title": "일지"})).error == "invalid_response"
    assert len(v.views) == 1
    assert len(socket_stage.ws.problems) == 1


async def test_a_button_on_a_message_is_answered_by_its_response_url(stage):
    @stage.bot.on("action")
    async def pressed(ack, respond, **_):
        await ack()
        await respond(text="바뀜", replace_original=True)

    await stage.bot.posts("카드", actions(button("ok", "7")))
    v = stage.server.visitor("U2")
    await v.click("ok", v.message("C1"))
    await v.until(lambda: v.message("C1", "바뀜"))
    (body,) = stage.bot.of("action")
    assert body["actions"][0]["value"] == "7"
    assert body["container"]["channel_id"] == "C1"
    assert body["message"]["text"] == "카드"
    assert body["user"]["id"] == "U2"


async def test_a_press_nobody_answers_fails_after_the_time_to_answer(stage):
    stage.ws.delivery.ack_timeout = 0.05

    @stage.bot.on("action")
    async def silent(**_):
        raise RuntimeError("no answer")

    await stage.bot.posts("카드", actions(button("ok")))
    v = stage.server.visitor("U1")
    answer = await v.click("ok", v.message("C1"))
    assert answer.error in ("timeout", "dispatch_failed")


async def test_a_forged_press_reaches_the_bot_and_a_click_on_nothing_does_not(stage):
    await stage.bot.posts("카드", actions(button("ok")))
    v = stage.server.visitor("U1")
    card = v.message("C1")
    with pytest.raises(LookupError):
        await v.click("decide", card)
    await v.press(card, "decide", value="12")
    (body,) = stage.bot.of("action")
    assert body["actions"][0]["value"] == "12"


async def test_a_stale_button_is_pressed_with_what_it_carried(socket_stage):
    bot = socket_stage.bot
    ts = await bot.posts("카드", actions(button("ok", "old")))
    v = socket_stage.server.visitor("U1")
    before = v.message("C1")
    await bot.client.chat_update(channel="C1", ts=ts, text="카드", blocks=[section("끝")])
    with pytest.raises(LookupError):
        await v.click("ok", before)
    await v.press(before, "ok")
    assert bot.of("action")[0]["actions"][0]["value"] == "old"


async def test_shortcuts_bring_a_trigger_and_the_message(stage):
    v = stage.server.visitor("U1")
    message = await v.post("C1", "일지 & <보고>를 없앱시다")
    await v.message_shortcut("propose_message", "C1", message.ts)
    await v.shortcut("propose")
    on_message, anywhere = stage.bot.of("shortcut")
    assert on_message["message"]["text"] == "일지 &amp; &lt;보고&gt;를 없앱시다"
    assert on_message["message_ts"] == message.ts
    assert on_message["channel"]["id"] == "C1"
    assert anywhere["type"] == "shortcut"
    assert anywhere["trigger_id"]
    with pytest.raises(NotAllowed):
        await v.shortcut("unknown")


async def test_an_external_select_asks_the_bot_for_its_options(stage):
    select = {"type": "external_select", "action_id": "task", "min_query_length": 1}
    stage.bot.answers("options", {"options": [option("12", "전시실 일지")]})
    ts = await stage.bot.posts("고르기", section("?", block_id="s", accessory=select))
    v = stage.server.visitor("U1")
    found = await v.suggest(Place(channel="C1", ts=ts), "task", "s", "전시실")
    assert found == {"options": [option("12", "전시실 일지")]}
    await v.fill({"task": "12"}, v.message("C1"))
    assert stage.bot.of("options")[0]["value"] == "전시실"
    assert stage.bot.of("action")[0]["actions"][0]["selected_option"]["value"] == "12"


async def test_options_that_come_late_or_wrong_are_none(socket_stage):
    select = {"type": "external_select", "action_id": "task"}
    socket_stage.bot.answers("options", {"options": [option("v" * 76)]})
    ts = await socket_stage.bot.posts("?", section("?", block_id="s", accessory=select))
    v = socket_stage.server.visitor("U1")
    with pytest.raises(NotAllowed, match="no_options"):
        await v.suggest(Place(channel="C1", ts=ts), "task", "s", "")
    assert "must be less than 76 characters" in socket_stage.ws.problems[0]


async def test_closing_tells_those_who_asked_and_carries_no_values(stage):
    stage.bot.opens(modal(field_of("title"), notify_on_close=True))
    v = stage.server.visitor("U1")
    await v.command("C1", "/cut")
    await v.fill({"title": "잊힐 제목"})
    await v.close(v.top["id"])
    (body,) = stage.bot.of("closed")
    assert body["view"]["state"] == {"values": {}}
    assert body["is_cleared"] is False
    assert v.views == []


async def test_a_dispatching_input_tells_the_bot_as_it_changes(stage):
    config = {"trigger_actions_on": ["on_character_entered"]}
    loud = field_of("title", dispatch_action_config=config, dispatch_action=True)
    enter = field_of("enter", dispatch_action=True)
    stage.bot.opens(modal(loud, enter, field_of("why")))
    v = stage.server.visitor("U1")
    await v.command("C1", "/cut")
    await v.fill({"why": "조용히", "enter": "아직", "title": "크게"})
    (body,) = stage.bot.of("action")
    assert body["actions"][0]["value"] == "크게"
    assert body["view"]["state"]["values"]["why"]["why"]["value"] == "조용히"


async def test_home_is_published_and_entered(stage):
    @stage.bot.on("event")
    async def entered(ack, body, client, **_):
        view = home(section("어서 오세요"), actions(button("start")))
        await client.views_publish(user_id=body["event"]["user"], view=view)
        await ack()

    v = stage.server.visitor("U3")
    await v.open_home()
    await v.until(lambda: v.home)
    assert v.texts("home") == ["어서 오세요", "start"]
    await v.click("start", "home")
    assert stage.bot.of("action")[0]["view"]["type"] == "home"
    assert stage.bot.events("app_home_opened")[0]["tab"] == "home"


async def test_a_trigger_works_once_and_for_three_seconds(stage):
    v = stage.server.visitor("U1")
    await v.command("C1", "/cut")
    await v.command("C1", "/cut")
    one, two = (body["trigger_id"] for body in stage.bot.of("command"))
    view, client = modal(field_of("title")), stage.bot.client
    await client.views_open(trigger_id=one, view=view)
    stage.clock.ahead = 3.1
    errors = [
        await refusal(client.views_open(trigger_id=trigger, view=view))
        for trigger in (one, two, "1.2.abc")
    ]
    assert errors == ["exchanged_trigger_id", "expired_trigger_id", "invalid_trigger_id"]


async def test_a_person_cannot_act_where_they_are_not(stage):
    stranger = stage.server.visitor("U3")
    with pytest.raises(NotAllowed, match="not_in_channel"):
        await stranger.command("C1", "/cut")
    with pytest.raises(NotAllowed, match="unknown_command"):
        await stranger.command("C2", "/other")
    stage.ws.archive_channel("C2")
    with pytest.raises(NotAllowed, match="is_archived"):
        await stranger.command("C2", "/cut")
    with pytest.raises(NotAllowed, match="account_inactive"):
        await stage.server.visitor("U9").shortcut("propose")
