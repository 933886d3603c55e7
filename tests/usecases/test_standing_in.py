"""Delegations, acting holders and days off: who may, what is refused, and what follows."""

from datetime import date, timedelta
from typing import Any

import pytest
import sqlalchemy as sa

from bot.domain.errors import BotError, Refused
from bot.domain.org import Role
from bot.domain.results import Surface
from bot.domain.standing import DAYS_OFF_A_YEAR
from bot.usecases import standing, standing_in
from bot.usecases.acting import calendar_of
from bot.usecases.standing_in import Asking
from bot.usecases.tell import telling
from storage.tables.records import audit
from tests.usecases.small_office import (
    DIRECTOR,
    HEAD,
    HQ,
    LEAD,
    MEMBER,
    NOW,
    OFFICE,
    apply,
    facts,
    found,
    row,
)
from tests.usecases.test_tell import to

DAY = date(2026, 7, 1)
LATER = date(2026, 7, 10)
ELSEWHERE = row(8, "한과장", "과장", "산림과", bureau="환경국")


def asking(who):
    return Asking(who=who.slack_id, surface=Surface.MODAL)


def delegate(uow, giver=HEAD, taker=LEAD, first=DAY, last=LATER, now=NOW):
    return standing_in.delegate(
        uow, asking(giver), now, taker=found(uow, taker).id, first=first, last=last
    )


def let_act(uow, who=HQ, person=LEAD, unit="도로과", **fields):
    number = uow.units.by_path("교통국", unit).id
    given: dict[str, Any] = {"title": "도로과장 직무대리", "first": DAY, "last": None} | fields
    return standing_in.let_act(
        uow, asking(who), NOW, unit=number, person=found(uow, person).id, **given
    )


def roles(uow, who, day):
    person = uow.people.get(found(uow, who).id, day)
    return [(post.role, post.stands_in) for post in person.posts]


def acts(uow):
    rows = uow.connection.execute(sa.select(audit.c.act, audit.c.text).order_by(audit.c.id))
    return [(r.act, r.text) for r in rows if r.act != "import"]


def told_to(uow, kind):
    """Who is to hear of it, in order, by name."""
    people = [int(recipient.removeprefix("person:")) for recipient, _ in facts(uow, kind)]
    return [uow.people.get(person, DAY).name for person in people]


def refused(act):
    with pytest.raises(BotError) as error:
        act()
    return error.value.key, error.value.field


def test_a_head_lets_somebody_of_the_bureau_act_on_those_days_and_they_are_told(unit):
    with unit() as uow:
        apply(uow)
        number = delegate(uow, first=DAY + timedelta(days=1))
        assert roles(uow, LEAD, DAY) == [(Role.LEAD, None)]
        for day in (DAY + timedelta(days=1), LATER):
            assert roles(uow, LEAD, day) == [(Role.LEAD, None), (Role.HEAD, HEAD.name)]
        assert roles(uow, LEAD, LATER + timedelta(days=1)) == [(Role.LEAD, None)]
        told = telling(uow, to(uow, LEAD, "delegated", delegation=number), NOW)
        assert told is not None
        assert told.data.found.instead_of == f"{HEAD.name} 과장"
        assert telling(uow, to(uow, MEMBER, "delegated", delegation=number), NOW) is None
        (given,) = standing.panel(uow, HEAD.slack_id, NOW).given
        (taken,) = standing.panel(uow, LEAD.slack_id, NOW).taken
        assert (given.id, given.who, taken.instead_of) == (
            number, f"{LEAD.name} 팀장", f"{HEAD.name} 과장",
        )  # fmt: skip


