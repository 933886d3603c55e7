"""People: the posts that count on a day, who stands in, and how they are called."""

from dataclasses import replace
from datetime import date, timedelta

import pytest
import sqlalchemy as sa
from sqlalchemy.exc import IntegrityError

from bot.domain.org import Hearing, Official, Place, Post, Role
from bot.domain.reminding import Reminding
from tests.storage.making import BEFORE, DAY, NOW, office, person

NEXT = DAY + timedelta(days=1)


def test_a_person_is_found_by_slack_id_with_their_posts(unit):
    with unit() as uow:
        made = office(uow)
        found = uow.people.by_slack("U-박팀장", DAY)
        assert found == made.lead
        assert found.posts == (Post(role=Role.LEAD, title="팀장", place=made.halls_place),)
        assert uow.people.by_slack("U-nobody", DAY) is None


def test_every_request_costs_two_queries_to_know_who_asks(unit):
    with unit() as uow:
        office(uow)
        asked: list[str] = []
        sa.event.listen(
            uow.connection, "before_cursor_execute", lambda *told: asked.append(told[2])
        )
        uow.people.by_slack("U-박팀장", DAY)
        assert len(asked) == 2


def test_an_address_is_found_however_it_is_capitalised(unit):
    with unit() as uow:
        made = office(uow)
        assert uow.people.by_email("박팀장@EXAMPLE.kr", DAY) == made.lead


def test_a_mover_has_only_the_new_post_from_that_day(unit):
    with unit() as uow:
        made = office(uow)
        moved = Post(role=Role.LEAD, title="팀장", place=made.roads_place)
        assert uow.posts.set(made.lead.id, (moved,), NEXT)
        today, tomorrow = (uow.people.get(made.lead.id, day) for day in (DAY, NEXT))
        assert today.main.place == made.halls_place
        assert tomorrow.posts == (moved,)


def test_setting_the_same_posts_again_changes_nothing(unit):
    with unit() as uow:
        made = office(uow)
        assert not uow.posts.set(made.lead.id, made.lead.posts, NEXT)
        assert uow.people.get(made.lead.id, NEXT) == made.lead


def test_the_first_of_two_posts_is_the_main_one_and_their_order_can_change(unit):
    with unit() as uow:
        made = office(uow)
        both = (*made.head.posts, Post(role=Role.HEAD, title="겸임", place=made.roads_place))
        uow.posts.set(made.head.id, both, DAY)
        assert uow.people.get(made.head.id, DAY).posts == both
        uow.posts.set(made.head.id, both[::-1], DAY)
        assert uow.people.get(made.head.id, DAY).main.title == "겸임"


def test_a_delegate_holds_the_heads_post_on_both_days_of_the_period_only(unit):
    with unit() as uow:
        made = office(uow)
        uow.posts.delegate(made.head.id, made.lead.id, DAY, NEXT)
        days = (DAY - timedelta(1), DAY, NEXT, NEXT + timedelta(1))
        held = [uow.people.get(made.lead.id, day).posts for day in days]
        standing_in = Post(role=Role.HEAD, title="과장", place=made.arts_place, stands_in="이과장")
        assert [len(posts) for posts in held] == [1, 2, 2, 1]
        assert held[1][1] == standing_in


def test_a_delegation_of_a_lead_gives_nothing(unit):
    with unit() as uow:
        made = office(uow)
        uow.posts.delegate(made.lead.id, made.member.id, DAY, NEXT)
        assert uow.people.get(made.member.id, DAY).posts == made.member.posts


def test_a_delegation_follows_neither_its_giver_nor_a_taker_who_left(unit):
    with unit() as uow:
        made = office(uow)
        uow.posts.delegate(made.head.id, made.member.id, DAY, NEXT)
        assert len(uow.people.get(made.member.id, NEXT).posts) == 2
        uow.posts.set(made.member.id, (), NEXT)
        assert uow.people.get(made.member.id, NEXT).posts == ()


@pytest.mark.parametrize("level", ["bureau", "department", "team"])
def test_an_acting_holder_has_the_vacant_post_with_its_whole_place(unit, level):
    with unit() as uow:
        made = office(uow)
        unit_, place, role, former = {
            "bureau": (made.bureau, made.bureau_place, Role.DIRECTOR, made.director),
            "department": (made.arts, made.arts_place, Role.HEAD, made.head),
            "team": (made.halls, made.halls_place, Role.LEAD, made.lead),
        }[level]
        uow.posts.let_act(made.member.id, unit_.id, role, "직무대리", DAY, None)
        assert len(uow.people.get(made.member.id, NEXT).posts) == 1, "the post is not vacant yet"
        uow.posts.set(former.id, (), DAY)
        acting = uow.people.get(made.member.id, NEXT).posts[-1]
        assert acting == Post(role=role, title="직무대리", place=place, stands_in=unit_.name)
        uow.posts.set(made.member.id, (), NEXT)
        assert uow.people.get(made.member.id, NEXT).posts == (), "who left stands in for nobody"


def test_somebody_inactive_is_found_but_has_no_posts(unit):
    with unit() as uow:
        made = office(uow)
        uow.people.save(replace(made.head, active=False))
        uow.posts.delegate(made.head.id, made.lead.id, DAY, NEXT)
        assert uow.people.by_slack("U-이과장", DAY).posts == ()
        assert uow.people.officials((Role.HEAD,), made.arts_place, DAY) == ()
        assert len(uow.people.get(made.lead.id, DAY).posts) == 1


