"""Blocks of messages keep Slack's limits."""

from contextlib import suppress

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.clock import Clock
from bot.playground.elements import HOLDERS
from bot.playground.ids import Ids
from bot.playground.limits import BLOCKS, ready_blocks, ready_options
from bot.playground.records import SlackError
from tests.playground.blocks import actions, button, field_of, option, plain, section


def wrong(*blocks):
    """What is wrong with the blocks."""
    with pytest.raises(SlackError, match="invalid_blocks") as error:
        ready_blocks(list(blocks), Ids(Clock()))
    return list(error.value.messages)


SELECT = {"type": "static_select", "action_id": "s", "options": [option("1")]}

RIGHT = [
    section("가" * 3000),
    {"type": "section", "fields": [{"type": "mrkdwn", "text": "가" * 1300}] * 10},
    {"type": "divider"},
    {"type": "header", "text": plain("가" * 150)},
    {"type": "context", "elements": [plain("하나")] * 10},
    {"type": "image", "image_url": "https://example.kr/a.png", "alt_text": "그림"},
    {"type": "markdown", "text": "**굵게**"},
    actions(*[button(f"b{n}") for n in range(25)]),
    actions(SELECT, {"type": "datepicker", "action_id": "d", "initial_date": "2026-03-02"}),
    field_of("title", multiline=True, max_length=3000),
    section("골라 주세요", accessory={**SELECT, "initial_option": option("1")}),
]


@pytest.mark.parametrize("block", RIGHT)
def test_a_block_within_the_limits_is_taken(block):
    assert ready_blocks([block], Ids(Clock()))[0]["block_id"]


WRONG = [
    (section("가" * 3001), "must be less than 3001 characters", "/text/text"),
    (section(""), "must be more than 0 characters", "/text/text"),
    ({"type": "section"}, "missing required field: text", ""),
    (
        {"type": "header", "text": plain("가" * 151)},
        "must be less than 151 characters",
        "/text/text",
    ),
    ({"type": "actions", "elements": []}, "no fewer than 1 items allowed", "/elements"),
    (
        actions(*[button(f"b{n}") for n in range(26)]),
        "no more than 25 items allowed",
        "/elements",
    ),
    (
        {"type": "context", "elements": [plain("하나")] * 11},
        "no more than 10 items allowed",
        "/elements",
    ),
    (
        {"type": "section", "fields": [plain("가" * 2001)]},
        "must be less than 2001 characters",
        "/fields/0/text",
    ),
    (
        actions({**button("a"), "text": plain("가" * 76)}),
        "must be less than 76 characters",
        "/elements/0/text/text",
    ),
    (
        actions(button("a", "v" * 2001)),
        "must be less than 2001 characters",
        "/elements/0/value",
    ),
    (actions(button("a", style="red")), "must be one of: primary, danger", "/elements/0/style"),
    (
        actions({**SELECT, "options": [option("v" * 76)]}),
        "must be less than 76 characters",
        "/elements/0/options/0/value",
    ),
    (
        actions({**SELECT, "options": [option(str(n)) for n in range(101)]}),
        "no more than 100 items allowed",
        "/elements/0/options",
    ),
    (
        actions({**SELECT, "initial_option": option("2")}),
        "initial option must be one of the options provided",
        "/elements/0",
    ),
    (
        actions({"type": "overflow", "options": [option(str(n)) for n in range(6)]}),
        "no more than 5 items allowed",
        "/elements/0/options",
    ),
    (
        actions({"type": "radio_buttons", "options": [option(str(n)) for n in range(11)]}),
        "no more than 10 items allowed",
        "/elements/0/options",
    ),
    (
        actions({"type": "multi_users_select", "action_id": "u"}),
        "unsupported type: multi_users_select",
        "/elements/0/type",
    ),
    (
        section("a", accessory={"type": "plain_text_input", "action_id": "t"}),
        "unsupported type: plain_text_input",
        "/accessory/type",
    ),
    (field_of("f", "file_input"), "unsupported type: file_input", "/element/type"),
    (
        field_of("t", placeholder=plain("가" * 151)),
        "must be less than 151 characters",
        "/element/placeholder/text",
    ),
    (
        field_of("n", "number_input"),
        "missing required field: is_decimal_allowed",
        "/element",
    ),
    (
        actions(button("a", confirm={"title": plain("정말?"), "text": plain("네")})),
        "missing required field: confirm",
        "/elements/0/confirm",
    ),
    (actions(button("a", colour="red")), "invalid additional property: colour", "/elements/0"),
    (section("a", block_id="b" * 256), "must be less than 256 characters", "/block_id"),
    ({"type": "carousel"}, "unsupported type: carousel", "/type"),
]


@pytest.mark.parametrize(("block", "message", "at"), WRONG)
def test_a_block_beyond_a_limit_is_refused_with_the_place(block, message, at):
    assert f"{message} [json-pointer:/blocks/0{at}]" in wrong(block)


def test_a_message_holds_fifty_blocks():
    assert len(ready_blocks([section("줄")] * 50, Ids(Clock()))) == 50
    assert wrong(*[section("줄")] * 51) == ["no more than 50 items allowed [json-pointer:/blocks]"]


def test_a_message_holds_one_table():
    table = {"type": "table", "rows": [[{"type": "raw_text", "text": "칸"}]]}
    assert ready_blocks([table], Ids(Clock()))
    assert wrong(table, table) == ["only one table is allowed [json-pointer:/blocks]"]


def test_finding_nothing_is_a_fair_answer_to_a_suggestion():
    assert ready_options({"options": []}) == {"options": []}
    with pytest.raises(SlackError, match="invalid_options"):
        ready_options(None)


NAMES = st.sampled_from(
    [
        "type",
        "text",
        "block_id",
        "elements",
        "element",
        "accessory",
        "label",
        "options",
        "option_groups",
        "value",
        "action_id",
        "initial_option",
        "initial_options",
        "confirm",
        "fields",
        "max_length",
        "max_files",
        "dispatch_action_config",
        "trigger_actions_on",
        "placeholder",
        "rows",
        "emoji",
        "style",
    ]
)
WORDS = st.sampled_from([*BLOCKS, *HOLDERS, "plain_text", "mrkdwn", ""])
ANYTHING = st.recursive(
    st.none() | st.booleans() | st.integers() | WORDS,
    lambda inner: st.lists(inner, max_size=4) | st.dictionaries(NAMES, inner, max_size=6),
    max_leaves=25,
)


@given(blocks=st.lists(st.dictionaries(NAMES, ANYTHING), max_size=4))
def test_whatever_is_sent_as_blocks_is_taken_or_refused(blocks):
    with suppress(SlackError):
        ready_blocks(blocks, Ids(Clock()))
