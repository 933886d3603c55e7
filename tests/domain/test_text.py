"""Korean text: one spelling, nothing personal, and bigrams."""

import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.domain.errors import BotError
from bot.domain.text import folded, grams, one_line, refuse_personal, tidy

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
