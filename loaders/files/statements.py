"""Where statements of TriG start, however they are laid out: a look at its tokens, for what a look at lines missed."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator

_TOKEN = re.compile(
    r"\"\"\"|'''|\"(?:[^\"\\]|\\.)*\"|'(?:[^'\\]|\\.)*'|<[^<>\"{}|^`\\\s]*>|#.*|\[\s*\]|[{}\[\]();,]"
    r"|(?:[^\s<>\"'{}()\[\];,#\\]|\\.)+"
)
_LONG = {'"""': re.compile(r'(?:[^"\\]|\\.|"(?!""))*"""'), "'''": re.compile(r"(?:[^'\\]|\\.|'(?!''))*'''")}
_DIRECTIVES = {"PREFIX": 2, "BASE": 1}  # SPARQL's way of writing them ends without a dot


def statements(lines: Iterable[str]) -> Iterator[tuple[int, str, bool]]:
    """What each statement outside of braces starts with, its line, and whether a brace follows: then it is a graph."""
    depth, first, skipped = 0, True, 0
    waiting: tuple[int, str] | None = None
    for line, word in _tokens(lines):
        if skipped:
            skipped -= 1
            continue
        if waiting:
            yield *waiting, word == "{"
            waiting = None
        if word in "{}":
            depth = max(0, depth + (1 if word == "{" else -1))
            first = not depth and word == "}"
        elif word == ".":
            first = not depth
        elif first and not depth and word.upper() != "GRAPH":
            skipped = _DIRECTIVES.get(word.upper(), 0)
            first = skipped > 0
            waiting = None if skipped else (line, word)


def _tokens(lines: Iterable[str]) -> Iterator[tuple[int, str]]:
    """Tokens with their lines. A dot at the end of a name is one of its own; long strings are left out."""
    ends: re.Pattern[str] | None = None
    for number, line in enumerate(lines, 1):
        at = 0
        while at < len(line):
            match = ends.match(line, at) if ends else _TOKEN.search(line, at)
            if match is None:
                break
            at = match.end()
            word = match[0]
            if ends or word in _LONG:
                ends = None if ends else _LONG[word]
            elif not word.startswith("#"):
                yield from ((number, part) for part in (word.rstrip("."), "." * word.endswith(".")) if part)
