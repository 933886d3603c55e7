"""Korean text: one spelling, nothing personal, and bigrams."""

import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.domain.errors import BotError
from bot.domain.text import (
    folded,
    grams,
    is_visible,
    one_line,
    refuse_personal,
    storable,
    tidy,
)

HANGUL = st.text(alphabet=st.characters(min_codepoint=0xAC00, max_codepoint=0xD7A3))


@given(st.text())
def test_tidying_twice_changes_nothing_more(text):
    assert tidy(tidy(text)) == tidy(text)
    assert one_line(one_line(text)) == one_line(text)


@pytest.mark.parametrize("dot", "ㆍ·‧・･")
def test_every_middle_dot_becomes_the_one(dot):
    assert tidy(f"기록{dot}관리") == "기록·관리"


@given(HANGUL)
def test_letters_that_a_mac_takes_apart_are_put_together(text):
    assert tidy(unicodedata.normalize("NFD", text)) == tidy(text)


def test_what_turns_text_around_or_rings_bells_is_taken_out():
    assert tidy("가\u202e나\x07다\ufeff") == "가나다"


UNSEEN = (
    "", " ", "\n\t", "\u00a0", "\u3000", "\u2028\u2029", "\u200b", "\u200b\u200c\u200d\u2060",
    "\ufeff", "\u00ad", "\u061c", "\u180e", "\u3164", "\u115f\u1160", "\uffa0", "\u2800", "\u034f",
    "\u180b\u180f", "\ufe0f", "\U000e0100", "\U000e0041\U000e007f", "\U000e0080", "\u2065",
    "\u0301", "\u20dd", "\u0903", "\u17b4\u17b5", "\u206a", "\ufffc", "\ufffd", "\0", "\ud83d",
    "\U0001d159", "\U0001bca0", " \u3164\u200b\n\u2800 ",
)  # fmt: skip
"""Texts in which nobody sees anything."""


@pytest.mark.parametrize("text", UNSEEN, ids=ascii)
def test_a_text_in_which_nothing_is_seen_is_empty(text):
    assert not is_visible(text)
    assert tidy(text) == one_line(text) == ""


@pytest.mark.parametrize(
    "text",
    [
        "👩\u200d👧", "❤\ufe0f", "🏴\U000e0067\U000e007f", "1\ufe0f\u20e3", "\u1112\u1160",
        "\u3164폐지", "e\u0301", "\u0928\u093f", "-", "\u2801",
    ],
)  # fmt: skip
def test_what_is_unseen_stays_where_something_is_seen_with_it(text):
    assert is_visible(text)
    assert tidy(text) == unicodedata.normalize("NFC", text)


def test_a_picture_newer_than_this_python_is_seen():
    assert is_visible("\U0001fae9")
    assert is_visible("\ue000"), "an office's own letters too"


@given(st.text(st.characters(exclude_categories=())))
def test_what_cannot_be_stored_is_replaced_and_nothing_else_changes(text):
    stored = storable(text)
    assert "\0" not in stored
    assert storable(stored) == stored
    assert stored.encode().decode() == stored
    if not any(sign == "\0" or "\ud800" <= sign <= "\udfff" for sign in text):
        assert stored == text


@pytest.mark.parametrize(
    "text",
    [
        "900101-1234567",
        "9001011234567",
        "900101 1234567",
        "주민 900101-4234567입니다",
        "000229-3000000",
    ],
)
def test_a_resident_number_is_refused(text):
    with pytest.raises(BotError) as refused:
        refuse_personal(text, "problem")
    assert (refused.value.key, refused.value.field) == ("error-resident-number", "problem")


@pytest.mark.parametrize("text", ["010-1234-5678", "01012345678", "010 1234 5678", "011.123.4567"])
def test_a_mobile_number_is_refused(text):
    with pytest.raises(BotError) as refused:
        refuse_personal(text, "problem")
    assert refused.value.key == "error-mobile-number"


@pytest.mark.parametrize(
    "text",
    ["063-280-2114", "2026-07-01", "제2026-1234567호", "901301-1234567", "900132-1234567",
     "12,345,678,900원", "900101-9234567", "1900101-1234567", "계좌 301-0123-4567-81"],
)  # fmt: skip
def test_what_only_looks_like_one_is_kept(text):
    refuse_personal(text, "problem")


@given(st.text())
def test_bigrams_do_not_know_spaces_or_case(text):
    assert grams(text) == grams(f"  {text}  ") == grams(folded(text))
    assert len(set(grams(text))) == len(grams(text))


def test_spacing_and_forms_of_letters_make_no_difference():
    assert grams("전시실 운영") == grams("전시실운영") == ("전시", "시실", "실운", "운영")
    assert folded("ＡＢＣ-1") == "abc1"
