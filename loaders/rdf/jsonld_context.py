"""The context of JSON-LD, made from the Model: prefixes, terms for properties and classes, and what strings stand for.

Terms are the names that the API has, so that a key means the same in both. Prefixes come first: a property or class
whose name is a prefix is written with its own prefix, or in full.
"""

from __future__ import annotations

import json
import re
from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass

from kaigraph.loaders.rdf.jsonld_coercion import ID, NONE, Coercion, coercions_of
from kaigraph.ontology.model import Iri, Model
from kaigraph.ontology.terms import RDF_TYPE

_PREFIX = re.compile(r"[^\W\d_][\w.-]*")
_LOCAL = re.compile(r"\w[\w.,;()/-]*")
_ABSOLUTE = re.compile(r"[A-Za-z][A-Za-z0-9+.-]*:")
_ENDS_AS_PREFIX = tuple(":/?#[]@")  # a shorter definition makes a prefix only of such


@dataclass(frozen=True, slots=True)
class Term:
    """A property as a document writes it: under `key` what fits the coercion, under `full` what does not."""

    key: str
    full: Iri
    coercion: Coercion


class Context:
    """The context of one document, which speaks of `iris` and of no others."""

    def __init__(self, model: Model | None, prefixes: Mapping[str, Iri], iris: Collection[Iri]) -> None:
        """Take what there is to name. Without a Model there are prefixes and no terms."""
        bound = {**(model.prefixes if model else {}), **prefixes}
        self._schemes = _schemes([*iris, *bound.values()])
        self._prefixes = {p: iri for p, iri in sorted(bound.items()) if self._can_bind(p, iri)}
        self._by_iri = {iri: prefix for prefix, iri in reversed(self._prefixes.items())}
        self._used: set[str] = set()
        self._short: dict[Iri, str] = {}
        self._terms: dict[Iri, Term] = {}
        self._classes: dict[Iri, str] = {}
        for iri in sorted(iris):
            self.short(iri)
        if model is not None:
            self._name(model, set(iris))

    def short(self, iri: Iri) -> str:
        """An IRI with its prefix, or in full."""
        if iri not in self._short:
            self._short[iri] = self._shortened(iri)
        return self._short[iri]

    def cls(self, iri: Iri) -> str:
        """A class."""
        return self._classes.get(iri) or self.short(iri)

    def term(self, property_: Iri) -> Term:
        """A property."""
        if property_ not in self._terms:
            self._terms[property_] = Term(self.short(property_), property_, NONE)
        return self._terms[property_]

    def alone(self, iri: Iri) -> object:
        """A definition that makes a term and no prefix."""
        return {"@id": self.short(iri)} if iri.endswith(_ENDS_AS_PREFIX) else self.short(iri)

    def as_json(self) -> dict[str, object]:
        """The context as JSON has it."""
        terms = {t.key: _defined(self, t) for t in self._terms.values()}
        plain = {key: self.alone(iri) for iri, key in self._classes.items()}
        named = {key: terms[key] for key in sorted(terms) if terms[key] is not None}
        prefixes = {p: self._bound(iri) for p, iri in self._prefixes.items() if p in self._used}
        return {"@version": 1.1, **prefixes, **{key: plain[key] for key in sorted(plain)}, **named}

    def text(self, indent: str) -> str:
        """The same as text, a definition a line."""
        lines = (f"{_json(key)}: {_json(defined)}" for key, defined in self.as_json().items())
        return "{\n" + ",\n".join(f"{indent}  {line}" for line in lines) + f"\n{indent}}}"

    def _can_bind(self, prefix: str, iri: Iri) -> bool:
        return bool(_PREFIX.fullmatch(prefix) and _ABSOLUTE.match(iri)) and prefix not in self._schemes

    def _bound(self, iri: Iri) -> object:
        return iri if iri.endswith(_ENDS_AS_PREFIX) else {"@id": iri, "@prefix": True}

    def _shortened(self, iri: Iri) -> str:
        spaces = (space for space in self._by_iri if iri.startswith(space) and _LOCAL.fullmatch(iri, len(space)))
        space = max(spaces, key=len, default=None)
        if space is None:
            return iri
        self._used.add(self._by_iri[space])
        return f"{self._by_iri[space]}:{iri[len(space) :]}"

    def _name(self, model: Model, iris: set[Iri]) -> None:
        """Names for all of the Model, so that a term has one meaning in all documents; kept are those in use."""
        taken = {*self._prefixes, *self._schemes}
        coercions = coercions_of(model)
        for iri, property_ in sorted(model.properties.items()):
            is_free = property_.name not in taken
            taken.add(property_.name)
            if iri in iris and iri != RDF_TYPE:
                self._terms[iri] = self._term(iri, property_.name if is_free else self.short(iri), coercions[iri])
        for iri, cls in sorted(model.classes.items()):
            if iri in iris and cls.name not in taken:
                self._classes[iri] = cls.name
            taken.add(cls.name)

    def _term(self, iri: Iri, key: str, coercion: Coercion) -> Term:
        if coercion.by_language and key == iri:
            return Term(key, iri, NONE)  # values that are no texts could stand nowhere
        if coercion.type and coercion.type != ID:
            self.short(coercion.type)
        return Term(key, iri, coercion)


def full_context(model: Model, prefixes: Mapping[str, Iri]) -> Context:
    """The context with every prefix, property and class: of it each document takes what it uses."""
    spaces = {f"{space}x" for space in (*model.prefixes.values(), *prefixes.values())}  # so that each prefix is used
    return Context(model, prefixes, {*spaces, *model.properties, *model.classes})


def _defined(context: Context, term: Term) -> object:
    """The definition of a term; `None` if it needs none."""
    coercion = term.coercion
    if coercion == NONE:
        return None if term.key == context.short(term.full) else context.alone(term.full)
    defined: dict[str, object] = {"@id": context.short(term.full)}
    if coercion.type:
        defined["@type"] = coercion.type if coercion.type == ID else context.short(coercion.type)
    if coercion.container:
        defined["@container"] = coercion.container if len(coercion.container) > 1 else coercion.container[0]
    return defined


def _json(found: object) -> str:
    return json.dumps(found, ensure_ascii=False)


def _schemes(iris: Iterable[Iri]) -> set[str]:
    """What stands before the colon in IRIs that a reader would take for a prefix and a name: `urn:…`, not `http://…`."""
    parts = (iri.partition(":") for iri in iris)
    return {scheme for scheme, _, rest in parts if not rest.startswith("//")}
