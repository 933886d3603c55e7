"""Whatever the order in which Slack's words arrive, and however often, they mean the same."""

from contextlib import contextmanager
from functools import partial
from itertools import permutations

import pytest

from bot.domain.ballot import State
from bot.domain.calendar import today
from bot.domain.org import Role
from bot.domain.slack_state import ChannelState
from bot.usecases import channels, people
from storage.unit import UnitOfWork
from tests.usecases import small_ballot
from tests.usecases.small_office import (
    LEAD,
    MEMBER,
    NOW,
    OFFICE,
    apply,
    facts,
    found,
    own_task,
    row,
)

SECOND = 1_000_000
AT = 1_782_000_000 * SECOND
CHANNEL, SECOND_ID, THIRD_ID = "C0000001", "C0000002", "C0000003"
NEWCOMER = row(8, "오주무", "주무관", "도로과/계획팀", slack_id="")
NEW_ID = "U0000099"


def account(slack_id, after, *, deleted=False, email=None, locale=None):
    """A word of an account, that many seconds after the first."""
    at = AT + after * SECOND
    return lambda uow: people.follow_user_change(
        uow, slack_id, deleted=deleted, email=email, locale=locale, now=NOW,
        updated=at // SECOND, heard=at,
    )  # fmt: skip


def told(uow, *, deleted, updated=0, heard=0):
    """A word of the member's account at moments of its own."""
    people.follow_user_change(
        uow, MEMBER.slack_id, deleted=deleted, email=None, locale=None, now=NOW,
        updated=updated, heard=heard,
    )  # fmt: skip


def channel(happened, after, slack_id=CHANNEL):
    """A word of a channel, that many seconds after the first."""
    return lambda uow: happened(uow, slack_id, AT + after * SECOND, NOW)


def renumbered(old, new, after):
    return lambda uow: channels.renumbered(uow, old, new, NOW, AT + after * SECOND)


def orders(words):
    """Every order of the words; in each, all of them come three more times, last to first."""
    for order in permutations(words):
        yield [*order, *order[::-1], *order, *order[::-1]]


@pytest.fixture
def each_order(unit):
    """Tells the words in every order, each time to the same office; yields what follows."""

    def told(words, read, office=OFFICE, before=lambda uow: None):
        with unit() as uow:
            apply(uow, office)
            before(uow)
            for order in orders(words):
                with _undone(uow) as fresh:
                    for word in order:
                        word(fresh)
                    yield read(fresh)

    return told


@contextmanager
def _undone(uow):
    savepoint = uow.connection.begin_nested()
    yield UnitOfWork(uow.connection, uow.clock)
    savepoint.rollback()


def official(uow, slack_id=MEMBER.slack_id):
    person = uow.people.by_slack(slack_id, today(NOW))
    roles = [post.role for post in person.posts]
    return person.name, person.active, person.language, roles


def test_who_was_deactivated_and_came_back_is_there(each_order):
    words = [
        account(MEMBER.slack_id, 1, deleted=True),
        account(MEMBER.slack_id, 2, locale="ko-KR"),
        account(MEMBER.slack_id, 3, locale="en-US"),
    ]
    states = list(each_order(words, official))
    assert states == [("최주무", True, "en", [Role.MEMBER])] * 6


def test_who_came_back_and_was_deactivated_again_is_gone(each_order):
    words = [account(MEMBER.slack_id, n, deleted=n != 2, locale="ko-KR") for n in (1, 2, 3)]
    states = list(each_order(words, official))
    assert states == [("최주무", False, "ko", [])] * 6


def test_a_new_account_that_was_deactivated_is_gone_though_its_joining_is_heard_later(each_order):
    words = [
        account(NEW_ID, 1, email="8@a.kr", locale="ko-KR"),
        account(NEW_ID, 2, email="8@a.kr", locale="ko-KR", deleted=True),
    ]
    states = list(each_order(words, partial(official, slack_id=NEW_ID), (*OFFICE, NEWCOMER)))
    assert states == [("오주무", False, "ko", [])] * 2


def test_an_account_that_nobody_had_yet_is_not_undone_by_what_was_before_its_joining(each_order):
    words = [
        account(NEW_ID, 1, email=None, deleted=True),
        account(NEW_ID, 2, email="8@a.kr", locale="en-US"),
    ]
    states = list(each_order(words, partial(official, slack_id=NEW_ID), (*OFFICE, NEWCOMER)))
    assert states == [("오주무", True, "en", [Role.MEMBER])] * 2


def test_two_changes_within_a_second_are_told_apart_by_the_moments_of_their_telling(unit):
    gone = partial(told, deleted=True, updated=7, heard=7_000_001)
    back = partial(told, deleted=False, updated=7, heard=7_000_002)
    for order in permutations((gone, back)):
        with unit() as uow:
            apply(uow)
            for word in order:
                word(uow)
            assert found(uow, MEMBER).active


