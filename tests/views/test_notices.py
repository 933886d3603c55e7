"""Messages to one person: within what Slack takes, whatever was written in the tasks."""

from datetime import UTC, datetime

import pytest

from bot.domain.notices import HandedOver, MergeAsked, Waiting
from bot.domain.results import News
from bot.i18n.texts import LANGUAGES
from bot.views import notices
from bot.views.kit import plain
from tests.views import made

languages = pytest.mark.parametrize("language", LANGUAGES)
TITLE = "&" * 100


def told(number, text="&" * 2000):
    """A piece of news about a task of its own."""
    at = datetime(2026, 7, 1, tzinfo=UTC)
    return News(
        id=number, task=number, title=TITLE, act="revise", actor=made.NAME, text=text, at=at
    )


def rows(count):
    """Lines whose titles are five times as long once escaped."""
    return tuple(made.row(number, title=TITLE) for number in range(1, count + 1))


def opened(message):
    """How many tasks can be opened from the message."""
    return made.action_ids(message).count("task.open")


@languages
@pytest.mark.parametrize("count", [1, 5, 15, 40])
def test_news_of_long_texts_say_how_many_more_there_are(language, count):
    t = made.texts(language)
    news = notices.news(t, [told(number) for number in range(count)])
    message = made.accepted_message(news)
    assert made.called(message["blocks"]) == []
    assert opened(message) >= min(count, 5)
    more = t("notice-more", count=count - opened(message))
    assert (more in plain(message["blocks"])) is (opened(message) < count)


@languages
@pytest.mark.parametrize(("decide", "take_in"), [(15, 5), (15, 15), (5, 15), (0, 15), (40, 40)])
def test_whatever_waits_fits_in_one_message(language, decide, take_in):
    t = made.texts(language)
    waiting = Waiting(to_decide=rows(decide), to_take_in=rows(take_in), today=made.DAY)
    message = made.accepted_message(notices.waiting(t, waiting))
    assert opened(message) >= 12
    read = plain(message["blocks"]).splitlines()
    more = sum(count * read.count(t("notice-more", count=count)) for count in range(1, 80))
    assert opened(message) + more == decide + take_in


@languages
def test_tasks_handed_over_by_many_fit_in_one_message(language):
    given = HandedOver(tasks=rows(40), givers=(made.NAME,) * 200, today=made.DAY)
    assert opened(made.accepted_message(notices.handed_over(made.texts(language), given))) >= 10


@languages
def test_a_merge_with_a_long_reason_fits_in_one_message(language):
    task, into = rows(2)
    asked = MergeAsked(task=task, into=into, reason="&" * 2000, today=made.DAY)
    made.accepted_message(notices.merge_asked(made.texts(language), asked))


def test_short_news_are_all_shown():
    news = [told(number, text="확인 부탁드립니다.") for number in range(15)]
    assert opened(notices.news(made.texts("ko"), news)) == 15
