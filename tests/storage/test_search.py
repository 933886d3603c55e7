"""Search: two-syllable words, one-syllable words, numbers, slips, and titles that are alike."""

from dataclasses import replace

import pytest

from bot.domain.results import Query
from bot.domain.task import Status
from tests.storage.making import DAY, content, office, task

TITLES = (
    "전시실 운영 일지 폐지",
    "전주권 광역도시계획 수립 개선",
    "지방건설기술심의 대상 사업 축소",
    "도로 점검 보고서 통합",
    "민원 처리 현황 일일 보고 폐지",
    "청사 방호 근무 일지 전산화",
    "도서관 자료 구입 심의 절차 개선",
    "공연장 대관 신청서 간소화",
    "관광 안내소 방문객 통계 축소",
    "체육시설 안전 점검표 통합",
)


def province(uow, titles=TITLES):
    made = office(uow)
    return made, [task(uow, made.member, made.halls_place, title) for title in titles]


def found(uow, words, **query):
    return [row.id for row in uow.search.find(Query(words=words, **query), DAY).rows]


@pytest.mark.parametrize(
    ("words", "expected"),
    [
        ("일지", [6, 1]),
        ("폐지", [5, 1]),
        ("운영 폐지", [1]),
        ("폐지 운영", [1]),
        ("전시실운영", [1]),
        ("광역도시계획", [2]),
        ("건설 기술", [3]),
        ("“점검”, 통합!", [10, 4]),
        ("표", [10]),
        ("손으로 전시", [1]),
        ("점검 폐지", []),
        ("!!", []),
        ("", []),
    ],
)
def test_every_word_has_to_be_there_in_any_order(unit, words, expected):
    with unit() as uow:
        province(uow)
        page = uow.search.find(Query(words=words), DAY)
        assert ([row.id for row in page.rows] if not page.fuzzy else []) == expected


def test_problem_and_proposal_are_searched_too_but_not_across_them(unit):
    with unit() as uow:
        made = office(uow)
        written = content("일지", problem="수기로 작성", proposal="전산 입력")
        task(uow, made.member, made.halls_place, content=written)
        assert found(uow, "수기") == found(uow, "입력 수기 일지") == [1]
        assert found(uow, "성전") == []


def test_signs_of_the_databases_own_languages_are_only_signs(unit):
    with unit() as uow:
        made = office(uow)
        task(uow, made.member, made.halls_place, 'A/B "C" OR NOT * {x} 100% ㆍ 요율')
        for words in ('"C"', "OR", "NOT", "x} 100%", "a/b", "100", "' --", "요율"):
            uow.search.find(Query(words=words), DAY)
        assert found(uow, "or not") == found(uow, "100%") == found(uow, "요율") == [1]


def test_latin_letters_are_found_in_either_case_and_width(unit):
    with unit() as uow:
        made = office(uow)
        task(uow, made.member, made.halls_place, "ＧＩＳ 시스템 CCTV 점검")
        assert found(uow, "gis") == found(uow, "cctv 점검") == [1]


@pytest.mark.parametrize("words", ["7", "#7", " #7 "])
def test_a_number_finds_its_task(unit, words):
    with unit() as uow:
        province(uow)
        assert found(uow, words)[:1] == [7]


def test_a_number_is_also_looked_for_in_the_texts(unit):
    with unit() as uow:
        province(uow, ["2026년 계획", "옛 계획", "제2조 정비"])
        assert found(uow, "2026") == [1]
        assert found(uow, "2") == [2, 3, 1]
        assert found(uow, "#2") == [2]
        assert found(uow, "#99") == []


def test_a_number_found_first_takes_a_line_of_its_page(unit):
    with unit() as uow:
        province(uow, ["1월 계획"] * 12)
        first = uow.search.find(Query(words="1"), DAY)
        assert ([row.id for row in first.rows], first.more) == ([1, *range(12, 3, -1)], True)
        last = uow.search.find(Query(words="1", before=first.rows[-1].id), DAY)
        assert ([row.id for row in last.rows], last.more) == ([3, 2, 1], False)


def test_the_newest_come_first_ten_at_a_time(unit):
    with unit() as uow:
        province(uow, ["업무 개선"] * 23)
        first = uow.search.find(Query(words="개선"), DAY)
        assert [row.id for row in first.rows] == list(range(23, 13, -1))
        assert first.more
        last = uow.search.find(Query(words="개선", before=4), DAY)
        assert ([row.id for row in last.rows], last.more) == ([3, 2, 1], False)
        one_syllable = uow.search.find(Query(words="선", before=12), DAY)
        assert ([row.id for row in one_syllable.rows][:2], one_syllable.more) == ([11, 10], True)


