"""Reviews meanwhile: who is linked late, bureaus that are retired, outages, and long lists."""

from dataclasses import replace
from datetime import UTC, date, datetime, timedelta

import pytest
import sqlalchemy as sa

from bot.domain.org import UnitKind
from bot.domain.periods import Period
from bot.domain.review import Figures
from bot.i18n.texts import Catalogue
from bot.usecases import review_reading, tell
from bot.usecases.review_ticking import BATCH, tick
from bot.usecases.telling import NotYet
from bot.views import review_notices
from storage.tables.records import audit
from tests.usecases.small_office import (
    DIRECTOR,
    HEAD,
    HQ,
    LEAD,
    OFFICE,
    apply,
    found,
    row,
    without,
)
from tests.usecases.small_reviews import (
    ASKED_AGAIN,
    BOUNDARY,
    HOUR,
    NEXT_DAY,
    due,
    on_the_way,
    opened,
    stands,
    ticked,
    to,
    told,
    waiting,
    worded,
)

CATALOGUE = Catalogue.load()
UNLINKED = replace(DIRECTOR, slack_id="")
NEXT = datetime(2027, 1, 4, 0, 0, tzinfo=UTC)
THIRD_ASK = datetime(2026, 10, 14, 0, 0, tzinfo=UTC)
"""The seventh working day after the boundary: the 5th and the 9th are no working days."""
HQ_HEARS = datetime(2026, 10, 19, 0, 0, tzinfo=UTC)
"""The tenth."""


def linked(uow, who, slack_id) -> None:
    person = uow.people.by_email(who.email, BOUNDARY.date())
    uow.people.save(replace(person, slack_id=slack_id))


def days(first, last):
    """Every morning from the one to the other."""
    while first <= last:
        yield first
        first += timedelta(days=1)


def test_a_director_who_is_linked_weeks_later_gets_the_review_on_the_next_morning(unit):
    with unit() as uow:
        apply(uow, (UNLINKED, *without(DIRECTOR)))
        first = opened(uow)
        assert told(uow, "review") == []
        for day in days(NEXT_DAY, ASKED_AGAIN):
            ticked(uow, day)
        assert told(uow, "review_again") == []
        assert told(uow, "review_vacant") == [to(uow, HQ)], "headquarters hears of it once"
        data = worded(uow, due(uow, "review_vacant", HQ, review=first.id), BOUNDARY).data
        assert data.who == "국장 김국장"
        copy = due(uow, "review_copy", LEAD, review=first.id, ask=2)
        assert not worded(uow, copy, ASKED_AGAIN).data.reached, "nobody has been asked"
        linked(uow, UNLINKED, DIRECTOR.slack_id)
        ticked(uow, THIRD_ASK)
        assert told(uow, "review") == [to(uow, DIRECTOR)]
        assert told(uow, "review_again") == [], "both would come on one morning"
        assert tell.telling(uow, due(uow, "review_vacant", HQ, review=first.id), THIRD_ASK) is None


def test_of_two_directors_the_one_who_is_linked_is_asked_and_the_other_follows(unit):
    with unit() as uow:
        other = row(8, "윤국장", "국장", slack_id="")
        apply(uow, (*OFFICE, other))
        first = opened(uow)
        assert told(uow, "review") == [to(uow, DIRECTOR)]
        assert told(uow, "review_vacant") == []
        stands(uow, first.id, DIRECTOR)
        linked(uow, other, "U0000008")
        ticked(uow, ASKED_AGAIN)
        assert len(told(uow, "review")) == 2
        assert told(uow, "review_again") == [to(uow, DIRECTOR)], "the other has just got it"


def test_headquarters_that_is_linked_late_hears_of_vacant_posts_and_late_reviews(unit):
    with unit() as uow:
        hq = replace(HQ, slack_id="")
        apply(uow, (*without(DIRECTOR, HQ), hq))
        first = opened(uow)
        for day in days(NEXT_DAY, HQ_HEARS):
            ticked(uow, day)
        assert told(uow, "review_vacant") == told(uow, "reviews_late") == []
        linked(uow, hq, HQ.slack_id)
        ticked(uow, HQ_HEARS + timedelta(days=1))
        assert told(uow, "review_vacant") == told(uow, "reviews_late") == [to(uow, HQ)]
        assert uow.reviews.get(first.id).hq_told is not None


