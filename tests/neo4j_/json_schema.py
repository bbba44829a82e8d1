"""The part of JSON Schema that our schemas use; what it does not know, it refuses."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from typing import Any

_TYPES: Mapping[str, tuple[type, ...]] = {
    "object": (dict,),
    "array": (list,),
    "string": (str,),
    "boolean": (bool,),
    "null": (type(None),),
    "integer": (int,),
    "number": (int, float),
}
_KNOWN = {
    *("$comment", "$defs", "$ref", "type", "enum", "anyOf", "required", "properties", "additionalProperties"),
    *("items", "minItems", "minLength", "pattern", "minimum", "maximum"),
}
Schema = Mapping[str, Any]


def faults(value: object, schema: Schema) -> list[str]:
    """What is wrong with a value, and where."""
    return list(_faults(value, schema, schema, "$"))


def _faults(value: object, schema: Schema, root: Schema, at: str) -> Iterator[str]:
    assert set(schema) <= _KNOWN, f"a keyword that is not known: {set(schema) - _KNOWN}"
    if "$ref" in schema:
        yield from _faults(value, root["$defs"][schema["$ref"].removeprefix("#/$defs/")], root, at)
    if "type" in schema and not _is(value, schema["type"]):
        yield f"{at}: {value!r:.60} is no {schema['type']}"
        return
    if "enum" in schema and value not in schema["enum"]:
        yield f"{at}: {value!r:.60} is none of {schema['enum']}"
    if "anyOf" in schema and all(list(_faults(value, each, root, at)) for each in schema["anyOf"]):
        yield f"{at}: {value!r:.60} fits nothing"
    if isinstance(value, dict):
        yield from _of_object(value, schema, root, at)
    elif isinstance(value, list):
        each = (_faults(one, schema.get("items", {}), root, f"{at}[{i}]") for i, one in enumerate(value))
        yield from (fault for found in each for fault in found)
    if not _fits(value, schema):
        yield f"{at}: {value!r:.60} is too short, too long or of another form"


def _fits(value: object, schema: Schema) -> bool:
    if isinstance(value, list):
        return bool(len(value) >= schema.get("minItems", 0))
    if isinstance(value, str):
        return len(value) >= schema.get("minLength", 0) and bool(re.search(schema.get("pattern", ""), value))
    if isinstance(value, int | float):
        return bool(schema.get("minimum", value) <= value <= schema.get("maximum", value))
    return True


def _is(value: object, name: str) -> bool:
    return isinstance(value, _TYPES[name]) and (name == "boolean" or not isinstance(value, bool))


def _of_object(value: dict[str, object], schema: Schema, root: Schema, at: str) -> Iterator[str]:
    known, rest = schema.get("properties", {}), schema.get("additionalProperties", {})
    yield from (f"{at}: {name} is missing" for name in schema.get("required", ()) if name not in value)
    for name, each in value.items():
        if name in known:
            yield from _faults(each, known[name], root, f"{at}.{name}")
        elif rest is False:
            yield f"{at}: {name} is too much"
        else:
            yield from _faults(each, rest, root, f"{at}.{name}")
