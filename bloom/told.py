"""Questions that any dataset of claims can answer, whatever it is about: who says so, how firmly, and who disagrees.

Each starts from `n`, found or picked by the statement that it is given.
"""

from __future__ import annotations

from collections.abc import Iterator

from kaigraph.bloom.cypher import any_type, named, plain, texts
from kaigraph.bloom.ground import Ground
from kaigraph.bloom.question import MOST, Answer, Parameter
from kaigraph.loaders.neo4j.mapping import ABOUT, FROM, ID_KEY, RESOURCE
from kaigraph.ontology.terms import CORE

CLAIM = CORE + "Claim"
_STANDING = CORE + "Standing"
_AGAINST = ("allegation", "criticism", "denial", "doubt", "warning")  # standings of those who do not agree


def sources(ground: Ground, start: Answer) -> Answer:
    """Its sources, with the claims in between."""
    return _then(start, f"MATCH p = (n)<-[:{ABOUT}]-(c)-[:{FROM}]->(s)", "s", "c")


def claims(ground: Ground, start: Answer) -> Answer:
    """Its claims."""
    return _then(start, f"MATCH p = (n)<-[:{ABOUT}]-(c)", "c")


def certainty(ground: Ground, start: Answer) -> Answer | None:
    """Its claims of one certainty."""
    wide = ground.mapping.wide.get(CORE + "certainty")
    if wide is None:
        return None
    same = f"{plain(f'c.{named(wide.name)}')} = {plain('$certainty')}"
    found = _then(start, f"MATCH p = (n)<-[:{ABOUT}]-(c)\nWHERE {same}", "c")
    asked = Parameter("certainty", label=ground.label(CLAIM), key=wide.name)
    return Answer(found.statement, (asked, *found.parameters))


def contradictions(ground: Ground, start: Answer) -> Answer | None:
    """What contradicts it, a claim, or a claim about it."""
    types = ground.core("contradicts")
    return _then(start, f"MATCH p = (n)<-[:{ABOUT}*0..1]-(c)-[:{any_type(types)}]->(d)", "c", "d") if types else None


def disputes(ground: Ground, start: Answer) -> Answer | None:
    """Every two claims that contradict each other about one thing."""
    types = ground.core("contradicts")
    way = f"MATCH p = (n)<-[:{ABOUT}]-(c)-[:{any_type(types)}]->(d)-[:{ABOUT}]->(n)"
    return _then(Answer(""), f"{way}\nWHERE c.{ID_KEY} < d.{ID_KEY}", "c", "d", "n") if types else None


def disagreements(ground: Ground, start: Answer) -> Answer | None:
    """Claims about it that contradict others, with who says so, and statements against it, with who holds them."""
    parts = [*_contradicting(ground), *_against(ground)]
    if not parts:
        return None
    inner = "\n  UNION\n".join(f"  {line}" for part in parts for line in [part.replace("\n", "\n  ")])
    return Answer(f"{start.statement}\nCALL (n) {{\n{inner}\n}}\nRETURN p LIMIT {MOST}", start.parameters)


def link_sources(ground: Ground, start: Answer) -> Answer:
    """The claims that the picked links rest on, and where they are made."""
    return Answer(
        "MATCH (a)-[r]->(b) WHERE elementId(r) IN $relationships\n"
        "UNWIND coalesce(r.claims, []) AS claim\n"
        f"MATCH p = (c:{RESOURCE} {{{ID_KEY}: claim}})-[:{FROM}]->(s)\n"
        f"RETURN a, r, b, p ORDER BY c.{ID_KEY}, s.{ID_KEY} LIMIT {MOST}"
    )


def _contradicting(ground: Ground) -> Iterator[str]:
    types = ground.core("contradicts")
    if types:
        who = any_type((FROM, *ground.core("attributedTo")))
        yield (
            f"MATCH p = (n)<-[:{ABOUT}]-(c)-[:{any_type(types)}]->(d)-[:{who}]->(s)\n"
            f"WHERE (d)-[:{ABOUT}]->(n)\n{_sorted('c', 'd', 's')}"
        )


def _against(ground: Ground) -> Iterator[str]:
    standing, about, held = ground.mapping.wide.get(CORE + "standing"), ground.core("about"), ground.core("heldBy")
    if standing and about and held:
        known = ground.model.enumerations[_STANDING].values
        words = texts(tuple(v.name for v in known if v.iri.removeprefix(CORE) in _AGAINST))
        yield (
            f"MATCH p = (n)<-[:{any_type(about)}]-(s)-[:{any_type(held)}*0..1]->(a)\n"
            f"WHERE s.{named(standing.name)} IN {words}\n{_sorted('s', 'a')}"
        )


def _then(start: Answer, way: str, *order: str) -> Answer:
    lines = (start.statement, way, _sorted(*order))
    return Answer("\n".join(line for line in lines if line), start.parameters)


def _sorted(*order: str) -> str:
    return f"RETURN p ORDER BY {', '.join(f'{node}.{ID_KEY}' for node in order)} LIMIT {MOST}"