def test_the_list_of_late_reviews_counts_all_however_many_one_write_looks_at(unit):
    with unit() as uow:
        apply(uow)
        quarter = Period(date(2026, 7, 1), date(2026, 9, 30))
        for number in range(BATCH + 5):
            bureau = uow.units.add(kind=UnitKind.BUREAU, name=f"제{number}국").id
            uow.reviews.open(
                bureau=bureau, period=quarter, figures=Figures(), day=BOUNDARY.date(), now=BOUNDARY
            )
        tick(uow, HQ_HEARS - HOUR)
        assert told(uow, "reviews_late") == []
        tick(uow, HQ_HEARS)
        fact = due(uow, "reviews_late", HQ, day=HQ_HEARS.date().isoformat())
        assert told(uow, "reviews_late") == [to(uow, HQ)]
        list_ = worded(uow, fact, HQ_HEARS).data
        assert list_.count == BATCH + 5
        assert 0 < len(list_.rows) < list_.count
        tick(uow, HQ_HEARS)
        assert uow.reviews.to_look_at(HQ_HEARS.date(), HQ_HEARS, 9) == ()
        assert len(told(uow, "reviews_late")) == 1


def test_the_review_of_a_retired_bureau_ends_with_the_next_look(unit):
    with unit() as uow:
        apply(uow)
        first = opened(uow)
        stands(uow, first.id, DIRECTOR)
        waiting(uow)
        renamed = [replace(one, bureau="교통건설국") for one in OFFICE]
        apply(uow, renamed, BOUNDARY + HOUR)
        assert uow.units.get(first.bureau).retired
        for kind, who in (("review_vacant", HQ), ("review", DIRECTOR), ("review_copy", LEAD)):
            fact = due(uow, kind, who, review=first.id, ask=2)
            assert tell.telling(uow, fact, BOUNDARY + HOUR) is None
        ticked(uow, NEXT_DAY)
        ended = uow.reviews.get(first.id)
        assert ended.superseded_at == NEXT_DAY
        assert waiting(uow) == [("D1", "1.0")]
        assert not review_reading.look(uow, DIRECTOR.slack_id, first.id, NEXT_DAY).followed
        asked = sa.select(audit.c.act).where(audit.c.act == "review_superseded")
        assert uow.connection.execute(asked).scalars().all() == ["review_superseded"]
        for day in days(NEXT_DAY, HQ_HEARS):
            ticked(uow, day)
        assert told(uow, "reviews_late") == told(uow, "review_vacant") == []
        ticked(uow, NEXT)
        assert uow.reviews.open_of(first.bureau) is None, "only the new one is reviewed"
        assert uow.reviews.open_of(uow.units.by_path("교통건설국").id) is not None


def test_whoever_gets_the_review_late_after_an_outage_is_not_asked_again_that_morning(unit):
    with unit() as uow:
        apply(uow)
        first = opened(uow)
        ticked(uow, ASKED_AGAIN)  # nothing could leave until now
        assert told(uow, "review_again") == told(uow, "review_copy") == []
        stands(uow, first.id, DIRECTOR, ASKED_AGAIN)
        assert uow.reviews.get(first.id).opened_on == ASKED_AGAIN.date()
        ticked(uow, ASKED_AGAIN + timedelta(days=1))
        assert told(uow, "review_again") == []
        ticked(uow, datetime(2026, 10, 13, 0, 0, tzinfo=UTC))
        assert told(uow, "review_again") == [to(uow, DIRECTOR)], "three working days later"
        assert told(uow, "review_copy") == [to(uow, LEAD)]


def test_of_two_askings_that_waited_only_the_newest_leaves(unit):
    with unit() as uow:
        apply(uow)
        first = opened(uow)
        stands(uow, first.id, DIRECTOR)
        ticked(uow, ASKED_AGAIN)
        for kind, who in (("review_again", DIRECTOR), ("review_copy", LEAD)):
            second = due(uow, kind, who, review=first.id, ask=2)
            assert worded(uow, second, ASKED_AGAIN).data.count == 0
            assert tell.telling(uow, second, THIRD_ASK) is None, "before that morning's look, too"


