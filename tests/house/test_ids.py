"""Every button that is drawn has a handler, and every handler has something drawn for it."""

import ast
import json
from collections.abc import Iterator

from slack_bolt.authorization import AuthorizeResult
from slack_bolt.listener_matcher.async_builtins import AsyncBuiltinListenerMatcher

from bot.clock import Clock
from bot.domain.rights import ON_A_TASK, Act
from bot.i18n.texts import Catalogue
from bot.views import proposing
from bot.views.acts import has_form
from bot.wiring import register
from handlers.bolt import bolt_app
from handlers.filled import WORK
from handlers.inbound import RATE_LIMITED, Kind
from handlers.metrics import Metrics
from handlers.outsiders import Workspace
from handlers.router import Router
from tests.house.source import ROOT, files, tree

PRESSED = {"button": 1, "overflow": 0, "static_select": 0}
"""The builders whose elements send at once, and where their action id stands."""
DISPATCHED = frozenset(
    block["element"]["action_id"]
    for block in proposing.form(Catalogue.load().of("ko"), {})["blocks"]
    if block.get("dispatch_action")
)
"""The inputs of the form that keeps a draft: they send what is typed."""
EXTERNAL = ("external_select", "multi_external_select")
STAND_FOR_ALL = "act.{act.value}"
NO_LONGER_DRAWN: frozenset[str] = frozenset()
"""Ids that messages and open screens still have though nothing draws them any more."""
ON_TASKS = (*ON_A_TASK, Act.TAKE_IN, Act.KEEP_OUT)
"""The acts that a button with that id stands for."""


def router() -> Router:
    """The table as wiring fills it; it answers nothing here, so it stands on nothing."""
    made = Router(
        who=None, language=None, catalogue=Catalogue.load(), services=None,  # type: ignore[arg-type]
        delivering=None, clock=Clock(), metrics=Metrics(), workspace=Workspace(),  # type: ignore[arg-type]
    )  # fmt: skip
    register(made, Catalogue.load())
    return made


TABLE = router()


def calls(name: str) -> Iterator[ast.Call]:
    """Every call of a builder in the views."""
    for path in files(".py", rooms=("bot/views",)):
        for node in ast.walk(tree(path)):
            if (
                isinstance(node, ast.Call)
                and isinstance(node.func, ast.Name)
                and node.func.id == name
            ):
                yield node


def written(node: ast.expr) -> str | None:
    """An id as it is written; f-strings with their expressions in braces."""
    if isinstance(node, ast.Constant):
        return str(node.value)
    if isinstance(node, ast.JoinedStr):
        return ast.unparse(node)[2:-1]
    return None


def drawn_actions() -> set[str]:
    found = set()
    for builder, place in PRESSED.items():
        for call in calls(builder):
            id = written(call.args[place])
            assert id is not None, ast.unparse(call)
            found |= {f"act.{act.value}" for act in ON_TASKS} if id == STAND_FOR_ALL else {id}
    return found


def test_every_pressed_id_has_a_handler():
    shown = {id for id in drawn_actions() if "." in id}
    assert shown - TABLE.ids(Kind.ACTION) == set()


def test_every_handler_of_a_press_has_something_drawn():
    assert TABLE.ids(Kind.ACTION) - DISPATCHED - drawn_actions() - NO_LONGER_DRAWN == set()


def test_every_modal_that_can_be_submitted_has_a_handler_and_the_other_way_round():
    submitted = {
        written(keyword.value)
        for call in calls("modal")
        if any(k.arg == "submit" for k in call.keywords)
        for keyword in call.keywords
        if keyword.arg == "callback_id"
    }
    assert submitted == TABLE.ids(Kind.VIEW) - NO_LONGER_DRAWN


def test_every_menu_that_is_looked_up_has_a_handler_and_the_other_way_round():
    looked_up = {written(call.args[0]) for builder in EXTERNAL for call in calls(builder)}
    assert looked_up == TABLE.ids(Kind.OPTIONS) - NO_LONGER_DRAWN


def test_no_modal_asks_to_be_told_of_its_closing():
    asked = [call for call in calls("modal") if "notify_on_close" in {k.arg for k in call.keywords}]
    assert (len(asked), TABLE.ids(Kind.CLOSED)) == (0, frozenset())


def test_every_form_of_an_act_has_its_work():
    assert {act for act in (*Act, "effect") if has_form(act)} == set(WORK)


def test_commands_shortcuts_and_events_are_those_of_the_manifest():
    manifest = json.loads((ROOT / "manifest.json").read_text(encoding="utf-8"))
    features = manifest["features"]
    assert TABLE.ids(Kind.COMMAND) == {c["command"] for c in features["slash_commands"]}
    assert TABLE.ids(Kind.SHORTCUT) == {s["callback_id"] for s in features["shortcuts"]}
    events = set(manifest["settings"]["event_subscriptions"]["bot_events"])
    assert TABLE.ids(Kind.EVENT) == events | {RATE_LIMITED}, "which nobody subscribes to"


async def test_the_catch_alls_are_bolts_only_listeners():
    app = bolt_app(TABLE, AuthorizeResult(enterprise_id=None, team_id="T1", bot_token="xoxb-1"))
    listeners = app._async_listeners
    assert len(listeners) == len(Kind)
    for listener in listeners:
        (matcher,) = listener.matchers
        assert isinstance(matcher, AsyncBuiltinListenerMatcher)
