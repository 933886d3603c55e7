"""Payloads as handlers read them."""

from datetime import UTC, date, datetime, time
from typing import Any

import pytest

from handlers.inbound import Inbound, Kind, Message
from handlers.typed import typed
from tests.handlers import payloads


def read(kind: Kind, body: dict[str, Any]) -> Inbound:
    return Inbound.of(kind, body, request_id="r-1", received=0.0)


def option(value: str) -> dict[str, Any]:
    return {"text": {"type": "plain_text", "text": value}, "value": value}


@pytest.mark.parametrize(
    ("element", "value"),
    [
        ({"type": "plain_text_input", "value": None}, ""),
        ({"type": "number_input", "value": "12"}, 12),
        ({"type": "number_input", "value": "-1.5"}, -1.5),
        ({"type": "number_input", "value": "1e400"}, None),
        ({"type": "number_input", "value": "nan"}, None),
        ({"type": "number_input"}, None),
        ({"type": "static_select", "selected_option": option("a")}, "a"),
        ({"type": "external_select", "selected_option": None}, None),
        ({"type": "radio_buttons", "selected_option": option("b")}, "b"),
        ({"type": "overflow", "selected_option": option("c")}, "c"),
        ({"type": "checkboxes", "selected_options": [option("a"), option("b")]}, ("a", "b")),
        ({"type": "multi_static_select", "selected_options": []}, ()),
        ({"type": "datepicker", "selected_date": "2026-07-01"}, date(2026, 7, 1)),
        ({"type": "datepicker", "selected_date": "2026-02-31"}, None),
        ({"type": "timepicker", "selected_time": "14:30"}, time(14, 30)),
        (
            {"type": "datetimepicker", "selected_date_time": 1_782_864_000},
            datetime(2026, 7, 1, tzinfo=UTC),
        ),
        ({"type": "datetimepicker", "selected_date_time": 10**20}, None),
        ({"type": "users_select", "selected_user": "U1"}, "U1"),
        ({"type": "channels_select", "selected_channel": "C1"}, "C1"),
        ({"type": "multi_users_select", "selected_users": ["U1", "U2"]}, ("U1", "U2")),
        ({"type": "multi_conversations_select", "selected_conversations": ["C1"]}, ("C1",)),
        ({"type": "file_input", "files": [{"id": "F1"}]}, ("F1",)),
        ({"type": "button", "value": "12:3"}, "12:3"),
        ({"type": "button"}, None),
    ],
)
def test_inputs_become_python_values(element: dict[str, Any], value: object) -> None:
    assert typed(element) == value


def test_values_are_found_by_action_id() -> None:
    inbound = read(Kind.VIEW, payloads.submission())
    assert inbound.values == {"title": "운영 일지", "propose.problem": "아무도 안 봄"}


def test_a_press_knows_its_value_message_and_person() -> None:
    inbound = read(Kind.ACTION, payloads.press_in_message("https://x/1", thread_ts="9.5"))
    assert inbound.value == "12:3"
    assert (inbound.user, inbound.team, inbound.channel) == ("U1", "T1", "C1")
    assert inbound.message == Message(
        channel="C1", ts="10.5", text="card", user="UBOT", thread_ts="9.5"
    )


def test_a_press_in_an_ephemeral_has_no_text_but_a_place() -> None:
    body = payloads.press_in_message("https://x/1")
    del body["message"]
    body["container"]["is_ephemeral"] = True
    message = read(Kind.ACTION, body).message
    assert message == Message(channel="C1", ts="10.5", ephemeral=True)


def test_a_message_shortcut_brings_the_message() -> None:
    inbound = read(Kind.SHORTCUT, payloads.message_shortcut("https://x/1"))
    assert inbound.text == "이 일지를 없애자"
    assert inbound.message is not None
    assert (inbound.message.channel, inbound.message.user) == ("C1", "U2")


