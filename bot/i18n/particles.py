"""Korean particles: which of 을/를, 이/가, 으로/로 … a word takes follows from its last sound."""

import re
import unicodedata
from enum import Enum, auto


class Ending(Enum):
    """The last sound of a word as it is read aloud; ㄹ counts as a vowel before 으로/로."""

    VOWEL = auto()
    RIEUL = auto()
    CONSONANT = auto()


_IRREGULAR = frozenset({"을/를", "이/가", "은/는", "과/와", "아/야"})
_DIGITS = {
    **dict.fromkeys("2459", Ending.VOWEL),
    **dict.fromkeys("178", Ending.RIEUL),
    **dict.fromkeys("036", Ending.CONSONANT),
}
_LETTERS = {**dict.fromkeys("LR", Ending.RIEUL), **dict.fromkeys("MN", Ending.CONSONANT)}
_READ_WITH_A_VOWEL = frozenset("%℃")
"""Signs that are read as words (퍼센트, 도) rather than skipped."""
_UNCLEAR_LETTERS = frozenset("bcekpt")
"""Last letters of English words that Korean reads either way: 웹 and 튜브, 파일 and 노트."""
_FIRST_SYLLABLE, _LAST_SYLLABLE, _FINALS = ord("가"), ord("힣"), 28
_FINAL_RIEUL = 8
_WORD = re.compile(r"[A-Za-z]+$")
_LINK_OR_MENTION = re.compile(r"<(?:[@#!]|https?:|mailto:)[^<>|]*(?:\|([^<>]*))?>$")
_ENTITIES = (("&lt;", "<"), ("&gt;", ">"), ("&amp;", "&"))


def josa(word: object, pair: str) -> str:
    """The particle of `pair` (after a consonant / after a vowel) that `word` takes.

    This is the catalogues' `JOSA($name, "을/를")`: it gives the particle alone, so that the word
    can stand in quotes or bold. A word whose reading is unknown gets both, as in 을(를). A pair
    written the wrong way round raises ValueError.
    """
    check_pair(pair)
    after_consonant, after_vowel = pair.split("/")
    euphonic = after_consonant.removesuffix(after_vowel)
    match ending(str(word)):
        case Ending.VOWEL:
            return after_vowel
        case Ending.RIEUL:
            return after_vowel if euphonic == "으" else after_consonant
        case Ending.CONSONANT:
            return after_consonant
        case None:
            regular = euphonic != after_consonant
            return f"({euphonic}){after_vowel}" if regular else f"{after_consonant}({after_vowel})"


def check_pair(pair: str) -> None:
    """Raise ValueError unless `pair` is a pair of particles in the order of the catalogues."""
    after_consonant, slash, after_vowel = pair.partition("/")
    regular = slash and after_vowel and after_consonant in ("이" + after_vowel, "으" + after_vowel)
    if pair not in _IRREGULAR and not regular:
        raise ValueError(f"{pair!r} is no pair of particles such as '을/를' or '으로/로'")


def ending(text: str) -> Ending | None:
    """The last sound of `text`, None when it cannot be known (mentions, other scripts, …).

    Closing quotes and punctuation are silent, and so is a remark in round brackets: the particle
    belongs to the word before it.
    """
    for entity, sign in _ENTITIES:
        text = text.replace(entity, sign)
    while text := text.rstrip():
        last = text[-1]
        if found := _LINK_OR_MENTION.search(text):
            return ending(found[1] or "")
        if last == ")" and text[: text.rfind("(") + 1].strip("( "):
            text = text[: text.rfind("(")]
        elif last in _READ_WITH_A_VOWEL:
            return Ending.VOWEL
        elif unicodedata.category(last)[0] in "PSC":
            text = text[:-1]
        else:
            return _sound(text, last)
    return None


def _sound(text: str, last: str) -> Ending | None:
    if _FIRST_SYLLABLE <= ord(last) <= _LAST_SYLLABLE:
        return _syllable(last)
    if last.isdecimal():
        return _DIGITS[str(unicodedata.decimal(last))]
    word = _WORD.search(text)
    return _latin(word[0]) if word else None


def _syllable(last: str) -> Ending:
    final = (ord(last) - _FIRST_SYLLABLE) % _FINALS
    if final == _FINAL_RIEUL:
        return Ending.RIEUL
    return Ending.CONSONANT if final else Ending.VOWEL


def _latin(word: str) -> Ending | None:
    """Abbreviations are spelled out (PDF 피디에프); words are read, as far as that is certain."""
    if word.isupper() or len(word) == 1:
        return _LETTERS.get(word[-1].upper(), Ending.VOWEL)
    last = word[-1].lower()
    if last in _UNCLEAR_LETTERS:
        return None
    if last == "l":
        return Ending.RIEUL
    return Ending.CONSONANT if last in "mn" or word.lower().endswith("ng") else Ending.VOWEL
