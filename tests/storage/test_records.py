"""Drafts, the office's settings and news."""

from datetime import date, timedelta

from bot.domain.results import Draft
from bot.domain.tracks import LeadTimes
from storage.office import DAYS_OFF, LEAD_TIMES
from tests.storage.making import NOW, office, task

SECOND = timedelta(seconds=1)


def test_the_newest_keystroke_wins_in_whatever_order_they_arrive(unit):
    with unit() as uow:
        me = office(uow).member.id
        assert uow.drafts.get(me) is None
        uow.drafts.put(me, {"title": "전시"}, NOW)
        uow.drafts.put(me, {"title": "전시실 일지"}, NOW + 2 * SECOND)
        uow.drafts.put(me, {"title": "전시실"}, NOW + SECOND)
        assert uow.drafts.get(me) == Draft(
            values={"title": "전시실 일지"}, updated_at=NOW + 2 * SECOND
        )


def test_what_was_typed_before_a_draft_was_cleared_does_not_bring_it_back(unit, clock):
    with unit() as uow:
        me = office(uow).member.id
        uow.drafts.put(me, {"title": "전시"}, clock.now() - 3 * SECOND)
        uow.drafts.clear(me)
        uow.drafts.put(me, {"title": "전시실"}, clock.now() - SECOND)
        assert uow.drafts.get(me) is None
        uow.drafts.put(me, {"title": "새것"}, clock.now() + SECOND)
        assert uow.drafts.get(me).values == {"title": "새것"}


def test_the_office_has_defaults_until_headquarters_sets_its_own(unit):
    with unit() as uow:
        assert uow.office.lead_times() == LeadTimes()
        assert uow.office.days_off() == frozenset()
        own = LeadTimes(ordinance=200, supplementary=((4, 30),), regular_request=(9, 1))
        days = frozenset({date(2026, 7, 17), date(2026, 12, 31)})
        uow.office.put(LEAD_TIMES, own)
        uow.office.put(DAYS_OFF, frozenset({date(2026, 1, 2)}))
        uow.office.put(DAYS_OFF, days)
        assert uow.office.lead_times() == own
        assert uow.office.days_off() == days


def test_news_are_told_once_and_not_before_their_time(unit):
    with unit() as uow:
        made = office(uow)
        number = task(uow, made.member, made.halls_place, "일지").id
        me = made.member.id
        first = uow.news.add(me, number, "confirm", made.head.id, "좋습니다", NOW)
        second = uow.news.add(me, number, "complete", None, "", NOW + SECOND)
        uow.news.add(made.lead.id, number, "confirm", made.head.id, "", NOW)
        (news,) = uow.news.untold(me, NOW)
        assert (news.id, news.task, news.title, news.act) == (first, number, "일지", "confirm")
        assert (news.actor, news.text, news.at) == ("이과장 과장", "좋습니다", NOW)
        assert [n.id for n in uow.news.untold(me, NOW + SECOND)] == [first, second]
        uow.news.told([first])
        uow.news.told([])
        assert [n.id for n in uow.news.untold(me, NOW + SECOND)] == [second]
        assert uow.news.untold(me, NOW + SECOND)[0].actor is None
