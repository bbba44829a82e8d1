"""What can go wrong when a kaigraph is asked."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from kaigraph.ontology.errors import BadUse, KaigraphError, StoreUnavailable

Json = Mapping[str, Any]


class QueryFailed(KaigraphError):
    """An operation that was not answered: `code` and `hint` of its first error, and all `errors` as they came."""

    status = 400
    exit_code = 2

    def __init__(self, errors: Sequence[Json]) -> None:
        """Take the `errors` of a response."""
        first = errors[0] if errors else {}
        extensions = first.get("extensions") or {}
        where = ".".join(str(step) for step in first.get("path") or ())
        super().__init__(str(first.get("message", "no answer")), where=where, hint=str(extensions.get("hint", "")))
        self.code = str(extensions.get("code", "UNKNOWN"))
        self.errors = tuple(errors)


class Unreachable(StoreUnavailable):
    """A server that does not answer, or answers what no kaigraph does."""

    code = "UNREACHABLE"


class DataChanged(KaigraphError):
    """Data that were loaded anew between two pages: what was read before is not of one piece with what follows."""

    code = "DATA_CHANGED"
    status = 409


class NotInstalled(BadUse):
    """A library that frames need and that is not there."""

    code = "NOT_INSTALLED"
