"""A ballot in its channel: each state in both languages, read aloud, and within the limits."""

from dataclasses import replace

import pytest

from bot.domain.ballot import LIVE, VOTING, Mode, Rule, State
from bot.domain.ballot_screens import CandidateShown
from bot.i18n.texts import LANGUAGES
from bot.views import ballot as views
from bot.views.kit import plain
from tests.views import made, made_ballots
from tests.views.made_ballots import candidate, decided, differences, shown

languages = pytest.mark.parametrize("language", LANGUAGES)
modes = pytest.mark.parametrize("mode", Mode)
VOID = ("deleted", "archived", "removed", "round")


def read(message):
    return plain(message["blocks"])


def korean(told):
    return views.ballot_message(made.texts("ko"), told)


def one(told, **fields):
    """The first candidate's message."""
    written = {"type": "abolish", "problem": "손으로 씁니다.", "proposal": "전산으로 남깁니다."}
    found = fields.pop("candidate", told.standings[0].candidate if told.standings else None)
    return CandidateShown(shown=told, candidate=replace(found, **written | fields))


@languages
@modes
@pytest.mark.parametrize("state", State)
def test_every_state_is_drawn_and_calls_nobody(language, mode, state):
    told = shown(
        state=state, mode=mode, until=made_ballots.CLOSES, tallied=mode is Mode.OPEN,
        remark="ballot-void-deleted" if state is State.VOID else "", decider=None,
        winner=11 if state is State.DECIDED else None,
    )  # fmt: skip
    t = made.texts(language)
    for draw in (views.ballot_message, views.ballot_result):
        message = made.accepted_message(draw(t, told))
        assert made.called(message["blocks"]) == []
        assert "<@" not in message["text"]
    message = made.accepted_message(views.candidate_message(t, one(told)))
    secret = mode is Mode.SECRET and state in VOTING
    assert made.action_ids(message) == (["ballot.vote"] if secret else []) + ["task.open"]
    words = [t.term("ballot-state", code) for code in State]
    assert len(set(words)) == len(words)


def test_an_open_ballot_says_how_to_vote_and_how_it_stands():
    assert read(korean(shown())).splitlines() == [
        "2026년 제1회 문화정책과 대표 과제 투표",
        "투표 중입니다. 채널의 후보 메시지에 👍를 눌러 투표해 주세요.",
        "공개 투표 · 2026. 7. 8.(수) 18:00 마감 · 선거인 12명 · 투표 8/12명(투표율 66.6%)",
        "1. 전시실 운영 일지 폐지 — 5표 ▇▇▇▇▇",
        "2. 주간 회의 자료 통합 — 2표 ▇▇",
        "3. 민원 대장 전산화 — 1표 ▇",
        "화면의 👍 수와 다를 수 있습니다(1인 1표).",
        "한 사람이 한 표입니다. 👍는 피부색과 관계없이 같은 표이며, 가장 나중에 누른 👍가"
        " 집계됩니다.",
        "동수이면 부서장이 정합니다. 다음 근무일까지 정하지 않으면 연간 절감 시간이 많은 과제,"
        " 그마저 같으면 먼저 제출된 과제로 정해집니다.",
        "[투표 현황]",
    ]


def test_those_who_hear_the_message_hear_the_tally_in_words():
    text = korean(shown())["text"]
    assert "후보 1번 전시실 운영 일지 폐지, 5표" in text
    assert "▇" not in text


def test_bars_of_many_votes_are_as_long_as_their_share():
    text = read(korean(shown(votes=(300, 150, 1), electors=600)))
    assert [line.count("▇") for line in text.splitlines() if "표 ▇" in line] == [10, 5, 1]


@languages
def test_an_open_secret_ballot_has_a_button_and_no_tally(language):
    told = shown(mode=Mode.SECRET, tallied=False, votes=())
    message = views.ballot_message(made.texts(language), told)
    assert made.action_ids(message) == ["ballot.vote", "ballot.panel"]
    assert "8/12" in read(message)
    for text in (read(message), message["text"]):
        assert made_ballots.TITLES[0] not in text


@languages
@pytest.mark.parametrize("state", sorted(set(State) - LIVE))
def test_a_finished_ballot_has_no_controls(language, state):
    message = views.ballot_message(made.texts(language), shown(state=state, winner=11))
    assert made.action_ids(message) == []


@languages
@pytest.mark.parametrize("rule", Rule)
def test_the_result_names_the_winner_and_the_rule_in_words(language, rule):
    t = made.texts(language)
    message = made.accepted_message(views.ballot_result(t, decided(rule)))
    text = read(message)
    assert t.term("rule", rule) in text
    assert t("ballot-decided", task="#11", title=made_ballots.TITLES[0]) in message["text"]
    winner = next(line for line in text.splitlines() if line.startswith("*1. "))
    assert winner.endswith(f"*{t('ballot-representative')}*")


def test_the_rules_have_different_words():
    t = made.texts("ko")
    assert len({t.term("rule", rule) for rule in Rule}) == len(Rule)


