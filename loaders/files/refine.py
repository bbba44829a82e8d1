"""A canonical order of the blank nodes of one connected component, in bounded time.

Colour refinement, then choosing among what it cannot tell apart. In a tree, and among nodes that can simply be
swapped, any choice is as good as another; elsewhere all are tried and the smallest outcome taken, as RDFC-1.0 does,
within a budget. (pyoxigraph's RDFC-1.0 takes seconds for a list of a few hundred equal members, and can take for
ever: docs/decisions/0008-blank-nodes.md.)
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence

from kaigraph.ontology.errors import BadSource

#: A quad as text, the positions of its blank nodes held by their numbers.
Pattern = tuple[str | int, ...]
#: Cells: the colour of a node is the place at which its cell starts in the order.
Colours = list[int]
Cells = dict[int, set[int]]
#: What a node saw change: how it is linked, and to what colour.
Seen = list[tuple[str, int]]

_BUDGET = 300_000  # nodes looked at while trying choices: about a second


class Component:
    """The quads of one component over blank nodes 0 … n-1."""

    def __init__(self, patterns: Sequence[Pattern], size: int) -> None:
        """Take the quads and how many blank nodes they speak of."""
        self.patterns = patterns
        self.size = size
        self._of: list[list[Pattern]] = [[] for _ in range(size)]
        for pattern in patterns:
            for node in {t for t in pattern if isinstance(t, int)}:
                self._of[node].append(pattern)
        self._near = self._links()
        self._is_tree = sum(len(n) for n in self._near) == 2 * (size - 1)
        self._budget = _BUDGET

    def order(self) -> tuple[str, list[int]]:
        """The component as canonical text, and each node's place in it."""
        first = [str(sorted(_seen_from(p, node) for p in self._of[node])) for node in range(self.size)]
        colours, cells = _cells(first)
        self._refine(colours, cells, set(range(self.size)))
        return self._search(colours, cells)

    def _links(self) -> list[dict[int, str]]:
        """For each node its neighbours, with all that links the two, as text."""
        links: list[dict[int, list[str]]] = [defaultdict(list) for _ in range(self.size)]
        for pattern in self.patterns:
            nodes = {t for t in pattern if isinstance(t, int)}
            for one in nodes:
                for other in nodes - {one}:
                    links[one][other].append(str(_seen_from(pattern, one, other)))
        return [{other: "".join(sorted(texts)) for other, texts in near.items()} for near in links]

    def _refine(self, colours: Colours, cells: Cells, changed: set[int]) -> None:
        """Split cells by what links their nodes to those whose colour changed, until nothing changes."""
        while changed:
            seen: dict[int, Seen] = defaultdict(list)
            for node in changed:
                for near in self._near[node]:
                    if len(cells[colours[near]]) > 1:
                        seen[near].append((self._near[near][node], colours[node]))
            touched: dict[int, dict[int, Seen]] = defaultdict(dict)
            for node, changes in seen.items():
                touched[colours[node]][node] = changes
            changed = {node for cell, nodes in touched.items() for node in _split(cell, colours, cells, nodes)}

    def _search(self, colours: Colours, cells: Cells) -> tuple[str, list[int]]:
        cell = 0
        while cell < self.size:
            if len(cells[cell]) == 1:
                cell += 1
            elif self._is_tree or self._are_twins(cells[cell]):
                self._choose(next(iter(cells[cell])), colours, cells)
            else:
                return min(self._choices(cell, colours, cells))
        return self._text(colours), colours

    def _choices(self, cell: int, colours: Colours, cells: Cells) -> list[tuple[str, list[int]]]:
        found = []
        for node in sorted(cells[cell]):
            self._budget -= self.size
            if self._budget < 0:
                raise BadSource(
                    f"{self.size} blank nodes are linked so symmetrically that they cannot be named",
                    hint="give these nodes IRIs",
                )
            own_colours, own_cells = list(colours), {c: set(nodes) for c, nodes in cells.items()}
            self._choose(node, own_colours, own_cells)
            found.append(self._search(own_colours, own_cells))
        return found

    def _choose(self, node: int, colours: Colours, cells: Cells) -> None:
        """Put one node of its cell last."""
        cell = colours[node]
        cells[cell].remove(node)
        colours[node] = cell + len(cells[cell])
        cells[colours[node]] = {node}
        self._refine(colours, cells, {node})

    def _are_twins(self, nodes: set[int]) -> bool:
        first = next(iter(nodes))
        return all(self._can_swap(first, other) for other in nodes if other != first)

    def _can_swap(self, one: int, other: int) -> bool:
        swap = {one: other, other: one}
        ours = {*self._of[one], *self._of[other]}
        return ours == {tuple(swap.get(t, t) if isinstance(t, int) else t for t in p) for p in ours}

    def _text(self, colours: Colours) -> str:
        lines = (" ".join(f"_:c{colours[t]}" if isinstance(t, int) else t for t in p) for p in self.patterns)
        return "\n".join(sorted(lines))


def _seen_from(pattern: Pattern, node: int, other: int = -1) -> tuple[str, ...]:
    names = {node: "_:a", other: "_:b"}
    return tuple(names.get(t, "_:z") if isinstance(t, int) else t for t in pattern)


def _cells(keys: Sequence[str]) -> tuple[Colours, Cells]:
    together: dict[str, set[int]] = defaultdict(set)
    for node, key in enumerate(keys):
        together[key].add(node)
    cells: Cells = {}
    colours = [0] * len(keys)
    place = 0
    for _, nodes in sorted(together.items()):
        _put(place, nodes, colours, cells)
        place += len(nodes)
    return colours, cells


def _put(place: int, nodes: set[int], colours: Colours, cells: Cells) -> None:
    cells[place] = nodes
    for node in nodes:
        colours[node] = place


def _split(cell: int, colours: Colours, cells: Cells, seen: dict[int, Seen]) -> list[int]:
    """Split one cell; those that saw no change stay where they are. Returns the nodes of a new colour."""
    parts: dict[tuple[tuple[str, int], ...], set[int]] = defaultdict(set)
    for node, changes in seen.items():
        parts[tuple(sorted(changes))].add(node)
    rest = cells[cell]
    rest.difference_update(seen)
    ordered = [nodes for _, nodes in sorted(parts.items())]
    place = cell + len(rest)
    for nodes in ordered:
        _put(place, nodes, colours, cells)
        place += len(nodes)
    return [node for nodes in (ordered if rest else ordered[1:]) for node in nodes]
