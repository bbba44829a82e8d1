"""Models built by hand: a small one that shows every rule, and synthetic ones of any size."""

from __future__ import annotations

from collections.abc import Iterable, Mapping

from kaigraph.ontology.model import Class, Enumeration, EnumValue, Field, Iri, Kind, Model, Property

XSD = "http://www.w3.org/2001/XMLSchema#"
LANG_STRING = "http://www.w3.org/1999/02/22-rdf-syntax-ns#langString"
EDTF = "http://id.loc.gov/datatypes/edtf/EDTF"
CORE = "https://w3id.org/kaigraph/core#"
EX = "http://example.org/"
LABELS = ("http://www.w3.org/2004/02/skos/core#prefLabel", "http://www.w3.org/2000/01/rdf-schema#label")


def prop(name: str, inverse: str = "", base: str = EX, unit: Iri | None = None) -> Property:
    return Property(
        base + name, name, inverse or f"{name}Of", {"en": name, "ko": f"{name} 속성"},
        {"en": f"What {name} says.", "ko": f"{name}의 뜻."}, unit,
    )  # fmt: skip


def literal(name: str, *datatypes: str, many: bool = False, base: str = EX, **rest: object) -> Field:
    full = tuple(d if ":" in d else XSD + d for d in datatypes)
    return Field(prop(name, base=base), Kind.LITERAL, many, datatypes=full, **rest)  # type: ignore[arg-type]  # a test's short hand


def texts(name: str, *, many: bool = True, unique: bool = False, base: str = EX) -> Field:
    return Field(prop(name, base=base), Kind.LITERAL, many, datatypes=(LANG_STRING,), unique_lang=unique)


def thing(
    name: str, *classes: str, many: bool = False, inverse: bool = False, base: str = EX, backwards: str = ""
) -> Field:
    full = tuple(c if ":" in c else base + c for c in classes)
    return Field(prop(name, backwards, base=base), Kind.THING, many, inverse=inverse, classes=full)


def choice(name: str, enum: str, *, many: bool = False, base: str = EX) -> Field:
    return Field(prop(name, base=base), Kind.ENUM, many, enum=base + enum)


def mixed(name: str, *classes: str, many: bool = True) -> Field:
    return Field(prop(name), Kind.MIXED, many, classes=tuple(EX + c for c in classes))


def enumeration(name: str, *values: str, base: str = EX) -> Enumeration:
    made = tuple(EnumValue(base + v, v, {"en": v, "ko": f"{v} 값"}, {}) for v in values)
    return Enumeration(base + name, name, {"en": name, "ko": f"{name} 목록"}, {}, made)


Classes = Mapping[Iri, tuple[tuple[Iri, ...], tuple[Field, ...]]]


def build_model(
    classes: Classes, enumerations: Iterable[Enumeration] = (), languages: tuple[str, ...] = ("en", "ko")
) -> Model:
    """A Model of classes given as parents and own fields; fields are inherited."""
    above = {iri: _ancestors(classes, iri) for iri in classes}
    made = {
        iri: _class(iri, number, classes, above, tuple(i for i in classes if iri in above[i]))
        for number, iri in enumerate(classes)
    }
    properties = {f.property.iri: f.property for c in made.values() for f in c.fields}
    enums = {e.iri: e for e in enumerations}
    return Model(made, properties, enums, languages, LABELS, {}, {}, above, (), "0" * 64)


def _ancestors(classes: Classes, iri: Iri) -> tuple[Iri, ...]:
    parents = classes[iri][0]
    return tuple(sorted({*parents, *(a for p in parents for a in _ancestors(classes, p))}))


