"""Data that is made for measuring: things that nobody knows, the same for the same number of nodes.

    python bench/made.py --nodes 300000 FOLDER

Writes ontology.ttl, shapes.ttl and data.nt (plain data, without claims). Of all nodes 70 % are works, with eight
literals and some 4.5 links each; makers, places and regions make four levels; 3.3 links a node over all.
"""

from __future__ import annotations

import argparse
import sys
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from itertools import accumulate
from pathlib import Path
from random import Random

EX, ID = "http://example.org/made#", "http://example.org/made/id/"
TYPE = "<http://www.w3.org/1999/02/22-rdf-syntax-ns#type>"
LABEL = "<http://www.w3.org/2000/01/rdf-schema#label>"
XSD = "http://www.w3.org/2001/XMLSchema#"
SEED = 7
RATED = 0.8  # of the works
STATES = ("new", "used", "worn", "broken", "lost")

#: How many of a hundred nodes are of a class; the rest are works. Regions are few, as tags are.
_SHARES = {"Maker": 10.0, "Place": 4.5, "Region": 0.1, "Part": 15.0, "Tag": 0.4}

_ONTOLOGY = """@prefix ex: <{ex}> . @prefix owl: <http://www.w3.org/2002/07/owl#> .
@prefix rdfs: <http://www.w3.org/2000/01/rdf-schema#> . @prefix xsd: <{xsd}> .
<{bare}> a owl:Ontology ; rdfs:label "Made data"@en .
ex:Thing a owl:Class ; rdfs:label "thing"@en .
ex:Work a owl:Class ; rdfs:subClassOf ex:Thing ; rdfs:label "work"@en .
ex:Maker a owl:Class ; rdfs:subClassOf ex:Thing ; rdfs:label "maker"@en .
ex:Part a owl:Class ; rdfs:subClassOf ex:Thing ; rdfs:label "part"@en .
ex:Tag a owl:Class ; rdfs:label "tag"@en .
ex:Place a owl:Class ; rdfs:label "place"@en .
ex:Region a owl:Class ; rdfs:label "region"@en .
ex:maker a owl:ObjectProperty ; rdfs:domain ex:Work ; rdfs:range ex:Maker ; owl:inverseOf ex:works .
ex:works a owl:ObjectProperty .
ex:place a owl:ObjectProperty ; rdfs:domain ex:Maker ; rdfs:range ex:Place ; owl:inverseOf ex:makers .
ex:makers a owl:ObjectProperty .
ex:region a owl:ObjectProperty ; rdfs:domain ex:Place ; rdfs:range ex:Region ; owl:inverseOf ex:places .
ex:places a owl:ObjectProperty .
ex:parts a owl:ObjectProperty ; rdfs:domain ex:Work ; rdfs:range ex:Part .
ex:tags a owl:ObjectProperty ; rdfs:domain ex:Work ; rdfs:range ex:Tag .
ex:near a owl:ObjectProperty ; rdfs:domain ex:Work ; rdfs:range ex:Work .
"""

