"""The `pyshacl` engine: the reference, slower, asked by `--engine pyshacl` and by the tests.

rdflib's idea of a literal is put right before pySHACL sees it: it rewrites lexical forms, calls years before 1 or after
9999, 24:00:00 and unclosed HTML ill-typed, and lets an overflowing xsd:long or `1e3` as a decimal pass.
"""

from __future__ import annotations

import logging
import warnings
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from datetime import date, datetime, time
from threading import Lock

import pyshacl
import rdflib
from pyoxigraph import BlankNode, Literal, NamedNode, Triple

from kaigraph.ontology.errors import BadVocabulary
from kaigraph.shapes.handover import Finding, brief, read_findings
from kaigraph.shapes.lexical import well_formed
from kaigraph.shapes.terms import XSD, Term

_ONE_AT_A_TIME = Lock()  # pySHACL sets a flag of rdflib's for the whole process


def run(data: Iterable[Triple], shapes: Iterable[Triple]) -> list[Finding]:
    """Every result that the shapes have on the data."""
    with _ONE_AT_A_TIME, _rdflib_left_alone():
        data_graph, shapes_graph = _graph(data), _graph(shapes)
        try:
            _, report, _ = pyshacl.validate(data_graph, shacl_graph=shapes_graph, inplace=True)
        except Exception as error:  # it lets those of rdflib's SPARQL and of Python's numbers through
            hint = "Correct the shapes, or ask the other engine: --engine shacl."
            said = brief(str(error) or repr(error))
            raise BadVocabulary(f"pySHACL cannot use these shapes on these data: {said}.", hint=hint) from error
    if not isinstance(report, rdflib.Graph):
        raise BadVocabulary(f"The shapes cannot be used: {brief(str(report))}.", hint="Correct the shapes graph.")
    return read_findings(_triple(*triple) for triple in report)


@contextmanager
def _rdflib_left_alone() -> Iterator[None]:
    """Restore the flag that pySHACL sets, and keep rdflib from logging a traceback for every literal it misreads."""
    normalize, loggers = rdflib.NORMALIZE_LITERALS, [logging.getLogger(n) for n in ("rdflib.term", "pyshacl.validate")]
    levels = [logger.level for logger in loggers]
    try:
        for logger in loggers:
            logger.setLevel(logging.CRITICAL)
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")
            yield
    finally:
        rdflib.NORMALIZE_LITERALS = normalize
        for logger, level in zip(loggers, levels, strict=True):
            logger.setLevel(level)


def _triple(s: rdflib.term.Node, p: rdflib.term.Node, o: rdflib.term.Node) -> Triple:
    subject = _from_rdflib(s)
    if isinstance(subject, Literal):
        raise TypeError(f"a literal is no subject: {subject}")
    return Triple(subject, NamedNode(str(p)), _from_rdflib(o))


def _graph(triples: Iterable[Triple]) -> rdflib.Graph:
    graph = rdflib.Graph()
    for s, p, o in triples:
        graph.add((_to_rdflib(s), _to_rdflib(p), _to_rdflib(o)))
    return graph


def _to_rdflib(term: Term) -> rdflib.term.IdentifiedNode | rdflib.Literal:
    if isinstance(term, NamedNode):
        return rdflib.URIRef(term.value)
    if isinstance(term, BlankNode):
        return rdflib.BNode(term.value)
    if term.language:
        return rdflib.Literal(term.value, lang=term.language)
    if term.datatype.value == XSD + "string":
        return rdflib.Literal(term.value)  # what rdflib's SPARQL means by "text"
    return _judged(rdflib.Literal(term.value, datatype=rdflib.URIRef(term.datatype.value), normalize=False))


def _judged(literal: rdflib.Literal) -> rdflib.Literal:
    """The literal with W3C's verdict on its lexical form in place of rdflib's (which has no public way to set it)."""
    verdict = well_formed(str(literal.datatype), str(literal))
    if verdict is False:
        literal._ill_typed, literal._value = True, None
    elif literal.ill_typed or literal.value is None:
        literal._ill_typed = False
        if verdict:
            literal._value = _nearest(str(literal), str(literal.datatype).removeprefix(XSD))
    return literal


def _nearest(text: str, name: str) -> object:
    """The nearest date or time that Python can hold."""
    if name == "time":
        return time.min
    midnight = text.replace("T24:", "T00:")
    low, high = (date.min, date.max) if name == "date" else (datetime.min, datetime.max)
    try:
        return type(low).fromisoformat(midnight)
    except ValueError:
        return low if text.startswith(("-", "0000")) else high


def _from_rdflib(term: rdflib.term.Node) -> Term:
    if isinstance(term, rdflib.URIRef):
        return NamedNode(str(term))
    if isinstance(term, rdflib.BNode):
        return BlankNode(str(term))
    if not isinstance(term, rdflib.Literal):
        raise TypeError(f"no RDF term: {term!r}")
    if term.language:
        return Literal(str(term), language=term.language)
    return Literal(str(term), datatype=NamedNode(str(term.datatype or XSD + "string")))
