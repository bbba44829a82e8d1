"""What SHACL calls ill-formed, and nothing else, is refused here."""

from __future__ import annotations

from collections.abc import Callable

from pyoxigraph import BlankNode, Literal, NamedNode

from kaigraph.ontology.errors import BadVocabulary
from kaigraph.ontology.terms import XSD, sh
from kaigraph.ontology.triples import FIRST, NIL, REST, Node, Term, Triples
from kaigraph.ontology.vocabulary import Vocabulary

PATH, PROPERTY = sh("path"), sh("property")
SHAPE_VALUED = [PROPERTY, sh("node"), sh("not"), sh("qualifiedValueShape")]
SHAPE_LISTS = [sh("and"), sh("or"), sh("xone")]
LISTS = [sh("in"), sh("languageIn"), sh("ignoredProperties")]
IRI_VALUED = [
    sh("class"),
    sh("datatype"),
    sh("nodeKind"),
    sh("targetClass"),
    sh("targetSubjectsOf"),
    sh("targetObjectsOf"),
]
INTEGERS = ["minCount", "maxCount", "minLength", "maxLength", "qualifiedMinCount", "qualifiedMaxCount"]
BOOLEANS = ["deactivated", "uniqueLang", "closed", "qualifiedValueShapesDisjoint"]
ONCE = ["minCount", "maxCount", "minLength", "maxLength", "datatype", "nodeKind", "uniqueLang", "in", "languageIn",
        "deactivated", "closed", "minInclusive", "maxInclusive", "minExclusive", "maxExclusive"]  # fmt: skip
NODE_KINDS = [sh(k) for k in ("IRI", "BlankNode", "Literal", "BlankNodeOrIRI", "BlankNodeOrLiteral", "IRIOrLiteral")]
UNARY_PATHS = [sh("inversePath"), sh("zeroOrMorePath"), sh("oneOrMorePath"), sh("zeroOrOnePath")]


def check_shapes(vocabulary: Vocabulary) -> None:
    """Raise BadVocabulary, naming the shape, for the first ill-formed shape."""
    checker = _Checker(vocabulary)
    checker.values()
    checker.lists()
    checker.counts()
    checker.paths()


class _Checker:
    def __init__(self, vocabulary: Vocabulary) -> None:
        self.places = vocabulary.places
        self.graph: Triples = vocabulary.graph

    def refuse(self, shape: Node, message: str, hint: str) -> BadVocabulary:
        name = shape_name(self.graph, shape)
        return BadVocabulary(f"{name} {message}.", where=self.places.get(shape, ""), hint=hint)

    def each(self, predicate: NamedNode, fine: Callable[[Term], bool], message: str, hint: str) -> None:
        for shape, value in self.graph.pairs(predicate):
            if not fine(value):
                raise self.refuse(shape, f"has a sh:{_local(predicate)} {message}", hint)

    def values(self) -> None:
        for predicate in SHAPE_VALUED:
            self.each(predicate, _is_node, "that is a literal, not a shape", "Give a shape: an IRI or [ … ].")
        for predicate in IRI_VALUED:
            self.each(predicate, lambda v: isinstance(v, NamedNode), "that is no IRI", "Give one IRI.")
        self.each(sh("nodeKind"), lambda v: v in NODE_KINDS, "that SHACL does not know", "Use one such as sh:IRI.")
        for name in INTEGERS:
            self.each(sh(name), _is_integer, "that is no integer", "Give a number such as 1.")
        for name in BOOLEANS:
            self.each(sh(name), _is_boolean, "that is no boolean", "Give true or false.")

    def lists(self) -> None:
        for predicate in SHAPE_LISTS + LISTS:
            for shape, value in self.graph.pairs(predicate):
                items = self.items(shape, value, f"has a sh:{_local(predicate)} whose list is malformed")
                if predicate in SHAPE_LISTS and not all(map(_is_node, items)):
                    message = f"has a sh:{_local(predicate)} with a literal where a shape is expected"
                    raise self.refuse(shape, message, "Give shapes: IRIs or [ … ].")

    def items(self, shape: Node, head: Term, message: str) -> list[Term]:
        try:
            return self.graph.items(head)
        except BadVocabulary as error:
            raise self.refuse(shape, message, error.hint) from error

    def counts(self) -> None:
        for name in ONCE:
            for shape, _ in self.graph.pairs(sh(name)):
                if len(self.graph.objects(shape, sh(name))) > 1:
                    raise self.refuse(shape, f"has more than one sh:{name}", "Keep one of them.")

    def paths(self) -> None:
        for shape in {value for _, value in self.graph.pairs(PROPERTY) if not isinstance(value, Literal)}:
            if not self.graph.has(shape, PATH):
                raise self.refuse(shape, "has no sh:path", "Say which property it is about.")
        for shape, path in self.graph.pairs(PATH):
            if len(self.graph.objects(shape, PATH)) > 1:
                raise self.refuse(shape, "has more than one sh:path", "Write one property shape for each.")
            self.path(shape, path, ())

    def path(self, shape: Node, path: Term, above: tuple[Term, ...]) -> None:
        if isinstance(path, NamedNode) and path != NIL:
            return
        parts = None if path in above or not isinstance(path, BlankNode) else self.parts(shape, path)
        if not parts:
            raise self.refuse(
                shape, "has a malformed sh:path", "Give a property, or a path such as [ sh:inversePath … ]."
            )
        for part in parts:
            self.path(shape, part, (*above, path))

    def parts(self, shape: Node, path: BlankNode) -> list[Term] | None:
        """The paths within a path, or None where it is no path."""
        if self.graph.has(path, FIRST) or self.graph.has(path, REST):
            members = self.items(shape, path, "has a sh:path whose list is malformed")
            return members if len(members) > 1 else None
        for predicate in UNARY_PATHS:
            if self.graph.has(path, predicate):
                inner = self.graph.objects(path, predicate)
                return inner if len(inner) == 1 else None
        heads = self.graph.objects(path, sh("alternativePath"))
        return (
            self.items(shape, heads[0], "has a sh:alternativePath whose list is malformed") if len(heads) == 1 else None
        )


def shape_name(graph: Triples, shape: Node) -> str:
    """How to speak of a shape to people: by its IRI, else by its path and the shape it belongs to."""
    path: list[str] = []
    seen: set[Node] = set()
    node = shape
    while isinstance(node, BlankNode) and node not in seen:
        seen.add(node)
        path += [f"the property shape of <{iri}> in" for iri in graph.iris(node, PATH)[:1]]
        node = next(iter(_owners(graph, node)), node)
    name = f"the shape <{node.value}>" if isinstance(node, NamedNode) else "a shape without a name"
    text = " ".join([*(path or (["a blank node of"] if seen else [])), name])
    return text[0].upper() + text[1:]


def _owners(graph: Triples, node: Node) -> list[Node]:
    predicates = [*SHAPE_VALUED, *SHAPE_LISTS, FIRST, REST]
    return [owner for predicate in predicates for owner in graph.subjects(predicate, node)]


def _local(predicate: NamedNode) -> str:
    return predicate.value.rpartition("#")[2]


def _is_node(value: Term) -> bool:
    return not isinstance(value, Literal)


def _is_integer(value: Term) -> bool:
    return isinstance(value, Literal) and value.value.strip().lstrip("+-").isdecimal()


def _is_boolean(value: Term) -> bool:
    return (
        isinstance(value, Literal)
        and value.value in {"true", "false", "1", "0"}
        and value.datatype.value == f"{XSD}boolean"
    )
