"""People as Slack tells of them: deactivated, found by an address, newly joined."""

from bot.domain.calendar import today
from bot.domain.org import Role
from bot.usecases.people import follow_user_change, found_by_email, joined
from tests.usecases.small_office import (
    DIRECTOR,
    HEAD,
    LEAD,
    MEMBER,
    NEXT_DAY,
    NOW,
    OFFICE,
    apply,
    found,
    own_task,
    row,
    without,
)


def follow(uow, slack_id, *, deleted=False, email=None, locale=None):
    return follow_user_change(uow, slack_id, deleted=deleted, email=email, locale=locale, now=NOW)


def join(uow, slack_id, email):
    return joined(uow, slack_id, email, NOW)


def test_the_answer_links_the_person_once(unit):
    unknown = row(8, "오주무", "주무관", "도로과/계획팀", slack_id="")
    with unit() as uow:
        apply(uow, (*OFFICE, unknown))
        person = uow.people.by_email("8@a.kr", today(NOW))
        assert not found_by_email(uow, person.id, None, NOW)
        assert not found_by_email(uow, person.id, MEMBER.slack_id, NOW)
        assert found_by_email(uow, person.id, "U0000099", NOW)
        assert not found_by_email(uow, person.id, "U0000098", NOW)
        assert uow.people.get(person.id, today(NOW)).slack_id == "U0000099"
        assert apply(uow, (*OFFICE, unknown)).is_empty


def test_the_id_of_somebody_who_left_may_be_taken(unit):
    unknown = row(8, "오주무", "주무관", "도로과/계획팀", slack_id="")
    with unit() as uow:
        apply(uow)
        apply(uow, (*without(MEMBER), unknown), NEXT_DAY)
        person = uow.people.by_email("8@a.kr", today(NEXT_DAY))
        assert found_by_email(uow, person.id, MEMBER.slack_id, NEXT_DAY)
        assert uow.people.by_slack(MEMBER.slack_id, today(NEXT_DAY)).id == person.id


def test_who_is_deactivated_in_slack_leaves_and_may_come_back(unit):
    with unit() as uow:
        apply(uow)
        task = own_task(uow, MEMBER)
        gone = follow(uow, MEMBER.slack_id, deleted=True)
        assert not gone.active
        assert gone.posts == ()
        assert uow.tasks.get(task).owner == found(uow, LEAD).id
        assert apply(uow).is_empty
        assert not found(uow, MEMBER).active
        back = follow(uow, MEMBER.slack_id)
        assert back.active
        assert [post.role for post in back.posts] == [Role.MEMBER]
        assert apply(uow).is_empty


def test_slack_gives_language_and_a_missing_address_but_no_name(unit):
    nameless = row(5, "최주무", "주무관", "도로과/계획팀", email="")
    with unit() as uow:
        apply(uow, (DIRECTOR, HEAD, LEAD, nameless))
        follow(uow, MEMBER.slack_id, email="Choi@a.kr", locale="en-US")
        follow(uow, LEAD.slack_id, email="other@a.kr")
        assert (found(uow, MEMBER).email, found(uow, MEMBER).language) == ("choi@a.kr", "en")
        assert found(uow, LEAD).email == LEAD.email
        assert found(uow, MEMBER).name == "최주무"


def test_a_new_account_is_linked_by_its_address(unit):
    unknown = row(8, "오주무", "주무관", "도로과/계획팀", slack_id="")
    with unit() as uow:
        apply(uow, (*OFFICE, unknown))
        assert join(uow, "U0000099", "8@A.kr").name == "오주무"
        assert join(uow, "U0000099", "8@a.kr").name == "오주무"
        assert join(uow, "U0000098", "nobody@a.kr") is None
        assert join(uow, "U0000098", LEAD.email) is None
        assert found(uow, LEAD).slack_id == LEAD.slack_id


def test_a_new_account_takes_the_place_of_a_deactivated_one(unit):
    with unit() as uow:
        apply(uow)
        follow(uow, MEMBER.slack_id, deleted=True)
        linked = join(uow, "U0000099", MEMBER.email)
        assert linked.active
        assert uow.people.by_slack("U0000099", today(NOW)).name == "최주무"


def test_a_new_account_shows_in_user_change_too(unit):
    unknown = row(8, "오주무", "주무관", "도로과/계획팀", slack_id="")
    with unit() as uow:
        apply(uow, (*OFFICE, unknown))
        follow(uow, "U0000099", email="8@a.kr")
        assert uow.people.by_slack("U0000099", today(NOW)).name == "오주무"
