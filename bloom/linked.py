"""Questions about how things are linked: between two, by plain arrows, and as it was known on a day."""

from __future__ import annotations

from kaigraph.bloom.compare import days
from kaigraph.bloom.cypher import any_type, find, named, picked
from kaigraph.bloom.ground import Ground
from kaigraph.bloom.question import MOST, Answer, Parameter
from kaigraph.bloom.suggest import thing
from kaigraph.loaders.layout import SOURCE, SOURCE_CLASS
from kaigraph.loaders.neo4j.mapping import ABOUT, FACTS_OF, FROM, ID, ID_KEY, PART, PLAIN, RESOURCE
from kaigraph.ontology.terms import CORE

_STEPS = 5
_WAYS = 20
_EDITORS = CORE + "EditorialSource"
_TODAY = "9999-12-31"


def connection(ground: Ground, start: Answer) -> Answer:
    """The shortest ways between two things, past claims and sources."""
    past = (ABOUT, FROM, FACTS_OF, PART, PLAIN, ground.mapping.type(SOURCE), *ground.core("attributedTo"))
    types = "&".join(f"!{named(t)}" for t in past)
    other = find(ground.mapping, "m", "other")
    way = f"MATCH p = ALL SHORTEST (n)(()-[:{types}]-()){{1,{_STEPS}}}(m)"
    statement = f"{start.statement}\n{other} AND n <> m\n{way}\nRETURN p LIMIT {_WAYS}"
    return Answer(statement, (*start.parameters, thing(ground, "other")))


def links(ground: Ground, start: Answer) -> Answer | None:
    """The plain arrows that stand for relations with facts of their own."""
    types = tuple(sorted(t for t in ground.mapping.contracted.values() if t in ground.there.types))
    way = f"MATCH p = (n)-[:{any_type(types)}]-(m)\nRETURN p ORDER BY m.{ID_KEY} LIMIT {MOST}"
    return Answer(f"{start.statement}\n{way}", start.parameters) if types else None


def as_of(ground: Ground, start: Answer) -> Answer | None:
    """What it was linked to by all that had been published by a day."""
    found = _published(ground)
    if found is None:
        return None
    statement = f"{start.statement}\nWITH n, $date AS day\n{_neighbours(ground, *found)}"
    return Answer(statement, (*start.parameters, Parameter("date", statement=days(*found))))


def as_of_source(ground: Ground, start: Answer) -> Answer | None:
    """The same for what is picked, on the first possible day of the latest source that is picked beside it."""
    found = _published(ground)
    if found is None:
        return None
    label, key = found
    statement = (
        f"{picked('s', label)}\n"
        f"WITH coalesce(max(left(s.{named(key)}, 10)), '{_TODAY}') AS day\n"
        f"{start.statement} AND NOT n:{named(label)}\n"
        f"WITH n, day\n{_neighbours(ground, label, key)}"
    )
    return Answer(statement)


def _published(ground: Ground) -> tuple[str, str] | None:
    """The label of sources, and the key that begins with the first possible day of publication."""
    wide, label = ground.mapping.wide.get(CORE + "published"), ground.label(SOURCE_CLASS)
    return (label, wide.part("key")) if wide and label in ground.there.labels and label else None


def _neighbours(ground: Ground, label: str, key: str) -> str:
    """Neighbours of `n` on `day`, by the fact store: as subject by its own facts, as object by those of the others.

    A link is shown if it rests on a claim of that time; editors' claims are of every time.
    """
    early = f"left(s.{named(key)}, 10) <= day"
    editors = ground.label(_EDITORS)
    is_early = f"({early} OR s:{named(editors)})" if editors else early
    return f"""CALL (n, day) {{
  MATCH (n)-[:{FACTS_OF}]->(f)
  UNWIND range(0, size(f.value) - 1) AS i
  WITH f, i, day WHERE f.datatype[i] = '' AND {_HELD}
  MATCH (m:{RESOURCE} {{{ID_KEY}: f.value[i]}})
  RETURN m
  UNION
  MATCH (n)<-[r]-(m:{RESOURCE})-[:{FACTS_OF}]->(f)
  WHERE NOT coalesce(r._derived, false)
  UNWIND range(0, size(f.value) - 1) AS i
  WITH n, m, f, i, day WHERE f.value[i] = n.{ID} AND f.datatype[i] = '' AND {_HELD}
  RETURN m
}}
WITH DISTINCT n, m, day WHERE n <> m
OPTIONAL MATCH (n)-[r]-(m)
WHERE NOT coalesce(r._derived, false) AND NOT type(r) ENDS WITH '_' AND EXISTS {{
  UNWIND r.claims AS claim
  MATCH (:{RESOURCE} {{{ID_KEY}: claim}})-[:{FROM}]->(s) WHERE {is_early}
}}
RETURN n, r, m ORDER BY m.{ID_KEY} LIMIT {MOST}"""


_HELD = (
    "(f.since IS NULL OR any(j IN range(0, size(f.since) - 1) "
    "WHERE f.span_fact[j] = i AND f.since[j] <= day AND day < f.until[j]))"
)
