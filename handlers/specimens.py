"""A specimen of every screen and message there is, drawn from invented values.

Nothing of the office is read. What a view is given is made up by the types it asks for, so a screen
that is added has its specimen at once.
"""

import inspect
from collections.abc import Callable, Iterator, Mapping
from collections.abc import Set as AbstractSet
from dataclasses import fields, is_dataclass
from datetime import date, datetime
from enum import Enum
from importlib import import_module
from itertools import count
from pkgutil import iter_modules
from types import NoneType
from typing import Any, get_args, get_origin, get_type_hints

from bot import views
from bot.domain.ballot import Ballot, Candidate
from bot.domain.ballot_screens import Outsider
from bot.domain.org import Person
from bot.domain.results import Entry, News
from bot.domain.rights import Act
from bot.domain.task import Milestone, Need, Type
from bot.i18n.texts import LANGUAGES, Texts
from bot.views.acts import Under, has_form

Screen = Mapping[str, Any]

_SURFACES = (None, "modal", "home")
"""Types of what is shown by itself; a message has none. The rest are parts of screens."""
_CODES: Mapping[tuple[type, str], Any] = {
    (Ballot, "remark"): "",
    (Candidate, "out"): "",
    (Candidate, "type"): Type.ABOLISH,
    (Entry, "act"): Act.CONFIRM,
    (Milestone, "code"): "request",
    (Milestone, "track"): Need.BUDGET,
    (News, "act"): Act.CONFIRM,
    (Outsider, "reason"): "outsider",
    (Person, "language"): LANGUAGES[0],
}
"""Fields whose text is a word of ours rather than somebody's."""


def specimens(t: Texts, now: datetime) -> Iterator[tuple[str, Screen]]:
    """Each view and message by its name, as it is at `now`."""
    for name, draw in _drawers():
        known: list[tuple[str, Mapping[type, Any]]] = [(name, {})]
        if Under in get_type_hints(draw).values():
            known = [(f"{name}({act})", {Under: Under(1, 1, act)}) for act in Act if has_form(act)]
        for called, given in known:
            screen = _drawn(draw, _Maker(t, now, given))
            if screen.get("type") in _SURFACES:
                yield called, screen


def _drawers() -> Iterator[tuple[str, Callable[..., Any]]]:
    """What takes texts first and gives something drawn, in every module of the views."""
    for found in iter_modules(views.__path__):
        module = import_module(f"{views.__name__}.{found.name}")
        for name, draw in inspect.getmembers(module, inspect.isfunction):
            if draw.__module__ != module.__name__ or name.startswith("_"):
                continue
            hints = get_type_hints(draw)
            first = next(iter(inspect.signature(draw).parameters), "")
            if hints.get(first) is Texts and get_origin(hints["return"]) is dict:
                yield f"{found.name}.{name}", draw


def _drawn(draw: Callable[..., Any], made: "_Maker") -> Screen:
    """What it draws when it is given only what it must be."""
    hints = get_type_hints(draw)
    needed = {
        name: made.of(hints[name])
        for name, one in inspect.signature(draw).parameters.items()
        if one.default is inspect.Parameter.empty
    }
    screen: Screen = draw(**needed)
    return screen


class _Maker:
    """Makes values by their types: one of each, and numbers of their own for what has ids."""

    def __init__(self, t: Texts, now: datetime, given: Mapping[type, Any]) -> None:
        self._ids = count(1)
        self._made: Mapping[Any, Any] = {
            Texts: t, str: t("specimen"), bool: True, int: 1, float: 1.5,
            datetime: now, date: now.date(), Any: None, **given,
        }  # fmt: skip

    def of(self, hint: Any) -> Any:
        """A value of that type; TypeError for one that no view has asked for yet."""
        if hint in self._made:
            return self._made[hint]
        if inspect.isclass(hint) and issubclass(hint, Enum):
            return next(iter(hint))
        if is_dataclass(hint) and isinstance(hint, type):
            return self._filled(hint)
        return self._container(get_origin(hint), get_args(hint))

    def _filled(self, kind: type) -> Any:
        hints = get_type_hints(kind)
        values = {}
        for each in fields(kind):
            if (kind, each.name) in _CODES:
                values[each.name] = _CODES[kind, each.name]
            else:
                values[each.name] = (
                    next(self._ids) if each.name == "id" else self.of(hints[each.name])
                )
        return kind(**values)

    def _container(self, origin: Any, of: tuple[Any, ...]) -> Any:
        if NoneType in of:
            return self.of(next(one for one in of if one is not NoneType))
        if origin in (frozenset, AbstractSet):
            every = inspect.isclass(of[0]) and issubclass(of[0], Enum)
            return frozenset(of[0] if every else {self.of(of[0])})
        if origin in (dict, Mapping):
            return {} if of[1] is Any else {self.of(of[0]): self.of(of[1])}
        if origin is not None and of:
            return tuple(self.of(one) for one in of if one is not Ellipsis)
        raise TypeError(f"nothing is made of {origin}")
