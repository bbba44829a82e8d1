"""Back out of a store: the graph that people walk, everything that was said, or one node with what describes it."""

from __future__ import annotations

import io
from collections.abc import Iterable, Iterator
from typing import TypeVar

from pyoxigraph import BlankNode, DefaultGraph, NamedNode, Quad, Triple

from kaigraph.loaders.store import Store
from kaigraph.loaders.write_rdf import FORMATS, write
from kaigraph.ontology.errors import KaigraphError

__all__ = ["FORMATS", "NotFound", "describe", "export_dataset", "export_graph"]

Said = TypeVar("Said", Quad, Triple)


class NotFound(KaigraphError):
    """A node that the store does not hold."""

    code = "NOT_FOUND"
    status = 404


def export_graph(store: Store, form: str) -> bytes:
    """The resolved graph of the present, in a format of `FORMATS`."""
    return _written(store, store.triples(), form)


def export_dataset(store: Store, form: str) -> bytes:
    """Every quad that was loaded, in a format with named graphs."""
    return _written(store, store.quads(), form)


def describe(store: Store, node: str, form: str) -> bytes:
    """One node with what describes it: its triples, and those of the blank nodes that they lead to.

    In a format with named graphs: every claim about it, superseded ones too, and the description of each claim. This
    is the Concise Bounded Description of the W3C member submission of 2005, per graph.

    Raises:
        NotFound: nothing is said of the node.
    """
    said: list[Quad] | list[Triple]
    if FORMATS[form]:
        quads = list(store.quads())
        about = list(_bounded(quads, node))
        said = [*about, *_descriptions(quads, about)]
    else:
        said = list(_bounded(list(store.triples()), node))
    if not said:
        raise NotFound("nothing is said of this node", where=node, hint="give the whole IRI, as the field `id` has it")
    return _written(store, said, form)


def _bounded(said: list[Said], node: str) -> Iterator[Said]:
    by_subject: dict[str, list[Said]] = {}
    for one in said:
        by_subject.setdefault(_name(one.subject), []).append(one)
    waiting, seen = [node], {node}
    while waiting:
        for one in by_subject.get(waiting.pop(), ()):
            yield one
            if isinstance(one.object, BlankNode) and _name(one.object) not in seen:
                seen.add(_name(one.object))
                waiting.append(_name(one.object))


def _descriptions(quads: Iterable[Quad], about: Iterable[Quad]) -> list[Quad]:
    graphs = {q.graph_name for q in about}
    return [q for q in quads if isinstance(q.graph_name, DefaultGraph) and q.subject in graphs]


def _name(term: object) -> str:
    if isinstance(term, BlankNode):
        return f"_:{term.value}"
    return term.value if isinstance(term, NamedNode) else ""


def _written(store: Store, said: Iterable[Quad | Triple], form: str) -> bytes:
    out = io.BytesIO()
    write(said, form, store.info().prefixes, out)
    return out.getvalue()
