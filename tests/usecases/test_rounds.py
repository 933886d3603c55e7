"""Rounds: headquarters opens, steers and closes them; nobody else; and what that does to others."""

from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from typing import Any

import pytest
import sqlalchemy as sa

from bot.domain.ballot import Mode, Representative, Rule, State
from bot.domain.calendar import today
from bot.domain.errors import BotError, Refused, Several, Stale
from bot.domain.exemption import Ground, Standing
from bot.domain.org import UnitKind
from bot.domain.results import Proposed, Surface
from bot.domain.task import Content, Status, Type
from bot.usecases import covering, exempt, propose, read, rounds
from storage.tables.records import audit
from tests.usecases.small_office import (
    DIRECTOR,
    HEAD,
    HQ,
    LEAD,
    MEMBER,
    NOW,
    OFFICE,
    OTHER_LEAD,
    apply,
    found,
    row,
)

DAY = today(NOW)
OTHER_HEAD = row(8, "오과장", "과장", "교량과", department_channel="C0000002")
EVERYBODY = (*OFFICE, OTHER_HEAD)
LATER = NOW + timedelta(days=30)


def office(uow) -> int:
    """The office with the first round that its import opens; the round."""
    apply(uow, EVERYBODY)
    number: int = uow.rounds.unclosed().id
    return number


def opened(uow, who=HQ, now=NOW, **fields: Any):
    given: dict[str, Any] = {
        "name": "2026년 제2회", "starts_on": today(now), "ends_on": None, "votes_by": None,
        "grounds": frozenset(Ground),
    } | fields  # fmt: skip
    return rounds.open_round(uow, who.slack_id, Surface.MODAL, **given, now=now)


def closed(uow, number, seen=1, who=HQ, now=NOW):
    return rounds.close_round(uow, who.slack_id, Surface.MESSAGE, number, seen, now)


def panel(uow, who=HQ, now=NOW):
    return rounds.panel(uow, who.slack_id, Surface.COMMAND, now)


def proposed(uow, who=MEMBER, title="일지 폐지", now=NOW) -> int:
    content = Content(title=title, type=Type.ABOLISH, problem="매일 씁니다")
    wish = Proposed(content=content)
    return propose.propose(uow, who.slack_id, Surface.MODAL, wish, now).task


def acts(uow) -> list[str]:
    return list(uow.connection.execute(sa.select(audit.c.act).order_by(audit.c.id)).scalars())


def ballot(uow, round_, number):
    task = uow.tasks.get(number)
    person = found(uow, MEMBER)
    place = replace(task.place, team=None)
    return uow.ballots.open(
        round=round_, place=place, channel="C0000001", mode=Mode.OPEN, opened_by=person.id,
        opened_at=NOW, closes_at=LATER, recount_at=LATER, candidates=[task],
        electors=[person.id],
    )  # fmt: skip


@pytest.mark.parametrize("who", [MEMBER, LEAD, HEAD, DIRECTOR])
def test_only_headquarters_has_the_door_and_others_hear_who_does(unit, who):
    with unit() as uow:
        number = office(uow)
        for attempt in (
            lambda: panel(uow, who),
            lambda: opened(uow, who),
            lambda: closed(uow, number, who=who),
            lambda: rounds.set_votes_by(
                uow, who.slack_id, Surface.MODAL, number, 1, None, NOW
            ),
        ):  # fmt: skip
            with pytest.raises(Refused) as refused:
                attempt()
            assert "한총괄" in refused.value.params["who"]
            assert uow.audit_refusal is not None, "it is written down"


def test_a_round_is_opened_once_the_former_is_closed(unit):
    with unit() as uow:
        first = office(uow)
        with pytest.raises(BotError, match="error-round-open"):
            opened(uow)
        closed(uow, first)
        second = opened(uow, votes_by=date(2026, 7, 31), ends_on=date(2026, 9, 30))
        assert panel(uow).round == second
        assert panel(uow).last.name == "2026년 제1회"
        assert [act for act in acts(uow) if act.startswith("round")] == [
            "round_closed", "round_opened"
        ]  # fmt: skip
        closed(uow, second.id)
        with pytest.raises(BotError, match="error-round-name"):
            opened(uow)


