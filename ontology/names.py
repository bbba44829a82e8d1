"""Giving names: each safe, each once, the same whatever the order of files."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field
from itertools import count

from pyoxigraph import NamedNode

from kaigraph.ontology.model import Renaming
from kaigraph.ontology.naming import camelised, escaped, is_safe, local_name, namespace, parted, type_case
from kaigraph.ontology.terms import CORE, LABEL, PREF_LABEL, core
from kaigraph.ontology.triples import Triples

Iri = str

#: Of every class X the API makes X and X with each of these.
TYPE_SUFFIXES = ("", "Node", "Connection", "Edge", "Where", "Order", "Group", "Measure", "Some")
TYPE_NAMES = frozenset({
    "Query", "Mutation", "Subscription", "Node", "Resource", "ClassName", "PropertyName", "Language", "Direction",
    "Fact", "LiteralValue", "LanguageString", "PageInfo", "Dataset", "Int", "Float", "String", "Boolean", "ID",
    "Decimal", "Integer", "EDTF", "Date", "DateTime", "Time", "Duration", "GYear", "GYearMonth", "Uri",
})  # fmt: skip
FIELD_NAMES = frozenset({
    "id", "iri", "label", "classes", "claims", "sources", "facts", "node", "nodes", "dataset", "search", "paths",
    "disagreements", "and", "or", "not", "class", "count", "sum", "totalCount",
})  # fmt: skip
ROOT_NAMES = frozenset({"node", "nodes", "dataset", "search", "paths", "disagreements", "history"})
VALUE_NAMES = frozenset({"true", "false", "null"})

UNSAFE = "not a name that GraphQL, Cypher and SQL can bear"


def reserved_type(name: str) -> bool:
    """Whether a type of this name would meet one that the API has of its own."""
    own = {taken.lower() for taken in (*TYPE_NAMES, *(f"Node{suffix}" for suffix in TYPE_SUFFIXES))}
    return name.lower() in own or name.lower().endswith("filter")


def reserved_field(name: str) -> bool:
    """Whether every node has a field of this name already."""
    return name.lower() in {taken.lower() for taken in FIELD_NAMES}


def reserved_root(name: str) -> bool:
    """Whether the root has a field of this name already."""
    return name.lower() in {taken.lower() for taken in ROOT_NAMES}


def reserved_value(name: str) -> bool:
    """Whether GraphQL reads the name as a literal."""
    return name.lower() in VALUE_NAMES


@dataclass(frozen=True)
class Wish:
    """The name that a term would like: by its own wish (`explicit`), or as its IRI and labels suggest."""

    name: str
    local: str
    explicit: bool

    @property
    def is_changed(self) -> bool:
        """Whether the IRI's own name had to be given up."""
        return not self.explicit and not is_safe(self.local)


@dataclass(frozen=True)
class Wishes:
    """Reads wishes from a graph; `case` is how names of this sort are written."""

    graph: Triples
    case: Callable[[str], str]

    def of(self, iri: Iri, *, notation: NamedNode | None = None) -> Wish:
        """core:name; else the local name; else a notation; else the English label; else the local name, escaped."""
        node, local = NamedNode(iri), local_name(iri)
        explicit = [text for text in self._texts(node, core("name")) if is_safe(text)]
        if explicit:
            return Wish(explicit[0], local, True)
        if is_safe(local):
            return Wish(self.case(local), local, False)
        notations = self._texts(node, notation) if notation else []
        labels = [text for prop in (LABEL, PREF_LABEL) for text in self._texts(node, prop, "en")]
        tries = [parted(local), *map(parted, notations), *map(camelised, labels), escaped(local)]
        return Wish(self.case(next(filter(None, tries))), local, False)

    def _texts(self, node: NamedNode, prop: NamedNode, language: str | None = None) -> list[str]:
        found = self.graph.literals(node, prop)
        return [literal.value for literal in found if language is None or literal.language == language]


@dataclass
class Space:
    """A set of names of which no two are alike, capitals aside."""

    prefixes: Mapping[Iri, str]  # namespace → prefix
    is_reserved: Callable[[str], bool]
    suffixes: tuple[str, ...] = ("",)
    in_capitals: bool = False
    taken: dict[str, Iri] = field(default_factory=dict)
    renamings: list[Renaming] = field(default_factory=list)

    def give(self, iri: Iri, name: str, wanted: str = "", reason: str = "", *, quietly: bool = False) -> str:
        """Take the name, or the next one that is free; what was `wanted` (for a `reason`) is recorded if it differs."""
        first = self.obstacle(name)
        given = next(other for other in self._tries(iri, name) if self.obstacle(other) is None)
        for suffix in self.suffixes:
            self.taken[(given + suffix).lower()] = iri
        if not quietly and (first or reason):
            self.renamings.append(Renaming(iri, wanted or name, given, first or reason))
        return given

    def is_free(self, name: str) -> bool:
        """Whether the name can be given as it is."""
        return self.obstacle(name) is None

    def obstacle(self, name: str) -> str | None:
        """What stands against a name, if anything does."""
        if self.is_reserved(name):
            return f"{name} is a name of the API's own"
        hit = next((self.taken[n] for s in self.suffixes if (n := (name + s).lower()) in self.taken), None)
        return f"{name} meets a name of <{hit}>" if hit else None

    def _tries(self, iri: Iri, name: str) -> Iterable[str]:
        yield name
        suffix = suffix_of(iri, self.prefixes)
        base = f"{name}_{suffix.upper()}" if self.in_capitals else name + suffix
        yield base
        yield from (f"{base}{number}" for number in count(2))


def suffix_of(iri: Iri, prefixes: Mapping[Iri, str]) -> str:
    """What tells a term from another of its name: its prefix, else the last word of its namespace."""
    space = namespace(iri)
    text = prefixes.get(space) or local_name(space)
    name = parted(text) or camelised(text) or ""
    return type_case(name) if name else ""


def prefix_of_namespace(prefixes: Mapping[str, Iri]) -> dict[Iri, str]:
    """The shortest prefix of each namespace."""
    pairs = sorted(((len(prefix), prefix, space) for prefix, space in prefixes.items() if prefix), reverse=True)
    return {space: prefix for _, prefix, space in pairs}


def rank(iri: Iri, *, explicit: bool) -> tuple[bool, bool, Iri]:
    """Who is named first: the core vocabulary, then names that were wished for, then by IRI."""
    return not iri.startswith(CORE), not explicit, iri
