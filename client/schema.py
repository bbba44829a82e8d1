"""What the server's schema says of its types: which fields they have, and which scalar each is."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from kaigraph.client.asking import Ask

#: Names, kinds and types: no descriptions and no inputs, which are most of a schema.
_QUESTION = """
{ __schema {
    queryType { name }
    types { name kind fields(includeDeprecated: true) { name args { name } type { ...Of } } }
} }
fragment Of on __Type {
  kind name ofType { kind name ofType { kind name ofType { kind name ofType { kind name ofType { kind name } } } } }
}
"""
_LEAVES = frozenset({"SCALAR", "ENUM"})


@dataclass(frozen=True, slots=True)
class FieldType:
    """The named type of a field, in how many lists it is, and what arguments the field takes."""

    name: str
    lists: int = 0
    arguments: frozenset[str] = frozenset()


@dataclass(frozen=True, slots=True)
class Schema:
    """Fields by type, and which types are leaves."""

    query: str
    fields: Mapping[str, Mapping[str, FieldType]]
    leaves: frozenset[str]

    def field(self, type_: str, name: str) -> FieldType | None:
        """A field of a type; `None` where the schema has none, as for introspection."""
        return FieldType("String") if name == "__typename" else self.fields.get(type_, {}).get(name)

    def is_connection(self, type_: str) -> bool:
        """Whether a type is a page of a list."""
        return "pageInfo" in self.fields.get(type_, {})


def schema_of(ask: Ask) -> Schema:
    """Ask for the schema."""
    found: Mapping[str, Any] = ask(_QUESTION, {}, None)["data"]["__schema"]
    fields = {t["name"]: {f["name"]: _type(f) for f in t["fields"] or ()} for t in found["types"]}
    leaves = frozenset(t["name"] for t in found["types"] if t["kind"] in _LEAVES)
    return Schema(found["queryType"]["name"], fields, leaves)


def _type(field: Mapping[str, Any]) -> FieldType:
    lists, at = 0, field["type"]
    while at.get("ofType"):
        lists += at["kind"] == "LIST"
        at = at["ofType"]
    return FieldType(at["name"], lists, frozenset(a["name"] for a in field["args"]))