def test_what_lies_far_back_is_found_beside_what_is_new(unit):
    """PostgreSQL reads the newest two thousand one by one, and the older through its index."""
    with unit() as uow:
        made = office(uow)
        task(uow, made.member, made.halls_place, "전시실 폐지")
        uow.counters.add("task", 2500)
        for _ in range(3):
            task(uow, made.member, made.halls_place, "전시실 정비")
        assert found(uow, "전시실") == [2504, 2503, 2502, 1]
        assert found(uow, "전시실 폐지") == [1]
        assert found(uow, "전시실", before=2503) == [2502, 1]


@pytest.mark.parametrize(
    ("slip", "meant"),
    [("전시싱 운영", 1), ("광역도시게획", 2), ("건설기술심이", 3), ("대관 신청소", 8)],
)
def test_a_slip_of_the_finger_finds_the_nearest_and_says_so(unit, slip, meant):
    with unit() as uow:
        province(uow)
        page = uow.search.find(Query(words=slip), DAY)
        assert page.fuzzy
        assert page.rows[0].id == meant


def test_what_is_near_nothing_finds_nothing(unit):
    with unit() as uow:
        province(uow)
        page = uow.search.find(Query(words="우주선 발사"), DAY)
        assert (page.rows, page.fuzzy, page.more) == ((), False, False)


def test_very_long_searches_are_answered(unit):
    with unit() as uow:
        province(uow)
        assert found(uow, "전시실 운영 일지 폐지 " * 50) == [1]
        assert found(uow, "".join(chr(0xAC00 + i) for i in range(2000))) == []


def test_a_changed_task_is_found_by_its_new_words_only(unit):
    with unit() as uow:
        _, tasks = province(uow)
        for title in ("수장고 점검 폐지", "미술품 대장 정비"):
            newest = uow.tasks.get(1)
            after = replace(newest, content=replace(newest.content, title=title))
            uow.search.index(uow.tasks.save(newest, after))
        assert found(uow, "미술품") == [1]
        assert found(uow, "손으로")[-1] == 1
        for words in ("수장고", "전시실"):
            page = uow.search.find(Query(words=words), DAY)
            assert page.fuzzy or not page.rows
        assert found(uow, "일지") == [tasks[5].id]


@pytest.mark.parametrize("counted", [True, False])
@pytest.mark.parametrize(
    ("title", "expected"),
    [
        ("전시실 운영일지 작성 폐지", 1),
        ("전시실 일지 운영 없애기", 1),
        ("전주 광역도시계획 개선", 2),
        ("지방 건설기술 심의 대상 축소", 3),
        ("도로점검 보고 통합", 4),
        ("민원처리 일일보고 폐지", 5),
        ("방호 근무일지 전산화", 6),
        ("도서관 자료구입 절차 간소화", 7),
        ("공연장 대관신청 서류 줄이기", 8),
        ("관광안내소 방문객 통계 폐지", 9),
        ("체육시설 점검표 합치기", 10),
    ],
)
def test_the_same_thing_said_otherwise_is_similar(unit, title, expected, counted):
    with unit() as uow:
        province(uow)
        if counted:
            uow.search.count(100)
        assert uow.search.similar(title)[0].id == expected


@pytest.mark.parametrize("title", ["회의 자료 인쇄 줄이기", "가", "", "워크숍", "결재 단계 감축"])
def test_what_is_something_else_is_not_similar(unit, title):
    with unit() as uow:
        province(uow)
        uow.search.count(100)
        assert uow.search.similar(title) == ()


def test_open_and_done_tasks_are_similar_but_none_that_were_given_up(unit):
    with unit() as uow:
        made = office(uow)
        for status in Status:
            task(uow, made.member, made.halls_place, "전시실 운영 일지 폐지", status=status)
        similar = uow.search.similar("전시실 운영일지 폐지", limit=20)
        gone = {Status.WITHDRAWN, Status.MERGED, Status.DECLINED}
        assert {row.status for row in similar} == set(Status) - gone
        assert len(uow.search.similar("전시실 운영일지 폐지")) == 3


def test_titles_are_counted_once_some_at_a_time(unit):
    with unit() as uow:
        province(uow)
        assert [uow.search.count(4) for _ in range(4)] == [4, 4, 2, 0]
        assert uow.counters.value("search.counted") == 10
