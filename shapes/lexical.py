"""Which lexical forms are ill-typed to `sh:datatype`, as W3C has it.

It refuses an ill-typed literal of "the datatypes supported by SPARQL 1.1". Both engines also look into dates, times and
durations, so these are decided here too; of any other datatype every lexical form passes.
"""

from __future__ import annotations

from kaigraph.ontology.datatypes.xsd import INTEGER_TYPES, check_lexical
from kaigraph.shapes.terms import XSD

_NAMES = ("boolean", "decimal", "float", "double", "date", "dateTime", "time", "duration", "string")
_DECIDED = INTEGER_TYPES.union(XSD + name for name in _NAMES)


def well_formed(datatype: str, lexical: str) -> bool | None:
    """Whether XSD 1.1 allows the lexical form; None for a datatype that is not decided here.

    Those are the loader's to check, which refuses more (`kaigraph.ontology.datatypes.xsd.check_lexical`).
    """
    return check_lexical(lexical, datatype) is None if datatype in _DECIDED else None
