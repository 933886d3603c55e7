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
_UNSEEN = frozenset(
    # They count as letters or signs, or as nothing yet, and yet show nothing.
    map(chr, (0x115F, 0x1160, 0x2065, 0x2800, 0x3164, 0xFFA0, 0xFFFC, 0xFFFD, 0x1D159,
              *range(0xFFF0, 0xFFF9), *range(0xE0000, 0xE1000)))
)  # fmt: skip
_UNSEEN_KINDS = frozenset({"Cc", "Cf", "Cs", "Zs", "Zl", "Zp", "Mn", "Mc", "Me"})
_NOT_WORD = re.compile(r"[\W_]+")


def tidy(text: str) -> str:
    """One spelling of what a person typed: NFC, one middle dot, no control characters; empty where
    nothing of it can be seen.

    The separators of official Korean are mapped before any normalisation: NFKC would turn U+318D
    into a bare vowel.
    """
    text = unicodedata.normalize("NFC", text.translate(_DOTS))
    text = _CONTROL.sub("", text.replace("\r\n", "\n"))
    return _SPACES.sub(" ", text).strip() if is_visible(text) else ""


def is_visible(text: str) -> bool:
    """Whether a reader sees anything: one letter, digit, sign or picture is enough.

    Blanks of every kind, format and control characters, marks without anything to stand on, the
    fillers of Hangul and whatever else Unicode has programs leave out are not seen. Inside a text
    that is seen they stay, for pictures and old Hangul are made with them.
    """
    return any(_is_seen(sign) for sign in text)


def storable(text: str) -> str:
    """The text with U+FFFD in place of what databases do not take: half a character, and NUL."""
    whole = text.encode("utf-16", "surrogatepass").decode("utf-16", "replace")
    return whole.replace("\0", "\N{REPLACEMENT CHARACTER}")


def _is_seen(sign: str) -> bool:
    return sign not in _UNSEEN and unicodedata.category(sign) not in _UNSEEN_KINDS


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
