"""Whether resolved data may enter a store: SHACL and our own checks, in one report that says where each result stands.

SHACL sees the graph that people walk. The checks see every fact, superseded ones too.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import replace

from pyoxigraph import DefaultGraph, Literal, NamedNode, Triple

from kaigraph.loaders.graph import Conflict, Dataset, Resolved
from kaigraph.loaders.origins import Origins
from kaigraph.loaders.resolve import walkable
from kaigraph.loaders.xsd import check_lexical
from kaigraph.ontology.terms import CORE, SH, TYPE
from kaigraph.shapes import Report, Result, Vocabulary, validate
from kaigraph.shapes.checks import ill_typed, undescribed_graphs, unknown_terms

_MAX_COUNT, _DATATYPE = SH + "MaxCountConstraintComponent", SH + "DatatypeConstraintComponent"
_CLAIM, _SOURCE = NamedNode(CORE + "Claim"), NamedNode(CORE + "source")


def admit(resolved: Resolved, vocabulary: Vocabulary, engine: str = "shacl") -> Report:
    """The report on resolved data; it may enter a store unless `Report.blocks`."""
    found = validate(walkable(resolved), vocabulary, engine).results
    conflicts: dict[tuple[object, str], Conflict] = {(c.subject, c.predicate.value): c for c in resolved.conflicts}
    origins = Origins(resolved)
    hinted = [_hinted(r, conflicts) for r in found]
    return Report.of(tuple(origins.fill(r) for r in (*hinted, *_checks(resolved, vocabulary, found))))


def _checks(resolved: Resolved, vocabulary: Vocabulary, found: Iterable[Result]) -> Iterator[Result]:
    facts = [Triple(f.subject, f.predicate, f.object) for f in resolved.facts]
    yield from unknown_terms(facts, vocabulary)
    told = {(r.focus, r.path, r.value) for r in found if r.component == _DATATYPE}
    yield from (r for r in ill_typed(facts, _wrong) if (r.focus, r.path, r.value) not in told)
    if resolved.dataset.is_claims:
        yield from undescribed_graphs(_graphs(resolved.dataset), _described(resolved.dataset))


def _hinted(result: Result, conflicts: Mapping[tuple[object, str], Conflict]) -> Result:
    """The result with what the caller knows to say of it: who disagrees, or why a literal is none of its datatype."""
    conflict = conflicts.get((result.focus, result.path.iri)) if result.path is not None else None
    if conflict is not None and result.component == _MAX_COUNT:
        return replace(result, claims=conflict.claims, hint=_decide(conflict))
    if result.component == _DATATYPE and isinstance(result.value, Literal):
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
    return {q.graph_name.value for q in dataset.quads if isinstance(q.graph_name, NamedNode)}


def _described(dataset: Dataset) -> set[str]:
    """The claims that the default graph describes: by their class or their source."""
    default = [q for q in dataset.quads if isinstance(q.graph_name, DefaultGraph)]
    claims = (q.subject for q in default if q.predicate == _SOURCE or (q.predicate == TYPE and q.object == _CLAIM))
    return {c.value for c in claims if isinstance(c, NamedNode)}