def test_a_delegation_is_taken_back_at_once_and_both_are_written_down(unit):
    with unit() as uow:
        apply(uow)
        running, to_come = delegate(uow), delegate(uow, taker=MEMBER, first=LATER)
        noon = NOW + timedelta(days=2)
        assert refused(
            lambda: standing_in.end_delegation(uow, asking(DIRECTOR), running, noon)
        ) == ("error-standing-over", None)
        for number in (running, to_come):
            standing_in.end_delegation(uow, asking(HEAD), number, noon)
        assert roles(uow, LEAD, DAY + timedelta(days=2)) == [(Role.LEAD, None)]
        assert roles(uow, LEAD, DAY + timedelta(days=1))[1:] == [(Role.HEAD, HEAD.name)]
        assert roles(uow, MEMBER, LATER) == [(Role.MEMBER, None)]
        assert standing.panel(uow, HEAD.slack_id, noon).given == ()
        assert [act for act, _ in acts(uow)] == ["delegate"] * 2 + ["delegate_end"] * 2
        assert telling(uow, to(uow, MEMBER, "delegated", delegation=to_come), noon) is None
        assert len(facts(uow, "delegated")) == 2


def test_who_is_given_what_another_lost_before_it_began_is_told_too(unit):
    later = DAY + timedelta(days=1)
    with unit() as uow:
        apply(uow)
        first = delegate(uow, first=later)
        standing_in.end_delegation(uow, asking(HEAD), first, NOW)
        delegate(uow, taker=MEMBER, first=later)
        assert told_to(uow, "delegated") == [LEAD.name, MEMBER.name]
        assert refused(lambda: standing_in.end_delegation(uow, asking(HEAD), first, NOW)) == (
            "error-standing-over", None,
        )  # fmt: skip
        uow.posts.set(found(uow, HEAD).id, (), DAY)
        first = let_act(uow, first=later)
        standing_in.end_acting(uow, asking(HQ), first, NOW)
        second = let_act(uow, person=MEMBER, first=later)
        assert told_to(uow, "acting_named") == [LEAD.name, MEMBER.name]
        assert telling(uow, to(uow, LEAD, "acting_named", acting=first), NOW) is None
        assert telling(uow, to(uow, MEMBER, "acting_named", acting=second), NOW) is not None


@pytest.mark.parametrize(
    ("fields", "expected"),
    [
        ({"taker": HEAD}, ("error-delegate-self", "deputy")),
        ({"taker": ELSEWHERE}, ("error-delegate-whom", "deputy")),
        ({"first": None}, ("error-standing-from", "first")),
        ({"last": None}, ("error-standing-to", "last")),
        ({"first": DAY - timedelta(days=1)}, ("error-date-past", "first")),
        ({"first": LATER, "last": DAY}, ("error-standing-order", "last")),
        ({"last": date(2036, 7, 1)}, ("error-standing-long", "last")),
    ],
)
def test_what_makes_no_sense_is_said_beneath_its_field(unit, fields, expected):
    with unit() as uow:
        apply(uow, (*OFFICE, ELSEWHERE))
        assert refused(lambda: delegate(uow, **fields)) == expected
        assert acts(uow) == []


def test_the_same_person_is_not_given_the_same_days_twice(unit):
    with unit() as uow:
        apply(uow)
        delegate(uow)
        expected = ("error-delegate-twice", "deputy")
        assert refused(lambda: delegate(uow, first=LATER, last=LATER)) == expected
        delegate(uow, taker=MEMBER)


def test_a_member_cannot_delegate_nor_can_who_only_stands_in(unit):
    with unit() as uow:
        apply(uow)
        with pytest.raises(Refused):
            delegate(uow, MEMBER)
        delegate(uow)
        assert refused(lambda: delegate(uow, LEAD, MEMBER)) == ("error-delegate-own", None)
        assert standing.deputies(uow, LEAD.slack_id, "", NOW) == []
        names = [name for _, name in standing.deputies(uow, HEAD.slack_id, "", NOW)]
        assert f"{DIRECTOR.name} 국장" in names
        assert f"{HEAD.name} 과장" not in names


