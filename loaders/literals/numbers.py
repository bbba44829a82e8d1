"""Numbers as keys and limbs: exact order and exact sums in engines that know neither."""

from __future__ import annotations

import re
import struct
from functools import lru_cache
from hashlib import sha256

_NUMBER = re.compile(r"([+-]?)([0-9]*)(?:\.([0-9]*))?(?:[eE]([+-]?[0-9]{1,80}))?", re.ASCII)
_INFINITE = {"INF": "4", "+INF": "4", "-INF": "0"}
_COMPLEMENT = str.maketrans("0123456789", "9876543210")
_AFTER = "~"  # above every digit
BASE = 10**12
_INTEGER_DIGITS = 24
_FRACTION_DIGITS = 12
_FLOAT_DIGITS = (6, 10)

Parts = tuple[bool, str, int]

# An index takes no entry of 8 kB. Beyond some 460 characters the order is that of a hash; what differs stays different.
_LONGEST_KEY = 500
_DIGEST = 32


def short_key(key: str) -> str:
    """The key, short enough for an index."""
    if len(key) <= _LONGEST_KEY:
        return key
    return (
        key[: _LONGEST_KEY - _DIGEST - 1] + "\x01" + sha256(key.encode("utf-8", "surrogatepass")).hexdigest()[:_DIGEST]
    )


def number_key(lexical: str) -> str | None:
    """An ASCII key whose order is that of numbers, exactly, to some 460 digits; `None` if it is no number (or NaN)."""
    if lexical in _INFINITE:
        return _INFINITE[lexical]
    parts = _parts(lexical)
    if parts is None:
        return None
    negative, digits, exponent = parts
    if not digits:
        return "2"
    key = _exponent_key(exponent) + digits
    return short_key("1" + key.translate(_COMPLEMENT) + _AFTER if negative else "3" + key)


def number_limbs(lexical: str) -> tuple[int, int, int] | None:
    """The number as signed limbs of base 10**12 (the last is the fraction); `None` beyond 24 + 12 digits."""
    parts = _parts(lexical)
    if parts is None:
        return None
    negative, digits, exponent = parts
    if digits and (exponent > _INTEGER_DIGITS or len(digits) - exponent > _FRACTION_DIGITS):
        return None
    scaled = int(digits or "0") * 10 ** (_FRACTION_DIGITS + exponent - len(digits)) if digits else 0
    rest, low = divmod(scaled, BASE)
    high, middle = divmod(rest, BASE)
    return (-high, -middle, -low) if negative else (high, middle, low)


def limbs_text(high: int, middle: int, low: int) -> str:
    """The canonical decimal text of summed limbs, carries included."""
    total = (high * BASE + middle) * BASE + low
    whole, fraction = divmod(abs(total), BASE)
    text = f"{whole}.{fraction:012d}".rstrip("0").rstrip(".")
    return f"-{text}" if total < 0 else text


def shortest_float(lexical: str, datatype: str) -> str:
    """The shortest text of the same xsd:double or xsd:float, so that equal values have one key."""
    if lexical.lstrip("+-") in {"INF", "NaN"} or _parts(lexical) is None:
        return lexical
    value = float(lexical)
    if datatype.endswith("#float"):
        return _shortest_single(value)
    return repr(value).replace("inf", "INF")


def _shortest_single(value: float) -> str:
    try:
        wanted = struct.pack("<f", value)
    except OverflowError:
        return "INF" if value > 0 else "-INF"
    if value in {float("inf"), float("-inf")}:
        return repr(value).replace("inf", "INF")
    texts = (f"{value:.{digits}g}" for digits in range(*_FLOAT_DIGITS))
    return next((t for t in texts if struct.pack("<f", float(t)) == wanted), repr(value))


@lru_cache(maxsize=256)  # of one literal it is asked for its key and its limbs, one after the other
def _parts(lexical: str) -> Parts | None:
    """Sign, digits without zeros at the ends, and e where the value is 0.digits times 10**e."""
    match = _NUMBER.fullmatch(lexical)
    if match is None:
        return None
    sign, whole, fraction, exponent = match[1], match[2], match[3] or "", match[4]
    if not whole + fraction:
        return None
    significant = (whole + fraction).lstrip("0")
    zeros = len(whole) + len(fraction) - len(significant)
    digits = significant.rstrip("0")
    return (sign == "-" and bool(digits), digits, len(whole) - zeros + int(exponent or "0") if digits else 0)


def _exponent_key(exponent: int) -> str:
    text = str(abs(exponent))
    key = f"{len(text):02d}{text}"
    return "1" + key if exponent >= 0 else "0" + key.translate(_COMPLEMENT)
