"""The history in words."""

import pytest

from bot.domain.rights import Act
from bot.i18n.texts import LANGUAGES
from bot.views.history import history_blocks
from bot.views.kit import plain
from tests.views import made


def told(language="ko", **fields):
    return plain(history_blocks(made.texts(language), made.plainest(**fields)))


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("act", [*(act for act in Act if act is not Act.ADMIN), "handed_over"])
def test_every_act_can_be_told(language, act):
    assert made.texts(language).term("act", act) in told(language, history=(made.line(1, act),))


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("act", list(Act))
def test_a_refusal_names_the_act_that_was_tried(language, act):
    line = made.line(1, "refused", text=act.value, before={}, after={})
    assert made.texts(language).term("act", act) in told(language, history=(line,))


def test_a_line_says_when_who_what_and_what_changed():
    line = made.line(
        1, "assign", before={"owner": 1, "due": None}, after={"owner": 2, "due": "2026-08-01"},
        text="휴직",
    )  # fmt: skip
    names = {1: "최주무 주무관", 2: "정주무 주무관"}
    assert told(history=(line,), names=names).splitlines()[-1] == (
        f"2026. 7. 1.(수) 10:00 · {made.NAME} · 담당자 변경 · 기한: – → 2026. 8. 1.(토)"
        " · 담당자: 최주무 주무관 → 정주무 주무관 · “휴직”"
    )


def test_what_the_bot_did_is_the_bots():
    line = made.line(1, "handed_over", before={}, after={}, text="")
    nobody = type(line)(entry=line.entry, actor=None)
    assert "곱빼기 · 담당자 인계" in told(history=(nobody,))


def test_earlier_entries_are_behind_a_button_only_when_there_are_any():
    blocks = history_blocks(made.texts("ko"), made.fullest())
    assert blocks[-1]["elements"][0]["value"] == "1:1"
    assert "task.earlier" not in str(history_blocks(made.texts("ko"), made.plainest()))
