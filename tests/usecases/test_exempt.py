"""Exemptions: filed by who leads, decided by the director, ended by time; silence is no yes."""

from dataclasses import replace
from datetime import UTC, date, datetime, timedelta

import pytest
import sqlalchemy as sa

from bot.domain.errors import BotError, Refused, Stale
from bot.domain.exemption import Ground, Standing
from bot.domain.results import Surface
from bot.domain.rights import Act
from bot.domain.round import close
from bot.usecases import exempt, exemptions
from bot.usecases.exempt import Deciding
from storage.tables.records import audit
from tests.usecases.small_office import (
    DIRECTOR,
    HEAD,
    HQ,
    LEAD,
    MEMBER,
    NEXT_DAY,
    NOW,
    OFFICE,
    OTHER_LEAD,
    apply,
    facts,
    found,
    row,
    without,
)

DAY = date(2026, 7, 1)
MONDAY = datetime(2026, 7, 6, 0, 30, tzinfo=UTC)
"""The third working day after the Wednesday of filing, at 09:30."""
NEXT_THURSDAY = MONDAY + timedelta(days=3)
ELSEWHERE = row(9, "강국장", "국장", bureau="문화국")
SECOND_DIRECTOR = row(10, "남국장", "국장")


def team(uow, name="계획팀") -> int:
    unit = uow.units.by_path("교통국", "도로과", name)
    assert unit is not None
    return unit.id


def file(uow, who=LEAD, now=NOW, *, of="계획팀", **fields):
    given = {"ground": Ground.STATUTORY, "text": "도로법 제31조", "until": None}
    number = exempt.file(
        uow, who.slack_id, Surface.MODAL, now, team=team(uow, of), **given | fields
    )
    return uow.exemptions.get(number)


def asked(who, exemption, seen=None) -> Deciding:
    return Deciding(
        who=who.slack_id,
        surface=Surface.MESSAGE,
        exemption=exemption.id,
        seen=exemption.version if seen is None else seen,
    )


def decide(uow, exemption, *, grant=True, who=DIRECTOR, now=NOW, reason=""):
    exempt.decide(uow, asked(who, exemption), now, grant=grant, reason=reason)
    return uow.exemptions.get(exemption.id)


def told(uow, kind) -> list[str]:
    names = {f"person:{found(uow, one).id}": one.name for one in (*OFFICE, SECOND_DIRECTOR)
             if uow.people.by_slack(one.slack_id, DAY)}  # fmt: skip
    return [names[recipient] for recipient, _ in facts(uow, kind)]


def entries(uow) -> list:
    rows = uow.connection.execute(sa.select(audit).order_by(audit.c.id))
    return [entry for entry in rows if entry.act.startswith(("exempt", "refused"))]


def exempt_teams(uow, now=NOW) -> frozenset[int]:
    day = now.date()
    return frozenset(
        uow.rounds.facts(uow.rounds.unclosed() or uow.rounds.last_closed(), day).exempt
    )


def refused(act, *args, **fields) -> BotError:
    with pytest.raises(BotError) as error:
        act(*args, **fields)
    return error.value


def test_what_a_lead_files_the_director_is_asked_about_and_nothing_counts_yet(unit):
    with unit() as uow:
        apply(uow)
        filed = file(uow, until=date(2026, 9, 30))
        assert filed.standing is Standing.FILED
        assert facts(uow, "exemption_filed") == [
            (f"person:{found(uow, DIRECTOR).id}", {"exemption": filed.id})
        ]
        assert exempt_teams(uow) == frozenset()
        (entry,) = entries(uow)
        assert (entry.act, entry.actor, entry.surface) == (
            "exempt_file", found(uow, LEAD).id, "modal"
        )  # fmt: skip
        assert entry.after == {
            "exemption": filed.id, "team": team(uow), "standing": "filed",
            "round": filed.round, "ground": "statutory", "until": "2026-09-30",
        }  # fmt: skip
        assert entry.text == "도로법 제31조"


