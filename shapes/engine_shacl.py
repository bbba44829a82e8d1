"""The `shacl` engine (Rust): fast, and the gate's own.

It renames blank nodes by their order in the text (`_:0_b7`), shapes first; `_Names` turns that round and checks it.
It reads a decimal of more than 18 places, or beyond 1.7e20, as ill-typed, and 24:00:01 as a time: these are handed over
as a stand-in that it judges as W3C says, and come back as themselves (see docs/decisions/0004).
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import replace
from decimal import ROUND_DOWN, Context, Decimal

import shacl
from pyoxigraph import BlankNode, Literal, NamedNode, RdfFormat, Triple, parse, serialize

from kaigraph.ontology.errors import BadVocabulary
from kaigraph.shapes.handover import Finding, brief, read_findings
from kaigraph.shapes.lexical import well_formed
from kaigraph.shapes.terms import XSD, Term

_LIMIT = Decimal(2**127 // 10**18)
_PLACES = Decimal(1).scaleb(-18)
_DECIMAL = NamedNode(XSD + "decimal")
_CLOCKS = {NamedNode(XSD + "time"), NamedNode(XSD + "dateTime")}
_DOUBTFUL = re.compile(rf'"\^\^<{re.escape(XSD)}(decimal|time|dateTime)>')
_SHORT = 18  # characters; no decimal that is shorter has too many places or is too large
_BLANK = re.compile(r"0_b(\d+)")


def run(data: Iterable[Triple], shapes: Iterable[Triple]) -> list[Finding]:
    """Every result that the shapes have on the data."""
    stand_ins = _StandIns()
    handed_shapes, shapes_text = stand_ins.put(shapes)
    handed_data, data_text = stand_ins.put(data)
    try:
        compiled = shacl.Shapes.from_text(shapes_text, "ntriples")
        report = compiled.validate_text(data_text, "ntriples")
    except ValueError as error:
        raise BadVocabulary(
            f"The shapes cannot be used: {brief(str(error))}.", hint="Correct the shapes graph."
        ) from error
    if not report.results:
        return []
    names = _Names(handed_shapes, handed_data)
    found = read_findings(q.triple for q in parse(report.serialize("ntriples"), format=RdfFormat.N_TRIPLES))
    return [_in_own_terms(f, names, stand_ins) for f in found]


def _in_own_terms(finding: Finding, names: _Names, stand_ins: _StandIns) -> Finding:
    focus = stand_ins.take(names.own(finding.focus))
    value = stand_ins.take(names.own(finding.value)) if finding.value is not None else None
    return replace(finding, focus=focus, value=value)


def _text(triples: Iterable[Triple]) -> str:
    return (serialize(triples, format=RdfFormat.N_TRIPLES) or b"").decode()


class _Names:
    """The caller's blank nodes, by the number the engine gives them: in order of appearance, shapes first."""

    def __init__(self, shapes: list[Triple], data: list[Triple]) -> None:
        self._first = len(_blank_nodes(shapes))
        self._nodes = list(_blank_nodes(data))

    def own(self, term: Term) -> Term:
        if not isinstance(term, BlankNode):
            return term
        match = _BLANK.fullmatch(term.value)
        place = int(match[1]) - self._first if match else -1
        if not 0 <= place < len(self._nodes):
            raise RuntimeError(f"shacl names blank nodes in a new way: {term}")
        return self._nodes[place]


def _blank_nodes(triples: Iterable[Triple]) -> dict[BlankNode, None]:
    return {t: None for s, _, o in triples for t in (s, o) if isinstance(t, BlankNode)}


class _StandIns:
    """Literals that the engine misjudges, each beside one that it judges as the original ought to be."""

    def __init__(self) -> None:
        self._given: dict[Literal, Literal] = {}
        self._back: dict[Term, Literal] = {}

    def put(self, triples: Iterable[Triple]) -> tuple[list[Triple], str]:
        """The triples with stand-ins, and their text."""
        given = list(triples)
        text = _text(given)
        if not _is_doubtful(text):
            return given, text
        put = [Triple(s, p, self._stand_in(o)) if isinstance(o, Literal) else t for t in given for s, p, o in (t,)]
        return put, _text(put)

    def take(self, term: Term) -> Term:
        """The literal that a stand-in stands for."""
        return self._back.get(term, term)

    def _stand_in(self, literal: Literal) -> Literal:
        if literal.datatype == _DECIMAL and _misread_decimal(literal.value):
            return self._keep(literal, _near(literal.value, len(self._given)))
        if literal.datatype in _CLOCKS and well_formed(literal.datatype.value, literal.value) is False:
            return self._keep(literal, f"{literal.value} is no time")
        return literal

    def _keep(self, literal: Literal, text: str) -> Literal:
        if literal not in self._given:
            self._given[literal] = stand_in = Literal(text, datatype=literal.datatype)
            self._back[stand_in] = literal
        return self._given[literal]


def _is_doubtful(text: str) -> bool:
    """Whether N-Triples may hold a literal that is misjudged: any clock, or a decimal of some length.

    Most graphs hold none, and looking at each of their literals took longer than judging them.
    """
    for found in _DOUBTFUL.finditer(text):
        if found[1] != "decimal" or '"' not in text[found.start() - _SHORT : found.start()]:
            return True
    return False


def _misread_decimal(text: str) -> bool:
    if not well_formed(_DECIMAL.value, text):
        return False
    places = len(text.partition(".")[2].rstrip("0"))
    return places > _PLACES.adjusted() * -1 or abs(Decimal(text)) > _LIMIT


def _near(text: str, number: int) -> str:
    """The nearest decimal that the engine can hold, with as many leading zeros as keep it distinct from the others."""
    wide = Context(prec=len(text) + 20)
    value = max(-_LIMIT, min(_LIMIT, Decimal(text))).quantize(_PLACES, rounding=ROUND_DOWN, context=wide)
    sign = "-" if value.is_signed() else ""
    return f"{sign}{'0' * (number + 1)}{abs(value):f}"
