"""Keys for text and literals: computed once, in Python, and compared byte by byte by every store.

A key holds no character above U+FFFF, so that UTF-8 bytes, code points and UTF-16 units agree on its order.
Why these rules and no library: docs/decisions/0003-keys.md.
"""

from __future__ import annotations

import re
import unicodedata
from functools import lru_cache
from hashlib import sha256

from pyoxigraph import Literal

from kaigraph.loaders.literals.numbers import limbs_text, number_key, number_limbs, short_key, shortest_float
from kaigraph.ontology.datatypes.edtf import DATE_TYPES, date_bounds
from kaigraph.ontology.datatypes.xsd import BOOLEANS, FLOAT_TYPES, NUMBER_TYPES, check_lexical
from kaigraph.ontology.terms import XSD

__all__ = ["check_literal", "fold", "limbs_text", "literal_key", "number_key", "number_limbs", "sort_key"]

_IGNORABLE = re.compile(
    "[\u00ad\u034f\u061c\u115f\u1160\u17b4\u17b5\u180b-\u180f\u200b-\u200f\u202a-\u202e\u2060-\u206f\u3164"
    "\ufe00-\ufe0f\ufeff\uffa0\ufff0-\ufff8\U0001bca0-\U0001bca3\U0001d173-\U0001d17a\U000e0000-\U000e0fff]"
)
_ACCENTS = re.compile("[\u0300-\u036f]")
_HANGUL = re.compile("[\u1100-\u11ff\uac00-\ud7a3]")  # single letters, then syllables
_RUNS = re.compile("([0-9]+)")
_LEADING = re.compile("(?<![0-9])0+(?=[0-9])")
_UNSAFE = re.compile("[\x00-\x02\uf8ff\U00010000-\U0010ffff]")
_LETTERS = str.maketrans({"æ": "ae", "œ": "oe", "ø": "o", "ł": "l", "đ": "d", "ð": "d", "ħ": "h", "ı": "i", "þ": "th"})
_LIMIT = 200
_END = "\x01"  # below every character of a key: a shorter text comes before a longer one
_SHORT_RUN = 9
_KEPT = 65_536  # characters, as many as scripts in use have


def fold(text: str) -> str:
    """The text as it is searched: NFKC_Casefold, each run of white space one space, none at the ends."""
    if text.isascii():
        return " ".join(text.lower().split())
    seen, folded = "", text
    while folded != seen:  # few rounds: folding can undo normalisation and the other way round
        seen = folded
        bare = _IGNORABLE.sub("", unicodedata.normalize("NFKC", seen))
        folded = unicodedata.normalize("NFKC", unicodedata.normalize("NFD", bare).casefold())
        folded = " ".join(folded.split())
    return folded


@lru_cache(maxsize=65536)
def sort_key(text: str, language: str = "") -> str:
    """A key in whose order a person expects to read: 가나다, a before B, 2 before 10; accents, then case, break ties.

    Texts of language `ko` put Hangul before other scripts, all others Latin first. Different texts have different
    keys; beyond about 160 characters their order is that of a hash.
    """
    folded = fold(text)
    plain = _plain(folded)
    accents = "" if folded == plain else folded
    korean = language.partition("-")[0].lower() == "ko"
    levels = (_weights(plain, korean), accents, *_case(text, folded))
    key = _END.join(_UNSAFE.sub(_escape, level) for level in levels)
    if len(key) <= _LIMIT:
        return key
    digest = sha256(text.encode("utf-8", "surrogatepass")).hexdigest()[:32]
    return key[: _LIMIT - len(digest) - 1] + _END + digest


def literal_key(literal: Literal) -> str | None:
    """The one key by which literals of a datatype are ordered; `None` sorts last (unknown, not a number, ill-typed).

    Numbers: `number_key`. Dates: lower bound, upper bound, text. Booleans: 0, 1. All else: `sort_key`.
    """
    datatype, lexical = literal.datatype.value, literal.value
    if datatype in FLOAT_TYPES:
        return number_key(shortest_float(lexical, datatype))
    if datatype in NUMBER_TYPES:
        return number_key(lexical)
    if datatype == XSD + "boolean":
        return BOOLEANS.get(lexical)
    if datatype in DATE_TYPES:
        return _date_key(lexical, datatype)
    return sort_key(lexical, literal.language or "")


def check_literal(literal: Literal) -> str | None:
    """What is wrong with an ill-typed literal of XSD or EDTF, in one sentence; `None` if nothing is, or not known."""
    return check_lexical(literal.value, literal.datatype.value)


def _date_key(lexical: str, datatype: str) -> str | None:
    try:
        lower, upper = date_bounds(lexical, datatype)
    except ValueError:
        return None
    return None if lower is None else short_key(f"{lower} {upper or '~'} {lexical}")


def _plain(folded: str) -> str:
    """Folded text without what only breaks ties: accents, letters with strokes, leading zeros, foreign digits."""
    if not folded.isascii():
        bare = _ACCENTS.sub("", unicodedata.normalize("NFD", folded.translate(_LETTERS)))
        folded = "".join(_ascii_digit(c) for c in unicodedata.normalize("NFC", bare))
    return _LEADING.sub("", folded)


def _ascii_digit(char: str) -> str:
    value = unicodedata.decimal(char, None)
    return char if value is None else str(value)


class _Weights(dict[int, str]):
    """What each character weighs, found when it is first met: the table of `str.translate`."""

    def __init__(self, korean: bool) -> None:
        self._korean = korean

    def __missing__(self, code: int) -> str:
        weight = _weight(chr(code), self._korean)
        if len(self) < _KEPT:
            self[code] = weight
        return weight


_WEIGHTS = {korean: _Weights(korean) for korean in (False, True)}


def _weights(plain: str, korean: bool) -> str:
    """Per character: space < signs < numbers (by length, then digits) < letters."""
    runs = _RUNS.split(plain)  # what is between digits, and digits, in turn
    weights = _WEIGHTS[korean]
    return "".join(_number(run) if i % 2 else run.translate(weights) for i, run in enumerate(runs))


def _number(digits: str) -> str:
    length = len(digits)
    return f"{length}{digits}" if length <= _SHORT_RUN else f":{len(str(length))}{length}{digits}"


def _weight(char: str, korean: bool) -> str:
    code = ord(char)
    if char == " ":
        return " "
    if not (char.isalpha() or unicodedata.category(char).startswith("M")):
        return "!" + char
    if not korean or _HANGUL.fullmatch(char):
        return char
    if 0x4E00 <= code <= 0x9FFF:  # noqa: PLR2004 the block of Han characters follows Hangul, as in CLDR
        return "\ud7ff" + char
    return chr(0xE000 + code) if code < 0x1800 else "\uf8fe" + char  # noqa: PLR2004 what fits the private use area


def _case(text: str, folded: str) -> tuple[str, ...]:
    """What tells apart texts of one fold: small letters first, then the text itself."""
    if text == folded:
        return ("",)
    swapped = text.swapcase()
    return (swapped,) if swapped.swapcase() == text else (swapped, text)


def _escape(unsafe: re.Match[str]) -> str:
    """A character above U+FFFF or below U+0003 written with others, in order."""
    code = ord(unsafe[0])
    if code < 3:  # noqa: PLR2004 the control characters that keys use themselves
        return "\x02" + chr(0x30 + code)
    return "\uf8ff" + chr(0x4000 + (code >> 10)) + chr(0x4000 + (code & 0x3FF))
