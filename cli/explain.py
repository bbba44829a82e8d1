"""The plan and the one statement of an operation, to be read by a person."""

from __future__ import annotations

import dataclasses
from collections.abc import Iterator

from kaigraph.graphql.dated import Dated
from kaigraph.graphql.engine import Engine, Operation, bind
from kaigraph.graphql.plan import Param
from kaigraph.ontology.model import Field


def explain(engine: Engine | Dated, operation: Operation) -> str:
    """Plan, statement and parameters."""
    prepared, values = engine.prepare(operation)
    bound = bind(prepared.plan, values)
    params = "".join(
        f"  ${i + 1} = {value!r}  -- {param.label}\n"
        for i, (param, value) in enumerate(zip(prepared.plan.params, bound, strict=True))
    )
    plan = "\n".join(_lines(prepared.plan.roots, 0))
    return f"-- plan\n{plan}\n\n-- statement\n{prepared.statement}\n\n-- parameters\n{params}"


def _lines(value: object, depth: int) -> Iterator[str]:
    """A plan as an indented outline; a field is shown by its name, a parameter by its number."""
    indent = "  " * depth
    if isinstance(value, tuple) and len(value) == 2 and isinstance(value[0], str):  # noqa: PLR2004  # an entry
        yield f"{indent}{value[0]}:"
        yield from _lines(value[1], depth + 1)
    elif isinstance(value, tuple):
        for item in value:
            yield from _lines(item, depth)
    elif _is_inner(value):
        yield f"{indent}{type(value).__name__}{_scalars(value)}"
        for field in dataclasses.fields(value):  # type: ignore[arg-type]  # _is_inner holds
            inner = getattr(value, field.name)
            if not _is_flat(inner):
                yield from _lines(inner, depth + 1)
    else:
        yield f"{indent}{_flat(value)}"


def _is_inner(value: object) -> bool:
    return dataclasses.is_dataclass(value) and not isinstance(value, type | Field | Param)


def _is_flat(value: object) -> bool:
    if isinstance(value, tuple):
        return all(not dataclasses.is_dataclass(v) and not isinstance(v, tuple) for v in value)
    return not _is_inner(value)


def _scalars(value: object) -> str:
    flat = [(f.name, getattr(value, f.name)) for f in dataclasses.fields(value)]  # type: ignore[arg-type]  # a dataclass
    shown = [f"{name}={_flat(v)}" for name, v in flat if _is_flat(v) and v not in (None, (), "", False)]
    return f"({', '.join(shown)})" if shown else ""


def _flat(value: object) -> str:
    if isinstance(value, Field):
        return value.name
    if isinstance(value, tuple):
        return "[" + ", ".join(_flat(v) for v in value) + "]"
    text = str(value)
    return text.rsplit("#", 1)[-1] if text.startswith("http") else text