def test_a_granted_one_counts_and_the_lead_hears_of_it(unit):
    with unit() as uow:
        apply(uow)
        granted = decide(uow, file(uow))
        assert (granted.standing, granted.version) == (Standing.GRANTED, 2)
        assert exempt_teams(uow) == {team(uow)}
        assert told(uow, "exemption_decided") == [LEAD.name]
        _, entry = entries(uow)
        assert (entry.act, entry.before) == ("exempt_grant", {"standing": "filed"})
        assert entry.after == {
            "exemption": granted.id, "team": team(uow), "standing": "granted"
        }  # fmt: skip


def test_both_the_lead_and_who_filed_it_hear_and_never_who_decided(unit):
    with unit() as uow:
        apply(uow)
        decide(uow, file(uow, HEAD), grant=False, reason="줄일 일이 있음")
        assert sorted(told(uow, "exemption_decided")) == sorted([LEAD.name, HEAD.name])
        own = file(uow, DIRECTOR, of="보상팀")
        assert told(uow, "exemption_filed") == [DIRECTOR.name]
        decide(uow, own)
        assert sorted(told(uow, "exemption_decided")) == sorted(
            [LEAD.name, HEAD.name, OTHER_LEAD.name]
        )


def test_a_declined_one_needs_a_reason_and_may_be_filed_again(unit):
    with unit() as uow:
        apply(uow)
        filed = file(uow)
        assert refused(decide, uow, filed, grant=False, reason=" ").field == "reason"
        declined = decide(uow, filed, grant=False, reason="줄일 일이 있음")
        assert (declined.standing, declined.remark) == (Standing.DECLINED, "줄일 일이 있음")
        assert exempt_teams(uow) == frozenset()
        again = file(uow, text="도로법 제31조와 제50조")
        assert again.id != declined.id
        assert decide(uow, again).standing is Standing.GRANTED


def test_a_team_has_one_that_is_filed_or_granted(unit):
    with unit() as uow:
        apply(uow)
        filed = file(uow)
        assert refused(file, uow).key == "error-exemption-exists"
        decide(uow, filed)
        assert refused(file, uow).key == "error-exemption-exists"
        assert file(uow, OTHER_LEAD, of="보상팀").id != filed.id


@pytest.mark.parametrize("who", [MEMBER, OTHER_LEAD, HQ])
def test_who_does_not_lead_the_team_may_not_file_and_hears_who_may(unit, who):
    with unit() as uow:
        apply(uow)
        error = refused(file, uow, who)
        assert isinstance(error, Refused)
        assert error.params["who"].startswith("계획팀 팀장 박팀장")
        uow.audit_refusal(error)
        (entry,) = entries(uow)
        assert (entry.act, entry.text, entry.after) == (
            "refused", "exempt_file", {"unit": team(uow)}
        )  # fmt: skip
        assert facts(uow, "exemption_filed") == []


@pytest.mark.parametrize("who", [MEMBER, LEAD, HEAD, HQ, ELSEWHERE])
def test_only_the_bureaus_own_director_decides(unit, who):
    with unit() as uow:
        apply(uow, (*OFFICE, ELSEWHERE))
        filed = file(uow)
        error = refused(decide, uow, filed, who=who)
        assert isinstance(error, Refused)
        assert error.params["who"] == "교통국 국장 김국장"
        uow.audit_refusal(error)
        assert [(e.act, e.text) for e in entries(uow)][1:] == [("refused", "exempt_decide")]
        granted = decide(uow, filed)
        refusal = refused(exempt.end_early, uow, asked(who, granted), NOW, reason="사정 변경")
        assert isinstance(refusal, Refused)
        assert uow.exemptions.get(filed.id).standing is Standing.GRANTED


def test_pressing_what_is_decided_already_says_how_it_stands_and_by_whom(unit):
    with unit() as uow:
        apply(uow, (*OFFICE, SECOND_DIRECTOR))
        filed = file(uow)
        assert told(uow, "exemption_filed") == [DIRECTOR.name, SECOND_DIRECTOR.name]
        decide(uow, filed)
        late = refused(decide, uow, filed, who=SECOND_DIRECTOR, grant=False, reason="아님")
        assert late.key == "error-exemption-settled"
        assert late.params == {"standing": "exemption-granted", "who": "김국장 국장", "at": NOW}
        assert uow.exemptions.get(filed.id).standing is Standing.GRANTED


