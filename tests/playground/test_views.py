"""Modals and Home keep Slack's rules."""

import pytest
from slack_sdk.errors import SlackApiError

from tests.playground.blocks import actions, button, field_of, home, modal, section
from tests.playground.stage import refusal


async def opened(stage, view=None):
    """A visitor with an open modal."""
    v = stage.server.visitor("U1")
    trigger = stage.ws.modals.triggers.issue("U1")
    await stage.bot.client.views_open(trigger_id=trigger, view=view or modal(field_of("title")))
    return v


async def test_a_stack_holds_three_views_and_a_push_needs_a_trigger_from_within(quiet):
    v = await opened(quiet)
    client, triggers = quiet.bot.client, quiet.ws.modals.triggers
    outside = triggers.issue("U1")
    errors = [await refusal(client.views_push(trigger_id=outside, view=modal()))]
    for _ in range(2):
        trigger = triggers.issue("U1", v.top["id"])
        await client.views_push(trigger_id=trigger, view=modal(section("더")))
    trigger = triggers.issue("U1", v.top["id"])
    errors.append(await refusal(client.views_push(trigger_id=trigger, view=modal())))
    assert errors == ["not_found", "push_limit_reached"]
    assert [view["root_view_id"] for view in v.views] == [v.views[0]["id"]] * 3


async def test_of_two_updates_with_the_same_hash_the_second_is_refused(quiet):
    v = await opened(quiet)
    known = {"view_id": v.top["id"], "hash": v.top["hash"]}
    client = quiet.bot.client
    await client.views_update(**known, view=modal(section("먼저")))
    assert await refusal(client.views_update(**known, view=modal())) == "hash_conflict"
    assert v.texts()[1] == "먼저"


async def test_a_closed_view_cannot_be_updated(quiet):
    v = await opened(quiet)
    gone = v.top["id"]
    await v.close(gone)
    client = quiet.bot.client
    assert await refusal(client.views_update(view_id=gone, view=modal())) == "not_found"


async def test_home_keeps_its_id_and_refuses_an_old_hash(quiet):
    client = quiet.bot.client
    first = (await client.views_publish(user_id="U1", view=home(section("하나"))))["view"]
    second = await client.views_publish(user_id="U1", view=home(section("둘")), hash=first["hash"])
    assert second["view"]["id"] == first["id"]
    old = client.views_publish(user_id="U1", view=home(), hash=first["hash"])
    assert await refusal(old) == "hash_conflict"
    assert quiet.server.visitor("U1").texts("home") == ["둘"]


async def test_an_external_id_is_used_once_and_finds_its_view(quiet):
    view = modal(field_of("title"), external_id="propose-U1")
    v = await opened(quiet, view)
    client = quiet.bot.client
    trigger = quiet.ws.modals.triggers.issue("U2")
    assert (
        await refusal(client.views_open(trigger_id=trigger, view=view)) == "duplicate_external_id"
    )
    await client.views_update(external_id="propose-U1", view=modal(section("새 것")))
    assert v.texts()[1] == "새 것"


async def test_what_was_typed_survives_an_update_of_the_same_fields(quiet):
    v = await opened(quiet, modal(field_of("title"), field_of("why", optional=True)))
    await v.fill({"title": "일지", "why": "매일"})
    again = modal(field_of("title", initial_value="다른 제목"), field_of("reason", optional=True))
    await quiet.bot.client.views_update(view_id=v.top["id"], view=again)
    assert v.value("title") == "일지"
    assert v.value("reason") is None


async def test_stacks_belong_to_people(quiet):
    v = await opened(quiet)
    other = quiet.server.visitor("U2")
    assert other.views == []
    with pytest.raises(LookupError):
        _ = other.top
    with pytest.raises(Exception, match="not_found"):
        await other.close(v.top["id"])


async def test_closing_the_lowest_view_closes_those_above(quiet):
    v = await opened(quiet)
    trigger = quiet.ws.modals.triggers.issue("U1", v.top["id"])
    await quiet.bot.client.views_push(trigger_id=trigger, view=modal(section("위")))
    await v.close(v.views[0]["id"])
    assert v.views == []


@pytest.mark.parametrize(
    ("view", "message"),
    [
        (modal(title=None), "must provide an object [json-pointer:/view/title]"),
        (modal(field_of("a"), submit=None), "must provide an object [json-pointer:/view/submit]"),
        (
            {k: x for k, x in modal(field_of("a")).items() if k != "submit"},
            "missing required field: submit [json-pointer:/view]",
        ),
        (
            modal(private_metadata="m" * 3001),
            "must be less than 3001 characters [json-pointer:/view/private_metadata]",
        ),
        (
            modal(*[section("줄")] * 101),
            "no more than 100 items allowed [json-pointer:/view/blocks]",
        ),
        (
            modal(title={"type": "plain_text", "text": "가" * 25}),
            "must be less than 25 characters [json-pointer:/view/title/text]",
        ),
        (home(), "must be one of: modal [json-pointer:/view/type]"),
        (modal(None), "must provide an object [json-pointer:/view/blocks/0]"),
        (
            modal({"type": "markdown", "text": "*"}),
            "unsupported type: markdown [json-pointer:/view/blocks/0/type]",
        ),
        (modal(surprise=1), "invalid additional property: surprise [json-pointer:/view]"),
        (
            modal(section("a", block_id="x"), section("b", block_id="x")),
            "`block_id` already exists [json-pointer:/view/blocks/1/block_id]",
        ),
        (
            modal(actions(button("a"), button("a"))),
            "`action_id` already exists [json-pointer:/view/blocks/0]",
        ),
    ],
)
async def test_a_wrong_view_is_refused_with_the_place(quiet, view, message):
    trigger = quiet.ws.modals.triggers.issue("U1")
    body = {"trigger_id": trigger, "view": view}
    with pytest.raises(SlackApiError) as error:
        await quiet.bot.client.api_call("views.open", json=body)
    assert error.value.response["error"] == "invalid_arguments"
    assert error.value.response["response_metadata"]["messages"] == [f"[ERROR] {message}"]


async def test_a_view_of_more_than_250_kilobytes_is_too_large(quiet):
    trigger = quiet.ws.modals.triggers.issue("U1")
    view = modal(*[section("가" * 1000) for _ in range(90)])
    call = quiet.bot.client.views_open(trigger_id=trigger, view=view)
    assert await refusal(call) == "view_too_large"


async def test_ids_are_assigned_where_they_are_missing(quiet):
    v = await opened(quiet, modal(actions({**button("x"), "action_id": ""}), section("a")))
    first, second = v.top["blocks"]
    assert first["block_id"]
    assert first["elements"][0]["action_id"]
    assert second["block_id"] != first["block_id"]
