"""Facts that were ever put into an outbox can still be told: it may hold them for days.

The fixtures are frozen: a new shape is a new version with a new line, and no line is changed.
"""

import json
from pathlib import Path

import pytest

from bot.domain.facts import Fact
from bot.i18n.texts import LANGUAGES, Catalogue
from bot.usecases import tell
from handlers.rendering import WORDS
from tests.usecases import small_ballot
from tests.usecases.small_office import HEAD, NOW, apply, found, own_task

SHIPPED = json.loads(Path(__file__).with_name("shipped_facts.json").read_text(encoding="utf-8"))


def name(fact):
    return f"{fact['kind']}-{fact['version']}"


def test_every_kind_and_version_that_is_told_has_its_fixture():
    assert {(f["kind"], f["version"]) for f in SHIPPED} == set(tell.LOADS)


@pytest.mark.parametrize("shipped", SHIPPED, ids=name)
def test_a_shipped_fact_is_still_told_or_not_wanted_any_more(unit, shipped):
    with unit() as uow:
        apply(uow)
        own_task(uow, HEAD)
        own_task(uow, HEAD)
        small_ballot.opened(uow)
        person = found(uow, HEAD)
        fact = Fact(recipient=f"person:{person.id}", dedupe_key="shipped", **shipped)
        data = tell.LOADS[fact.kind, fact.version](uow, person, fact.payload, NOW)
    for language in LANGUAGES:
        if data:
            assert WORDS[fact.kind](Catalogue.load().of(language), data)["text"]
