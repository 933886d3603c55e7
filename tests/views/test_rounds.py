"""Headquarters' panel and its forms: within Slack's limits, ten rows a page, named once due."""

from datetime import date
from typing import Any

import pytest

from bot.domain.ballot_screens import RoundPanel
from bot.domain.coverage import BureauCoverage, DepartmentCoverage, Share
from bot.domain.exemption import Ground
from bot.domain.org import Unit, UnitKind
from bot.domain.round import NAME_MAX, Round
from bot.i18n.texts import LANGUAGES
from bot.views import card, line, rounds, task
from bot.views.kit import plain
from tests.domain import make
from tests.views import made

languages = pytest.mark.parametrize("language", LANGUAGES)
LONG = "지역건설교통정책과<!channel>"


def unit(id: int, kind: UnitKind, name: str = LONG) -> Unit:
    return Unit(id=id, kind=kind, name=f"{name}{id}")


def department(id: int, left: int = 3, **fields: Any) -> DepartmentCoverage:
    missing = tuple(unit(id * 100 + n, UnitKind.TEAM) for n in range(left))
    given: dict[str, Any] = {
        "unit": unit(id, UnitKind.DEPARTMENT), "representative": None, "exempt": False,
        "teams": Share(part=0, whole=left), "missing": missing,
    }  # fmt: skip
    return DepartmentCoverage(**given | fields)


def bureau(id: int, departments: int = 2, **fields: Any) -> BureauCoverage:
    given: dict[str, Any] = {
        "unit": unit(id, UnitKind.BUREAU),
        "departments": tuple(department(id * 100 + n) for n in range(departments)),
    }
    return BureauCoverage(**given | fields)


def a_round(**fields: Any) -> Round:
    given: dict[str, Any] = {
        "id": 7, "version": 3, "name": "2026년 제1회", "starts_on": date(2026, 6, 1),
        "ends_on": date(2026, 9, 30), "votes_by": date(2026, 8, 31),
    }  # fmt: skip
    return Round(**given | fields)


def panel(**fields: Any) -> RoundPanel:
    given: dict[str, Any] = {"round": a_round(), "today": made.DAY}
    return RoundPanel(**given | fields)


def drawn(found: RoundPanel, language: str = "ko", **more: Any) -> dict[str, Any]:
    return made.accepted_message(rounds.panel(made.texts(language), found, **more))


def rows(message: dict[str, Any]) -> int:
    return made.action_ids(message).count("admin.bureau")


@languages
def test_the_fullest_panel_is_within_the_limits_and_calls_nobody(language):
    full = panel(
        round=a_round(name="<!channel>" * 6),
        coverage=tuple(bureau(n, departments=40) for n in range(1, 20)),
        votes_by=dict.fromkeys(range(1, 20), made.DAY),
        live_ballots=203,
        carried=12345,
    )
    for page, count in ((1, 10), (2, 9), (99, 9)):
        message = drawn(full, language, page=page, banner="<!here> 열었습니다.")
        assert rows(message) == count
        assert made.called(message["blocks"]) == []


@languages
def test_without_a_round_one_can_be_opened_and_the_last_is_named(language):
    closed = a_round(name="2025년 제2회")
    message = drawn(panel(round=None, last=closed), language)
    assert made.action_ids(message) == ["admin.round"]
    assert "2025년 제2회" in plain(message["blocks"])
    assert made.action_ids(drawn(panel(round=None), language)) == ["admin.round"]


@languages
def test_a_planned_round_can_be_closed_but_has_no_ballots_to_open(language):
    planned = a_round(starts_on=date(2026, 8, 1), ends_on=None, votes_by=None)
    assert made.action_ids(drawn(panel(round=planned), language)) == ["admin.close_round"]
    running = drawn(panel(), language)
    assert made.action_ids(running) == ["ballot.open_all", "admin.close_round"]
    over = a_round(ends_on=date(2026, 6, 20), votes_by=None)
    shown = made.action_ids(drawn(panel(round=over), language))
    assert shown == ["admin.round", "admin.close_round"]


def test_closing_asks_first_and_says_how_many_ballots_it_ends():
    message = drawn(panel(live_ballots=3))
    (button,) = [
        element
        for block in message["blocks"] if block["type"] == "actions"
        for element in block["elements"] if element["action_id"] == "admin.close_round"
    ]  # fmt: skip
    assert button["value"] == "7:3"
    assert "3건은 무효" in button["confirm"]["text"]["text"]


@languages
@pytest.mark.parametrize("count", [0, 1, 2, 1234])
def test_every_number_is_worded(language, count):
    blocks = drawn(panel(live_ballots=count, carried=count), language)["blocks"]
    small = plain([block for block in blocks if block["type"] == "context"])
    assert small.count(str(count)[-3:]) == (2 if count else 0)


