"""Opening ballots: who may, what is frozen, and headquarters' way of opening them all."""

from datetime import UTC, date, datetime
from itertools import pairwise

import pytest

from bot.domain.ballot import CANDIDATES_MAX, Mode, Rule, State
from bot.domain.errors import BotError, Refused
from bot.domain.results import Surface
from bot.domain.task import Status
from bot.usecases import ballots, closing, concluding, opening, opening_all, rounds, update
from bot.usecases.acting import Ask
from tests.usecases.ballot_box import (
    BRIDGES,
    CHANNEL,
    CLOSES,
    ELECTORS,
    EVERYBODY,
    OTHER_CHANNEL,
    ROADS,
)
from tests.usecases.small_office import (
    DIRECTOR,
    HEAD,
    HQ,
    LEAD,
    MEMBER,
    NOW,
    OTHER_LEAD,
    apply,
    facts,
    row,
)

BY_HOUR = datetime(2026, 7, 3, 1, 0, tzinfo=UTC)
"""10:00 of the Friday."""


def ready(box, who=HEAD, department=ROADS):
    return opening.ready(box.uow, who.slack_id, Surface.HOME, box.unit(department), NOW)


def open_all(box, who=HQ, reason="보고회를 앞두고 모두 엽니다.", now=NOW, closes_at=CLOSES):
    return opening_all.open_all(
        box.uow, who.slack_id, Surface.MODAL, closes_at=closes_at, reason=reason, now=now
    )


def test_the_opener_sees_candidates_electors_as_a_number_and_a_closing_time(box):
    tasks = [box.task(), box.task(MEMBER, OTHER_LEAD)]
    found = ready(box)
    assert [row.id for row in found.candidates] == tasks
    assert (found.electors, found.closes_at) == (ELECTORS, CLOSES)
    assert (found.secret_possible, found.needs_reason) == (True, False)
    assert ready(box, HQ).needs_reason
    everybody = [one.slack_id for one in EVERYBODY]
    away = frozenset(everybody) - {LEAD.slack_id, HEAD.slack_id}
    assert opening.outside(box.uow, box.unit(), away, NOW) == ["박팀장 팀장"]


def test_candidates_and_electors_are_frozen(box):
    task = box.task()
    box.open(1)
    box.task()
    ask = Ask(who=HEAD.slack_id, surface=Surface.MODAL, task=task)
    former = box.candidates[0].title
    update.edit(box.uow, ask, NOW, change=lambda c: type(c)(**vars(c) | {"title": "다른 제목"}))
    apply(box.uow, (*EVERYBODY, row(20, "신주무", "주무관", "도로과/계획팀")))
    assert [candidate.title for candidate in box.candidates] == [former, box.candidates[1].title]
    head = box.person(HEAD).id
    electors = box.uow.ballots.electors(box.ballot_id)
    assert (box.ballot.electors, len(electors), head in electors) == (ELECTORS, ELECTORS, False)


@pytest.mark.parametrize(
    ("status", "stands"),
    [(status, status.value in {"submitted", "confirmed", "in_progress", "done"})
     for status in Status if status not in (Status.MERGED, Status.DECLINED)],
)  # fmt: skip
def test_what_is_submitted_confirmed_under_way_or_done_stands(box, status, stands):
    number, other = box.task(status=status), box.task()
    assert [row.id for row in ready(box).candidates] == ([number] if stands else []) + [other]


def test_it_is_posted_in_order_and_written_down(box):
    ballot = box.open(posted=False)
    messages = facts(box.uow, "ballot_message") + facts(box.uow, "ballot_candidate")
    assert {to for to, _ in messages} == {f"channel:{CHANNEL}"}
    assert [p.get("candidate") for _, p in messages] == [None, *(c.id for c in box.candidates)]
    assert ballot.state is State.POSTING
    assert box.acts().count("ballot_open") == 1
    assert all(a.position < b.position for a, b in pairwise(box.candidates))


