"""Blank nodes follow the triple that reaches them: what describes a value that gave way gives way with it."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from pyoxigraph import BlankNode, Triple

from kaigraph.loaders.resolving.intervals import ALWAYS, NEVER, Spans, intersection, union


@dataclass(slots=True)
class Draft:
    """A fact in the making: its triple, who asserts it, and when it is part of the graph by itself."""

    triple: Triple
    graphs: tuple[str, ...]
    spans: Spans
    disputed: bool = False
    also: tuple[str, ...] = ()


def follow(drafts: Sequence[Draft]) -> None:
    """Narrow the spans of what is said of blank nodes to when something in the graph leads to them."""
    incoming: dict[BlankNode, list[Draft]] = defaultdict(list)
    about: dict[BlankNode, list[Draft]] = defaultdict(list)
    for draft in drafts:
        if isinstance(draft.triple.object, BlankNode) and draft.triple.object != draft.triple.subject:
            incoming[draft.triple.object].append(draft)
        if isinstance(draft.triple.subject, BlankNode):
            about[draft.triple.subject].append(draft)
    reached = _reached(incoming, about)
    for node, said in about.items():
        for draft in said:
            draft.spans = intersection(draft.spans, reached[node])


def _reached(
    incoming: Mapping[BlankNode, Sequence[Draft]], about: Mapping[BlankNode, Sequence[Draft]]
) -> dict[BlankNode, Spans]:
    """When each blank node is led to; always, for those that nothing but a cycle of blank nodes leads to."""
    reached: dict[BlankNode, Spans] = dict.fromkeys([*about, *incoming], NEVER)
    roots = [node for node in about if node not in incoming]
    _spread(roots, reached, about)
    for node, drafts in incoming.items():
        spans = union(s for d in drafts if not isinstance(d.triple.subject, BlankNode) for s in d.spans)
        _raise(node, spans, reached, about)
    _spread(_unanchored(incoming, about), reached, about)
    return reached


def _spread(
    nodes: Sequence[BlankNode], reached: dict[BlankNode, Spans], about: Mapping[BlankNode, Sequence[Draft]]
) -> None:
    for node in nodes:
        _raise(node, ALWAYS, reached, about)


def _raise(
    node: BlankNode, spans: Spans, reached: dict[BlankNode, Spans], about: Mapping[BlankNode, Sequence[Draft]]
) -> None:
    """Add moments to a node, and to those that it leads to."""
    waiting = [(node, spans)]
    while waiting:
        here, more = waiting.pop()
        merged = union([*reached[here], *more])
        if merged == reached[here]:
            continue
        reached[here] = merged
        for draft in about.get(here, ()):
            if isinstance(draft.triple.object, BlankNode):
                waiting.append((draft.triple.object, intersection(draft.spans, merged)))


def _unanchored(
    incoming: Mapping[BlankNode, Sequence[Draft]], about: Mapping[BlankNode, Sequence[Draft]]
) -> list[BlankNode]:
    """The nodes that neither an IRI nor a blank node without a way in leads to."""
    anchored: set[BlankNode] = set()
    waiting = [n for n in about if n not in incoming]
    waiting += [n for n, ds in incoming.items() if any(not isinstance(d.triple.subject, BlankNode) for d in ds)]
    while waiting:
        node = waiting.pop()
        if node not in anchored:
            anchored.add(node)
            waiting.extend(d.triple.object for d in about.get(node, ()) if isinstance(d.triple.object, BlankNode))
    return [node for node in about if node not in anchored]
