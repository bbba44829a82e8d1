"""What is a kind of what: direct superclasses without cycles, and their closures."""

from __future__ import annotations

from collections.abc import Iterable, Mapping

Iri = str
Parents = Mapping[Iri, tuple[Iri, ...]]


def acyclic(edges: Iterable[tuple[Iri, Iri]], same: Iterable[tuple[Iri, Iri]] = ()) -> dict[Iri, tuple[Iri, ...]]:
    """Direct parents from (child, parent) edges and pairs that are `same`, with cycles broken.

    The smallest IRI of a cycle becomes the parent of its other members and takes over their parents outside.
    """
    graph: dict[Iri, set[Iri]] = {}
    for child, parent in [*edges, *same, *((b, a) for a, b in same)]:
        graph.setdefault(child, set()).add(parent)
        graph.setdefault(parent, set())
    head = _heads(graph)
    parents: dict[Iri, set[Iri]] = {node: set() if head[node] == node else {head[node]} for node in graph}
    for node, above in graph.items():
        parents[head[node]] |= {parent for parent in above if head[parent] != head[node]}
    return {node: tuple(sorted(parents[node])) for node in sorted(parents)}


def _heads(graph: Mapping[Iri, set[Iri]]) -> dict[Iri, Iri]:
    """The smallest member of the cycle that each node is in (itself, where in none): Kosaraju, without recursion."""
    back: dict[Iri, set[Iri]] = {node: set() for node in graph}
    for node, above in graph.items():
        for parent in above:
            back[parent].add(node)
    head: dict[Iri, Iri] = {}
    for root in reversed(_finished(graph)):
        if root not in head:
            members = _reach(root, back, head)
            head |= dict.fromkeys(members, min(members))
    return head


def _finished(graph: Mapping[Iri, set[Iri]]) -> list[Iri]:
    """Nodes in the order in which a depth-first walk leaves them."""
    order: list[Iri] = []
    seen: set[Iri] = set()
    for root in sorted(graph):
        stack = [] if root in seen else [(root, iter(graph[root]))]
        seen.add(root)
        while stack:
            node, above = stack[-1]
            step = next((parent for parent in above if parent not in seen), None)
            if step is None:
                order.append(node)
                stack.pop()
            else:
                seen.add(step)
                stack.append((step, iter(graph[step])))
    return order


def _reach(root: Iri, graph: Mapping[Iri, set[Iri]], done: Mapping[Iri, Iri]) -> set[Iri]:
    found = {root}
    todo = [root]
    while todo:
        fresh = {node for node in graph[todo.pop()] if node not in found and node not in done}
        found |= fresh
        todo += fresh
    return found


def top_down(parents: Parents) -> list[Iri]:
    """Every node after all its parents; of equals, the smallest IRI first."""
    children = inverted(parents)
    waiting = {node: len(above) for node, above in parents.items()}
    ready = sorted((node for node, count in waiting.items() if not count), reverse=True)
    order: list[Iri] = []
    while ready:
        node = ready.pop()
        order.append(node)
        for child in children[node]:
            waiting[child] -= 1
            if not waiting[child]:
                ready.append(child)
    return order


def inverted(parents: Parents) -> dict[Iri, tuple[Iri, ...]]:
    """Children instead of parents."""
    children: dict[Iri, list[Iri]] = {node: [] for node in parents}
    for node in sorted(parents, reverse=True):
        for parent in parents[node]:
            children[parent].append(node)
    return {node: tuple(below) for node, below in children.items()}


def closure(parents: Parents) -> dict[Iri, frozenset[Iri]]:
    """Every ancestor of each node, the node itself left out."""
    above: dict[Iri, frozenset[Iri]] = {}
    for node in top_down(parents):
        above[node] = frozenset(parents[node]).union(*(above[parent] for parent in parents[node]))
    return above


def nearest(
    node: Iri, parents: Parents, ancestors: Mapping[Iri, frozenset[Iri]], kept: frozenset[Iri]
) -> tuple[Iri, ...]:
    """The kept ancestors of a node that stand above it with no other kept one between."""
    found: set[Iri] = set()
    seen: set[Iri] = set()
    todo = list(parents.get(node, ()))
    while todo:
        parent = todo.pop()
        if parent in kept:
            found.add(parent)
        elif parent not in seen:
            seen.add(parent)
            todo += parents.get(parent, ())
    return tuple(sorted(p for p in found if not any(p in ancestors[other] for other in found)))


def most_general(nodes: Iterable[Iri], ancestors: Mapping[Iri, frozenset[Iri]]) -> tuple[Iri, ...]:
    """The nodes none of whose ancestors is among them, sorted."""
    given = set(nodes)
    return tuple(sorted(node for node in given if given.isdisjoint(ancestors.get(node, ()))))
