"""The options of `kaigraph serve` that are about HTTP, and the application that they make."""

from __future__ import annotations

import argparse
import re
import sys

from kaigraph.graphql.http import Lines, Log, Settings
from kaigraph.ontology.errors import BadUse

_ORIGIN = re.compile(r"\*|null|[a-z][a-z0-9+.-]*://[^/?#\s]+/?", re.I)


def add_http(parser: argparse.ArgumentParser) -> None:
    """Add the options."""
    given = Settings()
    parser.add_argument(
        "--cors", nargs="+", action="extend", default=[], metavar="ORIGIN",
        help="origins whose pages may read answers in a browser: https://example.org, or '*' (default: none)",
    )  # fmt: skip
    parser.add_argument(
        "--max-request", type=int, default=given.max_request, metavar="BYTES",
        help="the largest request that is read (default: %(default)s)",
    )  # fmt: skip
    parser.add_argument(
        "--max-response", type=int, default=given.max_response, metavar="BYTES",
        help="the largest answer that is sent (default: %(default)s)",
    )  # fmt: skip
    parser.add_argument(
        "--log", choices=("plain", "json", "off"), default="plain",
        help="a line for each request on standard error, with no value or text of an operation; off: errors alone",
    )  # fmt: skip
    parser.add_argument(
        "--otel", action="store_true",
        help="OpenTelemetry spans, sent as the OTEL_… environment says (needs the extra: pip install 'kaigraph[otel]')",
    )  # fmt: skip


def settings_of(options: argparse.Namespace) -> Settings:
    """The settings that the options name.

    Raises:
        BadUse: an origin that is none, or a limit that lets nothing through.
    """
    for origin in options.cors:
        if not _ORIGIN.fullmatch(origin):
            raise BadUse(f"{origin!r} is no origin", hint="write --cors https://example.org, or --cors '*'")
    for name in ("max_request", "max_response"):
        if getattr(options, name) < 1:
            raise BadUse(f"--{name.replace('_', '-')} must be at least 1")
    return Settings(options.max_request, options.max_response, origins=tuple(options.cors))


def log_of(options: argparse.Namespace) -> Log:
    """The log that the options name."""
    is_off = options.log == "off"
    return Log("plain" if is_off else options.log, Lines(_to_standard_error), has_requests=not is_off)


def _to_standard_error(lines: bytes) -> None:
    sys.stderr.buffer.write(lines)
    sys.stderr.buffer.flush()
