"""Reviews through the use-cases: what a tick opens, and who may do what."""

from dataclasses import replace
from datetime import UTC, date, datetime, timedelta

import pytest

from bot.domain.errors import BotError, Refused
from bot.domain.periods import Cadence
from bot.domain.results import Surface
from bot.domain.review import Figures, Kind
from bot.domain.task import Status
from bot.usecases import review, review_planning, review_reading, update
from storage.office import DAYS_OFF
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
    without,
)
from tests.usecases.small_reviews import (
    ASKED_AGAIN,
    BOUNDARY,
    HOUR,
    NEXT_DAY,
    PREVIEW,
    YESTERDAY,
    ask,
    late,
    opened,
    shown,
    sign,
    stands,
    ticked,
    to,
    told,
    waiting,
)


def test_a_bureau_is_planned_when_it_is_imported(unit):
    with unit() as uow:
        apply(uow)
        (plan,) = uow.review_plans.all()
        assert plan.next_opens_at == BOUNDARY
        assert (plan.imported_on, plan.cadence) == (NOW.date(), Cadence.QUARTERLY)


def test_a_tick_opens_once_and_only_within_office_hours(unit):
    with unit() as uow:
        apply(uow)
        assert opened(uow, BOUNDARY - HOUR) is None
        assert opened(uow, BOUNDARY + 10 * HOUR) is None
        first = opened(uow, BOUNDARY + 2 * HOUR)
        assert first.opened_on == BOUNDARY.date()
        assert opened(uow, BOUNDARY + 3 * HOUR) == first
        assert told(uow, "review") == [to(uow, DIRECTOR)]
        (plan,) = uow.review_plans.all()
        assert plan.last == first.boundary


def test_a_day_off_that_is_added_later_moves_the_opening(unit):
    with unit() as uow:
        apply(uow)
        uow.office.put(DAYS_OFF, [BOUNDARY.date()])
        assert opened(uow) is None
        assert opened(uow, NEXT_DAY - HOUR) is None
        assert opened(uow, NEXT_DAY) is not None


def test_planning_anew_follows_days_off_that_were_taken_back(unit):
    with unit() as uow:
        apply(uow)
        uow.office.put(DAYS_OFF, [BOUNDARY.date()])
        review_planning.replan(uow, NOW)
        assert uow.review_plans.all()[0].next_opens_at == NEXT_DAY
        uow.office.put(DAYS_OFF, [])
        review_planning.replan(uow, NOW)
        assert uow.review_plans.all()[0].next_opens_at == BOUNDARY


def test_a_retired_bureau_is_not_reviewed(unit):
    with unit() as uow:
        apply(uow)
        bureau = uow.units.by_path("교통국")
        uow.units.save(replace(bureau, retired=True))
        assert opened(uow) is None


def test_the_next_review_ends_one_that_was_not_signed_off_and_shows_both_figures(unit):
    with unit() as uow:
        apply(uow)
        first = opened(uow)
        late(uow)
        second = opened(uow, datetime(2027, 1, 4, 0, 0, tzinfo=UTC))
        assert uow.reviews.get(first.id).superseded_at is not None
        assert second.starts_on == first.boundary
        shown = review_reading.look(uow, DIRECTOR.slack_id, second.id, NOW)
        assert shown.last == Figures()
        assert shown.review.figures.overdue == 1
        with pytest.raises(BotError, match="error-review-superseded"):
            sign(uow, DIRECTOR, first.id)


def test_only_who_directs_the_bureau_signs_and_others_hear_who_that_is(unit):
    with unit() as uow:
        apply(uow)
        first = opened(uow)
        for who in (HEAD, LEAD, HQ):
            with pytest.raises(Refused) as refused:
                sign(uow, who, first.id)
            assert "김국장" in refused.value.params["who"]
            assert uow.audit_refusal is not None
        assert sign(uow, DIRECTOR, first.id).done
        with pytest.raises(BotError, match="error-review-signed"):
            sign(uow, DIRECTOR, first.id)
        with pytest.raises(BotError, match="error-stale-button"):
            sign(uow, DIRECTOR, 99)


