"""From the Model to the Api: the rules, one by one."""

from __future__ import annotations

import dataclasses

import pytest

from kaigraph.graphql.api import Api, Filter, Means
from kaigraph.graphql.deriving.derive import derive_api
from kaigraph.graphql.deriving.names import free, upper_snake
from kaigraph.graphql.deriving.scalars import scalar_of
from kaigraph.ontology.errors import BadVocabulary
from kaigraph.ontology.model import Field, Kind, Model
from tests.graphql_.models import (
    CERTAINTY,
    CORE,
    CORE_CLASSES,
    EX,
    SMALL,
    XSD,
    build_model,
    literal,
    mixed,
    prop,
    synthetic,
    thing,
)

API = derive_api(SMALL)


def _type(api: Api, type_name: str, field: str) -> tuple[str, Means]:
    output = api.types[type_name].fields[field]
    return output.type, output.means


def _with(fields: tuple[Field, ...]) -> Api:
    return derive_api(build_model({**CORE_CLASSES, EX + "X": ((), fields), EX + "Y": ((EX + "X",), ())}, [CERTAINTY]))


def test_a_class_with_subclasses_is_an_interface_and_an_object() -> None:
    assert API.types["Firm"].is_interface
    assert API.types["Firm"].interfaces == ("Node", "Body", "Thing")
    assert API.types["FirmNode"].interfaces == ("Node", "Body", "Thing", "Firm")
    assert API.types["Lab"].interfaces == ("Node", "Body", "Firm", "School", "Thing")
    assert not API.types["Lab"].is_interface
    assert API.object_of[EX + "Firm"] == "FirmNode"
    assert API.object_of[EX + "Lab"] == "Lab"
    assert API.possible["Firm"] == ("FirmNode", "Lab")
    assert "Lab" not in API.possible
    assert set(API.possible["Node"]) == {*API.object_of.values(), "Resource"}


@pytest.mark.parametrize(
    ("field", "type_", "means"),
    [
        ("code", "String", Means.SCALAR),
        ("marks", "[String!]!", Means.SCALARS),
        ("title", "String", Means.TEXT),
        ("begins", "EDTF", Means.SCALAR),
        ("day", "Date", Means.SCALAR),
        ("moment", "DateTime", Means.SCALAR),
        ("size", "Integer", Means.SCALAR),
        ("count", "Int", Means.SCALAR),
        ("sizes", "[Decimal!]!", Means.SCALARS),
        ("odd", "[LiteralValue!]!", Means.LITERALS),
        ("free", "LiteralValue", Means.LITERALS),
        ("state", "State", Means.SCALAR),
        ("tags", "[State!]!", Means.SCALARS),
        ("amount", "Money", Means.THING),
        ("payer", "Firm", Means.THING),
        ("owner", "Body", Means.THING),  # the nearest class that Firm and School share
        ("other", "Node", Means.THING),
        ("about", "NodeConnection!", Means.PAGE),
        ("note", "[NoteValue!]!", Means.VALUES),
    ],
)
def test_fields_of_every_kind(field: str, type_: str, means: Means) -> None:
    assert _type(API, "Deal", field) == (type_, means)


def test_fields_of_other_classes() -> None:
    assert _type(API, "Body", "motto") == ("[LanguageString!]!", Means.TEXTS)
    assert _type(API, "Money", "printed") == ("LanguageString", Means.TEXTS)
    assert _type(API, "Money", "value") == ("Decimal", Means.SCALAR)  # whole numbers are decimals
    assert _type(API, "Firm", "staff") == ("Int", Means.SCALAR)  # the shapes keep it within 32 bits
    assert _type(API, "Firm", "paid") == ("DealConnection!", Means.PAGE)
    assert API.types["Firm"].fields["paid"] is API.types["Lab"].fields["paid"]


def test_a_union_lists_what_values_can_be() -> None:
    assert API.unions["NoteValue"].members == ("BodyNode", "FirmNode", "Lab", "LiteralValue", "Money", "SchoolNode")
    assert API.possible["NoteValue"] == API.unions["NoteValue"].members