def test_a_word_without_any_moment_is_believed_and_holds_up_no_other(unit):
    with unit() as uow:
        apply(uow)
        told(uow, deleted=False, updated=5)
        told(uow, deleted=True)
        assert not found(uow, MEMBER).active
        told(uow, deleted=False, updated=6)
        assert found(uow, MEMBER).active


def test_a_late_word_of_a_deactivation_takes_no_tasks_away(unit):
    with unit() as uow:
        apply(uow)
        task = own_task(uow, MEMBER)
        account(MEMBER.slack_id, 2)(uow)
        account(MEMBER.slack_id, 1, deleted=True)(uow)
        assert found(uow, MEMBER).active
        assert uow.tasks.get(task).owner == found(uow, MEMBER).id
        account(MEMBER.slack_id, 3, deleted=True)(uow)
        assert uow.tasks.get(task).owner == found(uow, LEAD).id


def place(uow):
    """Where the department's channel is, what is known of it, and its ballot's state."""
    unit = uow.units.by_path("교통국", "도로과")
    known = uow.slack_state.channel(unit.channel)
    ballot = small_ballot.current(uow, 1)
    return unit.channel, known.state, known.member, ballot.state, ballot.channel


def test_a_channel_that_is_archived_in_the_end_has_no_ballot(each_order):
    words = [
        channel(channels.archived, 1),
        channel(channels.unarchived, 2),
        channel(channels.archived, 3),
    ]
    states = list(each_order(words, place, before=small_ballot.opened))
    assert states == [(CHANNEL, ChannelState.ARCHIVED, True, State.VOID, CHANNEL)] * 6


def test_a_channel_that_was_deleted_stays_so(each_order):
    words = [
        channel(channels.archived, 1),
        channel(channels.deleted, 3),
        channel(channels.left, 2),
    ]
    states = list(each_order(words, place, before=small_ballot.opened))
    assert states == [(CHANNEL, ChannelState.DELETED, False, State.VOID, CHANNEL)] * 6


def test_a_bot_that_was_removed_and_let_in_again_is_in_the_channel_and_its_ballot_goes_on(
    each_order,
):
    words = [
        channel(channels.left, 1),
        channel(channels.invited, 2),
        channel(channels.left, 3),
        channel(channels.invited, 4),
    ]
    states = list(each_order(words, place, before=small_ballot.opened))
    assert states == [(CHANNEL, ChannelState.OPEN, True, State.POSTING, CHANNEL)] * 24


def test_a_channel_that_got_another_id_twice_has_the_last_and_what_happened_there(each_order):
    words = [
        renumbered(CHANNEL, SECOND_ID, 1),
        channel(channels.left, 2, SECOND_ID),
        renumbered(SECOND_ID, THIRD_ID, 3),
        channel(channels.archived, 4, THIRD_ID),
    ]
    states = set(each_order(words, place, before=small_ballot.opened))
    assert states == {(THIRD_ID, ChannelState.ARCHIVED, False, State.VOID, THIRD_ID)}


def test_a_late_archiving_ends_no_ballot_of_a_channel_that_is_back(unit):
    with unit() as uow:
        apply(uow)
        small_ballot.opened(uow)
        channel(channels.unarchived, 2)(uow)
        channel(channels.archived, 1)(uow)
        assert small_ballot.current(uow, 1).state is State.POSTING
        assert facts(uow, "channel_lost") == []


def test_headquarters_does_not_hear_of_a_removal_that_is_over(unit):
    with unit() as uow:
        apply(uow)
        channel(channels.invited, 2)(uow)
        channel(channels.left, 1)(uow)
        assert facts(uow, "channel_lost") == []
        channel(channels.left, 3)(uow)
        assert len(facts(uow, "channel_lost")) == 1


def test_a_late_word_under_an_old_id_is_about_the_same_channel(unit):
    with unit() as uow:
        apply(uow)
        small_ballot.opened(uow)
        renumbered(CHANNEL, SECOND_ID, 2)(uow)
        channel(channels.archived, 1, CHANNEL)(uow)
        assert place(uow) == (SECOND_ID, ChannelState.ARCHIVED, True, State.VOID, SECOND_ID)


def test_ids_that_lead_in_a_circle_hold_nobody_up(unit):
    with unit() as uow:
        apply(uow)
        renumbered(CHANNEL, SECOND_ID, 1)(uow)
        renumbered(SECOND_ID, CHANNEL, 2)(uow)
        channel(channels.archived, 3)(uow)
        assert uow.units.by_path("교통국", "도로과").channel in (CHANNEL, SECOND_ID)
