"""People of another workspace see nothing and are told so, wherever they come in."""

from typing import Any

import pytest

from handlers.context import Context
from handlers.inbound import Inbound, Kind
from handlers.outsiders import Workspace
from handlers.reply import Nothing, Reply
from tests.handlers import payloads
from tests.handlers.conftest import House

ALONE = Workspace("T1")
IN_A_GRID = Workspace("T1", "E1")
TOLD = "다른 기관"


def inbound(kind: Kind, body: dict[str, Any]) -> Inbound:
    return Inbound.of(kind, body, request_id="r", received=0.0)


def press(**more: Any) -> Inbound:
    return inbound(Kind.ACTION, payloads.press_in_modal() | more)


def by(team: str | None) -> dict[str, Any]:
    return {"id": "U1", "team_id": team}


def event(team: str | None = "T1", event: dict[str, Any] | None = None, **more: Any) -> Inbound:
    body = payloads.event(**{"type": "reaction_added"} | (event or {}))
    return inbound(Kind.EVENT, body | {"team_id": team} | more)


OURS: dict[str, Inbound] = {
    "a command": inbound(Kind.COMMAND, payloads.command()),
    "a press": press(),
    "a press that names the person's team": press(user=by("T1")),
    "no team at all": press(team=None),
    "no Grid": press(enterprise=None),
    "an event": event(),
    "an event without any team": event(None, authorizations=None),
    "our own person in another's channel": event("T9", {"user_team": "T1"}),
    "somebody of ours who has changed": event("T1", {"user": by("T1")}),
    "a shared channel that was archived elsewhere": event("T9", {"type": "channel_archive"}),
    "a bot that was removed elsewhere": event("T9", {"type": "group_left"}),
}
OF_OUR_GRID: dict[str, Inbound] = {
    "a command": inbound(Kind.COMMAND, payloads.command(team_id="T5", enterprise_id="E1")),
    "a press": press(team={"id": "T5"}, enterprise={"id": "E1"}),
    "a press whose team names the Grid": press(team={"id": "T5", "enterprise_id": "E1"}),
    "a press by somebody known by the Grid": press(user=by("E1")),
    "installed for all of the Grid": press(team=None, enterprise={"id": "E1"}),
    "an event": event("T5", enterprise_id="E1"),
    "an event that our installation there sees": event(
        "T5", authorizations=[{"team_id": "T5", "enterprise_id": "E1"}]
    ),
    "somebody who has changed": event(
        "T1", {"user": by("T5") | {"enterprise_user": {"enterprise_id": "E1"}}}
    ),
}
OTHERS: dict[str, Inbound] = {
    "a command": inbound(Kind.COMMAND, payloads.command(team_id="T9")),
    "a command of another Grid": inbound(
        Kind.COMMAND, payloads.command(team_id="T9", enterprise_id="E9")
    ),
    "a press": press(team={"id": "T9"}),
    "a press of another Grid": press(team={"id": "T9"}, enterprise={"id": "E9"}),
    "a press in our workspace by another's person": press(user=by("T9")),
    "a press by somebody known by another Grid": press(user=by("E9")),
    "a press in our Grid by another's person": press(
        user=by("T9"), team={"id": "T1", "enterprise_id": "E1"}, enterprise={"id": "E1"}
    ),
    "only a Grid": press(team=None, enterprise={"id": "E9"}),
    "an event": event("T9"),
    "an event of another's person": event("T1", {"user_team": "T9"}),
    "an event from another workspace": event("T1", {"source_team": "T9"}),
    "somebody who has changed": event("T1", {"user": by("T9")}),
    "an event that our installation sees too": event(
        "T9", authorizations=[{"team_id": "T1", "enterprise_id": "E1"}]
    ),
}


@pytest.mark.parametrize("what", OURS)
def test_people_of_our_workspace_are_ours(what: str) -> None:
    assert ALONE.is_home_of(OURS[what])
    assert IN_A_GRID.is_home_of(OURS[what])


@pytest.mark.parametrize("what", OF_OUR_GRID)
def test_people_of_our_grid_are_ours_and_of_nobody_elses(what: str) -> None:
    assert IN_A_GRID.is_home_of(OF_OUR_GRID[what])
    assert not Workspace("T2", "E2").is_home_of(OF_OUR_GRID[what])
    assert not Workspace("T2").is_home_of(OF_OUR_GRID[what])