def test_a_version_nobody_could_have_seen_is_stale_and_a_forged_number_an_old_button(unit):
    with unit() as uow:
        apply(uow)
        filed = file(uow)
        stale = refused(exempt.decide, uow, asked(DIRECTOR, filed, seen=7), NOW, grant=True)
        assert isinstance(stale, Stale)
        gone = refused(exempt.decide, uow, asked(DIRECTOR, replace(filed, id=999)), NOW, grant=True)
        assert gone.key == "error-stale-button"
        department = uow.units.by_path("교통국", "도로과").id
        for forged in (department, 999):
            error = refused(
                exempt.file, uow, LEAD.slack_id, Surface.MODAL, NOW,
                team=forged, ground=Ground.OTHER, text="x", until=None,
            )  # fmt: skip
            assert error.key == "error-stale-button"


def test_a_granted_one_can_be_taken_back_with_a_reason_and_only_a_granted_one(unit):
    with unit() as uow:
        apply(uow)
        filed = file(uow)
        early = refused(exempt.end_early, uow, asked(DIRECTOR, filed), NOW, reason="사정 변경")
        assert early.key == "error-exemption-still-filed"
        granted = decide(uow, filed)
        bare = refused(exempt.end_early, uow, asked(DIRECTOR, granted), NOW, reason=" ")
        assert (bare.key, bare.field) == ("error-required-reason", "reason")
        exempt.end_early(uow, asked(DIRECTOR, granted), NOW, reason="사정 변경")
        ended = uow.exemptions.get(filed.id)
        assert (ended.standing, ended.remark) == (Standing.ENDED, "사정 변경")
        assert exempt_teams(uow) == frozenset()
        assert told(uow, "exemption_ended") == [LEAD.name]
        assert refused(decide, uow, ended).key == "error-exemption-over"


def test_without_a_round_nothing_is_filed_and_a_planned_one_takes_it(unit):
    with unit() as uow:
        apply(uow)
        first = uow.rounds.unclosed()
        uow.rounds.save(first, close(first, NOW))
        assert refused(file, uow).key == "error-exemption-no-round"
        assert exemptions.panel(uow, LEAD.slack_id, NOW).teams == ()
        planned = uow.rounds.add("2026년 제2회", date(2026, 9, 1))
        assert file(uow).round == planned.id


def test_a_round_takes_only_the_grounds_it_knows(unit):
    with unit() as uow:
        apply(uow)
        round_ = uow.rounds.unclosed()
        uow.rounds.save(round_, replace(round_, grounds=frozenset({Ground.NEW_UNIT})))
        assert refused(file, uow).field == "ground"


def test_headquarters_is_asked_to_fill_a_vacant_directors_post(unit):
    with unit() as uow:
        apply(uow, without(DIRECTOR))
        filed = file(uow)
        assert told(uow, "exemption_filed") == [HQ.name]
        load = exemptions.LOADS["exemption_filed", 1]
        shown = load(uow, found(uow, HQ), {"exemption": filed.id}, NOW)
        assert (shown.may, shown.decider) == (frozenset(), None)
        error = refused(decide, uow, filed, who=HQ)
        assert error.key == "error-refused-vacant"


def test_a_silent_director_is_asked_again_once_in_three_working_days(unit):
    with unit() as uow:
        apply(uow)
        filed = file(uow)
        assert exempt.ask_again(uow, MONDAY - timedelta(days=3)) == 0
        assert exempt.silent(uow, MONDAY) == ((filed, 1),)
        assert exempt.ask_again(uow, MONDAY) == 1
        for minutes in (5, 60 * 24, 60 * 48):
            assert exempt.ask_again(uow, MONDAY + timedelta(minutes=minutes)) == 0
        assert exempt.ask_again(uow, NEXT_THURSDAY) == 1
        assert told(uow, "exemption_filed") == [DIRECTOR.name] * 3
        assert uow.exemptions.get(filed.id).standing is Standing.FILED
        decide(uow, filed, now=NEXT_THURSDAY)
        assert exempt.ask_again(uow, NEXT_THURSDAY + timedelta(days=7)) == 0


