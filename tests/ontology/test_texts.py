from __future__ import annotations

from collections.abc import Callable

import pytest

from kaigraph.ontology import Model

A = "http://a.example/ns#"
Make = Callable[..., Model]
SKOS = "http://www.w3.org/2004/02/skos/core#"
RDFS = "http://www.w3.org/2000/01/rdf-schema#"


def test_labels_and_definitions(model: Make) -> None:
    found = model(
        """a:X rdfs:label "b"@en , "a"@en , "가"@ko ; skos:prefLabel "x"@de , "not this"@ko ;
            rdfs:comment "comment"@en , "주석"@ko ; skos:definition "definition"@en .""",
        "[] sh:targetClass a:X , a:HasNone ; sh:property [ sh:path a:someDay ] .",
    )
    assert found.classes[f"{A}X"].labels == {"de": "x", "en": "a", "ko": "가"}
    assert found.classes[f"{A}X"].definitions == {"en": "definition", "ko": "주석"}
    assert found.classes[f"{A}HasNone"].labels == found.classes[f"{A}HasNone"].definitions == {"": "has none"}
    assert found.properties[f"{A}someDay"].labels == {"": "some day"}


@pytest.mark.parametrize(
    ("ontology", "expected"),
    [
        ("", ("en", "ko")),
        ("a:X a owl:Class .", ("en",)),
        ('a:X a owl:Class ; rdfs:label "x" .', ("en",)),
        (
            'a:X a owl:Class ; rdfs:label "x"@fr . a:p a rdf:Property ; skos:prefLabel "p"@de , "p"@EN .',
            ("en", "de", "fr"),
        ),
        ('a:X a owl:Class ; rdfs:label "x"@ko . a:thing rdfs:label "no term"@la .', ("ko",)),
        ('a:X a owl:Class ; rdfs:comment "no label"@fr ; rdfs:label "x"@pt-BR .', ("pt-br",)),
    ],
    ids=["core alone", "no label", "no language", "english first", "of terms only", "of labels only"],
)
def test_languages(model: Make, ontology: str, expected: tuple[str, ...]) -> None:
    assert model(ontology, '[] rdfs:label "shapes do not count"@it .').languages == expected


def test_label_properties(model: Make) -> None:
    defaults = ("https://schema.org/name", "http://schema.org/name", "http://xmlns.com/foaf/0.1/name")
    title = "http://purl.org/dc/terms/title"
    assert model("").label_properties == (f"{SKOS}prefLabel", title, f"{RDFS}label", *defaults)
    found = model("a:o core:labelProperty a:title , rdfs:label . a:nick rdfs:subPropertyOf a:title . "
                  "a:nickest rdfs:subPropertyOf a:nick .")  # fmt: skip
    own = (f"{A}title", f"{A}nick", f"{A}nickest")
    assert found.label_properties == (f"{SKOS}prefLabel", f"{RDFS}label", *own, title, *defaults)


def test_superproperties_are_closed_and_cycles_broken(model: Make) -> None:
    found = model("a:r rdfs:subPropertyOf a:q . a:q rdfs:subPropertyOf a:p , a:r .").superproperties
    assert found[f"{A}r"] == (f"{A}p", f"{A}q")
    assert found[f"{A}q"] == (f"{A}p",)
