"""Exemptions: filed by who leads, decided by the director, ended by time; silence is no yes."""

from dataclasses import replace
from datetime import date

import pytest

from bot.domain.errors import Refused, Stale
from bot.domain.exemption import Ground, Standing
from bot.domain.results import Surface
from bot.domain.round import close
from bot.usecases import exempt, exemptions
from tests.usecases.filed import (
    SECOND_DIRECTOR,
    asked,
    decide,
    entries,
    exempt_teams,
    file,
    refused,
    team,
    told,
)
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
    facts,
    found,
    row,
    without,
)

ELSEWHERE = row(9, "강국장", "국장", bureau="문화국")


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
