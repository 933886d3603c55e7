"""A person fills forms as Slack's clients let them."""

import pytest

from tests.playground.blocks import actions, button, field_of, modal, option, section

CHOICES = [option("abolish", "폐지"), option("reduce", "축소")]


async def opened(stage, *blocks):
    """A visitor before a modal of these blocks."""
    stage.bot.opens(modal(*blocks))
    v = stage.server.visitor("U1")
    await v.command("C1", "/cut")
    return v


async def sent(stage, v):
    """The state the submission of the top modal carries."""
    answer = await v.submit()
    assert answer.ok, answer
    return stage.bot.of("submission")[-1]["view"]["state"]["values"]


async def test_every_kind_of_field_has_its_own_state(socket_stage):
    v = await opened(
        socket_stage,
        field_of("type", "static_select", options=CHOICES),
        field_of("kind", "radio_buttons", options=CHOICES, initial_option=CHOICES[0]),
        field_of("needs", "checkboxes", options=CHOICES),
        field_of("owner", "users_select"),
        field_of("with", "multi_users_select", max_selected_items=2),
        field_of("due", "datepicker", initial_date="2026-03-02"),
        field_of("at", "timepicker", optional=True),
        field_of("hours", "number_input", is_decimal_allowed=False, min_value="1"),
        field_of("proof", "file_input", optional=True),
    )
    file = await v.upload("a.txt", b"abc")
    await v.fill(
        {
            "type": "축소",
            "needs": ["abolish", "reduce"],
            "owner": "U2",
            "with": ["U1", "U3"],
            "hours": 12,
            "proof": [file],
        }
    )
    values = {name: entry[name] for name, entry in (await sent(socket_stage, v)).items()}
    text = {"type": "plain_text", "text": "축소", "emoji": True}
    assert values["type"]["selected_option"] == {"text": text, "value": "reduce"}
    assert values["kind"]["selected_option"]["value"] == "abolish"
    assert [o["value"] for o in values["needs"]["selected_options"]] == ["abolish", "reduce"]
    assert values["owner"] == {"type": "users_select", "selected_user": "U2"}
    assert values["with"]["selected_users"] == ["U1", "U3"]
    assert values["due"] == {"type": "datepicker", "selected_date": "2026-03-02"}
    assert values["at"] == {"type": "timepicker", "selected_time": None}
    assert values["hours"] == {"type": "number_input", "value": "12"}
    assert values["proof"]["files"][0]["id"] == file["id"]


@pytest.mark.parametrize(
    ("field", "given"),
    [
        (field_of("f", "static_select", options=CHOICES), "improve"),
        (field_of("f", "users_select"), "U404"),
        (field_of("f", "multi_users_select", max_selected_items=1), ["U1", "U2"]),
        (field_of("f", "datepicker"), "2026-3-2"),
        (field_of("f", "timepicker"), "9시"),
    ],
)
async def test_what_is_not_offered_cannot_be_chosen(socket_stage, field, given):
    v = await opened(socket_stage, field)
    with pytest.raises(LookupError):
        await v.fill({"f": given})
    with pytest.raises(LookupError):
        await v.fill({"elsewhere": "1"})


@pytest.mark.parametrize(
    ("field", "given", "code"),
    [
        (field_of("f"), "", "required"),
        (field_of("f", min_length=3), "가나", "too_short"),
        (field_of("f", max_length=3), "가나다라", "too_long"),
        (field_of("f", "number_input", is_decimal_allowed=False), "1.5", "not_a_number"),
        (field_of("f", "number_input", is_decimal_allowed=True, max_value="9"), "9.5", "too_large"),
        (field_of("f", "number_input", is_decimal_allowed=True, min_value="1"), "0", "too_small"),
        (field_of("f", "email_text_input"), "hana", "not_an_email"),
        (field_of("f", "url_text_input"), "example", "not_a_url"),
        (field_of("f", "multi_users_select"), [], "required"),
    ],
)
async def test_the_client_refuses_what_slacks_would(socket_stage, field, given, code):
    v = await opened(socket_stage, field)
    answer = await v.submit(values={"f": given})
    assert (answer.status, answer.errors) == (0, {"f": code})
    assert socket_stage.bot.of("submission") == []


async def test_of_several_alike_the_value_or_the_block_decides(socket_stage):
    bot = socket_stage.bot
    await bot.posts(
        "목록",
        section("하나", block_id="one", accessory=button("show", "12")),
        section("둘", block_id="two", accessory=button("show", "13")),
    )
    v = socket_stage.server.visitor("U1")
    with pytest.raises(LookupError, match="2 elements fit"):
        await v.click("show", v.message("C1"))
    await v.click("show", v.message("C1"), value="13")
    await v.click("show", v.message("C1"), block_id="one")
    assert [body["actions"][0]["value"] for body in bot.of("action")] == ["13", "12"]


async def test_an_overflow_menu_sends_the_chosen_option(socket_stage):
    menu = {"type": "overflow", "action_id": "more", "options": CHOICES}
    await socket_stage.bot.posts("카드", actions(menu))
    v = socket_stage.server.visitor("U1")
    await v.click("more", v.message("C1"), choose="폐지")
    (body,) = socket_stage.bot.of("action")
    assert body["actions"][0]["selected_option"]["value"] == "abolish"
    with pytest.raises(LookupError):
        await v.click("more", v.message("C1"), choose="개선")


async def test_waiting_in_vain_shows_the_screen(socket_stage):
    await socket_stage.bot.posts("카드", actions(button("ok")))
    v = socket_stage.server.visitor("U1")
    with pytest.raises(AssertionError, match=r"(?s)U1 sees.*문화정책과.*\[button ok\]"):
        await v.until(lambda: v.top, timeout=0.01)
