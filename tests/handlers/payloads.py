"""Payloads as Slack sends them, with keyword overrides."""

from typing import Any

from bot.views.kit import context, input_block, modal, section, text_input

PERSON, STRANGER = "U1", "U9"


def command(text: str = "", **more: Any) -> dict[str, Any]:
    return {
        "token": "t", "team_id": "T1", "team_domain": "office", "channel_id": "C1",
        "channel_name": "general", "user_id": PERSON, "user_name": "kim", "command": "/cut",
        "text": text, "api_app_id": "A1", "is_enterprise_install": "false",
        "response_url": "https://hooks.example/1", "trigger_id": "1.2.abc",
    } | more  # fmt: skip


def _interaction(type: str, **more: Any) -> dict[str, Any]:
    return {
        "type": type, "team": {"id": "T1", "domain": "office"}, "user": {"id": PERSON},
        "api_app_id": "A1", "token": "t", "trigger_id": "1.2.abc",
    } | more  # fmt: skip


def form_view(**more: Any) -> dict[str, Any]:
    """A modal with the inputs `title` and `propose.problem`, as it stands in payloads."""
    made = modal(
        "Form",
        [
            input_block("Title", text_input("title")),
            input_block("Problem", text_input("propose.problem"), block_id="b2"),
            section("more"),
            context("small"),
        ],
        submit="Send",
        callback_id="propose",
    )
    state = {
        "values": {
            "title": {"title": {"type": "plain_text_input", "value": "운영 일지"}},
            "b2": {"propose.problem": {"type": "plain_text_input", "value": "아무도 안 봄"}},
        }
    }
    return made | {"id": "V1", "hash": "h1", "state": state, "team_id": "T1"} | more


def submission(**more: Any) -> dict[str, Any]:
    return _interaction("view_submission", view=form_view(**more))


def closed(**more: Any) -> dict[str, Any]:
    return _interaction("view_closed", view=form_view(**more), is_cleared=False)


def press_in_modal(action_id: str = "act.note", **more: Any) -> dict[str, Any]:
    view = form_view(**more)
    return _interaction(
        "block_actions", view=view, container={"type": "view", "view_id": view["id"]},
        actions=[_button(action_id)],
    )  # fmt: skip


def press_in_home(action_id: str = "act.note") -> dict[str, Any]:
    view = {"type": "home", "id": "VH", "hash": "hh", "blocks": [section("mine")]}
    return _interaction(
        "block_actions", view=view, container={"type": "view", "view_id": "VH"},
        actions=[_button(action_id)],
    )  # fmt: skip


def press_in_message(response_url: str, action_id: str = "act.note", **more: Any) -> dict[str, Any]:
    return _interaction(
        "block_actions",
        container={
            "type": "message", "message_ts": "10.5", "channel_id": "C1", "is_ephemeral": False,
        },
        channel={"id": "C1", "name": "general"},
        message={"type": "message", "ts": "10.5", "text": "card", "user": "UBOT"} | more,
        state={"values": {}},
        response_url=response_url,
        actions=[_button(action_id)],
    )  # fmt: skip


def _button(action_id: str) -> dict[str, Any]:
    return {
        "type": "button", "action_id": action_id, "block_id": "b9", "value": "12:3",
        "action_ts": "99.1",
    }  # fmt: skip


def shortcut(**more: Any) -> dict[str, Any]:
    return _interaction("shortcut", callback_id="propose", action_ts="5.5") | more


def message_shortcut(response_url: str) -> dict[str, Any]:
    return _interaction(
        "message_action", callback_id="propose_message", action_ts="5.5",
        channel={"id": "C1"}, message_ts="10.5", response_url=response_url,
        message={"ts": "10.5", "text": "이 일지를 없애자", "user": "U2", "thread_ts": "9.5"},
    )  # fmt: skip


def suggestion(value: str) -> dict[str, Any]:
    return _interaction(
        "block_suggestion", action_id="department", block_id="b", value=value,
        view=form_view(), container={"type": "view", "view_id": "V1"},
    )  # fmt: skip


def event(type: str = "app_home_opened", **more: Any) -> dict[str, Any]:
    return {
        "token": "t", "team_id": "T1", "api_app_id": "A1", "type": "event_callback",
        "event_id": "Ev1", "event_time": 1, "authorizations": [{"team_id": "T1"}],
        "event": {"type": type, "user": PERSON, "event_ts": "1.1"} | more,
    }  # fmt: skip
