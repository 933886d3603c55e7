from datetime import date, time

import pytest

from bot.views import kit
from bot.views.kit import Choice

THREE = [Choice("가", "a"), Choice("나", "b", "설명"), Choice("다", "c")]


def many(number):
    return [Choice(f"{n}", f"{n}") for n in range(number)]


def words(text):
    return {"type": "plain_text", "text": text, "emoji": False}


def test_a_button_carries_what_is_given_and_nothing_else():
    assert kit.button("확정", "task:confirm", "12") == {
        "type": "button",
        "action_id": "task:confirm",
        "text": words("확정"),
        "value": "12",
    }


def test_a_button_may_ask_first():
    question = kit.confirm("철회", "<정말>", yes="철회", no="취소", style="danger")
    built = kit.button(
        "철회", "x", style="danger", confirm=question, accessibility_label="과제 12 철회"
    )
    assert built["confirm"]["text"]["text"] == "&lt;정말&gt;"
    assert built["confirm"]["deny"] == words("취소")
    assert (built["style"], built["accessibility_label"]) == ("danger", "과제 12 철회")


def test_labels_are_clipped_and_values_are_not():
    built = kit.button("가" * 80, "x", accessibility_label="나" * 80)
    assert built["text"]["text"] == "가" * 74 + "…"
    assert len(built["accessibility_label"]) == 75
    for wrong in (
        lambda: kit.button("a", "x" * 256),
        lambda: kit.button("a", ""),
        lambda: kit.button("a", "x", "v" * 2001),
        lambda: kit.option(Choice("a", "v" * 76)),
    ):
        with pytest.raises(ValueError, match="characters, Slack takes"):
            wrong()


def test_an_option_has_a_text_a_value_and_a_description():
    long = kit.option(Choice("가" * 100, "a", "나" * 100))
    assert long["text"]["text"] == "가" * 74 + "…"
    assert long["description"]["text"] == "나" * 74 + "…"
    assert kit.option(THREE[0]) == {"text": words("가"), "value": "a"}


@pytest.mark.parametrize(
    ("build", "limit"),
    [
        (kit.overflow, 5),
        (kit.radio, 10),
        (kit.checkboxes, 10),
        (kit.static_select, 100),
        (kit.multi_static_select, 100),
    ],
)
def test_a_menu_has_as_many_choices_as_slack_takes(build, limit):
    assert len(build("x", many(limit))["options"]) == limit
    for number in (0, limit + 1):
        with pytest.raises(ValueError, match="choices, Slack takes"):
            build("x", many(number))
    with pytest.raises(ValueError, match="same value"):
        build("x", [THREE[0], THREE[0]])


def test_one_of_several_starts_with_the_whole_option():
    for build in (kit.static_select, kit.radio):
        built = build("x", THREE, initial="b")
        assert built["initial_option"] == built["options"][1]
        assert "initial_option" not in build("x", THREE)


def test_some_of_several_start_with_the_whole_options():
    for build in (kit.checkboxes, kit.multi_static_select):
        built = build("x", THREE, initial=["a", "c"])
        assert built["initial_options"] == [built["options"][0], built["options"][2]]
        assert "initial_options" not in build("x", THREE)


def test_a_start_that_is_no_choice_is_a_mistake():
    for build in (kit.static_select, kit.radio):
        with pytest.raises(ValueError, match="no choices"):
            build("x", THREE, initial="z")


def test_external_menus_bring_their_own_start():
    assert kit.external_select("x", initial=THREE[0], placeholder="검색") == {
        "type": "external_select",
        "action_id": "x",
        "initial_option": kit.option(THREE[0]),
        "placeholder": words("검색"),
        "min_query_length": 1,
    }
    several = kit.multi_external_select("x", initial=THREE[:2], min_query=2, at_most=5)
    assert several["initial_options"] == [kit.option(c) for c in THREE[:2]]
    assert (several["min_query_length"], several["max_selected_items"]) == (2, 5)
    assert "initial_options" not in kit.multi_external_select("x")


def test_suggestions_stop_at_a_hundred():
    assert len(kit.suggestions(many(101))["options"]) == 100
    assert kit.suggestions([]) == {"options": []}


def test_people_are_chosen_by_slack_id():
    assert kit.users_select("x", initial="U1")["initial_user"] == "U1"
    assert kit.multi_users_select("x", initial=["U1"])["initial_users"] == ["U1"]
    assert "initial_users" not in kit.multi_users_select("x")


def test_a_text_field_never_starts_with_more_than_it_takes():
    built = kit.text_input("x", initial="가" * 200, max_length=100, multiline=True)
    assert built["initial_value"] == "가" * 99 + "…"
    assert built["multiline"] is True
    assert "initial_value" not in kit.text_input("x", initial="")
    with pytest.raises(ValueError, match="max_length"):
        kit.text_input("x", max_length=3001)


def test_numbers_are_sent_as_text():
    built = kit.number_input("x", initial=12, smallest=0, largest=100_000)
    assert (built["initial_value"], built["min_value"]) == ("12", "0")
    assert (built["max_value"], built["is_decimal_allowed"]) == ("100000", False)
    assert kit.number_input("x", initial=1.5, decimals=True)["initial_value"] == "1.5"
    assert kit.number_input("x", initial=30.0)["initial_value"] == "30"


def test_dates_and_times_are_sent_as_slack_writes_them():
    assert kit.date_input("x", initial=date(2026, 7, 1))["initial_date"] == "2026-07-01"
    assert kit.time_input("x", initial=time(9, 5))["initial_time"] == "09:05"
    assert kit.time_input("x", initial=time(0, 0))["initial_time"] == "00:00"


def test_files_are_asked_for_by_ending():
    assert kit.file_input("x", filetypes=["xlsx"], at_most=2) == {
        "type": "file_input",
        "action_id": "x",
        "filetypes": ["xlsx"],
        "max_files": 2,
    }


def test_a_picture_needs_an_alternative_text():
    assert kit.image_element("https://a.kr/i.png", "표")["alt_text"] == "표"
    for build in (kit.image_element, kit.image):
        with pytest.raises(ValueError, match="alternative text"):
            build("https://a.kr/i.png", " ")
