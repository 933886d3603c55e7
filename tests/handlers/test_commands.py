"""What a text after `/cut` means."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.domain.results import Query, Scope
from bot.domain.task import Status
from bot.i18n.texts import Catalogue
from handlers.commands import Command, Words, parse

WORDS = Words.of(Catalogue.load())


def listed(**query):
    return Command("list", query=Query(**query))


@pytest.mark.parametrize(
    ("text", "meant"),
    [
        ("", Command("propose")),
        ("   ", Command("propose")),
        ("전시실 운영 일지 폐지", Command("propose", "전시실 운영 일지 폐지")),
        ("list", listed()),
        ("목록", listed()),
        ("LIST Mine", listed(scope=Scope.MINE)),
        ("목록 우리과 추진중 2", listed(scope=Scope.DEPARTMENT, status=Status.IN_PROGRESS, page=2)),
        ("목록 2 완료", listed(status=Status.DONE, page=2)),
        ("list overdue", listed(overdue=True)),
        ("목록 지연 우리국", listed(overdue=True, scope=Scope.BUREAU)),
        ("find 전시", Command("find", query=Query(words="전시"))),
        ("찾기  전시  일지", Command("find", query=Query(words="전시 일지"))),
        ("find", Command("find")),
        ("show 12", Command("show", number=12)),
        ("보기 #12", Command("show", number=12)),
        ("12", Command("show", number=12)),
        ("show", Command("show")),
        ("수정 3", Command("update", number=3)),
        ("예외", Command("exempt")),
        ("Exempt", Command("exempt")),
        ("help", Command("help")),
        ("도움말", Command("help")),
        ("가", Command("help", "가")),
        ("ok", Command("help", "ok")),
    ],
)
def test_commands_are_understood(text, meant):
    assert parse(text, WORDS) == meant


@pytest.mark.parametrize(
    "title",
    [
        "점검 일지 폐지", "관리 대장 폐지", "현황 보고 축소", "목록 정비 사업", "목록 과 팀",
        "목록 0", "목록 완료 완료", "list of things", "보기 좋은 떡", "show 12 13", "show twelve",
        "수정 요청서 폐지", "도움말 고치기", "help desk log", "보기 1234567890", "show ٣",
        "예외 처리 절차 폐지", "exempt 3",
    ],
)  # fmt: skip
def test_a_command_word_with_what_it_does_not_accept_is_a_title(title):
    assert parse(title, WORDS) == Command("propose", title)


def test_lines_of_a_pasted_text_become_one_title():
    assert parse("전시실\n일지  폐지", WORDS) == Command("propose", "전시실 일지 폐지")


def test_a_search_has_an_end():
    found = parse("find " + "가" * 5000, WORDS)
    assert found.query is not None
    assert len(found.query.words) == 200


@given(st.text(max_size=300))
def test_whatever_is_typed_means_something(text):
    command = parse(text, WORDS)
    assert command.name in ("propose", "list", "find", "show", "update", "help")
    if command.name == "propose":
        assert len(command.text) != 1, "too short to be a title"


@pytest.mark.parametrize("unseen", ["\u3164", "\u200b\u2800", "\ufe0f"])
def test_words_in_which_nothing_is_seen_are_none(unseen):
    assert parse(unseen, WORDS) == Command("propose")
    assert parse(f"찾기 {unseen}", WORDS) == Command("find")
    assert parse(f"도움말 {unseen}", WORDS) == Command("help")
