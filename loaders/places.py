"""Where the blocks of a file start: a look at its lines, cheap enough for any size, and no second parser.

For each graph of a TriG or N-Quads file the line where its block starts, and for each subject of the default graph
the line where it is first described. What is not found so (an oddly written block) has a file and no line.
"""

from __future__ import annotations

import re
from collections.abc import Collection, Iterator, Mapping
from pathlib import Path

from kaigraph.loaders.graph import Place

_NAME = r"(<[^<>\"{}|^`\\\s]*>|_:[^\s{]+|[^\s<>\"'{}()\[\]#:;,]*:[^\s<>\"{}()\[\]#;,]*)"
_GRAPH = re.compile(rf"\s*(?:GRAPH\s+)?{_NAME}\s*(\{{)?", re.IGNORECASE)
_ESCAPE = re.compile(r"\\(.)")
_LAST_IRI = re.compile(r"<([^<>]*)>\s*\.\s*$")
_FIRST_IRI = re.compile(r"\s*<([^<>]*)>")
_PREFIXED = frozenset({".trig", ".ttl"})
_LINES = frozenset({".nq", ".nt"})


def places_in(
    file: Path, graphs: Collection[str], subjects: Collection[str], prefixes: Mapping[str, str]
) -> dict[str, Place]:
    """The place of each graph (by IRI) and of each subject (by IRI) that a file holds; a graph's block goes first."""
    name = str(file)
    found = {iri: Place(name) for iri in [*subjects, *graphs]}
    blocks: dict[str, Place] = {}
    described: dict[str, Place] = {}
    for line, iri, is_block in _starts(file, prefixes):
        if is_block and iri in graphs:
            blocks.setdefault(iri, Place(name, line))
        elif not is_block and iri in subjects:
            described.setdefault(iri, Place(name, line))
    return found | described | blocks


def _starts(file: Path, prefixes: Mapping[str, str]) -> Iterator[tuple[int, str, bool]]:
    suffix = file.suffix.lower()
    if suffix not in _PREFIXED | _LINES:
        return
    with file.open(encoding="utf-8-sig", errors="replace") as lines:
        yield from _blocks(lines, prefixes) if suffix in _PREFIXED else _statements(lines)


def _blocks(lines: Iterator[str], prefixes: Mapping[str, str]) -> Iterator[tuple[int, str, bool]]:
    """Names at the start of lines: with a brace after them a graph's, at the very start a subject's."""
    waiting: tuple[int, str] | None = None
    for number, line in enumerate(lines, 1):
        if waiting and line.lstrip().startswith("{"):
            yield *waiting, True
        match = _GRAPH.match(line)
        waiting = None
        if match is None:
            continue
        iri = _expanded(match[1], prefixes)
        if match[2]:
            yield number, iri, True
            continue
        if not line[0].isspace():
            yield number, iri, False
        if not line[match.end() :].strip():
            waiting = number, iri


def _statements(lines: Iterator[str]) -> Iterator[tuple[int, str, bool]]:
    for number, line in enumerate(lines, 1):
        first, last = _FIRST_IRI.match(line), _LAST_IRI.search(line)
        if last:
            yield number, last[1], True
        if first:
            yield number, first[1], False


def _expanded(name: str, prefixes: Mapping[str, str]) -> str:
    if name.startswith("<"):
        return name[1:-1]
    prefix, _, local = name.partition(":")
    return prefixes.get(prefix, prefix + ":") + _ESCAPE.sub(r"\1", local)
