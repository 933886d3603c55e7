"""Reviews, their plans, and what they are made from, on both databases."""

from dataclasses import replace
from datetime import UTC, date, datetime, timedelta

import pytest
import sqlalchemy as sa
from sqlalchemy.exc import IntegrityError

from bot.domain.errors import Stale
from bot.domain.facts import Projection
from bot.domain.org import UnitKind
from bot.domain.periods import Cadence, Period
from bot.domain.review import Answer, Figures, Kind, Left, Seen
from bot.domain.task import Milestone, Need, Saving, Status
from storage.review_plans import Plan
from storage.tables.reviews import reviews
from tests.storage.making import DAY, NOW, content, office, task

PERIOD = Period(date(2026, 4, 1), date(2026, 6, 30))
FIGURES = Figures(by_status={"done": 3}, done=2, overdue=1, expected=100.5, reported=9.0)
HOUR = timedelta(hours=1)


def opened(uow, bureau, period=PERIOD):
    found = uow.reviews.open(bureau=bureau, period=period, figures=FIGURES, day=DAY, now=NOW)
    assert found is not None
    return found


def test_a_bureau_has_one_review_a_boundary_and_one_open_at_most(unit):
    with unit() as uow:
        bureau = office(uow).bureau.id
        first = opened(uow, bureau)
        assert (first.figures, first.seen, first.is_open) == (FIGURES, None, True)
        asked = {"bureau": bureau, "figures": FIGURES, "day": DAY, "now": NOW}
        assert uow.reviews.open(period=PERIOD, **asked) is None
        later = Period(date(2026, 7, 1), date(2026, 9, 30))
        assert uow.reviews.open(period=later, **asked) is None
        uow.reviews.end(first, replace(first, superseded_at=NOW))
        assert uow.reviews.open(period=PERIOD, **asked) is None
        second = opened(uow, bureau, later)
        assert uow.reviews.open_of(bureau) == second
        assert uow.reviews.before(bureau, later.boundary).id == first.id
        assert uow.reviews.before(bureau, PERIOD.boundary) is None


def test_the_database_itself_refuses_a_second_open_review(unit):
    with unit() as uow:
        bureau = office(uow).bureau.id
        first = opened(uow, bureau)
        kept = uow.connection.execute(sa.select(reviews)).one()._asdict()
    other = kept | {"id": first.id + 1, "boundary": date(2026, 10, 1)}
    with pytest.raises(IntegrityError), unit() as uow:
        uow.connection.execute(sa.insert(reviews), other)


def test_a_review_is_ended_from_the_version_that_was_seen(unit):
    with unit() as uow:
        made = office(uow)
        first = opened(uow, made.bureau.id)
        left = (Left(kinds=(Kind.OVERDUE, Kind.BLOCKED), title="일지", task=7),)
        signed = first.signed(made.director.id, Seen(left=left), NOW)
        ended = uow.reviews.end(first, signed)
        assert uow.reviews.get(first.id) == ended
        assert (ended.version, ended.seen.left) == (2, left)
        with pytest.raises(Stale):
            uow.reviews.end(first, replace(first, superseded_at=NOW))
        assert uow.reviews.open_of(made.bureau.id) is None


def test_changes_are_counted_while_a_review_is_open(unit):
    with unit() as uow:
        bureau = office(uow).bureau.id
        assert uow.reviews.changed(bureau) is None
        assert uow.reviews.changed(None) is None
        first = opened(uow, bureau)
        assert uow.reviews.changed(bureau) == first.id
        assert uow.reviews.get(first.id).changes == first.changes + 1


def test_each_open_review_is_looked_at_once_a_day(unit):
    with unit() as uow:
        first = opened(uow, office(uow).bureau.id)
        tomorrow = DAY + timedelta(days=1)
        assert uow.reviews.to_look_at(DAY, NOW, 9) == ()
        assert [r.id for r in uow.reviews.to_look_at(tomorrow, NOW, 9)] == [first.id]
        uow.reviews.looked(first.id, tomorrow, asked=2, hq_told=tomorrow)
        assert uow.reviews.to_look_at(tomorrow, NOW, 9) == ()
        found = uow.reviews.get(first.id)
        assert (found.asked, found.hq_told) == (2, tomorrow)


