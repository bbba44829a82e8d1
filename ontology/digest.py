"""The hash of a Model: the same for the same meaning, whatever the files looked like."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Callable
from dataclasses import fields
from enum import Enum

from kaigraph.ontology.model import Field, Model, Property

#: Prefixes only shorten what is written, and what was renamed shows in the names.
LEFT_OUT = {"hash", "prefixes", "renamings", "for_classes"}


def digest(model: Model) -> str:
    """SHA-256 over a canonical text of everything that the other rooms derive from."""
    known: dict[int, str] = {}  # classes share their fields: each is written out once, and stands for itself after

    def plain(value: object) -> object:
        if isinstance(value, Enum):
            return value.value
        if isinstance(value, Field):
            if id(value) not in known:
                known[id(value)] = _sha256(_text(_record(value), plain))
            return known[id(value)]
        return _record(value)

    return _sha256(_text({f.name: getattr(model, f.name) for f in fields(model) if f.name not in LEFT_OUT}, plain))


def _record(value: object) -> dict[str, object]:
    return {f.name: _short(getattr(value, f.name)) for f in fields(value)}  # type: ignore[arg-type] # all are dataclasses


def _short(value: object) -> object:
    return value.iri if isinstance(value, Property) else value  # properties are written out once, by the Model


def _text(value: object, plain: Callable[[object], object]) -> str:
    return json.dumps(value, default=plain, sort_keys=True, ensure_ascii=False, separators=(",", ":"))


def _sha256(text: str) -> str:
    return hashlib.sha256(text.encode("utf-8", "surrogatepass")).hexdigest()
