"""RDF/XML, flat and exact: an element a subject, as its class where that has an XML name.

It is laid out here: pyoxigraph's serialiser writes `<oxprefix:>` where an IRI has no XML name, control characters as
they are, and carriage returns so that XML parsers read line feeds. What XML cannot bear is refused instead.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from itertools import count, groupby
from xml.sax.saxutils import escape, quoteattr  # writes, and parses nothing

from pyoxigraph import BlankNode, Literal, NamedNode, Triple

from kaigraph.loaders.graph import Node
from kaigraph.loaders.quads import object_of, subject_of
from kaigraph.ontology.datatypes.xsd import NAME_MORE, NAME_START
from kaigraph.ontology.errors import BadUse
from kaigraph.ontology.model import Iri
from kaigraph.ontology.terms import RDF_TYPE, XSD

_RDF = "http://www.w3.org/1999/02/22-rdf-syntax-ns#"
_NAME = re.compile(rf"[{NAME_START}][{NAME_MORE}]*")
_LOCAL = re.compile(rf"[{NAME_START}][{NAME_MORE}]*\Z")
_NO_XML = re.compile("[^\t\n\r\x20-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")
_RESERVED_SPACES = ("http://www.w3.org/2000/xmlns/", "http://www.w3.org/XML/1998/namespace")
#: What RDF/XML keeps for its own syntax, or reads as another property.
_SYNTAX = frozenset(
    _RDF + name
    for name in (
        *("RDF", "ID", "about", "parseType", "resource", "nodeID", "datatype", "Description", "li"),
        *("aboutEach", "aboutEachPrefix", "bagID"),
    )
)


class NotInXml(BadUse):
    """What RDF/XML cannot hold."""

    code = "NOT_IN_XML"
    status = 406


def rdf_xml(triples: Sequence[Triple], prefixes: Mapping[str, Iri]) -> Iterator[str]:
    """The text of a document, of triples that are sorted by subject.

    Raises:
        NotInXml: a property whose IRI ends in no XML name, or a character that XML 1.0 has not.
    """
    names = _Elements(triples, prefixes)
    _check(names, triples)
    yield '<?xml version="1.0" encoding="UTF-8"?>\n<rdf:RDF'
    yield from (f"\n    xmlns:{prefix}={quoteattr(space)}" for prefix, space in names.spaces())
    yield ">\n"
    for subject, about in groupby(triples, key=subject_of):
        yield from _element(names, subject, list(about))
    yield "</rdf:RDF>\n"


def _check(names: _Elements, triples: Sequence[Triple]) -> None:
    """Refuse before the first character is written: a reader of a stream must not see a document that breaks off."""
    for triple in triples:
        if names.of(triple.predicate.value) is None:
            hint = "choose another format: only in RDF/XML a property must end in a name that XML has"
            raise NotInXml("RDF/XML cannot hold this property", where=triple.predicate.value, hint=hint)
        wrong = _NO_XML.search(triple.object.value) if isinstance(triple.object, Literal) else None
        if wrong is not None:
            hint = "choose another format: only XML leaves such characters out"
            raise NotInXml(f"RDF/XML cannot hold the character U+{ord(wrong[0]):04X}", hint=hint)


def _element(names: _Elements, subject: Node, about: list[Triple]) -> Iterator[str]:
    classes = [t for t in about if t.predicate.value == RDF_TYPE and names.of(_iri(t)) is not None]
    name = names.of(_iri(classes[0])) if classes else "rdf:Description"
    which = names.attribute("about", subject)
    rest = [t for t in about if t not in classes[:1]]
    if not rest:
        yield f"  <{name} {which}/>\n"
        return
    yield f"  <{name} {which}>\n"
    yield from (f"    {_property(names, t)}\n" for t in rest)
    yield f"  </{name}>\n"


def _iri(triple: Triple) -> Iri:
    return triple.object.value if isinstance(triple.object, NamedNode) else ""


def _property(names: _Elements, triple: Triple) -> str:
    name, value = names.of(triple.predicate.value), object_of(triple)
    if not isinstance(value, Literal):
        return f"<{name} {names.attribute('resource', value)}/>"
    return f"<{name}{_kind(value)}>{_text(value.value)}</{name}>"


def _kind(literal: Literal) -> str:
    if literal.language is not None:
        return f" xml:lang={quoteattr(literal.language)}"
    datatype = literal.datatype.value
    return "" if datatype == XSD + "string" else f" rdf:datatype={quoteattr(datatype)}"


def _text(text: str) -> str:
    return escape(text, {"\r": "&#13;"})


class _Elements:
    """The names of elements in one document."""

    def __init__(self, triples: Sequence[Triple], prefixes: Mapping[str, Iri]) -> None:
        self._prefixes = {_RDF: "rdf"}
        for prefix, space in sorted(prefixes.items()):
            if _can_bind(prefix, space) and prefix not in self._prefixes.values():
                self._prefixes.setdefault(space, prefix)
        self._taken = set(self._prefixes.values())
        self._numbers = count()
        self._used = {_RDF}
        self._names: dict[Iri, str | None] = {}
        self._blank = "" if all(_NAME.fullmatch(label) for label in _labels(triples)) else "b"
        for triple in triples:
            self.of(triple.predicate.value)
            if triple.predicate.value == RDF_TYPE:
                self.of(_iri(triple))

    def spaces(self) -> list[tuple[str, Iri]]:
        """The prefixes in use, with their namespaces."""
        return sorted((prefix, space) for space, prefix in self._prefixes.items() if space in self._used)

    def of(self, iri: Iri) -> str | None:
        """The element of a property or class; `None` if it can have none."""
        if iri not in self._names:
            self._names[iri] = None if iri in _SYNTAX else self._named(iri)
        return self._names[iri]

    def attribute(self, kind: str, node: Node) -> str:
        """The attribute that says which node is meant."""
        if isinstance(node, BlankNode):
            return f"rdf:nodeID={quoteattr(self._blank + node.value)}"
        return f"rdf:{kind}={quoteattr(node.value)}"

    def _named(self, iri: Iri) -> str | None:
        bound = [s for s in self._prefixes if iri.startswith(s) and _NAME.fullmatch(iri, len(s))]
        if bound:
            space = max(bound, key=len)
        else:
            found = _LOCAL.search(iri)
            if found is None or iri[: found.start()] in _RESERVED_SPACES:
                return None
            space = iri[: found.start()]
            self._prefixes[space] = self._next()
        self._used.add(space)
        return f"{self._prefixes[space]}:{iri[len(space) :]}"

    def _next(self) -> str:
        prefix = next(p for p in (f"ns{number}" for number in self._numbers) if p not in self._taken)
        self._taken.add(prefix)
        return prefix


def _can_bind(prefix: str, space: Iri) -> bool:
    usable = bool(_NAME.fullmatch(prefix)) and not prefix.lower().startswith("xml") and prefix != "rdf"
    return usable and space not in (*_RESERVED_SPACES, "")


def _labels(triples: Sequence[Triple]) -> Iterator[str]:
    for triple in triples:
        for term in (triple.subject, triple.object):
            if isinstance(term, BlankNode):
                yield term.value