def test_late_reviews_are_counted_though_only_the_first_are_listed(unit):
    with unit() as uow:
        first = opened(uow, office(uow).bureau.id)
        for name in ("교통국", "환경국"):
            opened(uow, uow.units.add(kind=UnitKind.BUREAU, name=name).id)
        assert uow.reviews.late(DAY - timedelta(days=1), NOW, 9) == ((), 0)
        found, count = uow.reviews.late(DAY, NOW, 1)
        assert (found, count) == ((first,), 3)


def test_what_the_next_review_is_about_to_end_is_neither_late_nor_looked_at(unit):
    with unit() as uow:
        made = office(uow)
        bureau, tomorrow = made.bureau.id, DAY + timedelta(days=1)
        first = opened(uow, bureau)
        uow.review_plans.put(Plan(bureau=bureau, imported_on=DAY, next_opens_at=NOW + HOUR))
        assert uow.reviews.to_look_at(tomorrow, NOW, 9) == (first,)
        assert uow.reviews.late(DAY, NOW, 9) == ((first,), 1)
        assert uow.reviews.to_look_at(tomorrow, NOW + HOUR, 9) == ()
        assert uow.reviews.late(DAY, NOW + HOUR, 9) == ((), 0)
        uow.units.save(replace(made.bureau, retired=True))
        assert uow.reviews.to_look_at(tomorrow, NOW + HOUR, 9) == (first,), "so that it ends"
        assert uow.reviews.late(DAY, NOW, 9) == ((), 0)


def test_a_review_counts_from_its_first_message_until_something_followed(unit):
    with unit() as uow:
        made = office(uow)
        first = opened(uow, made.bureau.id)
        tomorrow = DAY + timedelta(days=1)
        assert uow.reviews.have_it(first.id) == frozenset()
        uow.reviews.went_out(first.id, tomorrow)
        projection = Projection(
            kind="review", subject=first.id, recipient=f"person:{made.director.id}"
        )
        uow.projections.adopt(projection, "D1", "1.0")
        assert uow.reviews.have_it(first.id) == {made.director.id}
        assert uow.reviews.get(first.id).opened_on == tomorrow
        uow.reviews.looked(first.id, tomorrow, asked=2, hq_told=None)
        uow.reviews.went_out(first.id, tomorrow + timedelta(days=1))
        assert uow.reviews.get(first.id).opened_on == tomorrow


def test_the_newest_answer_to_a_task_counts(unit):
    with unit() as uow:
        made = office(uow)
        first = opened(uow, made.bureau.id)
        number = task(uow, made.member, made.halls_place).id
        given = Answer(
            review=first.id,
            task=number,
            kind=Kind.OVERDUE,
            text="늦음",
            by=made.director.id,
            at=NOW,
        )
        uow.reviews.answer(given)
        uow.reviews.answer(replace(given, text="의회 일정"))
        assert [answer.text for answer in uow.reviews.answers(first.id)] == ["의회 일정"]


def test_coordinating_teams_are_those_of_the_bureau(unit):
    with unit() as uow:
        made = office(uow)
        assert uow.reviews.coordinating(made.bureau.id) == ()
        uow.units.save(replace(made.halls, coordinating=True))
        uow.units.save(replace(made.books, coordinating=True, retired=True))
        assert uow.reviews.coordinating(made.bureau.id) == (made.halls.id,)