def _class(
    iri: Iri, number: int, classes: Classes, above: Mapping[Iri, tuple[Iri, ...]], below: tuple[Iri, ...]
) -> Class:
    fields = {f.name: f for holder in (iri, *above[iri]) for f in classes[holder][1]}
    name = iri.rsplit("/", 1)[-1].rsplit("#", 1)[-1]
    return Class(
        iri, number, name, name[:1].lower() + name[1:] + "s", {"en": name, "ko": f"{name} 클래스"},
        {"en": f"Something that is a {name}.", "ko": f"{name}인 것."}, (f"ex:a a ex:{name} .",),
        classes[iri][0], above[iri], below, tuple(fields[n] for n in sorted(fields)),
    )  # fmt: skip


CORE_CLASSES: Classes = {
    CORE + "Claim": (
        (),
        (
            thing("source", "Source", base=CORE),
            literal("paragraph", "int", base=CORE),
            choice("certainty", "Certainty", base=CORE),
        ),
    ),
    CORE + "Source": (
        (),
        (
            literal("published", EDTF, base=CORE),
            thing("source", "Claim", many=True, inverse=True, base=CORE, backwards="claimsMade"),
        ),
    ),
    CORE + "EditorialSource": ((CORE + "Source",), ()),
}
CERTAINTY = enumeration("Certainty", "stated", "planned", base=CORE)

#: Every rule at least once: a diamond, a class with subclasses, all kinds of fields, unhappy names, blank things.
SMALL = build_model(
    {
        **CORE_CLASSES,
        EX + "Thing": ((), (texts("title", unique=True), literal("code", "string"), literal("begins", EDTF))),
        EX + "Body": ((EX + "Thing",), (thing("part", "Body", many=True), texts("motto"), literal("class", "string"))),
        EX + "Firm": (
            (EX + "Body",),
            (
                literal("staff", "integer", bounds=(0, 1_000_000)),
                thing("payer", "Deal", many=True, inverse=True, backwards="paid"),
            ),
        ),
        EX + "School": ((EX + "Body",), (literal("open", "boolean"),)),
        EX + "Lab": ((EX + "Firm", EX + "School"), (literal("share", "double"),)),
        EX + "Deal": (
            (EX + "Thing",),
            (
                thing("payer", "Firm", backwards="paid"),
                thing("amount", "Money"),
                choice("state", "State"),
                choice("tags", "State", many=True),
                literal("day", "date"),
                literal("moment", "dateTime"),
                literal("size", "integer"),
                literal("count", "short"),
                literal("marks", "string", many=True),
                literal("sizes", "decimal", many=True),
                literal("odd", "date", "string", many=True),
                literal("free"),
                thing("about", many=True),
                thing("owner", "Firm", "School"),
                mixed("note", "Body", "Money"),
                thing("other"),
            ),
        ),
        EX + "Money": (
            (),
            (
                literal("value", "decimal", "integer"),
                choice("unit", "Unit"),
                thing("amount", "Deal", many=True, inverse=True),
                texts("printed", many=False),
            ),
        ),
    },
    (CERTAINTY, enumeration("State", "open", "shut", "closed"), enumeration("Unit", "krw", "usd")),
)


def synthetic(count: int, *, under: int = 0) -> Model:
    """`count` unrelated classes of a dozen fields, or one class with `under` subclasses, beside the core."""
    classes: dict[Iri, tuple[tuple[Iri, ...], tuple[Field, ...]]] = dict(CORE_CLASSES)
    for number in range(count):
        name, other = f"Class{number}", f"Class{(number + 1) % count}"
        own = (
            texts("title", unique=True), literal("opened", EDTF), literal("size", "decimal"), literal("code", "string"),
            literal(f"number{number}", "integer"), choice("state", "State"), thing(f"next{number}", other),
            thing(f"many{number}", other, many=True), texts("note"),
            thing(f"next{(number - 1) % count}", f"Class{(number - 1) % count}", many=True, inverse=True),
        )  # fmt: skip
        classes[EX + name] = ((), own)
    for number in range(under):
        classes[EX + f"Sub{number}"] = ((EX + "Class0",), ())
    return build_model(classes, (CERTAINTY, enumeration("State", "open", "closed")))
