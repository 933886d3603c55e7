"""What people read, in their language: the catalogues' messages and the house's figures."""

from collections.abc import Mapping
from datetime import date, datetime
from decimal import ROUND_DOWN, ROUND_HALF_UP, Decimal
from functools import cache
from pathlib import Path
from typing import Self

from babel.dates import format_date, format_datetime
from fluent.runtime import FluentBundle

from bot.domain.calendar import local
from bot.domain.errors import Key
from bot.domain.task import HOURS_OF_A_WORKING_DAY
from bot.i18n.loading import BadCatalogue, bundle_of

__all__ = ["LANGUAGES", "BadCatalogue", "BadText", "Catalogue", "Texts", "language_of"]

LANGUAGES = ("ko", "en")
_EXACT_BELOW_MILLIONS = 10


class BadText(LookupError):
    """A message was asked for that does not exist or lacks a value: never shown to people."""


class Texts:
    """One language. `t("key", name=value)` gives the message's text.

    Dates and moments among the values appear the house way, a `Key` as its own message, and
    True/False as `yes`/`no` (for selectors); other numbers are grouped as the language does. A
    missing key or value raises BadText.
    """

    def __init__(self, language: str, bundle: FluentBundle) -> None:
        self.language = language
        self._bundle = bundle

    def __call__(self, key: str, /, **values: object) -> str:
        if not self._bundle.has_message(key):
            raise BadText(f"{self.language}: no message {key}")
        pattern = self._bundle.get_message(key).value
        if pattern is None:
            raise BadText(f"{self.language}: {key} has no text")
        shown = {name: self._shown(value) for name, value in values.items()}
        text, errors = self._bundle.format_pattern(pattern, shown)
        if errors:
            raise BadText(f"{self.language}: {key}: {'; '.join(map(str, errors))}")
        return str(text)

    def has(self, key: str) -> bool:
        """Whether the message exists."""
        return self._bundle.has_message(key)

    def term(self, kind: str, code: str) -> str:
        """The word for a code: `term("status", "in_progress")` is message status-in-progress."""
        return self(f"{kind}-{code.replace('_', '-')}")

    def date(self, day: date) -> str:
        """A day with its weekday: 2026. 7. 1.(수)."""
        return format_date(day, self("pattern-date"), locale=self.language)

    def moment(self, at: datetime) -> str:
        """An aware moment on the office's wall clock: 2026. 7. 1.(수) 14:00."""
        if at.tzinfo is None:
            raise ValueError("a moment needs a time zone")
        return format_datetime(local(at), self("pattern-moment"), locale=self.language)

    def hours(self, hours: float) -> str:
        """Hours to one decimal, below one hour to two."""
        return self("figure-hours", hours=_short(hours))

    def days(self, hours: float) -> str:
        """Hours as working days of eight hours, saying so."""
        days = _short(hours / HOURS_OF_A_WORKING_DAY)
        return self("figure-days", days=days, length=HOURS_OF_A_WORKING_DAY)

    def money(self, thousand_won: int) -> str:
        """Thousands of won in millions: to one decimal, below ten million won exactly."""
        millions = Decimal(thousand_won) / 1000
        places = 3 if abs(millions) < _EXACT_BELOW_MILLIONS else 1
        return self("figure-money", amount=_rounded(millions, places))

    def percent(self, share: float) -> str:
        """A share (0.983) in percent, rounded down so that 100 % means all."""
        percent = Decimal(str(share)) * 100
        return self("figure-percent", percent=_rounded(percent, 1, ROUND_DOWN))

    def _shown(self, value: object) -> object:
        match value:
            case bool():
                return "yes" if value else "no"
            case datetime():
                return self.moment(value)
            case date():
                return self.date(value)
            case Key():
                return self(value)
            case _:
                return value


class Catalogue:
    """All languages; each folder is read once a process."""

    def __init__(self, texts: Mapping[str, Texts]) -> None:
        self._texts = texts

    @classmethod
    def load(cls, root: Path = Path(__file__).parent) -> Self:
        """Read `<root>/<language>/*.ftl`; raise BadCatalogue naming everything wrong."""
        return cls(_read(root))

    def of(self, language: str) -> Texts:
        """The texts of `ko` or `en`; KeyError for anything else (see `language_of`)."""
        return self._texts[language]


def language_of(locale: str | None) -> str:
    """The language for a person's locale: Korean for ko-KR or none, English for any other."""
    return "ko" if not locale or locale.lower().startswith("ko") else "en"


@cache
def _read(root: Path) -> Mapping[str, Texts]:
    texts, problems = {}, []
    for language in LANGUAGES:
        try:
            bundle = bundle_of(language, sorted((root / language).glob("*.ftl")))
            texts[language] = Texts(language, bundle)
        except BadCatalogue as error:
            problems.append(str(error))
    if problems:
        raise BadCatalogue("\n".join(problems))
    return texts


def _short(value: float) -> int | float:
    return _rounded(Decimal(str(value)), 1 if abs(value) >= 1 else 2)


def _rounded(value: Decimal, places: int, rounding: str = ROUND_HALF_UP) -> int | float:
    """The value to so many decimals, an int when whole: Fluent picks plurals of both."""
    exact = value.quantize(Decimal(1).scaleb(-places), rounding)
    return int(exact) if exact == exact.to_integral_value() else float(exact)
