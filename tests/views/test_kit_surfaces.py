import json

import pytest

from bot.views import kit
from bot.views.kit import Md, mention


def sections(number):
    return [kit.section("가") for _ in range(number)]


def test_a_section_escapes_what_a_person_wrote():
    assert kit.section("<!channel>") == {
        "type": "section",
        "text": {"type": "mrkdwn", "text": "&lt;!channel&gt;", "verbatim": True},
    }


def test_a_section_keeps_our_own_markup_and_takes_a_companion():
    built = kit.section(Md("*a*"), kit.button("b", "x"), block_id="row")
    assert built["text"]["text"] == "*a*"
    assert built["accessory"]["action_id"] == "x"
    assert built["block_id"] == "row"


LONG = "가" * 5000
CLIPPED = {
    "section": (kit.section(LONG)["text"], 3000),
    "header": (kit.header(LONG)["text"], 150),
    "field": (kit.fields([("나", LONG)])["fields"][0], 2000),
    "context": (kit.context(LONG)["elements"][0], 3000),
    "label": (kit.input_block(LONG, kit.text_input("x"))["label"], 2000),
    "hint": (kit.input_block("나", kit.text_input("x"), hint=LONG)["hint"], 2000),
    "placeholder": (kit.text_input("x", placeholder=LONG)["placeholder"], 150),
}


@pytest.mark.parametrize("place", CLIPPED)
def test_long_texts_are_clipped_at_the_limit_of_their_place(place):
    shown, limit = CLIPPED[place]
    assert len(shown["text"]) == limit
    assert shown["text"].endswith("…")


def test_fields_are_labels_with_values():
    built = kit.fields([("유형", "폐지"), ("담당자", ""), ("<a>", mention("U1"))])
    assert [field["text"] for field in built["fields"]] == [
        "*유형*\n폐지",
        "*담당자*\n-",
        "*&lt;a&gt;*\n<@U1>",
    ]


def test_small_parts_are_at_most_ten():
    for build in (lambda n: kit.fields([("a", "b")] * n), lambda n: kit.context(*["a"] * n)):
        build(10)
        for number in (0, 11):
            with pytest.raises(ValueError, match="parts"):
                build(number)


def test_actions_are_at_most_25_with_different_ids():
    buttons = [kit.button("a", f"x{n}") for n in range(26)]
    assert len(kit.actions(*buttons[:25])["elements"]) == 25
    with pytest.raises(ValueError, match="parts"):
        kit.actions(*buttons)
    with pytest.raises(ValueError, match="same action_id"):
        kit.actions(buttons[0], buttons[0])


def test_an_input_is_found_again_by_its_action_id():
    built = kit.input_block("제목", kit.text_input("title"))
    assert built["block_id"] == "title"
    assert "dispatch_action" not in built
    assert "optional" not in built


def test_a_dispatching_field_is_sent_as_it_is_typed():
    built = kit.input_block("제목", kit.text_input("title"), dispatch=True, optional=True)
    assert built["dispatch_action"] is True
    assert built["optional"] is True
    trigger = built["element"]["dispatch_action_config"]
    assert trigger == {"trigger_actions_on": ["on_character_entered"]}
    chosen = kit.input_block("기한", kit.date_input("due"), dispatch=True)
    assert "dispatch_action_config" not in chosen["element"]


def test_a_modal_has_what_is_given_and_nothing_else():
    blocks = [kit.input_block("제목", kit.text_input("title"))]
    built = kit.modal("과제 제안", blocks, submit="제출", close="닫기", callback_id="propose")
    assert built == {
        "type": "modal",
        "title": {"type": "plain_text", "text": "과제 제안", "emoji": False},
        "submit": {"type": "plain_text", "text": "제출", "emoji": False},
        "close": {"type": "plain_text", "text": "닫기", "emoji": False},
        "callback_id": "propose",
        "blocks": blocks,
    }


@pytest.mark.parametrize("place", ["title", "submit", "close"])
def test_a_title_or_button_of_a_modal_is_never_clipped(place):
    def build(text):
        texts = {"title": "가", "submit": "나", "close": "다", place: text}
        title, submit, close = texts.values()
        return kit.modal(title, sections(1), submit=submit, close=close, callback_id="x")

    assert build("가" * 24)[place]["text"] == "가" * 24
    with pytest.raises(ValueError, match="title or button"):
        build("가" * 25)


