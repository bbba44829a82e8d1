"""Errors that a person can act on: what is wrong, where, what to do, and the code scripts and clients see."""

from __future__ import annotations


class KaigraphError(Exception):
    """The root of every error that kaigraph raises on purpose.

    `code` is the GraphQL error code, `status` the HTTP status, `exit_code` that of the command line
    (1 does not conform or not found, 2 bad use, 3 store not reachable). `retry_after` is how many seconds to wait
    where asking again can help.
    """

    code = "INTERNAL"
    status = 500
    exit_code = 1
    retry_after: int | None = None

    def __init__(self, message: str, *, where: str = "", hint: str = "") -> None:
        """Take one sentence each: what is wrong, where it stands, what to do about it."""
        super().__init__(message)
        self.message = message
        self.where = where
        self.hint = hint

    def __str__(self) -> str:
        """`where: message (hint)`, on one line."""
        start = f"{self.where}: " if self.where else ""
        return f"{start}{self.message}" + (f" ({self.hint})" if self.hint else "")


class BadUse(KaigraphError):
    """An option, argument or path that cannot be what was meant."""

    code = "BAD_USE"
    status = 400
    exit_code = 2


class BadSource(KaigraphError):
    """A file that cannot be read as RDF, or not at all."""

    code = "BAD_SOURCE"
    status = 400


class BadVocabulary(KaigraphError):
    """An ontology or shapes graph that RDF or SHACL calls ill-formed, or that is empty."""

    code = "BAD_VOCABULARY"


class BadOperation(KaigraphError):
    """A GraphQL operation that cannot be answered as it stands."""

    code = "BAD_USER_INPUT"
    status = 400
    exit_code = 2


class StoreRefused(KaigraphError):
    """A store of another version, another Model, or not ours."""

    code = "STORE_REFUSED"
    status = 503


class StoreUnavailable(KaigraphError):
    """A store that cannot be reached."""

    code = "STORE_UNAVAILABLE"
    status = 503
    exit_code = 3
    retry_after: int | None = 2


class StoreLoading(StoreUnavailable):
    """A store whose data are being changed in more than one step."""

    code = "STORE_LOADING"
    retry_after = 1


class StoreAway(StoreUnavailable):
    """A server that does not answer now, and may in a moment."""


class StoreTimeout(StoreUnavailable):
    """A statement that took longer than it was given: asking it again as it stands does not help."""

    code = "STORE_TIMEOUT"
    status = 504
    retry_after = None
