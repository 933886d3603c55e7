"""A morning's reminders: within Slack's limits however many there are, and each with its date."""

from datetime import date, timedelta

import pytest

from bot.domain.reminders import ROWS, Dated, Item, Reminders
from bot.domain.reminding import SNOOZES
from bot.i18n.texts import LANGUAGES
from bot.views.reminders import reminders
from tests.domain.make import TEAM
from tests.views import made

languages = pytest.mark.parametrize("language", LANGUAGES)


def item(number=12, kind=Dated.TASK, days=7, **fields):
    given = {
        "task": number,
        "kind": kind,
        "owner": 1,
        "due": made.DAY + timedelta(days=days),
        "title": "일지 폐지",
        "place": TEAM,
    }
    return Item(**given | fields)


def told(**fields):
    return Reminders(today=made.DAY, **fields)


def full():
    long = {"title": made.LONG_TITLE, "text": made.LONG_TEXT}
    own = tuple(item(n, Dated.STEP, **long) for n in range(ROWS))
    return told(own=own, as_lead=own, more=40, names={1: made.NAME})


@languages
def test_the_fullest_morning_is_within_the_limits_and_calls_nobody(language):
    message = reminders(made.texts(language), full())
    made.accepted_message(message)
    assert made.called(message["blocks"]) == []
    assert str(message).count("reminder.snooze") == ROWS
    assert "60" in message["text"]
    assert any(
        words in str(message)
        for words in ("40건은 다음 근무일 아침부터 나누어", "40 more will follow")
    )


@languages
def test_each_date_says_what_it_is_and_how_far_away(language):
    t = made.texts(language)
    own = (
        item(1),
        item(2, Dated.MILESTONE, 0, text="budget-request"),
        item(3, Dated.STEP, -1, text="<현황> 조사"),
    )
    text = str(reminders(t, told(own=own))["blocks"])
    expected = {
        "ko": ("7일 남음", "오늘까지", "1일 지남", "예산 요구"),
        "en": ("7 days left", "today", "1 day late", t("milestone-budget-request")),
    }[language]
    for words in (*expected, "#1 ", "&lt;현황&gt; 조사", t.date(made.DAY)):
        assert words in text


@languages
def test_ones_own_can_be_put_off_and_a_leads_only_opened(language):
    t = made.texts(language)
    mine = reminders(t, told(own=(item(),)))
    (menu,) = [e for b in mine["blocks"] for e in b.get("elements", ()) if "options" in e]
    assert [option["value"] for option in menu["options"]] == [
        f"12:task:0:{date(2026, 7, 8)}:{days}" for days in SNOOZES
    ]
    theirs = reminders(t, told(as_lead=(item(days=-60),), names={1: made.NAME}))
    assert "reminder.snooze" not in str(theirs)
    assert "이름이아주긴사람" in str(theirs)
    made.accepted_message(theirs)
