"""What is asked about completed tasks, of whom, and what follows from each answer."""

from dataclasses import replace
from datetime import UTC, date, datetime, timedelta

import pytest
import sqlalchemy as sa

from bot.domain.checks import Check, Due
from bot.domain.errors import BotError, Refused, Stale
from bot.domain.facts import Fact
from bot.domain.org import Place
from bot.domain.results import Surface
from bot.domain.rights import Act
from bot.domain.task import Content, Effect, Saving, Status, Type
from bot.i18n.texts import Catalogue
from bot.usecases import asking, decide, people, read, saved, update
from bot.usecases.acting import Ask
from bot.usecases.tell import telling
from bot.usecases.telling import NotYet
from bot.views import checks
from storage.tables.records import audit
from tests.usecases.small_office import (
    HEAD,
    HQ,
    LEAD,
    MEMBER,
    OTHER_LEAD,
    apply,
    facts,
    found,
    own_task,
)
from tests.usecases.test_tell import due as leased

DONE_ON = date(2026, 7, 1)
QUARTER, HALF, YEAR = date(2026, 10, 1), date(2027, 1, 4), date(2027, 7, 1)
"""The working days on which each is asked; 1 January is a holiday and a Friday."""
EFFECT = Effect(per_year=12, minutes=60, people=10, budget=5000)
CATALOGUE = Catalogue.load()


def at(day, hour=9, minute=0):
    """That hour of a day at the office."""
    return datetime(day.year, day.month, day.day, hour, minute, tzinfo=UTC) - timedelta(hours=9)


def ask(who, number, seen=None):
    return Ask(who=who.slack_id, surface=Surface.MESSAGE, task=number, seen=seen)


def done(uow, owner=MEMBER, place_of=LEAD, day=DONE_ON, reported=None, **content):
    """A task that was completed on a day; its number."""
    plain = Content(title="일지 폐지", type=Type.ABOLISH, problem="매일", effect=EFFECT)
    fields = {"status": Status.IN_PROGRESS, "content": replace(plain, **content)}
    number = own_task(uow, owner, place_of, **fields)
    uow.search.index(uow.tasks.get(number))
    update.complete(
        uow, ask(HEAD, number), at(day, 14), evidence="공지", reported=reported or Saving()
    )
    return number


def asked(uow):
    """Who was put a message, in order, by Slack id."""
    ids = {f"person:{found(uow, row).id}": row for row in (HEAD, LEAD, MEMBER, OTHER_LEAD)}
    return [ids[recipient].name for recipient, _ in facts(uow, saved.MESSAGE)]


def waits(uow, who, day):
    return [(one.task, one.check) for one in asking.panel(uow, who.slack_id, at(day)).rows]


def acts(uow):
    return list(uow.connection.execute(sa.select(audit.c.act).order_by(audit.c.id)).scalars())


def test_the_owner_is_asked_a_quarter_on_and_the_lead_after_half_a_year_and_a_year(unit):
    with unit() as uow:
        apply(uow)
        done(uow)
        put: dict[date, list[str]] = {}
        for n in range(400):
            day = DONE_ON + timedelta(days=n)
            before = len(asked(uow))
            asking.ask_due(uow, at(day))
            assert asking.ask_due(uow, at(day, 10)) == 0
            put |= {day: new} if (new := asked(uow)[before:]) else {}
        assert put == {QUARTER: [MEMBER.name], HALF: [LEAD.name], YEAR: [LEAD.name]}


@pytest.mark.parametrize("moment", [at(QUARTER, 8, 59), at(QUARTER, 18), at(date(2026, 10, 3), 10)])
def test_nobody_is_asked_or_told_outside_office_hours(unit, moment):
    with unit() as uow:
        apply(uow)
        done(uow)
        assert asking.ask_due(uow, moment) == 0
        asking.ask_due(uow, at(QUARTER))
        with pytest.raises(NotYet):
            telling(uow, message(uow, MEMBER), moment)


def message(uow, who):
    person = found(uow, who).id
    fact = Fact(kind=saved.MESSAGE, recipient=f"person:{person}", dedupe_key="k", payload={})
    return leased(fact)


