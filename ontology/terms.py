"""The terms that Python may know: W3C's and core:."""

from __future__ import annotations

from pyoxigraph import NamedNode

RDF = "http://www.w3.org/1999/02/22-rdf-syntax-ns#"
RDFS = "http://www.w3.org/2000/01/rdf-schema#"
OWL = "http://www.w3.org/2002/07/owl#"
SH = "http://www.w3.org/ns/shacl#"
SKOS = "http://www.w3.org/2004/02/skos/core#"
XSD = "http://www.w3.org/2001/XMLSchema#"
DCTERMS = "http://purl.org/dc/terms/"
FOAF = "http://xmlns.com/foaf/0.1/"
SCHEMA = "https://schema.org/"
SCHEMA_HTTP = "http://schema.org/"
CORE = "https://w3id.org/kaigraph/core#"

#: Their terms speak about vocabularies, not about things: a node is not shown as one of these.
LANGUAGE_NAMESPACES = (RDF, RDFS, OWL, SH)


def is_language_term(iri: str) -> bool:
    """Whether an IRI is a term of RDF, RDFS, OWL or SHACL."""
    return iri.startswith(LANGUAGE_NAMESPACES)


def rdf(name: str) -> NamedNode:
    """A term of RDF."""
    return NamedNode(RDF + name)


def rdfs(name: str) -> NamedNode:
    """A term of RDF Schema."""
    return NamedNode(RDFS + name)


def owl(name: str) -> NamedNode:
    """A term of OWL."""
    return NamedNode(OWL + name)


def sh(name: str) -> NamedNode:
    """A term of SHACL."""
    return NamedNode(SH + name)


def skos(name: str) -> NamedNode:
    """A term of SKOS."""
    return NamedNode(SKOS + name)


def core(name: str) -> NamedNode:
    """A term of the core vocabulary."""
    return NamedNode(CORE + name)


RDF_TYPE = RDF + "type"
TYPE = NamedNode(RDF_TYPE)
LABEL = rdfs("label")
PREF_LABEL = skos("prefLabel")
