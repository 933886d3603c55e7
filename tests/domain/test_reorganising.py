"""A wanted organisation is compared with the stored one without touching either."""

import pytest

from bot.domain.errors import Several
from bot.domain.org import Person, Place, Post, Role, Unit, UnitKind
from bot.domain.reorganising import Plan, Stored, compare
from bot.domain.roster import Wanted, WantedPerson, WantedPost, WantedUnit

BUREAU, DEPARTMENT = ("교통국",), ("교통국", "도로과")
POST = WantedPost(role=Role.HEAD, title="과장", path=DEPARTMENT)
NOTHING = Stored(units=(), people=())


def wanted_unit(path: tuple[str, ...], position: int, **fields) -> WantedUnit:
    return WantedUnit(
        path=path, name=path[-1], full_name=" ".join(path), position=position, **fields
    )


def file(*people: WantedPerson, channel: str | None = None) -> Wanted:
    units = (wanted_unit(BUREAU, 1), wanted_unit(DEPARTMENT, 2, channel=channel))
    return Wanted(units=units, people=people)


def someone(line: int = 2, **fields) -> WantedPerson:
    filled = {"name": "김하늘", "email": f"p{line}@a.kr", "posts": (POST,)}
    return WantedPerson(line=line, **(filled | fields))


def stored(*people: Person, **department) -> Stored:
    units = (
        Unit(id=1, kind=UnitKind.BUREAU, name="교통국", position=1),
        Unit(id=2, kind=UnitKind.DEPARTMENT, name="도로과", parent=1, position=2),
    )
    units = (units[0], Unit(**(vars(units[1]) | department)))
    return Stored(units=units, people=people)


def person(id: int = 1, **fields) -> Person:
    post = Post(role=Role.HEAD, title="과장", place=Place(bureau=1, department=2))
    filled = {"name": "김하늘", "email": f"p{id + 1}@a.kr", "posts": (post,)}
    return Person(id=id, **(filled | fields))


def keys(plan: Plan) -> list[str]:
    """What the plan prints below its summary."""
    return [key for key, _ in plan.printed[1:]]


def test_an_organisation_as_wanted_gives_an_empty_plan():
    plan = compare(file(someone()), stored(person()))
    assert plan.is_empty
    assert [key for key, _ in plan.printed] == ["roster-plan-nothing"]


def test_a_first_import_adds_everything_parents_first():
    plan = compare(file(someone()), NOTHING)
    assert [change.full_name for change in plan.units] == ["교통국", "교통국 도로과"]
    assert keys(plan) == [
        "roster-plan-unit-added",
        "roster-plan-unit-added",
        "roster-plan-joins",
        "roster-plan-post-opened",
    ]
    assert plan.counts()["people_added"] == 1


def test_what_the_file_leaves_blank_stays_as_it_is():
    kept = stored(person(slack_id="U0000001"), channel="C0000001")
    assert compare(file(someone()), kept).is_empty


def test_a_new_channel_is_a_change_and_the_unit_keeps_its_number():
    plan = compare(file(someone(), channel="C0000002"), stored(person(), channel="C0000001"))
    (change,) = plan.units
    assert change.stored
    assert change.stored.id == 2
    assert keys(plan) == ["roster-plan-unit-channel"]


def test_an_absent_unit_is_retired_and_its_people_move_or_leave():
    only_bureau = Wanted(units=(wanted_unit(BUREAU, 1),), people=())
    plan = compare(only_bureau, stored(person()))
    assert keys(plan) == [
        "roster-plan-unit-retired",
        "roster-plan-leaves",
        "roster-plan-post-ended",
        "roster-warn-many-leave",
    ]


def test_a_retired_unit_comes_back_under_its_number():
    plan = compare(file(someone()), stored(person(), retired=True))
    assert plan.units[0].stored
    assert plan.units[0].stored.id == 2
    assert keys(plan)[0] == "roster-plan-unit-revived"


def test_another_spelling_of_a_unit_is_no_new_unit():
    plan = compare(file(someone()), stored(person(), name="도 로 과"))
    assert keys(plan) == ["roster-plan-unit-spelled"]


def test_a_slack_id_finds_a_person_whose_address_changed():
    plan = compare(
        file(someone(email="new@a.kr", slack_id="U0000001")), stored(person(slack_id="U0000001"))
    )
    assert plan.people[0].corrected() == {"email": "new@a.kr"}


def test_an_address_finds_a_person_whose_slack_account_is_new():
    plan = compare(file(someone(slack_id="U0000002")), stored(person(slack_id="U0000001")))
    assert plan.people[0].corrected() == {"slack_id": "U0000002"}


def test_people_may_swap_their_addresses():
    plan = compare(
        file(
            someone(2, email="b@a.kr", slack_id="U0000001"),
            someone(3, email="a@a.kr", slack_id="U0000002", name="이바다"),
        ),
        stored(
            person(1, email="a@a.kr", slack_id="U0000001"),
            person(2, email="b@a.kr", slack_id="U0000002", name="이바다"),
        ),
    )
    assert [change.corrected() for change in plan.people] == [
        {"email": "b@a.kr"},
        {"email": "a@a.kr"},
    ]


def test_an_address_of_somebody_else_is_refused_with_the_line():
    with pytest.raises(Several) as caught:
        compare(
            file(someone(5, email="b@a.kr", slack_id="U0000001")),
            stored(person(1, email=None, slack_id="U0000001"), person(2, email="b@a.kr")),
        )
    (error,) = caught.value.errors
    assert (error.key, error.params["line"]) == ("roster-address-taken", 5)


def test_another_title_of_the_same_post_is_no_move():
    post = WantedPost(role=Role.HEAD, title="서기관", path=DEPARTMENT)
    (change,) = compare(file(someone(posts=(post,))), stored(person())).people
    assert not change.opened
    assert not change.ended
    assert [new.title for new in change.retitled] == ["서기관"]


def test_the_order_of_two_posts_says_which_one_is_the_main_one():
    director = WantedPost(role=Role.DIRECTOR, title="국장", path=BUREAU)
    main = Post(role=Role.DIRECTOR, title="국장", place=Place(bureau=1))
    held = person(posts=(main, *person().posts))
    assert compare(file(someone(posts=(director, POST))), stored(held)).is_empty
    plan = compare(file(someone(posts=(POST, director))), stored(held))
    assert keys(plan) == ["roster-plan-main-changes"]


def test_posts_held_for_others_are_not_the_files_business():
    acting = Post(role=Role.DIRECTOR, title="국장", place=Place(bureau=1), stands_in="교통국")
    held = person(posts=(*person().posts, acting))
    assert compare(file(someone()), stored(held)).is_empty


def test_who_has_no_post_and_is_not_in_the_file_is_left_alone():
    assert compare(file(someone()), stored(person(), person(2, posts=()))).is_empty