def test_all_of_a_day_is_one_message_and_what_comes_later_that_day_waits(unit):
    with unit() as uow:
        apply(uow, now=at(date(2026, 3, 2)))
        numbers = [done(uow) for _ in range(12)]
        stays = done(uow, place_of=LEAD, day=date(2026, 4, 1))
        late = done(uow)
        moved = [Due(task=late, check=Check.SAVED, owner=None, place=Place())]
        uow.savings.move(moved, QUARTER + timedelta(days=1))
        asking.ask_due(uow, at(QUARTER))
        assert asked(uow) == [MEMBER.name, LEAD.name]
        uow.savings.move(moved, QUARTER)
        assert asking.ask_due(uow, at(QUARTER, 11)) == 0
        assert asking.ask_due(uow, at(QUARTER, 12)) == 0
        told = telling(uow, message(uow, MEMBER), at(QUARTER, 12))
        assert told is not None
        assert (told.data.count, len(told.data.rows), told.data.more) == (13, asking.ROWS, True)
        korean, english = (
            str(checks.asked(CATALOGUE.of(code), told.data)) for code in ("ko", "en")
        )
        assert "13건" in korean
        assert "There are 13 tasks" in english
        assert asking.ask_due(uow, at(date(2026, 10, 2))) == 1
        assert waits(uow, MEMBER, date(2026, 10, 2))[0] == (late, Check.SAVED)
        assert (stays, Check.STAYS_6) in waits(uow, LEAD, QUARTER)
        second = asking.panel(uow, MEMBER.slack_id, at(date(2026, 10, 2)), page=2)
        assert (len(second.rows), second.page, second.more) == (4, 2, False)
        assert {row.task for row in second.rows} < set(numbers) | {late, stays}


def test_as_planned_is_one_tap_and_counts_apart_from_what_was_expected_and_reported(unit):
    with unit() as uow:
        apply(uow)
        number = done(uow, reported=Saving(hours=100))
        asking.ask_due(uow, at(QUARTER))
        (row,) = asking.asks_of(uow, found(uow, MEMBER), at(QUARTER)).rows
        assert (row.expected.hours, row.reported.hours) == (120, 100)
        assert row.planned == Saving(hours=100, budget=5000)
        saved.as_planned(uow, ask(MEMBER, number, row.version), at(QUARTER, 10))
        task = uow.tasks.get(number)
        assert task.content.effect.hours == 120
        assert task.reported == Saving(hours=100)
        assert task.verified == Saving(hours=100, budget=5000)
        (listed,) = uow.lists.of([number])
        assert (listed.hours, listed.reported, listed.verified) == (120, 100, 100)
        assert waits(uow, MEMBER, QUARTER) == []
        with pytest.raises(BotError, match="answered"):
            saved.as_planned(uow, ask(MEMBER, number, task.version), at(QUARTER, 11))


def test_what_was_really_saved_can_be_entered_and_mended_once_a_quarter_has_passed(unit):
    with unit() as uow:
        apply(uow)
        number = done(uow, effect=Effect())
        early = at(date(2026, 9, 30), 17)
        assert Act.VERIFY not in read.show(uow, MEMBER.slack_id, number, early).may
        for act in (
            lambda: read.ready(uow, ask(MEMBER, number), Act.VERIFY, early),
            lambda: saved.verify(uow, ask(MEMBER, number), early, saving=Saving(hours=3)),
        ):
            with pytest.raises(BotError, match="early"):
                act()
        asking.ask_due(uow, at(QUARTER))
        with pytest.raises(BotError, match="nothing"):
            saved.as_planned(uow, ask(MEMBER, number), at(QUARTER))
        assert Act.VERIFY in read.show(uow, MEMBER.slack_id, number, at(QUARTER)).may
        saved.verify(uow, ask(MEMBER, number), at(QUARTER), saving=Saving(hours=3))
        saved.verify(uow, ask(LEAD, number), at(QUARTER, 11), saving=Saving(hours=4, budget=0))
        assert uow.tasks.get(number).verified == Saving(hours=4, budget=0)
        assert waits(uow, MEMBER, QUARTER) == []
        assert [fact.act for fact in uow.news.untold(found(uow, MEMBER).id, at(HALF))] == [
            "complete"
        ], "a figure is no decision"


def test_not_come_back_is_one_tap_that_leaves_the_task_as_it_is(unit):
    with unit() as uow:
        apply(uow)
        number = done(uow)
        version = uow.tasks.get(number).version
        for day in (QUARTER, HALF):
            asking.ask_due(uow, at(day))
        assert waits(uow, LEAD, HALF) == [(number, Check.STAYS_6)]
        assert saved.gone(uow, ask(LEAD, number, version), at(HALF, 10)) == number
        assert waits(uow, LEAD, HALF) == []
        assert uow.tasks.get(number).version == version
        assert acts(uow)[-1] == "stays_gone"
        with pytest.raises(BotError, match="answered"):
            saved.gone(uow, ask(LEAD, number, version), at(HALF, 11))
        assert asking.ask_due(uow, at(YEAR)) == 1


