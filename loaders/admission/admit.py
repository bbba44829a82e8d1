"""Whether resolved data may enter a store: SHACL and our own checks, in one report that says where each result stands.

SHACL sees the graph that people walk. The checks see every fact, superseded ones too.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import replace

from pyoxigraph import DefaultGraph, Literal, NamedNode

from kaigraph.loaders.admission.once import DATATYPE, told_once
from kaigraph.loaders.admission.origins import Origins
from kaigraph.loaders.files.unsourced import unsourced
from kaigraph.loaders.graph import Conflict, Dataset, Node, Resolved, Term
from kaigraph.loaders.resolving.resolve import walkable
from kaigraph.loaders.terms import node_id
from kaigraph.ontology.datatypes.xsd import check_lexical
from kaigraph.ontology.terms import CORE, SH, TYPE
from kaigraph.shapes import Report, Result, Vocabulary, validate
from kaigraph.shapes.checks import UNDESCRIBED_GRAPH, ill_typed, undescribed_graphs, unknown_terms, unsourced_facts

_MAX_COUNT = SH + "MaxCountConstraintComponent"
# What the shapes miss in a claim that is not described at all: that it is not says it.
_INCOMPLETE = {SH + "MinCountConstraintComponent", SH + "OrConstraintComponent"}
_CLAIM, _SOURCE = NamedNode(CORE + "Claim"), NamedNode(CORE + "source")


def admit(resolved: Resolved, vocabulary: Vocabulary, engine: str = "shacl") -> Report:
    """The report on resolved data; it may enter a store unless `Report.blocks`."""
    found = validate(walkable(resolved), vocabulary, engine).results
    conflicts: dict[tuple[object, str], Conflict] = {(c.subject, c.predicate.value): c for c in resolved.conflicts}
    origins = Origins(resolved)
    checked = list(_checks(resolved, vocabulary, found))
    nobodys = {r.focus for r in checked if r.component == UNDESCRIBED_GRAPH}
    hinted = [_hinted(r, conflicts) for r in found if r.focus not in nobodys or r.component not in _INCOMPLETE]
    return Report.of(tuple(origins.fill(r) for r in told_once([*hinted, *checked], _wrong)))


def _checks(resolved: Resolved, vocabulary: Vocabulary, found: Iterable[Result]) -> Iterator[Result]:
    def facts() -> Iterator[tuple[Node, NamedNode, Term]]:
        return ((f.subject, f.predicate, f.object) for f in resolved.facts)

    yield from unknown_terms(facts(), vocabulary)
    told = {(r.focus, r.path, r.value) for r in found if r.component == DATATYPE}
    yield from (r for r in ill_typed(facts(), _wrong) if (r.focus, r.path, r.value) not in told)
    if resolved.dataset.is_claims:
        yield from undescribed_graphs(_graphs(resolved.dataset), _described(resolved.dataset))
        yield from unsourced_facts(unsourced(resolved.dataset, vocabulary.ontology))


def _hinted(result: Result, conflicts: Mapping[tuple[object, str], Conflict]) -> Result:
    """The result with what the caller knows to say of it: who disagrees, or why a literal is none of its datatype."""
    conflict = conflicts.get((result.focus, result.path.iri)) if result.path is not None else None
    if conflict is not None and result.component == _MAX_COUNT:
        return replace(result, claims=conflict.claims, hint=_decide(conflict))
    if result.component == DATATYPE and isinstance(result.value, Literal):
        return replace(result, hint=_wrong(result.value) or "")
    return result


def _decide(conflict: Conflict) -> str:
    names = " and ".join(f"<{claim}>" for claim in conflict.claims)
    return (
        f'{names} disagree. Give one of them a core:ranking on "{conflict.predicate.value}"^^xsd:anyURI: '
        "core:preferred for the one that holds, or core:deprecated for one that was never true, with a core:reason."
    )


def _wrong(literal: Literal) -> str | None:
    return check_lexical(literal.value, literal.datatype.value)


def _graphs(dataset: Dataset) -> set[str]:
    return {node_id(q.graph_name) for q in dataset.quads if not isinstance(q.graph_name, DefaultGraph)}


def _described(dataset: Dataset) -> set[str]:
    """The claims that the default graph describes: by their class or their source."""
    default = [q for q in dataset.quads if isinstance(q.graph_name, DefaultGraph)]
    claims = (q.subject for q in default if q.predicate == _SOURCE or (q.predicate == TYPE and q.object == _CLAIM))
    return {c.value for c in claims if isinstance(c, NamedNode)}
