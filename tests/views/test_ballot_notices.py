"""What voters and heads are told of a ballot, in both languages and within the limits."""

import pytest

from bot.domain.ballot import Mode, Rule, State
from bot.domain.ballot_screens import Outsider, VoteNow, Which
from bot.domain.errors import BotError
from bot.i18n.texts import LANGUAGES
from bot.views import ballot_notices as notices
from bot.views.kit import plain
from tests.views import made, made_ballots
from tests.views.made_ballots import CLOSES, candidate, panel, shown

languages = pytest.mark.parametrize("language", LANGUAGES)
FULL = made_ballots.FULL_TITLES
EVERY_ERROR = (
    *(
        f"error-ballot-{what}"
        for what in (
            "day-off", "hour", "soon", "no-candidates", "open", "no-round", "no-channel", "over",
            "day", "choose", "no-department", "nothing", "not-decided", "same",
            "not-elector", "not-secret", "not-tied", "not-candidate", "reason",
        )
    ),
    *(f"error-representative-{what}" for what in ("exists", "replacement", "only")),
    "error-stale-ballot",
)  # fmt: skip


def receipt(**fields):
    return notices.ballot_receipt(made.texts("ko"), VoteNow(shown=shown(elector=True, **fields)))


def values(message):
    return [b["accessory"]["value"] for b in message["blocks"] if "accessory" in b]


def test_a_receipt_says_where_the_vote_stands():
    mine = candidate(3, "민원 대장 전산화")
    assert receipt(mine=mine, voted=True) == {
        "text": "내 투표: 3번 『민원 대장 전산화』\n2026. 7. 8.(수) 18:00까지 바꾸실 수 있습니다."
    }
    assert receipt() == {
        "text": "현재 투표가 없습니다.\n2026. 7. 8.(수) 18:00까지 투표하실 수 있습니다."
    }
    assert receipt(state=State.COUNTING) == {"text": "현재 투표가 없습니다."}


def test_a_receipt_of_a_secret_vote_says_only_that_it_was_given():
    text = receipt(mode=Mode.SECRET, voted=True, mine=candidate(3, "민원 대장 전산화"))["text"]
    assert text.startswith("투표하셨습니다.")
    assert "민원" not in text


@languages
@pytest.mark.parametrize("reason", ["head", "newcomer", "outsider"])
def test_those_whose_sign_does_not_count_are_told_why(language, reason):
    told = Outsider(department="문화정책과", reason=reason)
    assert "문화정책과" in notices.ballot_outsider(made.texts(language), told)["text"]


@languages
@pytest.mark.parametrize("mode", Mode)
def test_a_reminder_leads_to_the_ballot(language, mode):
    told = shown(FULL, mode=mode)
    message = made.accepted_message(notices.ballot_reminder(made.texts(language), told))
    assert "<#C0000001>" in plain(message["blocks"])
    buttons = ["ballot.vote"] if mode is Mode.SECRET else []
    assert made.action_ids(message) == buttons


@languages
def test_whoever_stands_on_several_is_asked_with_a_button_each(language):
    between = tuple(candidate(n, "&" * 100) for n in range(1, 26))
    told = Which(shown=shown(FULL), between=between, until=CLOSES)
    message = made.accepted_message(notices.ballot_which(made.texts(language), told))
    assert made.action_ids(message) == ["ballot.which"] * 25
    assert values(message)[:2] == ["7:101", "7:102"]


@languages
def test_a_tie_of_all_is_settled_with_one_tap(language):
    tied = tuple(candidate(n, "&" * 100) for n in range(1, 26))
    told = shown(FULL, state=State.TIED, tied=tied, until=CLOSES)
    message = made.accepted_message(notices.ballot_tie(made.texts(language), told))
    assert made.action_ids(message) == ["ballot.settle"] * 25
    assert values(message)[-1] == "7:125"


def test_a_head_reads_until_when_a_tie_waits_and_what_follows():
    told = shown(state=State.TIED, tied=(candidate(1), candidate(2)), until=CLOSES)
    text = plain(notices.ballot_tie(made.texts("ko"), told)["blocks"])
    assert "2026. 7. 8.(수) 18:00까지 아래에서 대표 과제를 정해 주시기 바랍니다." in text
    assert "👍" not in text


@languages
def test_a_lone_candidate_is_confirmed_with_one_tap(language):
    told = shown(("&" * 100,))
    message = made.accepted_message(notices.ballot_lone(made.texts(language), told))
    assert made.action_ids(message) == ["ballot.lone"]
    assert values(message) == ["7:101"]


def test_a_lone_candidate_that_is_alone_no_more_has_no_button():
    message = notices.ballot_lone(made.texts("ko"), shown())
    assert made.action_ids(message) == []


@languages
def test_a_head_without_candidates_can_propose_one(language):
    message = made.accepted_message(notices.ballot_none(made.texts(language), panel()))
    assert made.action_ids(message) == ["propose.open", "ballot.panel"]


@languages
def test_a_head_reads_how_a_ballot_without_its_channel_goes_on(language):
    message = made.accepted_message(notices.ballot_lost(made.texts(language), shown(FULL)))
    assert "/invite @곱빼기" in plain(message["blocks"])
    assert made.called(message["blocks"]) == []


@languages
@pytest.mark.parametrize("why", ["deleted", "archived", "removed", "unposted", "round"])
def test_a_head_reads_how_to_mend_a_void_ballot(language, why):
    t = made.texts(language)
    told = shown(FULL, state=State.VOID, remark=f"ballot-void-{why}")
    message = made.accepted_message(notices.ballot_void(t, told))
    assert t(f"ballot-void-{why}") in message["text"]
    assert t(f"ballot-mend-{why}") in message["text"]
    assert made.action_ids(message) == ["ballot.panel"]


@languages
@pytest.mark.parametrize("rule", [Rule.OVERRIDE, Rule.REPLACED])
def test_an_override_is_told_with_its_reason_and_who_decided(language, rule):
    t = made.texts(language)
    chosen = made_ballots.chosen(rule, reason="시급성이 더 큼", by="문화정책과 과장 김하늘")
    message = made.accepted_message(notices.ballot_override(t, chosen))
    text = plain(message["blocks"])
    for part in (t.term("rule", rule), "시급성이 더 큼", "과장 김하늘"):
        assert part in text
        assert part in message["text"]


@languages
def test_an_override_with_the_longest_reason_calls_nobody(language):
    chosen = made_ballots.chosen(Rule.OVERRIDE, reason=made.LONG_TEXT, by=made.NAME)
    message = made.accepted_message(notices.ballot_override(made.texts(language), chosen))
    assert made.called(message["blocks"]) == []
    assert "<!" not in message["text"]


@languages
@pytest.mark.parametrize("key", EVERY_ERROR)
def test_every_mistake_has_words(language, key):
    error = BotError(key)
    assert made.texts(language)(error.key, **error.params)


@languages
def test_mistakes_with_figures_name_them(language):
    t = made.texts(language)
    assert "26" in t("error-ballot-many", count=26, limit=25)
    assert "4" in t("error-ballot-few", least=5, electors=4)