def test_an_import_sees_the_posts_of_somebody_inactive(unit):
    with unit() as uow:
        made = office(uow)
        left = replace(made.head, active=False)
        uow.people.save(left)
        assert left in uow.people.all(DAY)


def test_officials_of_a_place_are_named_from_the_narrowest_role(unit):
    with unit() as uow:
        made = office(uow)
        roles = (Role.DIRECTOR, Role.LEAD, Role.HEAD)
        assert uow.people.officials(roles, made.halls_place, DAY) == (
            Official(name="박팀장", title="팀장", unit="전시팀"),
            Official(name="이과장", title="과장", unit="문화예술과"),
            Official(name="김국장", title="국장", unit="문화체육관광국"),
        )


def test_a_vacant_post_yields_nobody_and_its_acting_holder_fills_it(unit):
    with unit() as uow:
        made = office(uow)
        uow.posts.set(made.head.id, (), DAY)
        assert uow.people.holders((Role.HEAD,), made.arts_place, DAY) == ()
        uow.posts.let_act(made.lead.id, made.arts.id, Role.HEAD, "과장 직무대리", DAY, None)
        (acting,) = uow.people.officials((Role.HEAD,), made.arts_place, DAY)
        assert acting == Official(name="박팀장", title="과장 직무대리", unit="문화예술과")


def test_the_holder_comes_before_the_delegate(unit):
    with unit() as uow:
        made = office(uow)
        uow.posts.delegate(made.head.id, made.member.id, DAY, NEXT)
        holders = uow.people.holders((Role.HEAD,), made.arts_place, DAY)
        assert [holder.name for holder in holders] == ["이과장", "최주무"]


def test_headquarters_is_over_every_place(unit):
    with unit() as uow:
        made = office(uow)
        assert uow.people.officials((Role.HQ,), Place(), DAY)[0].name == "한총괄"
        assert uow.people.hq(DAY) == (made.hq,)


def test_the_lead_of_a_team_is_found_or_nobody(unit):
    with unit() as uow:
        made = office(uow)
        assert uow.people.lead_of(made.halls.id, DAY) == made.lead
        assert uow.people.lead_of(made.books.id, DAY) is None


def test_the_staff_of_a_department_are_listed_by_name_without_those_who_left(unit):
    with unit() as uow:
        made = office(uow)
        gone = person(uow, "강주무", Role.MEMBER, "주무관", made.halls_place)
        uow.posts.set(gone.id, (), DAY)
        staff = uow.people.in_department(made.arts.id, DAY)
        assert [p.name for p in staff] == ["박팀장", "이과장", "최주무"]


def test_names_carry_the_title_even_after_leaving(unit):
    with unit() as uow:
        made = office(uow)
        uow.posts.set(made.lead.id, (), DAY)
        nobody = person(uow, "나그네")
        names = uow.people.names([made.lead.id, made.head.id, nobody.id, 999])
        assert names == {
            made.lead.id: "박팀장 팀장",
            made.head.id: "이과장 과장",
            nobody.id: "나그네",
        }


def test_many_keeps_the_order_and_leaves_out_who_is_unknown(unit):
    with unit() as uow:
        made = office(uow)
        found = uow.people.many([made.member.id, 999, made.head.id], DAY)
        assert list(found.values()) == [made.member, made.head]
        assert uow.people.many([], DAY) == {}
        assert len(uow.people.all(DAY)) == 6


def test_people_are_searched_by_part_of_their_name_and_signs_mean_themselves(unit):
    with unit() as uow:
        made = office(uow)
        assert uow.people.search("과장", None, DAY, 10) == (made.head, made.roads_head)
        assert uow.people.search("과장", made.arts.id, DAY, 10) == (made.head,)
        assert uow.people.search("%", None, DAY, 10) == ()
        assert len(uow.people.search("", None, DAY, 2)) == 2


def test_choices_of_a_person_are_kept(unit):
    with unit() as uow:
        made = office(uow)
        uow.people.set_language(made.member.id, "en")
        member = uow.people.get(made.member.id, DAY)
        chosen = replace(member, hearing=Hearing.WEEKLY, reminding=Reminding.OVERDUE)
        uow.people.save(chosen)
        assert chosen.language == "en"
        assert uow.people.get(made.member.id, DAY) == chosen


def test_somebody_is_welcomed_once(unit):
    with unit() as uow:
        made = office(uow)
        assert uow.people.welcome(made.member.id, NOW)
        assert not uow.people.welcome(made.member.id, NOW)


def test_two_people_cannot_share_a_slack_id(unit):
    with unit() as uow:
        office(uow)
    with pytest.raises(IntegrityError), unit() as uow:
        uow.people.add(name="다른 사람", slack_id="U-이과장")


def test_posts_begin_when_they_begin(unit):
    with unit() as uow:
        made = office(uow)
        assert uow.people.get(made.head.id, BEFORE - timedelta(1)).posts == ()
        assert uow.people.get(made.head.id, date(2026, 1, 1)).posts == made.head.posts