_SHAPES = """@prefix ex: <{ex}> . @prefix sh: <http://www.w3.org/ns/shacl#> . @prefix xsd: <{xsd}> .
@prefix rdf: <http://www.w3.org/1999/02/22-rdf-syntax-ns#> . @prefix rdfs: <http://www.w3.org/2000/01/rdf-schema#> .
ex:ThingShape a sh:NodeShape ; sh:targetClass ex:Thing ;
    sh:property [ sh:path rdfs:label ; sh:minCount 1 ; sh:uniqueLang true ; sh:datatype rdf:langString ] ,
        [ sh:path ex:code ; sh:datatype xsd:string ; sh:minCount 1 ; sh:maxCount 1 ] .
ex:WorkShape a sh:NodeShape ; sh:targetClass ex:Work ;
    sh:property
        [ sh:path ex:title ; sh:datatype xsd:string ; sh:minCount 1 ; sh:maxCount 1 ] ,
        [ sh:path ex:size ; sh:datatype xsd:integer ; sh:minCount 1 ; sh:maxCount 1 ;
          sh:minInclusive 0 ; sh:maxInclusive 100000 ] ,
        [ sh:path ex:price ; sh:datatype xsd:decimal ; sh:minCount 1 ; sh:maxCount 1 ] ,
        [ sh:path ex:made ; sh:datatype xsd:date ; sh:minCount 1 ; sh:maxCount 1 ] ,
        [ sh:path ex:rating ; sh:datatype xsd:double ; sh:maxCount 1 ] ,
        [ sh:path ex:state ; sh:in ( {states} ) ; sh:minCount 1 ; sh:maxCount 1 ] ,
        [ sh:path ex:maker ; sh:class ex:Maker ; sh:minCount 1 ; sh:maxCount 1 ] ,
        [ sh:path ex:parts ; sh:class ex:Part ] , [ sh:path ex:tags ; sh:class ex:Tag ] ,
        [ sh:path ex:near ; sh:class ex:Work ] .
ex:MakerShape a sh:NodeShape ; sh:targetClass ex:Maker ;
    sh:property [ sh:path ex:founded ; sh:datatype xsd:gYear ; sh:maxCount 1 ] ,
        [ sh:path ex:place ; sh:class ex:Place ; sh:minCount 1 ; sh:maxCount 1 ] .
ex:PartShape a sh:NodeShape ; sh:targetClass ex:Part ;
    sh:property [ sh:path ex:weight ; sh:datatype xsd:decimal ; sh:maxCount 1 ] .
ex:TagShape a sh:NodeShape ; sh:targetClass ex:Tag ;
    sh:property [ sh:path rdfs:label ; sh:minCount 1 ; sh:uniqueLang true ; sh:datatype rdf:langString ] .
ex:PlaceShape a sh:NodeShape ; sh:targetClass ex:Place ;
    sh:property [ sh:path rdfs:label ; sh:minCount 1 ; sh:uniqueLang true ; sh:datatype rdf:langString ] ,
        [ sh:path ex:region ; sh:class ex:Region ; sh:minCount 1 ; sh:maxCount 1 ] .
ex:RegionShape a sh:NodeShape ; sh:targetClass ex:Region ;
    sh:property [ sh:path rdfs:label ; sh:minCount 1 ; sh:uniqueLang true ; sh:datatype rdf:langString ] .
"""


@dataclass(frozen=True, slots=True)
class Counts:
    """How many nodes of each class."""

    work: int
    maker: int
    place: int
    region: int
    part: int
    tag: int


def counts_of(nodes: int) -> Counts:
    """How so many nodes are shared out among the classes."""
    maker, place, region, part, tag = (max(1, round(nodes * share / 100)) for share in _SHARES.values())
    return Counts(max(1, nodes - maker - place - region - part - tag), maker, place, region, part, tag)


def write(folder: Path, nodes: int) -> None:
    """Write ontology.ttl, shapes.ttl and data.nt with so many nodes."""
    folder.mkdir(parents=True, exist_ok=True)
    states = " ".join(f'"{s}"' for s in STATES)
    names = {"ex": EX, "xsd": XSD, "bare": EX.rstrip("#"), "states": states}
    (folder / "ontology.ttl").write_text(_ONTOLOGY.format(**names), encoding="utf-8")
    (folder / "shapes.ttl").write_text(_SHAPES.format(**names), encoding="utf-8")
    with (folder / "data.nt").open("w", encoding="utf-8") as out:
        out.writelines(triples(nodes))


