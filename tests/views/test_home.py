"""Home: for each what waits for them, within the limits."""

from typing import Any

import pytest

from bot.domain.notices import Undelivered
from bot.domain.org import Official
from bot.domain.results import Home
from bot.i18n.texts import LANGUAGES
from bot.views import home
from tests.domain import make
from tests.views import made

LISTS = ("mine", "to_decide", "to_revise", "due", "to_take_in")
HQ = tuple(Official(name=made.NAME, title="주무관", unit="혁신총괄담당관") for _ in range(9))


def found(**fields):
    given: dict[str, Any] = {
        "viewer": make.person(1), "unit": "계획팀", "today": made.DAY, "first_time": False,
        "has_draft": False, "round": None,
    }  # fmt: skip
    return Home(**given | fields)


@pytest.mark.parametrize("language", LANGUAGES)
def test_the_fullest_home_is_within_the_limits_and_calls_nobody(language):
    rows = {name: tuple(made.row(n) for n in range(5)) for name in LISTS}
    full = found(first_time=True, has_draft=True, more=frozenset(LISTS), hq=HQ, **rows)
    view = made.accepted(home.home(made.texts(language), full))
    assert made.called(view["blocks"]) == []
    assert made.action_ids(view).count("task.open") == 25


@pytest.mark.parametrize("language", LANGUAGES)
def test_an_empty_home_has_its_doors_and_settings(language):
    view = made.accepted(home.home(made.texts(language), found()))
    assert made.action_ids(view) == [
        "propose.open", "list.open", "help.open", "home.hearing", "home.reminding", "home.language"
    ]  # fmt: skip


@pytest.mark.parametrize("language", LANGUAGES)
def test_strangers_may_read_and_are_told_whom_to_ask(language):
    view = made.accepted(home.stranger(made.texts(language), HQ))
    assert made.action_ids(view) == ["list.open", "help.open"]
    assert "혁신총괄담당관" in str(view)
    made.accepted(home.stranger(made.texts(language), ()))


def test_the_settings_show_what_was_chosen():
    viewer = make.person(1, language="en", hearing=made.HEARING.WEEKLY)
    view = home.home(made.texts("en"), found(viewer=viewer))
    chosen = [b["accessory"]["initial_option"]["value"] for b in view["blocks"]
              if b.get("accessory", {}).get("type") == "static_select"]  # fmt: skip
    assert chosen == ["weekly", "daily", "en"]


@pytest.mark.parametrize("language", LANGUAGES)
def test_headquarters_sees_what_could_not_be_sent_and_why(language):
    lost = tuple(Undelivered(kind="card", reason=f"code_{n}", many=n) for n in range(40, 0, -1))
    view = made.accepted(home.home(made.texts(language), found(undelivered=lost)))
    assert all(part in str(view) for part in ("820", "card", "code_40", "code_31"))
    assert "code_30" not in str(view)
