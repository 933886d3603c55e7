"""An exemption: what may be filed, how it is decided, and when it ends."""

from dataclasses import replace
from datetime import timedelta
from typing import Any

import pytest

from bot.domain import exemption as rules
from bot.domain.errors import BotError, Several
from bot.domain.exemption import Ground, Standing
from tests.domain import make

YESTERDAY = make.DAY - timedelta(days=1)


def filed(**fields: Any):
    given: dict[str, Any] = {
        "number": 1, "round": 1, "place": make.TEAM, "ground": Ground.STATUTORY,
        "text": "지방회계법 제10조", "until": None, "by": 4, "now": make.NOW,
    }  # fmt: skip
    return rules.file(**given | fields)


def refused(act, *args, **kwargs):
    with pytest.raises(BotError) as error:
        act(*args, **kwargs)
    return error.value.key, error.value.field


def test_what_is_filed_waits_for_its_decision():
    found = filed(text="  지방회계법   제10조 ")
    assert (found.standing, found.decided_by, found.filed_by) == (Standing.FILED, None, 4)
    assert found.text == "지방회계법 제10조"


def test_each_ground_asks_for_what_it_rests_on():
    assert refused(filed, text=" ") == ("error-exemption-article", "text")
    assert refused(filed, ground=Ground.OTHER, text="") == ("error-exemption-why", "text")
    new = refused(filed, ground=Ground.NEW_UNIT, text="")
    assert new == ("error-exemption-until", "until")
    assert filed(ground=Ground.NEW_UNIT, text="", until=make.DAY).until == make.DAY


def test_its_last_day_is_not_past():
    assert refused(filed, until=YESTERDAY) == ("error-date-past", "until")


def test_a_ground_that_the_round_does_not_know_is_refused():
    key = refused(filed, accepted=frozenset({Ground.OTHER}))
    assert key == ("error-exemption-ground", "ground")


def test_all_mistakes_are_named_at_once():
    with pytest.raises(Several) as several:
        filed(ground=Ground.OTHER, text="", until=YESTERDAY, accepted=frozenset())
    assert [error.field for error in several.value.errors] == ["ground", "text", "until"]


def test_personal_data_is_not_kept():
    assert refused(filed, text="010-1234-5678로 문의")[1] == "text"
    assert refused(decide, filed(), grant=False, reason="010-1234-5678")[1] == "reason"


def decide(exemption, *, grant, reason=""):
    return rules.decide(exemption, grant=grant, reason=reason, by=6, now=make.NOW)


def test_granting_needs_no_word_and_declining_a_reason():
    granted = decide(filed(), grant=True)
    assert (granted.standing, granted.decided_by) == (Standing.GRANTED, 6)
    assert refused(decide, filed(), grant=False) == ("error-required-reason", "reason")
    declined = decide(filed(), grant=False, reason="줄일 일이 있음")
    assert (declined.standing, declined.remark) == (Standing.DECLINED, "줄일 일이 있음")


@pytest.mark.parametrize("standing", [Standing.GRANTED, Standing.DECLINED, Standing.ENDED])
def test_what_is_decided_is_not_decided_again(standing):
    settled = replace(filed(), standing=standing)
    assert refused(decide, settled, grant=True)[0] == "error-exemption-decided"


@pytest.mark.parametrize("standing", list(Standing))
def test_only_what_is_filed_or_granted_can_end(standing):
    found = replace(filed(), standing=standing)
    if standing in (Standing.FILED, Standing.GRANTED):
        ended = rules.end(found, reason="", now=make.NOW)
        assert (ended.standing, ended.ended_at) == (Standing.ENDED, make.NOW)
    else:
        key, _ = refused(rules.end, found, reason="", now=make.NOW)
        assert key == "error-exemption-decided"


def test_it_counts_through_its_last_day_and_without_one_as_long_as_the_round():
    day = filed(until=make.DAY)
    assert not rules.has_run_out(day, make.DAY)
    assert rules.has_run_out(day, make.DAY + timedelta(days=1))
    assert not rules.has_run_out(filed(), make.DAY + timedelta(days=999))