def test_plans_are_found_when_they_are_due_and_bureaus_without_one_too(unit):
    with unit() as uow:
        made = office(uow)
        bureau = made.bureau.id
        assert uow.review_plans.unplanned(9) == (bureau,)
        plan = Plan(bureau=bureau, imported_on=DAY, next_opens_at=NOW + HOUR, next_preview_at=NOW)
        uow.review_plans.put(plan)
        assert uow.review_plans.unplanned(9) == ()
        assert uow.review_plans.get(bureau) == plan
        assert uow.review_plans.to_open(NOW, 9) == ()
        assert uow.review_plans.to_preview(NOW, 9) == uow.review_plans.to_open(NOW + HOUR, 9)
        half = replace(plan, cadence=Cadence.HALF_YEARLY, next_preview_at=None, last=DAY)
        uow.review_plans.put(half)
        assert uow.review_plans.all() == (half,)
        assert uow.review_plans.to_preview(NOW + HOUR, 9) == ()
        uow.units.save(replace(made.bureau, retired=True))
        assert uow.review_plans.to_open(NOW + HOUR, 9) == ()


def test_figures_keep_expected_reported_and_verified_apart(unit):
    with unit() as uow:
        made = office(uow)
        place, weekly = made.halls_place, content(per_year=60, minutes=30)
        task(uow, made.member, place, content=weekly, due=DAY - timedelta(days=1),
             status=Status.IN_PROGRESS)  # fmt: skip
        task(uow, made.member, place, content=weekly, status=Status.DECLINED)
        for day, hours in ((date(2026, 6, 30), 40.0), (date(2026, 7, 1), 2.0)):
            at = datetime(day.year, day.month, day.day, 14, 59, tzinfo=UTC)
            task(uow, made.member, place, status=Status.DONE, done_at=at,
                 reported=Saving(hours=hours), verified=Saving(hours=hours / 2))  # fmt: skip
        found = uow.review_facts.figures(made.bureau.id, PERIOD, DAY)
        assert found.by_status == {"in_progress": 1, "declined": 1, "done": 2}
        assert (found.tasks, found.done, found.overdue) == (3, 1, 1)
        assert (found.expected, found.reported, found.verified) == (60.0, 42.0, 21.0)
        assert uow.review_facts.figures(made.arts.id, PERIOD, DAY) == Figures()


def test_exceptions_are_found_by_kind_the_most_urgent_first(unit):
    with unit() as uow:
        made = office(uow)
        yesterday = DAY - timedelta(days=1)
        stage = Milestone(track=Need.GUIDELINE, code="draft", due=yesterday)
        going = {"status": Status.IN_PROGRESS, "owner": made.member.id}

        def one(**fields):
            return task(uow, made.member, made.halls_place, **fields).id

        old = one(**going, due=yesterday - timedelta(days=9))
        both = one(**going, due=yesterday, milestones=(stage,))
        one(**going, due=DAY, milestones=(replace(stage, done_on=DAY),))
        staged = one(**going, due=DAY + timedelta(days=9), milestones=(stage,))
        held = one(status=Status.ON_HOLD, hold_until=DAY)
        one(status=Status.ON_HOLD, hold_until=DAY + timedelta(days=1))
        waiting = one(waiting_since=NOW - 100 * HOUR)
        one(waiting_since=NOW)
        into = one(**going)
        one(waiting_since=NOW - 100 * HOUR, merge_into=into)
        nobodys = one(status=Status.CONFIRMED, due=yesterday)
        one(status=Status.DONE, due=yesterday)
        found = uow.review_facts.exceptions(made.bureau.id, DAY, NOW - HOUR, 50)
        assert list(found.items()) == [
            (old, (Kind.OVERDUE,)),
            (both, (Kind.OVERDUE, Kind.BLOCKED)),
            (nobodys, (Kind.OVERDUE, Kind.OWNERLESS)),
            (staged, (Kind.BLOCKED,)),
            (held, (Kind.BLOCKED,)),
            (waiting, (Kind.UNDECIDED,)),
        ]
        few = uow.review_facts.exceptions(made.bureau.id, DAY, NOW - HOUR, 1)
        assert list(few) == [old, both, held, waiting, nobodys]
        other = uow.units.add(kind=UnitKind.BUREAU, name="교통국").id
        assert uow.review_facts.exceptions(other, DAY, NOW, 50) == {}
