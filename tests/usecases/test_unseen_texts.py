"""A text in which nobody sees anything is no title, no reason and no evidence, wherever it is asked
for."""

from datetime import date

import pytest

from bot.domain.ballot import Mode
from bot.domain.errors import BotError
from bot.domain.exemption import Ground
from bot.domain.results import Proposed, Query, Surface
from bot.domain.rights import Act
from bot.domain.task import Content, Status, Type
from bot.usecases import closing, opening, opening_all, propose, read, representing, review, rounds
from bot.usecases import standing_in as standing
from bot.usecases.acting import Ask
from bot.usecases.standing_in import Asking
from handlers.filled import WORK
from tests.usecases import filed, small_reviews
from tests.usecases.ballot_box import CLOSES
from tests.usecases.small_office import (
    DIRECTOR,
    HEAD,
    HQ,
    LEAD,
    MEMBER,
    NOW,
    apply,
    found,
    own_task,
)

UNSEEN = ("\u3164", " \u200b\u2800\u00ad\ufe0f\n\u115f\u0301")
DAY = date(2026, 8, 3)

ON_A_TASK = {
    "an edited title": (Act.EDIT, MEMBER, Status.SUBMITTED, "title", "error-required-title"),
    "an edited problem": (Act.EDIT, MEMBER, Status.SUBMITTED, "problem", "error-required-problem"),
    "a comment": (Act.REVISE, HEAD, Status.SUBMITTED, "comment", "error-required-comment"),
    "why it is declined": (Act.DECLINE, HEAD, Status.SUBMITTED, "reason", "error-required-reason"),
    "a progress note": (Act.NOTE, MEMBER, Status.IN_PROGRESS, "note", "error-required-note"),
    "an opinion": (Act.OPINION, LEAD, Status.SUBMITTED, "opinion", "error-required-opinion"),
    "a step of the plan": (Act.PLAN, MEMBER, Status.IN_PROGRESS, "step", "error-required-step"),
    "evidence": (Act.COMPLETE, MEMBER, Status.IN_PROGRESS, "evidence", "error-required-evidence"),
    "why it is reopened": (Act.REOPEN, HEAD, Status.DONE, "reason", "error-required-reason"),
}
"""What a form of an act asks for, by the act, who does it, the task's status and the field."""


def refused(act, *args, **more):
    with pytest.raises(BotError) as error:
        act(*args, **more)
    return error.value.key, error.value.field


@pytest.mark.parametrize("text", UNSEEN, ids=ascii)
@pytest.mark.parametrize("what", ON_A_TASK)
def test_no_form_of_a_task_takes_it(unit, what, text):
    act, who, status, field, key = ON_A_TASK[what]
    with unit() as uow:
        apply(uow)
        number = own_task(uow, MEMBER, status=status)
        values = {"title": "일지", "type": "abolish", "problem": "씁니다", "due": DAY}
        values |= {"owner": str(found(uow, MEMBER).id), field: text}
        ask = Ask(who=who.slack_id, surface=Surface.MODAL, task=number)
        assert refused(WORK[act], uow, ask, NOW, values, None) == (key, field)


@pytest.mark.parametrize("text", UNSEEN, ids=ascii)
def test_no_proposal_takes_it(unit, text):
    with unit() as uow:
        apply(uow)

        def proposing(**said):
            content = Content(**{"title": "일지", "type": Type.ABOLISH, "problem": "씁니다"} | said)
            return propose.propose(
                uow, MEMBER.slack_id, Surface.MODAL, Proposed(content=content), NOW
            )

        for field in ("title", "problem"):
            assert refused(proposing, **{field: text}) == (f"error-required-{field}", field)


@pytest.mark.parametrize("text", UNSEEN, ids=ascii)
def test_headquarters_says_why_it_acts_for_a_department(box, text):
    given = {"reason": text, "now": NOW}
    for who, act, more in (
        (HQ, opening.open_ballot, {"department": box.unit(), "mode": Mode.OPEN} | given),
        (HQ, opening_all.open_all, given),
    ):
        box.task()
        key, field = refused(act, box.uow, who.slack_id, Surface.MODAL, closes_at=CLOSES, **more)
        assert field == "reason"
        assert key in ("error-ballot-reason", "error-required-reason")
    ballot = box.open()
    early = refused(closing.close_now, box.uow, HQ.slack_id, Surface.MODAL, ballot.id, **given)
    assert early == ("error-ballot-reason", "reason")


@pytest.mark.parametrize("text", UNSEEN, ids=ascii)
def test_a_result_is_not_set_aside_for_it(decided, text):
    for who in (HQ, HEAD):
        assert refused(
            representing.override, decided.uow, who.slack_id, Surface.MODAL,
            department=decided.unit(), task=2, reason=text, now=CLOSES,
        ) == ("error-required-reason", "reason")  # fmt: skip


@pytest.mark.parametrize("text", UNSEEN, ids=ascii)
def test_no_exemption_rests_on_it(unit, text):
    with unit() as uow:
        apply(uow)
        for ground, key in (
            (Ground.STATUTORY, "error-exemption-article"), (Ground.OTHER, "error-exemption-why"),
        ):  # fmt: skip
            assert refused(filed.file, uow, ground=ground, text=text) == (key, "text")
        exemption = filed.file(uow)
        declined = refused(filed.decide, uow, exemption, grant=False, reason=text)
        assert declined == ("error-required-reason", "reason")


@pytest.mark.parametrize("text", UNSEEN, ids=ascii)
def test_neither_a_round_nor_an_acting_post_has_it_for_a_name(unit, text):
    with unit() as uow:
        apply(uow)
        current = uow.rounds.unclosed()
        rounds.close_round(uow, HQ.slack_id, Surface.MODAL, current.id, current.version, NOW)
        assert refused(
            rounds.open_round, uow, HQ.slack_id, Surface.MODAL,
            name=text, starts_on=DAY, ends_on=None, votes_by=None, grounds=frozenset(Ground),
            now=NOW,
        ) == ("error-required-name", "name")  # fmt: skip
        uow.posts.set(found(uow, HEAD).id, (), NOW.date())
        assert refused(
            standing.let_act, uow, Asking(who=HQ.slack_id, surface=Surface.MODAL), NOW,
            unit=uow.units.by_path("교통국", "도로과").id, person=found(uow, LEAD).id,
            title=text, first=NOW.date(), last=None,
        ) == ("error-required-acting-title", "acting-title")  # fmt: skip


@pytest.mark.parametrize("text", UNSEEN, ids=ascii)
def test_no_review_is_answered_with_it(unit, text):
    with unit() as uow:
        apply(uow)
        number = small_reviews.late(uow)
        first = small_reviews.opened(uow)
        ask = small_reviews.ask(DIRECTOR, number)
        answered = refused(
            review.give_reason, uow, ask, first.id, small_reviews.BOUNDARY, text=text
        )
        assert answered == ("error-required-note", "note")


@pytest.mark.parametrize("text", UNSEEN, ids=ascii)
def test_nothing_is_found_by_it(unit, text):
    with unit() as uow:
        apply(uow)
        own_task(uow, MEMBER)
        assert read.tasks_like(uow, text, NOW) == ()
        assert read.page(uow, MEMBER.slack_id, Query(words=text), NOW).rows == ()