def test_mistakes_of_the_form_are_named_at_once_and_nothing_is_opened(unit):
    with unit() as uow:
        closed(uow, office(uow))
        with pytest.raises(Several) as several:
            opened(uow, name="", starts_on=None)
        assert [error.field for error in several.value.errors] == ["name", "starts_on"]
        assert panel(uow).round is None


def test_a_round_that_is_over_is_closed_before_the_next_opens(unit):
    with unit() as uow:
        closed(uow, office(uow))
        first = opened(uow, name="짧은 회차", ends_on=DAY + timedelta(days=1))
        second = opened(uow, name="다음 회차", now=LATER)
        assert panel(uow, now=LATER).round == second
        assert panel(uow, now=LATER).last.id == first.id


def test_the_ticker_closes_what_is_over_and_nothing_else(unit):
    with unit() as uow:
        closed(uow, office(uow))
        short = opened(uow, ends_on=DAY)
        assert rounds.close_over(uow, NOW) is None
        assert rounds.close_over(uow, LATER) is not None
        assert rounds.close_over(uow, LATER) is None
        assert uow.rounds.get(short.id).ends_on == DAY, "its last day stays what it was"


def test_a_stale_screen_does_not_close(unit):
    with unit() as uow:
        number = office(uow)
        with pytest.raises(Stale):
            closed(uow, number, seen=9)
        closed(uow, number)
        with pytest.raises(Stale):
            closed(uow, number)
        with pytest.raises(BotError, match="error-round-closed"):
            closed(uow, number, seen=2)
        with pytest.raises(BotError, match="error-stale-button"):
            closed(uow, 999)


def test_what_is_proposed_between_rounds_belongs_to_the_next(unit):
    with unit() as uow:
        first = office(uow)
        before = proposed(uow, title="점검 대장")
        closed(uow, first)
        between = proposed(uow, title="운영 일지")
        assert uow.tasks.get(between).round is None
        second = opened(uow, starts_on=DAY + timedelta(days=14))
        planned = proposed(uow, title="당직 보고")
        of = {number: uow.tasks.get(number).round for number in (before, between, planned)}
        assert of == {before: first, between: second.id, planned: second.id}


def test_unfinished_tasks_carry_over_and_say_so(unit):
    with unit() as uow:
        first = office(uow)
        number, done = proposed(uow, title="점검 대장"), proposed(uow, title="운영 일지")
        task = uow.tasks.get(done)
        uow.tasks.save(task, replace(task, status=Status.DONE))
        closed(uow, first)
        opened(uow)
        assert panel(uow).carried == 1
        shown = {n: read.show(uow, MEMBER.slack_id, n, NOW) for n in (number, done)}
        assert [(s.round, s.carried) for s in shown.values()] == [
            ("2026년 제1회", True), ("2026년 제1회", False)
        ]  # fmt: skip
        assert [r.carried for r in uow.lists.of([number, done])] == ["2026년 제1회", None]


def test_closing_ends_exemptions_and_voids_ballots_but_not_tasks(unit):
    with unit() as uow:
        first = office(uow)
        team = found(uow, LEAD).main.place.team
        filed = exempt.file(
            uow, LEAD.slack_id, Surface.MODAL, NOW,
            team=team, ground=Ground.OTHER, text="민원 창구만 맡습니다", until=None,
        )  # fmt: skip
        number = proposed(uow)
        live = ballot(uow, first, number)
        assert panel(uow).live_ballots == 1
        closed(uow, first)
        ended = uow.ballots.get(live.id)
        assert (ended.state, ended.remark) == (State.VOID, "ballot-void-round")
        assert uow.exemptions.get(filed).standing is Standing.ENDED
        assert uow.tasks.get(number).status is Status.SUBMITTED


