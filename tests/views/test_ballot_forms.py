"""The forms of ballots, the door of a department, and the round in Home."""

import json
from datetime import date, datetime
from typing import Any

import pytest

from bot.domain.ballot import Mode, Rule, State
from bot.domain.ballot_screens import HomeRound, Opening, OpeningAll
from bot.domain.calendar import SEOUL
from bot.domain.errors import BotError
from bot.domain.rights import Act
from bot.domain.round import Round
from bot.i18n.texts import LANGUAGES
from bot.views import ballot_forms as forms
from bot.views import ballot_panel as doors
from bot.views.kit import home, plain
from tests.views import made, made_ballots
from tests.views.made_ballots import ACTS, candidate, panel, shown

languages = pytest.mark.parametrize("language", LANGUAGES)


def opening(**fields):
    given: dict[str, Any] = {
        "department": made_ballots.UNIT, "round": "2026년 제1회", "electors": 12,
        "candidates": tuple(made.row(n) for n in range(1, 26)), "closes_at": made_ballots.CLOSES,
        "secret_possible": True, "needs_reason": False, "outside": (), "today": made.DAY,
    }  # fmt: skip
    return Opening(**given | fields)


def opening_all(**fields):
    given: dict[str, Any] = {
        "round": "2026년 제1회", "channels": 63, "without_candidates": (), "without_channel": (),
        "closes_at": made_ballots.CLOSES, "today": made.DAY,
    }  # fmt: skip
    return OpeningAll(**given | fields)


def inputs(view):
    return {b["element"]["action_id"]: b["element"] for b in view["blocks"] if b["type"] == "input"}


def values(element):
    return [option["value"] for option in element["options"]]


@languages
@pytest.mark.parametrize("reason", [False, True])
@pytest.mark.parametrize("outside", [None, (), ("이바다",), (made.NAME,) * 300])
def test_the_opener_is_asked_when_it_closes_and_how_it_is_voted(language, reason, outside):
    asked = opening(needs_reason=reason, outside=outside)
    view = made.accepted(forms.opening(made.texts(language), asked))
    assert made.called(view["blocks"]) == []
    assert list(inputs(view)) == ["day", "hour", "mode", *(["reason"] if reason else [])]
    assert json.loads(view["private_metadata"]) == {"department": 2}
    assert view["callback_id"] == "ballot.open"


def test_a_ballot_closes_at_a_half_hour_of_the_day_as_proposed():
    hour = inputs(forms.opening(made.texts("ko"), opening()))["hour"]
    assert values(hour)[0] == "10:00"
    assert values(hour)[-1] == "18:00"
    assert len(hour["options"]) == 17
    assert hour["initial_option"]["value"] == "18:00"
    odd = opening(closes_at=datetime(2026, 7, 8, 17, 59, tzinfo=SEOUL))
    assert "initial_option" not in inputs(forms.opening(made.texts("ko"), odd))["hour"]


def test_secrecy_is_offered_only_where_it_is_possible():
    mode = inputs(forms.opening(made.texts("ko"), opening()))["mode"]
    assert values(mode) == ["open", "secret"]
    view = forms.opening(made.texts("ko"), opening(secret_possible=False))
    assert values(inputs(view)["mode"]) == ["open"]
    assert "5명 이상" in str(view)


def test_the_opener_reads_where_it_is_posted_and_who_is_outside():
    view = forms.opening(made.texts("ko"), opening(outside=("이바다", "박나무")))
    text = plain(view["blocks"])
    assert "<#C0000001> 채널에 투표 메시지와 후보 25건을 올립니다." in text
    assert "선거인 12명 · 채널에 없는 선거인 2명: 이바다, 박나무" in text


@languages
def test_headquarters_confirms_to_how_many_channels_it_posts(language):
    names = tuple(f"지역건설교통정책{n}과" for n in range(150))
    asked = opening_all(without_candidates=names, without_channel=names)
    view = made.accepted(forms.opening_all(made.texts(language), asked))
    assert list(inputs(view)) == ["day", "hour", "reason", "sure"]
    assert str(view).count("63") == 2
    assert "private_metadata" not in view
    assert "3" in plain(forms.opened_all(made.texts(language), 3)["blocks"])
    made.accepted(forms.opening_all(made.texts(language), opening_all()))