def test_an_event_knows_who_and_where() -> None:
    reaction = payloads.event("reaction_added", item={"channel": "C7", "ts": "1.1"})
    renamed = payloads.event("channel_rename", channel={"id": "C8"}, user=None)
    changed = payloads.event("user_change", user={"id": "U5"})
    assert read(Kind.EVENT, reaction).channel == "C7"
    assert read(Kind.EVENT, renamed).channel == "C8"
    assert read(Kind.EVENT, renamed).user is None
    assert read(Kind.EVENT, changed).user == "U5"


def test_the_key_of_a_submission_follows_view_hash_and_values() -> None:
    def key(**more: Any) -> str | None:
        return read(Kind.VIEW, payloads.submission(**more)).key

    other = payloads.form_view()["state"]
    other["values"]["title"]["title"]["value"] = "다른 제목"
    assert key() == key()
    assert len({key(), key(id="V2"), key(hash="h2"), key(state=other)}) == 4


def test_the_key_of_a_press_follows_person_moment_and_button() -> None:
    def key(**more: str) -> str | None:
        body = payloads.press_in_modal(more.get("button", "act.note"))
        body["user"]["id"] = more.get("user", "U1")
        body["actions"][0]["action_ts"] = more.get("at", "99.1")
        return read(Kind.ACTION, body).key

    assert key() == key()
    assert len({key(), key(user="U2"), key(at="99.2"), key(button="act.plan")}) == 4


def test_the_same_trigger_or_view_of_two_people_has_two_keys() -> None:
    def key(kind: Kind, body: dict[str, Any], user: str) -> str | None:
        return read(kind, body | {"user": {"id": user}, "user_id": user}).key

    for kind, body in (
        (Kind.COMMAND, payloads.command()),
        (Kind.SHORTCUT, payloads.shortcut()),
        (Kind.VIEW, payloads.submission()),
    ):
        assert key(kind, body, "U1") == key(kind, body, "U1") != key(kind, body, "U2")


def test_the_key_of_an_event_is_its_own_whoever_caused_it() -> None:
    one, other = payloads.event(), payloads.event() | {"event_id": "Ev2"}
    assert read(Kind.EVENT, one).key == read(Kind.EVENT, payloads.event(user="U2")).key
    assert read(Kind.EVENT, one).key != read(Kind.EVENT, other).key


@pytest.mark.parametrize("sign", ["\ud83d", "\0", "x" * 5000])
def test_whatever_came_in_the_key_can_be_stored(sign: str) -> None:
    typed_in = payloads.form_view()["state"]
    typed_in["values"]["title"]["title"]["value"] = sign
    bodies = [
        (Kind.EVENT, payloads.event() | {"event_id": sign}),
        (Kind.COMMAND, payloads.command() | {"trigger_id": sign, "user_id": sign}),
        (Kind.SHORTCUT, payloads.shortcut(trigger_id=sign)),
        (Kind.ACTION, payloads.press_in_modal(f"act.note{sign}")),
        (Kind.VIEW, payloads.submission(hash=sign, id=sign)),
        (Kind.VIEW, payloads.submission(state=typed_in)),
    ]
    for kind, body in bodies:
        key = read(kind, body).key
        assert key is not None
        assert key.isascii()
        assert key.isprintable()
        assert len(key) < 60


def test_what_stores_nothing_has_no_key() -> None:
    assert read(Kind.OPTIONS, payloads.suggestion("가")).key is None
    assert read(Kind.CLOSED, payloads.closed()).key is None


@pytest.mark.parametrize("metadata", ["", "no json", "[1]", "3"])
def test_metadata_is_an_object_or_empty(metadata: str) -> None:
    assert read(Kind.VIEW, payloads.submission(private_metadata=metadata)).metadata == {}


def test_metadata_is_decoded() -> None:
    inbound = read(Kind.VIEW, payloads.submission(private_metadata='{"task":12}'))
    assert inbound.metadata == {"task": 12}
