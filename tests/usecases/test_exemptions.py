"""What people see of exemptions: only what holds now, and only what they may do."""

import pytest

from bot.domain.errors import Refused
from bot.domain.exemption import Standing
from bot.domain.results import Surface
from bot.domain.rights import Act
from bot.domain.round import close
from bot.usecases import exempt, exemptions
from tests.usecases.filed import asked, decide, file, refused, team
from tests.usecases.small_office import (
    DIRECTOR,
    HEAD,
    HQ,
    LEAD,
    MEMBER,
    NOW,
    OFFICE,
    apply,
    found,
    row,
)


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
