"""Exemptions on screen: within what Slack takes, and only buttons that would work."""

import json
from dataclasses import replace
from datetime import UTC, date, datetime
from typing import Any

import pytest

from bot.domain.ballot_screens import ExemptionPanel, ExemptionShown, Filing
from bot.domain.exemption import Exemption, Ground, Standing
from bot.domain.org import Official, Unit, UnitKind
from bot.domain.rights import Act
from bot.domain.round import Round
from bot.i18n.texts import LANGUAGES
from bot.views import exempt
from bot.views.kit import plain, with_banner
from tests.domain import make
from tests.views import made

languages = pytest.mark.parametrize("language", LANGUAGES)
ROUND = Round(id=1, name="2026년 제1회", starts_on=made.DAY)
DECIDE, FILE = frozenset({Act.EXEMPT_DECIDE}), frozenset({Act.EXEMPT_FILE})
GRANT = ["exempt.grant", "exempt.decline"]


def shown(standing=Standing.FILED, may=DECIDE, number=1, **fields) -> ExemptionShown:
    """The fullest exemption there can be."""
    at = datetime(2026, 7, 1, 1, 0, tzinfo=UTC)
    is_decided = standing in (Standing.GRANTED, Standing.DECLINED)
    exemption = Exemption(
        id=number, version=3, round=1, place=make.TEAM, ground=Ground.STATUTORY,
        text=made.LONG_TEXT, until=date(2026, 9, 30), standing=standing, filed_by=1, filed_at=at,
        decided_by=6 if is_decided else None, decided_at=at if is_decided else None,
        remark=made.LONG_TEXT if standing is not Standing.FILED else "",
        ended_at=at if standing is Standing.ENDED else None,
    )  # fmt: skip
    return ExemptionShown(
        exemption=replace(exemption, **fields), team="도로시설안전관리팀",
        department="지역건설교통정책과", bureau="건설교통국", round=ROUND.name, filed_by=made.NAME,
        decided_by=made.NAME if is_decided else None, may=may,
        decider=Official(name="김국장", title="국장", unit="건설교통국"), today=made.DAY,
    )  # fmt: skip


def unit(number=9) -> Unit:
    return Unit(id=number, kind=UnitKind.TEAM, name="계획팀", parent=2)


def panel(**fields: Any) -> ExemptionPanel:
    given: dict[str, Any] = {"round": ROUND, "teams": (), "today": made.DAY}
    return ExemptionPanel(**given | fields)


def filing(teams=1, grounds=frozenset(Ground)) -> Filing:
    names = {number: f"지역건설교통정책과 {number}팀" for number in range(1, teams + 1)}
    round_ = replace(ROUND, grounds=grounds)
    return Filing(round=round_, teams=names, team=teams, today=made.DAY)


@languages
def test_the_fullest_panel_is_within_the_limits_and_calls_nobody(language):
    t = made.texts(language)
    found = panel(
        teams=(unit(),), more=True, to_decide=tuple(shown(number=n) for n in range(5)),
        own=tuple(shown(Standing.GRANTED, number=n) for n in range(5, 10)),
    )  # fmt: skip
    view = made.accepted(exempt.panel(t, found, banner=t("exempt-done-grant")))
    assert made.called(view["blocks"]) == []
    assert t("exempt-more") in plain(view["blocks"])


@languages
def test_an_empty_panel_says_why(language):
    t = made.texts(language)
    between = made.accepted(exempt.panel(t, panel(round=None)))
    assert t("error-exemption-no-round") in plain(between["blocks"])
    nobody = made.accepted(exempt.panel(t, panel()))
    assert t("exempt-none") in plain(nobody["blocks"])
    assert made.action_ids(nobody) == []


@pytest.mark.parametrize(
    ("standing", "may", "drawn"),
    [
        (Standing.FILED, DECIDE, GRANT),
        (Standing.FILED, frozenset(), []),
        (Standing.GRANTED, DECIDE, ["exempt.end"]),
        (Standing.GRANTED, frozenset(), []),
        (Standing.DECLINED, FILE, ["exempt.file"]),
        (Standing.DECLINED, frozenset(), []),
        (Standing.ENDED, FILE, ["exempt.file"]),
    ],
)
def test_only_buttons_that_would_work_are_drawn(standing, may, drawn):
    t = made.texts("ko")
    assert made.action_ids(exempt.panel(t, panel(own=(shown(standing, may),)))) == drawn


def test_a_team_whose_exemption_was_declined_has_one_button_to_file_again():
    t, own = made.texts("ko"), (shown(Standing.DECLINED, FILE),)
    alone = exempt.panel(t, panel(own=own, teams=(unit(make.TEAM.team),)))
    assert made.action_ids(alone) == ["exempt.file"]
    several = exempt.panel(t, panel(own=own, teams=(unit(make.TEAM.team), unit(9))))
    *_, last = several["blocks"]
    assert [button["value"] for button in last["elements"]] == ["9"]


