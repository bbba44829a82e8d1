"""The names of the API's types: fixed ones first, then classes and enumerations, then what is made of these."""

from __future__ import annotations

import re
from collections.abc import Iterable

from kaigraph.ontology.model import Class, Iri, Model

#: Names no class can have: what every API has, whatever its domain.
FIXED = (
    "Query", "Node", "Resource", "PageInfo", "LiteralValue", "LanguageString", "Fact", "Dataset",
    "ClassName", "PropertyName", "Language", "Direction",
    "String", "Int", "Float", "Boolean", "ID", "Decimal", "Integer", "EDTF", "Date", "DateTime",
    "TextFilter", "IdFilter", "DecimalFilter", "IntegerFilter", "IntFilter", "FloatFilter", "BooleanFilter",
    "EDTFFilter", "DateFilter", "DateTimeFilter",
)  # fmt: skip

#: Fields of every node, of the root, of a `where` and of a group, which a property of that name makes way for.
NODE_FIELDS = frozenset({"id", "iri", "label", "classes", "claims", "sources", "facts"})
ROOT_FIELDS = frozenset({"node", "nodes", "dataset", "search", "paths", "disagreements", "history"})
WHERE_FIELDS = frozenset({"and", "or", "not", "id", "class", "label", "claims"})
GROUP_FIELDS = frozenset({"count", "sum"})
#: Words GraphQL does not allow as enum values.
ENUM_WORDS = frozenset({"true", "false", "null"})

FAMILY = ("Connection", "Edge", "Group", "Measure", "Where", "Some", "Order")


def free(wanted: str, taken: Iterable[str]) -> str:
    """`wanted`, with as many `_` behind it as it takes to be none of `taken`."""
    taken = taken if isinstance(taken, set | frozenset | dict) else set(taken)
    while wanted in taken:
        wanted += "_"
    return wanted


def upper_snake(name: str) -> str:
    """`amountCurrency` as `AMOUNT_CURRENCY`."""
    return re.sub(r"(?<=[a-z0-9])(?=[A-Z])|(?<=[A-Z])(?=[A-Z][a-z])", "_", name).upper()


def pascal(name: str) -> str:
    """`amountCurrency` as `AmountCurrency`."""
    return name[:1].upper() + name[1:]


def language_name(tag: str) -> str:
    """A language tag as an enum value: `zh-hant` as `ZH_HANT`."""
    return tag.replace("-", "_").upper()


class Names:
    """Every type name, given once and in an order that depends on the Model alone."""

    def __init__(self, model: Model) -> None:
        """Give names to all classes, enumerations and what belongs to them."""
        self._taken = set(FIXED)
        self.classes = [model.classes[iri] for iri in sorted(model.classes)]
        self.types: dict[Iri, str] = {c.iri: self.take(c.name) for c in self.classes}
        enumerations = [model.enumerations[iri] for iri in sorted(model.enumerations)]
        self.enums: dict[Iri, str] = {e.iri: self.take(e.name) for e in enumerations}
        self.objects: dict[Iri, str] = {c.iri: self._object(c) for c in self.classes}
        families: list[tuple[Iri | None, str]] = [(None, "Node"), *((c.iri, c.name) for c in self.classes)]
        self._families = {(iri, suffix): self.take(name + suffix) for iri, name in families for suffix in FAMILY}
        self.filters: dict[Iri, str] = {e.iri: self.take(e.name + "Filter") for e in enumerations}

    def take(self, wanted: str) -> str:
        """A name that nobody has yet."""
        name = free(wanted, self._taken)
        self._taken.add(name)
        return name

    def _object(self, cls: Class) -> str:
        return self.take(cls.name + "Node") if cls.descendants else self.types[cls.iri]

    def shown(self, target: Iri | None) -> str:
        """The type by which nodes of a class (None: of any) are referred to."""
        return "Node" if target is None else self.types[target]

    def family(self, target: Iri | None, suffix: str) -> str:
        """The name of a helper type of a class (None: of nodes of any class)."""
        return self._families[(target, suffix)]
