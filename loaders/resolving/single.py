"""Which values of a subject compete: those of a property that its classes give one value only."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping
from functools import cached_property

from pyoxigraph import Literal, NamedNode, Quad

from kaigraph.loaders.graph import Node, Term
from kaigraph.loaders.quads import subject_of
from kaigraph.ontology.model import Field, Model
from kaigraph.ontology.terms import RDF_TYPE

Types = frozenset[str]


class Singles:
    """The cardinalities of the subjects of a dataset, by the classes that any graph gives them."""

    def __init__(self, quads: Iterable[Quad], model: Model) -> None:
        """Take all quads and the Model."""
        types: dict[Node, set[str]] = defaultdict(set)
        for quad in quads:
            if quad.predicate.value == RDF_TYPE and isinstance(quad.object, NamedNode):
                types[subject_of(quad)].add(quad.object.value)
        self._types = {node: frozenset(found) for node, found in types.items()}
        self._model = model

    def slot(self, subject: Node, predicate: str, value: Term) -> tuple[str, bool]:
        """The language among whose values this one competes (`""`: all), and whether only one can prevail."""
        field = None if predicate == RDF_TYPE else self._fields(subject).get(predicate)
        if field is not None and not field.many:
            return "", True
        language = (value.language or "") if isinstance(value, Literal) else ""
        return language, bool(language and field is not None and field.unique_lang)

    def _fields(self, subject: Node) -> Mapping[str, Field]:
        types = self._types.get(subject, frozenset())
        if types not in self._by_types:
            self._by_types[types] = _fields_of(types, self._model)
        return self._by_types[types]

    @cached_property
    def _by_types(self) -> dict[Types, Mapping[str, Field]]:
        return {}


def _fields_of(types: Types, model: Model) -> Mapping[str, Field]:
    """Per property the strictest field of the classes."""
    found: dict[str, Field] = {}
    for iri in model.closure(types):
        for field in model.classes[iri].fields:
            known = found.get(field.property.iri)
            if not field.inverse and (known is None or known.many):
                found[field.property.iri] = field
    return found
