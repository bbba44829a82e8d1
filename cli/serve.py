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
from kaigraph.cli.options import add_domain, add_engine, add_store
from kaigraph.graphql.server import Application
from kaigraph.ontology.errors import BadUse

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
    parser.add_argument("--host", default="127.0.0.1", help="the address to listen on (default: this machine only)")
    parser.add_argument("--port", type=int, default=8000, help="the port to listen on; 0 takes a free one")
    parser.set_defaults(run=run)


def run(options: argparse.Namespace) -> int:
    """Load, listen, and answer until stopped."""
    listener = _listen(options.host, options.port)
    with listener, assemble.opened(options) as store:
        server = _server(Application(assemble.engine_of(store)))
        host, port = listener.getsockname()[:2]
        sys.stdout.write(f"kaigraph answers at http://{host}:{port}/graphql (Ctrl-C stops it)\n")
        sys.stdout.flush()
        server.run(sockets=[listener])
    return 0


def _listen(host: str, port: int) -> socket.socket:
    """Take the port before the data are loaded, so that a port in use is told at once."""
    try:
        return socket.create_server((host, port), family=socket.AF_INET6 if ":" in host else socket.AF_INET)
    except (OSError, OverflowError) as error:
        reason = getattr(error, "strerror", None) or str(error)
        in_use = getattr(error, "errno", None) == errno.EADDRINUSE
        hint = "choose another --port" if in_use else "check --host and --port"
        raise BadUse(f"cannot listen on {host}:{port}: {reason}", hint=hint) from error


def _server(application: Application) -> uvicorn.Server:
    gc.collect()
    gc.freeze()  # what was built until now lives as long as the process: no collection need look at it again
    server = uvicorn.Server(uvicorn.Config(application, log_level="warning", access_log=False))
    # Ours stand before uvicorn's own handlers do, and again after: it raises the signal that stopped it once more.
    for number in (signal.SIGINT, signal.SIGTERM):
        signal.signal(number, server.handle_exit)
    return server