@pytest.mark.parametrize("who", [MEMBER, LEAD, OTHER_LEAD, EVERYBODY[-2]])
def test_nobody_else_may_and_each_hears_who_does(box, who):
    box.task()
    for attempt in (lambda: ready(box, who), lambda: box.open(0, who)):
        with pytest.raises(Refused) as refused:
            attempt()
        assert refused.value.params["who"].startswith("도로과 과장 이과장")
        box.uow.audit_refusal(refused.value)
    assert box.acts()[-2:] == ["refused", "refused"]


def test_the_director_opens_it_too_and_headquarters_says_why(box):
    with pytest.raises(BotError, match="error-ballot-reason"):
        box.open(1, HQ)
    assert box.open(0, HQ, reason="과장이 공석입니다.")
    closing.close_now(box.uow, DIRECTOR.slack_id, Surface.MODAL, box.ballot_id, reason="", now=NOW)
    box.answer(NOW)
    assert box.ballot.state is State.DECIDED


def test_a_second_ballot_is_refused_while_one_is_live_and_once_it_is_settled(box):
    box.open()
    for who in (HEAD, DIRECTOR):
        with pytest.raises(BotError, match="error-ballot-open"):
            box.open(0, who)
    box.react(MEMBER, 1)
    box.tick(CLOSES)
    with pytest.raises(BotError, match="error-representative-exists"):
        box.open(0)


def test_a_forged_or_old_button_opens_nothing(box):
    box.task()
    for department in (999, 0, box.place().bureau):
        with pytest.raises(BotError, match="error-stale-button"):
            opening.open_ballot(
                box.uow, HEAD.slack_id, Surface.MODAL, department=department,
                closes_at=CLOSES, mode=Mode.OPEN, reason="", now=NOW,
            )  # fmt: skip


def test_without_a_round_a_candidate_or_a_channel_it_says_so(box):
    with pytest.raises(BotError, match="error-ballot-no-candidates"):
        box.open(0)
    box.uow.units.save(type(u := box.uow.units.get(box.unit()))(**vars(u) | {"channel": None}))
    with pytest.raises(BotError, match="error-ballot-no-channel"):
        box.open(1)
    round_ = box.uow.rounds.unclosed()
    rounds.close_round(box.uow, HQ.slack_id, Surface.HOME, round_.id, round_.version, NOW)
    with pytest.raises(BotError, match="error-ballot-no-round"):
        opening.ready(box.uow, HEAD.slack_id, Surface.HOME, box.unit(), NOW)


def test_a_department_of_its_head_alone_votes_by_the_heads_choice(box):
    apply(box.uow, tuple(one for one in EVERYBODY if one.department != ROADS or one == HEAD))
    numbers = [box.task(DIRECTOR, HEAD) for _ in range(2)]
    ballot = box.open(0)
    assert (ballot.electors, [c.task for c in box.candidates]) == (0, numbers)
    box.tick(CLOSES)
    assert box.ballot.state is State.TIED
    chosen = box.candidates[1].id
    concluding.settle(box.uow, HEAD.slack_id, Surface.MESSAGE, box.ballot_id, chosen, CLOSES)
    assert box.result == (State.DECIDED, 2, Rule.TIE_HEAD)


def test_a_department_of_one_member_votes_alone(box):
    apply(box.uow, tuple(one for one in EVERYBODY if one.department != ROADS or one == MEMBER))
    for _ in range(2):
        box.task(MEMBER, MEMBER)
    assert box.open(0, DIRECTOR).electors == 1
    box.react(MEMBER, 2)
    box.tick(CLOSES)
    assert box.result == (State.DECIDED, 2, Rule.VOTES)


