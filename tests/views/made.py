"""The fullest screens there can be, and Slack's strict reader for them."""

import json
from datetime import UTC, date, datetime
from typing import Any

from bot.clock import Clock
from bot.domain.org import Hearing, Official
from bot.domain.proposing import TEXT_MAX, TITLE_MAX
from bot.domain.results import Entry, Line, Shown, Surface
from bot.domain.rights import ON_A_TASK
from bot.domain.task import Listed, Milestone, Need, Reason, Saving, Status, Step, Type
from bot.i18n.texts import Catalogue
from bot.playground.ids import Ids
from bot.playground.limits import ready_blocks, ready_view
from tests.domain import make

CATALOGUE = Catalogue.load()
DAY = date(2026, 7, 1)
LONG_TITLE = "<&>" * (TITLE_MAX // 3)
LONG_TEXT = "<!channel>&" * (TEXT_MAX // 11)
NAME = "<@U0000001>이름이아주긴사람 주무관"
HEARING = Hearing


def texts(language: str) -> Any:
    """The words of a language."""
    return CATALOGUE.of(language)


def row(number: int = 12, **fields: Any) -> Listed:
    """A line of a list with the longest title."""
    given: dict[str, Any] = {
        "id": number,
        "title": LONG_TITLE,
        "type": Type.DIGITISE,
        "status": Status.IN_PROGRESS,
        "department": "지역건설교통정책과",
        "owner": NAME,
        "due": date(2026, 6, 1),
        "hours": 123456.5,
    }
    return Listed(**given | fields)


def line(number: int, act: str = "edit", **fields: Any) -> Line:
    """An entry of the history in which everything that is told changed."""
    before = {
        "status": "submitted", "due": "2026-07-01", "owner": 1, "hold_until": None,
        "type": "abolish", "title": LONG_TITLE,
    }  # fmt: skip
    after = before | {"status": "in_progress", "owner": 2, "hold_until": "2026-08-01"}
    given: dict[str, Any] = {
        "id": number,
        "at": datetime(2026, 7, 1, 1, 0, tzinfo=UTC),
        "act": act,
        "actor": 1,
        "surface": Surface.MODAL,
        "before": before,
        "after": after,
        "text": LONG_TEXT,
    }
    return Line(entry=Entry(**given | fields), actor=NAME)


def fullest(**fields: Any) -> Shown:
    """A task in which every field is as long as it may be, and every act allowed."""
    effect = {"per_year": 99_999, "minutes": 99_999, "people": 99_999, "budget": 999_999_999}
    content = {
        "title": LONG_TITLE, "problem": LONG_TEXT, "proposal": LONG_TEXT, "reason": Reason.WASTE,
        "needs": frozenset(Need) - {Need.IMMEDIATE}, "cooperating": tuple(range(20, 30)), **effect,
    }  # fmt: skip
    stages = {
        Need.BUDGET: ("request", "review", "approved"),
        Need.ORDINANCE: ("notice", "committee", "assembly", "promulgation"),
        Need.GUIDELINE: ("draft", "consultation", "issue"),
        Need.MINISTRY: ("submission", "reply", "application"),
    }
    task = make.task(
        content=content,
        status=fields.pop("status", Status.IN_PROGRESS),
        co_proposers=tuple(range(2, 15)),
        due=date(2026, 6, 1),
        remark=LONG_TEXT, note=LONG_TEXT, opinion=LONG_TEXT, evidence=LONG_TEXT,
        merge_into=99, replacement=98, source="https://example.slack.com/archives/C1/p1",
        milestones=tuple(
            Milestone(track=track, code=code, due=DAY, done_on=DAY, note=LONG_TEXT)
            for track, codes in stages.items()
            for code in codes
        ),
        plan=tuple(Step(text="가&" * 100, owner=1, due=DAY) for _ in range(5)),
        reported=Saving(hours=99.5, budget=123),
    )  # fmt: skip
    given: dict[str, Any] = {
        "task": task, "may": frozenset(ON_A_TASK), "today": DAY, "bureau": "문화체육관광국",
        "department": "지역건설교통정책과", "team": "도로시설안전관리팀", "channel": "C0000001",
        "cooperating": tuple(f"협조부서{n}과" for n in range(10)),
        "names": dict.fromkeys(range(1, 15), NAME), "one_team": True,
        "merging_in": tuple(row(n) for n in range(30, 35)),
        "decider": Official(name="이과장", title="과장", unit="도로과"),
        "history": tuple(line(n) for n in range(8, 0, -1)), "more_history": True,
    }  # fmt: skip
    return Shown(**given | fields)


def plainest(**fields: Any) -> Shown:
    """A task with nothing but what is mandatory."""
    given: dict[str, Any] = {
        "task": make.task(owner=None), "may": frozenset(), "today": DAY,
        "bureau": "국", "department": "과", "team": "",
    }  # fmt: skip
    return Shown(**given | fields)


def accepted(view: dict[str, Any]) -> dict[str, Any]:
    """The view, which Slack takes; raises with Slack's own words when it would not."""
    ready_view(json.loads(json.dumps(view)), Ids(Clock()), (view["type"],))
    return view


def accepted_message(message: dict[str, Any]) -> dict[str, Any]:
    """The same for a message."""
    ready_blocks(json.loads(json.dumps(message["blocks"])), Ids(Clock()))
    return message


def action_ids(part: Any) -> list[str]:
    """Every action id in a view or message, in order."""
    if isinstance(part, dict):
        own = [part["action_id"]] if "action_id" in part else []
        return own + [found for value in part.values() for found in action_ids(value)]
    if isinstance(part, list | tuple):
        return [found for value in part for found in action_ids(value)]
    return []


def called(part: Any) -> list[str]:
    """The mrkdwn in which somebody would be called."""
    if isinstance(part, dict):
        text = str(part["text"]) if part.get("type") == "mrkdwn" else ""
        own = [text] if "<!" in text or "<@" in text else []
        return own + [found for value in part.values() for found in called(value)]
    if isinstance(part, list | tuple):
        return [found for value in part for found in called(value)]
    return []
