"""Where the blocks of a file start: a look at its lines, cheap enough for any size, and no second parser.

For each graph of a TriG or N-Quads file the line where its block starts, and for each subject of the default graph
the line where it is first described. What is not found so (an oddly written block) has a file and no line.
"""

from __future__ import annotations

import re
from collections.abc import Collection, Iterator, Mapping
from itertools import chain
from pathlib import Path

from kaigraph.loaders.files.statements import statements
from kaigraph.loaders.graph import Place

_NAME = r"(<[^<>\"{}|^`\\\s]*>|_:[^\s{]+|[^\s<>\"'{}()\[\]#:;,]*:[^\s<>\"{}()\[\]#;,]*)"
_GRAPH = re.compile(rf"\s*(?:GRAPH\s+)?{_NAME}\s*(\{{)?", re.IGNORECASE)
_ESCAPE = re.compile(r"\\(.)")
_LAST_IRI = re.compile(r"<([^<>]*)>\s*\.\s*$")
_FIRST_IRI = re.compile(r"\s*<([^<>]*)>")
_PREFIXED = frozenset({".trig", ".ttl"})
_LINES = frozenset({".nq", ".nt"})
_LARGE = 32 << 20


def places_in(
    file: Path, graphs: Collection[str], subjects: Collection[str], prefixes: Mapping[str, str]
) -> tuple[dict[str, Place], dict[str, Place]]:
    """The place of each subject of the default graph (by IRI), and of each graph (by IRI, or `_:` and its label).

    `graphs` come in the order of the file: so graphs that blank nodes name are known again.
    """
    name = str(file)
    described = {iri: Place(name) for iri in subjects}
    blocks = {graph: Place(name) for graph in graphs}
    for line, iri, is_block in chain(_starts(file, prefixes), _left(file, prefixes, blocks, described)):
        found = blocks if is_block else described
        if iri in found and found[iri].line is None:
            found[iri] = Place(name, line)
    return described, blocks


def _left(file: Path, prefixes: Mapping[str, str], *known: Mapping[str, Place]) -> Iterator[tuple[int, str, bool]]:
    """For what the look at lines left without one: a look at every token, unless the file is very large."""
    left = [name for places in known for name, place in places.items() if place.line is None]
    if not left or file.suffix.lower() != ".trig" or file.stat().st_size > _LARGE:
        return
    blank = [name for name in known[0] if name.startswith("_:")]
    labels: dict[str, int] = {}
    with file.open(encoding="utf-8-sig", errors="replace") as lines:
        for line, token, is_block in statements(lines):
            if is_block and token.startswith(("_:", "[")):
                labels.setdefault(token if token.startswith("_:") else f"[{len(labels)}", line)
            else:
                yield line, _expanded(token, prefixes), is_block
    if len(labels) == len(blank):  # an empty graph is none, and would shift them
        yield from ((line, name, True) for name, line in zip(blank, labels.values(), strict=True))


def _starts(file: Path, prefixes: Mapping[str, str]) -> Iterator[tuple[int, str, bool]]:
    suffix = file.suffix.lower()
    if suffix not in _PREFIXED | _LINES:
        return
    with file.open(encoding="utf-8-sig", errors="replace") as lines:
        if suffix in _PREFIXED:
            yield from _blocks(lines, prefixes)
        else:
            yield from _subjects(lines) if suffix == ".nt" else _statements(lines)


def _blocks(lines: Iterator[str], prefixes: Mapping[str, str]) -> Iterator[tuple[int, str, bool]]:
    """Names at the start of lines: with a brace after them a graph's, at the very start a subject's."""
    waiting: tuple[int, str, bool] | None = None  # a name alone on its line, and whether it stands at the very start
    for number, line in enumerate(lines, 1):
        if waiting:
            is_block = line.lstrip().startswith("{")
            if is_block or waiting[2]:
                yield *waiting[:2], is_block
        match = _GRAPH.match(line)
        waiting = None
        if match is None:
            continue
        iri = _expanded(match[1], prefixes)
        if match[2]:
            yield number, iri, True
            continue
        at_start = not line[0].isspace()
        if not line[match.end() :].strip():
            waiting = number, iri, at_start
        elif at_start:
            yield number, iri, False


def _statements(lines: Iterator[str]) -> Iterator[tuple[int, str, bool]]:
    for number, line in enumerate(lines, 1):
        first, last = _FIRST_IRI.match(line), _LAST_IRI.search(line)
        if last:
            yield number, last[1], True
        if first:
            yield number, first[1], False


def _subjects(lines: Iterator[str]) -> Iterator[tuple[int, str, bool]]:
    """Where a file without graphs goes on to another subject."""
    last = "\n"  # with which no line begins that says something
    for number, line in enumerate(lines, 1):
        if line.startswith(last):
            continue
        first = _FIRST_IRI.match(line)
        if first:
            last = first[0]
            yield number, first[1], False


def _expanded(name: str, prefixes: Mapping[str, str]) -> str:
    if name.startswith("<"):
        return name[1:-1]
    prefix, _, local = name.partition(":")
    return prefixes.get(prefix, prefix + ":") + _ESCAPE.sub(r"\1", local)
