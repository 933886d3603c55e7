"""The manifest creates an app that may do what the bot does, and no more."""

import json

from bot.playground.manifest import EVENT_SCOPES, Manifest
from tests.house.source import ROOT

SOURCE = json.loads((ROOT / "manifest.json").read_text(encoding="utf-8"))


def test_slack_would_install_it():
    manifest = Manifest(SOURCE)
    assert [command.command for command in manifest.commands] == ["/cut"]
    assert {(s.type, s.callback_id) for s in manifest.shortcuts} == {
        ("global", "propose"),
        ("message", "propose_message"),
    }
    assert manifest.socket_mode
    assert manifest.interactive
    assert manifest.home_tab
    assert manifest.messages_tab


def test_its_texts_have_the_lengths_slack_takes():
    display = SOURCE["display_information"]
    assert len(display["name"]) <= 35
    assert len(display["description"]) <= 140
    assert 174 <= len(display["long_description"]) <= 4000


def test_every_scope_has_its_reason_in_the_decisions():
    reasons = (ROOT / "DECISIONS.md").read_text(encoding="utf-8")
    scopes = set(SOURCE["oauth_config"]["scopes"]["bot"])
    assert not {scope for scope in scopes if f"`{scope}`" not in reasons}
    needed = {
        scope
        for event in SOURCE["settings"]["event_subscriptions"]["bot_events"]
        for scope in EVENT_SCOPES[event]
    }
    assert needed <= scopes
