"""The small forms: each in both languages, filled to the brim, and only as long as they must be."""

import json

import pytest

from bot.domain.errors import BotError
from bot.domain.rights import Act
from bot.i18n.texts import LANGUAGES
from bot.views import acts, proposing
from bot.views.kit import with_banner, with_typed
from tests.views import made

FORMS = [act for act in (*Act, "effect") if acts.has_form(act)]
languages = pytest.mark.parametrize("language", LANGUAGES)


def form(language, act, shown, index=None):
    return acts.form(made.texts(language), shown, acts.Under(1, 2, act, index))


@languages
@pytest.mark.parametrize("act", FORMS)
def test_every_form_is_within_the_limits_when_it_is_fullest(language, act):
    for index in (None, 0, 4) if act == Act.PLAN else (0,):
        view = made.accepted(form(language, act, made.fullest(), index))
        assert made.called(view["blocks"]) == []
        assert len(view["title"]["text"]) <= 24
        assert sum(block["type"] == "input" for block in view["blocks"]) <= 6


@languages
@pytest.mark.parametrize("act", [act for act in FORMS if act != Act.MILESTONE])
def test_every_form_opens_for_a_task_that_says_next_to_nothing(language, act):
    made.accepted(form(language, act, made.plainest()))


@languages
def test_a_form_sent_back_with_the_newest_state_is_within_the_limits(language):
    t = made.texts(language)
    view = with_typed(form(language, Act.EDIT, made.fullest()), {"values": {}})
    view["blocks"] = [*acts.newest(t, made.fullest()), *view["blocks"]]
    made.accepted(with_banner(view, t("error-stale")))


def test_a_form_remembers_where_it_stands():
    view = form("ko", Act.PLAN, made.fullest(), 3)
    assert json.loads(view["private_metadata"]) == {
        "task": 1, "seen": 2, "act": "plan", "index": 3
    }  # fmt: skip
    assert acts.Under(**json.loads(view["private_metadata"])).index == 3


@pytest.mark.parametrize(("act", "index"), [(Act.PLAN, 5), (Act.PLAN, -1), (Act.MILESTONE, 99)])
def test_a_form_for_a_step_that_is_gone_is_refused(act, index):
    with pytest.raises(BotError) as refused:
        form("ko", act, made.fullest(), index)
    assert refused.value.key == "error-no-such-step"


@languages
def test_the_form_to_propose_is_within_the_limits_and_has_six_inputs_at_most(language):
    typed = {
        "title": made.LONG_TITLE * 3, "type": "improve", "problem": made.LONG_TEXT * 3,
        "needs": ["budget", "ministry"], "source": "https://example.slack.com/archives/C1/p1",
        "department": {"text": "지역건설교통정책과" * 20, "value": "12"},
    }  # fmt: skip
    t = made.texts(language)
    view = made.accepted(proposing.form(t, typed, offered=True))
    assert sum(block["type"] == "input" for block in view["blocks"]) <= 6
    made.accepted(proposing.form(t, {}))


def test_a_fresh_form_shares_no_field_with_the_one_before():
    def ids(**how):
        view = proposing.form(made.texts("ko"), {}, **how)
        return {block["block_id"] for block in view["blocks"] if block["type"] == "input"}

    assert ids() & ids(fresh="1.2") == set()
    assert ids() == ids()


@languages
def test_similar_tasks_are_within_the_limits_and_call_nobody(language):
    rows = [made.row(n, title="<!channel>" * 10) for n in (1, 2, 3)]
    view = made.accepted(proposing.similar(made.texts(language), rows, made.DAY))
    assert made.called(view["blocks"]) == []
    assert made.action_ids(view).count("propose.join") == 3