@pytest.mark.parametrize(
    "now",
    [
        datetime(2026, 7, 5, 23, 59, tzinfo=UTC),
        datetime(2026, 7, 6, 9, 0, tzinfo=UTC),
        datetime(2026, 7, 11, 3, 0, tzinfo=UTC),
        datetime(2026, 7, 17, 3, 0, tzinfo=UTC),
    ],
    ids=["before nine", "after six", "on Saturday", "on a public holiday"],
)
def test_nobody_is_asked_again_outside_office_hours(unit, now):
    with unit() as uow:
        apply(uow)
        file(uow)
        assert exempt.silent(uow, now) == ()
        assert exempt.ask_again(uow, now) == 0


def test_silence_is_counted_from_the_day_the_director_was_asked(unit):
    saturday = datetime(2026, 7, 4, 3, 0, tzinfo=UTC)
    with unit() as uow:
        apply(uow)
        file(uow, now=saturday)
        for day in (7, 8):
            assert exempt.silent(uow, datetime(2026, 7, day, 3, 0, tzinfo=UTC)) == ()
        assert exempt.ask_again(uow, datetime(2026, 7, 9, 3, 0, tzinfo=UTC)) == 1


def test_a_director_who_came_meanwhile_is_asked_and_who_left_is_not(unit):
    with unit() as uow:
        apply(uow)
        file(uow)
        apply(uow, (*without(DIRECTOR), SECOND_DIRECTOR), NEXT_DAY)
        assert exempt.ask_again(uow, MONDAY) == 1
        assert told(uow, "exemption_filed")[1:] == [SECOND_DIRECTOR.name]


def test_it_ends_when_its_last_day_has_passed_and_the_team_is_told(unit):
    with unit() as uow:
        apply(uow)
        granted = decide(uow, file(uow, until=DAY))
        waiting = file(uow, OTHER_LEAD, of="보상팀", until=DAY + timedelta(days=1))
        evening = datetime(2026, 7, 1, 14, 59, tzinfo=UTC)
        assert (exempt.expired(uow, evening), exempt.run_out(uow, evening)) == ((), 0)
        midnight = evening + timedelta(minutes=1)
        assert [one.id for one in exempt.expired(uow, midnight)] == [granted.id]
        assert exempt.run_out(uow, midnight) == 1
        assert exempt.run_out(uow, midnight) == 0
        assert uow.exemptions.get(granted.id).standing is Standing.ENDED
        assert told(uow, "exemption_ended") == [LEAD.name]
        assert exempt_teams(uow, midnight) == frozenset()
        assert uow.exemptions.get(waiting.id).standing is Standing.FILED
        assert exempt.run_out(uow, midnight + timedelta(days=1)) == 1
        assert told(uow, "exemption_ended") == [LEAD.name, OTHER_LEAD.name]
        last = entries(uow)[-1]
        assert (last.act, last.actor, last.surface) == ("exempt_end", None, "tick")


@pytest.mark.parametrize("ends", ["closed", "over"])
def test_it_ends_with_its_round(unit, ends):
    with unit() as uow:
        apply(uow)
        granted, round_ = decide(uow, file(uow)), uow.rounds.unclosed()
        if ends == "closed":
            uow.rounds.save(round_, close(round_, NOW))
            assert exempt.run_out(uow, NOW) == 1
        else:
            uow.rounds.save(round_, replace(round_, ends_on=DAY))
            assert exempt.run_out(uow, NOW) == 0
            assert exempt.run_out(uow, NEXT_DAY) == 1
        assert uow.exemptions.get(granted.id).standing is Standing.ENDED
        assert told(uow, "exemption_ended") == [LEAD.name]


def test_facts_leave_in_office_hours(unit):
    night = datetime(2026, 7, 1, 13, 0, tzinfo=UTC)
    with unit() as uow:
        apply(uow)
        file(uow, now=night)
        (due,) = uow.connection.exec_driver_sql(
            "SELECT not_before FROM outbox WHERE kind = 'exemption_filed'"
        )
        assert "2026-07-02" in str(due.not_before)
        assert "00:00" in str(due.not_before)


def load(uow, kind, who, exemption):
    return exemptions.LOADS[f"exemption_{kind}", 1](
        uow, found(uow, who), {"exemption": exemption.id}, NOW
    )


