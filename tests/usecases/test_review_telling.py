"""What reviews tell, and who reads them."""

from dataclasses import replace
from datetime import UTC, datetime, timedelta

import pytest

from bot.usecases import review, review_reading, tell
from bot.usecases.review_ticking import tick
from bot.usecases.telling import NotYet
from tests.usecases.small_office import (
    DIRECTOR,
    HEAD,
    HQ,
    LEAD,
    MEMBER,
    apply,
    facts,
    found,
    without,
)
from tests.usecases.small_reviews import (
    BOUNDARY,
    HOUR,
    YESTERDAY,
    ask,
    due,
    late,
    opened,
    sign,
    to,
    told,
    waiting,
    worded,
)


def test_a_director_who_left_slack_leaves_the_post_vacant(unit):
    with unit() as uow:
        apply(uow)
        uow.people.save(replace(found(uow, DIRECTOR), active=False))
        first = opened(uow)
        assert told(uow, "review") == []
        assert told(uow, "review_vacant") == [to(uow, HQ)]
        data = worded(uow, due(uow, "review_vacant", HQ, review=first.id), BOUNDARY).data
        assert data.bureau == "교통국"


def test_what_changes_between_the_wording_and_the_posting_is_shown_after_all(unit):
    with unit() as uow:
        apply(uow)
        number = late(uow)
        first = opened(uow)
        fact = due(uow, "review", DIRECTOR, review=first.id)
        told_first = worded(uow, fact, BOUNDARY)
        review.extend(uow, ask(DIRECTOR, number), BOUNDARY)
        tell.after_telling(uow, fact, told_first.mark, BOUNDARY, "D1", "1.0")
        assert waiting(uow) == [("D1", "1.0")]


def test_a_message_that_shows_the_newest_state_is_not_updated(unit):
    with unit() as uow:
        apply(uow)
        late(uow)
        first = opened(uow)
        fact = due(uow, "review", DIRECTOR, review=first.id)
        tell.after_telling(uow, fact, worded(uow, fact, BOUNDARY).mark, BOUNDARY, "D1", "1.0")
        assert waiting(uow) == []


def test_a_review_is_told_in_office_hours_to_who_directs_the_bureau_and_while_it_is_open(unit):
    with unit() as uow:
        apply(uow)
        first = opened(uow)
        fact = due(uow, "review", DIRECTOR, review=first.id)
        with pytest.raises(NotYet):
            tell.telling(uow, fact, BOUNDARY + 10 * HOUR)
        assert tell.telling(uow, due(uow, "review", HEAD, review=first.id), BOUNDARY) is None
        again = due(uow, "review_again", DIRECTOR, review=first.id, ask=2)
        assert tell.telling(uow, again, BOUNDARY) is not None
        uow.reviews.looked(first.id, BOUNDARY.date(), asked=3, hq_told=None)
        assert tell.telling(uow, again, BOUNDARY) is None, "the third time has come"
        sign(uow, DIRECTOR, first.id)
        assert tell.telling(uow, fact, BOUNDARY) is None


def test_a_preview_is_told_only_until_the_review_is_there(unit):
    with unit() as uow:
        apply(uow)
        tick(uow, datetime(2026, 9, 29, 0, 0, tzinfo=UTC))
        assert told(uow, "review_preview") == [to(uow, LEAD)]
        (_, payload) = facts(uow, "review_preview")[0]
        fact = due(uow, "review_preview", LEAD, **payload)
        assert worded(uow, fact, BOUNDARY - 20 * HOUR).data.opens_at == BOUNDARY
        opened(uow)
        assert tell.telling(uow, fact, BOUNDARY) is None


def test_everybody_reads_their_bureaus_reviews_and_who_signs_is_known(unit):
    with unit() as uow:
        apply(uow)
        first = opened(uow)
        assert review_reading.waiting_for(uow, DIRECTOR.slack_id, BOUNDARY) == first.id
        assert review_reading.waiting_for(uow, HEAD.slack_id, BOUNDARY) is None
        mine = review_reading.panel(uow, MEMBER.slack_id, BOUNDARY)
        assert [row.newest for row in mine.rows] == [first]
        assert not mine.may_set
        assert review_reading.panel(uow, HQ.slack_id, BOUNDARY, page=9).may_set
        assert review_reading.panel(uow, "U-nobody", BOUNDARY).rows == ()
        assert not review_reading.look(uow, MEMBER.slack_id, first.id, BOUNDARY).may_sign
        sign(uow, DIRECTOR, first.id)
        (row,) = review_reading.panel(uow, MEMBER.slack_id, BOUNDARY).rows
        assert row.signed_by == "김국장 국장"


def test_a_vacant_bureau_is_in_headquarters_list_when_it_is_late(unit):
    with unit() as uow:
        apply(uow, without(DIRECTOR))
        first = opened(uow)
        day = BOUNDARY
        while uow.reviews.get(first.id).hq_told is None:
            day += timedelta(days=1)
            tick(uow, day)
        assert told(uow, "reviews_late") == [to(uow, HQ)]
        assert len(told(uow, "review_copy")) == 2
        fact = due(uow, "reviews_late", HQ, day=day.date().isoformat())
        assert [row.who for row in worded(uow, fact, day).data.rows] == [""]


def test_departments_without_a_representative_are_named_once_that_is_due(unit):
    with unit() as uow:
        apply(uow)
        late(uow)
        first = opened(uow)
        round_ = uow.rounds.current(BOUNDARY.date())
        assert review_reading.missing(uow, first.bureau, BOUNDARY) == ()
        uow.rounds.save(round_, replace(round_, votes_by=YESTERDAY))
        shown = review_reading.look(uow, DIRECTOR.slack_id, first.id, BOUNDARY)
        assert [unit.name for unit in shown.open.departments] == ["도로과"]
        assert (len(shown.open.tasks), shown.open.count) == (1, 2)
        sign(uow, DIRECTOR, first.id, seen=shown.open.digest, confirmed=True)
        left = uow.reviews.get(first.id).seen.left
        assert [one.department for one in left] == [None, shown.open.departments[0].id]


def test_a_page_beyond_the_last_is_the_last_and_departments_follow_the_tasks(unit):
    with unit() as uow:
        apply(uow)
        numbers = [late(uow) for _ in range(10)]
        first = opened(uow)
        round_ = uow.rounds.current(BOUNDARY.date())
        uow.rounds.save(round_, replace(round_, votes_by=YESTERDAY))
        page = review_reading.look(uow, MEMBER.slack_id, first.id, BOUNDARY).open
        assert ([one.row.id for one in page.tasks], page.departments) == (numbers, ())
        assert (page.count, page.more) == (11, True)
        page = review_reading.look(uow, MEMBER.slack_id, first.id, BOUNDARY, page=99).open
        assert (page.page, page.tasks, len(page.departments), page.more) == (2, (), 1, False)