def test_a_modal_with_inputs_needs_a_submit_button():
    with pytest.raises(ValueError, match="submit"):
        kit.modal("가", [kit.input_block("제목", kit.text_input("x"))], callback_id="x")


def test_what_a_view_remembers_is_never_clipped():
    kit.modal("가", sections(1), callback_id="x", private_metadata="m" * 3000)
    with pytest.raises(ValueError, match="private_metadata"):
        kit.home(sections(1), private_metadata="m" * 3001)
    with pytest.raises(ValueError, match="callback_id"):
        kit.modal("가", sections(1), callback_id="x" * 256)


def test_a_home_tab_has_no_title():
    assert kit.home(sections(1)).keys() == {"type", "blocks"}


def test_a_view_leaves_room_for_a_banner():
    full = kit.modal("가", sections(99), callback_id="x")
    assert len(kit.with_banner(full, "주의")["blocks"]) == 100
    for build in (lambda b: kit.modal("가", b, callback_id="x"), kit.home):
        for number in (0, 100):
            with pytest.raises(ValueError, match="blocks"):
                build(sections(number))


def test_a_view_keeps_to_its_size():
    large = [kit.section("가" * 3000) for _ in range(40)]
    with pytest.raises(ValueError, match="bytes"):
        kit.home(large)


def test_two_blocks_of_one_id_are_a_mistake():
    twice = [kit.section("가", block_id="a"), kit.section("나", block_id="a")]
    for build in (kit.home, lambda b: kit.message("가", b)):
        with pytest.raises(ValueError, match="same block_id"):
            build(twice)


def test_a_message_has_an_escaped_text_beside_its_blocks():
    assert kit.message("<!here>") == {"text": "&lt;!here&gt;"}
    assert kit.message(mention("U1"), sections(1))["text"] == "<@U1>"
    assert len(kit.message("가" * 5000)["text"]) == 4000
    with pytest.raises(ValueError, match="needs a text"):
        kit.message("")


def test_a_message_without_text_reads_its_blocks():
    blocks = [
        kit.header("<과제>"),
        kit.section(Md("*a* <@U1>"), kit.button("보기", "x")),
        kit.context("[참고]", "b"),
        kit.actions(kit.button("확정", "y")),
    ]
    assert kit.message("", blocks)["text"] == "&lt;과제&gt;\n*a* <@U1>\n[참고] b"


def test_a_message_keeps_to_its_size():
    kit.message("가", sections(50))
    with pytest.raises(ValueError, match="51 blocks"):
        kit.message("가", sections(51))
    long = [kit.section("가" * 3000) for _ in range(3)]
    kit.message("가", [*long, kit.actions(kit.button("나" * 50, "x"))])
    for more in (kit.section("나" * 501), kit.fields([("가", "나" * 600)])):
        with pytest.raises(ValueError, match="Slack takes 9500"):
            kit.message("가", [*long, more])


def test_blocks_read_as_plain_text():
    blocks = [
        kit.header("과제 <12>"),
        kit.divider(),
        kit.section("a & b", kit.button("보기", "x")),
        kit.fields([("유형", "폐지")]),
        kit.image("https://a.kr/i.png", "실·국별 과제 수"),
        kit.input_block("제목", kit.text_input("title")),
        kit.context("c", kit.image_element("https://a.kr/i.png", "그림")),
        kit.actions(kit.button("확정", "x"), kit.overflow("y", [kit.Choice("가", "a")])),
    ]
    assert kit.plain(blocks).splitlines() == [
        "과제 <12>",
        "a & b",
        "[보기]",
        "*유형*",
        "폐지",
        "실·국별 과제 수",
        "제목",
        "c 그림",
        "[확정] […]",
    ]


def test_everything_built_is_json():
    built = kit.message("가", [kit.section(Md("*a*"), kit.button("b", "x", "1"))])
    assert json.loads(json.dumps(built)) == built
