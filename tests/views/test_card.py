"""The card: one message for everyone in the channel."""

import pytest

from bot.domain.task import Status
from bot.i18n.texts import LANGUAGES
from bot.views import card
from tests.domain import make
from tests.views import made


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("status", list(Status))
def test_the_fullest_card_is_within_the_limits_and_calls_nobody(language, status):
    message = made.accepted_message(card.card(made.texts(language), made.fullest(status=status)))
    assert made.called(message["blocks"]) == []
    assert made.action_ids(message) == ["task.open"]


@pytest.mark.parametrize("language", LANGUAGES)
def test_the_plainest_card_is_whole_too(language):
    made.accepted_message(card.card(made.texts(language), made.plainest()))


@pytest.mark.parametrize("language", LANGUAGES)
def test_a_card_of_nothing_but_signs_that_are_escaped_is_within_the_limits(language):
    signs = {"remark": "&" * 2000, "note": "&" * 2000, "evidence": "&" * 2000}
    task = make.task(
        content={"title": "&" * 100, "problem": "&" * 2000}, status=Status.IN_PROGRESS, **signs
    )
    made.accepted_message(card.card(made.texts(language), made.fullest(task=task)))


def test_a_card_is_the_same_for_everyone():
    everyone, somebody = made.fullest(may=frozenset()), made.fullest()
    assert card.card(made.texts("ko"), everyone) == card.card(made.texts("ko"), somebody)


def test_a_notification_says_number_title_and_status():
    message = card.card(made.texts("ko"), made.plainest(task=make.task(status=Status.DONE)))
    assert message["text"] == "#1 일지 폐지 · 완료"


def test_the_last_note_of_an_ended_task_is_no_longer_news():
    task = make.task(status=Status.DONE, note="공지함", evidence="7월 1일 공지")
    shown = str(card.card(made.texts("ko"), made.plainest(task=task)))
    assert "공지함" not in shown
    assert "7월 1일 공지" in shown
