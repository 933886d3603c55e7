"""What people are told is what holds at the moment of telling, worded in their language."""

from dataclasses import replace
from datetime import timedelta

import pytest

from bot.domain.facts import Due, Fact, Projection
from bot.domain.results import Surface
from bot.domain.task import Need, Status
from bot.i18n.texts import Catalogue
from bot.usecases import decide
from bot.usecases.acting import Ask
from bot.usecases.tell import LOADS, SHOWS, after_telling, showing, telling
from bot.usecases.telling import NotYet
from bot.views import notices
from handlers.rendering import WORDS
from tests.usecases import small_ballot
from tests.usecases.small_office import (
    HEAD,
    HQ,
    LEAD,
    MEMBER,
    NEXT_DAY,
    NOW,
    OFFICE,
    apply,
    found,
    own_task,
    row,
    without,
)

LATE = NOW + timedelta(days=14)
CHANNEL = "channel:C0000001"
OTHER_HEAD = row(8, "오과장", "과장", "교량과")
CATALOGUE = Catalogue.load()


def due(fact: Fact, created_at=NOW) -> Due:
    return Due(
        id=1,
        fact=fact,
        token="t",
        attempt=1,
        unsure=False,
        send_at=0.0,
        lease_until=9.0,
        after_channel=None,
        after_ts=None,
        created_at=created_at,
    )


def to(uow, who, kind, /, **payload) -> Due:
    return at(f"person:{found(uow, who).id}", kind, **payload)


def at(recipient, what, /, **payload) -> Due:
    return due(Fact(kind=what, recipient=recipient, dedupe_key=what, payload=payload))


def proposed(uow, owner, **more) -> int:
    """A task as `own_task` makes it, which search knows."""
    number = own_task(uow, owner, **more)
    uow.search.index(uow.tasks.get(number))
    return number


def ask(who, task) -> Ask:
    return Ask(who=who.slack_id, surface=Surface.MODAL, task=task)


def worded(told, kind) -> list[str]:
    """What the message says in each language."""
    word = getattr(notices, kind)
    return [str(word(CATALOGUE.of(language), told.data)) for language in ("ko", "en")]


def test_all_news_leave_in_one_message_and_are_told_once(unit):
    with unit() as uow:
        apply(uow)
        first, second = proposed(uow, MEMBER), proposed(uow, MEMBER)
        decide.revise(uow, ask(HEAD, first), NOW, comment="근거를 <더> 적어 주세요")
        decide.confirm(uow, ask(HEAD, second), NOW, needs=frozenset({Need.IMMEDIATE}))
        news = to(uow, MEMBER, "news")
        told = telling(uow, news, NOW)
        assert told is not None
        assert (told.to, told.language) == (MEMBER.slack_id, "ko")
        assert [one.task for one in told.data] == [first, second]
        korean, _ = worded(told, "news")
        assert "이과장 과장" in korean
        assert "보완 요청" in korean
        assert "근거를 &lt;더&gt; 적어 주세요" in korean
        decide.decline(uow, ask(HEAD, second), NOW, reason="중복")
        after_telling(uow, news, told.mark, NOW, "D1", "1.1")
        later = telling(uow, news, NOW)
        assert later is not None
        assert [(one.task, one.act) for one in later.data] == [(second, "decline")]
        after_telling(uow, news, later.mark, NOW, "D1", "1.2")
        assert telling(uow, news, NOW) is None


def test_more_news_than_a_message_holds_are_counted(unit):
    with unit() as uow:
        apply(uow)
        task, member = proposed(uow, MEMBER), found(uow, MEMBER).id
        for number in range(40):
            uow.news.add(member, task, "revise", None, f"{number} " + "가" * 2000, NOW)
        told = telling(uow, to(uow, MEMBER, "news"), NOW)
        assert told is not None
        korean, english = worded(told, "news")
        assert "25건" in korean
        assert "25 more" in english


