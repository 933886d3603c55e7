import copy
from typing import Any

from bot.views import kit
from bot.views.kit import Choice

CHOICES = [Choice("가", "a"), Choice("나", "b", "설명"), Choice("다", "c")]
MODAL_FIELDS = {
    "type",
    "title",
    "submit",
    "close",
    "blocks",
    "private_metadata",
    "callback_id",
    "clear_on_close",
    "notify_on_close",
    "external_id",
}


def words(text):
    """A text as Slack sends it back, which is not as we sent it."""
    return {"type": "plain_text", "text": text, "emoji": True}


def modal(*blocks):
    return kit.modal("과제 제안", blocks, submit="제출", close="닫기", callback_id="propose")


def payload(view):
    """The view as it comes with a payload: with the fields that Slack adds."""
    return {
        **copy.deepcopy(view),
        "id": "V1",
        "team_id": "T1",
        "state": {"values": {}},
        "hash": "1.a",
        "previous_view_id": None,
        "root_view_id": "V1",
        "app_id": "A1",
        "bot_id": "B1",
        "app_installed_team_id": "T1",
        "external_id": "",
        "private_metadata": "",
        "clear_on_close": False,
        "notify_on_close": False,
    }


def started(element, **answer):
    """The element as it starts after `answer` was typed."""
    view = modal(kit.input_block("x", element))
    action_id = element["action_id"]
    state = {"values": {action_id: {action_id: {"type": element["type"], **answer}}}}
    return kit.with_typed(view, state)["blocks"][0]["element"]


def test_a_banner_stands_on_top_and_replaces_a_former_one():
    view = modal(kit.section("가"))
    once = kit.with_banner(view, "저장하지 <못했습니다>.")
    twice = kit.with_banner(payload(once), "다시")
    assert kit.plain(once["blocks"]) == "저장하지 <못했습니다>.\n가"
    assert kit.plain(twice["blocks"]) == "다시\n가"


def test_only_what_slack_takes_is_sent_back():
    view = modal(kit.section("가"))
    for sent in (
        kit.with_banner(payload(view), "주의"),
        kit.with_typed(payload(view), {"values": {}}),
    ):
        assert sent.keys() <= MODAL_FIELDS
        assert "external_id" not in sent
        assert None not in sent.values()
        assert sent["title"] == view["title"]


def test_a_home_tab_is_sent_back_without_the_title_slack_gives_it():
    view = {**payload(kit.home([kit.section("가")])), "title": words("View Title")}
    assert kit.with_banner(view, "주의").keys() == {"type", "blocks"}


def test_pictures_are_sent_back_without_the_sizes_slack_adds():
    picture = kit.image("https://a.kr/i.png", "그림", "제목")
    view = payload(modal({**picture, "image_width": 10, "image_bytes": 9, "fallback": "x"}))
    assert kit.with_banner(view, "주의")["blocks"][1] == picture


def test_the_view_that_was_given_stays_as_it_was():
    view = payload(modal(kit.input_block("x", kit.text_input("title", initial="처음"))))
    before = copy.deepcopy(view)
    kit.with_banner(view, "주의")
    kit.with_typed(view, {"values": {"title": {"title": {"value": "나중"}}}})
    assert view == before


def test_typed_text_and_numbers_are_kept():
    assert started(kit.text_input("x", initial="a"), value="<나>")["initial_value"] == "<나>"
    assert started(kit.number_input("x"), value="12")["initial_value"] == "12"


def test_an_emptied_input_starts_empty():
    assert "initial_value" not in started(kit.text_input("x", initial="a"), value=None)
    assert "initial_date" not in started(kit.date_input("x"), selected_date=None)
    radio = kit.radio("x", CHOICES, initial="a")
    assert "initial_option" not in started(radio, selected_option=None)
    boxes = kit.checkboxes("x", CHOICES, initial=["a"])
    assert "initial_options" not in started(boxes, selected_options=[])


def test_a_choice_is_kept_as_the_menu_has_it():
    for build in (kit.static_select, kit.radio):
        element = build("x", CHOICES, initial="a")
        found = started(element, selected_option={"text": words("나"), "value": "b"})
        assert found["initial_option"] == element["options"][1]


def test_choices_are_kept_as_the_menu_has_them():
    for build in (kit.multi_static_select, kit.checkboxes):
        element = build("x", CHOICES)
        chosen = [{"text": words("다"), "value": "c"}, {"text": words("?"), "value": "gone"}]
        found = started(element, selected_options=chosen)
        assert found["initial_options"] == [element["options"][2]]


def test_choices_of_external_menus_are_kept_as_they_were_made():
    made = {"text": words("문화정책과"), "value": "7"}
    one = started(kit.external_select("x"), selected_option=made)
    several = started(kit.multi_external_select("x"), selected_options=[made])
    assert one["initial_option"] == made
    assert several["initial_options"] == [made]


def test_people_dates_and_times_are_kept():
    assert started(kit.users_select("x"), selected_user="U1")["initial_user"] == "U1"
    several = started(kit.multi_users_select("x"), selected_users=["U1", "U2"])
    assert several["initial_users"] == ["U1", "U2"]
    assert started(kit.date_input("x"), selected_date="2026-07-01")["initial_date"] == "2026-07-01"
    assert started(kit.time_input("x"), selected_time="09:05")["initial_time"] == "09:05"


def test_files_stay_as_they_are():
    assert started(kit.file_input("x"), files=[{"id": "F1"}]) == kit.file_input("x")


def test_inputs_beside_a_section_and_in_actions_are_kept_too():
    view = modal(
        kit.section("가", kit.static_select("side", CHOICES), block_id="s"),
        kit.actions(kit.date_input("day"), kit.button("확정", "go"), block_id="a"),
    )
    state = {
        "values": {
            "s": {"side": {"selected_option": {"value": "c"}}},
            "a": {"day": {"selected_date": "2026-07-01"}},
        }
    }
    section, actions = kit.with_typed(view, state)["blocks"]
    assert section["accessory"]["initial_option"]["value"] == "c"
    assert actions["elements"][0]["initial_date"] == "2026-07-01"
    assert actions["elements"][1] == kit.button("확정", "go")


def test_inputs_the_state_does_not_know_keep_their_start():
    view = modal(kit.input_block("x", kit.text_input("title", initial="처음")))
    elsewhere = {"values": {"other": {"title": {"value": "?"}}}}
    states: list[dict[str, Any] | None] = [None, {}, {"values": {}}, elsewhere]
    for state in states:
        assert kit.with_typed(view, state)["blocks"] == view["blocks"]
