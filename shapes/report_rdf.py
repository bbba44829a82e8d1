"""A report in SHACL's own vocabulary."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from itertools import count
from typing import TYPE_CHECKING

from pyoxigraph import BlankNode, Literal, NamedNode, RdfFormat, Triple, serialize

from kaigraph.shapes.paths import write_path
from kaigraph.shapes.terms import CORE, SH, TYPE, XSD, Node, sh

if TYPE_CHECKING:
    from kaigraph.shapes.report import Result

_PREFIXES = {"sh": SH, "xsd": XSD, "core": CORE}


def report_as_turtle(results: Iterable[Result]) -> str:
    """The validation report as Turtle."""
    triples = report_triples(results)
    return (serialize(triples, format=RdfFormat.TURTLE, prefixes=_PREFIXES) or b"").decode()


def report_triples(results: Iterable[Result]) -> list[Triple]:
    """The validation report as triples; its own blank nodes, and those of shapes, are numbered as they come."""
    found = list(results)
    names = _Names(found)
    report = names.new("report")
    conforms = Literal("false" if found else "true", datatype=NamedNode(XSD + "boolean"))
    triples = [Triple(report, TYPE, sh("ValidationReport")), Triple(report, sh("conforms"), conforms)]
    for result in found:
        node = names.new("result")
        triples += [Triple(report, sh("result"), node), *_result(result, node, names)]
    return triples


class _Names:
    """Blank nodes of the report that are not the data's."""

    def __init__(self, results: Iterable[Result]) -> None:
        terms = [t for r in results for t in (r.focus, r.value) if isinstance(t, BlankNode)]
        self._taken = {t.value for t in terms}
        self._numbers = count()
        self._shapes: dict[Node, BlankNode] = {}

    def new(self, kind: str) -> BlankNode:
        """One that is not used yet."""
        labels = (f"{kind}{n}" for n in self._numbers)
        return BlankNode(next(label for label in labels if label not in self._taken))

    def shape(self, shape: Node) -> Node:
        """An anonymous shape under the number that it got first."""
        return self._shapes.setdefault(shape, self.new("shape")) if isinstance(shape, BlankNode) else shape


def _result(result: Result, node: BlankNode, names: _Names) -> Iterator[Triple]:
    yield Triple(node, TYPE, sh("ValidationResult"))
    yield Triple(node, sh("focusNode"), result.focus)
    if result.path is not None:
        path, triples = write_path(result.path, lambda: names.new("path"))
        yield Triple(node, sh("resultPath"), path)
        yield from triples
    if result.value is not None:
        yield Triple(node, sh("value"), result.value)
    yield Triple(node, sh("resultSeverity"), NamedNode(result.severity))
    yield Triple(node, sh("sourceConstraintComponent"), NamedNode(result.component))
    if result.shape is not None:
        yield Triple(node, sh("sourceShape"), names.shape(result.shape))
    if result.constraint is not None:
        yield Triple(node, sh("sourceConstraint"), names.shape(result.constraint))
    for language, text in sorted(result.messages.items()):
        yield Triple(node, sh("resultMessage"), Literal(text, language=language) if language else Literal(text))
