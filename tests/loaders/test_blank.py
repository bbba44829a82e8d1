import random
from typing import TypeVar

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from pyoxigraph import BlankNode, CanonicalizationAlgorithm, Dataset, DefaultGraph, Literal, NamedNode, Quad

from kaigraph.loaders.files.blank import stable
from kaigraph.loaders.quads import object_of, subject_of
from kaigraph.ontology.errors import BadSource

P, Q = NamedNode("http://x/p"), NamedNode("http://x/q")
IRIS = [NamedNode(f"http://x/{name}") for name in "ab"]
BLANKS = [BlankNode(f"n{i}") for i in range(6)]
QUADS = st.builds(
    Quad,
    st.sampled_from([*BLANKS, *IRIS]),
    st.sampled_from([P, Q]),
    st.sampled_from([*BLANKS, *IRIS, Literal("1"), Literal("1", language="ko")]),
    st.sampled_from([DefaultGraph(), IRIS[0], BLANKS[0]]),
)
T = TypeVar("T", bound=NamedNode | BlankNode | Literal | DefaultGraph)
GRAPHS = st.lists(QUADS, max_size=9)


def move(term: T, new: dict[BlankNode, BlankNode]) -> T | BlankNode:
    return new[term] if isinstance(term, BlankNode) else term


def relabelled(quads: list[Quad], seed: int) -> list[Quad]:
    chance = random.Random(seed)  # noqa: S311  # no secret
    names = chance.sample(range(1000), len(BLANKS))
    new = {old: BlankNode(f"m{name}") for old, name in zip(BLANKS, names, strict=True)}
    moved = [
        Quad(move(subject_of(q), new), q.predicate, move(object_of(q), new), move(q.graph_name, new)) for q in quads
    ]
    chance.shuffle(moved)
    return moved


def canonical(quads: list[Quad]) -> set[Quad]:
    """What pyoxigraph's RDFC-1.0 makes of them: the reference."""
    dataset = Dataset(quads)
    dataset.canonicalize(CanonicalizationAlgorithm.RDFC_1_0)
    return set(dataset)


@given(GRAPHS, st.integers(0, 99))
def test_names_do_not_depend_on_labels_or_order(quads: list[Quad], seed: int) -> None:
    assert stable(quads) == stable(relabelled(quads, seed))


@given(GRAPHS)
def test_naming_is_isomorphic_and_idempotent(quads: list[Quad]) -> None:
    named = stable(quads)
    assert canonical(list(named)) == canonical(quads)
    assert stable(named) == named


@given(GRAPHS, GRAPHS)
@settings(max_examples=200)
def test_equal_names_mean_isomorphic(one: list[Quad], other: list[Quad]) -> None:
    assert (stable(one) == stable(other)) == (canonical(one) == canonical(other))


def test_another_component_changes_no_name() -> None:
    first = [Quad(BLANKS[0], P, Literal("1"))]
    assert set(stable(first)) < set(stable([*first, Quad(BLANKS[1], P, Literal("2"))]))


def test_duplicates_are_numbered() -> None:
    twins = stable([Quad(IRIS[0], P, b) for b in BLANKS[:3]])
    assert len(twins) == 3
    assert object_of(twins[0]).value + "_1" in {object_of(q).value for q in twins}


def test_the_graph_counts() -> None:
    one, other = (stable([Quad(BLANKS[0], P, Literal("1"), g)])[0].subject for g in IRIS)
    assert one != other


def named(edges: set[tuple[int, int]], seed: int) -> tuple[Quad, ...]:
    nodes = sorted({node for edge in edges for node in edge})
    new = random.Random(seed).sample(nodes, len(nodes))  # noqa: S311  # no secret
    return stable(Quad(BlankNode(f"k{new[a]}_"), P, BlankNode(f"k{new[b]}_")) for a, b in edges)


@pytest.mark.parametrize(
    "edges",
    [
        {(i, i + 1) for i in range(2000)},  # a list of equal members
        {(0, i) for i in range(1, 2000)},  # a star
        {((i - 1) // 3, i) for i in range(1, 1093)},  # a tree that is the same everywhere
        {(i, j) for i in range(12) for j in range(12) if i != j},  # each leads to each
        {(i, (i + 1) % 60) for i in range(60)},  # a ring
        {(i * 6 + j, i * 6 + (j + 1) % 6) for i in range(6) for j in range(6)}
        | {(i * 6 + j, (i + 1) % 6 * 6 + j) for i in range(6) for j in range(6)},  # a torus
    ],
    ids=["chain", "star", "tree", "clique", "ring", "torus"],
)
def test_symmetry_is_no_trouble(edges: set[tuple[int, int]]) -> None:
    assert named(edges, 1) == named(edges, 2)


def test_poison_is_refused_soon_and_clearly() -> None:
    rings = {(i * 3 + j, i * 3 + (j + 1) % 3) for i in range(40) for j in range(3)} | {(120, i * 3) for i in range(40)}
    with pytest.raises(BadSource, match="symmetrically") as caught:
        named(rings, 1)
    assert "IRIs" in caught.value.hint