def test_a_recount_without_differences_says_when_it_was_made():
    text = read(korean(decided(**differences(0))))
    assert "2026. 7. 8.(수) 18:00에 후보 메시지의 반응을 재집계했으며, 차이가 없었습니다." in text


def test_at_most_ten_differences_are_listed():
    text = read(korean(decided(**differences(12))))
    assert text.count("‹이바다›님") == 10
    assert "이 밖에 2건이 더 있습니다." in text
    assert "‹이바다›님, #11 『전시실 운영 일지 폐지』: 빠짐" in text


@languages
@pytest.mark.parametrize("why", VOID)
def test_a_void_ballot_says_why(language, why):
    t = made.texts(language)
    text = read(views.ballot_message(t, shown(state=State.VOID, remark=f"ballot-void-{why}")))
    assert t(f"ballot-void-{why}") in text
    assert (t("ballot-void-again") in text) is (why != "round")


def test_a_tie_says_who_settles_it_and_until_when():
    text = read(korean(shown(state=State.TIED, until=made_ballots.CLOSES)))
    assert "‹문화정책과 과장 김하늘›님이 2026. 7. 8.(수) 18:00까지 정합니다." in text


@languages
@modes
@pytest.mark.parametrize("titles", [made_ballots.FULL_TITLES, made_ballots.LONG_TITLES])
def test_twenty_five_candidates_with_the_longest_titles_fit(language, mode, titles):
    t, votes = made.texts(language), (300,) * 25
    many = differences(40, name=made.NAME * 3, title=titles[0])
    for told in (
        shown(titles, votes, mode=mode, electors=300, turnout=300),
        decided(titles=titles, votes=votes, mode=mode, **many),
    ):
        for draw in (views.ballot_message, views.ballot_result):
            message = made.accepted_message(draw(t, told))
            assert made.called(message["blocks"]) == []
            assert read(message).count("25. ") == 1
            assert len(message["text"]) <= 4000


def test_ordinary_titles_are_whole_in_the_tally():
    text = read(korean(shown(made_ballots.LONG_TITLES)))
    assert text.count("가" * 100) == 25


def test_a_candidate_says_what_it_is_and_that_its_thumb_is_a_vote():
    t = made.texts("ko")
    message = views.candidate_message(t, one(shown()))
    assert read(message).splitlines() == [
        "*후보 1번 · #11 전시실 운영 일지 폐지*",
        f"폐지 · {t('line-hours', hours=t.hours(120))}",
        "*현황·문제점*  손으로 씁니다.",
        "*개선 방안*  전산으로 남깁니다.",
        "[과제 보기]",
        "이 메시지의 👍가 표입니다. 곱빼기가 미리 눌러 둔 👍는 집계되지 않습니다.",
    ]


def test_a_candidate_of_a_secret_ballot_has_the_button_too():
    told = shown(mode=Mode.SECRET, tallied=False)
    message = views.candidate_message(made.texts("ko"), one(told))
    assert "‹투표하기›를 눌러 투표해 주세요" in read(message)
    assert "👍" not in read(message)
    assert made.action_ids(message) == ["ballot.vote", "task.open"]
    out = replace(told.standings[0].candidate, out=True)
    message = views.candidate_message(made.texts("ko"), one(told, candidate=out))
    assert made.action_ids(message) == ["task.open"]


@languages
def test_a_candidate_that_is_out_is_struck_through_and_says_so(language):
    t, told = made.texts(language), shown()
    out = replace(told.standings[0].candidate, out=True)
    message = views.candidate_message(t, one(told, candidate=out))
    assert read(message).startswith("~*")
    assert t("ballot-candidate-out") in message["text"]
    told = shown(standings=(), out=(out,))
    assert t("ballot-line-out", position=1, title=out.title) in read(views.ballot_message(t, told))


@languages
def test_after_the_end_a_candidate_wears_its_result(language):
    t, told = made.texts(language), decided()
    counted = replace(told.standings[0].candidate, votes=5)
    text = read(views.candidate_message(t, one(told, candidate=counted)))
    assert f"*{t('ballot-representative')}* · {t('ballot-candidate-votes', votes=5)}" in text
    other = candidate(2, votes=2)
    text = read(views.candidate_message(t, one(told, candidate=other)))
    assert t("ballot-representative") not in text
    assert t("ballot-candidate-votes", votes=2) in text


def test_a_secret_count_is_in_no_candidates_message_before_the_end():
    told = shown(mode=Mode.SECRET, tallied=False)
    counted = candidate(1, votes=5)
    assert "5표" not in read(
        views.candidate_message(made.texts("ko"), one(told, candidate=counted))
    )


@languages
def test_a_candidate_with_the_longest_texts_fits(language):
    told = one(shown((made.LONG_TITLE,)), problem=made.LONG_TEXT, proposal=made.LONG_TEXT)
    message = made.accepted_message(views.candidate_message(made.texts(language), told))
    assert made.called(message["blocks"]) == []