def test_what_is_told_holds_at_the_moment_of_telling(unit):
    with unit() as uow:
        apply(uow)
        filed = file(uow)
        assert load(uow, "filed", DIRECTOR, filed).may == {Act.EXEMPT_DECIDE}
        assert load(uow, "filed", HQ, filed) is None
        assert load(uow, "decided", LEAD, filed) is None
        decide(uow, filed)
        assert load(uow, "filed", DIRECTOR, filed) is None
        shown = load(uow, "decided", LEAD, filed)
        assert (shown.team, shown.department, shown.bureau) == ("계획팀", "도로과", "교통국")
        assert (shown.filed_by, shown.decided_by) == ("박팀장 팀장", "김국장 국장")
        assert load(uow, "decided", MEMBER, filed) is None
        assert load(uow, "ended", LEAD, filed) is None
        exempt.end_early(uow, asked(DIRECTOR, uow.exemptions.get(filed.id)), NOW, reason="변경")
        assert load(uow, "decided", LEAD, filed) is None
        assert load(uow, "ended", LEAD, filed).may == {Act.EXEMPT_FILE}


def test_the_panel_offers_a_lead_their_team_a_head_the_department_and_a_director_the_bureau(unit):
    with unit() as uow:
        apply(uow)
        offered = {
            who: [team.name for team in exemptions.panel(uow, who.slack_id, NOW).teams]
            for who in (MEMBER, LEAD, HEAD, DIRECTOR, HQ)
        }
        both = ["계획팀", "보상팀"]
        assert offered == {MEMBER: [], LEAD: both[:1], HEAD: both, DIRECTOR: both, HQ: []}


def test_the_panel_shows_what_is_to_be_decided_and_the_own_teams_with_what_one_may_do(unit):
    with unit() as uow:
        apply(uow)
        filed = file(uow)
        director = exemptions.panel(uow, DIRECTOR.slack_id, NOW)
        assert [one.exemption.id for one in director.to_decide] == [filed.id]
        assert director.own == ()
        assert [team.name for team in director.teams] == ["보상팀"]
        (own,) = exemptions.panel(uow, LEAD.slack_id, NOW).own
        assert (own.exemption.standing, own.may) == (Standing.FILED, frozenset())
        decide(uow, filed, grant=False, reason="줄일 일이 있음")
        (own,) = exemptions.panel(uow, LEAD.slack_id, NOW).own
        assert own.may == {Act.EXEMPT_FILE}
        (seen,) = exemptions.panel(uow, MEMBER.slack_id, NOW).own
        assert seen.may == frozenset()


def test_the_panel_has_ten_rows_at_most_those_to_decide_first(unit):
    names = [f"{number}팀" for number in range(12)]
    leads = [row(20 + n, f"장{n}", "팀장", f"도로과/{name}") for n, name in enumerate(names)]
    with unit() as uow:
        apply(uow, (*OFFICE, *leads))
        first = [file(uow, HEAD, of=name) for name in names]
        panel = exemptions.panel(uow, DIRECTOR.slack_id, NOW)
        assert [one.exemption.id for one in panel.to_decide] == [one.id for one in first[:10]]
        assert (panel.own, panel.more) == ((), True)
        for one in first[:8]:
            decide(uow, one)
        panel = exemptions.panel(uow, DIRECTOR.slack_id, NOW)
        assert (len(panel.to_decide), len(panel.own), panel.more) == (4, 6, True)


def test_the_form_names_the_teams_with_their_departments_and_is_refused_as_filing_is(unit):
    with unit() as uow:
        apply(uow)
        form = exemptions.ready(uow, HEAD.slack_id, Surface.HOME, team(uow), NOW)
        assert list(form.teams.values()) == ["도로과 계획팀", "도로과 보상팀"]
        with pytest.raises(Refused):
            exemptions.ready(uow, MEMBER.slack_id, Surface.HOME, team(uow), NOW)
        file(uow)
        error = refused(exemptions.ready, uow, HEAD.slack_id, Surface.HOME, team(uow), NOW)
        assert error.key == "error-exemption-exists"
        uow.rounds.save(r := uow.rounds.unclosed(), close(r, NOW))
        error = refused(exemptions.ready, uow, HEAD.slack_id, Surface.HOME, team(uow), NOW)
        assert error.key == "error-exemption-no-round"