def triples(nodes: int) -> Iterator[str]:
    """The lines of the data."""
    random, counts = Random(SEED), counts_of(nodes)  # noqa: S311 - data, not secrets
    for n in range(counts.region):
        yield from _named("region", n, f"Region {n}")
    for n in range(counts.tag):
        yield from _named("tag", n, f"Tag {n}")
    for n in range(counts.place):
        yield from _named("place", n, f"Place {n}")
        yield _link("place", n, "region", "region", random.randrange(counts.region))
    for n in range(counts.part):
        yield from _named("part", n, f"Part {n}")
        yield _text("part", n, "code", f"P-{n:07}")
        yield _typed("part", n, "weight", f"{random.randrange(1, 10_000) / 100:.2f}", "decimal")
    for n in range(counts.maker):
        yield from _named("maker", n, f"Maker {n}")
        yield _text("maker", n, "code", f"M-{n:07}")
        yield _typed("maker", n, "founded", str(random.randrange(1800, 2025)), "gYear")
        yield _link("maker", n, "place", "place", random.randrange(counts.place))
    for n in range(counts.work):
        yield from _work(random, counts, n)


def _work(random: Random, counts: Counts, n: int) -> Iterator[str]:
    yield from _named("work", n, f"Work {n}")
    yield _text("work", n, "code", f"W-{n:07}")
    yield _text("work", n, "title", f"The work of number {n} in {random.choice(STATES)} letters")
    yield _typed("work", n, "size", str(random.randrange(100_000)), "integer")
    yield _typed("work", n, "price", f"{random.randrange(100, 10_000_000) / 100:.2f}", "decimal")
    day = f"{random.randrange(1950, 2025)}-{random.randrange(1, 13):02}-{random.randrange(1, 29):02}"
    yield _typed("work", n, "made", day, "date")
    if random.random() < RATED:
        yield _typed("work", n, "rating", f"{random.randrange(1, 500) / 100:.2e}".upper(), "double")
    yield _text("work", n, "state", random.choice(STATES))
    yield _link("work", n, "maker", "maker", random.randrange(counts.maker))
    for name, most, to, size in _MANY:
        pick = _chosen(random, most, size(counts))
        for other in pick:
            yield _link("work", n, name, to, other)


#: Links of a work: weights of 0, 1, 2 … of them; 1.8, 1.4 and 0.3 on average.
_MANY: tuple[tuple[str, Sequence[int], str, Callable[[Counts], int]], ...] = (
    ("parts", list(accumulate((20, 27, 25, 15, 8, 3, 2))), "part", lambda c: c.part),
    ("tags", list(accumulate((20, 38, 27, 12, 3))), "tag", lambda c: c.tag),
    ("near", list(accumulate((80, 12, 6, 2))), "work", lambda c: c.work),
)


def _chosen(random: Random, weights: Sequence[int], size: int) -> list[int]:
    many = random.choices(range(len(weights)), cum_weights=weights)[0]
    return sorted({random.randrange(size) for _ in range(many)})


def _named(kind: str, n: int, label: str) -> Iterator[str]:
    yield f"<{ID}{kind}-{n}> {TYPE} <{EX}{kind.capitalize()}> .\n"
    yield f'<{ID}{kind}-{n}> {LABEL} "{label}"@en .\n'


def _text(kind: str, n: int, name: str, text: str) -> str:
    return f'<{ID}{kind}-{n}> <{EX}{name}> "{text}" .\n'


def _typed(kind: str, n: int, name: str, text: str, datatype: str) -> str:
    return f'<{ID}{kind}-{n}> <{EX}{name}> "{text}"^^<{XSD}{datatype}> .\n'


def _link(kind: str, n: int, name: str, to: str, other: int) -> str:
    return f"<{ID}{kind}-{n}> <{EX}{name}> <{ID}{to}-{other}> .\n"


def main() -> int:
    """Write the files and say how much there is."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--nodes", type=int, default=10_000)
    parser.add_argument("folder", type=Path)
    given = parser.parse_args()
    write(given.folder, given.nodes)
    sys.stdout.write(f"{given.nodes} nodes in {given.folder}: {counts_of(given.nodes)}\n")
    return 0


if __name__ == "__main__":
    sys.exit(main())