def test_work_that_came_back_is_taken_up_again_with_its_history_and_saves_nothing(unit):
    with unit() as uow:
        apply(uow)
        number = done(uow, reported=Saving(hours=100))
        asking.ask_due(uow, at(QUARTER))
        saved.as_planned(uow, ask(MEMBER, number), at(QUARTER, 10))
        asking.ask_due(uow, at(HALF))
        saved.came_back(uow, ask(LEAD, number), at(HALF, 10), reason="새 서식으로 다시 씁니다.")
        task = uow.tasks.get(number)
        assert (task.status, task.verified, task.reported) == (
            Status.IN_PROGRESS, Saving(), Saving(),
        )  # fmt: skip
        line = read.show(uow, LEAD.slack_id, number, at(HALF, 10)).history[0].entry
        assert (line.act, line.text) == ("came_back", "새 서식으로 다시 씁니다.")
        assert waits(uow, LEAD, HALF) == []
        with pytest.raises(BotError, match="over"):
            saved.gone(uow, ask(LEAD, number), at(HALF, 11))
        assert asking.ask_due(uow, at(YEAR)) == 0
        update.complete(uow, ask(HEAD, number), at(YEAR, 10), evidence="다시", reported=Saving())
        assert uow.savings.open_of(number) == dict.fromkeys(Check)
        assert asking.ask_due(uow, at(YEAR, 11)) == 0


def test_reopening_takes_the_questions_away(unit):
    with unit() as uow:
        apply(uow)
        number = done(uow)
        asking.ask_due(uow, at(QUARTER))
        decide.reopen(uow, ask(HEAD, number), at(QUARTER, 10), reason="아직 씁니다.")
        assert waits(uow, MEMBER, QUARTER) == []
        assert telling(uow, message(uow, MEMBER), at(QUARTER, 11)) is None


def test_members_of_other_teams_may_neither_verify_nor_say_whether_it_came_back(unit):
    with unit() as uow:
        apply(uow)
        number = done(uow)
        asking.ask_due(uow, at(QUARTER))
        with pytest.raises(Refused):
            saved.as_planned(uow, ask(OTHER_LEAD, number), at(QUARTER))
        asking.ask_due(uow, at(HALF))
        for who in (MEMBER, OTHER_LEAD, HQ):
            with pytest.raises(Refused):
                saved.gone(uow, ask(who, number), at(HALF))
            with pytest.raises(Refused):
                saved.came_back(uow, ask(who, number), at(HALF), reason="다시")
        with pytest.raises(Stale):
            saved.as_planned(uow, ask(MEMBER, number, 1), at(HALF))


def test_the_lead_answers_for_an_owner_who_left_before_or_after_being_asked(unit):
    with unit() as uow:
        apply(uow)
        first = done(uow)
        second = done(uow, day=date(2026, 7, 2))
        asking.ask_due(uow, at(QUARTER))
        assert waits(uow, LEAD, QUARTER) == []
        people.follow_user_change(
            uow, MEMBER.slack_id, deleted=True, email=None, locale=None, now=at(QUARTER, 12)
        )
        asking.ask_due(uow, at(QUARTER, 13))
        assert waits(uow, LEAD, QUARTER) == [(first, Check.SAVED)]
        asking.ask_due(uow, at(date(2026, 10, 2)))
        assert asked(uow)[-1] == LEAD.name
        assert (second, Check.SAVED) in waits(uow, LEAD, date(2026, 10, 2))
        assert telling(uow, message(uow, MEMBER), at(date(2026, 10, 2))) is None


def test_where_there_is_no_lead_the_head_is_asked_and_a_new_lead_finds_it_in_home(unit):
    with unit() as uow:
        apply(uow)
        number = done(uow)
        uow.posts.set(found(uow, LEAD).id, (), DONE_ON)
        asking.ask_due(uow, at(QUARTER))
        asking.ask_due(uow, at(HALF))
        assert asked(uow) == [MEMBER.name, HEAD.name]
        apply(uow, now=at(HALF, 11))
        for who in (HEAD, LEAD):
            assert waits(uow, who, HALF) == [(number, Check.STAYS_6)]
            home = read.home(uow, who.slack_id, at(HALF, 12))
            assert home is not None
            assert home.checks == 1


def test_a_unit_without_anybody_is_looked_at_again_the_next_working_day(unit):
    with unit() as uow:
        apply(uow)
        done(uow)
        posts = {row: found(uow, row) for row in (MEMBER, LEAD, HEAD)}
        director = uow.people.by_slack("U0000002", DONE_ON)
        for person in (*posts.values(), director):
            uow.posts.set(person.id, (), DONE_ON)
        assert asking.ask_due(uow, at(QUARTER)) == 0
        apply(uow, now=at(date(2026, 10, 2)))
        assert asking.ask_due(uow, at(QUARTER, 12)) == 0
        assert asking.ask_due(uow, at(date(2026, 10, 2))) == 1