def test_classes_with_nothing_in_common_meet_in_node() -> None:
    fields = (mixed("v", "X", "Unmodelled"), thing("one", "X", "Z"))
    model = build_model({**CORE_CLASSES, EX + "X": ((), fields), EX + "Z": ((), ())}, [CERTAINTY])
    api = derive_api(model)
    assert _type(api, "X", "one") == ("Node", Means.THING)
    assert set(api.unions["VValue"].members) == {*api.possible["Node"], "LiteralValue"}


@pytest.mark.parametrize(
    ("datatype", "bounds", "scalar"),
    [
        (XSD + "integer", (None, None), "Integer"),
        (XSD + "integer", (0, 2**31 - 1), "Int"),
        (XSD + "integer", (0, 2**31), "Integer"),
        (XSD + "nonNegativeInteger", (None, 9), "Int"),
        (XSD + "nonNegativeInteger", (-5, None), "Integer"),
        (XSD + "negativeInteger", (-9, None), "Int"),
        (XSD + "unsignedShort", (None, None), "Int"),
        (XSD + "unsignedInt", (None, None), "Integer"),
        (XSD + "long", (None, None), "Integer"),
        (XSD + "decimal", (0, 1), "Decimal"),
        (XSD + "float", (None, None), "Float"),
        (XSD + "anyURI", (None, None), "String"),
        (XSD + "gYear", (None, None), "String"),
        ("http://id.loc.gov/datatypes/edtf/EDTF-level1", (None, None), "EDTF"),
        ("http://example.org/own", (None, None), "String"),
    ],
)
def test_datatypes(datatype: str, bounds: tuple[int | None, int | None], scalar: str) -> None:
    assert scalar_of(datatype, bounds) == scalar


def test_filters_follow_how_values_are_compared() -> None:
    where = API.inputs["DealWhere"].fields
    found = {
        name: where[name].type for name in ("title", "odd", "free", "size", "sizes", "day", "state", "payer", "about")
    }
    assert found == {
        "title": "TextFilter", "odd": "TextFilter", "free": "TextFilter", "size": "IntegerFilter",
        "sizes": "DecimalFilter", "day": "DateFilter", "state": "StateFilter", "payer": "FirmWhere",
        "about": "NodeSome",
    }  # fmt: skip
    assert "note" not in where
    assert (where["payer"].filter, where["about"].filter, where["size"].filter) == (
        Filter.THING,
        Filter.SOME,
        Filter.VALUE,
    )
    api = _with((literal("year", "gYear"), literal("when", "date", "dateTime"), literal("n", "decimal", "double")))
    years = api.inputs["XWhere"].fields
    assert [years[n].type for n in ("year", "when", "n")] == ["EDTFFilter", "EDTFFilter", "DecimalFilter"]


def test_orders_name_one_key_and_go_through_single_things() -> None:
    order = API.inputs["DealOrder"]
    assert order.one_of
    assert order.fields["payer"].type == "FirmOrder"
    assert order.fields["size"].type == "Direction"
    assert order.fields["label"].part == "label"
    assert order.fields.keys().isdisjoint({"title", "marks", "about", "note", "odd", "free"})
    assert not any(made.one_of for name, made in API.inputs.items() if not name.endswith("Order"))


def test_groups_have_keys_here_and_enums_one_thing_away() -> None:
    group = API.types["DealGroup"].fields
    assert [step.name for step in group["amountUnit"].path] == ["amount", "unit"]
    assert group["payer"].type == "Firm"
    assert {"state", "size", "day", "amount"} <= group.keys()
    assert group.keys().isdisjoint({"title", "marks", "tags", "note", "about", "amountValue"})


def test_measures_are_exact_numbers_here_and_one_thing_away() -> None:
    assert set(API.enums["DealMeasure"].choices) == {"COUNT", "SIZE", "AMOUNT_VALUE", "PAYER_STAFF"}
    assert set(API.enums["MoneyMeasure"].choices) == {"VALUE"}
    assert "sum" not in API.types["SchoolConnection"].fields
    assert API.types["DealConnection"].fields["sum"].arguments[0].type == "DealMeasure!"


def test_the_same_name_for_a_property_everywhere() -> None:
    assert API.enums["PropertyName"].choices["payer"].iri == EX + "payer"
    assert "paid" not in API.enums["PropertyName"].choices
    assert API.enums["ClassName"].choices["Firm"].iri == EX + "Firm"