def test_headquarters_names_an_acting_holder_of_a_vacant_post_until_it_ends(unit):
    with unit() as uow:
        apply(uow)
        assert refused(lambda: let_act(uow)) == ("error-acting-held", "acting_unit")
        assert standing.vacancies(uow, "도로", NOW) == []
        uow.posts.set(found(uow, HEAD).id, (), DAY)
        unit_ = uow.units.by_path("교통국", "도로과").id
        assert standing.vacancies(uow, "도로", NOW) == [(unit_, "교통국 도로과")]
        number = let_act(uow)
        assert refused(lambda: let_act(uow, person=MEMBER)) == (
            "error-acting-twice", "acting_unit",
        )  # fmt: skip
        assert roles(uow, LEAD, LATER)[1] == (Role.HEAD, "도로과")
        told = telling(uow, to(uow, LEAD, "acting_named", acting=number), NOW)
        assert told is not None
        assert (told.data.acting, told.data.found.last) == (True, None)
        (one,) = standing.panel(uow, HQ.slack_id, NOW).acting
        assert one.instead_of == "교통국 도로과 도로과장 직무대리"
        assert standing.panel(uow, LEAD.slack_id, NOW).acting == ()
        standing_in.end_acting(uow, asking(HQ), number, NOW + timedelta(days=3))
        assert roles(uow, LEAD, DAY + timedelta(days=3)) == [(Role.LEAD, None)]
        assert [act for act, _ in acts(uow)] == ["acting", "acting_end"]


@pytest.mark.parametrize(
    ("fields", "expected"),
    [
        ({"title": " "}, ("error-required-acting-title", "acting-title")),
        ({"title": "가" * 41}, ("error-too-long", "acting-title")),
        ({"first": None}, ("error-standing-from", "first")),
        ({"first": DAY - timedelta(days=1)}, ("error-date-past", "first")),
        ({"last": DAY - timedelta(days=1)}, ("error-standing-order", "last")),
    ],
)
def test_an_acting_post_needs_a_title_and_days(unit, fields, expected):
    with unit() as uow:
        apply(uow)
        uow.posts.set(found(uow, HEAD).id, (), DAY)
        assert refused(lambda: let_act(uow, **fields)) == expected


def test_days_off_change_the_calendar_of_everything(unit):
    with unit() as uow:
        apply(uow)
        day = date(2026, 7, 3)
        standing_in.add_day_off(uow, asking(HQ), day, NOW)
        assert not calendar_of(uow).is_working(day)
        assert standing.panel(uow, HQ.slack_id, NOW).days_off == (day,)
        for wrong, key in (
            (day, "already"), (date(2026, 7, 4), "already"), (DAY, "past"), (None, "which"),
        ):  # fmt: skip
            with pytest.raises(BotError, match=key):
                standing_in.add_day_off(uow, asking(HQ), wrong, NOW)
        standing_in.remove_day_off(uow, asking(HQ), day, NOW)
        assert calendar_of(uow).is_working(day)
        with pytest.raises(BotError, match="over"):
            standing_in.remove_day_off(uow, asking(HQ), day, NOW)
        assert [act for act, _ in acts(uow)] == ["days_off"] * 2


def test_days_off_end_with_the_year_after_next_and_are_few_a_year(unit):
    with unit() as uow:
        apply(uow)

        def add(day):
            return standing_in.add_day_off(uow, asking(HQ), day, NOW)

        with pytest.raises(BotError, match="far") as far:
            add(date(2029, 1, 2))
        assert (far.value.field, far.value.params["last"]) == ("day", date(2028, 12, 31))
        assert add(date(2028, 12, 29)) == date(2028, 12, 29)
        calendar, day = calendar_of(uow), date(2026, 7, 31)
        for _ in range(DAYS_OFF_A_YEAR):
            day = calendar.after(day, 1)
            add(day)
        with pytest.raises(BotError, match="many") as many:
            add(calendar.after(day, 1))
        assert many.value.field == "day"
        assert (many.value.params["year"], many.value.params["limit"]) == (2026, DAYS_OFF_A_YEAR)
        add(date(2027, 1, 4))


@pytest.mark.parametrize("who", [MEMBER, HEAD, DIRECTOR])
def test_only_headquarters_names_acting_holders_and_sets_days_off(unit, who):
    with unit() as uow:
        apply(uow)
        for act in (
            lambda: let_act(uow, who),
            lambda: standing_in.end_acting(uow, asking(who), 1, NOW),
            lambda: standing_in.add_day_off(uow, asking(who), LATER, NOW),
            lambda: standing_in.remove_day_off(uow, asking(who), LATER, NOW),
        ):
            with pytest.raises(Refused):
                act()
