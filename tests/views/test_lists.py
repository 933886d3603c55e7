"""Lists: ten rows, filters and pages that carry the whole query."""

import json
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.domain.results import Page, Query, Scope
from bot.domain.task import Status
from bot.domain.text import storable
from bot.i18n.texts import LANGUAGES
from bot.views import lists
from tests.views import made

ROWS = tuple(made.row(n) for n in range(1_000_010, 1_000_000, -1))
QUERIES = st.builds(
    Query,
    scope=st.sampled_from(Scope),
    status=st.none() | st.sampled_from(Status),
    overdue=st.booleans(),
    words=st.text(max_size=lists.WORDS_MAX).map(storable),
    before=st.none() | st.integers(0, 10**15 - 1),
    page=st.integers(1, 10**9 - 1),
)


def page(language="ko", query=None, **fields):
    given: dict[str, Any] = {
        "query": query or Query(),
        "rows": ROWS,
        "more": True,
        "today": made.DAY,
    } | fields
    return made.accepted_message(lists.page(made.texts(language), Page(**given)))


@pytest.mark.parametrize("language", LANGUAGES)
def test_the_fullest_page_is_within_the_limits_and_calls_nobody(language):
    for scope in Scope:
        message = page(language, Query(scope=scope, status=Status.REVISION_REQUESTED, page=9_999))
        assert made.called(message["blocks"]) == []
        assert made.action_ids(message).count("task.open") == 10
    words = "<!channel>" * 20
    searched = page(language, Query(words=words, before=10**14, page=99), fuzzy=True)
    assert made.called(searched["blocks"]) == []


@pytest.mark.parametrize("language", LANGUAGES)
def test_an_empty_page_says_what_to_do(language):
    assert made.action_ids(page(language, rows=(), more=False)) == ["list.scope", "list.status"]
    assert made.action_ids(page(language, Query(words="전시"), rows=(), more=False)) == []


def test_pages_are_buttons_only_where_there_are_pages():
    ids = made.action_ids
    assert "list.first" not in ids(page())
    assert "list.next" in ids(page())
    last = ids(page(query=Query(page=2, before=5), more=False))
    assert ("list.first" in last, "list.next" in last) == (True, False)


def test_the_next_page_begins_below_the_last_row():
    *_, pages, _ = page(query=Query(scope=Scope.MINE, page=3))["blocks"]
    after = lists.unpacked(pages["elements"][-1]["value"])
    assert (after.before, after.page, after.scope) == (1_000_001, 4, Scope.MINE)


@given(QUERIES)
def test_a_query_survives_its_button(query):
    packed = lists.packed(query)
    assert lists.unpacked(packed) == query
    assert len(packed) <= 2000, "as long as a button's value may be"


@pytest.mark.parametrize(
    "forged",
    ["", "x", "[]", "1", "null", "{}", '{"s":"x"}', '{"s":"all","t":"x"}', '{"s":"all","p":0}',
     '{"s":"all","w":"\\u0000"}', '{"s":"all","w":"\\ud83d"}',
     '{"s":"all","p":[]}', '{"s":"all","p":1e999}',
     json.dumps({"s": "all", "b": 10**15})],
)  # fmt: skip
def test_a_forged_query_is_none(forged):
    with pytest.raises((ValueError, KeyError, TypeError, AttributeError, OverflowError)):
        lists.unpacked(forged)
