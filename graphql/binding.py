"""The values of a plan's parameters, out of those that came with the request."""

from __future__ import annotations

from collections.abc import Mapping

from kaigraph.graphql.plan import Param, Plan
from kaigraph.ontology.errors import BadOperation


def bind(plan: Plan, values: Mapping[str, object]) -> tuple[object, ...]:
    """The values of a plan's parameters.

    Raises:
        BadOperation: a value that cannot be compared (no date, no number), with where it stands.
    """
    return tuple(_bound(param, values) for param in plan.params)


def _bound(param: Param, values: Mapping[str, object]) -> object:
    try:
        return param.encode(_value(param, values))
    except BadOperation as error:
        raise error.__class__(error.message, where=param.label, hint=error.hint) from error


def _value(param: Param, values: Mapping[str, object]) -> object:
    if param.items is not None:
        return [_value(item, values) for item in param.items]
    if param.variable is None:
        return param.constant
    found: object = values[param.variable]
    for step in param.path:
        found = found[step]  # type: ignore[index]  # coerced variables: the path was walked when the plan was made
    return found