def test_what_was_handed_over_lists_what_is_still_theirs_to_hand_on(unit):
    with unit() as uow:
        apply(uow)
        numbers = [proposed(uow, LEAD) for _ in range(3)]
        given = proposed(uow, MEMBER)
        ended = uow.tasks.get(numbers[0])
        uow.tasks.save(ended, replace(ended, status=Status.DONE))
        giver = found(uow, MEMBER).id
        told = telling(
            uow, to(uow, LEAD, "handed_over", tasks=[*numbers, given], **{"from": [giver]}), NOW
        )
        assert told is not None
        assert [task.id for task in told.data.tasks] == numbers[1:]
        assert "최주무 주무관" in worded(told, "handed_over")[0]
        nothing = to(uow, LEAD, "handed_over", tasks=[given], **{"from": [giver]})
        assert telling(uow, nothing, NOW) is None


def test_a_merge_is_asked_about_only_while_it_is_pending(unit):
    with unit() as uow:
        apply(uow, (*OFFICE, OTHER_HEAD))
        task = proposed(uow, MEMBER)
        into = proposed(uow, MEMBER, place_of=OTHER_HEAD)
        decide.merge(uow, ask(HEAD, task), NOW, target=into, reason="같은 일")
        asked = to(uow, OTHER_HEAD, "merge_asked", task=task, into=into)
        told = telling(uow, asked, NOW)
        assert told is not None
        korean, _ = worded(told, "merge_asked")
        assert "act.take_in" in korean
        assert "act.keep_out" in korean
        assert "같은 일" in korean
        assert telling(uow, to(uow, HEAD, "merge_asked", task=task, into=into), NOW) is None
        decide.keep_out(uow, ask(OTHER_HEAD, task), NOW, into=into)
        assert telling(uow, asked, NOW) is None


def test_a_head_is_told_what_still_waits_and_nothing_when_all_is_decided(unit):
    with unit() as uow:
        apply(uow, (*OFFICE, OTHER_HEAD))
        first, second = proposed(uow, MEMBER), proposed(uow, MEMBER)
        digest = to(uow, HEAD, "waiting", person=found(uow, HEAD).id)
        assert telling(uow, digest, NEXT_DAY) is None
        told = telling(uow, digest, LATE)
        assert told is not None
        assert [row.id for row in told.data.to_decide] == [first, second]
        assert "주시기 바랍니다" in worded(told, "waiting")[0]
        decide.revise(uow, ask(HEAD, first), LATE, comment="근거")
        decide.revise(uow, ask(HEAD, second), LATE, comment="근거")
        assert telling(uow, digest, LATE) is None


def test_the_head_asked_for_a_merge_is_told_that_it_waits(unit):
    with unit() as uow:
        apply(uow, (*OFFICE, OTHER_HEAD))
        task = proposed(uow, MEMBER)
        into = proposed(uow, MEMBER, place_of=OTHER_HEAD, status=Status.IN_PROGRESS)
        decide.merge(uow, ask(HEAD, task), NOW, target=into, reason="")
        told = telling(uow, to(uow, OTHER_HEAD, "waiting"), LATE)
        assert told is not None
        assert [row.id for row in told.data.to_take_in] == [task]
        assert worded(told, "waiting")
        assert telling(uow, to(uow, HEAD, "waiting"), LATE) is None


def test_headquarters_is_told_of_a_lost_channel_until_the_unit_has_another(unit):
    with unit() as uow:
        apply(uow)
        department = uow.units.by_path("교통국", "도로과")
        fact = to(uow, HQ, "channel_lost", unit=department.id, channel="C0000001")
        told = telling(uow, fact, NOW)
        assert told is not None
        assert "<#C0000001>" in worded(told, "channel_lost")[0]
        uow.units.save(replace(department, channel="C0000009"))
        assert telling(uow, fact, NOW) is None


def test_a_parked_fact_is_told_to_headquarters_by_its_kind(unit):
    with unit() as uow:
        apply(uow)
        told = telling(uow, to(uow, HQ, "undelivered", kind="news", reason="invalid_blocks"), NOW)
        assert told is not None
        assert all("invalid_blocks" in text for text in worded(told, "undelivered"))


@pytest.mark.parametrize("change", [{"active": False}, {"slack_id": None}])
def test_who_left_is_told_nothing_and_who_is_not_linked_yet_is_waited_for(unit, change):
    with unit() as uow:
        apply(uow)
        fact = to(uow, HQ, "undelivered", kind="news", reason="x")
        uow.people.save(replace(found(uow, HQ), **change))
        if "active" in change:
            assert telling(uow, fact, NOW) is None
            return
        with pytest.raises(NotYet):
            telling(uow, fact, NOW)
        assert telling(uow, fact, NOW + timedelta(days=8)) is None


