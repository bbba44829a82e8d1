"""`kaigraph serve`: answer GraphQL over HTTP."""

from __future__ import annotations

import argparse
import errno
import gc
import signal
import socket
import sys

import uvicorn

from kaigraph.cli import assemble
from kaigraph.cli.http_options import add_http, log_of, settings_of
from kaigraph.cli.mounted import page_of, routes_of
from kaigraph.cli.options import add_domain, add_engine, add_store
from kaigraph.cli.stores import add_serving, limits_of
from kaigraph.cli.tracing import spans, traced
from kaigraph.graphql.http import Application, Log
from kaigraph.graphql.http.running import server_of
from kaigraph.graphql.over import engine_over
from kaigraph.ontology.errors import BadUse

MIB = 2**20

EXAMPLE = """example:
  kaigraph serve --port 8000
  curl -s localhost:8000/graphql -H 'Content-Type: application/json' -d '{"query": "{ dataset { version } }"}'
"""


def add(verbs: argparse._SubParsersAction[argparse.ArgumentParser]) -> None:
    """Add the verb."""
    parser = verbs.add_parser(
        "serve", help="answer GraphQL over HTTP", epilog=EXAMPLE, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    add_domain(parser)
    add_store(parser)
    add_engine(parser)
    add_serving(parser)
    add_http(parser)
    parser.add_argument("--host", default="127.0.0.1", help="the address to listen on (default: this machine only)")
    parser.add_argument("--port", type=int, default=8000, help="the port to listen on; 0 takes a free one")
    parser.set_defaults(run=run)


def run(options: argparse.Namespace) -> int:
    """Load, listen, and answer until stopped."""
    settings = settings_of(options)
    listener = _listen(options.host, options.port)
    with listener, spans(options.otel), assemble.opened(options, limits_of(options), options.wait) as store:
        engine = engine_over(store, options.cache_size * MIB, options.timeout or None, is_traced=options.otel)
        log, page, routes = log_of(options), page_of(options, store), routes_of(store)
        server = _server(Application(engine, settings, page=page, routes=routes, log=log), log, options.otel)
        host, port = listener.getsockname()[:2]
        sys.stdout.write(f"kaigraph answers at http://{host}:{port}/graphql (Ctrl-C stops it)\n")
        sys.stdout.flush()
        server.run(sockets=[listener])
    return 0


def _listen(host: str, port: int) -> socket.socket:
    """Take the port before the data are loaded, so that a port in use is told at once."""
    try:
        listener = socket.create_server((host, port), family=socket.AF_INET6 if ":" in host else socket.AF_INET)
    except (OSError, OverflowError) as error:
        reason = getattr(error, "strerror", None) or str(error)
        in_use = getattr(error, "errno", None) == errno.EADDRINUSE
        hint = "choose another --port" if in_use else "check --host and --port"
        raise BadUse(f"cannot listen on {host}:{port}: {reason}", hint=hint) from error
    # Connections inherit it. Without it an answer in two writes waits 40 ms in between, for the client's word.
    listener.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
    return listener


def _server(application: Application, log: Log, is_traced: bool) -> uvicorn.Server:
    gc.collect()
    gc.freeze()  # what was built until now lives as long as the process: no collection need look at it again
    server = server_of(traced(application) if is_traced else application, log)
    # Ours stand before uvicorn's own handlers do, and again after: it raises the signal that stopped it once more.
    for number in (signal.SIGINT, signal.SIGTERM):
        signal.signal(number, server.handle_exit)
    return server