@pytest.mark.parametrize("what", OTHERS)
def test_people_of_another_workspace_are_not(what: str) -> None:
    assert not ALONE.is_home_of(OTHERS[what])
    assert not IN_A_GRID.is_home_of(OTHERS[what])


@pytest.fixture
def reached(house: House) -> list[str]:
    """The kinds that reached a handler; for outsiders it stays empty."""
    seen: list[str] = []

    async def handler(context: Context) -> Reply:
        seen.append(context.inbound.kind)
        return Nothing()

    house.router.command("/cut", handler)
    house.router.action("act.note", handler)
    house.router.view("propose", handler)
    house.router.closed("propose", handler)
    house.router.shortcut("propose", handler)
    house.router.shortcut("propose_message", handler)
    house.router.options("department", handler)
    house.router.event("app_home_opened", handler)
    house.router.event("reaction_added", handler, nameless=True)
    return seen


def foreign(body: dict[str, Any]) -> dict[str, Any]:
    return body | ({"team": {"id": "T9"}} if "team" in body else {"team_id": "T9"})


async def test_a_command_gets_one_sentence_and_no_more(house: House, reached: list[str]) -> None:
    answer = await house.send(Kind.COMMAND, foreign(payloads.command("show 1")))
    assert answer.body == {"text": TOLD, "response_type": "ephemeral"}
    assert reached == []


async def test_it_is_said_in_their_language(house: House, reached: list[str]) -> None:
    body = foreign(payloads.command("show 1", user_id=payloads.STRANGER))
    answer = await house.send(Kind.COMMAND, body)
    assert answer.body is not None
    assert answer.body["text"] == f"EN {TOLD}"


async def test_presses_and_shortcuts_get_it_where_they_are(
    house: House, reached: list[str]
) -> None:
    sent = [
        (Kind.ACTION, payloads.press_in_message(house.fake.response_url)),
        (Kind.ACTION, payloads.press_in_modal()),
        (Kind.ACTION, payloads.press_in_home()),
        (Kind.SHORTCUT, payloads.shortcut()),
        (Kind.SHORTCUT, payloads.message_shortcut(house.fake.response_url)),
    ]
    for kind, body in sent:
        assert (await house.send(kind, foreign(body))).status == 200
    calls = house.fake.calls
    assert [method for method, _ in calls] == [
        "respond", "views.update", "views.publish", "views.open", "respond"
    ]  # fmt: skip
    for _, arguments in calls:
        assert TOLD in str(arguments)
        assert "more" not in str(arguments), "nothing of what stood there"
    assert reached == []


async def test_a_submission_ends_in_the_sentence(house: House, reached: list[str]) -> None:
    answer = await house.send(Kind.VIEW, foreign(payloads.submission()))
    assert answer.body is not None
    assert answer.body["response_action"] == "update"
    assert [block["type"] for block in answer.body["view"]["blocks"]] == ["section"]
    assert TOLD in str(answer.body)
    assert (await house.send(Kind.CLOSED, foreign(payloads.closed()))).body is None
    assert reached == []


async def test_a_menu_offers_nothing(house: House, reached: list[str]) -> None:
    answer = await house.send(Kind.OPTIONS, foreign(payloads.suggestion("가")))
    assert answer.body == {"options": []}
    assert reached == []


async def test_home_says_it(house: House, reached: list[str]) -> None:
    opened = payloads.event(tab="home", user="U9")
    opened["event"] |= {"tab": "home"}
    assert (await house.send(Kind.EVENT, foreign(opened))).status == 200
    ((method, arguments),) = house.fake.calls
    assert (method, arguments["user_id"]) == ("views.publish", "U9")
    assert len(arguments["view"]["blocks"]) == 1
    opened["event"] |= {"tab": "messages"}
    assert (await house.send(Kind.EVENT, foreign(opened))).status == 200
    assert len(house.fake.calls) == 1
    assert reached == []


async def test_events_are_answered_and_go_nowhere(house: House, reached: list[str]) -> None:
    answer = await house.send(Kind.EVENT, foreign(payloads.event("reaction_added")))
    assert (answer.status, answer.body, house.fake.calls) == (200, None, [])
    assert reached == []


async def test_no_tap_of_theirs_is_counted(house: House, reached: list[str]) -> None:
    await house.send(Kind.ACTION, foreign(payloads.press_in_modal()))
    assert 'outcome="outsider"' in house.metrics.page().decode()
