"""`kaigraph serve` over a real Neo4j, as a process of its own, asked over HTTP."""

from __future__ import annotations

import json
import os
import re
import subprocess
import sys
import time
import urllib.error
import urllib.request
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from email.message import Message
from pathlib import Path
from typing import Any

from kaigraph.loaders.neo4j.connect import Target

ROOT = Path(__file__).parents[2]
DOMAIN = ("--ontology", "tests/foreign/ontology.ttl", "--shapes", "tests/foreign/shapes.ttl")
DATA = ("--data", "tests/foreign/data.ttl")
COUNT = "{ animals { totalCount } }"


@dataclass(frozen=True)
class Told:
    """One response."""

    status: int
    body: dict[str, Any]
    headers: dict[str, str]

    @property
    def code(self) -> str | None:
        """The code of its first error."""
        return self.body["errors"][0]["extensions"]["code"] if "errors" in self.body else None


def who(target: Target) -> dict[str, str]:
    """A target as the environment names it."""
    named = {"NEO4J_USERNAME": target.username, "NEO4J_PASSWORD": target.password}
    return named | ({"NEO4J_DATABASE": target.database} if target.database else {})


def command(verb: str, target: Target, *more: str) -> list[str]:
    """The words of a command."""
    return [sys.executable, "-m", "kaigraph.cli.main", verb, *more, "--store", target.uri, *DOMAIN]


def ran(verb: str, target: Target, *more: str) -> subprocess.CompletedProcess[str]:
    """A command that ended."""
    environment = os.environ | who(target)
    words = command(verb, target, *more)
    return subprocess.run(words, cwd=ROOT, env=environment, capture_output=True, text=True, check=False, timeout=120)


def begun(target: Target, *more: str) -> subprocess.Popen[str]:
    """A server that was started."""
    return started(["--store", target.uri, *DOMAIN, *more], who(target))


def started(more: list[str], environment: dict[str, str]) -> subprocess.Popen[str]:
    """A server of any store and data."""
    words = [sys.executable, "-m", "kaigraph.cli.main", "serve", "--port", "0", *more]
    pipe = subprocess.PIPE
    return subprocess.Popen(words, cwd=ROOT, env=os.environ | environment, text=True, stdout=pipe, stderr=pipe)


def address(process: subprocess.Popen[str]) -> str:
    """Where a server listens, once it does."""
    assert process.stdout is not None
    found = re.search(r"http://\S+/graphql", process.stdout.readline())
    assert found, process.stderr and process.stderr.read()
    return found[0]


@contextmanager
def served(target: Target, *more: str) -> Iterator[str]:
    """The address of a server that ends with the block, cleanly."""
    process = begun(target, *more)
    try:
        yield address(process)
        ended(process)
    finally:
        process.kill()
        process.communicate()


def ended(process: subprocess.Popen[str]) -> None:
    """End a server, cleanly."""
    process.terminate()
    _, told = process.communicate(timeout=20)
    assert process.returncode == 0
    assert "Traceback" not in told


def ask(url: str, text: str = COUNT, **variables: object) -> Told:
    """What a server answers."""
    accept = "application/graphql-response+json"
    body = json.dumps({"query": text, "variables": variables}).encode()
    request = urllib.request.Request(url, body, {"Content-Type": "application/json", "Accept": accept})  # noqa: S310  # our own server
    try:
        with urllib.request.urlopen(request, timeout=60) as response:  # noqa: S310  # our own server
            return Told(response.status, json.load(response), _named(response.headers))
    except urllib.error.HTTPError as error:
        return Told(error.code, json.load(error), _named(error.headers))


def _named(headers: Message) -> dict[str, str]:
    return {name.lower(): value for name, value in headers.items()}


def once_whole(url: str, patience: float = 30.0) -> Told:
    """The first whole answer."""
    end = time.monotonic() + patience
    while True:
        told = ask(url)
        if told.status == 200 or time.monotonic() > end:
            return told
        time.sleep(0.1)
