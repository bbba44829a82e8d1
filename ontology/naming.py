"""From IRIs and labels to names that are safe in an API: pure functions on text."""

from __future__ import annotations

import re

SAFE = re.compile(r"[A-Za-z][A-Za-z0-9_]*\Z")
WORD = re.compile(r"[A-Za-z0-9]+")
PARTED = re.compile(r"[A-Za-z0-9]+(?:[-._~ ][A-Za-z0-9]+)*\Z")
#: A capital, or an acronym up to the capital that starts the next word.
HEAD = re.compile(r"[A-Z]+(?=[A-Z][a-z])|[A-Z]+(?![a-z])|[A-Z]")
HUMP = re.compile(r"(?<=[a-z0-9])(?=[A-Z])|(?<=[A-Z])(?=[A-Z][a-z])")


def is_safe(text: str) -> bool:
    """Whether a text is a name in GraphQL, Cypher and SQL alike."""
    return bool(SAFE.match(text))


def local_name(iri: str) -> str:
    """The last part of an IRI."""
    return iri[len(namespace(iri)) :].rstrip("/#")


def namespace(iri: str) -> str:
    """An IRI without its last part."""
    end = iri.rstrip("/#")
    cut = max(end.rfind(mark) for mark in "#/:")
    return end[: cut + 1]


def camelised(text: str) -> str | None:
    """`paragraph count` → `ParagraphCount`; None where that gives no safe name."""
    if not text.isascii():
        return None
    name = "".join(word[0].upper() + word[1:] for word in WORD.findall(text))
    return name if is_safe(name) else None


def parted(text: str) -> str | None:
    """`has-part` → `hasPart`; None where the text is more than words parted by signs."""
    if not PARTED.match(text):
        return None
    first, *rest = WORD.findall(text)
    name = first + "".join(word[0].upper() + word[1:] for word in rest)
    return name if is_safe(name) else None


def escaped(text: str) -> str:
    """Any text as a safe name: `기관` → `u_ae30_ad00`."""
    parts = re.findall(r"[A-Za-z0-9]+|[^A-Za-z0-9]", text)
    if not parts:
        return "unnamed"
    pieces = [part if WORD.match(part) else f"{ord(part):x}" for part in parts]
    start = [] if parts[0][0].isascii() and parts[0][0].isalpha() else ["u"]
    return "_".join([*start, *pieces])


def type_case(name: str) -> str:
    """As types are written: `claim` → `Claim`."""
    return name[0].upper() + name[1:]


def field_case(name: str) -> str:
    """As fields are written: `HasPart` → `hasPart`, `URLCount` → `urlCount`."""
    return HEAD.sub(lambda head: head.group().lower(), name, count=1) if name[0].isupper() else name


def value_case(name: str) -> str:
    """As values of enumerations are written: `underReview` → `UNDER_REVIEW`."""
    return HUMP.sub("_", name).upper()


def words(name: str) -> str:
    """A name as a person would write it: `hasPart` → `has part`."""
    parts = HUMP.sub(" ", name.replace("_", " ")).split()
    return " ".join(part if part.isupper() and len(part) > 1 else part.lower() for part in parts)


def plural(name: str) -> str:
    """The English plural, by rule."""
    if re.search(r"[^aeiouAEIOU]y\Z", name):
        return name[:-1] + "ies"
    return name + ("es" if re.search(r"(s|x|z|ch|sh)\Z", name) else "s")