@languages
@pytest.mark.parametrize("titles", [made_ballots.FULL_TITLES, made_ballots.LONG_TITLES])
def test_a_secret_vote_offers_every_candidate_and_starts_empty(language, titles):
    told = shown(titles, mode=Mode.SECRET, tallied=False, elector=True, voted=True)
    view = made.accepted(forms.vote(made.texts(language), told))
    select = inputs(view)["candidate"]
    assert values(select) == [str(100 + n) for n in range(1, 26)]
    assert "initial_option" not in select
    assert json.loads(view["private_metadata"]) == {"ballot": 7}


@languages
def test_a_vote_without_candidates_says_so(language):
    view = made.accepted(forms.vote(made.texts(language), shown((), mode=Mode.SECRET)))
    assert inputs(view) == {}


@languages
def test_the_last_view_of_a_vote_names_no_candidate(language):
    told = shown(mode=Mode.SECRET, mine=candidate(1), voted=True)
    view = made.accepted(forms.voted(made.texts(language), told))
    assert not any(title in str(view) for title in made_ballots.TITLES)


@languages
def test_closing_early_asks_only_headquarters_why(language):
    view = made.accepted(forms.closing(made.texts(language), shown()))
    assert inputs(view) == {}
    assert json.loads(view["private_metadata"]) == {"ballot": 7, "version": 3}
    view = made.accepted(forms.closing(made.texts(language), shown(), needs_reason=True))
    assert list(inputs(view)) == ["reason"]


@languages
def test_a_result_is_changed_to_another_candidate_with_a_reason(language):
    rows = tuple(made.row(n) for n in range(11, 14))
    found = panel(candidates=rows, chosen=made_ballots.chosen())
    view = made.accepted(forms.override(made.texts(language), found))
    assert values(inputs(view)["task"]) == ["11", "13"]
    assert list(inputs(view)) == ["task", "reason"]
    assert json.loads(view["private_metadata"]) == {"department": 2}


def test_a_result_without_another_candidate_cannot_be_changed():
    found = panel(candidates=(made.row(12),), chosen=made_ballots.chosen())
    with pytest.raises(BotError) as refused:
        forms.override(made.texts("ko"), found)
    assert refused.value.key == "error-representative-only"


@languages
@pytest.mark.parametrize("state", State)
@pytest.mark.parametrize("mode", Mode)
def test_the_fullest_door_is_within_the_limits(language, state, mode):
    everything = shown(
        made_ballots.FULL_TITLES, state=state, mode=mode, elector=True, winner=11,
        tied=tuple(candidate(n, made.LONG_TITLE) for n in range(1, 26)), mine=candidate(1),
    )  # fmt: skip
    found = panel(
        ballot=everything, may=ACTS, candidates=tuple(made.row(n) for n in range(30)),
        coverage=made_ballots.coverage(1, 90, missing=89),
        chosen=made_ballots.chosen(Rule.OVERRIDE, reason=made.LONG_TEXT, by=made.NAME),
    )  # fmt: skip
    view = made.accepted(doors.panel(made.texts(language), found, banner="저장했습니다."))
    assert made.called(view["blocks"]) == []
    primary = [e for b in view["blocks"] for e in b.get("elements", ()) if e.get("style")]
    assert len(primary) == 1


def test_a_door_offers_only_what_the_viewer_may_do():
    t = made.texts("ko")
    assert made.action_ids(doors.panel(t, panel(ballot=shown()))) == []
    found = panel(may=frozenset({Act.BALLOT_OPEN}), candidates=(made.row(),))
    assert made.action_ids(doors.panel(t, found)) == ["ballot.open", "task.open"]
    found = panel(may=frozenset({Act.BALLOT_CLOSE}), ballot=shown())
    (block,) = [b for b in doors.panel(t, found)["blocks"] if b["type"] == "actions"]
    assert block["elements"][0]["value"] == "7:3"
    secret = shown(mode=Mode.SECRET, tallied=False, elector=True)
    assert made.action_ids(doors.panel(t, panel(ballot=secret))) == ["ballot.vote"]