def test_names_that_meet_the_apis_own_make_way() -> None:
    fields = (literal("class", "string"), literal("id", "string"), literal("sum", "decimal"))
    classes = {**CORE_CLASSES, EX + "PageInfo": ((), fields), EX + "A": ((), ()), EX + "AWhere": ((), ())}
    api = derive_api(build_model(classes, [CERTAINTY]))
    assert {"id", "id_", "class", "sum"} <= api.types["PageInfo_"].fields.keys()
    assert {"class", "class_", "id", "id_"} <= api.inputs["PageInfoWhere"].fields.keys()
    assert {"sum", "sum_", "count"} <= api.types["PageInfoGroup"].fields.keys()
    assert api.types["AWhere"].cls == EX + "AWhere"
    assert api.types["Query"].fields["as"].arguments[2].type == "AWhere_"


def test_every_type_named_exists() -> None:
    everything = {*API.types, *API.unions, *API.enums, *API.inputs, *API.scalars}
    named = {o.type for t in API.types.values() for o in t.fields.values()}
    named |= {a.type for t in API.types.values() for o in t.fields.values() for a in o.arguments}
    named |= {i.type for made in API.inputs.values() for i in made.fields.values()}
    assert {n.strip("[]!") for n in named} <= everything | {"ID", "String", "Int", "Float", "Boolean"}


def test_the_order_of_the_model_does_not_matter() -> None:
    turned = dataclasses.replace(
        SMALL,
        classes=dict(reversed(list(SMALL.classes.items()))),
        properties=dict(reversed(list(SMALL.properties.items()))),
        enumerations=dict(reversed(list(SMALL.enumerations.items()))),
    )
    assert derive_api(turned) == API


def test_descriptions_are_in_both_languages() -> None:
    assert API.types["Firm"].description == "Something that is a Firm.\nFirm인 것.\nExample: `ex:a a ex:Firm .`"
    assert API.types["Deal"].fields["payer"].description == "What payer says.\npayer의 뜻."
    assert API.types["Firm"].fields["paid"].description == "All that have this as their `payer` (payer; payer 속성)."
    assert API.enums["State"].choices["open"].description == "open\nopen 값"


def test_a_model_without_core_is_refused() -> None:
    model = build_model({EX + "A": ((), ())})
    with pytest.raises(BadVocabulary, match="Claim"):
        derive_api(model)


def test_a_model_without_languages_speaks_english() -> None:
    api = derive_api(build_model(CORE_CLASSES, [CERTAINTY], languages=()))
    assert list(api.enums["Language"].choices) == ["EN"]
    api = derive_api(build_model(CORE_CLASSES, [CERTAINTY], languages=("zh-hant", "en")))
    assert {n: c.value for n, c in api.enums["Language"].choices.items()} == {"ZH_HANT": "zh-hant", "EN": "en"}


def test_a_thousand_subclasses() -> None:
    api = derive_api(synthetic(1, under=1000))
    assert len(api.possible["Class0"]) == 1001
    assert api.types["Sub7"].interfaces == ("Node", "Class0")


def test_an_enum_field_whose_enumeration_is_not_modelled_is_a_thing() -> None:
    api = _with((Field(prop("kind"), Kind.ENUM, False, enum=EX + "Nowhere"),))
    assert _type(api, "X", "kind") == ("Node", Means.THING)


@pytest.mark.parametrize(
    ("name", "upper"), [("amountValue", "AMOUNT_VALUE"), ("gpuCount", "GPU_COUNT"), ("aB2C", "A_B2_C"), ("URL", "URL")]
)
def test_upper_snake(name: str, upper: str) -> None:
    assert upper_snake(name) == upper


def test_free_names() -> None:
    assert free("a", {"b"}) == "a"
    assert free("a", {"a", "a_"}) == "a__"


def test_core_types() -> None:
    assert API.types["Node"].fields["claims"].type == "[Claim!]!"
    assert API.types["Dataset"].fields["sources"].type == "[Source!]!"
    assert API.object_of[CORE + "Source"] == "SourceNode"
    assert isinstance(SMALL, Model)
