"""What people are sent and asked is counted, and shown to headquarters as a spread."""

import sqlalchemy as sa

from bot.domain.burden import Quarter, Spread
from bot.domain.facts import Fact
from bot.i18n.texts import Catalogue
from bot.usecases import asking, burden, read, saved
from bot.usecases.tell import after_telling
from bot.views import checks
from bot.views.burden import home_burden
from storage.tables.delivery import projections
from tests.usecases.small_office import HEAD, HQ, LEAD, MEMBER, apply, found
from tests.usecases.test_saved import QUARTER, ask, at, done, message

CATALOGUE = Catalogue.load()


def test_messages_beyond_the_goal_are_named_for_members_only_and_reminders_do_not_count(unit):
    with unit() as uow:
        apply(uow)
        for who, kind, times in (
            (MEMBER, "news", 7), (LEAD, "news", 9), (HEAD, "reminders", 9), (HQ, "news", 6),
        ):  # fmt: skip
            fact = Fact(kind=kind, recipient=f"person:{found(uow, who).id}", dedupe_key="k")
            for _ in range(times):
                burden.message_told(uow, fact, at(QUARTER))
        burden.message_told(
            uow, Fact(kind="card", recipient="channel:C1", dedupe_key="k"), at(QUARTER)
        )
        burden.tapped(uow, {found(uow, MEMBER).id: 5, found(uow, HQ).id: 2}, at(QUARTER))
        burden.tapped(uow, {found(uow, MEMBER).id: 1}, at(QUARTER))
        this, _ = burden.quarters(uow, at(QUARTER, 17))
        assert this.messages == Spread(median=0, ninth=9, most=9)
        assert this.taps == Spread(median=0, ninth=6, most=6)
        assert (this.people, this.over) == (6, 1)
        theirs, heads = (read.home(uow, who.slack_id, at(QUARTER)) for who in (HQ, HEAD))
        assert theirs is not None
        assert heads is not None
        assert theirs.burden[0] == this
        assert heads.burden == ()


def test_the_message_is_kept_up_to_date_and_counted_as_a_burden_of_the_quarter(unit):
    with unit() as uow:
        apply(uow)
        first, second = done(uow), done(uow)
        asking.ask_due(uow, at(QUARTER))
        fact = message(uow, MEMBER)
        after_telling(uow, fact, "", at(QUARTER), "D1", "1.0")
        saved.as_planned(uow, ask(MEMBER, first), at(QUARTER, 10))
        states = sa.select(projections.c.state).where(projections.c.kind == saved.MESSAGE)
        assert uow.connection.execute(states).scalars().all() == ["due"]
        member = found(uow, MEMBER)
        assert [r.task for r in asking.message_shown(uow, member, 0, at(QUARTER)).rows] == [second]
        saved.as_planned(uow, ask(MEMBER, second), at(QUARTER, 11))
        empty = asking.message_shown(uow, member, 0, at(QUARTER))
        assert "감사합니다" in checks.asked(CATALOGUE.of("ko"), empty)["text"]
        this, last = burden.quarters(uow, at(QUARTER))
        assert this == Quarter(
            starts_on=QUARTER, messages=Spread(ninth=1, most=1), taps=Spread(), people=6, over=0
        )
        assert last.messages == Spread()


def test_among_fewer_than_five_nothing_is_counted_out_and_the_reason_is_said(unit):
    with unit() as uow:
        apply(uow)
        fact = Fact(kind="news", recipient=f"person:{found(uow, MEMBER).id}", dedupe_key="k")
        for _ in range(9):
            burden.message_told(uow, fact, at(QUARTER))
        assert [quarter.is_open for quarter in burden.quarters(uow, at(QUARTER))] == [True, True]
        apply(uow, (HEAD, LEAD, MEMBER, HQ), now=at(QUARTER))
        this, last = burden.quarters(uow, at(QUARTER))
        assert this == Quarter(
            starts_on=QUARTER, messages=Spread(), taps=Spread(), people=4, over=0
        )
        assert not this.is_open
        assert not last.is_open
        home = read.home(uow, HQ.slack_id, at(QUARTER))
        assert home is not None
        for code, reason in (("ko", "5명보다 적"), ("en", "fewer than 5 people")):
            shown = str(home_burden(CATALOGUE.of(code), home.burden))
            assert reason in shown
            assert "9" not in shown
