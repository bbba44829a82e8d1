"""Where a statement finds things: labels, types and keys of the mapping, quoted; and leaves as expressions."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from kaigraph.graphql.plan import IdLeaf, LabelLeaf, Leaf, ValueLeaf
from kaigraph.loaders.layout import LIMBS, Wide
from kaigraph.loaders.literals.comparison import Comparison, is_float
from kaigraph.loaders.neo4j.indexes import index_label
from kaigraph.loaders.neo4j.mapping import CLASS, ID, ID_KEY, LABELS, RESOURCE, GraphMapping
from kaigraph.ontology.model import Field, Iri, Model


def quoted(name: str) -> str:
    """A name in backquotes. Only names of the mapping are ever written so, and a backquote in one is doubled."""
    return "`" + name.replace("`", "``") + "`"


def string(value: str) -> str:
    """A Cypher string. Only names of the mapping and IRIs of the Model are ever written so."""
    return "'" + value.replace("\\", "\\\\").replace("'", "\\'") + "'"


def strings(values: Iterable[str]) -> str:
    """A Cypher list of strings."""
    return f"[{', '.join(map(string, values))}]"


@dataclass(frozen=True, slots=True)
class Leaves:
    """The parts of one leaf: its text, its key, and the limbs of a number."""

    text: str
    key: str
    limbs: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Always:
    """What is true of every node of a class, and the label through which an index makes use of it."""

    label: str
    condition: str


@dataclass(frozen=True, slots=True)
class Names:
    """The names of one Model's graph."""

    model: Model
    mapping: GraphMapping

    def label(self, cls: Iri) -> str:
        """The label of a class."""
        return quoted(self.mapping.label(cls))

    def relationship(self, property_: Iri) -> str:
        """The relationship type of a property."""
        return quoted(self.mapping.type(property_))

    def any_node(self, node: str, id_key: str) -> str:
        """The pattern of the node of an id."""
        return f"({node}:{RESOURCE} {{{ID_KEY}: {id_key}}})"

    def at(self, node: str, key: str) -> str:
        """A property of a node."""
        return f"{node}.{quoted(key)}"

    def id(self, node: str) -> str:
        """What stands for the id wherever it is compared or ordered by."""
        return f"{node}.{ID_KEY}"

    def shown_id(self, node: str) -> str:
        """The id itself."""
        return f"{node}.{ID}"

    def concrete(self, node: str) -> str:
        """The label of the node's most specific class."""
        return f"{node}.{CLASS}"

    def folded_labels(self, node: str) -> str:
        """Every label, folded, each after a line break."""
        return f"{node}.{LABELS}"

    def wide(self, field: Field) -> Wide | None:
        """The scalar of a field, if it has one."""
        return self.mapping.wide.get(field.property.iri)

    def leaf(self, node: str, leaf: Leaf) -> Leaves:
        """A leaf of a node; of several values, the first."""
        if isinstance(leaf, IdLeaf):
            return Leaves(self.shown_id(node), self.id(node))
        if isinstance(leaf, LabelLeaf):
            language = leaf.language or self.mapping.languages[0]
            return Leaves(
                self.at(node, self.mapping.label_key(language)), self.at(node, self.mapping.label_order(language))
            )
        wide = self.wide(leaf.field)
        if wide is not None:
            limbs = LIMBS if wide.comparison is Comparison.NUMBER else ()
            return Leaves(
                self.at(node, wide.name),
                self.at(node, wide.part("key")),
                tuple(self.at(node, wide.part(limb)) for limb in limbs),
            )
        listed = self.mapping.listed(leaf.field.property.iri)
        return Leaves(
            f"{self.at(node, listed.texts)}[0]",
            self.at(node, listed.first("key")),
            tuple(self.at(node, listed.first(limb)) for limb in LIMBS),
        )

    def always(self, node: str, leaf: Leaf, cls: Iri) -> Always | None:
        """That a node has the key of a leaf, where every node of the class has it: what lets an index give the order.

        A key that may be null though there is a value (an unknown date, not a number) is not said of.
        """
        if not self.has_always(leaf, cls):
            return None
        label = index_label(self.model, cls, self.key_of(leaf))
        return None if label is None else Always(quoted(label), f"{self.leaf(node, leaf).key} IS NOT NULL")

    def key_of(self, leaf: Leaf) -> str:
        """The property that holds the key of a leaf."""
        if isinstance(leaf, IdLeaf):
            return ID_KEY
        if isinstance(leaf, LabelLeaf):
            return self.mapping.label_order(leaf.language or self.mapping.languages[0])
        wide = self.wide(leaf.field)
        return self.mapping.listed(leaf.field.property.iri).first("key") if wide is None else wide.part("key")

    def has_always(self, leaf: Leaf, cls: Iri | None) -> bool:
        """Whether a node has the key of a leaf for certain: its id, labels, and what a shape demands of its class."""
        if not isinstance(leaf, ValueLeaf):
            return True
        return cls in self.model.classes and self._is_demanded(leaf.field, str(cls))

    def _is_demanded(self, field: Field, cls: Iri) -> bool:
        wide = self.wide(field)
        own = next((f for f in self.model.classes[cls].fields if f.property == field.property and not f.inverse), None)
        if wide is None or own is None or not own.mandatory or is_float(own):
            return False
        return wide.comparison in (Comparison.TEXT, Comparison.ENUM, Comparison.NUMBER)