def test_coverage_names_departments_once_their_bureaus_day_has_passed(unit):
    with unit() as uow:
        closed(uow, office(uow))
        day = date(2026, 7, 31)
        number = opened(uow, votes_by=day).id
        (bureau,) = panel(uow).coverage
        assert (bureau.share.part, bureau.share.whole, bureau.missing) == (0, 2, ())
        after = datetime(2026, 8, 3, 1, 0, tzinfo=UTC)
        assert [u.name for u in panel(uow, now=after).coverage[0].missing] == ["도로과", "교량과"]
        own = date(2026, 8, 14)
        rounds.set_votes_by(uow, HQ.slack_id, Surface.MODAL, number, bureau.unit.id, own, NOW)
        assert panel(uow).votes_by == {bureau.unit.id: own}
        assert panel(uow, now=after).coverage[0].missing == ()
        rounds.set_votes_by(uow, HQ.slack_id, Surface.MODAL, number, bureau.unit.id, None, NOW)
        assert panel(uow).votes_by == {bureau.unit.id: day}


def test_the_three_ways_to_coverage_agree(unit):
    with unit() as uow:
        number = office(uow)
        task = proposed(uow)
        place = found(uow, HEAD).main.place
        uow.representatives.put(
            Representative(
                round=number, department=place.department, task=task, rule=Rule.LONE, at=NOW
            )
        )
        round_ = uow.rounds.get(number)
        (bureau,) = covering.coverage_of(uow, round_, NOW)
        assert (bureau.share.part, bureau.share.whole) == (1, 2)
        assert covering.bureau_coverage(uow, round_, place.bureau, NOW) == bureau
        for department in bureau.departments:
            alone = covering.department_coverage(uow, round_, department.unit.id, NOW)
            assert alone == department
        roads = bureau.departments[0]
        assert roads.representative == task
        assert [team.name for team in roads.missing] == ["보상팀"]
        assert covering.department_coverage(uow, round_, place.bureau, NOW) is None
        assert covering.bureau_coverage(uow, round_, place.department, NOW) is None
        shown = read.show(uow, MEMBER.slack_id, task, NOW)
        assert shown.representative
        assert uow.lists.of([task])[0].representative


@pytest.mark.parametrize(
    ("day", "key"),
    [
        (date(2026, 6, 30), "error-date-past"),
        (date(2026, 8, 1), "error-ballot-day-off"),
        (date(2026, 12, 1), "error-round-votes"),
    ],
)
def test_a_bureaus_day_is_a_working_day_of_the_round(unit, day, key):
    with unit() as uow:
        closed(uow, office(uow))
        number = opened(uow, ends_on=date(2026, 9, 30)).id
        bureau = next(u.id for u in uow.units.all() if u.kind is UnitKind.BUREAU)
        with pytest.raises(BotError, match=key) as raised:
            rounds.set_votes_by(uow, HQ.slack_id, Surface.MODAL, number, bureau, day, NOW)
        assert raised.value.field == "votes_by"


def test_only_bureaus_of_an_open_round_take_a_day(unit):
    with unit() as uow:
        number = office(uow)
        place = found(uow, HEAD).main.place
        for forged in (place.department, 999):
            with pytest.raises(BotError, match="error-stale-button"):
                rounds.set_votes_by(uow, HQ.slack_id, Surface.MODAL, number, forged, None, NOW)
        closed(uow, number)
        with pytest.raises(BotError, match="error-round-closed"):
            rounds.set_votes_by(uow, HQ.slack_id, Surface.MODAL, number, place.bureau, None, NOW)


def at_home(uow, who) -> Any:
    """What Home shows somebody of the round."""
    home = read.home(uow, who.slack_id, NOW)
    assert home is not None
    return home.round_part


def test_home_shows_each_what_concerns_them(unit):
    with unit() as uow:
        first = office(uow)
        for who in (MEMBER, HEAD, HQ, OTHER_LEAD):
            assert at_home(uow, who).panel.department.name == "도로과"
            assert at_home(uow, who).bureau is None
        assert at_home(uow, DIRECTOR).panel is None
        assert at_home(uow, DIRECTOR).bureau.share.whole == 2
        assert [b.unit.name for b in at_home(uow, HQ).bureaus] == ["교통국"]
        assert at_home(uow, MEMBER).bureaus == ()
        closed(uow, first)
        assert at_home(uow, DIRECTOR) is None, "between rounds nothing is asked of a bureau"
        assert at_home(uow, MEMBER).panel.round is None
