"""Screens of completed work, of burden and of standing in, at their fullest, in both languages."""

from dataclasses import replace
from datetime import UTC, date, datetime

import pytest

from bot.domain.burden import FEWEST, Quarter, Spread
from bot.domain.checks import Asked, Asks, Check
from bot.domain.org import Place
from bot.domain.standing import StandIn, StandingPanel, StandingTold
from bot.domain.task import Saving
from bot.i18n.texts import LANGUAGES
from bot.views import checks, standing
from bot.views.burden import home_burden
from bot.views.kit import home
from bot.views.line import line
from tests.views import made

MANY = Saving(hours=123_456.5, budget=999_999_999)


def row(number, check=Check.SAVED, **fields):
    given = {
        "task": number, "version": 99, "check": check, "due_on": made.DAY, "person": 1,
        "owner": 1, "place": Place(), "title": made.LONG_TITLE, "expected": MANY, "reported": MANY,
        "done_at": datetime(2026, 4, 1, tzinfo=UTC),
    }  # fmt: skip
    return Asked(**given | fields)


def asks(*rows, **fields):
    return Asks(rows=rows, **{"count": len(rows)} | fields)


@pytest.mark.parametrize("language", LANGUAGES)
def test_ten_questions_fit_into_a_message_and_a_modal(language):
    t = made.texts(language)
    rows = [row(n, list(Check)[n % 3]) for n in range(10)]
    found = asks(*rows, count=200, page=2, more=True)
    message = made.accepted_message(checks.asked(t, found))
    view = made.accepted(checks.panel(t, found, banner="끝"))
    assert made.called([message, view]) == []
    assert {"check.first", "check.next"} <= set(made.action_ids(view))
    assert made.action_ids(view).count("check.planned") == 4
    assert "check.panel" in made.action_ids(message)


def test_one_tap_says_what_it_will_record_and_is_missing_where_nothing_is_known():
    t = made.texts("ko")
    known = row(1, expected=Saving(hours=12), reported=Saving())
    reported = row(2, expected=Saving(hours=12), reported=Saving(hours=9))
    unknown = row(3, expected=Saving(), reported=Saving())
    shown = str(checks.panel(t, asks(known, reported, unknown)))
    assert "계획대로 (12시간)" in shown
    assert "보고한 대로 (9시간)" in shown
    assert made.action_ids(checks.panel(t, asks(unknown))) == ["act.verify"]


@pytest.mark.parametrize("language", LANGUAGES)
def test_the_last_answer_leaves_thanks(language):
    t = made.texts(language)
    assert made.action_ids(made.accepted_message(checks.asked(t, asks()))) == []
    made.accepted(checks.panel(t, asks()))


@pytest.mark.parametrize("language", LANGUAGES)
def test_a_line_names_each_figure_once_more_than_one_is_known(language):
    t = made.texts(language)
    day = date(2026, 7, 1)
    shown = line(t, made.row(title="일지", hours=120.0, reported=100.0, verified=90.0), day)
    expected = {"ko": "예상 120시간 · 보고 100시간 · 확인 90시간", "en": "Expected 120 hours · "}
    assert expected[language] in shown
    assert "90" not in line(t, made.row(title="일지", hours=120.0), day)


@pytest.mark.parametrize("language", LANGUAGES)
def test_headquarters_reads_spreads_and_no_names(language):
    spread = Spread(median=1, ninth=4, most=12)
    quarters = [
        Quarter(starts_on=day, messages=spread, taps=spread, people=1000, over=3)
        for day in (date(2026, 7, 1), date(2026, 4, 1))
    ]
    t = made.texts(language)
    view = made.accepted(home(home_burden(t, quarters)))
    assert t("burden-spread", label=t("burden-taps"), median=1, ninth=4, most=12) in str(view)
    assert home_burden(t, ()) == []
    few = [replace(quarter, people=FEWEST - 1) for quarter in quarters]
    few_shown = str(made.accepted(home(home_burden(t, few))))
    assert t("burden-few", fewest=FEWEST) in few_shown
    assert t("burden-taps") not in few_shown


@pytest.mark.parametrize("language", LANGUAGES)
def test_standing_in_shows_what_the_viewer_may_set(language):
    t = made.texts(language)
    rows = tuple(
        StandIn(id=n, who=made.NAME, instead_of=made.NAME, first=made.DAY, last=None)
        for n in range(10)
    )
    days = tuple(date(2026, 8, day) for day in range(1, 11))
    everything = StandingPanel(
        today=made.DAY, delegates=True, runs=True, given=rows, taken=rows, acting=rows,
        days_off=days, more=True,
    )  # fmt: skip
    view = made.accepted(standing.panel(t, everything, banner="끝"))
    assert made.called(view) == []
    assert made.action_ids(view).count("standing.drop_day") == 10
    taken = standing.panel(t, StandingPanel(today=made.DAY, taken=rows[:1]))
    assert made.action_ids(taken) == []
    made.accepted(standing.panel(t, StandingPanel(today=made.DAY)))
    for form in (standing.delegation_form, standing.acting_form):
        made.accepted(form(t, made.DAY))
    made.accepted(standing.day_off_form(t))
    for acting in (True, False):
        made.accepted_message(standing.told(t, StandingTold(found=rows[0], acting=acting)))
