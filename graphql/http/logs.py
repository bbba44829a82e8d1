"""Access logs: a line a request. What they say of an operation is its name and its error's code, never a value or text.

What is logged of a path is its decoded form without parameters, cut and escaped; nothing else of it comes from outside.
"""

from __future__ import annotations

import logging
import time
import traceback
from collections.abc import Callable, Mapping
from datetime import UTC, datetime
from functools import lru_cache
from typing import Literal

import orjson

from kaigraph.graphql.http.lines import Lines

Form = Literal["plain", "json"]

#: What is logged of a path, in characters.
_PATH = 200


class Log:
    """Writes what happened, in one form. A line is one event: a `request`, an `error`, or what the `server` says."""

    def __init__(self, form: Form, lines: Lines, *, has_requests: bool = True) -> None:
        """Take the form, where lines go, and whether requests have theirs: what goes wrong always has."""
        self._lines = lines
        self.has_requests = has_requests
        self._format: Callable[[Mapping[str, object]], bytes] = orjson.dumps if form == "json" else _plain

    def request(self, fields: Mapping[str, object]) -> None:
        """Log a request that was answered."""
        self._put("request", fields)

    def trouble(self, error: BaseException, request_id: str) -> None:
        """Log an error that nobody expected: its type and where it was raised. Its message may hold values."""
        frames = [
            f"{frame.name} ({frame.filename}:{frame.lineno})" for frame in traceback.extract_tb(error.__traceback__)
        ]
        self._put("error", {"id": request_id, "error": type(error).__name__, "at": frames})

    def server(self, level: str, message: str) -> None:
        """Log what the HTTP server itself says."""
        self._put("server", {"level": level, "message": message})

    def close(self) -> None:
        """Write what waits."""
        self._lines.close()

    def _put(self, event: str, fields: Mapping[str, object]) -> None:
        self._lines.put(self._format({"time": _now(), "event": event, **fields}))


class FromUvicorn(logging.Handler):
    """Passes on what uvicorn logs; of an exception, its type alone."""

    def __init__(self, log: Log) -> None:
        """Take where it goes."""
        super().__init__()
        self._log = log

    def emit(self, record: logging.LogRecord) -> None:
        """Log one record."""
        raised = record.exc_info[1] if record.exc_info else None
        if raised is not None:
            self._log.trouble(raised, "")
        else:
            self._log.server(record.levelname.lower(), record.getMessage())


def _now() -> str:
    seconds, rest = divmod(time.time_ns() // 1_000_000, 1000)
    return f"{_second(seconds)}.{rest:03}Z"


@lru_cache(maxsize=2)
def _second(seconds: int) -> str:
    """Most lines share their second with the one before."""
    return datetime.fromtimestamp(seconds, UTC).strftime("%Y-%m-%dT%H:%M:%S")


def shown(path: str) -> str:
    """A path for a log: cut, and with nothing in it that ends a line or steers a terminal."""
    cut = path if len(path) <= _PATH else path[:_PATH] + "…"
    return cut if cut.isprintable() else ascii(cut)[1:-1]


def _plain(fields: Mapping[str, object]) -> bytes:
    time_, event, *rest = fields.items()
    said = " ".join([f"{name}={value}" for name, value in rest])
    return f"{time_[1]} {event[1]} {said}".encode(errors="backslashreplace")