def test_buttons_carry_what_was_seen_and_are_read_with_the_team():
    (row,) = exempt.controls(made.texts("ko"), shown())
    assert [button["value"] for button in row["elements"]] == ["1:3", "1:3"]
    assert "도로시설안전관리팀" in row["elements"][0]["accessibility_label"]
    (row,) = exempt.controls(made.texts("ko"), shown(Standing.DECLINED, FILE))
    assert row["elements"][0]["value"] == str(make.TEAM.team)


@languages
@pytest.mark.parametrize("standing", list(Standing))
def test_a_line_says_the_ground_how_it_stands_how_long_and_who(language, standing):
    t = made.texts(language)
    line = exempt.line(t, shown(standing))
    for part in ("도로시설안전관리팀", t("ground-statutory"), t.term("exemption", standing)):
        assert part in line
    assert t("exempt-until", until=date(2026, 9, 30)) in line
    without = exempt.line(t, shown(standing, until=None))
    assert t("exempt-round", round=ROUND.name) in without
    assert len(line) < 3000


def test_who_cannot_decide_reads_who_does():
    t = made.texts("ko")
    assert "결정할 분 건설교통국 국장 김국장" in exempt.line(t, shown(may=frozenset()))
    assert "결정할 분" not in exempt.line(t, shown())
    assert "결정할 분" not in exempt.line(t, shown(Standing.GRANTED, frozenset()))


@languages
@pytest.mark.parametrize("teams", [1, 2, 130])
def test_the_form_to_file_one_is_within_the_limits_and_knows_its_team(language, teams):
    view = made.accepted(exempt.filing_form(made.texts(language), filing(teams)))
    assert json.loads(view["private_metadata"]) == {"team": teams}
    menus = [b["element"] for b in view["blocks"] if b.get("block_id") == "team"]
    assert len(menus) == (teams > 1)
    for menu in menus:
        assert menu["initial_option"]["value"] == str(teams)


def test_the_form_offers_the_grounds_of_the_round_alone():
    form = filing(grounds=frozenset({Ground.OTHER, Ground.STATUTORY}))
    view = made.accepted(exempt.filing_form(made.texts("ko"), form))
    (radio,) = [b["element"] for b in view["blocks"] if b.get("block_id") == "ground"]
    assert [option["value"] for option in radio["options"]] == ["statutory", "other"]
    assert json.loads(view["private_metadata"]) == {"team": 1}


@languages
@pytest.mark.parametrize(
    ("form", "standing"),
    [(exempt.decline_form, Standing.FILED), (exempt.end_form, Standing.GRANTED)],
)
def test_a_form_for_a_reason_is_within_the_limits_with_a_banner_too(language, form, standing):
    t = made.texts(language)
    view = made.accepted(form(t, shown(standing)))
    assert json.loads(view["private_metadata"]) == {"exemption": 1, "seen": 3}
    made.accepted(with_banner(view, t("error-stale-exemption")))


@languages
def test_the_director_decides_from_the_message(language):
    t = made.texts(language)
    message = made.accepted_message(exempt.filed(t, shown()))
    assert made.action_ids(message) == GRANT
    assert made.called(message["blocks"]) == []
    assert "도로시설안전관리팀" in message["text"]


@languages
def test_headquarters_is_told_that_nobody_can_decide(language):
    t = made.texts(language)
    message = made.accepted_message(exempt.filed(t, shown(may=frozenset())))
    assert made.action_ids(message) == []
    assert t("notice-exemption-vacant") in plain(message["blocks"])


@languages
@pytest.mark.parametrize("standing", [Standing.GRANTED, Standing.DECLINED, Standing.ENDED])
def test_the_team_is_told_how_it_stands_and_where_to_see_it(language, standing):
    t = made.texts(language)
    word = exempt.ended if standing is Standing.ENDED else exempt.decided
    message = made.accepted_message(word(t, shown(standing, frozenset())))
    assert made.action_ids(message) == ["exempt.panel"]
    assert t.term("exemption", standing) in plain(message["blocks"])
    assert made.called(message["blocks"]) == []


@languages
@pytest.mark.parametrize(
    ("may", "then"), [(FILE, "take-part"), (frozenset(), "next-round")], ids=["runs", "over"]
)
def test_the_team_is_asked_for_a_task_only_while_the_round_goes_on(language, may, then):
    t = made.texts(language)
    message = exempt.ended(t, shown(Standing.ENDED, may))
    assert t(f"notice-exemption-{then}") in plain(message["blocks"])
