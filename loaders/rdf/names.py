"""Terms as Turtle writes them: prefixed where a prefix fits, numbers and booleans bare where that is exact."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping

from pyoxigraph import Literal, NamedNode

from kaigraph.loaders.graph import Term
from kaigraph.ontology.datatypes.xsd import NAME_MORE, NAME_START
from kaigraph.ontology.terms import XSD

_LOCAL = re.compile(rf"([0-9{NAME_START}]([{NAME_MORE}]*[{NAME_MORE.replace('.', '')}])?)?")
_PREFIX = re.compile(rf"([{NAME_START.replace('_', '')}]([{NAME_MORE}]*[{NAME_MORE.replace('.', '')}])?)?")
_BARE = {
    XSD + "integer": re.compile(r"[+-]?[0-9]+"),
    XSD + "decimal": re.compile(r"[+-]?[0-9]*\.[0-9]+"),
    XSD + "double": re.compile(r"[+-]?([0-9]+\.[0-9]*|\.?[0-9]+)[eE][+-]?[0-9]+"),
    XSD + "boolean": re.compile("true|false"),
}


class Names:
    """The prefixes of a document."""

    def __init__(self, prefixes: Mapping[str, str]) -> None:
        """Take all prefixes; those that Turtle cannot write are left out."""
        self._prefixes = {p: iri for p, iri in sorted(prefixes.items()) if _PREFIX.fullmatch(p)}
        self._by_iri = {iri: prefix for prefix, iri in reversed(self._prefixes.items())}
        self._known: dict[str, str] = {}

    def header(self) -> Iterator[str]:
        """The declarations."""
        return (f"@prefix {prefix}: {NamedNode(iri)} .\n" for prefix, iri in self._prefixes.items())

    def text(self, term: Term) -> str:
        """An IRI or a literal; a blank node by its label."""
        if isinstance(term, NamedNode):
            return self.iri(term.value)
        return self._literal(term) if isinstance(term, Literal) else f"_:{term.value}"

    def iri(self, iri: str) -> str:
        """An IRI by the longest namespace that leaves a plain local name, or in full."""
        if iri not in self._known:
            self._known[iri] = self._shortest(iri)
        return self._known[iri]

    def _shortest(self, iri: str) -> str:
        spaces = (space for space in self._by_iri if iri.startswith(space) and _LOCAL.fullmatch(iri, len(space)))
        space = max(spaces, key=len, default=None)
        return f"<{iri}>" if space is None else f"{self._by_iri[space]}:{iri[len(space) :]}"

    def _literal(self, literal: Literal) -> str:
        datatype = literal.datatype.value
        if literal.language is not None or datatype == XSD + "string":
            return str(literal)
        return self.typed(str(Literal(literal.value)), datatype)

    def typed(self, quoted: str, datatype: str) -> str:
        """A literal of a datatype, its lexical form given in quotes as N-Triples has it."""
        bare = _BARE.get(datatype)
        if bare is not None and bare.fullmatch(quoted, 1, len(quoted) - 1):
            return quoted[1:-1]
        return f"{quoted}^^{self.iri(datatype)}"
