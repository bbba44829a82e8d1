"""The fact store: the facts about a node as records of parallel lists, and back."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from operator import itemgetter
from typing import Any, cast

from pyoxigraph import Literal, NamedNode

from kaigraph.loaders.graph import DEFAULT_GRAPH, Fact
from kaigraph.loaders.neo4j.records import Properties
from kaigraph.loaders.terms import language_tag, node_id, node_term, term_of

CHUNK = 500
FOR_EVER = (("", "9999-99-99"),)
_Columns = tuple[str, str, str, str]
_ORDINARY = (DEFAULT_GRAPH,)


def fact_records(facts: Sequence[Fact]) -> list[Properties]:
    """The records of one node's facts, in the order in which facts are listed."""
    ordered = sorted(zip(map(_columns, facts), facts, strict=True), key=itemgetter(0))
    return [_record(i // CHUNK, *zip(*ordered[i : i + CHUNK], strict=True)) for i in range(0, len(ordered), CHUNK)]


def facts_of(node: str, record: Mapping[str, Any]) -> Iterator[Fact]:
    """The facts of a record."""
    subject = node_term(node)
    graphs, also = _support(record)
    spans = _spans(record)
    columns = (record[c] for c in ("property", "value", "datatype", "language", "current", "disputed"))
    for i, (property_, value, datatype, language, current, disputed) in enumerate(zip(*columns, strict=True)):
        term = term_of(None, value, datatype, language or None) if datatype else node_term(value)
        held, said, more = spans[i], graphs[i], also[i]
        yield Fact(subject, NamedNode(property_), term, said, held, current, disputed, more)


def _columns(fact: Fact) -> _Columns:
    value = fact.object
    if isinstance(value, Literal):
        return fact.predicate.value, value.value, value.datatype.value, language_tag(value) or ""
    return fact.predicate.value, node_id(value), "", ""


def _record(chunk: int, columns: Sequence[_Columns], facts: Sequence[Fact]) -> Properties:
    properties, values, datatypes, languages = map(list, zip(*columns, strict=True))
    return {
        "chunk": chunk,
        "property": properties,
        "value": values,
        "datatype": datatypes,
        "language": languages,
        "current": [f.current for f in facts],
        "disputed": [f.disputed for f in facts],
        **_support_record(facts),
        **_span_record(facts),
    }


def _support_record(facts: Sequence[Fact]) -> Properties:
    """Who asserts each; nothing, if the default graph alone asserts them all."""
    if all(f.graphs == _ORDINARY and not f.also for f in facts):
        return {}
    rows = [(i, g, exact) for i, f in enumerate(facts) for exact, names in ((True, f.graphs), (False, f.also))
            for g in names]  # fmt: skip
    return {
        "support_fact": [i for i, _, _ in rows],
        "support_graph": [g for _, g, _ in rows],
        "support_exact": [e for _, _, e in rows],
    }


def _span_record(facts: Sequence[Fact]) -> Properties:
    """When each holds; nothing, if all hold for ever."""
    if all(f.spans == FOR_EVER for f in facts):
        return {}
    rows = [(i, since, until) for i, f in enumerate(facts) for since, until in f.spans]
    return {"span_fact": [i for i, _, _ in rows], "since": [s for _, s, _ in rows], "until": [u for _, _, u in rows]}


_Names = list[tuple[str, ...]]


def _support(record: Mapping[str, Any]) -> tuple[_Names, _Names]:
    count = len(record["property"])
    if "support_fact" not in record:
        return [_ORDINARY] * count, [()] * count
    exact: list[list[str]] = [[] for _ in range(count)]
    also: list[list[str]] = [[] for _ in range(count)]
    columns = (record[c] for c in ("support_fact", "support_graph", "support_exact"))
    for i, graph, is_exact in zip(*columns, strict=True):
        (exact if is_exact else also)[i].append(graph)
    return [tuple(names) for names in exact], [tuple(names) for names in also]


def _spans(record: Mapping[str, Any]) -> list[tuple[tuple[str, str], ...]]:
    count = len(record["property"])
    if "span_fact" not in record:
        return [FOR_EVER] * count
    found: list[list[tuple[str, str]]] = [[] for _ in range(count)]
    for i, *span in zip(record["span_fact"], record["since"], record["until"], strict=True):
        found[i].append(cast("tuple[str, str]", tuple(span)))
    return [tuple(spans) for spans in found]