def test_who_is_no_longer_in_the_organisation_file_is_told_nothing(unit):
    with unit() as uow:
        apply(uow)
        fact = to(uow, HQ, "undelivered", kind="news", reason="x")
        apply(uow, without(HQ), NEXT_DAY)
        assert telling(uow, fact, NEXT_DAY) is None


def test_a_card_shows_the_task_and_a_home_its_person(unit):
    with unit() as uow:
        apply(uow)
        number, member = proposed(uow, MEMBER), found(uow, MEMBER)
        card = Projection(kind="card", subject=number, recipient="channel:C0000001")
        shown = showing(uow, card, NOW)
        assert shown is not None
        assert (shown.to, shown.data.task.id, shown.data.may) == ("C0000001", number, frozenset())
        home = Projection(kind="home", subject=member.id, recipient=f"person:{member.id}")
        shown = showing(uow, home, NOW)
        assert shown is not None
        assert (shown.to, shown.data.viewer.id) == (MEMBER.slack_id, member.id)
        uow.people.save(replace(member, active=False))
        assert showing(uow, home, NOW) is None


def test_a_channel_is_told_in_korean_whatever_its_people_read(unit):
    with unit() as uow:
        apply(uow)
        uow.people.set_language(found(uow, HEAD).id, "en")
        ballot = small_ballot.opened(uow)
        told = telling(uow, at(CHANNEL, "ballot_message", ballot=ballot.id), NOW)
        assert told is not None
        assert (told.to, told.language, told.only_for) == ("C0000001", "ko", None)
        assert told.data.ballot == ballot


@pytest.mark.parametrize(("who", "language"), [(MEMBER.slack_id, "en"), ("U0000099", "ko")])
def test_what_one_person_of_a_channel_sees_is_in_their_language(unit, who, language):
    with unit() as uow:
        apply(uow)
        uow.people.set_language(found(uow, MEMBER).id, "en")
        ballot = small_ballot.opened(uow).id
        receipt = at(f"ephemeral:C0000001:{who}", "ballot_outsider", ballot=ballot, reason="head")
        told = telling(uow, receipt, NOW)
        assert told is not None
        assert (told.to, told.only_for, told.language) == ("C0000001", who, language)
        assert told.data.department == "도로과"


def test_who_left_is_whispered_to_no_more(unit):
    with unit() as uow:
        apply(uow)
        recipient = f"ephemeral:C0000001:{MEMBER.slack_id}"
        receipt = at(recipient, "undelivered", kind="news", reason="x")
        assert telling(uow, receipt, NOW) is not None
        uow.people.save(replace(found(uow, MEMBER), active=False))
        assert telling(uow, receipt, NOW) is None


def test_a_recipient_of_no_known_kind_is_an_error_and_not_a_loss(unit):
    with unit() as uow, pytest.raises(LookupError):
        telling(uow, at("fax:1", "undelivered", kind="news", reason="x"), NOW)


def test_a_ballot_knows_where_its_messages_stand_and_shows_them_anew(unit):
    with unit() as uow:
        apply(uow)
        ballot = small_ballot.opened(uow)
        candidate = uow.ballots.candidates(ballot.id)[0]
        payload = {"ballot": ballot.id, "candidate": candidate.id}
        for kind, ts in (("ballot_message", "1.1"), ("ballot_candidate", "1.2")):
            after_telling(uow, at(CHANNEL, kind, **payload), "", NOW, "C0000001", ts)
        assert small_ballot.current(uow, ballot.id).ts == "1.1"
        assert uow.ballots.candidates(ballot.id)[0].ts == "1.2"
        for kind, subject in (("ballot", ballot.id), ("candidate", candidate.id)):
            projection = Projection(kind=kind, subject=subject, recipient=CHANNEL)
            shown = showing(uow, projection, NOW)
            assert shown is not None
            assert (shown.to, shown.language) == ("C0000001", "ko")
            assert WORDS[kind](CATALOGUE.of("ko"), shown.data)["text"]


def test_every_kind_that_can_be_told_or_shown_has_its_words():
    assert {kind for kind, _ in LOADS} | set(SHOWS) <= WORDS.keys()