def test_300_electors_vote_on_25_candidates(box):
    crowd = [row(n, f"사람{n}", "주무관", "도로과/계획팀") for n in range(1000, 1300 - 5)]
    apply(box.uow, (*EVERYBODY, *crowd))
    with pytest.raises(BotError, match="error-ballot-many"):
        box.open(CANDIDATES_MAX + 1)
    box.withdraw(box.uow.tasks.candidates(1, box.unit())[0].id)
    assert box.open(0).electors == 300
    for n, one in enumerate(crowd):
        box.react(one, n * n % CANDIDATES_MAX + 1, told=n % 3 > 0)
        if n % 7 == 0:
            box.react(one, CANDIDATES_MAX, told=n % 3 > 0)
    box.tick(CLOSES)
    shown = ballots.shown(box.uow, box.ballot, None, CLOSES)
    unsure = {n for n in range(len(crowd)) if n % 21 == 0 and n * n % CANDIDATES_MAX != 24}
    assert len(box.told("ballot_which")) == len(unsure)
    assert shown.ballot.turnout == len(crowd) - len(unsure)
    assert len(shown.standings) == CANDIDATES_MAX


# Headquarters' way


def test_headquarters_sees_to_how_many_channels_it_posts_and_what_is_left_out(box):
    box.task()
    asked = opening_all.ready_all(box.uow, HQ.slack_id, Surface.HOME, NOW)
    assert (asked.channels, asked.without_candidates) == (1, (BRIDGES,))
    assert (asked.without_channel, asked.too_many) == ((), ())
    for _ in range(CANDIDATES_MAX):
        box.task()
    box.task(EVERYBODY[-1], EVERYBODY[-1])
    asked = opening_all.ready_all(box.uow, HQ.slack_id, Surface.HOME, NOW)
    assert (asked.channels, asked.too_many) == (1, (ROADS,))


def test_it_opens_every_departments_ballot_with_a_reason_and_asks_the_others_for_candidates(box):
    box.task()
    with pytest.raises(BotError, match="error-required-reason"):
        open_all(box, reason=" ")
    opened = open_all(box)
    (number,) = opened.ballots
    assert box.uow.ballots.get(number).channel == CHANNEL
    heads = facts(box.uow, "ballot_none")
    assert heads == [(f"person:{box.person(EVERYBODY[-2]).id}", {"department": box.unit(BRIDGES)})]
    with pytest.raises(BotError, match="error-ballot-nothing"):
        open_all(box)
    box.task(EVERYBODY[-1], EVERYBODY[-1])
    (second,) = open_all(box).ballots
    assert box.uow.ballots.get(second).channel == OTHER_CHANNEL


def test_only_headquarters_opens_them_all(box):
    box.task()
    for who in (HEAD, DIRECTOR, MEMBER):
        with pytest.raises(Refused) as refused:
            open_all(box, who)
        assert "한총괄" in refused.value.params["who"]
        box.uow.audit_refusal(refused.value)
    assert box.acts()[-3:] == ["refused"] * 3


def test_a_bureaus_own_voting_day_goes_before_the_one_that_was_chosen(box):
    box.task()
    round_ = box.uow.rounds.unclosed()
    box.uow.rounds.set_votes_by(round_.id, box.place().bureau, date(2026, 7, 10))
    (number,) = open_all(box, closes_at=BY_HOUR).ballots
    assert box.uow.ballots.get(number).closes_at == datetime(2026, 7, 10, 9, 0, tzinfo=UTC)


def test_a_day_that_leaves_no_time_is_not_kept(box):
    box.task()
    round_ = box.uow.rounds.unclosed()
    box.uow.rounds.set_votes_by(round_.id, box.place().bureau, NOW.date())
    (number,) = open_all(box, closes_at=BY_HOUR).ballots
    assert box.uow.ballots.get(number).closes_at == BY_HOUR


def test_a_department_of_its_head_alone_is_not_said_to_lack_a_channel(box):
    box.task(DIRECTOR, HEAD)
    hq = row(30, "신총괄", "주무관", "교량과/교량팀", role="총괄")
    apply(box.uow, (*(o for o in EVERYBODY if o.department != ROADS or o == HEAD), hq))
    asked = opening_all.ready_all(box.uow, hq.slack_id, Surface.HOME, NOW)
    assert (asked.channels, asked.without_channel) == (1, ())