def test_whoever_settles_finds_the_candidates_at_the_door():
    t = made.texts("ko")
    tie = shown(state=State.TIED, tied=(candidate(1), candidate(2)))
    found = panel(ballot=tie, may=frozenset({Act.BALLOT_SETTLE}))
    assert made.action_ids(doors.panel(t, found)) == ["ballot.settle"] * 2
    found = panel(ballot=shown(made_ballots.TITLES[:1]), may=frozenset({Act.BALLOT_SETTLE}))
    assert made.action_ids(doors.panel(t, found)) == ["ballot.lone"]
    found = panel(ballot=shown(), may=frozenset({Act.BALLOT_SETTLE}))
    assert made.action_ids(doors.panel(t, found)) == []


def test_an_electors_door_shows_their_vote():
    told = shown(elector=True, mine=candidate(2, made_ballots.TITLES[1]))
    text = plain(doors.panel(made.texts("ko"), panel(ballot=told))["blocks"])
    assert "내 투표: 2번 『주간 회의 자료 통합』" in text
    assert "과제를 내거나 예외로 승인된 팀 5/6(83%)" in text
    assert "아직 내지 않은 팀: 지역건설교통정책0" in text


def test_between_rounds_the_door_says_when_the_next_one_begins():
    planned = Round(id=2, name="2026년 제2회", starts_on=date(2026, 9, 1))
    view = doors.panel(made.texts("ko"), panel(round=None, planned=planned))
    text = plain(made.accepted(view)["blocks"])
    assert "다음 회차에 포함됩니다." in text
    assert "2026년 제2회: 2026. 9. 1.(화) 시작" in text


@languages
def test_the_fullest_home_of_a_round_is_within_the_limits(language):
    ballots = tuple(
        made_ballots.ballot(id=n, state=State.TIED if n % 2 else State.OPEN) for n in range(30)
    )
    found = HomeRound(
        panel=panel(ballot=shown(made_ballots.FULL_TITLES, elector=True, mine=candidate(1))),
        to_decide=(made_ballots.exemption(),) * 40, to_settle=ballots,
        bureau=made_ballots.bureau(departments=90),
        bureaus=tuple(made_ballots.bureau(f"지역건설교통정책{n}국") for n in range(100)),
    )  # fmt: skip
    blocks = doors.home_round(made.texts(language), found)
    assert len(blocks) <= 30
    view = made.accepted(home(blocks))
    assert made.called(view["blocks"]) == []
    assert {"ballot.panel", "exempt.panel", "admin.panel"} == set(made.action_ids(view))


def test_home_shows_nothing_of_a_round_to_those_it_does_not_concern():
    assert doors.home_round(made.texts("ko"), HomeRound()) == []


def test_home_says_how_my_department_stands():
    told = shown(elector=True, mine=candidate(2, made_ballots.TITLES[1]))
    found = HomeRound(panel=panel(ballot=told), to_settle=(made_ballots.ballot(),))
    text = plain(doors.home_round(made.texts("ko"), found))
    assert "*2026년 제1회 · 문화정책과*" in text
    assert "투표 8/12명(투표율 66.6%)" in text
    assert "내 투표: 2번 『주간 회의 자료 통합』" in text
    assert "문화정책과: 후보가 하나입니다." in text


def test_home_of_a_director_and_of_headquarters_show_coverage():
    found = HomeRound(bureau=made_ballots.bureau(), bureaus=(made_ballots.bureau("감사관"),))
    text = plain(doors.home_round(made.texts("ko"), found))
    assert "문화체육관광국: 대표 과제가 있거나 예외로 승인된 과 0/1(0%)" in text
    assert "대표 과제가 없는 과: 문화정책과" in text
    assert "감사관 0/1(0%)" in text


@pytest.mark.parametrize("language", LANGUAGES)
def test_more_tasks_than_a_menu_has_are_not_counted(language):
    t = made.texts(language)
    few, many = (
        str(doors.panel(t, panel(candidates=(made.row(),) * 100, capped=capped))["blocks"])
        for capped in (False, True)
    )
    assert t("ballot-would-stand", count=100) in few
    assert t("ballot-more", count=90) in few
    assert t("ballot-would-stand-capped", count=100) in many
    assert t("ballot-more", count=90) not in many