def test_with_something_open_only_what_was_shown_is_signed_off(unit):
    with unit() as uow:
        apply(uow)
        number = late(uow)
        first = opened(uow)
        seen = shown(uow, first.id)
        asked = sign(uow, DIRECTOR, first.id, seen=seen)
        assert (asked.done, asked.left, asked.changed) == (False, 1, False)
        other = late(uow)
        again = sign(uow, DIRECTOR, first.id, seen=seen, confirmed=True)
        assert (again.done, again.left, again.changed) == (False, 2, True)
        assert not sign(uow, DIRECTOR, first.id, confirmed=True).done, "who saw nothing"
        seen = shown(uow, first.id)
        done = sign(uow, DIRECTOR, first.id, seen=seen, confirmed=True)
        assert (done.done, done.left) == (True, 2)
        seen = uow.reviews.get(first.id).seen
        assert [left.task for left in seen.left] == [number, other]


def test_what_a_night_makes_late_or_an_import_leaves_without_owner_is_shown_before_it_is_signed(
    unit,
):
    with unit() as uow:
        apply(uow)
        late(uow)
        tomorrows = late(uow, due=BOUNDARY.date())
        first = opened(uow)
        stands(uow, first.id, DIRECTOR)
        waiting(uow)
        seen, changes = shown(uow, first.id), uow.reviews.get(first.id).changes
        done = sign(uow, DIRECTOR, first.id, NEXT_DAY, seen=seen, confirmed=True)
        assert (done.done, done.changed) == (False, True)
        assert uow.reviews.get(first.id).changes == changes + 1
        assert waiting(uow) == [("D1", "1.0")], "the message is shown anew"
        task = uow.tasks.get(tomorrows)
        uow.tasks.save(task, replace(task, owner=None))
        seen = shown(uow, first.id, NEXT_DAY)
        uow.tasks.save(uow.tasks.get(tomorrows), replace(uow.tasks.get(tomorrows), due=None))
        assert not sign(uow, DIRECTOR, first.id, NEXT_DAY, seen=seen, confirmed=True).done
        with pytest.raises(Refused):
            sign(uow, HEAD, first.id, NEXT_DAY, seen=shown(uow, first.id, NEXT_DAY))


def test_a_task_handed_over_by_an_import_brings_the_message_up_to_date(unit):
    with unit() as uow:
        apply(uow)
        late(uow)
        first = opened(uow)
        stands(uow, first.id, DIRECTOR)
        waiting(uow)
        apply(uow, without(MEMBER), BOUNDARY)
        assert waiting(uow) == [("D1", "1.0")]


def test_a_reason_answers_a_late_task_once_and_nothing_else(unit):
    with unit() as uow:
        apply(uow)
        number = late(uow)
        undecided = own_task(uow, MEMBER)
        held = late(uow, status=Status.ON_HOLD, hold_until=YESTERDAY)
        first = opened(uow)
        for task in (number, held):
            review.give_reason(uow, ask(DIRECTOR, task), first.id, BOUNDARY, text="의회 일정")
        assert uow.tasks.get(number).note == "의회 일정"
        bureau = first.bureau
        assert review_reading.needing(uow, bureau, BOUNDARY, first.id) == {
            undecided: (Kind.UNDECIDED,)
        }
        assert set(review_reading.needing(uow, bureau, BOUNDARY)) == {number, held, undecided}
        for task in (number, undecided, 99):
            with pytest.raises(BotError, match="error-review-answered"):
                review.give_reason(uow, ask(DIRECTOR, task), first.id, BOUNDARY, text="또")
        with pytest.raises(Refused):
            review.give_reason(uow, ask(HEAD, undecided), first.id, BOUNDARY, text="또")
        assert set(told(uow, "news")) == {to(uow, HEAD)}


