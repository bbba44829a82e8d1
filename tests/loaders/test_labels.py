import pytest
from hypothesis import given
from hypothesis import strategies as st
from pyoxigraph import BlankNode, Literal, NamedNode, Quad

from kaigraph.loaders.files.read import make_dataset
from kaigraph.loaders.graph import Fact
from kaigraph.loaders.labels import all_labels, labels
from kaigraph.loaders.resolving.resolve import resolve
from kaigraph.ontology.model import Class, Model

X = "http://x/"
BEST, NEXT, OWN = X + "best", X + "next", X + "own"
MODEL = Model(
    classes={X + "T": Class(X + "T", 0, "T", "ts", {"en": "thing", "ko": "것"}, {}, (), (), (), (), ())},
    properties={},
    enumerations={},
    languages=("en", "ko"),
    label_properties=(BEST, NEXT),
    prefixes={},
    superproperties={OWN: (X + "other", BEST)},
    class_parents={},
    renamings=(),
    hash="",
)
A = NamedNode(X + "a-b_cD")


def fact(predicate: str, text: str, language: str = "", node: NamedNode | BlankNode = A) -> Fact:
    value = Literal(text, language=language) if language else Literal(text)
    return Fact(node, NamedNode(predicate), value, ("",), (("", "9999-99-99"),), True)


@pytest.mark.parametrize(
    ("facts", "english", "korean"),
    [
        ([(BEST, "A", "en"), (BEST, "가", "ko")], "A", "가"),
        ([(BEST, "가", "ko"), (NEXT, "A", "en")], "A", "가"),
        ([(NEXT, "B", "en"), (BEST, "A", "en")], "A", "A"),
        ([(NEXT, "A", "en"), (OWN, "Z", "en")], "Z", "Z"),
        ([(OWN, "A", "en"), (BEST, "Z", "en")], "Z", "Z"),
        ([(BEST, "가", "ko")], "가", "가"),
        ([(BEST, "plain", "")], "plain", "plain"),
        ([(BEST, "z", "zh"), (BEST, "f", "fr")], "f", "f"),
        ([(BEST, "plain", ""), (BEST, "f", "fr")], "plain", "plain"),
        ([(BEST, "colour", "en-gb"), (BEST, "가", "ko-kr")], "colour", "가"),
        ([(BEST, "b", "en"), (BEST, "a", "en")], "a", "a"),
        ([(BEST, " ", "en")], "a b c D", "a b c D"),
        ([], "a b c D", "a b c D"),
    ],
)
def test_fallback(facts: list[tuple[str, str, str]], english: str, korean: str) -> None:
    assert labels(A, [fact(*f) for f in facts], MODEL) == {"en": english, "ko": korean}


@pytest.mark.parametrize(
    ("iri", "label"),
    [
        ("http://x/ai-fund", "ai fund"),
        ("http://x/claim/000-11", "000-11"),
        ("http://x/o#GpuTranche10", "Gpu Tranche10"),
        ("http://x/%EA%B0%80_%EB%82%98/", "가 나"),
        ("urn:isbn:12", "12"),
        ("http://x/a.b", "a b"),
        ("http://", "http"),
    ],
)
def test_names_from_iris(iri: str, label: str) -> None:
    assert labels(NamedNode(iri), [], MODEL)["en"] == label


def test_blank_nodes_are_called_by_their_class() -> None:
    node = BlankNode("b0123456789")
    typed = Fact(node, NamedNode("http://www.w3.org/1999/02/22-rdf-syntax-ns#type"), NamedNode(X + "T"), (), (), True)
    assert labels(node, [typed], MODEL) == {"en": "thing", "ko": "것"}
    assert labels(node, [], MODEL) == {"en": "_:b0123456", "ko": "_:b0123456"}
    assert labels(node, [typed, fact(BEST, "own", "en", node)], MODEL)["ko"] == "own"


@given(st.permutations([(BEST, "가", "ko"), (NEXT, "A", "en"), (OWN, "B", "en"), (BEST, "x", ""), (BEST, "f", "fr")]))
def test_order_does_not_matter(facts: list[tuple[str, str, str]]) -> None:
    assert labels(A, [fact(*f) for f in facts], MODEL) == {"en": "B", "ko": "가"}


def test_every_node_of_the_graph_has_labels() -> None:
    a, b = NamedNode(X + "a"), NamedNode(X + "b")
    quads = [Quad(a, NamedNode(BEST), Literal("A", language="en")), Quad(a, b, b), Quad(a, b, BlankNode())]
    found = all_labels(resolve(make_dataset(quads), MODEL), MODEL)
    assert found[X + "a"] == {"en": "A", "ko": "A"}
    assert found[X + "b"] == {"en": "b", "ko": "b"}
    assert len(found) == 3
