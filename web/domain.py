"""What a domain is known by, however its ontology is edited."""

from __future__ import annotations

from collections import Counter
from hashlib import sha256

from kaigraph.ontology.model import Model
from kaigraph.ontology.naming import namespace
from kaigraph.ontology.terms import CORE


def domain_key(model: Model) -> str:
    """A short name that stays when classes and properties come and go, and that another domain has not.

    It is of the namespace that most classes are in, the core's aside.
    """
    spaces = Counter(namespace(iri) for iri in model.classes if not iri.startswith(CORE))
    most = min(spaces, key=lambda space: (-spaces[space], space), default=CORE)
    return sha256(most.encode()).hexdigest()[:16]
