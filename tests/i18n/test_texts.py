from datetime import UTC, date, datetime

import pytest

from bot.domain.errors import Key
from bot.i18n.texts import BadText, Catalogue, language_of

CATALOGUE = Catalogue.load()


@pytest.fixture
def ko():
    return CATALOGUE.of("ko")


@pytest.fixture
def en():
    return CATALOGUE.of("en")


def write(root, language, text, name="a.ftl"):
    (root / language).mkdir(exist_ok=True)
    (root / language / name).write_text(text, encoding="utf-8")


@pytest.fixture
def own(tmp_path):
    def load(text):
        figures = "pattern-date = yyyy-MM-dd\npattern-moment = yyyy-MM-dd HH:mm\n"
        for language in ("ko", "en"):
            write(tmp_path, language, figures + text)
        return Catalogue.load(tmp_path).of("ko")

    return load


def test_a_message_is_filled_without_isolation_marks(ko, en):
    assert ko("error-required", label="제목") == "제목을 입력해 주세요."
    assert ko("error-required", label="과제") == "과제를 입력해 주세요."
    assert en("error-required", label="Title") == "Please fill in “Title”."


def test_the_refusal_names_who_may(ko):
    text = ko("error-not-allowed", act=ko.term("act", "confirm"), who="과장 김하늘")
    assert text == "‹확정›은 ‹과장 김하늘›님이 하실 수 있습니다."


def test_task_numbers_are_never_grouped(ko, en):
    assert ko("task-number", number=12345) == "12345번"
    assert en("task-number", number=12345) == "#12345"


def test_a_missing_key_raises(ko):
    assert not ko.has("no-such-key")
    with pytest.raises(BadText, match="no-such-key"):
        ko("no-such-key")


def test_a_missing_value_raises(ko):
    with pytest.raises(BadText, match="reference"):
        ko("error-unexpected")


def test_a_missing_selector_or_value_of_the_wrong_kind_raises(own):
    t = own("a = { $x ->\n    [one] 1\n   *[other] 2\n}\nb = { $x }\n")
    for key, values in (("a", {}), ("b", {"x": None}), ("b", {"x": ["y"]})):
        with pytest.raises(BadText):
            t(key, **values)


def test_a_value_may_be_called_key(own):
    assert own("a = { $key }\n")("a", key="x") == "x"


def test_dates_moments_and_flags_among_the_values_appear_the_house_way(own):
    t = own("a = { $x }\nb = { $x ->\n    [yes] on\n   *[no] off\n}\n")
    assert t("a", x=date(2026, 7, 1)) == "2026-07-01"
    assert t("a", x=datetime(2026, 6, 30, 15, 0, tzinfo=UTC)) == "2026-07-01 00:00"
    assert (t("b", x=True), t("b", x=False)) == ("on", "off")


def test_a_key_among_the_values_is_worded_in_the_language(ko, en):
    values = {"act": Key("act-confirm"), "status": Key("status-on-hold")}
    assert ko("error-not-possible", **values).startswith("지금 상태(보류)에서는 ‹확정›을")
    assert en("error-not-possible", **values).startswith("‹Confirm› is not possible")


def test_a_long_value_is_shown_whole_even_inside_a_selector(own):
    t = own("a = { $x }{ $n ->\n    [1] { $x }\n   *[other] -\n}\n")
    assert t("a", x="가" * 3000, n=1) == "가" * 6000


def test_a_word_for_a_code(ko, en):
    assert ko.term("status", "in_progress") == "추진 중"
    assert en.term("status", "in_progress") == "In progress"


def test_a_date_has_its_weekday(ko, en):
    assert ko.date(date(2026, 7, 1)) == "2026. 7. 1.(수)"
    assert en.date(date(2026, 7, 1)) == "Wed 1 Jul 2026"


def test_a_moment_is_told_on_the_wall_clock_of_the_office(ko, en):
    at = datetime(2026, 7, 1, 5, 0, tzinfo=UTC)
    assert ko.moment(at) == "2026. 7. 1.(수) 14:00"
    assert en.moment(at) == "Wed 1 Jul 2026 14:00"
    assert ko.moment(datetime(2026, 6, 30, 15, 5, tzinfo=UTC)) == "2026. 7. 1.(수) 00:05"


def test_a_moment_without_a_zone_is_refused(ko):
    with pytest.raises(ValueError, match="time zone"):
        ko.moment(datetime.fromisoformat("2026-07-01T14:00"))


@pytest.mark.parametrize(
    ("hours", "korean", "english"),
    [
        (1234.5, "1,234.5시간", "1,234.5 hours"),
        (30058.0, "30,058시간", "30,058 hours"),
        (1, "1시간", "1 hour"),
        (1.04, "1시간", "1 hour"),
        (0, "0시간", "0 hours"),
        (2.25, "2.3시간", "2.3 hours"),
        (1 / 3, "0.33시간", "0.33 hours"),
    ],
)
def test_hours(ko, en, hours, korean, english):
    assert (ko.hours(hours), en.hours(hours)) == (korean, english)


def test_days_are_of_eight_hours_and_say_so(ko, en):
    assert ko.days(1234.5) == "154.3일(8시간 기준)"
    assert en.days(1234.5) == "154.3 days (8 hours each)"
    assert en.days(8) == "1 day (8 hours each)"


@pytest.mark.parametrize(
    ("thousand_won", "korean", "english"),
    [
        (23_800_000, "23,800백만 원", "₩23,800 million"),
        (1_234_567, "1,234.6백만 원", "₩1,234.6 million"),
        (12_340, "12.3백만 원", "₩12.3 million"),
        (1_234, "1.234백만 원", "₩1.234 million"),
        (300, "0.3백만 원", "₩0.3 million"),
        (5, "0.005백만 원", "₩0.005 million"),
        (0, "0백만 원", "₩0 million"),
    ],
)
def test_money_is_shown_in_millions(ko, en, thousand_won, korean, english):
    assert (ko.money(thousand_won), en.money(thousand_won)) == (korean, english)


def test_a_share_is_all_only_when_it_is_all(ko, en):
    assert ko.percent(1.0) == "100%"
    assert en.percent(0.9999) == "99.9%"
    assert ko.percent(0.983) == "98.3%"
    assert ko.percent(0) == "0%"


@pytest.mark.parametrize(
    ("locale", "language"),
    [
        ("ko-KR", "ko"),
        ("ko", "ko"),
        (None, "ko"),
        ("", "ko"),
        ("en-US", "en"),
        ("en-GB", "en"),
        ("ja-JP", "en"),
    ],
)
def test_people_read_korean_or_english(locale, language):
    assert language_of(locale) == language
