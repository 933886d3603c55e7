"""A review's message and screens: within the limits, and only with buttons that work."""

from dataclasses import replace
from datetime import date

import pytest

from bot.domain.periods import Cadence, Period
from bot.domain.review import Figures, Kind
from bot.domain.review_screens import (
    BureauReviews,
    HomeReview,
    LateReview,
    Open,
    ReviewAgain,
    ReviewPanel,
    ReviewPreview,
    ReviewsLate,
    ReviewVacant,
)
from bot.domain.rights import Act
from bot.i18n.texts import LANGUAGES
from bot.views import home as home_views
from bot.views import review as views
from bot.views import review_forms as forms
from bot.views import review_notices as notices
from bot.views import review_panel
from bot.views.surfaces import plain
from tests.views import made
from tests.views import made_reviews as reviews
from tests.views.test_home import found as home_found

KOREAN = made.texts("ko")
QUARTER = Period(date(2026, 7, 1), date(2026, 9, 30))


def words(message) -> str:
    return plain(message["blocks"])


@pytest.mark.parametrize("language", LANGUAGES)
def test_the_fullest_message_and_modal_are_within_the_limits_and_call_nobody(language):
    t = made.texts(language)
    shown = reviews.shown(open=reviews.full(), reasons=812)
    message = made.accepted_message(views.review(t, shown))
    assert made.called(message["blocks"]) == []
    ids = made.action_ids(message)
    assert ids.count("review.extend") == 10
    assert ids[-2:] == ["review.sign", "review.more"]
    shown = reviews.shown(open=reviews.full(page=2), reasons=812)
    view = made.accepted(views.screen(t, shown, banner="저장했습니다."))
    assert made.action_ids(view)[-3:] == ["review.sign", "review.first", "review.next"]
    asked = made.accepted(forms.signing(t, shown, changed=True))
    assert made.called(asked["blocks"]) == []
    made.accepted(forms.reason(t, 3, made.row()))


@pytest.mark.parametrize("language", LANGUAGES)
def test_each_exception_has_the_answers_that_work_and_no_others(language):
    def ids(*kinds, may):
        open_ = Open(tasks=(reviews.needing(7, *kinds, may=frozenset(may)),), count=1)
        message = views.review(made.texts(language), reviews.shown(open=open_))
        return made.action_ids(message)[1:-1]

    every = set(Act)
    assert ids(Kind.OVERDUE, may=every) == [
        "review.extend", "act.complete", "act.assign", "act.hold", "review.reason"
    ]  # fmt: skip
    assert ids(Kind.UNDECIDED, may=every) == ["act.confirm", "act.hold"]
    assert ids(Kind.OWNERLESS, may=every) == ["act.assign", "act.hold"]
    held = {Act.RESUME, Act.ASSIGN}
    assert ids(Kind.BLOCKED, may=held) == [
        "review.extend", "act.resume", "act.assign", "review.reason"
    ]  # fmt: skip
    assert ids(Kind.UNDECIDED, may=()) == []


def test_a_missing_representative_leads_to_the_departments_ballot():
    open_ = Open(departments=(reviews.department(5),), count=1)
    message = views.review(KOREAN, reviews.shown(open=open_))
    assert made.action_ids(message) == ["ballot.panel", "review.sign"]
    assert "지역건설교통정책5과: 대표 과제 없음" in words(message)


def test_figures_stand_against_the_last_review_and_savings_in_lines_of_their_own():
    now = Figures(by_status={"done": 5, "declined": 9}, done=3, overdue=2, expected=120.0)
    shown = reviews.shown(review=reviews.review(figures=now), last=Figures(done=1, overdue=4))
    read = words(views.review(KOREAN, shown))
    assert "과제 5건" in read
    assert "기간 중 완료 3건 (지난 점검 1건) · 지연 2건 (지난 점검 4건)" in read
    assert "예상 절감 120시간\n보고 절감 0시간\n확인 절감 0시간" in read
    assert "확인하실 항목이 없습니다" in read


def test_after_the_end_nothing_can_be_pressed_and_it_is_said_how_it_ended():
    done = views.review(KOREAN, reviews.shown(review=reviews.signed(), signed_by="김국장 국장"))
    assert made.action_ids(done) == []
    assert "김국장 국장" in words(done)
    assert "미조치로 남은 항목 2건" in words(done)
    over = views.review(KOREAN, reviews.shown(review=reviews.review(superseded_at=reviews.NOW)))
    assert (made.action_ids(over), "다음 점검이 열려" in words(over)) == ([], True)
    retired = reviews.shown(review=reviews.review(superseded_at=reviews.NOW), followed=False)
    assert "조직이 바뀌어" in words(views.review(KOREAN, retired))


def test_who_may_not_sign_any_more_is_shown_nothing_to_press_and_others_only_read():
    shown = reviews.shown(open=reviews.full(), may_sign=False)
    passed = views.review(KOREAN, shown)
    assert (made.action_ids(passed), "이어받으셨습니다" in words(passed)) == ([], True)
    read = made.action_ids(views.screen(KOREAN, shown))
    assert set(read) == {"task.open", "review.next"}


