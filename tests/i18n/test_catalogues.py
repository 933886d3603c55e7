"""The shipped catalogues against each other and against the codes of the domain."""

from datetime import date
from pathlib import Path

import pytest
from fluent.syntax import FluentParser, ast

import bot.i18n
from bot.domain.calendar import Calendar
from bot.domain.org import Hearing, Role, UnitKind
from bot.domain.periods import Cadence
from bot.domain.reminders import Dated
from bot.domain.reminding import Reminding
from bot.domain.results import Scope, Surface
from bot.domain.review import Kind
from bot.domain.rights import Act
from bot.domain.task import Need, Reason, Status, Type
from bot.domain.tracks import LeadTimes
from bot.i18n.loading import nodes
from bot.i18n.texts import LANGUAGES, Catalogue

ROOT = Path(next(iter(bot.i18n.__path__)))
CATALOGUE = Catalogue.load()
NEVER_GROUPED = {"number", "year"}


class Uses:
    """The variables a message uses, and those it shows without any function."""

    def __init__(self, entry):
        found = list(nodes(entry))
        self.variables = {v.id.name for v in found if isinstance(v, ast.VariableReference)}
        shown = (place.expression for place in found if isinstance(place, ast.Placeable))
        self.bare = {v.id.name for v in shown if isinstance(v, ast.VariableReference)}


def messages(language):
    found = {}
    for file in sorted((ROOT / language).glob("*.ftl")):
        for entry in FluentParser().parse(file.read_text(encoding="utf-8")).body:
            if isinstance(entry, ast.Message):
                found[entry.id.name] = Uses(entry)
    return found


def test_both_languages_have_the_same_messages():
    korean, english = (messages(language) for language in LANGUAGES)
    assert korean.keys() == english.keys()


def test_both_languages_use_the_same_values():
    korean, english = (messages(language) for language in LANGUAGES)
    differing = {
        key: (korean[key].variables, english[key].variables)
        for key in korean.keys() & english.keys()
        if korean[key].variables != english[key].variables
    }
    assert not differing


@pytest.mark.parametrize("language", LANGUAGES)
def test_numbers_of_tasks_and_years_are_never_grouped(language):
    grouped = {key for key, uses in messages(language).items() if uses.bare & NEVER_GROUPED}
    assert not grouped, "show them with { task-number } or NUMBER($year, useGrouping: 0)"


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize(
    ("kind", "codes"),
    [
        ("type", Type),
        ("reason", Reason),
        ("need", Need),
        ("status", Status),
        ("role", Role),
        ("unit", UnitKind),
        ("act", Act),
        ("hearing", Hearing),
        ("reminding", Reminding),
        ("dated", Dated),
        ("scope", Scope),
        ("surface", Surface),
        ("cadence", Cadence),
        ("review-kind", Kind),
    ],
)
def test_every_code_has_a_word(language, kind, codes):
    t = CATALOGUE.of(language)
    words = [t.term(kind, code) for code in codes]
    assert len(set(words)) == len(words)


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_stage_of_a_track_has_a_word(language):
    t = CATALOGUE.of(language)
    for milestone in LeadTimes().milestones(frozenset(Need), date(2026, 7, 1), Calendar(())):
        assert t.term(f"milestone-{milestone.track}", milestone.code)


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("key", ["status-draft", "status-overdue", "need-undecided"])
def test_states_that_are_never_stored_have_words_too(language, key):
    assert CATALOGUE.of(language)(key)