def test_nothing_is_told_of_a_review_that_the_next_one_is_about_to_end(unit):
    with unit() as uow:
        apply(uow)
        first = opened(uow)
        stands(uow, first.id, DIRECTOR)
        tick(uow, NEXT)
        for kind in ("review_again", "review_copy", "reviews_late"):
            assert told(uow, kind) == []
        for kind, who in (("review", DIRECTOR), ("review_again", DIRECTOR)):
            with pytest.raises(NotYet):
                tell.telling(uow, due(uow, kind, who, review=first.id, ask=3), NEXT)
        assert tell.telling(uow, due(uow, "reviews_late", HQ, day="2027-01-04"), NEXT) is None
        ticked(uow, NEXT)
        assert told(uow, "review_again") == []
        assert uow.reviews.get(first.id).superseded_at == NEXT


def test_who_took_over_that_very_morning_is_not_asked_again_with_the_others(unit):
    with unit() as uow:
        apply(uow)
        first = opened(uow)
        stands(uow, first.id, DIRECTOR)
        day = ASKED_AGAIN.date()
        former, other = found(uow, DIRECTOR), found(uow, HEAD)
        uow.posts.set(other.id, former.posts, day)
        uow.posts.set(former.id, (), day)
        ticked(uow, ASKED_AGAIN)
        assert told(uow, "review") == [to(uow, DIRECTOR), to(uow, HEAD)]
        assert told(uow, "review_again") == told(uow, "review_copy") == []


def test_whoever_slack_refused_gets_the_review_anew_each_morning_and_is_asked_in_its_place(unit):
    with unit() as uow:
        apply(uow)
        first = opened(uow)
        uow.outbox.drop(on_the_way(uow)[to(uow, DIRECTOR)], "user_disabled")
        ticked(uow, BOUNDARY + HOUR)
        assert on_the_way(uow) == {}, "it is looked at once a day"
        for day in days(NEXT_DAY, ASKED_AGAIN - timedelta(days=1)):
            ticked(uow, day)
            for number in on_the_way(uow).values():
                uow.outbox.drop(number, "user_disabled")
        assert told(uow, "review_again") == []
        ticked(uow, ASKED_AGAIN)
        assert told(uow, "review_again") == [to(uow, DIRECTOR)]
        assert on_the_way(uow) == {}, "both would come on one morning"
        assert told(uow, "review_copy") == [to(uow, LEAD)]
        copy = due(uow, "review_copy", LEAD, review=first.id, ask=2)
        assert not worded(uow, copy, ASKED_AGAIN).data.reached, "nobody has it"
        ticked(uow, ASKED_AGAIN + timedelta(days=1))
        assert on_the_way(uow).keys() == {to(uow, DIRECTOR)}
        stands(uow, first.id, DIRECTOR, ASKED_AGAIN + timedelta(days=1))
        assert worded(uow, copy, ASKED_AGAIN + timedelta(days=1)).data.reached


def test_nobody_is_asked_again_while_the_message_is_on_its_way_to_one_who_takes_it(unit):
    with unit() as uow:
        other = row(8, "윤국장", "국장")
        apply(uow, (*OFFICE, other))
        opened(uow)
        uow.outbox.drop(on_the_way(uow)[to(uow, other)], "user_disabled")
        ticked(uow, ASKED_AGAIN)
        assert told(uow, "review_again") == told(uow, "review_copy") == []
        assert on_the_way(uow).keys() == {to(uow, DIRECTOR), to(uow, other)}


def test_who_got_a_review_late_is_told_when_it_began_and_not_that_it_was_sent_then(unit):
    with unit() as uow:
        apply(uow, (UNLINKED, *without(DIRECTOR)))
        first = opened(uow)
        for day in days(NEXT_DAY, ASKED_AGAIN):
            ticked(uow, day)
        linked(uow, UNLINKED, DIRECTOR.slack_id)
        ticked(uow, ASKED_AGAIN + timedelta(days=1))
        stands(uow, first.id, DIRECTOR, ASKED_AGAIN + timedelta(days=1))
        ticked(uow, THIRD_ASK)
        assert told(uow, "review_again") == [to(uow, DIRECTOR)]
        again = worded(uow, due(uow, "review_again", DIRECTOR, review=first.id, ask=3), THIRD_ASK)
        for language, text in (("ko", "시작된 점검"), ("en", "review that began on")):
            assert text in str(review_notices.again(CATALOGUE.of(language), again.data))
