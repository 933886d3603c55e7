import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.i18n.particles import check_pair, josa


@pytest.mark.parametrize(
    ("word", "pair", "expected"),
    [
        ("제목", "을/를", "을"),
        ("과제", "을/를", "를"),
        ("확정", "은/는", "은"),
        ("철회", "은/는", "는"),
        ("팀장", "이/가", "이"),
        ("부서", "과/와", "와"),
        ("예산", "과/와", "과"),
        ("예산", "이나/나", "이나"),
        ("전산화", "이나/나", "나"),
    ],
)
def test_a_korean_word_takes_the_particle_of_its_last_syllable(word, pair, expected):
    assert josa(word, pair) == expected


@pytest.mark.parametrize(
    ("word", "expected"),
    [
        ("폐지", "로"),
        ("이관", "으로"),
        ("교실", "로"),
        ("1", "로"),
        ("7", "로"),
        ("8", "로"),
        ("3", "으로"),
        ("URL", "로"),
        ("QR", "로"),
        ("GPS", "로"),
        ("SLM", "으로"),
    ],
)
def test_rieul_counts_as_a_vowel_before_euro(word, expected):
    assert josa(word, "으로/로") == expected


@pytest.mark.parametrize(
    ("digit", "expected"), [*zip("0123456789", "을을를을를를을을을를", strict=True)]
)
def test_digits_are_read_in_korean(digit, expected):
    assert josa(digit, "을/를") == expected
    assert josa(f"12{digit}", "을/를") == expected


def test_numbers_are_read_by_their_last_digit():
    assert josa(12, "을/를") == "를"
    assert josa("1,234.5", "을/를") == "를"
    assert josa("30,000", "을/를") == "을"


@pytest.mark.parametrize(
    ("word", "expected"),
    [
        ("PDF", "를"),
        ("XLSX", "를"),
        ("MOU", "를"),
        ("URL", "을"),
        ("R", "을"),
        ("Excel", "을"),
        ("training", "을"),
        ("system", "을"),
        ("server", "를"),
    ],
)
def test_latin_abbreviations_are_spelled_and_words_are_read(word, expected):
    assert josa(word, "을/를") == expected


@pytest.mark.parametrize(
    ("word", "expected"),
    [
        ("『전시실 운영』", "을"),
        ("‘점검 일지’", "를"),
        ("“제목”", "을"),
        ("확정!", "을"),
        ("*제목*", "을"),
        ("일지 😀", "를"),
        ("일지 &gt;", "를"),
        ("<점검 일지>", "를"),
        ("『일지&amp;』", "를"),
        ("과제 12.", "를"),
    ],
)
def test_closing_quotes_and_punctuation_are_silent(word, expected):
    assert josa(word, "을/를") == expected


def test_a_remark_in_brackets_leaves_the_particle_to_the_word_before_it():
    assert josa("점검 일지(안전)", "을/를") == "를"
    assert josa("2026. 7. 1.(수)", "으로/로") == "로"
    assert josa("(안전)", "을/를") == "을"


def test_percent_is_read_as_a_word():
    assert josa("50%", "을/를") == "를"
    assert josa("98.3%", "으로/로") == "로"


@pytest.mark.parametrize("word", ["<@U123>", "『<@U123>』", "<#C1>", "漢", "Slack", "", "…"])
def test_an_unknown_reading_shows_both_particles(word):
    assert josa(word, "을/를") == "을(를)"
    assert josa(word, "이/가") == "이(가)"
    assert josa(word, "으로/로") == "(으)로"
    assert josa(word, "이나/나") == "(이)나"


def test_a_link_is_read_by_its_label():
    assert josa("<https://a.kr/x|점검 일지>", "을/를") == "를"
    assert josa("<https://a.kr/x>", "을/를") == "을(를)"


@pytest.mark.parametrize("pair", ["를/을", "가/이", "을", "", "로/으로", "가나/다", "을/를/은"])
def test_a_pair_that_is_none_is_refused(pair):
    with pytest.raises(ValueError, match="no pair"):
        check_pair(pair)


@given(st.text())
def test_any_text_gets_one_of_the_three_forms(text):
    assert josa(text, "을/를") in {"을", "를", "을(를)"}


@given(st.characters(min_codepoint=0xAC00, max_codepoint=0xD7A3))
def test_every_syllable_has_a_known_sound(syllable):
    assert josa(syllable, "이/가") in {"이", "가"}
