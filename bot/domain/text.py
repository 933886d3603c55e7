"""Korean text: tidying, what must not be stored, and the bigrams that search and rules share."""

import re
import unicodedata

from bot.domain.errors import BotError

_DOTS = dict.fromkeys(map(ord, "ㆍ‧・･ᆞ"), "·")
_SPACES = re.compile(r"[^\S\n]+")
_CONTROL = re.compile(r"[\x00-\x08\x0b-\x1f\x7f\u2066-\u2069\u202a-\u202e\ufeff]")
_BETWEEN = r"[\s().\-]{0,3}"
"""What people write between the groups of a number."""
_RESIDENT = re.compile(
    rf"(?<!\d)\d{{2}}(?:0[1-9]|1[0-2])(?:0[1-9]|[12]\d|3[01]){_BETWEEN}[1-8]\d{{6}}(?!\d)"
)
_MOBILE = re.compile(
    rf"(?<!\d)(?:\+?82{_BETWEEN}0?|0)1[016789]{_BETWEEN}\d{{3,4}}{_BETWEEN}\d{{4}}(?!\d)"
)
_NOT_WORD = re.compile(r"[\W_]+")


def tidy(text: str) -> str:
    """One spelling of what a person typed: NFC, one middle dot, no control characters.

    The separators of official Korean are mapped before any normalisation: NFKC would turn U+318D
    into a bare vowel.
    """
    text = unicodedata.normalize("NFC", text.translate(_DOTS))
    text = _CONTROL.sub("", text.replace("\r\n", "\n"))
    return _SPACES.sub(" ", text).strip()


def one_line(text: str) -> str:
    """A tidy text without line breaks, for titles."""
    return tidy(text.replace("\n", " "))


def refuse_personal(text: str, field: str) -> None:
    """Raise BotError when the text looks like a resident registration or mobile number.

    Full-width digits, typographic dashes and invisible characters do not hide one.
    """
    plain = "".join(
        "-" if unicodedata.category(sign) == "Pd" else sign
        for sign in unicodedata.normalize("NFKC", text)
        if unicodedata.category(sign) != "Cf"
    )
    if _RESIDENT.search(plain):
        raise BotError("error-resident-number", field=field)
    if _MOBILE.search(plain):
        raise BotError("error-mobile-number", field=field)


def folded(text: str) -> str:
    """The text as search compares it: compatibility forms and case folded, no spaces or signs."""
    plain = unicodedata.normalize("NFKC", text.translate(_DOTS)).casefold()
    return _NOT_WORD.sub("", plain)


def grams(text: str) -> tuple[str, ...]:
    """The distinct pairs of neighbouring characters in first-seen order.

    Spaces are dropped first, since Korean spacing varies from writer to writer.
    """
    plain = folded(text)
    return tuple(dict.fromkeys(plain[i : i + 2] for i in range(len(plain) - 1)))
