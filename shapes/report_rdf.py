"""A report in SHACL's own vocabulary."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from itertools import count
from typing import TYPE_CHECKING

from pyoxigraph import BlankNode, Literal, NamedNode, RdfFormat, Triple, serialize

from kaigraph.shapes.paths import write_path
from kaigraph.shapes.terms import CORE, SH, TYPE, XSD, sh

if TYPE_CHECKING:
    from kaigraph.shapes.report import Result

_PREFIXES = {"sh": SH, "xsd": XSD, "core": CORE}


def report_as_turtle(results: Iterable[Result]) -> str:
    """The validation report as Turtle."""
    triples = report_triples(results)
    return (serialize(triples, format=RdfFormat.TURTLE, prefixes=_PREFIXES) or b"").decode()


def report_triples(results: Iterable[Result]) -> list[Triple]:
    """The validation report as triples."""
    found = list(results)
    numbers = count()
    report = BlankNode("report")
    conforms = Literal("false" if found else "true", datatype=NamedNode(XSD + "boolean"))
    triples = [Triple(report, TYPE, sh("ValidationReport")), Triple(report, sh("conforms"), conforms)]
    for number, result in enumerate(found):
        node = BlankNode(f"result{number}")
        triples += [Triple(report, sh("result"), node), *_result(result, node, numbers)]
    return triples


def _result(result: Result, node: BlankNode, numbers: Iterator[int]) -> Iterator[Triple]:
    yield Triple(node, TYPE, sh("ValidationResult"))
    yield Triple(node, sh("focusNode"), result.focus)
    if result.path is not None:
        path, triples = write_path(result.path, lambda: BlankNode(f"path{next(numbers)}"))
        yield Triple(node, sh("resultPath"), path)
        yield from triples
    if result.value is not None:
        yield Triple(node, sh("value"), result.value)
    yield Triple(node, sh("resultSeverity"), NamedNode(result.severity))
    yield Triple(node, sh("sourceConstraintComponent"), NamedNode(result.component))
    if result.shape is not None:
        yield Triple(node, sh("sourceShape"), result.shape)
    if result.constraint is not None:
        yield Triple(node, sh("sourceConstraint"), result.constraint)
    for language, text in sorted(result.messages.items()):
        yield Triple(node, sh("resultMessage"), Literal(text, language=language) if language else Literal(text))