def test_coverage_is_a_line_of_text_and_departments_are_named_only_once_due():
    done = department(1, representative=12)
    left = department(2)
    before = bureau(5, departments=0)
    due = bureau(6, departments=0)
    full = panel(
        coverage=(
            BureauCoverage(unit=before.unit, departments=(done, left), votes_over=False),
            BureauCoverage(unit=due.unit, departments=(done, left), votes_over=True),
        )
    )
    sections = [plain([b]) for b in drawn(full)["blocks"] if b.get("accessory")]
    assert "50%(과 2개 중 1개)" in sections[0]
    assert "대표 과제 없음" not in sections[0]
    assert f"대표 과제 없음: {LONG}2" in sections[1]


def test_a_bureaus_own_voting_day_is_said_beside_it():
    full = panel(coverage=(bureau(1), bureau(2)), votes_by={1: date(2026, 8, 31), 2: made.DAY})
    usual, own = (plain([b]) for b in drawn(full)["blocks"] if b.get("accessory"))
    assert "마감일" not in usual
    assert "투표 마감일" in own


@languages
def test_a_bureaus_screen_is_within_the_limits_and_pages_by_ten(language):
    row = bureau(1, departments=25)
    full = panel(coverage=(row,), votes_by={1: made.DAY})
    t = made.texts(language)
    for page, count in ((1, 10), (3, 5), (9, 5)):
        view = made.accepted(rounds.bureau(t, full, row, page=page))
        assert sum(LONG in plain([b]) for b in view["blocks"][3:]) == count
        assert made.called(view["blocks"]) == []
    shown = made.action_ids(rounds.bureau(t, full, row, page=2))
    assert shown == ["admin.votes_by", "admin.first", "admin.next"]
    empty = bureau(1, departments=0)
    made.accepted(rounds.bureau(t, full, empty))


def test_pages_of_a_bureau_carry_the_bureau():
    row = bureau(4, departments=25)
    view = rounds.bureau(made.texts("ko"), panel(coverage=(row,)), row, page=2)
    values = [
        element["value"]
        for block in view["blocks"] if block["type"] == "actions"
        for element in block["elements"]
    ]  # fmt: skip
    assert values == ["4:1", "4:3"]


def test_a_department_says_how_it_stands():
    t, found = made.texts("ko"), panel()
    shown = {
        "대표 과제 #12": department(1, representative=12),
        "제출 예외": department(2, left=0, exempt=True, teams=Share(part=3, whole=3)),
        "대표 과제 아직 없음": department(3),
    }
    for text, one in shown.items():
        row = BureauCoverage(unit=unit(9, UnitKind.BUREAU), departments=(one,), votes_over=False)
        assert text in plain(rounds.bureau(t, found, row)["blocks"])
    late = BureauCoverage(unit=unit(9, UnitKind.BUREAU), departments=(department(3, left=0),))
    text = plain(rounds.bureau(t, found, late)["blocks"])
    assert "대표 과제 없음" in text
    assert "팀" not in text, "it has none"


@languages
def test_the_forms_are_accepted_and_begin_with_what_is_usual(language):
    t = made.texts(language)
    view = made.accepted(rounds.opening(t, made.DAY))
    ids = made.action_ids(view)
    assert ids == ["name", "starts_on", "ends_on", "votes_by", "grounds"]
    by_id = {b["block_id"]: b for b in view["blocks"] if b["type"] == "input"}
    assert by_id["starts_on"]["element"]["initial_date"] == made.DAY.isoformat()
    assert len(by_id["grounds"]["element"]["initial_options"]) == len(Ground)
    assert by_id["name"]["element"]["max_length"] == NAME_MAX
    row = bureau(1)
    own = made.accepted(rounds.voting_day(t, panel(votes_by={1: made.DAY}), row))
    assert own["blocks"][1]["element"]["initial_date"] == made.DAY.isoformat()
    usual = rounds.voting_day(t, panel(votes_by={1: date(2026, 8, 31)}), row)
    assert "initial_date" not in usual["blocks"][1]["element"], "it follows the round"


@languages
def test_a_carried_and_a_representative_task_say_so_in_words(language):
    t = made.texts(language)
    words = (t("ballot-representative"), t("line-carried", round="2025년 제2회"))
    row = made.row(1, representative=True, carried="2025년 제2회")
    assert all(word in line.line(t, row, made.DAY) for word in words)
    shown = made.plainest(round="2025년 제2회", carried=True, representative=True)
    for blocks in (task.show(t, shown)["blocks"], card.card(t, shown)["blocks"]):
        assert all(word in plain(blocks) for word in words)
    usual = plain(task.show(t, made.plainest(round="2026년 제1회"))["blocks"])
    assert "2026년 제1회" in usual
    assert not any(word in usual for word in words)
    assert make.task().round is None