@pytest.mark.parametrize(
    ("period", "korean", "english"),
    [
        (QUARTER, "2026년 3분기", "Q3 2026"),
        (Period(date(2026, 7, 1), date(2026, 12, 31)), "2026년 하반기", "second half of 2026"),
        (Period(date(2027, 1, 1), date(2027, 6, 30)), "2027년 상반기", "first half of 2027"),
        (
            Period(date(2026, 4, 1), date(2026, 12, 31)),
            "2026. 4. 1.(수) ~ 2026. 12. 31.(목)",
            None,
        ),
    ],
)
def test_a_period_is_called_by_its_name_or_its_days(period, korean, english):
    assert views.period_of(KOREAN, period) == korean
    assert english in (None, views.period_of(made.texts("en"), period))


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_notice_is_within_the_limits(language):
    t = made.texts(language)
    asked = ReviewAgain(review=reviews.review(), bureau=reviews.BUREAU, count=7, who="국장 김국장")
    for word in (notices.again, notices.copy):
        assert made.action_ids(made.accepted_message(word(t, asked))) == ["review.open"]
    vacant = ReviewAgain(review=reviews.review(), bureau=reviews.BUREAU, count=7)
    made.accepted_message(notices.copy(t, vacant))
    for open_ in (reviews.full(), Open()):
        preview = ReviewPreview(
            bureau=reviews.BUREAU, period=QUARTER, opens_at=reviews.NOW, today=reviews.DAY,
            open=open_,
        )  # fmt: skip
        message = made.accepted_message(notices.preview(t, preview))
        assert made.called(message["blocks"]) == []
    told = ReviewVacant(bureau=reviews.BUREAU, period=QUARTER)
    made.accepted_message(notices.vacant(t, told))
    made.accepted_message(notices.vacant(t, replace(told, who="국장 김국장")))
    made.accepted_message(notices.copy(t, replace(asked, reached=False)))
    rows = tuple(
        LateReview(bureau=reviews.BUREAU, period=QUARTER, opened_on=reviews.DAY, who=who)
        for who in ("국장 김국장", "") * 10
    )
    message = made.accepted_message(notices.late(t, ReviewsLate(rows=rows, count=61)))
    assert made.action_ids(message) == ["review.panel"]


def test_headquarters_list_says_how_many_it_leaves_out():
    row = LateReview(bureau=reviews.BUREAU, period=QUARTER, opened_on=reviews.DAY, who="")
    cut = words(notices.late(KOREAN, ReviewsLate(rows=(row,), count=61)))
    assert "끝나지 않은 점검이 61건" in cut
    assert "이 밖에 60개 실·국이 더 있습니다." in cut
    whole = words(notices.late(KOREAN, ReviewsLate(rows=(row,), count=1)))
    assert "이 밖에" not in whole


def test_what_nobody_can_receive_is_said_as_it_is():
    vacant = ReviewVacant(bureau=reviews.BUREAU, period=QUARTER)
    assert "자리가 비어 있습니다" in words(notices.vacant(KOREAN, vacant))
    unlinked = words(notices.vacant(KOREAN, replace(vacant, who="국장 김국장")))
    assert "국장 김국장의 Slack 계정을 찾지 못했습니다." in unlinked
    assert "비어" not in unlinked
    asked = ReviewAgain(
        review=reviews.review(), bureau=reviews.BUREAU, count=7, who="국장 김국장", reached=False
    )
    assert "알려 드리지 못했습니다" in words(notices.copy(KOREAN, asked))


@pytest.mark.parametrize("language", LANGUAGES)
def test_the_list_of_bureaus_is_within_the_limits_and_headquarters_alone_sets_cadences(language):
    t = made.texts(language)
    newest = (None, reviews.review(), reviews.signed(), reviews.review(superseded_at=reviews.NOW))
    rows = tuple(
        BureauReviews(
            bureau=reviews.department(number), cadence=Cadence.HALF_YEARLY,
            newest=newest[number % 4], opens_at=reviews.NOW, signed_by=made.NAME,
        )
        for number in range(10)
    )  # fmt: skip
    full = ReviewPanel(rows=rows, today=reviews.DAY, page=2, more=True, may_set=True)
    message = made.accepted_message(review_panel.panel(t, full, banner="저장했습니다."))
    ids = made.action_ids(message)
    assert ids.count("review.cadence") == 10
    assert ids[-2:] == ["review.panel_first", "review.panel_next"]
    read = review_panel.panel(t, ReviewPanel(rows=rows, today=reviews.DAY))
    assert set(made.action_ids(read)) == {"review.open"}
    made.accepted_message(review_panel.panel(t, ReviewPanel(rows=(), today=reviews.DAY)))


def test_home_shows_the_open_reviews_first():
    one = HomeReview(review=reviews.review(), bureau=reviews.BUREAU, count=3)
    view = made.accepted(home_views.home(KOREAN, home_found(reviews=(one,))))
    assert "문화체육관광국 2026년 3분기 점검 · 확인이 필요한 항목 3건" in plain(view["blocks"])
    assert "review.open" in made.action_ids(view)