def test_what_a_director_decides_one_after_the_other_is_one_message_to_the_head(unit):
    with unit() as uow:
        apply(uow)
        numbers = [late(uow) for _ in range(3)]
        opened(uow)
        for seconds, number in enumerate(numbers):
            review.extend(uow, ask(DIRECTOR, number), BOUNDARY + timedelta(seconds=20 * seconds))
        assert told(uow, "news").count(to(uow, HEAD)) == 1
        head = found(uow, HEAD)
        assert [news.task for news in uow.news.untold(head.id, BOUNDARY + HOUR)] == numbers
        other = late(uow)
        review.extend(uow, ask(DIRECTOR, other), BOUNDARY + timedelta(minutes=5))
        assert told(uow, "news").count(to(uow, HEAD)) == 2, "by then the first may have left"


def test_a_date_is_moved_by_whoever_may_and_from_what_they_saw(unit):
    with unit() as uow:
        apply(uow)
        number = late(uow)
        opened(uow)
        with pytest.raises(BotError, match="error-stale"):
            review.extend(uow, ask(DIRECTOR, number, seen=7), BOUNDARY)
        done = review.extend(uow, ask(DIRECTOR, number, seen=1), BOUNDARY)
        assert uow.tasks.get(number).due == date(2026, 10, 15)
        with pytest.raises(BotError, match="error-review-not-late"):
            review.extend(uow, ask(DIRECTOR, number, seen=done.version), BOUNDARY)
        with pytest.raises(Refused):
            review.extend(uow, ask(MEMBER, late(uow)), BOUNDARY)


def test_another_owner_is_an_answer_only_when_the_director_says_so(unit):
    with unit() as uow:
        apply(uow)
        by_head, by_director = late(uow), late(uow)
        first = opened(uow)
        lead = found(uow, LEAD).id
        update.assign(uow, ask(HEAD, by_head), BOUNDARY, owner=lead)
        update.assign(uow, ask(DIRECTOR, by_director), BOUNDARY, owner=lead)
        assert set(review_reading.needing(uow, first.bureau, BOUNDARY, first.id)) == {by_head}


def test_headquarters_alone_says_how_often_a_bureau_is_reviewed(unit):
    with unit() as uow:
        apply(uow)
        bureau = uow.units.by_path("교통국").id

        def put(who, unit=bureau):
            cadence = Cadence.HALF_YEARLY
            review_planning.set_cadence(uow, who.slack_id, Surface.HOME, unit, cadence, NOW)

        with pytest.raises(Refused):
            put(DIRECTOR)
        with pytest.raises(BotError, match="error-stale-button"):
            put(HQ, unit=uow.units.by_path("교통국", "도로과").id)
        put(HQ)
        put(HQ)
        plan = uow.review_plans.get(bureau)
        assert (plan.cadence, plan.changed_on) == (Cadence.HALF_YEARLY, NOW.date())
        assert plan.next_opens_at == datetime(2027, 1, 4, 0, 0, tzinfo=UTC)


def test_a_cadence_changed_there_and_back_after_the_boundary_loses_no_review(unit):
    with unit() as uow:
        apply(uow)
        bureau = uow.units.by_path("교통국").id
        for cadence in (Cadence.HALF_YEARLY, Cadence.QUARTERLY):
            review_planning.set_cadence(
                uow, HQ.slack_id, Surface.HOME, bureau, cadence, BOUNDARY - HOUR
            )
            assert uow.review_plans.get(bureau).next_opens_at == BOUNDARY
        assert opened(uow).boundary == BOUNDARY.date()


def test_nobody_is_asked_or_shown_a_preview_outside_office_hours(unit):
    with unit() as uow:
        apply(uow)
        evening = timedelta(hours=11)
        ticked(uow, PREVIEW + evening)
        assert told(uow, "review_preview") == []
        ticked(uow, PREVIEW + timedelta(days=1))
        assert len(told(uow, "review_preview")) == 1
        stands(uow, opened(uow).id, DIRECTOR)
        ticked(uow, ASKED_AGAIN + evening)
        assert told(uow, "review_again") == []
        ticked(uow, ASKED_AGAIN + timedelta(days=1))
        assert told(uow, "review_again") == [to(uow, DIRECTOR)]
