"""Servers on a port of this machine, for as long as a test needs them."""

from __future__ import annotations

import socket
import subprocess
import sys
import threading
from collections.abc import Iterator
from contextlib import contextmanager

import uvicorn

from kaigraph.graphql.http import Application


@contextmanager
def serving(*arguments: str) -> Iterator[str]:
    """`kaigraph serve` in a process of its own, and its address without a path."""
    command = [sys.executable, "-m", "kaigraph.cli.main", "serve", "--port", "0", *arguments]
    with subprocess.Popen(command, stdout=subprocess.PIPE, text=True) as process:
        assert process.stdout is not None
        line = process.stdout.readline()
        try:
            yield line.split(" at ")[1].split("/graphql")[0]
        finally:
            process.terminate()


@contextmanager
def served(application: Application) -> Iterator[str]:
    """An application in this process, and its address without a path."""
    with socket.create_server(("127.0.0.1", 0)) as listener:
        server = uvicorn.Server(uvicorn.Config(application, log_level="warning", access_log=False))
        thread = threading.Thread(target=server.run, kwargs={"sockets": [listener]})
        thread.start()
        try:
            yield f"http://127.0.0.1:{listener.getsockname()[1]}"
        finally:
            server.should_exit = True
            thread.join()
