"""What a browser suggests for the gap of a name."""

from __future__ import annotations

from kaigraph.bloom.cypher import named
from kaigraph.bloom.ground import Ground
from kaigraph.bloom.question import Parameter
from kaigraph.loaders.neo4j.mapping import CLASS, ID, RESOURCE
from kaigraph.ontology.terms import CORE

_CLAIM = CORE + "Claim"
_MOST = 10_000  # suggestions: nobody reads them all, and a browser holds them


def thing(ground: Ground, name: str, label: str | None = None) -> Parameter:
    """A gap for what something is called: by a class, all of its nodes; else whatever has a name of its own."""
    if label is None:
        return Parameter(name, statement=_names(ground))
    return Parameter(name, label=label, key=ground.mapping.label_key(ground.language))


def _names(ground: Ground) -> str:
    """A statement that suggests the names of all that is no claim and has a label, or an IRI and a class.

    What has neither is called as all of its kind are, or is a word of the vocabulary. It is read in the order of the
    names, which have an index.
    """
    order = named(ground.mapping.label_order(ground.language))
    labelled = (f"n.{named(ground.mapping.key(p))} IS NOT NULL" for p in ground.model.label_properties)
    own = " OR ".join((*labelled, f"n.{CLASS} IS NOT NULL AND NOT n.{ID} STARTS WITH '_:'"))
    no_claim = f" AND NOT n:{named(str(ground.label(_CLAIM)))}" if ground.has(_CLAIM) else ""
    return (
        f"MATCH (n:{RESOURCE}) WHERE n.{order} > ''{no_claim} AND ({own})\n"
        f"WITH n ORDER BY n.{order}\n"
        f"RETURN DISTINCT n.{named(ground.mapping.label_key(ground.language))} AS name LIMIT {_MOST}"
    )
